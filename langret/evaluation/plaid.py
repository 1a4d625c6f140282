"""PLAID: an index of compressed token vectors, searched approximately (Santhanam et al., arXiv 2205.09707)."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

_NUMBERS = "numbers.npy"


class Plaid:
    """An index by fast-plaid, with PyLate's settings, in a folder of its own.

    PyLate's wrapper is not used: it keeps the numbers of passages in pickles.

    Args:
        folder: Where the index is kept; what is there is overwritten.
        progress: Show fast-plaid's progress bars.
    """

    def __init__(self, folder: Path, *, progress: bool = False) -> None:
        shutil.rmtree(folder / "index", ignore_errors=True)
        (folder / _NUMBERS).unlink(missing_ok=True)
        self._open(folder, progress)

    @classmethod
    def open(cls, folder: Path) -> Plaid:
        """Open an index that was filled before."""
        index = cls.__new__(cls)
        index._open(folder, False)
        return index

    def _open(self, folder: Path, progress: bool) -> None:
        from fast_plaid.search import FastPlaid

        self._folder, self._progress = folder, progress
        self._index = FastPlaid(index=str(folder / "index"), low_memory=False)
        kept = folder / _NUMBERS
        self._numbers: np.ndarray = np.load(kept) if kept.is_file() else np.zeros(0, dtype=np.int64)

    def add(self, vectors: Sequence[np.ndarray], first: int) -> None:
        """Add passages, which are numbered from ``first`` on; those without a token are left out.

        The clusters are those of the passages that are added first.
        """
        import torch

        filled = [i for i, v in enumerate(vectors) if len(v)]
        if not filled:
            return
        tokens = [torch.from_numpy(np.array(vectors[i], dtype=np.float32)) for i in filled]
        put = self._index.update if len(self._numbers) else self._index.create
        # triton kernels would make the clusters differ from run to run
        put(tokens, kmeans_niters=4, max_points_per_centroid=256, seed=42, use_triton_kmeans=False)
        self._numbers = np.append(self._numbers, np.array(filled, dtype=np.int64) + first)
        np.save(self._folder / _NUMBERS, self._numbers)

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
        if not asked or not len(self._numbers):
            return scores, indices
        import torch

        asking: Any = [torch.from_numpy(np.array(queries[i], dtype=np.float32)) for i in asked]
        found = self._index.search(
            asking,
            top_k=k,
            batch_size=1 << 18,
            n_full_scores=8192,
            n_ivf_probe=8,
            show_progress=self._progress,
        )
        for i, hits in zip(asked, found, strict=True):
            best = sorted((-float(score), int(self._numbers[place])) for place, score in hits)[:k]
            scores[i, : len(best)] = [-score for score, _ in best]
            indices[i, : len(best)] = [number for _, number in best]
        return scores, indices
