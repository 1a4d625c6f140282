"""Rotary settings in ``config.json``, in a form that other versions of transformers take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def mend_rotary(folder: Path) -> None:
    """Drop what transformers 5.3 adds when it saves an encoder whose layers have rotary settings by their type.

    ModernBERT's ``rope_parameters`` are keyed by type of layer. Version 5.3 writes ``rope_theta`` and ``rope_type``
    between these keys; it does without them when it reads, and later versions refuse the file because of them.
    """
    file = folder / "config.json"
    if not file.is_file():  # a folder of somebody else may keep its encoder further down
        return
    config = json.loads(file.read_text(encoding="utf-8"))
    rotary = config.get("rope_parameters") or {}
    by_type = {name: value for name, value in rotary.items() if isinstance(value, dict)}
    if by_type and by_type != rotary:
        config["rope_parameters"] = by_type
        file.write_text(
            json.dumps(config, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )


def older_rotary(config: dict[str, Any]) -> dict[str, Any]:
    """The same settings under the names that transformers 4 reads."""
    rotary = config.get("rope_parameters") or {}
    names = {"full_attention": "global_rope_theta", "sliding_attention": "local_rope_theta"}
    found = {names[kind]: rotary[kind]["rope_theta"] for kind in names if rotary.get(kind)}
    return found or ({"rope_theta": rotary["rope_theta"]} if rotary.get("rope_theta") else {})
