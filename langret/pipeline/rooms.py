"""Modules on which the results of stages rest.

Others of their rooms (how training is watched, how a model card is written) may change without anything being trained,
mined or searched again.
"""

from __future__ import annotations

from typing import Any

BUILDING: tuple[str, ...] = (
    "tokenizer.rarity",
    *(
        f"modeling.{part}"
        for part in ("backbone", "decoders", "heads", "late", "lexical", "rotary", "segmented")
    ),
)
EXAMPLES: tuple[str, ...] = (
    "data.merge",
    "data.sources",
    "pipeline.work.examples",
    *(f"training.{part}" for part in ("order", "ragged", "sets", "teacher")),
)
STEPPING: tuple[str, ...] = tuple(
    f"training.{part}"
    for part in (
        *("attention", "average", "checkpoints", "layers", "optimizers"),
        *("sharding", "steps", "together", "trainer"),
    )
)
MASKED: tuple[str, ...] = ("modeling.backbone", "modeling.decoders", "training.mlm", *STEPPING)
WEIGHTS: tuple[str, ...] = (
    *BUILDING,
    *EXAMPLES,
    *STEPPING,
    *(f"training.{part}" for part in ("maxsim", "shapes", "stages", "targets")),
    *(
        f"training.{part}"
        for part in ("distillation", "embedded", "encoder", "objectives", "objective_trainer")
    ),
    "modeling.merging",
    "modeling.trained",
    "modeling.adapters",
)
WATCHED: tuple[str, ...] = ("pipeline.work.ids", "training.watch")
"""What the result rests on besides, where held-out queries choose the checkpoints."""
MERGING: tuple[str, ...] = ("modeling.merging", "modeling.segmented")
ENCODING: tuple[str, ...] = tuple(
    f"modeling.{part}" for part in ("encoding", "identity", "kinds", "late", "retriever", "segmented")
)
TEACHING: tuple[str, ...] = (
    "data.merge",
    "data.sources",
    "judging.cross_encoder",
    "mining.embed",
    "pipeline.work.examples",
    "pipeline.work.pairs",
    "training.teacher",
    *ENCODING,
)
SEARCHING: dict[str, tuple[str, ...]] = {
    "bm25": ("mining.bm25", "text"),
    "dense": ("mining.exact", "mining.approximate", "mining.candidates"),
    "colbert": (
        "mining.candidates",
        "pipeline.work.late",
        *(f"evaluation.{part}" for part in ("choice", "maxsim", "plaid", "runs", "search")),
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
