"""One recipe, several seeds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from langret.cli import recipes
from langret.errors import RecipeError
from langret.pipeline import devices
from langret.pipeline.plan import plan_recipe
from langret.pipeline.seeds import run_seeds, with_seed
from langret.recipe import load_recipe
from langret.report import open_run
from langret.report.spread import FILE, read_spreads

QUICK = [
    "members=[{head: dense, pooling: cls}]",
    "pretraining=[]",
    "negatives.miners=[]",
    "training.epochs=1",
]


def test_scores_have_a_mean_and_a_spread_and_the_models_are_those_of_the_first_seed(own):
    loaded = load_recipe(own / "own.yaml", QUICK)
    heard: list[str] = []
    result, spreads = run_seeds(loaded, 2, runs=own / "runs", tell=heard.append)
    assert heard == [f"seed {loaded.recipe.seed + 1}"]
    (dense,) = (s for s in spreads if s.member == "dense" and s.metric == "nDCG@10")
    (bm25,) = (s for s in spreads if s.member == "bm25" and s.metric == "nDCG@10")
    assert len(dense.values) == 2 and dense.values[0] != dense.values[1]
    assert dense.mean == pytest.approx(sum(dense.values) / 2)
    assert bm25.deviation == 0  # nothing of it draws lots
    own_seed = next(r for r in result.results if r.member == "dense" and r.metric == "nDCG@10")
    assert own_seed.value == dense.values[0]
    written = json.loads((result.folder / FILE).read_text(encoding="utf-8"))
    assert written["seeds"] == [loaded.recipe.seed, loaded.recipe.seed + 1]
    assert len(written["spreads"]) == len(spreads)
    assert read_spreads(open_run(result.folder)) == spreads
    # every passage of the benchmark is one of the training data's with its title before it
    assert (
        own_seed.leaked is not None
        and own_seed.leaked["near_passage"] + own_seed.leaked["passage"] == own_seed.n
    )

    # what a person takes away says where it came from, and nothing of this machine
    folder = result.models["dense"]
    for name in ("README.md", "recipe.yaml", "results.json"):
        assert str(own) not in (folder / name).read_text(encoding="utf-8")
    assert str(own) in (result.folder / "recipe.yaml").read_text(encoding="utf-8")

    # everything is finished: the command only reads
    command = [
        sys.executable,
        "-m",
        "langret",
        "run",
        str(own / "own.yaml"),
        "--runs",
        str(own / "runs"),
        "--seeds",
        "2",
    ]
    for change in QUICK:
        command += ["--set", change]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "nDCG@10, mean and standard deviation of 2 seeds" in said
    assert f"{dense.mean:.3f}" in said and f"{dense.deviation:.3f}" in said


def test_held_out_queries_cannot_be_compared_over_seeds(own):
    loaded = load_recipe(own / "own.yaml", [*QUICK, "evaluation.benchmarks=[]"])
    with pytest.raises(RecipeError, match="no benchmark"):
        run_seeds(loaded, 2, runs=own / "runs")


def test_other_processes_take_part_in_the_stages_of_every_seed(own, monkeypatch):
    loaded = load_recipe(own / "own.yaml", QUICK)
    later = plan_recipe(with_seed(loaded, loaded.recipe.seed + 1), runs=own / "runs").models["dense"]
    took: list[str] = []

    class Line:
        orders = iter([later.key, devices._END])

        def next(self) -> str:
            return next(self.orders)

        def join(self) -> None:
            pass

    monkeypatch.setattr(devices, "_Crew", Line)
    monkeypatch.setattr(devices, "_take_part", lambda stage, store: took.append(stage.key))
    devices.follow(loaded, own / "runs", 2)
    assert took == [later.key]


def test_processes_that_are_started_hear_of_the_seeds(own, monkeypatch):
    started: list[tuple] = []
    monkeypatch.setattr(devices, "start", lambda count, work, *args: started.append((count, args)))
    recipes.run(str(own / "own.yaml"), QUICK, own / "runs", 2, 3)
    assert started == [(2, (str(own / "own.yaml"), QUICK, own / "runs", 1, 3))]
