"""What a person reads at the end: the model card of each member, and tables on the terminal."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.report.card import CardFacts, DataSource, write_card
    from langret.report.table import funnel_table, results_table, slices_table

_HOMES = {
    "CardFacts": "card",
    "DataSource": "card",
    "write_card": "card",
    "funnel_table": "table",
    "results_table": "table",
    "slices_table": "table",
}
__all__ = ["CardFacts", "DataSource", "funnel_table", "results_table", "slices_table", "write_card"]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
