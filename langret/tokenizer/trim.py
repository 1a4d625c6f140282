"""Cut a multilingual tokenizer down to the pieces that a language uses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from langret.errors import ModelError

_MARKS = ("##", "\u2581", "\u0120")
_BATCH = 1000


def trim_tokenizer(
    tokenizer: Any, texts: Iterable[str], folder: Path, *, least: int = 2, most: int | None = None
) -> list[int]:
    """Write the tokenizer without the pieces that the texts do not use (arXiv 2305.15020).

    Added tokens and single characters stay, so that no text becomes [UNK] that was not before. What is left keeps its
    order, so that a text whose pieces all survive is tokenised as before: the longest match and the likeliest path are
    among the survivors, and a merge keeps what it was merged from.

    Args:
        tokenizer: A fast tokenizer with a WordPiece, Unigram or BPE model.
        texts: The language, as the tokenizer will see it.
        folder: Where the trimmed tokenizer is written.
        least: A piece stays that the texts use this often.
        most: At most so many pieces stay for their use, the most frequent first; None for all.

    Returns:
        The old id of every new id.

    Raises:
        ModelError: The tokenizer is not fast, is of another kind, or cannot be rebuilt.
    """
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(
            "its tokenizer cannot be trimmed: it is not a fast one.",
            where=str(tokenizer.name_or_path),
            hint="Leave backbone.tokenizer out.",
        )
    spec = json.loads(backend.to_str())
    pieces = _pieces(spec["model"], str(tokenizer.name_or_path))
    kept = _kept(spec, pieces, _counts(backend, texts), least, most)
    new = {old: number for number, old in enumerate(kept)}
    _renumber(spec, pieces, new)
    _save(tokenizer, spec, folder)
    return kept


def _pieces(model: dict[str, Any], where: str) -> dict[str, int]:
    if model["type"] in ("WordPiece", "BPE"):
        return dict(model["vocab"])
    if model["type"] == "Unigram":
        return {piece: number for number, (piece, _) in enumerate(model["vocab"])}
    raise ModelError(
        f"its tokenizer cannot be trimmed: {model['type']} is none of WordPiece, Unigram, BPE.", where=where
    )


def _counts(backend: Any, texts: Iterable[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    batch: list[str] = []

    def count() -> None:
        for encoding in backend.encode_batch(batch, add_special_tokens=False):
            for number in encoding.ids:
                counts[number] = counts.get(number, 0) + 1
        batch.clear()

    backend.no_truncation()
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            count()
    count()
    return counts


def _kept(
    spec: dict[str, Any], pieces: Mapping[str, int], counts: Mapping[int, int], least: int, most: int | None
) -> list[int]:
    kept = {token["id"] for token in spec["added_tokens"]}
    kept |= {number for piece, number in pieces.items() if _is_basic(piece)}
    if spec["model"]["type"] == "Unigram":
        kept.add(spec["model"]["unk_id"])
    elif spec["model"].get("unk_token") is not None:
        kept.add(pieces[spec["model"]["unk_token"]])
    used = sorted(
        (n for n, c in counts.items() if c >= least and n not in kept), key=lambda n: (-counts[n], n)
    )
    kept |= set(used[:most])
    if spec["model"]["type"] == "BPE":
        _keep_merged_from(spec["model"]["merges"], pieces, kept)
    return sorted(kept)


def _is_basic(piece: str) -> bool:
    """A single character or byte."""
    for mark in _MARKS:
        piece = piece.removeprefix(mark)
    return len(piece) <= 1 or (len(piece) == 6 and piece.startswith("<0x"))


def _keep_merged_from(merges: list[Any], pieces: Mapping[str, int], kept: set[int]) -> None:
    # later merges build on earlier ones, so one pass from the end finds everything
    for left, right in reversed([_pair(merge) for merge in merges]):
        if pieces[left + right] in kept:
            kept |= {pieces[left], pieces[right]}


def _pair(merge: Any) -> tuple[str, str]:
    left, right = merge.split(" ") if isinstance(merge, str) else merge
    return left, right


def _renumber(spec: dict[str, Any], pieces: Mapping[str, int], new: Mapping[int, int]) -> None:
    model = spec["model"]
    if model["type"] == "Unigram":
        model["vocab"] = [entry for number, entry in enumerate(model["vocab"]) if number in new]
        model["unk_id"] = new[model["unk_id"]]
    else:
        model["vocab"] = {piece: new[number] for piece, number in pieces.items() if number in new}
    if model["type"] == "BPE":
        model["merges"] = [m for m in model["merges"] if pieces["".join(_pair(m))] in new]
    for token in spec["added_tokens"]:
        token["id"] = new[token["id"]]
    spec["truncation"] = spec["padding"] = None  # padding names an id; what calls the tokenizer sets both
    _renumber_template(spec.get("post_processor"), new)


def _renumber_template(part: Any, new: Mapping[int, int]) -> None:
    """Special tokens stand in a post-processor by id: in ``ids`` of templates, in pairs of BERT's and RoBERTa's."""
    if not isinstance(part, dict):
        return
    for inner in part.get("processors", ()):
        _renumber_template(inner, new)
    for token in (part.get("special_tokens") or {}).values():
        token["ids"] = [new[number] for number in token["ids"]]
    for name in ("sep", "cls"):
        if name in part:
            part[name] = [part[name][0], new[part[name][1]]]


def _save(tokenizer: Any, spec: dict[str, Any], folder: Path) -> None:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

    trimmed = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(spec)),
        model_max_length=tokenizer.model_max_length,
        model_input_names=tokenizer.model_input_names,
        padding_side=tokenizer.padding_side,
        clean_up_tokenization_spaces=False,
        **tokenizer.special_tokens_map,
    )
    expected = {token["content"]: token["id"] for token in spec["added_tokens"]}
    found = trimmed.get_vocab()
    moved = [token for token, number in expected.items() if found.get(token) != number]
    if moved:
        raise ModelError(
            f"its tokenizer cannot be trimmed: {moved[0]!r} would change its place.",
            where=str(tokenizer.name_or_path),
        )
    trimmed.save_pretrained(folder)
