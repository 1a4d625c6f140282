"""Reciprocal-rank fusion: one list from the lists of several miners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from langret.data.records import CANDIDATES
from langret.errors import StageError
from langret.mining.candidates import codes, place_in_group

if TYPE_CHECKING:
    import pyarrow as pa

K = 60


def fuse_candidates(tables: Sequence[pa.Table], depth: int, *, k: int = K) -> pa.Table:
    """Fuse the candidates of several miners by the ranks that they gave.

    A passage's score is the sum of 1 / (k + rank) over the miners that found it (Cormack, Clarke and Buettcher,
    "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009, section 2, with their k = 60).

    Args:
        tables: ``records.CANDIDATES``, one table a miner.
        depth: Passages a query.
        k: How little the first ranks count more than the later ones.

    Returns:
        Rows with source ``fused``, sorted by query id, best first, ties by passage id.

    Raises:
        StageError: There is nothing to fuse, or ``depth`` is below 1.

    Examples:
        >>> from langret.mining import random_candidates
        >>> draw = random_candidates(["q"], ["a", "b", "c"], k=3, seed=13)
        >>> fuse_candidates([draw, draw], depth=2).num_rows
        2
    """
    import numpy as np
    import pyarrow as pa

    if not tables or depth < 1:
        raise StageError(f"Fusion needs miners and a depth of at least 1 (found: {len(tables)} and {depth}).")
    joined = pa.concat_tables([table.select(["query_id", "passage_id", "rank"]) for table in tables])
    if not joined.num_rows:
        return CANDIDATES.empty_table()
    query, query_ids = codes(joined["query_id"])
    passage, passage_ids = codes(joined["passage_id"])
    pair, inverse = np.unique(query * len(passage_ids) + passage, return_inverse=True)
    score = np.bincount(inverse, weights=1.0 / (k + joined["rank"].to_numpy()))
    query, passage = np.divmod(pair, len(passage_ids))
    # rounded, because equal ranks from three miners in another order add up to another last bit
    order = np.lexsort((passage, -np.round(score, 12), query))
    place = place_in_group(query[order])
    order, place = order[place < depth], place[place < depth]
    n = len(order)
    return pa.table(
        [
            pa.array(query_ids, pa.string()).take(pa.array(query[order])),
            pa.array(passage_ids, pa.string()).take(pa.array(passage[order])),
            pa.array((place + 1).astype(np.int32)),
            pa.array(score[order].astype(np.float32)),
            pa.repeat("fused", n),
            pa.repeat(True, n),
            pa.repeat("", n),
        ],
        schema=CANDIDATES,
    )
