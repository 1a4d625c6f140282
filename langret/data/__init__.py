"""Reading, storing and checking passages, queries and judgements."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.data.cleaning import clean
    from langret.data.holdout import split_holdout
    from langret.data.leakage import annotate_leakage, leakage_counts
    from langret.data.leaked import leaked_queries
    from langret.data.readers import read_source
    from langret.data.store import write_collection

_HOMES = {
    "annotate_leakage": "langret.data.leakage",
    "clean": "langret.data.cleaning",
    "leakage_counts": "langret.data.leakage",
    "leaked_queries": "langret.data.leaked",
    "read_source": "langret.data.readers",
    "split_holdout": "langret.data.holdout",
    "write_collection": "langret.data.store",
}
__all__ = [
    "annotate_leakage",
    "clean",
    "leakage_counts",
    "leaked_queries",
    "read_source",
    "split_holdout",
    "write_collection",
]


def __getattr__(name: str) -> object:
    """Import a function on first use, so that `langret.data.records` stays cheap to import."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
