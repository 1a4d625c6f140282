"""Verbs about recipes: run, plan, check, recipes, lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from langret.cli.console import err, out, print_error, print_json, print_notes, print_problems
from langret.errors import LangretError
from langret.recipe import load_recipe, shipped_recipes


def run(recipe: str, changes: Sequence[str], runs: Path, devices: int = 1, seeds: int = 1) -> None:
    """Run a recipe; print results and where the models lie."""
    loaded = load_recipe(recipe, changes)
    from langret.pipeline import devices as crew
    from langret.pipeline.provenance import licence_notes
    from langret.pipeline.run import run_recipe
    from langret.pipeline.seeds import run_seeds
    from langret.report.spread import Spread

    if devices > 1 and crew.size() == 1:
        crew.start(devices, _run_beside_others, recipe, changes, runs, 1, seeds)
        return
    if crew.rank():
        crew.follow(loaded, runs, seeds)
        return
    console = out()
    spreads: list[Spread] = []
    with crew.leading():
        if seeds > 1:
            result, spreads = run_seeds(
                loaded,
                seeds,
                runs=runs,
                console=console,
                tell=lambda line: console.print(f"\n{line}", style="bold"),
            )
        else:
            result = run_recipe(loaded, runs=runs, console=console)
    from langret.cli.console import print_results

    console.print()
    print_results(console, result.results, result.not_measured, result.suites)
    if spreads:
        from langret.report.table import spread_table

        console.print()
        console.print(spread_table(spreads))
    console.print()
    for name, folder in result.models.items():
        console.print(f"{name}: {folder}", soft_wrap=True)
        console.print(f"  trained in {result.costs[name]}", soft_wrap=True, highlight=False)
    if result.models:
        print_notes(licence_notes(loaded))
    if result.models:
        first = next(iter(result.models.values()))
        console.print(f'\nTry it: langret search {first} --documents FOLDER "…"', soft_wrap=True)
        console.print(f"As a page: langret report {result.folder}", soft_wrap=True)


def _run_beside_others(*args: Any) -> None:
    """Run a recipe as one of several processes, where nobody else would print what is wrong."""
    try:
        run(*args)
    except LangretError as error:
        print_error(error)
        raise SystemExit(2) from None


def plan(recipe: str, changes: Sequence[str], runs: Path) -> None:
    """Print the stages of a recipe."""
    loaded = load_recipe(recipe, changes)
    from rich.table import Table

    from langret.pipeline.plan import plan_recipe
    from langret.pipeline.provenance import licence_notes

    rows = plan_recipe(loaded, runs=runs).rows()
    table = Table(
        title=f"{loaded.recipe.name}: {len(rows)} stages", title_justify="left", box=None, padding=(0, 2)
    )
    for name in ("stage", "what happens", "state", "cost"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(row.name, row.title, "cached" if row.cached else "to do", cost_text(row.cost))
    console = out()
    console.print(table)
    print_notes(licence_notes(loaded))
    missing = sum(not row.cached for row in rows)
    console.print(f"\n{missing} of {len(rows)} stages to do." if missing else "\nEverything is finished.")


def check(recipe: str, changes: Sequence[str], runs: Path) -> None:
    """Print every problem; exit code 2 where there is an error among them."""
    loaded = load_recipe(recipe, changes)
    from langret.pipeline.check import check_recipe

    problems = check_recipe(loaded, runs=runs)
    print_problems(problems)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        err().print(f"{errors} error{'s' if errors > 1 else ''}.", style="red")
        raise typer.Exit(2)
    out().print("No mistakes found." if not problems else "No errors found.")


def prune(
    recipe: str, changes: Sequence[str], runs: Path, member: str | None, seeds: int, as_json: bool
) -> None:
    """Leave out one training set after another; print what each is worth."""
    loaded = load_recipe(recipe, changes)
    from langret.pipeline.prune import prune_recipe

    console = err()
    result = prune_recipe(
        loaded,
        member=member,
        seeds=seeds,
        runs=runs,
        console=console,
        tell=lambda line: console.print(f"\n{line}", style="bold"),
    )
    if as_json:
        print_json({**result._asdict(), "worths": [worth._asdict() for worth in result.worths]})
        return
    from langret.report.table import worth_table

    out().print(worth_table(result))


def recipes() -> None:
    """Print the shipped recipes."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2))
    table.add_column("name", no_wrap=True)
    table.add_column("about")
    for recipe in shipped_recipes():
        table.add_row(recipe.name, recipe.about)
    out().print(table)


def lock(recipe: str, changes: Sequence[str]) -> None:
    """Resolve hub revisions and write the lock file beside the recipe."""
    loaded = load_recipe(recipe, changes)
    from langret.recipe.lock import hub_names, lock_path, resolve_lock, write_lock

    if not hub_names(loaded.recipe, loaded.base):
        out().print("The recipe names nothing on the hub; there is nothing to lock.")
        return
    path = lock_path(loaded.path)
    write_lock(path, resolve_lock(loaded.recipe, base=loaded.base))
    out().print(f"Wrote {path}; runs of this recipe honour it.", soft_wrap=True)


def cost_text(cost: Mapping[str, object]) -> str:
    """``{"rows": 1200, "steps": "2,000"}`` as ``1,200 rows, 2,000 steps``."""
    return ", ".join(
        f"{value:,} {key}" if isinstance(value, int) else f"{value} {key}" for key, value in cost.items()
    )
