"""Give an encoder another vocabulary: cut it down to a language, or put a new one in its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import AutoConfig, AutoModel, AutoModelForMaskedLM, AutoTokenizer

from langret.language import Language
from langret.modeling.backbone import Backbone, open_backbone, save_backbone
from langret.text import map_texts
from langret.tokenizer import TokenStore, encode_texts, trim_tokenizer
from langret.tokenizer.neighbours import token_vectors

SPARSE = 64
"""Old tokens of which a new one is mixed at most; sparsemax leaves fewer."""


def trim_backbone(
    backbone: Backbone, texts: Iterable[str], folder: Path, *, least: int = 2, most: int | None = None
) -> Backbone:
    """Keep of a pretrained encoder the token embeddings that a language uses (arXiv 2305.15020).

    Everything else stays as it is: on a text whose pieces all survive both encoders give the same states.

    Args:
        backbone: A pretrained encoder with a fast tokenizer.
        texts: The language, normalised.
        folder: Where the result is saved.
        least: A piece stays that the texts use this often.
        most: At most so many pieces stay for their use; None for all.

    Raises:
        ModelError: The tokenizer cannot be trimmed.
    """
    if backbone.language is not None:
        texts = map_texts(backbone.language, texts, "segmented")
    kept = torch.tensor(trim_tokenizer(backbone.tokenizer, texts, folder, least=least, most=most))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return _save(backbone, tokenizer, backbone.language, folder, lambda rows: rows[kept])


def transplant_backbone(
    backbone: Backbone, tokenizer: Any, language: Language, texts: Iterable[str], folder: Path, *, seed: int
) -> Backbone:
    """Put a new vocabulary on a pretrained encoder (FOCUS, arXiv 2305.14481).

    A piece that both vocabularies have keeps its embedding. Any other becomes a mix of such pieces, those that occur in
    its contexts: sparsemax over cosines of static vectors learnt from the texts in the new tokenisation. FOCUS learns
    these with fastText; here they are the singular vectors of a PPMI matrix, which need no further library. A piece too
    rare for a vector is drawn from the old embeddings' mean and deviation.

    Args:
        backbone: A pretrained encoder.
        tokenizer: Trained on the language by ``langret.tokenizer.train_tokenizer``.
        language: Plugin whose segmenter the tokenizer was trained behind.
        texts: The language, normalised.
        folder: Where the result is saved.
        seed: Seed of what is drawn.
    """
    tokenizer.model_max_length = backbone.tokenizer.model_max_length
    tokenizer.save_pretrained(folder)
    segmenter = language if language.presegment else None
    store: TokenStore = encode_texts(texts, folder, folder / "ids", language=segmenter)
    vectors = token_vectors(store, len(tokenizer), seed=seed)
    for file in (folder / "ids").iterdir():
        file.unlink()
    (folder / "ids").rmdir()
    old, new = _bare(backbone.tokenizer), _bare(tokenizer)
    shared = {number: old[piece] for piece, number in new.items() if piece in old}
    for name in ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"):
        there, here = getattr(backbone.tokenizer, f"{name}_id"), getattr(tokenizer, f"{name}_id")
        if there is not None and here is not None:
            shared[here] = there
    generator = torch.Generator().manual_seed(seed)
    mixture = _mixture(vectors, shared)

    def replant(rows: Tensor) -> Tensor:
        if rows.dim() == 1:  # a bias of the output layer
            out = rows.mean().repeat(len(tokenizer))
        else:
            noise = torch.randn(len(tokenizer), rows.shape[1], generator=generator)
            out = rows.mean(dim=0) + rows.std(dim=0) * noise
        there = torch.tensor(list(shared.values()))
        for number, (columns, weights) in mixture.items():
            out[number] = torch.tensordot(weights, rows[there[columns]], dims=1)
        out[torch.tensor(list(shared))] = rows[there]
        return out

    return _save(backbone, tokenizer, language, folder, replant)


def _bare(tokenizer: Any) -> dict[str, int]:
    """Pieces in one notation: a piece that continues a word begins with ##, whatever the tokenizer writes."""
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    special = set(tokenizer.all_special_tokens)
    words = any(piece.startswith(("\u2581", "\u0120")) for piece in vocabulary)
    found: dict[str, int] = {}
    for piece, number in sorted(vocabulary.items(), key=lambda item: item[1]):
        if piece in special:
            continue
        if words:
            start = piece.startswith(("\u2581", "\u0120"))
            piece = piece[1:] if start else f"##{piece}"
        found.setdefault(piece, number)
    return found


