"""What each training set is worth: left out one after another, with the noise of the seeds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from rich.console import Console

from langret.errors import RecipeError
from langret.pipeline import prune
from langret.recipe import load_recipe

TWO = [
    "data.train=[{path: pairs.jsonl}, {path: more.jsonl}]",
    "members=[{head: dense}]",
    "pretraining=[]",
    "negatives.miners=[{kind: bm25, last: 20}]",
]


@pytest.fixture()
def two(own):
    lines = (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (own / "pairs.jsonl").write_text("".join(lines[::2]), encoding="utf-8")
    (own / "more.jsonl").write_text("".join(lines[1::2]), encoding="utf-8")
    return own


def test_the_table_shows_the_most_useful_first(capsys):
    from langret.report.table import worth_table

    worths = [
        prune.Worth("a.jsonl", 0.5, -0.1, 0.01, "drop"),
        prune.Worth("b.jsonl", 0.3, 0.1, None, "unclear"),
    ]
    Console(width=100).print(worth_table(prune.Pruning("nDCG@10", "dense", [1, 2], 0.4, worths)))
    lines = [line for line in capsys.readouterr().out.splitlines() if "jsonl" in line]
    assert "b.jsonl" in lines[0] and "+0.100" in lines[0] and "drop" in lines[1] and "0.010" in lines[1]


def test_worth_and_noise_follow_from_the_scores(two, monkeypatch):
    loaded = load_recipe(two / "own.yaml", [*TWO, "seed=5"])
    # without the first set much is lost at every seed; the second does harm or good by luck
    tables = {(5, 2): 0.60, (5, 0): 0.40, (5, 1): 0.62, (6, 2): 0.62, (6, 0): 0.43, (6, 1): 0.59}

    def score(variant, member, runs, console):
        assert member == "dense" and variant.recipe.evaluation.baselines == []
        kept = [source.path for source in variant.recipe.data.train]
        left_out = {2: 2, 1: 0 if "more" in kept[0] else 1}[len(kept)]
        return tables[variant.recipe.seed, left_out]

    monkeypatch.setattr(prune, "_score", score)
    told = []
    found = prune.prune_recipe(loaded, member=None, seeds=2, runs=two / "runs", tell=told.append)
    assert (found.metric, found.member, found.seeds) == ("nDCG@10", "dense", [5, 6])
    assert found.all_sets == pytest.approx(0.61)
    first, second = found.worths
    assert first.without == pytest.approx(0.415) and first.worth == pytest.approx(0.195)
    assert first.noise == pytest.approx(0.005) and first.verdict == "keep"
    assert second.worth == pytest.approx(0.005) and second.noise == pytest.approx(0.025)
    assert second.verdict == "unclear"
    assert len(told) == 6 and told[0] == "seed 5, all sets" and "more" in told[2]
    alone = prune.prune_recipe(loaded, member="dense", seeds=1, runs=two / "runs")
    assert [w.noise for w in alone.worths] == [None, None]
    assert {w.verdict for w in alone.worths} == {"unclear"}


@pytest.mark.parametrize(
    ("changes", "member", "message"),
    [
        (["data.train=[{path: pairs.jsonl}]"], None, "two data sets"),
        ([*TWO, "evaluation.benchmarks=[]"], None, "no benchmark"),
        (TWO, "dens", 'no member "dens".*Did you mean "dense"'),
    ],
)
def test_what_cannot_be_measured_is_said_at_once(two, changes, member, message):
    loaded = load_recipe(two / "own.yaml", changes)
    with pytest.raises(RecipeError, match=message):
        prune.prune_recipe(loaded, member=member, seeds=1, runs=two / "runs")
    assert not (two / "runs").exists()


def test_the_command_trains_each_choice_once_and_prints_it(two):
    command = [sys.executable, "-m", "langret", "prune", "own.yaml", "--seeds", "1", "--json"]
    command += [part for change in TWO for part in ("--set", change)]
    done = subprocess.run(command, cwd=two, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert [w["name"] for w in found["worths"]] == ["pairs.jsonl", "more.jsonl"]
    for worth in found["worths"]:
        assert worth["worth"] == pytest.approx(found["all_sets"] - worth["without"])
    trained = sorted(p.name for p in (two / "runs" / "own" / "stages").glob("train-dense-*"))
    assert len(trained) == 3
