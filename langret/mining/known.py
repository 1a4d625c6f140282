"""What is known to be relevant: positives, those of sibling queries, and ranks that do not count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from langret.mining.candidates import among, codes

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def known_positive(
    query: np.ndarray,
    passage: np.ndarray,
    query_ids: Sequence[str],
    passage_ids: Sequence[str],
    positives: Mapping[str, Sequence[str]],
) -> np.ndarray:
    """Which rows hold a positive of their own query.

    Args:
        query: Number of each row's query, [n].
        passage: Number of its passage, [n].
        query_ids: Ids by number.
        passage_ids: Ids by number.
        positives: Ids of all known relevant passages by query id.

    Returns:
        bool [n].
    """
    import numpy as np

    numbers = {pid: i for i, pid in enumerate(passage_ids)}
    wanted = [
        q * len(passage_ids) + numbers[pid]
        for q, query_id in enumerate(query_ids)
        for pid in positives.get(query_id, ())
        if pid in numbers
    ]
    return among(query * len(passage_ids) + passage, np.array(wanted, dtype=np.int64))


def sibling_positive(
    query: np.ndarray,
    passage: np.ndarray,
    query_ids: Sequence[str],
    passage_ids: Sequence[str],
    positives: Mapping[str, Sequence[str]],
) -> np.ndarray:
    """Which rows hold a positive of a sibling: of a query that shares a positive with theirs.

    A row's passage is one where some query has it beside a positive of the row's query. So only queries with
    several positives count, and nothing grows with the square of how many queries one passage answers.

    Args:
        query: Number of each row's query, [n].
        passage: Number of its passage, [n].
        query_ids: Ids by number.
        passage_ids: Ids by number.
        positives: Ids of all known relevant passages by query id.

    Returns:
        bool [n]; a query's own positives may be among them.
    """
    import numpy as np

    asking: dict[str, list[str]] = {}
    for query_id, found in positives.items():
        if len(found) > 1:
            for pid in found:
                asking.setdefault(pid, []).append(query_id)
    out = np.zeros(len(query), dtype=bool)
    rows = np.flatnonzero(np.array([pid in asking for pid in passage_ids], dtype=bool)[passage])
    rows = rows[np.argsort(passage[rows], kind="stable")]
    beside: set[str] = set()
    last = -1
    for row, q, p in zip(rows.tolist(), query[rows].tolist(), passage[rows].tolist(), strict=True):
        if p != last:
            last = p
            beside = {pid for query_id in asking[passage_ids[p]] for pid in positives[query_id]}
        out[row] = not beside.isdisjoint(positives.get(query_ids[q], ()))
    return out


def other_ranks(group: np.ndarray, rank: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Ranks as they would be without the known positives.

    Args:
        group: Query and miner of each row as one number, [n].
        rank: Rank that the miner gave, from 1, [n].
        known: Whether the row holds a positive of its query, [n].

    Returns:
        int64 [n]: the rank less the positives that stand before the row.
    """
    import numpy as np

    width = int(rank.max(initial=0)) + 1
    key = group.astype(np.int64) * width + rank
    seen = np.sort(key[known])
    return rank - (np.searchsorted(seen, key) - np.searchsorted(seen, group.astype(np.int64) * width))


def in_rank(
    candidates: pa.Table, positives: Mapping[str, Sequence[str]], first: int, last: int
) -> np.ndarray:
    """Which rows of one miner stand between two ranks, its queries' known positives not counted.

    Args:
        candidates: ``records.CANDIDATES`` of one miner.
        positives: Ids of all known relevant passages by query id.
        first: First rank.
        last: Last rank.

    Returns:
        bool [n]; known positives themselves are not among them.
    """
    import numpy as np

    if not candidates.num_rows:
        return np.zeros(0, dtype=bool)
    query, query_ids = codes(candidates.column("query_id"))
    passage, passage_ids = codes(candidates.column("passage_id"))
    known = known_positive(query, passage, query_ids, passage_ids, positives)
    rank = other_ranks(query, candidates.column("rank").to_numpy(), known)
    return (rank >= first) & (rank <= last) & ~known
