"""Slices and other languages in a recipe: what runs again when they change, and what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from langret.errors import RecipeError
from langret.pipeline.check import check_recipe
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe

BENCHMARKS = """
name: suite
language: ja
data: {train: [{path: nothing-that-is-read.jsonl}]}
members: []
evaluation:
  metrics: [R@1, RR@10]
  benchmarks:
    - {name: own-test, path: bench, slices: ["domain:law"]}
    - name: jsquad
      path: bench
    - name: crossed
      path: .
      format: parallel
      files: {queries: ask, passages: tell}
      query_language: en
      slices: ["cross-lingual:en"]
    - name: back
      path: .
      format: parallel
      files: {queries: tell, passages: ask}
      passage_language: en
      slices: ["cross-lingual:en"]
"""


@pytest.fixture
def suite(own: Path) -> Path:
    """A recipe that measures BM25 alone, on benchmarks of one language and of two."""
    (own / "nothing-that-is-read.jsonl").write_text("", encoding="utf-8")
    (own / "ask").write_text("Aoki station 1900\nThe bridge of Shirahama\n", encoding="utf-8")
    (own / "tell").write_text("青木の駅は 1900 年に建てられた。\n白浜の橋。\n", encoding="utf-8")
    (own / "suite.yaml").write_text(BENCHMARKS, encoding="utf-8")
    return own / "suite.yaml"


def to_do(recipe: Path) -> set[str]:
    plan = plan_recipe(load_recipe(recipe), runs=recipe.parent / "runs")
    return {row.name for row in plan.rows() if not row.cached}


def change(recipe: Path, number: int, **keys: object) -> None:
    values = yaml.safe_load(recipe.read_text(encoding="utf-8"))
    values["evaluation"]["benchmarks"][number] |= keys
    recipe.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")


def test_a_recipe_without_members_measures_its_baselines(suite):
    result = run_recipe(load_recipe(suite), runs=suite.parent / "runs")
    assert result.models == {}
    found = {(r.benchmark, r.metric): r for r in result.results}
    assert {b for b, _ in found} == {"own-test", "jsquad", "crossed", "back"}
    assert found["own-test", "R@1"].slices == ["domain:law"]
    assert found["jsquad", "R@1"].slices == [], "the entry of the catalogue has none"
    # BM25 finds what is written alike in both languages, and no more
    for name in ("crossed", "back"):
        assert (found[name, "R@1"].value, found[name, "R@1"].n, found[name, "R@1"].passages) == (0.5, 2, 2)
        assert found[name, "R@1"].slices == ["cross-lingual:en"]
    written = json.loads((suite.parent / "runs" / "suite" / "results.json").read_text(encoding="utf-8"))
    assert written["results"][0]["slices"] == ["domain:law"]

    # what a benchmark shows is said anew, and nothing is read or searched again
    assert not to_do(suite)
    change(suite, 0, slices=["domain:law", "culture:Japan"])
    assert to_do(suite) == {"score-own-test"}
    # in another language its text is read and searched again
    change(suite, 2, query_language="fi")
    assert to_do(suite) == {"score-own-test", "benchmark-crossed", "rank-crossed-bm25", "score-crossed"}
    (suite.parent / "ask").write_text("Aoki station 1900\nAnother line\n", encoding="utf-8")
    assert "benchmark-back" in to_do(suite), "a side of parallel text has changed"


def test_files_beside_parallel_text_do_not_count(suite):
    run_recipe(load_recipe(suite), runs=suite.parent / "runs")
    (suite.parent / "unrelated.txt").write_text("x", encoding="utf-8")
    assert not to_do(suite)


def test_a_recipe_without_members_is_checked(suite):
    runs = suite.parent / "runs"
    assert check_recipe(load_recipe(suite), runs=runs) == []
    (suite.parent / "tell").write_text("一行だけ。\n", encoding="utf-8")
    problems = check_recipe(load_recipe(suite), runs=runs)
    assert [p.severity for p in problems] == ["error", "error"]
    assert "ask has 2 lines and tell 1" in problems[0].message


def test_the_catalogue_fills_in_slices(suite):
    change(suite, 1, name="arabicmteb-legal")
    text = suite.read_text(encoding="utf-8").replace("language: ja", "language: ar", 1)
    suite.write_text(text, encoding="utf-8")
    plan = plan_recipe(load_recipe(suite), runs=suite.parent / "runs")
    assert plan.scores["arabicmteb-legal"].params["slices"] == ["domain:legal"]
    assert plan.scores["own-test"].params["slices"] == ["domain:law"]


def test_an_unknown_language_is_found_while_loading(suite):
    change(suite, 2, query_language="xx")
    with pytest.raises(RecipeError, match=r'benchmarks\.2\.query_language: no plugin is installed for "xx"'):
        load_recipe(suite)
