"""Verbs about finished runs: report, compare."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langret.cli.console import err, out, print_notes


def report(run: Path, output: Path | None, show: int) -> None:
    """Write the page on a run; say where it is, and what is missing of the run."""
    from langret.report.folder import open_run
    from langret.report.page import write_report

    opened = open_run(run)
    path = write_report(opened, output, shown=show)
    if opened.missing:
        titles = ", ".join(opened.title(name) for name in opened.missing)
        err().print(f"warning: the run is not finished; missing: {titles}.", style="yellow", soft_wrap=True)
    out().print(f"Wrote {path}", soft_wrap=True)


def compare(runs: Sequence[Path], page: Path | None) -> None:
    """Print the results of several runs side by side, and what differs between their recipes."""
    from langret.report.compare import compare_runs, write_comparison
    from langret.report.folder import open_run
    from langret.report.leakage import leaked_mark, leaked_text
    from langret.report.table import differences_table, results_table, spread_table

    found = compare_runs([open_run(run) for run in runs])
    console = out()
    for results in found.benchmarks:
        console.print(results_table(results))
        if leaked_mark(results):
            console.print(leaked_text(results), soft_wrap=True)
        console.print()
    if found.spreads:
        console.print(spread_table(found.spreads))
        console.print()
    console.print(differences_table(found))
    print_notes(found.notes)
    if page is not None:
        console.print(f"\nWrote {write_comparison(found, page)}", soft_wrap=True)
