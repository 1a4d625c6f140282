"""Benchmarks of reranking: queries with candidates, relevant ones and others."""

from __future__ import annotations

import pyarrow as pa

from langret.data.records import QUERIES, Collection
from langret.errors import DataError


def with_candidates(collection: Collection, name: str) -> Collection:
    """Set queries aside that leave nothing to put in order: no relevant candidate, or no other one.

    Candidates of a query are the passages judged for it, relevant or not. MTEB leaves such queries out, too.

    Args:
        collection: A benchmark, cleaned.
        name: What errors call it.

    Returns:
        The same with such queries set aside as ``no_candidates``.

    Raises:
        DataError: No query is left.
    """
    sides: dict[str, set[bool]] = {}
    for judgement in collection.kept_judgements():
        sides.setdefault(judgement.query_id, set()).add(judgement.relevance > 0)
    ids = collection.queries.column("id").to_pylist()
    kept = collection.queries.column("kept").to_pylist()
    left = [k and len(sides.get(i, ())) == 2 for i, k in zip(ids, kept, strict=True)]
    if not any(left):
        asked = sum(kept)
        raise DataError(
            f"No query has both a relevant candidate and another one, so that nothing can be reranked "
            f"({asked:,} queries, {len(sides):,} of them with judgements)",
            where=f"benchmark {name}",
            hint="Give query, positive and negative in a row, judgements of 0, or a list of candidates.",
        )
    old = collection.queries.column("reason").to_pylist()
    reasons = ["no_candidates" if k and not stays else o for k, stays, o in zip(kept, left, old, strict=True)]
    queries = collection.queries
    for column, values in (("kept", left), ("reason", reasons)):
        field = QUERIES.field(column)
        queries = queries.set_column(QUERIES.get_field_index(column), field, pa.array(values, field.type))
    return collection.replace(queries=queries)
