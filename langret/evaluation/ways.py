"""Ways to search the vectors of a corpus: each builds something from them, which has a size and can be asked.

Dense vectors: exact; cut to fewer components; one byte a component; one bit a component, whose best are scored again
with the query's floats (Yamada et al., BPR, arXiv 2106.00882); a graph (HNSW); inverted lists (IVF). Token vectors of
ColBERT: exact MaxSim; cut; one byte a component; pooled; PLAID.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from langret.errors import RecipeError, nearest
from langret.evaluation.maxsim import search_packed
from langret.evaluation.plaid import Plaid
from langret.mining.approximate import build_hnsw, load_faiss
from langret.mining.exact import exact_search

Found = tuple[np.ndarray, np.ndarray]
"""Scores [queries, k] and passages [queries, k], best first; passage -1 is an empty place."""
AGAIN = 4
"""Binary search scores so many times k passages again."""
_AT_ONCE = 16_384


class Vectors(NamedTuple):
    """The vectors of some texts: float32 [all rows, dimension], and how many rows each text has (dense: one)."""

    rows: np.ndarray
    lengths: np.ndarray

    def texts(self, first: int = 0, last: int | None = None) -> list[np.ndarray]:
        """One array [tokens, dimension] a text."""
        ends = np.cumsum(self.lengths)
        last = len(ends) if last is None else min(last, len(ends))
        return [self.rows[ends[i] - self.lengths[i] : ends[i]] for i in range(first, last)]


class Built(NamedTuple):
    """What can be asked: its size in bytes, and a function of queries and k."""

    size: int
    search: Callable[[Vectors, int], Found]


@dataclass(frozen=True)
class Way:
    """One way to search.

    Attributes:
        name: As users call it: ``int8``, ``pool:2``.
        about: What it does, for people.
        build: Makes it from passages, for a depth k, with an empty folder of its own.
        faiss: Whether it needs FAISS.
    """

    name: str
    about: str
    build: Callable[[Vectors, int, Path], Built]
    faiss: bool = False


DENSE = ("exact", "int8", "binary", "hnsw", "ivf")
COLBERT = ("exact", "int8", "pool:2", "pool:3", "pool:4", "plaid")
KINDS = {
    "dense": ("exact", "cut:N", "int8", "binary", "hnsw", "ivf"),
    "colbert": ("exact", "cut:N", "int8", "pool:N", "plaid"),
}
"""Every way by head; N is a number of components, or of tokens."""


def fits(name: str, head: str) -> bool:
    """Whether a name is that of a way for this head."""
    kind, colon, number = name.partition(":")
    return kind + colon + ("N" if number.isdecimal() and int(number) else number) in KINDS[head]


def default_ways(head: str, dimension: int, cuts: Sequence[int] = ()) -> list[str]:
    """Names of the ways that are measured where nobody says which.

    Args:
        head: ``dense`` or ``colbert``.
        dimension: Components of a vector.
        cuts: Sizes that the model was trained to be cut to.
    """
    names = list(DENSE if head == "dense" else COLBERT)
    if not cuts and head == "dense":
        cuts = [size for size in (dimension // 2, dimension // 4) if size]
    return [*names, *(f"cut:{size}" for size in sorted(cuts, reverse=True))]


def find_way(name: str, head: str, dimension: int, cuts: Sequence[int] = ()) -> Way:
    """The way of a name, for vectors of a head and size.

    Raises:
        RecipeError: There is no such way for this head, or the size of a cut is not below the vectors' own.
        MissingDependencyError: It needs FAISS, which is not installed.
    """
    if not fits(name, head):
        raise RecipeError(f'there is no search "{name}" for a {head} model.', hint=nearest(name, KINDS[head]))
    kind, _, number = name.partition(":")
    size = int(number or 0)
    if kind == "cut" and size >= dimension:
        raise RecipeError(
            f'search "{name}": the vectors have {dimension} components, so they can only be cut to fewer.'
        )
    if kind == "pool" and size < 2:
        raise RecipeError(f'search "{name}": pool 2 tokens or more into one vector.')
    trained = "trained for it" if size in cuts else "not known to be trained for it"
    # fmt: off
    ways: dict[str, tuple[str, Callable[[Vectors, int, Path], Built]]] = {
        "exact": ("float32, everything compared", _exact),
        "cut": (f"the first {size} of {dimension} components, {trained}; exact", lambda v, k, f: _cut(v, size)),
        "int8": ("one byte a component, everything compared", _int8_dense if head == "dense" else _int8_late),
        "binary": (f"one bit a component; the best {AGAIN}k scored again with the query's floats", _binary),
        "hnsw": ("FAISS graph over float32, approximate", _hnsw),
        "ivf": ("FAISS inverted lists over float32, one in ten probed", _ivf),
        "pool": (f"one vector for {size} tokens, by clustering; exact", lambda v, k, f: _pool(v, size)),
        "plaid": ("fast-plaid: 4 bits a component beside centroids, approximate", _plaid),
    }
    # fmt: on
    needs = kind in ("binary", "hnsw", "ivf") or (kind == "int8" and head == "dense")
    if needs:
        load_faiss(f'search "{name}"', "choose others, such as --search exact")
    about, build = ways[kind]
    return Way(name, about, build, needs)


def _exact(passages: Vectors, k: int, folder: Path) -> Built:
    return _held(np.array(passages.rows), passages.lengths)


def _held(rows: np.ndarray, lengths: np.ndarray, scale: np.ndarray | None = None) -> Built:
    """Vectors in memory, everything compared; ``scale`` turns bytes back into components."""

    def search(queries: Vectors, k: int) -> Found:
        asked = queries.rows if scale is None else queries.rows * scale
        if len(lengths) == len(rows) and len(queries.lengths) == len(queries.rows):
            return exact_search(asked, rows, k)
        return search_packed(Vectors(asked, queries.lengths).texts(), rows, lengths, k)

    return Built(rows.nbytes + (scale.nbytes if scale is not None else 0), search)


def _cut(passages: Vectors, size: int) -> Built:
    built = _held(_shorter(passages.rows, size), passages.lengths)
    return Built(
        built.size, lambda queries, k: built.search(Vectors(_shorter(queries.rows, size), queries.lengths), k)
    )


def _shorter(rows: np.ndarray, size: int) -> np.ndarray:
    """The first components, of length 1 again; what was shorter than 1 before, a pooled vector, stays shorter."""
    cut = np.array(rows[:, :size], dtype=np.float32)
    before, after = (np.linalg.norm(part, axis=1, keepdims=True) for part in (rows, cut))
    cut *= before / np.maximum(after, np.float32(1e-12))
    return cut


def _int8_late(passages: Vectors, k: int, folder: Path) -> Built:
    rows = passages.rows
    parts = range(0, len(rows), _AT_ONCE)
    most = np.max([np.abs(rows[at : at + _AT_ONCE]).max(axis=0) for at in parts], axis=0)
    scale = (np.maximum(most, 1e-12) / 127).astype(np.float32)
    held = np.empty(rows.shape, dtype=np.int8)
    for at in parts:
        held[at : at + _AT_ONCE] = np.rint(rows[at : at + _AT_ONCE] / scale)
    return _held(held, passages.lengths, scale)


def _pool(passages: Vectors, tokens: int) -> Built:
    from langret.modeling.late import pool_vectors

    pooled: list[np.ndarray] = []
    for first in range(0, len(passages.lengths), 1024):
        pooled += pool_vectors(passages.texts(first, first + 1024), tokens)
    return _held(np.concatenate(pooled), np.array([len(v) for v in pooled], dtype=np.int64))


def _plaid(passages: Vectors, k: int, folder: Path) -> Built:
    index = Plaid(folder)
    index.add(passages.texts(), 0)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(size, lambda queries, k: index.search(queries.texts(), k))


def _int8_dense(passages: Vectors, k: int, folder: Path) -> Built:
    faiss: Any = load_faiss("int8", "search exactly")
    index = faiss.IndexScalarQuantizer(
        passages.rows.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.train(passages.rows)
    return _faiss(index, passages)


def _hnsw(passages: Vectors, k: int, folder: Path) -> Built:
    index = build_hnsw(passages.rows, k)
    return _faiss(index, passages, filled=True)


def _ivf(passages: Vectors, k: int, folder: Path) -> Built:
    faiss: Any = load_faiss("ivf", "search exactly")
    count, dimension = passages.rows.shape
    # FAISS advises 4 to 16 lists for the square root of the corpus, and 39 vectors a list to learn from
    lists = max(1, min(round(4 * count**0.5), count // 39))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    index.nprobe = -(-lists // 10)
    index.train(passages.rows)
    return _faiss(index, passages)


def _faiss(index: Any, passages: Vectors, *, filled: bool = False) -> Built:
    faiss: Any = load_faiss("search", "search exactly")
    if not filled:
        for at in range(0, len(passages.rows), _AT_ONCE):
            index.add(np.ascontiguousarray(passages.rows[at : at + _AT_ONCE]))
    return Built(len(faiss.serialize_index(index)), lambda queries, k: index.search(queries.rows, k))


def _binary(passages: Vectors, k: int, folder: Path) -> Built:
    faiss: Any = load_faiss("binary", "search exactly")
    held = np.packbits(passages.rows > 0, axis=1)
    count, width = held.shape
    index = faiss.IndexBinaryFlat(8 * width)
    index.add(held)

    def search(queries: Vectors, k: int) -> Found:
        _, near = index.search(np.packbits(queries.rows > 0, axis=1), min(AGAIN * k, count))
        scores = np.empty(near.shape, dtype=np.float32)
        for row, (query, places) in enumerate(zip(queries.rows, near, strict=True)):
            bits = np.unpackbits(held[places], axis=1, count=len(query))
            scores[row] = 2 * (bits.astype(np.float32) @ query) - query.sum()  # q · (2b - 1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(scores, order, axis=1), np.take_along_axis(near, order, axis=1)

    return Built(held.nbytes, search)
