"""What a person reads at the end: model cards, tables on the terminal, the page on a run, runs side by side."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.report.card import CardFacts, DataSource, write_card
    from langret.report.compare import compare_runs
    from langret.report.folder import open_run
    from langret.report.page import write_report
    from langret.report.table import funnel_table, results_table, slices_table

_HOMES = {
    "CardFacts": "card",
    "DataSource": "card",
    "write_card": "card",
    "compare_runs": "compare",
    "funnel_table": "table",
    "open_run": "folder",
    "results_table": "table",
    "slices_table": "table",
    "write_report": "page",
}
__all__ = [
    "CardFacts",
    "DataSource",
    "compare_runs",
    "funnel_table",
    "open_run",
    "results_table",
    "slices_table",
    "write_card",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
