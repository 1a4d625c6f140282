"""Two systems as one: what a retriever is worth beside the lexical search that is there already."""

from __future__ import annotations

from collections.abc import Sequence

from langret.evaluation.search import Run


def fuse_runs(runs: Sequence[Run], k: int = 100) -> Run:
    """Fuse runs by reciprocal rank, as the miner ``fused`` does (``langret.mining.fuse_candidates``).

    Args:
        runs: Runs over the same queries, best first.
        k: Passages to return for each query.

    Returns:
        Every query id with its best passages, best first, ties in the order of passage ids.
    """
    from langret.mining import fuse_candidates

    fused: Run = {query: {} for query in runs[0]}
    found = fuse_candidates([_candidates(run) for run in runs], k)
    rows = (found[name].to_pylist() for name in ("query_id", "passage_id", "score"))
    for query, passage, score in zip(*rows, strict=True):
        fused[query][passage] = score
    return fused


def _candidates(run: Run) -> object:
    import pyarrow as pa

    rows = [(query, passage, rank) for query, hits in run.items() for rank, passage in enumerate(hits, 1)]
    queries, passages, ranks = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "query_id": pa.array(queries, pa.string()),
            "passage_id": pa.array(passages, pa.string()),
            "rank": pa.array(ranks, pa.int32()),
        }
    )
