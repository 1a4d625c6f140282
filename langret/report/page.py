"""``langret report``: one self-contained page on a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from langret.errors import LangretError
from langret.recipe.licences import DataLicence, licence_warnings
from langret.report import outcome, sections
from langret.report.limits import limits
from langret.report.render import render
from langret.report.spread import read_spreads
from langret.report.suites import SUITE_NOTE, absent_lines, by_suite

if TYPE_CHECKING:
    from langret.report.folder import RunFolder

T = TypeVar("T")
FILE = "report.html"


def write_report(run: RunFolder, path: Path | None = None, *, shown: int = 5) -> Path:
    """Write the report of a run, finished or not.

    Args:
        run: The run folder.
        path: The file; default: ``report.html`` in the run folder.
        shown: Queries shown in each sample; 0 shows no text of the data and loads no model.

    Returns:
        The file.

    Raises:
        LangretError: Results or a log cannot be read, or the file cannot be written.
    """
    return write_page(report_html(run, shown=shown), path or run.root / FILE)


def report_html(run: RunFolder, *, shown: int = 5) -> str:
    """The report as HTML. What cannot be shown because it is gone is said in its place."""
    results = run.results()
    spreads = [spread for spread in read_spreads(run) if spread.metric == run.metric()]
    rows = sections.funnel(run)
    return render(
        "report.html",
        run=run,
        record=run.record,
        built=sections.built(run),
        funnel=rows,
        leakage=run.summary("data").get("leakage", {}),
        held_out=run.summary("data").get("held_out"),
        examples=_or_reason(lambda: sections.examples(run, shown)),
        negatives=_or_reason(lambda: sections.negatives(run, shown)),
        training=sections.training(run),
        benchmarks=outcome.by_benchmark(results),
        slices=outcome.slices(results),
        suites=[
            (name, list(dict.fromkeys(task for row in found for task in row.tasks)), found)
            for name, found in by_suite(run.suites(results))
        ],
        suite_note=SUITE_NOTE.replace("`", ""),
        absent=absent_lines(run.not_measured()),
        compared=outcome.compared(run, shown),
        duels_shown=outcome.DUELS_SHOWN,
        cost=sections.cost(run),
        spreads=spreads,
        licences=licence_warnings(
            [DataLicence(s.name, s.licence) for s in run.record.made_of], run.recipe.get("licence") or ""
        ),
        limits=limits(run, results, rows, spreads),
        shown=shown,
    )


def write_page(html: str, path: Path) -> Path:
    """Write a page.

    Raises:
        LangretError: The file cannot be written.
    """
    try:
        # a lone surrogate in somebody's text must not cost the page
        path.write_bytes(html.encode("utf-8", "replace"))
    except OSError as error:
        raise LangretError(f"It cannot be written: {error.strerror}.", where=str(path)) from error
    return path


def _or_reason(make: Callable[[], T]) -> tuple[T | None, str]:
    """What a section shows, or why it shows nothing."""
    try:
        return make(), ""
    except LangretError as error:
        return None, str(error)
