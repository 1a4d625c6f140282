"""Approximate dense search with FAISS, for corpora where exact search takes too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langret.errors import MissingDependencyError
from langret.mining.exact import check_shapes

if TYPE_CHECKING:
    import numpy as np

_LINKS = 32
_BUILD = 200
_AT_ONCE = 50_000


def hnsw_search(queries: np.ndarray, passages: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Find passages with high inner products through a graph (``build_hnsw``).

    Args:
        queries: float32 [q, d].
        passages: float32 [n, d], may be memory-mapped.
        k: Results a query.

    Returns:
        Scores (float32 [q, k']) and positions (int64 [q, k']) with k' = min(k, n), best first; a position of -1 is an
        empty place.

    Raises:
        MissingDependencyError: FAISS is not installed.
        StageError: Shapes do not fit, or ``k`` is below 1.
    """
    import numpy as np

    load_faiss("index: hnsw", "say index: exact")
    check_shapes(queries, passages, k)
    k = min(k, len(passages))
    if not k or not len(queries):
        return np.zeros((len(queries), k), np.float32), np.zeros((len(queries), k), np.int64)
    index = build_hnsw(passages, k)
    scores, positions = index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
    return scores, positions


def build_hnsw(passages: np.ndarray, k: int) -> Any:
    """Build the graph (HNSW, arXiv 1603.09320; FAISS's ``IndexHNSWFlat``), to be searched for ``k`` results.

    It is built in one thread, because FAISS builds another one at every run with several. It holds the vectors in
    memory, and 32 links for each.
    """
    import numpy as np

    faiss = load_faiss("hnsw", "search exactly")
    index = faiss.IndexHNSWFlat(passages.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _BUILD
    index.hnsw.efSearch = max(2 * k, 64)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        for start in range(0, len(passages), _AT_ONCE):
            index.add(np.ascontiguousarray(passages[start : start + _AT_ONCE], dtype=np.float32))
    finally:
        faiss.omp_set_num_threads(threads)
    return index


def load_faiss(what: str, instead: str) -> Any:
    """FAISS, or an error that names what needs it, the extra to install, and what to do without.

    Raises:
        MissingDependencyError: FAISS is not installed.
    """
    try:
        import faiss
    except ImportError as error:
        raise MissingDependencyError(
            f"{what} needs FAISS.", hint=f"pip install 'langret[faiss]', or {instead}."
        ) from error
    return faiss
