"""Reading, storing and checking passages, queries and judgements."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.data.readers import read_source
    from langret.data.store import write_collection

_HOMES = {
    "read_source": "langret.data.readers",
    "write_collection": "langret.data.store",
}
__all__ = ["read_source", "write_collection"]


def __getattr__(name: str) -> object:
    """Import a function on first use, so that `langret.data.records` stays cheap to import."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
