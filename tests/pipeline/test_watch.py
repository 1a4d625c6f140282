"""A benchmark that is watched while training, in the place of held-out queries."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from langret.errors import DataError, RecipeError
from langret.evaluation import evaluate, load_benchmark
from langret.language import get_language
from langret.modeling import load_model
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe
from langret.recipe.load import resolved_yaml


@pytest.fixture()
def watching(own: Path) -> Path:
    """One dense member, whose best checkpoint on a small benchmark is kept; nothing is held out."""
    shutil.copytree(own / "bench", own / "small")
    recipe = yaml.safe_load((own / "own.yaml").read_text(encoding="utf-8"))
    recipe |= {"pretraining": [], "negatives": {"miners": []}, "members": [{"head": "dense"}]}
    recipe["data"]["holdout"] = 0
    recipe["training"] |= {"average_by": "best", "negatives": 0, "query_tokens": 24}
    recipe["evaluation"]["watch"] = {"name": "small", "path": "small"}
    (own / "own.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    return own


def test_checkpoints_are_chosen_by_the_benchmark_that_is_watched(watching):
    loaded = load_recipe(watching / "own.yaml")
    result = run_recipe(loaded, runs=watching / "runs")
    assert {r.benchmark for r in result.results} == {"own-test"}  # what was chosen by is no result
    (stage,) = (watching / "runs" / "own" / "stages").glob("train-dense-????????????")
    log = [json.loads(line) for line in (stage / "log.jsonl").read_text("utf-8").splitlines()]
    seen = [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line]
    # the last line is of the weights that were kept, over all passages of the benchmark
    assert seen[-1] == pytest.approx(max(seen[:-1]), abs=1e-4)
    japanese = get_language("ja")
    model = load_model(stage / "model", query_tokens=24, passage_tokens=48)
    small = load_benchmark(watching / "small", japanese)
    found, _ = evaluate({"m": model}, "small", small, ["nDCG@10"], language=japanese, baselines=(), seed=1)
    assert seen[-1] == pytest.approx(found[0].value, abs=2e-3)
    assert not [row.name for row in plan_recipe(loaded, runs=watching / "runs").rows() if not row.cached]
    with (watching / "small" / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("q0\td1-0\t1\n")
    again = {row.name for row in plan_recipe(loaded, runs=watching / "runs").rows() if not row.cached}
    assert {"benchmark-small", "train-dense"} <= again and "benchmark-own-test" not in again


def test_what_cannot_be_watched_is_refused(watching):
    with pytest.raises(RecipeError, match="watch is one small benchmark"):
        load_recipe(watching / "own.yaml", ["evaluation.watch={name: w, long: needle}"])
    with pytest.raises(RecipeError, match="benchmarks need different names"):
        load_recipe(watching / "own.yaml", ["evaluation.watch.name=own-test"])
    with pytest.raises(
        RecipeError, match=r'evaluation.watch.query_language: no plugin is installed for "jaa"'
    ):
        load_recipe(watching / "own.yaml", ["evaluation.watch.query_language=jaa"])
    (watching / "small" / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq0\td0-0\t0\n", "utf-8"
    )
    with pytest.raises(DataError, match="small: not a benchmark"):
        run_recipe(load_recipe(watching / "own.yaml"), runs=watching / "runs")


def test_the_place_is_the_recipes_wherever_it_is_read(watching, tmp_path):
    text = resolved_yaml(load_recipe(watching / "own.yaml").recipe, watching)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "again.yaml").write_text(text, "utf-8")
    again = load_recipe(tmp_path / "elsewhere" / "again.yaml").recipe.evaluation.watch
    assert again is not None and again.path == str(watching / "small")
