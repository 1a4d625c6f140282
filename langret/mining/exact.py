"""Exact dense search: every query against every passage, without holding the scores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from langret.errors import StageError

if TYPE_CHECKING:
    import numpy as np

# One matrix product: 8 MiB of scores for each core, near the speed of the largest products.
_QUERIES = 512
_PASSAGES = 4096
_CHUNK_BYTES = 64 * 2**20
# Candidates kept beyond k, so that rounding cannot push one of the best k out before it is scored again.
_SLACK = 16
_AGAIN = 32
_LAST = 0xFFFF_FFFF
_ROUNDING = 2.0**-24


def exact_search(queries: np.ndarray, passages: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Find the passages with the highest inner products, exactly.

    Matrix products propose candidates; each is then scored again by one dot product that is always summed in
    the same order, because a BLAS rounds a row differently at another place in a block. So a query's result
    does not depend on the other queries, their number or their order, and equal passages have equal scores.
    Where rounding could have decided who is proposed (many passages as good as the k-th), that query is
    scored against everything.

    Passages are read in order, so a memory-mapped array larger than memory is welcome. What is held above
    inputs and results is 8 bytes a query and candidate, some tens of MiB a core, and 64 MiB of passages where
    they are not float32 already.

    Args:
        queries: Floats [q, d].
        passages: Floats [n, d] of any precision, computed in float32.
        k: Results a query.

    Returns:
        Scores (float32 [q, min(k, n)]) and positions in ``passages`` (int64, same shape), best first, equal
        scores in the order of the passages.

    Raises:
        StageError: Shapes do not fit, ``k`` is below 1, or a vector holds NaN or infinity (the row is named).

    Examples:
        >>> import numpy as np
        >>> exact_search(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0], [3.0, 0.0], [2.0, 0.0]]), k=2)
        (array([[3., 2.]], dtype=float32), array([[1, 2]]))
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    check_shapes(queries, passages, k)
    count = min(k, len(passages))
    best = np.zeros((len(queries), min(k + _SLACK, len(passages))), dtype=np.uint64)
    if best.size == 0:
        return np.zeros((len(queries), count), np.float32), np.zeros((len(queries), count), np.int64)
    size = min(_QUERIES, -(-len(queries) // _cores()))  # few queries too have work for every core
    starts = range(0, len(queries), size)
    lengths = np.concatenate([_lengths(_float32(queries[s : s + size]), "query", s) for s in starts])
    longest = np.float32(0)
    # Blocks share out the cores. BLAS's own threads would fight over them: twice the processor time.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_cores()) as pool:
        for first, chunk in _chunks(passages):
            longest = max(longest, _lengths(chunk, "passage", first).max())
            blocks = [(queries[s : s + size], chunk, first, best[s : s + size]) for s in starts]
            list(pool.map(lambda block: _scan(*block), blocks))
        best.sort(axis=1)
        if best.shape[1] < len(passages):
            # A sum of d products is off by at most d roundings, and four such sums stand between the last
            # candidate and a passage that was not proposed: each one's product, and each one's score.
            off = 4 * _ROUNDING * queries.shape[1] * lengths * longest
            unsure = np.flatnonzero(_scores(best[:, -count]) <= _scores(best[:, 0]) + off)
            if len(unsure):
                best[unsure] = 0
                for first, chunk in _chunks(passages):
                    rows = [(queries[row], chunk, first, best[row]) for row in unsure]
                    list(pool.map(lambda row: _scan_all(*row), rows))
                best.sort(axis=1)
    best = best[:, : -count - 1 : -1]
    return _scores(best), _LAST - (best & np.uint64(_LAST)).astype(np.int64)


def _scan(queries: np.ndarray, chunk: np.ndarray, first: int, best: np.ndarray) -> None:
    """Merge the best of ``chunk``, which begins with passage ``first``, into the keys of ``best``."""
    import numpy as np

    rows, count = best.shape
    queries = _float32(queries)
    scores, above = (np.empty(rows * _PASSAGES, dtype=kind) for kind in (np.float32, bool))
    keys = best.copy()
    threshold = _threshold(keys)
    for start in range(0, len(chunk), _PASSAGES):
        part = chunk[start : start + _PASSAGES]
        product = scores[: rows * len(part)].reshape(rows, len(part))
        np.matmul(queries, part.T, out=product)
        if len(part) > count and threshold.min() == -np.inf:
            # Nothing to compare with yet: start from what this part alone guarantees, its own ties included.
            own = np.partition(product, len(part) - count, axis=1)[:, len(part) - count]
            threshold = np.maximum(threshold, np.nextafter(own, np.float32(-np.inf)))
        # Passages come in order, so one that only equals the last of the best so far loses the tie.
        higher = above[: rows * len(part)].reshape(rows, len(part))
        np.greater(product, threshold[:, None], out=higher)
        row, column = np.divmod(np.flatnonzero(higher), len(part))
        if len(row) == 0:
            continue
        sizes = np.bincount(row, minlength=rows)
        place = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wide = np.zeros((rows, count + int(sizes.max())), dtype=np.uint64)
        wide[:, :count] = keys
        wide[row, count + place] = _encode(product[row, column], column + (first + start))
        keys = np.partition(wide, wide.shape[1] - count, axis=1)[:, -count:]
        threshold = _threshold(keys)
    for start in range(0, rows, _AGAIN):
        part = keys[start : start + _AGAIN]
        positions = _LAST - (part & np.uint64(_LAST)).astype(np.int64)
        new = (part != 0) & (positions >= first)
        vectors = chunk[np.where(new, positions - first, 0)]
        again = _encode(_dots(queries[start : start + _AGAIN], vectors), positions)
        best[start : start + _AGAIN] = np.where(new, again, part)


def _scan_all(query: np.ndarray, chunk: np.ndarray, first: int, best: np.ndarray) -> None:
    """Do for one query what ``_scan`` does, with no proposals: score every passage."""
    import numpy as np

    scores = _dots(_float32(query[None]), chunk[None])[0]
    keys = np.concatenate([best, _encode(scores, np.arange(first, first + len(chunk)))])
    best[:] = np.partition(keys, len(keys) - len(best))[-len(best) :]


def _dots(queries: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Inner products of queries [q, d] with their own vectors [q, m, d], always summed in one order."""
    import numpy as np

    return np.einsum("qd,qmd->qm", queries, vectors)


