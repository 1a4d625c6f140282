"""Keys of tasks and suites, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from langret.errors import RecipeError
from langret.recipe import load_recipe

RECIPE = """
name: own
language: ja
data: {{train: [{{world: train}}]}}
evaluation:
  benchmarks:
    - {{name: one, path: one.jsonl, {one}}}
    - {{name: two, path: two.jsonl}}
  suites: {suites}
"""


def load(folder: Path, one: str = "", suites: str = "[]") -> None:
    path = folder / "own.yaml"
    path.write_text(RECIPE.format(one=one, suites=suites), encoding="utf-8")
    load_recipe(path)


@pytest.mark.parametrize(
    ("one", "message"),
    [
        ("task: rerank", "reranking"),
        ("shots: 4", "shots belongs to task: classification"),
        ("task: sts, labels: {yes: 1}", "labels belongs to task: pair-classification"),
        ("task: pair-classification, labels: {yes: 2}", "labels"),
        ("task: classification, shots: 0", "shots"),
    ],
)
def test_mistakes_of_benchmarks(one, message, tmp_path):
    with pytest.raises(RecipeError, match=message):
        load(tmp_path, one)


@pytest.mark.parametrize(
    ("suites", "message"),
    [
        ("[{name: all, benchmarks: [one, tow]}]", 'suite all: no benchmark tow; Did you mean "two"'),
        ("[{name: all, benchmarks: [one, one]}]", "suite all names one twice"),
        ("[{name: all, weights: {three: 2}}]", "suite all: a weight of three"),
        ("[{name: all, benchmarks: [one], weights: {two: 2}}]", "suite all: a weight of two"),
        ("[{name: all, mean: task, weights: {two: 2}}]", "weights weigh benchmarks"),
        ("[{name: all}, {name: all}]", "suites need different names"),
        ("[{name: all, weights: {one: 0}}]", "expected a value above 0"),
    ],
)
def test_mistakes_of_suites(suites, message, tmp_path):
    with pytest.raises(RecipeError, match=message):
        load(tmp_path, suites=suites)


def test_what_is_right_is_loaded(tmp_path):
    load(
        tmp_path,
        "task: classification, shots: 4",
        "[{name: all}, {name: two, benchmarks: [two], mean: benchmark}]",
    )
