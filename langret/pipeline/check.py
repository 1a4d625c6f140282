"""Finding the mistakes of a recipe and its data before anything is trained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from langret.errors import LangretError
from langret.pipeline.plan import plan_recipe
from langret.pipeline.provenance import licence_notes
from langret.pipeline.runner import run_stages
from langret.pipeline.work.shared import MEASURE_HINT, NOTHING_TO_MEASURE
from langret.recipe.load import LoadedRecipe

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.data.tasks import TaskData

# Rows set aside for these reasons are what cleaning is for; a person need not do anything about them.
_USUAL = {"held_out", "exact_duplicate", "near_duplicate", "duplicate", "no_positive"}


SHOWN = 5


class Problem(NamedTuple):
    """Something wrong with a recipe or its data."""

    where: str
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"


def check_recipe(loaded: LoadedRecipe, *, runs: Path = Path("runs")) -> list[Problem]:
    """Read and clean all of a recipe's data, train nothing, and say what is wrong.

    What was read stays in the run folder; a run that follows does not read it again.

    Args:
        loaded: The recipe.
        runs: Folder of all runs.

    Returns:
        Errors, which would stop or spoil a run, and warnings, which count rows set aside.
    """
    from langret.data.records import Collection
    from langret.data.tasks import TaskData

    problems: list[Problem] = []
    name = str(loaded.path)
    try:
        from langret.evaluation.metrics import parse_metrics

        parse_metrics(loaded.recipe.evaluation.metrics)
    except LangretError as error:
        problems.append(_error(error, f"{name}: evaluation.metrics"))
    try:
        plan = plan_recipe(loaded, runs=runs)
        for example in plan.language.examples[:1]:
            plan.language.segment(plan.language.normalize(example))
    except LangretError as error:
        return [*problems, _error(error, name)]
    problems += [Problem(f"{name}: licences", line, severity="warning") for line in licence_notes(loaded)]
    with plan.store.lock():
        broken = False
        for stage in plan.stages:
            if not stage.name.startswith(("read-", "benchmark-")):
                continue
            try:
                finished = run_stages([stage], plan.store, locked=True)[stage.name]
            except LangretError as error:
                broken = True
                problems.append(_error(error, f"{name}: {stage.name}"))
                continue
            examples = (finished.folder / "task.arrow").is_file()
            read = (TaskData if examples else Collection).load(finished.folder)
            problems += rows_aside(read, stage.title)
        # a recipe without members measures its baselines on benchmarks, and needs no training data
        data = next((stage for stage in plan.stages if stage.name == "data"), None)
        if data is not None and not broken:
            try:
                summary = run_stages([data], plan.store, locked=True)["data"].summary
            except LangretError as error:
                return [*problems, _error(error, f"{name}: data")]
            problems += _data(summary, name)
            if not loaded.recipe.evaluation.benchmarks and not summary["held_out"]:
                where = f"{name}: evaluation.benchmarks"
                problems.append(Problem(where, NOTHING_TO_MEASURE, MEASURE_HINT))
    return problems


def rows_aside(data: Collection | TaskData, title: str) -> list[Problem]:
    """Warnings of rows that reading set aside: those that could not be read, with file and line, and counts by reason.

    Args:
        data: What was read.
        title: What it is called.
    """
    rows = data.rejected
    found = [
        Problem(row["where"], f"{row['reason']}: {row['found'][:80]}", severity="warning")
        for row in rows.slice(0, SHOWN).to_pylist()
    ]
    if rows.num_rows > SHOWN:
        more = f"{rows.num_rows - SHOWN:,} more rows cannot be read."
        found.append(Problem(title, more, severity="warning"))
    return [*found, *_rows(data.funnel(), title)]


def _rows(funnel: object, title: str) -> list[Problem]:
    found = []
    assert isinstance(funnel, dict)
    for table, counts in funnel.items():
        if table == "rejected":
            continue  # shown one by one
        for reason, count in counts.items():
            if reason in ("in", "kept") or reason in _USUAL or not count:
                continue
            found.append(Problem(title, f"{count:,} {table} set aside: {reason}.", severity="warning"))
    return found


def _data(summary: dict[str, object], name: str) -> list[Problem]:
    found = []
    funnel = summary["funnel"]
    assert isinstance(funnel, dict)
    queries, passages = funnel["queries"]["kept"], funnel["passages"]["kept"]
    if not passages:
        found.append(Problem(f"{name}: data", "No passage is left after cleaning."))
    if not queries:
        found.append(
            Problem(
                f"{name}: data",
                "No training query with a positive passage is left.",
                "Give data with queries, or documents with titles or headings.",
            )
        )
    found += _rows(funnel, "After cleaning")
    leakage = summary.get("leakage")
    assert isinstance(leakage, dict)
    for benchmark, counts in leakage.items():
        if counts["queries_shared"]:
            found.append(
                Problem(
                    f"benchmark {benchmark}",
                    f"{counts['queries_shared']:,} training queries also stand in it.",
                    severity="warning",
                )
            )
    return found


def _error(error: LangretError, where: str) -> Problem:
    return Problem(error.where or where, error.message, error.hint or "")