def _encode(scores: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Score and position as one integer that sorts by score, then by lower position; 0: no result."""
    import numpy as np

    bits = (scores + np.float32(0)).view(np.uint32)  # -0.0 becomes 0.0, its equal
    ordered = np.where(bits >> 31 == 1, ~bits, bits | np.uint32(1 << 31)).astype(np.uint64)
    return (ordered << np.uint64(32)) | (_LAST - positions).astype(np.uint64)


def _scores(keys: np.ndarray) -> np.ndarray:
    import numpy as np

    ordered = (keys >> np.uint64(32)).astype(np.uint32)
    return np.where(ordered >> 31 == 1, ordered & np.uint32(_LAST >> 1), ~ordered).view(np.float32)


def _threshold(keys: np.ndarray) -> np.ndarray:
    """Score that the next passage must exceed, for each query."""
    import numpy as np

    least = keys.min(axis=1)
    return np.where(least == 0, np.float32(-np.inf), _scores(least))


def _float32(vectors: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.ascontiguousarray(vectors, dtype=np.float32)


def _chunks(passages: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    rows = max(1, _CHUNK_BYTES // (4 * passages.shape[1] * _PASSAGES)) * _PASSAGES
    for first in range(0, len(passages), rows):
        yield first, _float32(passages[first : first + rows])


def _lengths(vectors: np.ndarray, what: str, first: int) -> np.ndarray:
    """Euclidean lengths; NaN, infinity and what would overflow float32 are refused."""
    import numpy as np

    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    if not np.isfinite(lengths).all():
        row = int(np.flatnonzero(~np.isfinite(lengths))[0])
        raise StageError(
            f"The embedding of {what} row {first + row} holds NaN, infinity or a number beyond float32.",
            hint="The model that made it has probably diverged in training.",
        )
    return lengths


def check_shapes(queries: np.ndarray, passages: np.ndarray, k: int) -> None:
    """Refuse what cannot be searched; `exact_search` says what that is."""
    if (
        queries.ndim != 2
        or passages.ndim != 2
        or queries.shape[1] != passages.shape[1]
        or not queries.shape[1]
    ):
        raise StageError(
            f"Queries [q, d] and passages [n, d] of one width d are expected "
            f"(found: {list(queries.shape)} and {list(passages.shape)})."
        )
    if k < 1:
        raise StageError(f"k must be at least 1 (found: {k}).")
    if len(passages) > _LAST:
        raise StageError(f"At most {_LAST} passages can be searched at once (found: {len(passages)}).")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
