"""The checkpoints of a training: which are whole, and whose they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langret.errors import StageError
from langret.training.sets import Batch

NOTE = "training.json"


def checkpoints_in(scratch: Path) -> dict[int, Path]:
    """Checkpoints that were written to their end, by step; transformers writes ``trainer_state.json`` last."""
    found = [p for p in scratch.glob("checkpoint-*") if (p / "trainer_state.json").is_file()]
    return dict(sorted((int(p.name.split("-")[1]), p) for p in found))


def last_checkpoint(scratch: Path) -> str | None:
    """The newest checkpoint that was written to its end."""
    return next((str(path) for path in reversed(checkpoints_in(scratch).values())), None)


def must_be_its_own(scratch: Path, settings: Mapping[str, Any], first: Batch) -> None:
    """Refuse to go on from checkpoints of another training.

    A note beside them tells trainings apart by their settings and their first batch.

    Args:
        scratch: Where the checkpoints lie.
        settings: What the training was asked for, as JSON holds it.
        first: Its first step.

    Raises:
        StageError: The checkpoints in ``scratch`` are of a training that differs in one of these.
    """
    batch = hashlib.sha256()
    for array in (first.labels, *first.queries, *first.passages):
        batch.update(f"{array.dtype} {list(array.shape)}".encode() + array.tobytes())
    mark = json.dumps({"settings": dict(settings), "first batch": batch.hexdigest()}, sort_keys=True)
    note = scratch / NOTE
    if checkpoints_in(scratch) and not (note.is_file() and note.read_text(encoding="utf-8") == mark):
        raise StageError(
            "the checkpoints here are another training's: other settings or other data.",
            where=str(scratch),
            hint="Give each training a folder of its own, or remove this one to begin anew.",
        )
    scratch.mkdir(parents=True, exist_ok=True)
    note.write_text(mark, encoding="utf-8")
