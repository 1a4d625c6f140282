"""Verbs of the data funnel: mine, judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langret.cli.console import err, out
from langret.errors import RecipeError
from langret.recipe import load_recipe
from langret.recipe.load import LoadedRecipe, recipe_for_data
from langret.recipe.shipped import shipped_paths

if TYPE_CHECKING:
    from langret.pipeline.plan import Plan
    from langret.pipeline.stage import Stage


def mine(
    what: str, language: str | None, output: Path | None, changes: Sequence[str], runs: Path, show: int
) -> None:
    """Mine and choose hard negatives; print what was chosen and why, and write the set."""
    plan = _planned(what, language, changes, runs)
    stage = _wanted(plan)
    if plan.recipe.negatives.judges:
        stage = next(s for s in stage.inputs if s.name == "shortlist")
    _carry_out(plan, stage, output, show)


def judge(
    what: str,
    language: str | None,
    output: Path | None,
    changes: Sequence[str],
    runs: Path,
    show: int,
    dry_run: bool,
) -> None:
    """Mine, judge and settle; or say what the first judge would cost."""
    plan = _planned(what, language, changes, runs)
    if not plan.recipe.negatives.judges:
        raise RecipeError(
            "There is no judge.",
            where="negatives.judges",
            hint="Give the recipe one, or: --set 'negatives.judges=[{kind: llm, llm: {model: NAME, base_url: URL}}]'.",
        )
    stage = _wanted(plan)
    if dry_run:
        _price(plan, stage)
        return
    _carry_out(plan, stage, output, show)


def open_recipe(what: str, language: str | None, changes: Sequence[str]) -> LoadedRecipe:
    """A recipe file, a shipped recipe, or the recipe of somebody's data.

    Args:
        what: Recipe or data.
        language: What the user gave with ``--language``; only data needs it.
        changes: Overrides.

    Raises:
        RecipeError: It is data and the language is missing, it is a recipe and the language is given, or it is not
            there.
    """
    path = Path(what).expanduser()
    there = path.exists()
    if path.suffix.lower() in (".yaml", ".yml") if path.is_file() else not there and language is None:
        recipe = True
    else:
        recipe = not there and what in shipped_paths()
    if recipe and language is not None:
        raise RecipeError(
            f'"{what}" is a recipe, and a recipe says its language itself.', hint="Leave --language out."
        )
    if recipe:
        return load_recipe(what, changes)
    if language is None:
        raise RecipeError(
            f'"{what}" is data, and --language is missing.', hint="Give --language CODE (langret languages)."
        )
    return recipe_for_data(path, language, changes)


def _planned(what: str, language: str | None, changes: Sequence[str], runs: Path) -> Plan:
    loaded = open_recipe(what, language, changes)
    from langret.pipeline.plan import plan_recipe
    from langret.recipe.lock import lock_path, locked

    locked(loaded.recipe, lock_path(loaded.path), base=loaded.base)
    return plan_recipe(loaded, runs=runs, measured=False)


def _wanted(plan: Plan) -> Stage:
    if plan.negatives is None:
        raise RecipeError(
            "The recipe wants no hard negatives: it has no miner, or per_query is 0.",
            where=f"{plan.recipe.name}: negatives",
            hint="`negatives: {miners: [{kind: bm25}], per_query: 4}` is where to begin.",
        )
    return plan.negatives


def _carry_out(plan: Plan, stage: Stage, output: Path | None, show: int) -> None:
    from langret.data.records import Collection
    from langret.pipeline.publish_set import must_be_free, publish_set
    from langret.pipeline.runner import run_stages
    from langret.pipeline.work.shared import read_table
    from langret.report.negatives import sample_text, summary_table

    if output is not None:
        must_be_free(output)  # before hours of mining, not after
    done = run_stages([stage], plan.store, console=err())
    finished = done[stage.name]
    console = out()
    console.print(summary_table(finished.summary))
    if show:
        data = Collection.load(done["data"].folder / "train")
        chosen = read_table(finished.folder / "negatives.arrow")
        console.print(sample_text(data, chosen, show, plan.recipe.seed), soft_wrap=True)
    if output is not None:
        counts = publish_set(plan, done, stage, output)
        told = ", ".join(f"{n:,} {name}" for name, n in counts.items())
        console.print(f"{output}: {told}", soft_wrap=True)


def _price(plan: Plan, stage: Stage) -> None:
    """Run what costs nothing, and say what the first judge would ask of its model."""
    from langret.judging import make_judge
    from langret.pipeline.runner import run_stages
    from langret.pipeline.stage import Context
    from langret.pipeline.work.choosing import shortlisted

    inputs = [s for s in stage.inputs if s.name == "shortlist"]
    done = run_stages(inputs, plan.store, console=err())
    folders = {name: finished.folder for name, finished in done.items()}
    context = Context(Path(), Path(), folders, plan.store.cache, {})
    first = plan.recipe.negatives.judges[0]
    estimate = make_judge(first, plan.store.cache / "llm").estimate(shortlisted(context, []))
    console = out()
    if estimate is None:
        console.print("The first judge asks no language model; nothing is paid for.")
        return
    money = f"{estimate.money:.2f}" if estimate.money is not None else "unknown (give llm.price)"
    console.print(
        f"{estimate.calls:,} calls at most, {estimate.cached:,} answered already; {estimate.input_tokens:,} tokens in, "
        f"{estimate.output_tokens:,} tokens out at most; price at most: {money}.",
        soft_wrap=True,
    )
    if len(plan.recipe.negatives.judges) > 1:
        console.print("Later judges see only what is flagged; their cost is known after the first.")
