"""Verbs of the data funnel: synthesize, mine, judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langret.cli.console import err, out
from langret.errors import RecipeError
from langret.recipe import load_recipe
from langret.recipe.load import LoadedRecipe, recipe_for_data
from langret.recipe.shipped import shipped_paths

if TYPE_CHECKING:
    from langret.llm import Estimate
    from langret.pipeline.plan import Plan
    from langret.pipeline.stage import Stage
    from langret.pipeline.store import Finished


def synthesize(
    what: str,
    language: str | None,
    output: Path | None,
    changes: Sequence[str],
    runs: Path,
    show: int,
    dry_run: bool,
) -> None:
    """Write training pairs from documents; print how many stayed, and write the set."""
    plan = _planned(what, language, changes, runs)
    if plan.recipe.synthesis is None:
        if language is None:
            raise RecipeError(
                "The recipe writes nothing.",
                where=f"{plan.recipe.name}: synthesis",
                hint="`synthesis: {writers: [{kind: cloze}]}` is where to begin.",
            )
        plan = _planned(what, language, ["synthesis.writers=[{kind: cloze}]", *changes], runs)
    from langret.pipeline.runner import run_stages
    from langret.report.negatives import pairs_text, written_table

    console = out()
    if dry_run:
        _price_writers(plan)
        return
    done = run_stages([plan.data], plan.store, console=err())
    console.print(written_table({name: finished.summary for name, finished in done.items()}))
    if show:
        names = [name.removeprefix("write-") for name in done if name.startswith("write-")]
        sample = pairs_text(done["data"].folder / "train", names, show, plan.recipe.seed)
        console.print(sample, soft_wrap=True)
    if output is not None:
        _publish(plan, done, None, output)


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
    from langret.pipeline.publish_set import must_be_free
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
        _publish(plan, done, stage, output)


def _publish(plan: Plan, done: Mapping[str, Finished], stage: Stage | None, output: Path) -> None:
    from langret.pipeline.publish_set import publish_set

    counts = publish_set(plan, done, stage, output)
    told = ", ".join(f"{n:,} {name}" for name, n in counts.items())
    out().print(f"{output}: {told}", soft_wrap=True)


def _price_writers(plan: Plan) -> None:
    """Read and clean the documents, and say what each writer would ask of its model."""
    from langret.data.records import Collection
    from langret.pipeline.runner import run_stages
    from langret.pipeline.work.writing import model_of
    from langret.recipe.schema import writer_id
    from langret.synthesis import estimate_writer

    stage = next(s for s in plan.data.inputs if s.name == "documents")
    documents = Collection.load(run_stages([stage], plan.store, console=err())["documents"].folder)
    assert plan.recipe.synthesis is not None
    for writer in plan.recipe.synthesis.writers:
        model = model_of(writer, plan.store.cache)
        estimate = estimate_writer(writer, documents, plan.language, model, seed=plan.recipe.seed)
        line = _priced(estimate) if estimate else "asks no language model."
        out().print(f"{writer_id(writer)}: {line}", soft_wrap=True)


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
    estimate = make_judge(first, plan.store.cache).estimate(shortlisted(context, {}))
    console = out()
    if estimate is None:
        console.print("The first judge asks no language model; nothing is paid for.")
        return
    console.print(_priced(estimate), soft_wrap=True)
    if len(plan.recipe.negatives.judges) > 1:
        console.print("Later judges see only what is flagged; their cost is known after the first.")


def _priced(estimate: Estimate) -> str:
    money = f"{estimate.money:.2f}" if estimate.money is not None else "unknown (give llm.price)"
    return (
        f"{estimate.calls:,} calls at most, {estimate.cached:,} answered already; "
        f"{estimate.input_tokens:,} tokens in, {estimate.output_tokens:,} tokens out at most; "
        f"price at most: {money}."
    )
