"""The search page: documents searched by BM25 and by models side by side, and results judged by a person."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.serve.judgements import JudgementBook
    from langret.serve.server import make_server
    from langret.serve.site import Site, open_site
    from langret.serve.target import Target, open_target

_HOMES = {
    "JudgementBook": "judgements",
    "Site": "site",
    "Target": "target",
    "make_server": "server",
    "open_site": "site",
    "open_target": "target",
}
__all__ = ["JudgementBook", "Site", "Target", "make_server", "open_site", "open_target"]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
