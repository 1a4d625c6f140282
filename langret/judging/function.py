"""A function of the user's own as a judge."""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from numbers import Real
from typing import TYPE_CHECKING, Any

from langret.errors import RecipeError, StageError, first_line, nearest
from langret.judging.verdicts import RULINGS, Case, Progress, Verdict, silent

if TYPE_CHECKING:
    from langret.recipe.schema import PythonJudge

EXPECTED = f"{', '.join(RULINGS)}, or a number from 0 to 1"


class ByFunction:
    """Judges by a function of an installed package.

    It is called with each ``Case`` and returns one value a candidate, in their order: the name of a verdict, or how
    likely the candidate is a false negative, a number from 0 to 1. From 0.5 it is one; NaN is ``unknown``.

    Raises:
        RecipeError: While judging: there is no such module or function, or the module cannot be imported.
        StageError: While judging: the function fails, or returns something else.
    """

    def __init__(self, settings: PythonJudge) -> None:
        self._name = settings.function

    def judge(self, cases: Iterable[Case], progress: Progress = silent) -> Iterator[list[Verdict]]:
        """Judge cases one by one."""
        function = self._function
        for done, case in enumerate(cases, 1):
            try:
                said = function(case)
                values = [said] if isinstance(said, str | bytes) else list(said)
            except Exception as error:
                raise StageError(f"fails: {first_line(error)}", where=self._where(case)) from error
            if len(values) != len(case.candidates) or isinstance(said, str | bytes):
                raise StageError(
                    f"returned {len(values)} value(s) for {len(case.candidates)} candidates.",
                    where=self._where(case),
                    hint="Return a list with one value a candidate, in their order.",
                )
            yield [
                self._verdict(case, passage_id, value)
                for (passage_id, _), value in zip(case.candidates, values, strict=True)
            ]
            progress(done, None, "queries judged")

    def _where(self, case: Case) -> str:
        return f"{self._name}, query {case.query_id}"

    def _verdict(self, case: Case, passage_id: str, value: object) -> Verdict:
        if isinstance(value, str) and value in RULINGS:
            return Verdict(case.query_id, passage_id, value)
        if isinstance(value, Real) and not isinstance(value, bool):
            score = float(value)
            if math.isnan(score):
                return Verdict(case.query_id, passage_id, "unknown", None, "nan_score")
            if 0 <= score <= 1:
                false = score >= 0.5
                return Verdict(case.query_id, passage_id, "false_negative" if false else "negative", score)
        raise StageError(
            f"returned {value!r} for the passage {passage_id}, expected {EXPECTED}.",
            where=self._where(case),
            hint=nearest(value, RULINGS) if isinstance(value, str) else None,
        )

    @cached_property
    def _function(self) -> Callable[[Case], Any]:
        name, _, attribute = self._name.partition(":")
        where = f"judges: function {self._name}"
        _must_be_installed(name, where)
        try:
            module = import_module(name)
        except Exception as error:
            raise RecipeError(
                f"the module {name} cannot be imported: {type(error).__name__}: {first_line(error)}",
                where=where,
            ) from error
        function = getattr(module, attribute, None)
        if not callable(function):
            found = [n for n, value in vars(module).items() if callable(value) and not n.startswith("_")]
            raise RecipeError(
                f"the module {name} has no function {attribute}.",
                where=where,
                hint=nearest(attribute, found),
            )
        return function

    def estimate(self, cases: Iterable[Case]) -> None:
        """Nothing is asked of an endpoint, so there is nothing to pay."""


def _must_be_installed(name: str, where: str) -> None:
    """Find the first part of a module's name that is missing, importing the packages above it only."""
    parts = name.split(".")
    for depth in range(1, len(parts) + 1):
        part = ".".join(parts[:depth])
        try:
            if find_spec(part) is not None:
                continue
        except ModuleNotFoundError:  # the package above is a plain module
            pass
        except Exception as error:
            raise RecipeError(
                f"the package {'.'.join(parts[: depth - 1])} cannot be imported: "
                f"{type(error).__name__}: {first_line(error)}",
                where=where,
            ) from error
        above = import_module(".".join(parts[: depth - 1])) if depth > 1 else None
        beside = pkgutil.iter_modules(getattr(above, "__path__", []) if above else None)
        hint = nearest(parts[depth - 1], (module.name for module in beside))
        raise RecipeError(
            f"there is no module {part}.",
            where=where,
            hint=hint if hint.startswith("Did") else "Install the package that has it beside langret.",
        )
