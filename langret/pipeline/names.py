"""What systems and stages are called."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path


def system_name(system: str, members: Container[str]) -> str:
    """How results call a system: a member by its name, a baseline by the last part of its folder or hub name."""
    return system if system in members else Path(system).name


def rank_name(benchmark: str, system: str) -> str:
    """Name of the stage that searches a benchmark with a member or a baseline."""
    safe = "".join(c if c.isalnum() else "-" for c in Path(system).name) or "model"
    return f"rank-{benchmark}-{safe}"
