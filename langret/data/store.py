"""Streaming records to disk: the one place where ids are checked.

Memory stays at sixteen bytes for each passage, query and judgement (a hash of the id and one of the
content), whatever the texts weigh; texts go through in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import (
    JUDGEMENTS,
    PASSAGES,
    QUERIES,
    REJECTED,
    Collection,
    Judgement,
    Passage,
    Query,
    Record,
    Rejected,
    full_text,
)

BATCH_ROWS = 8192
BATCH_CHARACTERS = 4_000_000
FOUND_CHARACTERS = 160


def write_collection(
    records: Iterable[Record], folder: Path, *, here: Callable[[], str] | None = None
) -> Collection:
    """Stream records into Arrow files, check their ids, and return them memory-mapped.

    A record that repeats an earlier one word for word is the same record, so readers may give a passage
    once a row. What cannot become a row goes to ``rejected``: ``missing_id``, ``invalid_unicode`` (half of
    a surrogate pair), ``duplicate_id`` (the id stands for another text; with it go the judgements of its
    row) and ``duplicate_judgement`` (the pair has another grade). What is a row, but of no use, is kept
    with ``kept`` false: passages that are ``empty``; judgements with ``unknown_query``,
    ``unknown_passage``, ``empty_query``, ``empty_passage`` or ``also_positive`` (the passage is a positive
    of the same query); queries with ``empty_query`` or ``no_positive``.

    Args:
        records: Passages, queries, judgements and rejected rows in any order.
        folder: Where the Arrow files go; made if need be.
        here: Says where the record just taken from ``records`` stands in the user's data, as ``file:line``.

    Returns:
        The collection, with every judgement and query annotated.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _Writer(folder, here) as writer:
        for record in records:
            writer.add(record)
    writer.annotate()
    for name in ("judgements", "queries"):
        (folder / f"{name}.raw.arrow").unlink()
    return Collection.load(folder)


def draw_queries(collection: Collection, count: int, seed: int) -> Collection:
    """Keep at most ``count`` queries and their judgements, with all passages.

    Queries with a positive are drawn; the draw depends on seed and query id alone, so that order and the
    presence of other queries' rows do not matter.

    Args:
        collection: What was read.
        count: Queries to keep at most.
        seed: Seed of the draw.
    """
    ids = collection.queries.column("id").to_pylist()
    kept = collection.queries.column("kept").to_pylist()
    usable = [i for i, k in enumerate(kept) if k]
    if len(usable) <= count:
        return collection
    usable.sort(key=lambda i: blake2b(f"{seed}:{ids[i]}".encode(), digest_size=8).digest())
    chosen = sorted(usable[:count])
    names = pa.array([ids[i] for i in chosen], pa.string())
    judged = pc.is_in(collection.judgements.column("query_id"), value_set=names)
    return collection.replace(
        queries=collection.queries.take(chosen), judgements=collection.judgements.filter(judged)
    )


