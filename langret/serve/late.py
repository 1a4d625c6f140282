"""ColBERT's vectors on disk, and the two ways to search them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from langret.evaluation.maxsim import packed_search
from langret.evaluation.search import search_kind
from langret.mining.embed_tokens import TokenVectors, embed_tokens
from langret.serve.documents import Tell

_AT_ONCE = 50_000


class Exact:
    """Every query token against every passage token; the vectors stay on disk, memory-mapped."""

    how: Literal["exact", "PLAID"] = "exact"

    def __init__(self, kept: TokenVectors) -> None:
        self.kept = kept
        self.ends = np.cumsum(kept.lengths, dtype=np.int64)

    def search(self, query: np.ndarray, k: int) -> list[tuple[int, float]]:
        """Places and MaxSim of the best passages; a passage without tokens is none."""
        scores, places = packed_search([query], self.kept.vectors, self.kept.lengths, k)
        return [(int(p), float(s)) for p, s in zip(places[0], scores[0], strict=True) if np.isfinite(s)]

    def vectors(self, place: int) -> np.ndarray | None:
        """The vectors of a passage."""
        end = int(self.ends[place])
        return np.asarray(self.kept.vectors[end - int(self.kept.lengths[place]) : end])


class Plaid:
    """fast-plaid's index (PLAID, arXiv 2205.09707) with the settings of PyLate, as evaluation uses it.

    It is opened without PyLate's wrapper, which would keep ids beside it in pickles.
    """

    how: Literal["exact", "PLAID"] = "PLAID"

    def __init__(self, engine: Any, places: np.ndarray) -> None:
        self.engine, self.places = engine, places

    def search(self, query: np.ndarray, k: int) -> list[tuple[int, float]]:
        """Places and approximate MaxSim of the best passages."""
        import torch

        (found,) = self.engine.search(
            torch.from_numpy(query).unsqueeze(0),
            top_k=k,
            n_ivf_probe=8,
            n_full_scores=8192,
            show_progress=False,
        )
        hits = [(int(self.places[number]), float(score)) for number, score in found]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

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
) -> Exact | Plaid:
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
    if search_kind("colbert", len(texts)) == "exact":
        return Exact(embed_tokens(texts, encode, folder, dimension, shard=shard, progress=progress))
    if not plaid.is_dir():
        kept = embed_tokens(texts, encode, folder, dimension, shard=shard, progress=progress)
        tell("Building the PLAID index", 0, None)
        _build(kept, folder / "plaid.partial")
        (folder / "plaid.partial").rename(plaid)
        del kept  # the file cannot go while it is mapped, on some systems
        for name in ("vectors.f32", "lengths.i32"):
            (folder / name).unlink()
    return Plaid(_engine(plaid), np.load(plaid / "places.npy"))


def _build(kept: TokenVectors, folder: Path) -> None:
    import torch

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    places = np.flatnonzero(kept.lengths)
    ends = np.cumsum(kept.lengths, dtype=np.int64)
    engine = _engine(folder)
    for start in range(0, len(places), _AT_ONCE):
        part = [
            torch.from_numpy(np.array(kept.vectors[ends[p] - kept.lengths[p] : ends[p]]))
            for p in places[start : start + _AT_ONCE]
        ]
        # triton's kernels would make the clusters differ from run to run
        (engine.update if start else engine.create)(part, kmeans_niters=4, seed=42, use_triton_kmeans=False)
    np.save(folder / "places.npy", places)


def _engine(folder: Path) -> Any:
    from fast_plaid.search import FastPlaid

    return FastPlaid(index=str(folder / "index"), device="cpu", low_memory=False)
