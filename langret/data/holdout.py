"""Queries held out of training, to watch quality while it runs."""

from __future__ import annotations

from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from langret.data.leakage import text_key
from langret.data.records import JUDGEMENTS, QUERIES, REJECTED, Collection

SHARE = 10  # at most one query in so many is held out


def split_holdout(collection: Collection, count: int, seed: int) -> tuple[Collection, Collection]:
    """Take queries out of training.

    Queries are drawn by a hash of seed and id, so that the draw depends neither on the order of rows nor on
    how many there are. Queries that differ at most in case, punctuation and spaces stay on one side.

    Args:
        collection: Cleaned training data.
        count: Queries to hold out; at most a tenth of the kept queries with a positive is taken.
        seed: Seed of the draw.

    Returns:
        The training data, in which held-out queries and their judgements are set aside as ``held_out``; and
        the held-out queries with their judgements and all passages.
    """
    positives = collection.positives()
    groups: dict[str, list[str]] = {}
    usable = 0
    for query in collection.kept_queries():
        groups.setdefault(text_key(query.text) or query.text, []).append(query.id)
        usable += query.id in positives
    left = min(count, usable // SHARE)
    held: list[str] = []
    for _, ids in sorted((min(_lot(seed, qid) for qid in ids), ids) for ids in groups.values()):
        if len(ids) <= left and any(qid in positives for qid in ids):
            held += ids
            left -= len(ids)
    names = pa.array(held, pa.string())
    queries, judgements = collection.queries, collection.judgements
    mine = pc.is_in(queries.column("id"), value_set=names)
    judged = pc.is_in(judgements.column("query_id"), value_set=names)
    train = collection.replace(
        queries=_set_aside(queries, QUERIES, mine), judgements=_set_aside(judgements, JUDGEMENTS, judged)
    )
    return train, Collection(
        collection.passages, queries.filter(mine), judgements.filter(judged), REJECTED.empty_table()
    )


def _lot(seed: int, qid: str) -> bytes:
    return sha256(f"{seed}:{qid}".encode()).digest()


def _set_aside(table: pa.Table, schema: pa.Schema, chosen: pa.ChunkedArray) -> pa.Table:
    kept = table.column("kept").to_numpy()
    hit = pa.array(kept & chosen.to_numpy())
    columns = {
        "kept": pa.array(kept & ~chosen.to_numpy()),
        "reason": pc.if_else(hit, "held_out", table.column("reason")),
    }
    for name, values in columns.items():
        table = table.set_column(schema.get_field_index(name), schema.field(name), values)
    return table
