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
    wanted = []
    if training.optimizer == "schedule_free":
        wanted.append(("optimizer: schedule_free", "schedulefree", "schedulefree"))
    if training.lora is not None:
        wanted.append(("training.lora", "peft", "lora"))
    for key, package, extra in wanted:
        if importlib.util.find_spec(package) is None:
            raise MissingDependencyError(
                f"{key} needs the {package} package.", hint=f"Run: pip install 'langret[{extra}]'"
            )
