"""Arithmetic on the weights of models: mean and spherical interpolation."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from langret.errors import ModelError

How = Literal["mean", "slerp"]

# of a trainer's checkpoint: what is not the model
_STATE = ("*.pt", "*.pth", "*.bin", "trainer_state.json")


def mean(tensors: Sequence[Tensor], shares: Sequence[float]) -> Tensor:
    """Weighted mean, summed in float64, so that the mean of equal tensors is the same to the last bit.

    Args:
        tensors: Of one shape.
        shares: One for each; they count in proportion.
    """
    total = sum(tensor.double() * share for tensor, share in zip(tensors, shares, strict=True))
    return (total / sum(shares)).to(tensors[0].dtype)  # type: ignore[union-attr]


def slerp(a: Tensor, b: Tensor, share: float) -> Tensor:
    """Spherical linear interpolation of two tensors, each taken as one long vector.

    Where a mean of vectors that point in different directions is shorter than both, this goes along the arc between
    them (Shoemake 1985; merging checkpoints with it is Qwen3-Embedding's, arXiv 2506.05176).

    Args:
        a: The one.
        b: The other, of the same shape.
        share: 0 gives ``a``, 1 gives ``b``.
    """
    one, other = a.double().flatten(), b.double().flatten()
    lengths = one.norm() * other.norm()
    cosine = (one @ other / lengths).clamp(-1, 1) if lengths else torch.ones(())
    angle = torch.arccos(cosine)
    sine = torch.sin(angle)
    if sine < 1e-6:  # parallel, opposite, or nothing at all: there is no arc to follow
        return mean([a, b], [1 - share, share])
    merged = (torch.sin((1 - share) * angle) * one + torch.sin(share * angle) * other) / sine
    return merged.reshape(a.shape).to(a.dtype)


def merge_folders(
    folders: Sequence[Path], target: Path, *, how: How = "mean", shares: Sequence[float] | None = None
) -> None:
    """Write a model whose weights are those of others, merged; all else is the first one's.

    Args:
        folders: Model folders, or checkpoints of a trainer, of one shape.
        target: Where to write; what is there is replaced.
        how: ``mean``, or ``slerp`` of two.
        shares: Share of each; default: equal ones.

    Raises:
        ModelError: The models have other heads, tokenizers or shapes.
    """
    shares = list(shares or [1.0] * len(folders))
    first = folders[0]
    for other in folders[1:]:
        _must_match(first, other)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(first, target, ignore=shutil.ignore_patterns("*.safetensors", *_STATE))
    for name in _files(first):
        with ExitStack() as stack:
            files = [stack.enter_context(safe_open(folder / name, framework="pt")) for folder in folders]
            names = list(files[0].keys())
            merged = {key: _merged([file.get_tensor(key) for file in files], how, shares) for key in names}
            save_file(merged, target / name, metadata=files[0].metadata())


def _merged(tensors: Sequence[Tensor], how: How, shares: Sequence[float]) -> Tensor:
    if not tensors[0].is_floating_point():
        return tensors[0]
    if how == "slerp":
        a, b = tensors
        return slerp(a, b, shares[1] / (shares[0] + shares[1]))
    return mean(tensors, shares)


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.safetensors"))


def _must_match(one: Path, other: Path) -> None:
    def refuse(what: str) -> ModelError:
        return ModelError(
            f"cannot be merged with {one}: {what}.",
            where=str(other),
            hint="Merge models of one recipe with the same head.",
        )

    if _json(one / "modules.json") != _json(other / "modules.json") or _head(one) != _head(other):
        raise refuse("their heads are made of other modules")
    if _tokenizer(one) != _tokenizer(other):
        raise refuse("their tokenizers differ")
    if _files(one) != _files(other):
        raise refuse("their weights lie in other files")
    for name in _files(one):
        shapes, others = _shapes(one / name), _shapes(other / name)
        if shapes != others:
            key = next(k for k in sorted({*shapes, *others}) if shapes.get(k) != others.get(k))
            raise refuse(
                f"{key} has shape {shapes.get(key) or 'none'} in one and {others.get(key) or 'none'} in the other"
            )


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _head(folder: Path) -> Any:
    return (_json(folder / "config_sentence_transformers.json") or {}).get("model_type")


def _tokenizer(folder: Path) -> Any:
    facts = _json(folder / "tokenizer.json") or {}
    # how long texts were cut when it was saved is no part of it
    return {key: value for key, value in facts.items() if key not in ("truncation", "padding")}


def _shapes(path: Path) -> dict[str, list[int]]:
    with safe_open(path, framework="pt") as file:
        return {key: file.get_slice(key).get_shape() for key in file.keys()}  # noqa: SIM118
