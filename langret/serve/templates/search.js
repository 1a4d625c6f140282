"use strict";
// Text of documents is only ever set as text, never as HTML.
const token = document.querySelector('meta[name="langret-token"]').content;
const $ = (id) => document.getElementById(id);
const SHORT = { 2: "Relevant", 1: "Partly", 0: "Not" };
let state = null;
let turn = 0; // answers to an earlier query are dropped
let now = { query: "", judged: {}, given: {}, found: {} };
const undone = []; // what undo brings back, the last judgement at the end

function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const written = (tag, name, ...children) =>
  make(tag, { class: name, dir: "auto", lang: state.language }, ...children);

async function call(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Langret-Token": token },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("langret serve does not answer. Is it still running?");
  }
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error);
  return value;
}

function say(text, bad) {
  $("message").textContent = text;
  $("message").classList.toggle("bad", Boolean(bad));
}

const milliseconds = (seconds) => {
  const ms = 1000 * seconds;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString("en")} ms`;
};

// ---- columns

const column = (name) => $("columns").querySelector(`section[data-system="${CSS.escape(name)}"]`);
const hitsOf = (name) => [...column(name).querySelectorAll(".hit")];

function layOut() {
  $("columns").replaceChildren(
    ...state.systems.map((system, place) =>
      make("section", { class: "column", "data-system": system.name, "aria-labelledby": `system-${place}` },
        make("h2", { id: `system-${place}` }, system.name),
        make("p", { class: "how" }, system.how),
        make("p", { class: "times" }),
        make("p", { class: "asked", dir: "auto", lang: state.language }),
        make("ol", { class: "hits" }))));
  $("tabs").replaceChildren(
    ...state.systems.map((system) =>
      make("button", { type: "button", "data-system": system.name, onclick: () => choose(system.name) }, system.name)));
  $("tabs").hidden = state.systems.length < 2;
  choose(state.systems[0].name);
}

function choose(name) {
  for (const each of $("columns").children) each.classList.toggle("shown", each.dataset.system === name);
  for (const each of $("tabs").children) each.setAttribute("aria-pressed", String(each.dataset.system === name));
}

function show(name, found) {
  const place = column(name);
  const times = [];
  if (found.encode !== null) times.push(`encode ${milliseconds(found.encode)}`);
  times.push(`search ${milliseconds(found.search)}`);
  place.querySelector(".times").textContent = times.join(", ");
  const list = place.querySelector(".hits");
  list.replaceChildren(...found.hits.map((hit, rank) => article(name, hit, rank + 1)));
  if (!found.hits.length) list.append(make("li", { class: "nothing" }, "Nothing found."));
  for (const hit of list.querySelectorAll(".hit")) fold(hit);
}

function article(name, hit, rank) {
  const grades = make("div", { class: "grades", role: "group", "aria-label": `Judge result ${rank} of ${name}` },
    ...[2, 1, 0].map((grade) =>
      make("button", { type: "button", class: `g${grade}`, "data-grade": grade, title: `${state.grades[grade]} (key ${grade})`,
        onclick: () => judge(hit.id, grade) }, SHORT[grade])),
    make("span", { class: "tags" }));
  const text = written("p", "body", hit.text);
  if (hit.cut) text.append(make("span", { class: "meta" }, ` … (${hit.cut.toLocaleString("en")} more characters)`));
  const made = make("article", { class: "hit", tabindex: "0", "data-id": hit.id, "aria-label": `Result ${rank} of ${name}` },
    make("p", { class: "line" },
      make("b", {}, `${rank}.`), make("span", {}, hit.score.toFixed(3)), make("span", { class: "also" }),
      make("bdi", { class: "id" }, hit.id)),
    hit.title ? written("h3", "title", hit.title) : "",
    text,
    make("button", { type: "button", class: "more", hidden: true, onclick: () => unfold(made) }, "Whole passage"),
    grades);
  return make("li", {}, made);
}

function fold(hit) {
  const text = hit.querySelector(".body");
  text.classList.add("folded");
  const line = parseFloat(getComputedStyle(text).lineHeight); // two lines are not worth a button
  hit.querySelector(".more").hidden = text.scrollHeight <= text.clientHeight + 2 * line;
  if (hit.querySelector(".more").hidden) text.classList.remove("folded");
}

function unfold(hit) {
  const text = hit.querySelector(".body");
  if (hit.querySelector(".more").hidden) return;
  const folded = text.classList.toggle("folded");
  hit.querySelector(".more").textContent = folded ? "Whole passage" : "Less";
  if (folded) bringIntoView(text);
  else text.classList.remove("later");
}

// A long passage shows the part that matched best, not its beginning.
function bringIntoView(text) {
  let best = null;
  for (const mark of text.querySelectorAll("mark"))
    if (!best || Number(mark.dataset.weight) > Number(best.dataset.weight)) best = mark;
  if (!best || !text.classList.contains("folded")) return;
  const line = parseFloat(getComputedStyle(text).lineHeight);
  const above = best.offsetTop - text.offsetTop;
  text.scrollTop = above + line > text.clientHeight ? above - 2 * line : 0;
  text.classList.toggle("later", text.scrollTop > 0);
}

const marked = (pieces) =>
  pieces.map(([text, numbers, weight]) => {
    if (!weight) return text;
    const mark = make("mark", { "data-numbers": numbers.join(" "), "data-weight": weight }, text);
    mark.style.setProperty("--w", weight);
    return mark;
  });

// Parts of a query are no buttons by tag: a button would tear the letters of an Arabic word apart.
function explain(name, explained) {
  const place = column(name);
  place.querySelector(".asked").replaceChildren(
    ...explained.query.map(([text, numbers]) =>
      numbers.length
        ? make("span", { role: "button", tabindex: "0", title: "Show what this matched", "aria-pressed": "false",
            "data-number": numbers[0], onclick: (event) => point(place, event.currentTarget),
            onkeydown: (event) => { if (event.key === "Enter") point(place, event.currentTarget); } }, text)
        : text));
  for (const hit of hitsOf(name)) {
    const parts = explained.passages[hit.dataset.id];
    if (!parts) continue;
    if (parts.title.length) hit.querySelector(".title").replaceChildren(...marked(parts.title));
    const text = hit.querySelector(".body");
    const rest = text.querySelector(".meta");
    text.replaceChildren(...marked(parts.text), ...(rest ? [rest] : []));
    bringIntoView(text);
  }
}

function point(place, button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  for (const each of place.querySelectorAll(".asked [role]")) each.setAttribute("aria-pressed", String(on && each === button));
  for (const mark of place.querySelectorAll("mark"))
    mark.classList.toggle("pointed", on && mark.dataset.numbers.split(" ").includes(button.dataset.number));
}

function compareRanks() {
  for (const name of Object.keys(now.found))
    for (const hit of hitsOf(name)) {
      const others = [];
      for (const [other, found] of Object.entries(now.found)) {
        const rank = found.hits.findIndex((each) => each.id === hit.dataset.id) + 1;
        if (other !== name && rank) others.push(`${other} ${rank}`);
      }
      const alone = Object.keys(now.found).length > 1 ? "only here" : "";
      hit.querySelector(".also").textContent = others.length ? `also ${others.join(", ")}` : alone;
    }
}

// ---- searching

async function search(query) {
  const mine = ++turn;
  $("columns").setAttribute("aria-busy", "true");
  for (const system of state.systems) {
    const place = column(system.name);
    place.classList.add("waiting");
    place.querySelector(".asked").replaceChildren();
  }
  say("Searching…");
  try {
    now = { query: "", judged: {}, given: {}, found: {} };
    for (const system of state.systems) {
      const found = await call("/search", { query, system: system.name });
      if (mine !== turn) return;
      Object.assign(now, { query: found.query, judged: found.judged, given: found.given });
      now.found[system.name] = found;
      show(system.name, found);
      column(system.name).classList.remove("waiting");
      showJudged();
    }
    compareRanks();
    history.replaceState(null, "", `#q=${encodeURIComponent(query)}`);
    document.body.classList.add("searched");
    say("");
    for (const system of state.systems) {
      const ids = now.found[system.name].hits.map((hit) => hit.id);
      const explained = await call("/explain", { query, system: system.name, ids });
      if (mine !== turn) return;
      explain(system.name, explained);
    }
    $("columns").setAttribute("aria-busy", "false");
  } catch (error) {
    if (mine !== turn) return;
    for (const each of $("columns").children) each.classList.remove("waiting");
    $("columns").setAttribute("aria-busy", "false");
    say(error.message, true);
  }
}

