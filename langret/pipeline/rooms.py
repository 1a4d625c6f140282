"""Modules on which the results of stages rest.

Others of their rooms (how training is watched, how a model card is written) may change without anything being trained,
mined or searched again.
"""

from __future__ import annotations

from typing import Any

BUILDING: tuple[str, ...] = (
    "tokenizer.rarity",
    *(f"modeling.{part}" for part in ("backbone", "heads", "lexical", "segmented")),
)
STEPPING: tuple[str, ...] = ("training.steps", "training.together", "training.trainer")
MASKED: tuple[str, ...] = ("modeling.backbone", "training.mlm", *STEPPING)
WEIGHTS: tuple[str, ...] = (
    *BUILDING,
    *(f"training.{part}" for part in ("maxsim", "objectives", "sets", "shapes", "stages")),
    *STEPPING,
)
ENCODING: tuple[str, ...] = tuple(
    f"modeling.{part}" for part in ("encoding", "identity", "retriever", "segmented")
)
SEARCHING: dict[str, tuple[str, ...]] = {
    "bm25": ("mining.bm25", "text"),
    "dense": ("mining.exact", "mining.approximate", "mining.candidates"),
    "colbert": (
        "mining.candidates",
        "pipeline.work.late",
        *(f"evaluation.{part}" for part in ("maxsim", "runs", "search")),
        *ENCODING,
    ),
    "fused": ("mining.fusion", "mining.candidates"),
    "given": ("mining.candidates",),
    "random": ("mining.candidates",),
}
CHOOSING: tuple[str, ...] = tuple(
    f"mining.{part}" for part in ("candidates", "draw", "known", "repeats", "select")
)


def rows_of(counts: dict[str, Any]) -> dict[str, int]:
    """Passages and queries kept, where a finished stage's summary tells of them."""
    funnel = counts.get("funnel", {})
    return {name: funnel[name]["kept"] for name in ("passages", "queries") if name in funnel}