def _mixture(vectors: np.ndarray, shared: dict[int, int]) -> dict[int, tuple[Tensor, Tensor]]:
    """For each new token that is not shared: columns of ``shared`` and their weights."""
    known = list(shared)
    usable = np.flatnonzero(np.abs(vectors[known]).sum(axis=1) > 0)
    wanted = [n for n in range(len(vectors)) if n not in shared and np.abs(vectors[n]).sum() > 0]
    if not len(usable) or not wanted:
        return {}
    basis = vectors[known][usable]
    found: dict[int, tuple[Tensor, Tensor]] = {}
    for start in range(0, len(wanted), 512):
        rows = wanted[start : start + 512]
        similar = vectors[rows] @ basis.T
        near = np.argsort(-similar, axis=1, kind="stable")[:, :SPARSE]
        weights = sparsemax(torch.from_numpy(np.take_along_axis(similar, near, axis=1)).float())
        for number, columns, row in zip(rows, near, weights, strict=True):
            found[number] = (torch.from_numpy(usable[columns]), row)
    return found


def sparsemax(scores: Tensor) -> Tensor:
    """Project rows on the simplex (arXiv 1602.02068): like a softmax whose small weights are 0.

    Args:
        scores: Float of shape [rows, choices].
    """
    ordered, _ = scores.sort(dim=1, descending=True)
    sums = ordered.cumsum(dim=1) - 1
    count = torch.arange(1, scores.shape[1] + 1, dtype=scores.dtype)
    support = (ordered * count > sums).sum(dim=1, keepdim=True)
    threshold = sums.gather(1, support - 1) / support
    return (scores - threshold).clamp(min=0)


def _save(backbone: Backbone, tokenizer: Any, language: Language | None, folder: Path, rows: Any) -> Backbone:
    """Save the encoder with every tensor that has a row for each token put through ``rows``.

    A masked-language-model head, where there is one, comes along.
    """
    config = AutoConfig.from_pretrained(backbone.path, revision=backbone.revision)
    kind = (
        AutoModelForMaskedLM if any("MaskedLM" in name for name in config.architectures or ()) else AutoModel
    )
    model = kind.from_pretrained(backbone.path, revision=backbone.revision)
    size = model.get_input_embeddings().weight.shape[0]
    vocabulary = {
        id(p)
        for p in (model.get_input_embeddings().weight, *_output(model))
        if p is not None and p.shape[0] == size
    }
    names = {name for name, p in model.named_parameters(remove_duplicate=False) if id(p) in vocabulary}
    state = model.state_dict()
    changed = {name: rows(state[name]) for name in sorted(names)}
    config.vocab_size = len(tokenizer)
    for name in ("pad", "bos", "eos", "cls", "sep"):
        if getattr(config, f"{name}_token_id", None) is not None:
            setattr(config, f"{name}_token_id", getattr(tokenizer, f"{name}_token_id"))
    smaller = kind.from_config(config)
    smaller.load_state_dict({**state, **changed})
    save_backbone(smaller, tokenizer, language, folder)
    return open_backbone(folder)


def _output(model: Any) -> list[Any]:
    layer = model.get_output_embeddings()
    return [] if layer is None else [layer.weight, layer.bias]