function ask(query) {
  $("query").value = query;
  search(query);
}

// ---- judging

// One after another, so that what is shown is what was saved last.
let saving = Promise.resolve();
function judge(id, grade, undoing) {
  const query = undoing ? undoing.query : now.query;
  saving = saving.then(() => save(query, id, grade, undoing));
}

async function save(query, id, grade, undoing) {
  const mark = query === now.query ? now.judged[id] : null;
  const before = mark ? mark.grade : null;
  const wanted = !undoing && before === grade ? null : grade;
  try {
    const saved = await call("/judge", { query, passage: id, grade: wanted });
    if (!undoing) undone.push({ query, id, grade: before });
    state.queries = saved.queries;
    if (saved.query === now.query) now.judged = saved.judged;
    showJudged();
    const what = wanted === null ? "Taken back" : `Saved as ${state.grades[wanted]}`;
    say(`${what}: ${id}${undoing ? ` (undone, for “${query}”)` : ""}`);
  } catch (error) {
    if (undoing) undone.push(undoing);
    say(error.message, true);
  }
}

function undo() {
  const last = undone.pop();
  if (last) judge(last.id, last.grade, last);
  else say("There is nothing to undo since this page was loaded.");
}

function showJudged() {
  for (const hit of document.querySelectorAll(".hit")) {
    const mark = now.judged[hit.dataset.id];
    const given = now.given[hit.dataset.id];
    hit.dataset.grade = mark ? mark.grade : "";
    for (const button of hit.querySelectorAll(".grades button"))
      button.setAttribute("aria-pressed", String(Boolean(mark) && Number(button.dataset.grade) === mark.grade));
    const tags = [];
    if (mark && mark.stale) tags.push("judged on an earlier text");
    if (mark && (mark.by || mark.at)) tags.push([mark.by, mark.at.slice(0, 16).replace("T", " ")].filter(Boolean).join(", "));
    if (given !== undefined) tags.push(`came with the documents as ${given > 0 ? "relevant" : "not relevant"} (${given})`);
    hit.querySelector(".tags").replaceChildren(...tags.map((tag) => make("span", {}, tag)));
  }
  const count = state.queries.length;
  $("judged-count").textContent = count === 1 ? "1 query has judgements" : `${count} queries have judgements`;
  $("judged-list").replaceChildren(
    ...state.queries.map(({ text, grades }) => {
      const counts = [2, 1, 0].map((g) => [g, grades.filter((each) => each === g).length]).filter(([, n]) => n);
      return make("li", {},
        make("button", { type: "button", class: "again", dir: "auto", lang: state.language, onclick: () => ask(text) }, text),
        make("span", { class: "meta" }, counts.map(([g, n]) => `${n} ${state.grades[g]}`).join(", ")));
    }));
}

