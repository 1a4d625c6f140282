"""A function of the user's own as a judge, and what it can do wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from langret.errors import RecipeError, StageError
from langret.judging import Case, judge_names, make_judge
from langret.recipe.schema import CrossEncoderJudge, PythonJudge

CASE = Case("q7", "who?", [("x", "she")], [("a", "he"), ("b", "she did"), ("c", "they")])
MODULE = """
import math

class Odd:
    pass

def verdicts(case):
    return ["false_negative" if "she" in text else "negative" for _, text in case.candidates]

def scores(case):
    return (0.5, 0, math.nan)

def partly(case):
    return iter(["partial", "unknown", "negative"])

def too_few(case):
    return ["negative"]

def one_word(case):
    return "abc"

def misspelt(case):
    return ["negativ"] * 3

def flag(case):
    return [True, False, False]

def too_large(case):
    return [2, 0, 0]

def nothing(case):
    return None

def fails(case):
    return case.title

def _hidden(case):
    return []

value = 3
"""


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ourjudges"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "rules.py").write_text(MODULE)
    (folder / "broken.py").write_text("import nonesuch_library")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [n for n in sys.modules if n.split(".")[0] == "ourjudges"]:
        monkeypatch.delitem(sys.modules, name)


def judged(function: str) -> list[tuple[str, float | None]]:
    judge = make_judge(PythonJudge(kind="python", function=function), None)
    assert judge.estimate([CASE]) is None
    ((*verdicts,),) = judge.judge([CASE])
    assert [(v.query_id, v.passage_id) for v in verdicts] == [("q7", "a"), ("q7", "b"), ("q7", "c")]
    return [(v.verdict, v.score) for v in verdicts]


def test_names_and_numbers_are_verdicts() -> None:
    assert judged("ourjudges.rules:verdicts") == [
        ("negative", None),
        ("false_negative", None),
        ("negative", None),
    ]
    assert judged("ourjudges.rules:scores") == [("false_negative", 0.5), ("negative", 0.0), ("unknown", None)]
    assert judged("ourjudges.rules:partly") == [("partial", None), ("unknown", None), ("negative", None)]


def test_numpy_numbers_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    import ourjudges.rules as rules  # type: ignore[import-not-found]

    monkeypatch.setattr(rules, "scores", lambda case: np.array([0.25, 0.5, np.nan], dtype=np.float32))
    assert judged("ourjudges.rules:scores") == [
        ("negative", 0.25),
        ("false_negative", 0.5),
        ("unknown", None),
    ]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("too_few", r"returned 1 value\(s\) for 3 candidates"),
        ("one_word", r"returned 1 value\(s\) for 3 candidates"),
        ("misspelt", "'negativ' for the passage a.*Did you mean \"negative\""),
        ("flag", "returned True for the passage a, expected negative, false_negative"),
        ("too_large", "returned 2 for the passage a"),
        ("nothing", "fails: 'NoneType' object is not iterable"),
        ("fails", "fails: 'Case' object has no attribute 'title'"),
    ],
)
def test_what_a_function_does_wrong_is_said_with_its_name_and_the_query(function: str, message: str) -> None:
    with pytest.raises(StageError, match=message) as caught:
        judged(f"ourjudges.rules:{function}")
    assert caught.value.where == f"ourjudges.rules:{function}, query q7"


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("ourjudgse.rules:verdicts", 'no module ourjudgse. Did you mean "ourjudges"'),
        ("ourjudges.rulez:verdicts", 'no module ourjudges.rulez. Did you mean "rules"'),
        ("ourjudges.rules.deep:verdicts", "no module ourjudges.rules.deep. Install"),
        ("nonesuch_by_any_name:f", "no module nonesuch_by_any_name. Install"),
        ("ourjudges.rules:verdict", 'no function verdict. Did you mean "verdicts"'),
        ("ourjudges.rules:value", "no function value"),
        (
            "ourjudges.broken:f",
            "broken cannot be imported: ModuleNotFoundError: No module named 'nonesuch_library'",
        ),
    ],
)
def test_a_function_that_is_not_there_is_a_mistake_of_the_recipe(function: str, message: str) -> None:
    with pytest.raises(RecipeError, match=message) as caught:
        judged(function)
    assert function in str(caught.value)


def test_the_second_judge_of_a_kind_has_a_number() -> None:
    python = PythonJudge(kind="python", function="a:b")
    cross = CrossEncoderJudge(kind="cross_encoder", model="m")
    assert judge_names([python, cross, python, cross, python]) == [
        "python",
        "cross_encoder",
        "python-2",
        "cross_encoder-2",
        "python-3",
    ]
