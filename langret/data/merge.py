"""Several sources as one collection."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import JUDGEMENTS, PASSAGES, QUERIES, Collection


def merge_collections(collections: Sequence[Collection]) -> Collection:
    """Put collections behind each other.

    With more than one, ids get the number of their source in front (``0:q17``), because publishers number their
    rows alike and two sources must not share a passage by accident. Passages with the same text are found later, by
    their text.

    Args:
        collections: At least one.

    Returns:
        The union, in the order given.
    """
    if len(collections) == 1:
        return collections[0]
    tables: dict[str, list[pa.Table]] = {"passages": [], "queries": [], "judgements": [], "rejected": []}
    for number, collection in enumerate(collections):
        for name, columns in (
            ("passages", ("id", "duplicate_of")),
            ("queries", ("id",)),
            ("judgements", ("query_id", "passage_id")),
        ):
            table = getattr(collection, name)
            for column in columns:
                table = _numbered(table, column, number)
            tables[name].append(table)
        tables["rejected"].append(collection.rejected)
    return Collection(
        pa.concat_tables(tables["passages"]).cast(PASSAGES),
        pa.concat_tables(tables["queries"]).cast(QUERIES),
        pa.concat_tables(tables["judgements"]).cast(JUDGEMENTS),
        pa.concat_tables(tables["rejected"]),
    )


def without_queries(collection: Collection) -> Collection:
    """The passages alone."""
    return collection.replace(queries=QUERIES.empty_table(), judgements=JUDGEMENTS.empty_table())


def with_verdicts(collection: Collection, relabelled: pa.Table, aside: pa.Table | None = None) -> Collection:
    """Add positives that judges found, and set queries aside that they found wanting.

    Args:
        collection: Cleaned training data.
        relabelled: ``query_id`` and ``passage_id`` of passages that turned out to be relevant.
        aside: ``id`` and ``reason`` of queries to be set aside.

    Returns:
        The collection with the new judgements behind the old; the table of passages is the same.
    """
    n = relabelled.num_rows
    new = pa.table(
        [
            relabelled["query_id"],
            relabelled["passage_id"],
            pa.repeat(pa.scalar(1, pa.int32()), n),
            pa.repeat(True, n),
            pa.repeat("", n),
        ],
        schema=JUDGEMENTS,
    )
    judgements = pa.concat_tables([collection.judgements.cast(JUDGEMENTS), new])
    queries = collection.queries
    if aside is not None and aside.num_rows:
        row = pc.index_in(queries["id"], value_set=aside["id"].combine_chunks())
        found = pc.and_(queries["kept"], pc.is_valid(row))
        named = aside["reason"].take(row)
        kept = pc.and_(queries["kept"], pc.invert(pc.is_valid(row)))
        reason = pc.if_else(found, named, queries["reason"])
        queries = pa.table([queries["id"], queries["text"], kept, reason], schema=QUERIES)
    return collection.replace(judgements=judgements, queries=queries)


def _numbered(table: pa.Table, column: str, number: int) -> pa.Table:
    values = table.column(column)
    numbered = pc.if_else(pc.equal(values, ""), "", pc.binary_join_element_wise(str(number), values, ":"))
    return table.set_column(table.schema.get_field_index(column), column, numbered)
