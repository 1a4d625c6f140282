"""How much of a result is luck: the same recipe with several seeds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from statistics import mean, stdev
from typing import TYPE_CHECKING

from langret.errors import RecipeError
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.pipeline.runner import run_stages
from langret.recipe.load import LoadedRecipe
from langret.report.record import read_record
from langret.report.spread import Spread, write_spreads

if TYPE_CHECKING:
    from rich.console import Console

    from langret.evaluation.results import Result
    from langret.pipeline.publish import RunResult


def with_seed(loaded: LoadedRecipe, seed: int) -> LoadedRecipe:
    """The same recipe with another seed."""
    return dataclasses.replace(loaded, recipe=loaded.recipe.model_copy(update={"seed": seed}))


def run_seeds(
    loaded: LoadedRecipe,
    seeds: int,
    *,
    runs: Path,
    console: Console | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[RunResult, list[Spread]]:
    """Run a recipe, and then again with the seeds after its own.

    The recipe's own seed gives the models and ``results.json``. Everything that draws lots follows the seed: held-out
    queries, new weights, negatives, batches. The spread is written to ``seeds.json`` in the run folder. Stages are
    cached as always, so a killed run goes on.

    Args:
        loaded: A recipe with benchmarks.
        seeds: How many seeds, the recipe's own included; at least 2.
        runs: Folder of all runs.
        console: Where stages tell of themselves.
        tell: Hears which seed comes next.

    Raises:
        RecipeError: There is no benchmark: held-out queries would change with the seed.
    """
    from langret.evaluation.results import read_results

    recipe = loaded.recipe
    if not recipe.evaluation.benchmarks:
        raise RecipeError(
            "There is no benchmark, and queries held out of the data change with the seed.",
            where=f"{recipe.name}: evaluation.benchmarks",
        )
    result = run_recipe(loaded, runs=runs, console=console)
    measured: dict[tuple[str, str, str], list[float]] = {r.key: [r.value] for r in result.results}
    for seed in range(recipe.seed + 1, recipe.seed + seeds):
        tell(f"seed {seed}")
        plan = plan_recipe(with_seed(loaded, seed), runs=runs)
        done = run_stages([*plan.scores.values()], plan.store, console=console)
        found: list[Result] = []
        for stage in plan.scores.values():
            found += read_results(done[stage.name].folder / "results.json")
        for one in found:
            measured[one.key].append(one.value)
    spreads = [
        Spread(member, benchmark, metric, mean(values), stdev(values), values)
        for (benchmark, member, metric), values in measured.items()
    ]
    write_spreads(result.folder, read_record(result.folder), range(recipe.seed, recipe.seed + seeds), spreads)
    return result, spreads
