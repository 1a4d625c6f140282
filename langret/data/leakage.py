"""Training data that also stands in a benchmark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.duplicates import text_hashes
from langret.data.records import JUDGEMENTS, PASSAGES, QUERIES, Collection, full_text

BATCH_ROWS = 8192


class _Bare(dict[int, str | None]):
    """A table for `str.translate`, filled as it is used, that leaves letters, marks, digits and symbols."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = None if unicodedata.category(char)[0] in "PZC" else char
        return self[code]


_BARE = _Bare()


def text_key(text: str) -> str:
    """What two writings of one question share: NFKC, case folded, without punctuation and spaces.

    Symbols stay, so that a question about C++ is not one about C. The key of a text of punctuation alone is
    empty.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # Without the space between them a letter and a mark may compose.
    return unicodedata.normalize("NFKC", folded.translate(_BARE))


def annotate_leakage(
    train: Collection, benchmark: Collection, name: str, action: Literal["annotate", "drop"]
) -> Collection:
    """Mark training queries and passages that also stand in a benchmark.

    Args:
        train: Cleaned training data.
        benchmark: The benchmark, cleaned in its role.
        name: The benchmark's name; the reason is ``leak:<name>``.
        action: ``drop`` sets shared queries aside (and their judgements, as ``query_set_aside``);
            ``annotate`` keeps them and only gives the reason. Passages are never dropped: a corpus may well
            hold the passages that a benchmark searches, and only those judged relevant there are marked.

    Returns:
        The training data, annotated. A row that leaks into several benchmarks names them all, separated by
        commas.
    """
    reason = f"leak:{name}"
    shared = _shared_queries(train, benchmark)
    kept = train.queries.column("kept").to_numpy()
    hit = shared & kept
    queries = _mark(train.queries, hit, reason)
    judgements = train.judgements
    if action == "drop" and hit.any():
        queries = queries.set_column(
            QUERIES.get_field_index("kept"), QUERIES.field("kept"), pa.array(kept & ~hit)
        )
        gone = pc.is_in(
            judgements.column("query_id"),
            value_set=train.queries.column("id").filter(pa.array(hit)).combine_chunks(),
        ).to_numpy()
        gone &= judgements.column("kept").to_numpy()
        judgements = _write(judgements, JUDGEMENTS, "reason", gone, ["query_set_aside"] * int(gone.sum()))
        judgements = _write(judgements, JUDGEMENTS, "kept", gone, [False] * int(gone.sum()))
    passages = _mark(train.passages, _shared_passages(train, benchmark) & _flags(train.passages), reason)
    return train.replace(passages=passages, queries=queries, judgements=judgements)


def leakage_counts(train: Collection, benchmark: Collection) -> dict[str, int]:
    """How much of a benchmark stands in training data, before or after `annotate_leakage`.

    Args:
        train: Training data. Rows set aside count only where leakage is what set them aside.
        benchmark: The benchmark.

    Returns:
        ``queries_shared``: training queries that are also benchmark queries; ``passages_shared``: training
            passages that
        a benchmark judges relevant to some query; ``positives_shared``: positive pairs of training whose
        query and passage are also a positive pair of the benchmark.
    """
    leaked = pc.starts_with(train.queries.column("reason"), "leak:").to_numpy()
    queries = _shared_queries(train, benchmark) & (_flags(train.queries) | leaked)
    passages = _shared_passages(train, benchmark) & _flags(train.passages)
    query_keys = _key_of(train.queries, queries)
    passage_keys = _key_of(train.passages, passages)
    theirs = {
        (a, b)
        for a, b in _positive_keys(
            benchmark,
            _key_of(benchmark.queries, _flags(benchmark.queries)),
            _key_of(benchmark.passages, _relevant(benchmark)),
        )
    }
    ours = _positive_keys(train, query_keys, passage_keys, also="query_set_aside")
    return {
        "queries_shared": int(queries.sum()),
        "passages_shared": int(passages.sum()),
        "positives_shared": sum(pair in theirs for pair in ours),
    }


def _flags(table: pa.Table) -> np.ndarray:
    return table.column("kept").to_numpy()


def _keys(table: pa.Table) -> Iterator[list[str]]:
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        texts = batch.column("text").to_pylist()
        if "title" in batch.schema.names:
            texts = [full_text(a, b) for a, b in zip(batch.column("title").to_pylist(), texts, strict=True)]
        yield [text_key(text) for text in texts]


def _key_hashes(table: pa.Table) -> np.ndarray:
    """Hashes of the keys of all rows, uint64 [n]; 0 for rows without a key."""
    parts = [np.zeros(0, np.uint64)]
    for keys in _keys(table):
        parts.append(np.where(np.array([bool(k) for k in keys]), text_hashes(keys), np.uint64(0)))
    return np.concatenate(parts)


def _shared(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.isin(ours, theirs[theirs != 0])


def _shared_queries(train: Collection, benchmark: Collection) -> np.ndarray:
    return _shared(
        _key_hashes(train.queries), _key_hashes(benchmark.queries.filter(benchmark.queries.column("kept")))
    )


def _relevant(benchmark: Collection) -> np.ndarray:
    """Mask of the passages that some kept judgement calls relevant."""
    judged = benchmark.judgements.filter(
        pc.and_(benchmark.judgements.column("kept"), pc.greater(benchmark.judgements.column("relevance"), 0))
    )
    ids = judged.column("passage_id").combine_chunks()
    return pc.is_in(benchmark.passages.column("id"), value_set=ids).to_numpy()


def _shared_passages(train: Collection, benchmark: Collection) -> np.ndarray:
    relevant = benchmark.passages.filter(pa.array(_relevant(benchmark)))
    return _shared(_key_hashes(train.passages), _key_hashes(relevant))


def _key_of(table: pa.Table, chosen: np.ndarray) -> dict[str, int]:
    """Hash of the key for the ids of chosen rows."""
    rows = table.filter(pa.array(chosen))
    return dict(zip(rows.column("id").to_pylist(), _key_hashes(rows).tolist(), strict=True))


def _positive_keys(
    collection: Collection, queries: dict[str, int], passages: dict[str, int], also: str = ""
) -> Iterator[tuple[int, int]]:
    """Pairs of keys of the positives that are kept, or were set aside for the reason ``also``."""
    names = ("query_id", "passage_id", "relevance", "kept", "reason")
    for batch in collection.judgements.to_batches(max_chunksize=BATCH_ROWS):
        for qid, pid, relevance, kept, reason in zip(
            *(batch.column(n).to_pylist() for n in names), strict=True
        ):
            counts = relevance > 0 and (kept or (also and reason == also))
            if counts and queries.get(qid) and passages.get(pid):
                yield queries[qid], passages[pid]


def _mark(table: pa.Table, where: np.ndarray, reason: str) -> pa.Table:
    """Add a reason to rows that stay."""
    old = table.column("reason").filter(pa.array(where)).to_pylist()
    new = [o if reason in o.split(",") else f"{o},{reason}" if o.startswith("leak:") else reason for o in old]
    return _write(table, PASSAGES if "title" in table.schema.names else QUERIES, "reason", where, new)


def _write(
    table: pa.Table, schema: pa.Schema, name: str, where: np.ndarray, values: Iterable[object]
) -> pa.Table:
    field = schema.field(name)
    filled = pc.replace_with_mask(
        table.column(name).combine_chunks(), pa.array(where), pa.array(list(values), field.type)
    )
    return table.set_column(schema.get_field_index(name), field, filled)
