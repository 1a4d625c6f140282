"""Candidate tables from what a miner found, from chance and from the data's own negatives.

Every table here is ``langret.data.records.CANDIDATES``. A miner that scores nothing (``random``, ``given``)
leaves the score null, which is not the same as NaN: NaN is a score that went wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from langret.data.records import CANDIDATES, Collection
from langret.errors import StageError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_QUERIES_A_CHUNK = 100_000


def candidates_from_arrays(
    query_ids: Sequence[str], passage_ids: Sequence[str], scores: np.ndarray, indices: np.ndarray, source: str
) -> pa.Table:
    """Turn the arrays of a search into a candidate table.

    Args:
        query_ids: Ids of the q queries.
        passage_ids: Ids of the n passages searched.
        scores: float32 [q, k], best first.
        indices: int [q, k], positions in ``passage_ids``; a negative one is an empty place.
        source: Name of the miner, such as ``dense``.

    Returns:
        One row a result, in the order of the arrays, rank 1 first.

    Raises:
        StageError: Shapes do not fit, or an index is beyond the passages.

    Examples:
        >>> import numpy as np
        >>> scores, indices = np.array([[0.9, 0.2]]), np.array([[1, 0]])
        >>> table = candidates_from_arrays(["q"], ["a", "b"], scores, indices, "dense")
        >>> table.column("passage_id").to_pylist()
        ['b', 'a']
    """
    import numpy as np
    import pyarrow as pa

    if scores.ndim != 2 or scores.shape != indices.shape or len(scores) != len(query_ids):
        raise StageError(
            f"Scores and indices [{len(query_ids)}, k] are expected, one row a query "
            f"(found: {list(scores.shape)} and {list(indices.shape)})."
        )
    if indices.size and int(indices.max()) >= len(passage_ids):
        raise StageError(f"Index {int(indices.max())} is beyond the {len(passage_ids)} passages.")
    asked, known = pa.array(query_ids, pa.string()), pa.array(passage_ids, pa.string())
    tables = [CANDIDATES.empty_table()]
    for start in range(0, len(query_ids), _QUERIES_A_CHUNK):  # one Arrow array holds 2 GiB of ids at most
        found = indices[start : start + _QUERIES_A_CHUNK]
        row, place = np.nonzero(found >= 0)
        ranks = np.cumsum(found >= 0, axis=1)[row, place].astype(np.int32)
        values = scores[start : start + _QUERIES_A_CHUNK][row, place].astype(np.float32)
        columns = (
            asked.take(pa.array(row + start)),
            known.take(pa.array(found[row, place])),
            pa.array(ranks),
        )
        tables.append(_table(*columns, pa.array(values, from_pandas=False), source))
    return pa.concat_tables(tables)


def candidates_from_runs(
    runs: Iterable[Mapping[str, Mapping[str, float]]], query_ids: Sequence[str], depth: int, source: str
) -> pa.Table:
    """Join runs over parts of a corpus into one candidate table.

    Args:
        runs: Query id to passage id to score, one run for each part of the corpus, in the order of the corpus. They
            are taken one by one, and only the best so far are held.
        query_ids: Queries in the order wanted.
        depth: Passages a query.
        source: Name of the miner.

    Returns:
        One row a result, best first, ties in the order of the corpus.
    """
    import numpy as np
    import pyarrow as pa

    best: dict[str, list[tuple[str, float]]] = {query_id: [] for query_id in query_ids}
    for run in runs:
        for query_id, held in best.items():
            if found := run.get(query_id):
                best[query_id] = sorted([*held, *found.items()], key=lambda hit: -hit[1])[:depth]
    sizes = [len(best[query_id]) for query_id in query_ids]
    hits = [hit for query_id in query_ids for hit in best[query_id]]
    ranks = np.concatenate([np.zeros(0, np.int32), *(np.arange(1, n + 1, dtype=np.int32) for n in sizes)])
    return _table(
        pa.array(query_ids, pa.string()).take(pa.array(np.repeat(np.arange(len(sizes)), sizes))),
        pa.array([pid for pid, _ in hits], pa.string()),
        pa.array(ranks),
        pa.array(np.array([score for _, score in hits], dtype=np.float32)),
        source,
    )


def random_candidates(query_ids: Sequence[str], passage_ids: Sequence[str], k: int, seed: int) -> pa.Table:
    """Draw passages by chance, for each query its own.

    What a query gets depends on the seed, its id and the list of passages alone, not on the other queries.

    Args:
        query_ids: Ids of the queries.
        passage_ids: Ids of the passages to draw from.
        k: Different passages a query, at most all of them.
        seed: Seed of the recipe.

    Returns:
        Rows with source ``random`` and no score, in the order drawn.

    Raises:
        StageError: ``k`` is below 1.

    Examples:
        >>> random_candidates(["q"], ["a", "b", "c"], k=2, seed=13).num_rows
        2
    """
    import numpy as np
    import pyarrow as pa

    if k < 1:
        raise StageError(f"k must be at least 1 (found: {k}).")
    count = min(k, len(passage_ids))
    drawn = np.empty((len(query_ids), count), dtype=np.int64)
    for i, query_id in enumerate(query_ids):
        lots = np.random.default_rng(lot(seed, query_id))
        drawn[i] = lots.choice(len(passage_ids), count, replace=False)
    table = candidates_from_arrays(query_ids, passage_ids, drawn, drawn, "random")
    nothing = pa.nulls(table.num_rows, pa.float32())
    return table.set_column(CANDIDATES.get_field_index("score"), CANDIDATES.field("score"), nothing)


def given_candidates(collection: Collection) -> pa.Table:
    """Read the negatives that the data itself names: kept judgements with relevance 0 or below.

    Args:
        collection: Usually cleaned.

    Returns:
        Rows with source ``given`` and no score, ranked in the order of the judgements. Where the passage was
        set aside, the row is not kept and its reason is ``passage_set_aside``.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    judged = collection.judgements
    judged = judged.filter(pc.and_(judged.column("kept"), pc.less_equal(judged.column("relevance"), 0)))
    passages = collection.passages
    kept = pc.is_in(
        judged["passage_id"], passages.filter(passages.column("kept")).column("id").combine_chunks()
    )
    codes = judged["query_id"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    ranks = np.empty(len(codes), dtype=np.int32)
    ranks[order] = place_in_group(codes[order]) + 1
    return pa.table(
        [
            judged["query_id"],
            judged["passage_id"],
            pa.array(ranks),
            pa.nulls(len(ranks), pa.float32()),
            pa.repeat("given", len(ranks)),
            kept,
            pc.if_else(kept, "", "passage_set_aside"),
        ],
        schema=CANDIDATES,
    )


def join_candidates(tables: Sequence[pa.Table]) -> pa.Table:
    """Put the candidates of several miners into one table, for ``select_negatives``.

    Examples:
        >>> draw = random_candidates(["q"], ["a", "b"], k=1, seed=13)
        >>> join_candidates([draw, draw]).num_rows
        2
    """
    import pyarrow as pa

    return pa.concat_tables([CANDIDATES.empty_table(), *(table.cast(CANDIDATES) for table in tables)])


def rescore(candidates: pa.Table, scores: pa.Table) -> pa.Table:
    """Replace the miners' scores by those of a scorer, pair by pair; ranks stay the miners'.

    Args:
        candidates: ``records.CANDIDATES``.
        scores: ``query_id``, ``passage_id``, ``score``, each pair once.

    Returns:
        The same rows in the same order; a pair that was not scored has no score.
    """
    import numpy as np
    import pyarrow as pa

    keys = ["query_id", "passage_id"]
    row = pa.array(np.arange(candidates.num_rows))
    found = candidates.select(keys).append_column("row", row).join(scores, keys, join_type="left outer")
    ordered = found.sort_by("row").column("score").cast(pa.float32())
    return candidates.set_column(CANDIDATES.get_field_index("score"), "score", ordered)


def lot(seed: int, *names: str) -> int:
    """A number of 256 bits drawn from a seed and names alone: the same on every machine, in every order."""
    return int.from_bytes(hashlib.sha256(":".join([str(seed), *names]).encode()).digest(), "big")


def place_in_group(groups: np.ndarray) -> np.ndarray:
    """How many equal neighbours stand before each element of an array in which equals stand together."""
    import numpy as np

    n = len(groups)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if n else np.zeros(0, dtype=np.int64)
    return np.arange(n) - np.repeat(starts, np.diff(np.r_[starts, n]))


def among(values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which values stand in ``wanted``; unlike ``np.isin`` it sorts the few, not the many."""
    import numpy as np

    if len(wanted) == 0:
        return np.zeros(len(values), dtype=bool)
    wanted = np.sort(wanted)
    return wanted[np.searchsorted(wanted, values).clip(max=len(wanted) - 1)] == values


def codes(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """Numbers for the strings of a column, in the order of the strings, and the strings."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pa.chunked_array(column.dictionary_encode()).unify_dictionaries()
    values = encoded.chunk(0).dictionary
    order = pc.array_sort_indices(values)  # by UTF-8 bytes, which is the order of Python's strings
    code = np.empty(len(values), dtype=np.int64)
    code[order.to_numpy()] = np.arange(len(values))
    rows = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in encoded.chunks])
    return code[rows], values.take(order).to_pylist()


def _table(
    query_ids: pa.Array, passage_ids: pa.Array, ranks: pa.Array, scores: pa.Array, source: str
) -> pa.Table:
    import pyarrow as pa

    n = len(ranks)
    columns = [
        query_ids,
        passage_ids,
        ranks,
        scores,
        pa.repeat(source, n),
        pa.repeat(True, n),
        pa.repeat("", n),
    ]
    return pa.table(columns, schema=CANDIDATES)
