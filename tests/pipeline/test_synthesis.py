"""Training pairs from documents alone, inside a recipe and by `langret synthesize`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from langret.data import read_source
from langret.data.records import Collection
from langret.errors import RecipeError
from langret.language import get_language
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.pipeline.runner import run_stages
from langret.recipe import load_recipe
from langret.recipe.schema import BenchmarkSource
from tests.llm.loopback import Loopback, texts_of


@pytest.fixture()
def documents(own: Path) -> Path:
    """The texts of the pairs as plain documents without one question, a line each."""
    rows = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = []
    for i, row in enumerate(rows):
        text = row["positive"].replace("。", "のである。") + f"案内の本では{i}番の場所として紹介されている。"
        lines.append(json.dumps({"id": f"d{i}", "text": text}, ensure_ascii=False))
    (own / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return own


def asks(body: dict[str, Any]) -> dict[str, Any]:
    """A model that asks about the first words of a passage, and after that writes nothing sensible."""
    (passage,) = texts_of(body)["passage"]
    subject = passage.split("は")[0]
    sensible = {"query": f"{subject}はいつできて、何で知られているのか", "answer": subject}
    return {"queries": [sensible, {"query": "?", "answer": ""}]}


def planned(folder: Path, writers: list[dict], *changes: str) -> Any:
    recipe = [
        f"data.train=[{{path: {folder}/documents.jsonl}}]",
        f"synthesis={json.dumps({'writers': writers})}",
    ]
    return plan_recipe(load_recipe(folder / "own.yaml", [*recipe, *changes]), runs=folder / "runs")


def test_sentences_become_queries_that_a_first_model_finds(documents):
    plan = planned(documents, [{"kind": "cloze", "min_words": 3}])
    done = run_stages([plan.data], plan.store, console=Console(quiet=True))
    data = Collection.load(done["data"].folder / "train")
    positives = data.positives()
    written = [q for q in data.kept_queries() if q.id.startswith("cloze:")]
    assert len(written) > 30
    texts = {p.id: p.text for p in data.kept_passages()}
    for query in written:
        assert any(query.text.rstrip("。") in texts[pid] for pid in positives[query.id])
    found = done["consistency"].summary
    funnel = done["data"].summary["funnel"]["queries"]
    assert funnel["in"] == funnel["kept"] + sum(v for k, v in funnel.items() if k not in ("in", "kept"))
    assert found["pairs"] >= found["kept"] > 0


def test_pairs_of_the_data_itself_are_asked_about_where_the_recipe_wants_it(own):
    rows = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0]["query"] = "まったく関係のない事柄を尋ねる文"
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (own / "pairs.jsonl").write_text(text, encoding="utf-8")
    plan = plan_recipe(
        load_recipe(own / "own.yaml", ["synthesis={consistency: {pairs: all}}"]), runs=own / "runs"
    )
    done = run_stages([plan.data], plan.store, console=Console(quiet=True))
    data = Collection.load(done["data"].folder / "train")
    (odd,) = [row for row in data.queries.to_pylist() if row["text"] == rows[0]["query"]]
    assert (odd["kept"], odd["reason"]) == (False, "inconsistent")
    assert "inconsistent" not in data.passages.column("reason").to_pylist()  # the user's passages stay
    assert done["consistency"].summary["pairs"] > done["consistency"].summary["kept"] > len(rows) // 2


def test_a_synthesis_that_does_nothing_is_refused(own):
    with pytest.raises(RecipeError, match="at least one writer"):
        load_recipe(own / "own.yaml", ["synthesis={writers: []}"])


def test_a_family_is_trained_from_documents_alone(documents):
    recipe = [
        f"data.train=[{{path: {documents}/documents.jsonl}}]",
        "synthesis.writers=[{kind: cloze, min_words: 3}]",
        "members=[{head: dense}]",
        "pretraining=[]",
        "negatives.miners=[{kind: bm25, last: 20}]",
    ]
    loaded = load_recipe(documents / "own.yaml", recipe)
    result = run_recipe(loaded, runs=documents / "runs")
    assert set(result.models) == {"dense"}
    assert not [r for r in plan_recipe(loaded, runs=documents / "runs").rows() if not r.cached]


def test_what_a_model_writes_is_checked_counted_and_paid_for_once(documents):
    with Loopback(asks) as model:
        llm = {"model": "loopback", "base_url": model.base_url, "key": None}
        writer = {"kind": "queries", "llm": llm, "passages": 20}
        plan = planned(documents, [writer])
        done = run_stages([plan.data], plan.store, console=Console(quiet=True))
        asked = len(model.requests)
        summary = done["write-queries"].summary
        assert asked == 20 and summary["queries"] == 20
        assert summary["set_aside"] == sum(summary["reasons"].values()) > 0  # the question mark alone
        # another filter asks nothing again; another draw asks only for passages not yet asked about
        again = planned(documents, [writer], "synthesis.consistency.top=5")
        run_stages([again.data], again.store, console=Console(quiet=True))
        assert len(model.requests) == asked
        more = planned(documents, [{**writer, "passages": 25}])
        run_stages([more.data], more.store, console=Console(quiet=True))
        assert len(model.requests) == 25


def test_the_command_writes_a_set_that_can_be_read(documents):
    command = [sys.executable, "-m", "langret", "synthesize", "documents.jsonl", "--language", "ja"]
    done = subprocess.run([*command, "--output", "set"], cwd=documents, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "cloze: queries" in done.stdout and "+ positive" in done.stdout
    card = (documents / "set" / "README.md").read_text(encoding="utf-8")
    assert "training pairs for Japanese" in card and "Not written by people" in card
    source = BenchmarkSource(name="set", path=str(documents / "set"), split="train")
    read = read_source(source, base=Path(), language=get_language("ja"), seed=1)
    facts = json.loads((documents / "set" / "langret-set.json").read_text(encoding="utf-8"))
    assert len(read.positives()) == facts["counts"]["queries"] > 10
    priced = subprocess.run([*command, "--dry-run"], cwd=documents, capture_output=True, text=True)
    assert priced.returncode == 0 and "asks no language model" in priced.stdout


def test_a_recipe_that_writes_nothing_is_told_how_to(own):
    done = subprocess.run(
        [sys.executable, "-m", "langret", "synthesize", "own.yaml"], cwd=own, capture_output=True, text=True
    )
    assert done.returncode == 2 and "kind: cloze" in done.stderr
