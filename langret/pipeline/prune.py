"""What each training set of a recipe is worth: train without it, and see what is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import TYPE_CHECKING

from langret.errors import RecipeError, nearest
from langret.pipeline.plan import plan_recipe
from langret.pipeline.runner import run_stages
from langret.recipe.load import LoadedRecipe
from langret.recipe.lock import lock_path, locked
from langret.report.worth import Pruning, Worth

if TYPE_CHECKING:
    from rich.console import Console

    from langret.recipe.schema import Source


def prune_recipe(
    loaded: LoadedRecipe,
    *,
    member: str | None,
    seeds: int,
    runs: Path,
    console: Console | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Pruning:
    """Leave each training set out in turn (RLHN, arXiv 2505.16967, section 3.1).

    Every training is made of ordinary stages in the recipe's run folder: a killed run goes on, and what does not change
    is made once.

    Args:
        loaded: A recipe with two training sets at least, and benchmarks.
        member: The member to train; default: the first. A small one will do.
        seeds: Trainings of each choice of sets, with the recipe's seed and those after it.
        runs: Folder of all runs.
        console: Where stages tell of themselves.
        tell: Hears which training comes next.

    Raises:
        RecipeError: There are fewer than two sets, no such member, or no benchmark (held-out queries would change with
            the sets).
    """
    recipe = loaded.recipe
    sources = recipe.data.train
    where = f"{recipe.name}: data.train"
    if len(sources) < 2:
        raise RecipeError("Leaving one out needs two data sets at least.", where=where)
    if not recipe.evaluation.benchmarks:
        raise RecipeError(
            "There is no benchmark, and queries held out of the data would change with the data.",
            where=f"{recipe.name}: evaluation.benchmarks",
        )
    members = {m.id: m for m in recipe.members}
    if member is not None and member not in members:
        raise RecipeError(f'There is no member "{member}".', where=recipe.name, hint=nearest(member, members))
    chosen = members[member] if member else recipe.members[0]
    if chosen.merge is not None:
        raise RecipeError(
            f'Member "{chosen.id}" is merged from others; a single training is wanted.',
            where=recipe.name,
            hint=f"Name one of {', '.join(chosen.merge.members)}.",
        )
    locked(recipe, lock_path(loaded.path), base=loaded.base)
    names = _names(sources)
    scores: dict[tuple[int | None, int], float] = {}
    for seed in range(recipe.seed, recipe.seed + seeds):
        for left_out in (None, *range(len(sources))):
            tell(f"seed {seed}, " + ("all sets" if left_out is None else f"without {names[left_out]}"))
            rest = [s for i, s in enumerate(sources) if i != left_out]
            changed = recipe.model_copy(
                update={
                    "seed": seed,
                    "data": recipe.data.model_copy(update={"train": rest}),
                    "members": [chosen],
                    "evaluation": recipe.evaluation.model_copy(update={"baselines": []}),
                }
            )
            variant = dataclasses.replace(loaded, recipe=changed)
            scores[left_out, seed] = _score(variant, chosen.id, runs, console)
    counted = range(recipe.seed, recipe.seed + seeds)
    worths = []
    for i, name in enumerate(names):
        differences = [scores[None, seed] - scores[i, seed] for seed in counted]
        noise = stdev(differences) / len(differences) ** 0.5 if seeds > 1 else None
        worth = mean(differences)
        clear = noise is not None and abs(worth) > 2 * noise
        verdict = ("keep" if worth > 0 else "drop") if clear else "unclear"
        worths.append(Worth(name, mean(scores[i, s] for s in counted), worth, noise, verdict))
    total = mean(scores[None, seed] for seed in counted)
    return Pruning(recipe.evaluation.metrics[0], chosen.id, list(counted), total, worths)


def _score(loaded: LoadedRecipe, member: str, runs: Path, console: Console | None) -> float:
    """Mean over the benchmarks of the first metric."""
    from langret.evaluation.results import read_results

    plan = plan_recipe(loaded, runs=runs)
    done = run_stages([*plan.scores.values()], plan.store, console=console)
    metric = loaded.recipe.evaluation.metrics[0]
    found = [
        result.value
        for stage in plan.scores.values()
        for result in read_results(done[stage.name].folder / "results.json")
        if result.metric == metric and result.member == member
    ]
    return mean(found)


def _names(sources: Sequence[Source]) -> list[str]:
    names = []
    for number, source in enumerate(sources):
        name = source.hub or source.path or f"world {source.world}"
        if source.config:
            name = f"{name} {source.config}"
        names.append(name if name not in names else f"{name} ({number})")
    return names
