"""PLAID: an index of compressed token vectors, searched approximately (Santhanam et al., arXiv 2205.09707)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


class Plaid:
    """An index by fast-plaid, with PyLate's settings, in a folder of its own.

    Args:
        folder: Where the index is kept; what is there is overwritten.
        progress: Show fast-plaid's progress bars.
    """

    def __init__(self, folder: Path, *, progress: bool = False) -> None:
        from pylate.indexes import PLAID

        # triton kernels would make the clusters differ from run to run
        self._index = PLAID(
            index_folder=str(folder),
            index_name="passages",
            override=True,
            use_triton=False,
            show_progress=progress,
        )
        self._filled = False

    def add(self, vectors: Sequence[np.ndarray], first: int) -> None:
        """Add passages, which are numbered from ``first`` on; those without a token are left out.

        The clusters are those of the passages that are added first.
        """
        ids = [str(first + i) for i, v in enumerate(vectors) if len(v)]
        if ids:
            self._index.add_documents(documents_ids=ids, documents_embeddings=[v for v in vectors if len(v)])
            self._filled = True

    def search(self, queries: Sequence[np.ndarray], k: int) -> tuple[np.ndarray, np.ndarray]:
        """Find passages with a high MaxSim.

        Args:
            queries: One array of shape [tokens, dimension] a query.
            k: Results a query.

        Returns:
            Scores (float32 [queries, k]) and passages (int64, the same shape), best first, ties by lower number.
            Where less is found, and for a query without a token, the score is minus infinity and the passage -1.
        """
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        indices = np.full((len(queries), k), -1, dtype=np.int64)
        asked = [i for i, vectors in enumerate(queries) if len(vectors)]
        if not asked or not self._filled:
            return scores, indices
        asking: Any = [queries[i] for i in asked]
        for i, hits in zip(asked, self._index(asking, k=k), strict=True):
            best = sorted((-hit["score"], int(hit["id"])) for hit in hits)[:k]
            scores[i, : len(best)] = [-score for score, _ in best]
            indices[i, : len(best)] = [number for _, number in best]
        return scores, indices
