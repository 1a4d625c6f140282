"""Printing: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from langret.errors import LangretError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from langret.evaluation import NotMeasured, Result, SuiteResult
    from langret.pipeline.check import Problem


def out() -> Console:
    """The console of what the user asked for. Text that came from data is never read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def err() -> Console:
    """The console of errors and of what is said on the way."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def print_error(error: LangretError) -> None:
    """One red line; a recipe with several mistakes brings a line for each."""
    err().print(f"error: {error}", style="red", soft_wrap=True)


def print_notes(lines: Sequence[str]) -> None:
    """Lines in yellow that are no mistakes, but to be minded."""
    for line in lines:
        err().print(f"note: {line}", style="yellow", soft_wrap=True)


def print_problems(problems: Sequence[Problem]) -> None:
    """A line for each problem, errors in red and warnings in yellow."""
    for problem in problems:
        hint = f" {problem.hint}" if problem.hint else ""
        style = "red" if problem.severity == "error" else "yellow"
        line = f"{problem.severity}: {problem.where}: {problem.message}{hint}"
        err().print(line, style=style, soft_wrap=True)


def print_results(
    console: Console,
    results: Sequence[Result],
    not_measured: Sequence[NotMeasured] = (),
    suites: Sequence[SuiteResult] = (),
) -> None:
    """Results as a table for each set of metrics, what was not measured, suites, and slices where there are any."""
    from langret.report import results_table, slices_table
    from langret.report.suites import absent_lines, suite_tables
    from langret.report.table import alike

    for number, part in enumerate(alike(results)):
        if number:
            console.print()
        console.print(results_table(part))
    for line in absent_lines(not_measured):
        console.print(line, soft_wrap=True)
    for table in suite_tables(suites):
        console.print()
        console.print(table)
    by_slice = slices_table(results)
    if by_slice is not None:
        console.print()
        console.print(by_slice)


def print_json(value: object) -> None:
    """JSON to standard output, for programs."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
