"""Optional packages that a training asks for. Imports nothing heavy, so that a plan can ask before anything runs."""

from __future__ import annotations

import importlib.util

from langret.errors import MissingDependencyError
from langret.recipe.schema import Training


def must_have_extras(training: Training) -> None:
    """Raise where a package is missing that the settings of a training need.

    Raises:
        MissingDependencyError: It is; the hint names the extra.
    """
    if training.optimizer == "schedule_free" and importlib.util.find_spec("schedulefree") is None:
        raise MissingDependencyError(
            "optimizer: schedule_free needs the schedulefree package.",
            hint="Run: pip install 'langret[schedulefree]'",
        )
