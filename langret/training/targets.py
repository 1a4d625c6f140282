"""What a step learns from: labels, and what a teacher thinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from langret.training.sets import IGNORED, TARGET, Batch

TEACHER, TEACHER_QUERIES, TEACHER_PASSAGES = "teacher", "teacher_of_queries", "teacher_of_passages"
"""Keys of the loader's items; none ends as those do that sentence-transformers takes for texts."""


@dataclass(frozen=True)
class Targets:
    """Labels of a batch as tensors, on the device of the model.

    Attributes:
        labels: int8 of shape [queries, passages], as in ``Batch``.
        teacher: float32 of the same shape, NaN where the teacher gave no score; None without a teacher's scores.
        teacher_vectors: float32 of shapes [queries, size] and [passages, size]; None without a teacher's vectors.
    """

    labels: Tensor
    teacher: Tensor | None = None
    teacher_vectors: tuple[Tensor, Tensor] | None = None

    @classmethod
    def of(cls, inputs: Mapping[str, Tensor]) -> Targets:
        """Take them out of an item of the loader."""
        vectors = None
        if TEACHER_QUERIES in inputs:
            vectors = inputs[TEACHER_QUERIES], inputs[TEACHER_PASSAGES]
        return cls(inputs["label"], inputs.get(TEACHER), vectors)


def tensors_of(batch: Batch) -> dict[str, Tensor]:
    """Labels and teacher of a batch as they stand in an item of the loader."""
    found = {"label": batch.labels}
    if batch.teacher is not None:
        found[TEACHER] = batch.teacher
    if batch.teacher_vectors is not None:
        found[TEACHER_QUERIES], found[TEACHER_PASSAGES] = batch.teacher_vectors
    return {key: torch.from_numpy(np.ascontiguousarray(value)) for key, value in found.items()}


def ignore_copies(
    labels: np.ndarray, queries: Sequence[np.ndarray], passages: Sequence[np.ndarray]
) -> np.ndarray:
    """Take texts that read the same out of each other's negatives.

    A passage that reads like a query's positive is no negative of it, whatever its id; nor is the positive of a query
    that reads the same. The model could not tell them apart.

    Args:
        labels: int8 of shape [queries, passages], as in ``Batch``.
        queries: Token ids of each query, cut to what the model sees.
        passages: Token ids of each passage, likewise.

    Returns:
        The labels with such pairs ignored.
    """
    positive = (labels == TARGET).argmax(axis=1)
    reads, asks = _first_of(passages), _first_of(queries)
    alike = reads[None, :] == reads[positive][:, None]
    same = asks[:, None] == asks[None, :]
    one, other = np.nonzero(same & ~np.eye(len(asks), dtype=bool))
    alike[one, positive[other]] = True
    return np.where(alike & (labels != TARGET), np.int8(IGNORED), labels)


def _first_of(texts: Sequence[np.ndarray]) -> np.ndarray:
    """Row of the first text that reads like each."""
    seen: dict[bytes, int] = {}
    return np.asarray([seen.setdefault(ids.tobytes(), row) for row, ids in enumerate(texts)], dtype=np.int64)
