"""Suites and what was not measured, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from langret.evaluation.results import NotMeasured, SuiteResult

if TYPE_CHECKING:
    from rich.table import Table

SUITE_NOTE = (
    "`all` is the mean over all its benchmarks, for systems that were measured on all; `shared` the mean over those "
    "on which every member was. There is no interval of a mean over benchmarks."
)


def by_suite(suites: Iterable[SuiteResult]) -> Iterator[tuple[str, list[SuiteResult]]]:
    """The systems of each suite, in the order in which they were measured."""
    rows = list(suites)
    for name in dict.fromkeys(row.suite for row in rows):
        yield name, [row for row in rows if row.suite == name]


def figure(value: float | None) -> str:
    """A figure, or nothing where there is none."""
    return "" if value is None else f"{value:.3f}"


def suite_tables(suites: Iterable[SuiteResult]) -> list[Table]:
    """A table for each suite: the means and then the mean of each task as rows, systems as columns."""
    from rich.table import Table
    from rich.text import Text

    tables = []
    for name, systems in by_suite(suites):
        lacking = [f"{s.member} without {', '.join(s.left_out)}" for s in systems if s.left_out]
        shared = "; shared: the benchmarks of all members" if lacking else ""
        table = Table(
            title=f"suite {name}",
            title_justify="left",
            caption="; ".join([f"all: every benchmark{shared}", *lacking]),
            caption_justify="left",
        )
        table.add_column("", no_wrap=True)
        for system in systems:
            table.add_column(Text(system.member), justify="right", no_wrap=True)
        rows = [("all", [s.value for s in systems]), ("shared", [s.shared for s in systems])]
        tasks = list(dict.fromkeys(task for s in systems for task in s.tasks))
        rows += [(task, [s.tasks.get(task) for s in systems]) for task in tasks]
        for title, values in rows:
            best = max((v for v in values if v is not None), default=None)
            cells = [Text(figure(v), style="bold" if v is not None and v == best else "") for v in values]
            table.add_row(title, *cells, end_section=title == "shared")
        tables.append(table)
    return tables


def absent_lines(absent: Sequence[NotMeasured]) -> list[str]:
    """A line for each reason: who was not measured on what."""
    held: dict[tuple[str, str], list[str]] = {}
    for one in absent:
        held.setdefault((one.member, one.reason), []).append(one.benchmark)
    return [
        f"{member} was not measured on {', '.join(names)}: {reason}."
        for (member, reason), names in held.items()
    ]
