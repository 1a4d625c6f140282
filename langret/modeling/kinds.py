"""What kind of model a folder or a repository holds, read from its configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from langret.errors import ModelError, first_line

Kind = Literal["cross-encoder", "dense", "colbert"]


def kind_of(path: str | Path, revision: str | None = None) -> Kind:
    """Tell a cross-encoder, a ColBERT model and a dense model apart, without loading weights.

    ColBERT: ``config_sentence_transformers.json`` names ``ColBERT`` or a query length, or ``config.json`` names the
    Stanford architecture ``HF_ColBERT``. Cross-encoder: no ``modules.json``, and ``config.json`` names an architecture
    ``...ForSequenceClassification``. Everything else is dense.

    Args:
        path: Folder or hub name.
        revision: Revision of a hub name.

    Raises:
        ModelError: A configuration cannot be read, or the hub does not know the name.
    """
    try:
        if is_colbert(str(path), revision):
            return "colbert"
        found = read_config(str(path), "config.json", revision)
        if found is None and read_config(str(path), "modules.json", revision) is None:
            raise ModelError("has neither config.json nor modules.json.", where=str(path))
        architectures = (found or {}).get("architectures") or []
        if any(name.endswith("ForSequenceClassification") for name in architectures):
            return "dense" if read_config(str(path), "modules.json", revision) else "cross-encoder"
    except (OSError, ValueError) as error:
        raise ModelError(
            f"cannot be read: {first_line(error)}",
            where=str(path),
            hint="Give a model folder, or a hub name while the hub can be reached.",
        ) from error
    return "dense"


def is_colbert(path: str, revision: str | None) -> bool:
    """Whether PyLate or Stanford's ColBERT made a model."""
    config = read_config(path, "config_sentence_transformers.json", revision)
    if config is not None and config.get("model_type"):
        return bool(config["model_type"] == "ColBERT")
    if config is not None and "query_length" in config:
        return True
    architectures = (read_config(path, "config.json", revision) or {}).get("architectures") or []
    return "HF_ColBERT" in architectures


def read_config(path: str, name: str, revision: str | None) -> Any:
    """A JSON file of a model, or None where the model has none."""
    folder = Path(path)
    if folder.is_dir():
        file = folder / name
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    from transformers.utils import cached_file

    found = cached_file(path, name, revision=revision, _raise_exceptions_for_missing_entries=False)
    return json.loads(Path(found).read_text(encoding="utf-8")) if found else None