class Seen:
    """A map from 64-bit keys to 64-bit values in sorted runs of numpy arrays: sixteen bytes an entry."""

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray]] = []

    def find(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return which keys are known (bool [n]) and their values (uint64 [n], 0 where unknown)."""
        known = np.zeros(len(keys), bool)
        values = np.zeros(len(keys), np.uint64)
        for run, held in self._runs:
            at = np.minimum(np.searchsorted(run, keys), len(run) - 1)
            hit = run[at] == keys
            known |= hit
            values[hit] = held[at[hit]]
        return known, values

    def add(self, keys: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Add entries; the first value of a key stays.

        Returns:
            Which entries are new (bool [n]) and which contradict the value that their key has (bool [n]).
        """
        if not len(keys):
            return np.zeros(0, bool), np.zeros(0, bool)
        known, old = self.find(keys)
        distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        standing = np.where(known, old, values[first][inverse])
        new = ~known & (np.arange(len(keys)) == first[inverse])
        fresh = ~known[first]
        if fresh.any():
            self._runs.append((distinct[fresh], values[first][fresh]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) <= 2 * len(self._runs[-1][0]):
            (a, x), (b, y) = self._runs.pop(), self._runs.pop()
            merged, held = np.concatenate([a, b]), np.concatenate([x, y])
            order = np.argsort(merged, kind="stable")
            self._runs.append((merged[order], held[order]))
        return new, standing != values


class _Writer:
    """Batches records by kind, checks their ids and appends them to Arrow files."""

    def __init__(self, folder: Path, here: Callable[[], str] | None) -> None:
        self.folder = folder
        self.here = here
        self.passages, self.queries, self.pairs = Seen(), Seen(), Seen()
        self.empty_passages: set[int] = set()
        self.empty_queries: set[int] = set()
        self._clashes: set[tuple[str, str]] = set()
        self._rows: dict[str, list[tuple[Any, str]]] = {"passages": [], "queries": [], "judgements": []}
        self._rejected: list[Rejected] = []
        self._characters = 0
        self._files = ExitStack()

    def __enter__(self) -> _Writer:
        self._out = {
            "passages": self._open("passages", PASSAGES),
            "queries": self._open("queries.raw", QUERIES),
            "judgements": self._open("judgements.raw", JUDGEMENTS),
            "rejected": self._open("rejected", REJECTED),
        }
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        with self._files:
            if kind is None:
                self._flush()

    def _open(self, name: str, schema: pa.Schema) -> pa.RecordBatchFileWriter:
        sink = self._files.enter_context(pa.OSFile(str(self.folder / f"{name}.arrow"), "wb"))
        return self._files.enter_context(pa.ipc.new_file(sink, schema))

    def add(self, record: Record) -> None:
        if isinstance(record, Rejected):
            where, found = _printable(record.where), _printable(record.found[:FOUND_CHARACTERS])
            self._rejected.append(Rejected(where, record.reason, found))
            if len(self._rejected) >= BATCH_ROWS:
                self._flush()
            return
        where = self.here() if self.here else ""
        problem = _problem(record)
        if problem:
            self._reject(record, where, problem)
            return
        if isinstance(record, Passage):
            name, size = "passages", len(record.text) + len(record.title)
        elif isinstance(record, Query):
            name, size = "queries", len(record.text)
        else:
            name, size = "judgements", 0
        rows = self._rows[name]
        rows.append((record, where))
        self._characters += size
        if len(rows) >= BATCH_ROWS or self._characters >= BATCH_CHARACTERS:
            self._flush()

    def _reject(self, record: Passage | Query | Judgement, where: str, reason: str) -> None:
        if isinstance(record, Judgement):
            name, found = f"{record.query_id} {record.passage_id}", f"relevance {record.relevance}"
        else:
            name, found = record.id, record.text
        place = f"{type(record).__name__.lower()} {name!r}" if name else type(record).__name__.lower()
        self._rejected.append(
            Rejected(
                _printable(f"{where}: {place}" if where else place),
                reason,
                _printable(found[:FOUND_CHARACTERS]),
            )
        )

    def _flush(self) -> None:
        self._flush_texts("passages", self.passages, self.empty_passages, PASSAGES)
        self._flush_texts("queries", self.queries, self.empty_queries, QUERIES)
        self._flush_judgements()
        if self._rejected:
            columns = [list(c) for c in zip(*self._rejected, strict=True)]
            self._out["rejected"].write_batch(pa.record_batch(columns, schema=REJECTED))
            self._rejected.clear()
        self._characters = 0

    def _flush_texts(self, name: str, seen: Seen, empty: set[int], schema: pa.Schema) -> None:
        rows = self._rows[name]
        if not rows:
            return
        keys = _hashes(record.id for record, _ in rows)
        new, clash = seen.add(keys, _hashes(record[1:] for record, _ in rows))
        for i in np.flatnonzero(clash):
            record, where = rows[i]
            self._reject(record, where, "duplicate_id")
            self._clashes.add((where, record.id))
        kept = [rows[i][0] for i in np.flatnonzero(new)]
        blank = [not _whole(record).strip() for record in kept]
        reason = "empty" if name == "passages" else "empty_query"
        empty.update(int(key) for key, b in zip(keys[new], blank, strict=True) if b)
        columns: dict[str, list[object]] = {
            "id": [r.id for r in kept],
            "title": [getattr(r, "title", "") for r in kept],
            "text": [r.text for r in kept],
            "kept": [not b for b in blank],
            "reason": [reason if b else "" for b in blank],
            "duplicate_of": [""] * len(kept),
        }
        if kept:
            self._out[name].write_batch(pa.record_batch([columns[n] for n in schema.names], schema=schema))
        rows.clear()

    def _flush_judgements(self) -> None:
        # A row whose id stands for another text must not judge that other text.
        astray = [x for x in self._rows["judgements"] if self._clashed(*x)] if self._clashes else []
        for record, where in astray:
            self._reject(record, where, "duplicate_id")
        rows = [x for x in self._rows["judgements"] if not self._clashed(*x)]
        self._rows["judgements"].clear()
        if not rows:
            return
        keys = _pair_keys([r.query_id for r, _ in rows], [r.passage_id for r, _ in rows])
        side = np.array([r.relevance > 0 for r, _ in rows], np.uint64)
        grades = np.array([r.relevance for r, _ in rows], np.int64).view(np.uint64)
        new, clash = self.pairs.add(keys ^ side, grades)
        for i in np.flatnonzero(clash):
            self._reject(*rows[i], "duplicate_judgement")
        kept = [rows[i][0] for i in np.flatnonzero(new)]
        if kept:
            columns = [[r[n] for r in kept] for n in range(3)]
            self._out["judgements"].write_batch(
                pa.record_batch([*columns, [True] * len(kept), [""] * len(kept)], schema=JUDGEMENTS)
            )

    def _clashed(self, record: Judgement, where: str) -> bool:
        return bool(self._clashes and where) and not self._clashes.isdisjoint(
            ((where, record.query_id), (where, record.passage_id))
        )

    def annotate(self) -> None:
        """Second pass, when every id is known: judgements first, then queries."""
        answered = [np.zeros(0, np.uint64)]

        def judged(batch: pa.RecordBatch) -> list[str]:
            queries, passages = (batch.column(n).to_pylist() for n in ("query_id", "passage_id"))
            relevance = batch.column("relevance").to_numpy(zero_copy_only=False)
            q, p = _hashes(queries), _hashes(passages)
            reasons = np.full(len(q), "", dtype=object)
            positive = self.pairs.find(_pair_keys(queries, passages) ^ np.uint64(1))[0]
            reasons[(relevance <= 0) & positive] = "also_positive"
            reasons[_among(p, self.empty_passages)] = "empty_passage"
            reasons[_among(q, self.empty_queries)] = "empty_query"
            reasons[~self.passages.find(p)[0]] = "unknown_passage"
            reasons[~self.queries.find(q)[0]] = "unknown_query"
            answered.append(np.unique(q[(relevance > 0) & (reasons == "")]))
            if len(answered) > 64:
                answered[:] = [np.unique(np.concatenate(answered))]
            return list(reasons)

        self._rewrite("judgements", JUDGEMENTS, judged)
        known = np.unique(np.concatenate(answered))

        def asked(batch: pa.RecordBatch) -> list[str]:
            has = np.isin(_hashes(batch.column("id").to_pylist()), known)
            old = batch.column("reason").to_pylist()
            return [reason or ("" if h else "no_positive") for reason, h in zip(old, has, strict=True)]

        self._rewrite("queries", QUERIES, asked)

    def _rewrite(
        self, name: str, schema: pa.Schema, reasons_of: Callable[[pa.RecordBatch], list[str]]
    ) -> None:
        with (
            pa.memory_map(str(self.folder / f"{name}.raw.arrow")) as source,
            pa.OSFile(str(self.folder / f"{name}.arrow"), "wb") as sink,
            pa.ipc.new_file(sink, schema) as out,
        ):
            for batch in _batches(source):
                reasons = reasons_of(batch)
                columns = {n: batch.column(n) for n in schema.names}
                columns["kept"] = pa.array([not r for r in reasons], pa.bool_())
                columns["reason"] = pa.array(reasons, pa.string())
                out.write_batch(pa.record_batch([columns[n] for n in schema.names], schema=schema))


def _batches(source: pa.NativeFile) -> Iterator[pa.RecordBatch]:
    reader = pa.ipc.open_file(source)
    for i in range(reader.num_record_batches):
        yield reader.get_batch(i)


def _problem(record: Passage | Query | Judgement) -> str:
    """Why a record cannot be a row, or ``""``."""
    if not (record[0] and record[1] if isinstance(record, Judgement) else record.id):
        return "missing_id"
    try:
        for value in record:
            if isinstance(value, str) and not value.isascii():
                value.encode()
    except UnicodeEncodeError:
        return "invalid_unicode"
    return ""


def _whole(record: Passage | Query) -> str:
    return full_text(record.title, record.text) if isinstance(record, Passage) else record.text


def _printable(text: str) -> str:
    """Text without halves of surrogate pairs, which Arrow does not take."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _hashes(values: Iterable[Hashable]) -> np.ndarray:
    # Python's own hash differs from process to process, which is fine: no key outlives the writer.
    return np.fromiter(map(hash, values), np.int64).view(np.uint64)


def _pair_keys(queries: Iterable[str], passages: Iterable[str]) -> np.ndarray:
    # The lowest bit is left free: it says on which side of relevance the judgement stands.
    return _hashes(zip(queries, passages, strict=True)) & ~np.uint64(1)


def _among(keys: np.ndarray, members: set[int]) -> np.ndarray:
    return np.isin(keys, np.fromiter(members, np.uint64, len(members)))
