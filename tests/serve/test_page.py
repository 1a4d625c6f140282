"""The page in a real browser."""

from __future__ import annotations

import json

import pytest

from langret.evaluation import load_benchmark
from langret.language import get_language
from tests.report.folders import EVIL
from tests.serve.browser import missing, open_browser
from tests.serve.conftest import serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing() or "there is a browser")]

TEXTS = [
    {"_id": "ar", "title": "القارب", "text": "القارب الأحمر على البحيرة."},
    {"_id": "ja", "title": "赤い舟", "text": "赤い舟が湖にうかぶ。"},
    {"_id": EVIL, "title": EVIL, "text": f"boat {EVIL} 🚤 boat"},
    {"_id": "long", "title": "Long", "text": "Nothing here. " * 120 + "At last a boat."},
]

SAID = "document.querySelector('#message').textContent"
BM25 = "document.querySelector('section[data-system=bm25]')"
DONE = "document.querySelector('#columns').getAttribute('aria-busy') === 'false'"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with open_browser(tmp_path_factory.mktemp("profile")) as found:
        found.look(width=1200, height=800)
        yield found


@pytest.fixture
def opened(run, tmp_path, browser):
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in TEXTS))
    with serving(run, tmp_path / "docs.jsonl") as (_, site, server):
        browser.open(server.url)
        browser.until("document.querySelectorAll('.column').length === 3")
        yield browser, site, server
        assert browser.js("return document.title") == "own · langret", "a script of a document has run"
        errors = [line for line in browser.call("se/log", type="browser") if line["level"] == "SEVERE"]
        assert all("Failed to load resource" in line["message"] for line in errors), errors


def ask(browser, script: str, *args: str) -> None:
    """Put something into the query and send it."""
    send = "document.querySelector('#form').requestSubmit()"
    browser.js(f"document.querySelector('#query').value = {script}; {send}", *args)


def search(browser, query: str) -> None:
    ask(browser, "arguments[0]", query)
    browser.until(DONE)
    assert browser.js(f"return {SAID}") == ""


def test_markup_in_documents_is_shown_and_not_run(opened) -> None:
    browser, _, _ = opened
    search(browser, f"boat {EVIL}")
    hit = browser.js(
        """
        const hit = [...document.querySelectorAll('.hit')].find((h) => h.dataset.id === arguments[0]);
        return ['.title', '.body', '.id'].map((part) => hit.querySelector(part).textContent);
        """,
        EVIL,
    )
    assert hit == [EVIL, f"boat {EVIL} 🚤 boat", EVIL]
    assert browser.js("return document.querySelectorAll('main script, main img').length") == 0
    words = browser.js(f"return [...{BM25}.querySelectorAll('mark')].map((m) => m.textContent)")
    assert "boat" in words and "script" in words


def test_judging_by_keys_with_undo_and_after_a_reload(opened) -> None:
    browser, site, _ = opened
    search(browser, "boat")
    browser.js("document.querySelector('#query').focus()")
    browser.keys("Down", "2", "Down", "0")
    first, second = browser.js(f"return [...{BM25}.querySelectorAll('.hit')].map((h) => h.dataset.id)")
    browser.until(f"{SAID}.startsWith('Saved as not relevant')")
    assert {p: m.grade for p, m in site.book.of_query("boat").items()} == {first: 2, second: 0}
    pressed = f"{BM25}.querySelectorAll('.grades [aria-pressed=true]').length"
    assert browser.js(f"return {pressed}") == 2
    browser.keys("u")
    browser.until(f"{pressed} === 1")
    assert {p: m.grade for p, m in site.book.of_query("boat").items()} == {first: 2}
    browser.keys("Right", "1")
    browser.until("document.activeElement.closest('.column').dataset.system === 'dense'")
    browser.until(f"{SAID}.startsWith('Saved as partly')")
    browser.call("refresh")
    browser.until(DONE)
    assert browser.js(f"return {SAID}") == ""
    assert browser.js("return document.querySelectorAll('.grades [aria-pressed=true]').length") >= 2
    assert (
        browser.js("return document.querySelector('#judged-count').textContent") == "1 query has judgements"
    )
    assert browser.js("return document.querySelector('#judged-list .again').textContent") == "boat"
    assert load_benchmark(site.book.folder, get_language("und")).positives()


def test_a_click_on_a_part_of_the_query_shows_what_it_matched(opened) -> None:
    browser, _, _ = opened
    search(browser, "a boat")
    click = f"[...{BM25}.querySelectorAll('.asked [role]')].at(-1).click()"
    browser.js(click)
    words = browser.js("return [...document.querySelectorAll('mark.pointed')].map((m) => m.textContent)")
    assert set(words) == {"boat"}
    browser.js(click)
    assert browser.js("return document.querySelectorAll('mark.pointed').length") == 0


def test_a_long_passage_opens_at_what_matched(opened) -> None:
    browser, _, _ = opened
    search(browser, "boat")
    text = f"{BM25}.querySelector('[data-id=long] .body')"
    box, mark = f"{text}.getBoundingClientRect()", f"{text}.querySelector('mark').getBoundingClientRect()"
    assert browser.js(f"return {text}.classList.contains('folded')")
    assert browser.js(f"return {mark}.top >= {box}.top && {mark}.bottom <= {box}.bottom")
    browser.js(f"{BM25}.querySelector('[data-id=long] .more').click()")
    assert not browser.js(f"return {text}.classList.contains('folded')")
    assert browser.js(f"return {text}.textContent") == TEXTS[-1]["text"]


def test_each_script_runs_in_its_own_direction(opened) -> None:
    browser, _, _ = opened
    search(browser, "القارب 舟")
    side = "getComputedStyle(document.querySelector(`[data-id=${arguments[0]}] .body`)).direction"
    assert {name: browser.js(f"return {side}", name) for name in ("ar", "ja")} == {"ar": "rtl", "ja": "ltr"}
    assert browser.js("return document.querySelector('[data-id=ja] .body').lang") == "und"


def test_on_a_phone_one_system_at_a_time_fits(opened) -> None:
    browser, _, server = opened
    browser.look(width=360, height=740, phone=True, dark=True)
    try:
        browser.open(f"{server.url}?phone")
        browser.until("document.querySelectorAll('.column').length === 3")
        search(browser, f"boat {EVIL}")
        columns = "[...document.querySelectorAll('.column')]"
        shown = f"{columns}.filter((c) => c.offsetParent).map((c) => c.dataset.system)"
        assert browser.js(f"return {shown}") == ["bm25"]
        browser.js("document.querySelector('#tabs [data-system=colbert]').click()")
        assert browser.js(f"return {shown}") == ["colbert"]
        assert browser.js("return document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        browser.look(width=1200, height=800)


def test_what_goes_wrong_is_said_on_the_page(opened) -> None:
    browser, site, server = opened
    for value, said in (
        ("'  '", "The query is empty."),
        ("'x'.repeat(1e6)", "at most 65,536 are read"),
        ("'x'.repeat(5000)", "at most 4,000"),
    ):
        ask(browser, value)
        browser.until(f"{SAID}.includes('{said}')")
    search(browser, "boat")
    server.token = "of a later start"
    browser.js("document.querySelector('.hit .g2').click()")
    browser.until(f"{SAID}.includes('load it again')")
    assert site.book.judged() == []
