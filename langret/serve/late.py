"""ColBERT's vectors on disk, and the two ways to search them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from langret.evaluation.choice import FULL, rates, work
from langret.evaluation.maxsim import search_packed
from langret.evaluation.plaid import Plaid
from langret.mining.embed_tokens import TokenVectors, embed_tokens
from langret.serve.documents import Tell

QUERY_TOKENS = 32
LONGEST_WAIT = 1.0
"""Seconds that exact search may take for one query, by the rates that evaluation chooses by. Evaluation weighs building
PLAID's index against all queries of a benchmark; here one person waits for one query, and the index is built once."""
_AT_ONCE = 50_000


class Exact:
    """Every query token against every passage token; the vectors stay on disk, memory-mapped."""

    how: Literal["exact", "PLAID"] = "exact"

    def __init__(self, kept: TokenVectors) -> None:
        self.kept = kept
        self.ends = np.cumsum(kept.lengths, dtype=np.int64)

    def search(self, query: np.ndarray, k: int) -> list[tuple[int, float]]:
        """Places and MaxSim of the best passages; a passage without tokens is none."""
        return _hits(*search_packed([query], self.kept.vectors, self.kept.lengths, k))

    def vectors(self, place: int) -> np.ndarray | None:
        """The vectors of a passage."""
        return _of(self.kept, self.ends, place)


class Approximate:
    """PLAID's index."""

    how: Literal["exact", "PLAID"] = "PLAID"

    def __init__(self, index: Plaid) -> None:
        self.index = index

    def search(self, query: np.ndarray, k: int) -> list[tuple[int, float]]:
        """Places and approximate MaxSim of the best passages."""
        return _hits(*self.index.search([query], k))

    def vectors(self, place: int) -> np.ndarray | None:
        """None: the index holds them compressed."""
        return None


def open_late(
    folder: Path,
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Any],
    dimension: int,
    shard: int,
    progress: Callable[[int], None],
    tell: Tell,
) -> Exact | Approximate:
    """Open the index of a ColBERT model, and make what is missing of it.

    Args:
        folder: Where it lies; one folder for one model and one list of texts.
        texts: Passages.
        encode: Turns passages into arrays [tokens, dimension].
        dimension: Size of a vector.
        shard: Passages a shard.
        progress: Called with the number of passages encoded.
        tell: Hears what else is being done.
    """
    plaid = folder / "plaid"
    if not plaid.is_dir():
        kept = embed_tokens(texts, encode, folder, dimension, shard=shard, progress=progress)
        if not _too_many(kept, dimension):
            return Exact(kept)
        tell("Building the PLAID index", 0, None)
        partial = folder / "plaid.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        _build(kept, partial)
        partial.rename(plaid)
        del kept  # the file cannot go while it is mapped, on some systems
        for name in ("vectors.f32", "lengths.i32"):
            (folder / name).unlink()
    return Approximate(Plaid.open(plaid))


def _too_many(kept: TokenVectors, dimension: int) -> bool:
    """Whether exact search would let a person wait too long; up to ``FULL`` passages PLAID would not help."""
    passages = len(kept.lengths)
    exact = work(QUERY_TOKENS, passages, len(kept.vectors), dimension).exact * rates()["exact"]
    return passages > FULL and exact > LONGEST_WAIT


def _build(kept: TokenVectors, folder: Path) -> None:
    ends = np.cumsum(kept.lengths, dtype=np.int64)
    index = Plaid(folder)
    for first in range(0, len(ends), _AT_ONCE):
        places = range(first, min(first + _AT_ONCE, len(ends)))
        index.add([_of(kept, ends, place) for place in places], first)


def _of(kept: TokenVectors, ends: np.ndarray, place: int) -> np.ndarray:
    end = int(ends[place])
    return np.asarray(kept.vectors[end - int(kept.lengths[place]) : end])


def _hits(scores: np.ndarray, places: np.ndarray) -> list[tuple[int, float]]:
    """What was found for a single query."""
    pairs = zip(places[0].tolist(), scores[0].tolist(), strict=True)
    return [(place, score) for place, score in pairs if np.isfinite(score)]