// ---- keys

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target === $("query");
  const hit = event.target.closest && event.target.closest(".hit");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("query").select();
  } else if (event.key === "ArrowDown" && typing) {
    const first = document.querySelector(".column.shown .hit");
    if (first) { event.preventDefault(); first.focus(); }
  } else if (event.key === "u" && !typing) {
    undo();
  } else if (hit) {
    const name = hit.closest(".column").dataset.system;
    const rank = hitsOf(name).indexOf(hit);
    if (["0", "1", "2"].includes(event.key)) judge(hit.dataset.id, Number(event.key));
    else if (event.key === "Enter" && event.target === hit) unfold(hit);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = hitsOf(name)[rank + (event.key === "ArrowDown" ? 1 : -1)];
      (next || (event.key === "ArrowUp" ? $("query") : hit)).focus();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      const step = event.key === "ArrowRight" ? 1 : -1;
      const names = state.systems.map((system) => system.name);
      for (let place = names.indexOf(name) + step; place >= 0 && place < names.length; place += step) {
        const there = hitsOf(names[place]);
        if (!there.length) continue;
        choose(names[place]);
        there[Math.min(rank, there.length - 1)].focus();
        break;
      }
    }
  }
});

// ---- start

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  search($("query").value);
});

// Somebody else may have judged in the meantime.
document.addEventListener("visibilitychange", async () => {
  if (document.visibilityState !== "visible" || !state) return;
  try {
    state.queries = (await call("/state", {})).queries;
    showJudged();
  } catch (error) {
    say(error.message, true);
  }
});

(async () => {
  try {
    state = await call("/state", {});
  } catch (error) {
    say(error.message, true);
    return;
  }
  $("notes").replaceChildren(...state.notes.map((note) => make("li", {}, note)));
  layOut();
  showJudged();
  if (state.samples.length) {
    $("samples").hidden = false;
    $("samples").append(...state.samples.map((text) =>
      make("button", { type: "button", class: "again", dir: "auto", lang: state.language, onclick: () => ask(text) }, text)));
  }
  const kept = new URLSearchParams(location.hash.slice(1)).get("q");
  if (kept) ask(kept);
})();
