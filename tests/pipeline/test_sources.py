"""Sources by name: from the recipe to the batches of a member."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from langret.data.records import Collection
from langret.data.sources import query_sources
from langret.errors import RecipeError
from langret.pipeline.plan import plan_recipe
from langret.pipeline.plan_training import step_cost
from langret.pipeline.runner import run_stages
from langret.recipe import load_recipe
from langret.recipe.schema import Training


@pytest.fixture()
def two(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pairs in two files, the second with ids that look like those of a writer and of another source."""
    rows = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    for name, part in (("wiki", rows[:40]), ("forum", rows[40:])):
        lines = [json.dumps(row, ensure_ascii=False) for row in part]
        (own / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(own)  # paths given on the command line start there
    return own


TWO = "data.train=[{path: wiki.jsonl, name: wiki}, {path: forum.jsonl}]"
SHORT = ("members=[{head: dense}]", "pretraining=[]", "evaluation.benchmarks=[]", "training.epochs=1")


def planned(folder: Path, *changes: str, measured=False):
    return plan_recipe(load_recipe(folder / "own.yaml", changes), runs=folder / "runs", measured=measured)


def test_sources_are_known_after_cleaning_and_holding_out(two):
    plan = planned(two, TWO)
    folder = run_stages([plan.data], plan.store)["data"].folder
    data = Collection.load(folder / "train")
    sources = query_sources(folder)
    assert len(sources) == data.queries.num_rows == 60
    assert [int(i.split(":")[0]) for i in data.queries["id"].to_pylist()] == sources.tolist()


def test_a_writer_is_a_source_of_its_own(two):
    changes = (
        "data.train=[{path: wiki.jsonl, name: cloze-wiki}]",
        "synthesis={writers: [{kind: cloze, min_words: 3, name: gaps}]}",
    )
    plan = planned(two, *changes)
    assert plan.recipe.source_names == ["cloze-wiki", "gaps"]
    folder = run_stages([plan.data], plan.store)["data"].folder
    ids = Collection.load(folder / "train").queries["id"].to_pylist()
    assert query_sources(folder).tolist() == [int(i.startswith("gaps:")) for i in ids]
    assert 0 < query_sources(folder).sum() < len(ids)


def test_a_member_trains_on_the_sources_it_names_and_says_how_many_steps_each_got(two):
    plan = planned(two, TWO, *SHORT, "training.sources=[1]")
    done = run_stages([plan.models["dense"]], plan.store)
    held = 60 - Collection.load(done["data"].folder / "train").funnel()["queries"]["kept"]
    assert 20 - held <= done["train-dense"].summary["queries"] <= 20
    assert "steps_by_source" not in done["train-dense"].summary

    plan = planned(two, TWO, *SHORT, "training.one_source=true", "training.source_power=0.5")
    summary = run_stages([plan.models["dense"]], plan.store)["train-dense"].summary
    assert set(summary["steps_by_source"]) == {"wiki", "1"}
    assert sum(summary["steps_by_source"].values()) == summary["steps"]


def test_names_may_be_given_to_sources_without_reading_again_but_not_moved(two):
    named = planned(two, TWO, *SHORT, "training.sources=[wiki]")
    other = planned(
        two, TWO.replace("forum.jsonl", "forum.jsonl, name: forum"), *SHORT, "training.sources=[wiki]"
    )
    assert named.data.fingerprint == other.data.fingerprint
    swapped = TWO.replace(", name: wiki", ", name: forum").replace("forum.jsonl}", "forum.jsonl, name: wiki}")
    moved = planned(two, swapped, *SHORT, "training.sources=[wiki]")
    assert moved.data.fingerprint == named.data.fingerprint
    assert moved.models["dense"].fingerprint != named.models["dense"].fingerprint


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (["training.sources=[wikki]"], 'no source "wikki"\\. Did you mean "wiki"'),
        (["training.then=[{sources: [wikki]}]"], 'no source "wikki"\\. Did you mean "wiki"'),
        (["training.sources=[]"], "sources is empty"),
        (["data.train=[{path: wiki.jsonl, name: a}, {path: forum.jsonl, name: a}]"], "different names"),
        (["data.train=[{path: wiki.jsonl, name: '1'}, {path: forum.jsonl}]"], "called by its number"),
        (["training.source_power=0.5"], "one_source: true"),
        (["training.by_length=true", "training.group=2"], "both decide"),
        (["training.hardness=rising", "training.negatives=0"], "hard negatives"),
    ],
)
def test_mistakes_are_told(two, changes, message):
    with pytest.raises(RecipeError, match=message):
        planned(two, TWO, *changes)


def test_sources_without_a_query_stop_the_stage(two):
    from langret.errors import DataError

    changes = (TWO.replace("forum.jsonl", "forum.jsonl, queries: false"), *SHORT, 'training.sources=["1"]')
    plan = planned(two, *changes)
    with pytest.raises(DataError, match=r"training\.sources have no query"):
        run_stages([plan.models["dense"]], plan.store)


def test_batches_within_tokens_by_length_and_with_rising_hardness_train(two):
    changes = ("training.batch_tokens=300", "training.by_length=true", "training.hardness=rising")
    plan = planned(two, TWO, *SHORT, *changes)
    row = next(row for row in plan.rows() if row.name == "train-dense")
    summary = run_stages([plan.models["dense"]], plan.store)["train-dense"].summary
    assert summary["steps"] > 7 and np.isfinite(summary["loss"])
    assert set(row.cost) == {"epochs"}, "nothing is read yet"
    row = next(row for row in planned(two, TWO, *SHORT, *changes).rows() if row.name == "train-dense")
    assert row.cost["steps at least"] <= summary["steps"]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, "steps"),
        ({"sources": [0]}, "steps at most"),
        ({"one_source": True}, "steps at least"),
        ({"sources": [0], "batch_tokens": 64}, "steps, roughly"),
    ],
)
def test_a_plan_says_what_it_knows_of_steps(settings, name):
    assert step_cost(Training(batch_size=8, **settings), 20)[name] == 3
