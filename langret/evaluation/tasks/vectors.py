"""Similarity of texts under any system: cosine of vectors or term counts, symmetric MaxSim of token vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from langret.evaluation.maxsim import maxsim_search

if TYPE_CHECKING:
    from langret.evaluation.encoder import Encoder
    from langret.evaluation.lexical import WordCounts

_BLOCK = 128  # texts whose similarities with all others are held at a time


class Vectors:
    """Vectors of texts, each text encoded once however often it occurs.

    All texts are encoded as passages, on both sides of a comparison: neither asks for the other, and queries would be
    cut at fewer tokens and, of ColBERT, filled up with masks.

    Args:
        system: A retriever, or term counts.
        texts: What will be compared.
        progress: Show the encoder's progress bars.
    """

    def __init__(self, system: Encoder | WordCounts, texts: Sequence[str], progress: bool = False) -> None:
        distinct = list(dict.fromkeys(texts))
        self._rows = {text: row for row, text in enumerate(distinct)}
        head = getattr(system, "head", None)
        self._tokens: list[np.ndarray] | None = None
        self._matrix: Any = None
        if head == "colbert":
            self._tokens = system.encode(distinct, "passage", progress=progress)  # type: ignore[call-arg]
        elif head == "dense":
            from sklearn.preprocessing import normalize

            vectors = system.encode(distinct, "passage", progress=progress)  # type: ignore[call-arg]
            self._matrix = normalize(np.asarray(vectors, dtype=np.float32))
        else:
            self._matrix = system.encode(distinct)  # type: ignore[call-arg]

    def matrix(self, texts: Sequence[str]) -> Any:
        """One vector a text: float32 [texts, dimension], sparse for term counts.

        Raises:
            TypeError: The system gives one vector a token.
        """
        if self._matrix is None:
            raise TypeError("there is one vector a token, not one a text")
        return self._matrix[self._places(texts)]

    def similarities(self, first: Sequence[str], second: Sequence[str]) -> np.ndarray:
        """How alike each text is to the one that stands at the same place, float64 [texts].

        Cosine, or of token vectors the symmetric MaxSim: every token of one text takes the most similar token of the
        other, and the mean over the tokens of either text counts half. It is symmetric and does not grow with length,
        which a sum over the tokens of one side does. A text without a vector is like nothing: 0.
        """
        a, b = self._places(first), self._places(second)
        if self._tokens is not None:
            pairs = ((self._tokens[i], self._tokens[j]) for i, j in zip(a, b, strict=True))
            return np.array([symmetric_maxsim(x, y) for x, y in pairs], dtype=np.float64)
        from sklearn.metrics.pairwise import paired_cosine_distances
        from sklearn.utils.extmath import row_norms

        # from the difference of two vectors, and not their product, so that equal texts are exactly 1
        x, y = self._matrix[a], self._matrix[b]
        alike = 1.0 - np.asarray(paired_cosine_distances(x, y), dtype=np.float64).ravel()
        there = (row_norms(x, squared=True) > 0) & (row_norms(y, squared=True) > 0)
        return np.where(there, alike, 0.0)

    def nearest(self, first: Sequence[str], second: Sequence[str]) -> np.ndarray:
        """For each of the first texts the place of the most similar of the second, int64; of equals the first one."""
        if self._tokens is not None:
            a, b = ([self._tokens[i] for i in self._places(side)] for side in (first, second))
            return _nearest_tokens(a, b)
        known = self.matrix(second)
        found = [
            np.asarray(_dense(self.matrix(first[start : start + _BLOCK]) @ known.T).argmax(axis=1)).ravel()
            for start in range(0, len(first), _BLOCK)
        ]
        return np.concatenate(found).astype(np.int64)

    def _places(self, texts: Sequence[str]) -> list[int]:
        return [self._rows[text] for text in texts]


def symmetric_maxsim(first: np.ndarray, second: np.ndarray) -> float:
    """Mean of the two directions of MaxSim, each divided by its number of tokens; 0 where a text has no token.

    Args:
        first: Token vectors [tokens, dimension].
        second: The same of the other text.
    """
    if not len(first) or not len(second):
        return 0.0
    products = first @ second.T
    return float((products.max(axis=1).mean() + products.max(axis=0).mean()) / 2)


def _nearest_tokens(first: list[np.ndarray], second: list[np.ndarray]) -> np.ndarray:
    lengths = np.array([max(1, len(tokens)) for tokens in second])
    found = []
    for start in range(0, len(first), _BLOCK):
        block = first[start : start + _BLOCK]
        own = np.array([max(1, len(tokens)) for tokens in block])
        there = _maxsim(block, second) / own[:, None]
        back = _maxsim(second, block) / lengths[:, None]
        found.append((there + back.T).argmax(axis=1))
    return np.concatenate(found).astype(np.int64)


def _maxsim(queries: list[np.ndarray], passages: list[np.ndarray]) -> np.ndarray:
    """MaxSim of every query with every passage, float32 [queries, passages]; 0 where one has no token."""
    scores, places = maxsim_search(queries, passages, len(passages))
    out = np.zeros_like(scores)
    np.put_along_axis(out, places, np.where(np.isfinite(scores), scores, 0.0), axis=1)
    return out


def _dense(matrix: Any) -> Any:
    return matrix.toarray() if hasattr(matrix, "toarray") else matrix
