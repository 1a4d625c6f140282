"""Running a recipe to the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from langret.pipeline.plan import plan_recipe
from langret.pipeline.publish import RunResult, publish
from langret.pipeline.record import record_run
from langret.pipeline.runner import run_stages
from langret.recipe.load import LoadedRecipe
from langret.recipe.lock import lock_path, locked

if TYPE_CHECKING:
    from rich.console import Console


def run_recipe(loaded: LoadedRecipe, *, runs: Path, console: Console | None = None) -> RunResult:
    """Run a recipe: make what is missing, then lay out models, cards and results.

    Hub names without a locked revision are resolved first, and the lock file is written beside the recipe.

    Args:
        loaded: The recipe.
        runs: Folder of all runs; the recipe's own is ``runs/<name>``.
        console: Where to tell of it. Default: nowhere.

    Returns:
        Where models and results lie.

    Raises:
        LangretError: Something the user can mend; finished stages stay.
    """
    locked(loaded.recipe, lock_path(loaded.path), base=loaded.base)
    plan = plan_recipe(loaded, runs=runs)
    with plan.store.lock():
        record_run(plan)
        return publish(plan, run_stages(plan.stages, plan.store, console=console, locked=True))
