"""The one internal contract of retrieval data: passages, queries, judgements, as Arrow tables.

Rows are never deleted on the way. A reader or a filter that does not want a row annotates it (``kept`` false and a
``reason``), and selection happens last, so that the funnel adds up: in = out + set aside, by reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import pyarrow as pa

PASSAGES = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("kept", pa.bool_()),
        ("reason", pa.string()),
        ("duplicate_of", pa.string()),  # id of the kept passage with the same text, else ""
    ]
)
QUERIES = pa.schema(
    [("id", pa.string()), ("text", pa.string()), ("kept", pa.bool_()), ("reason", pa.string())]
)
JUDGEMENTS = pa.schema(
    [
        ("query_id", pa.string()),
        ("passage_id", pa.string()),
        ("relevance", pa.int32()),  # > 0 relevant; 0 or below: judged not relevant (a given hard negative)
        ("kept", pa.bool_()),
        ("reason", pa.string()),
    ]
)
REJECTED = pa.schema([("where", pa.string()), ("reason", pa.string()), ("found", pa.string())])
CANDIDATES = pa.schema(
    [
        ("query_id", pa.string()),
        ("passage_id", pa.string()),
        ("rank", pa.int32()),  # 1 is best
        ("score", pa.float32()),
        ("source", pa.string()),  # bm25, dense, given, random
        ("kept", pa.bool_()),
        ("reason", pa.string()),
    ]
)
_SCHEMAS = {"passages": PASSAGES, "queries": QUERIES, "judgements": JUDGEMENTS, "rejected": REJECTED}


class Passage(NamedTuple):
    """A unit of text that can be retrieved."""

    id: str
    text: str
    title: str = ""


class Query(NamedTuple):
    """A question or search request."""

    id: str
    text: str


class Judgement(NamedTuple):
    """One line of qrels. ``relevance`` above 0 is relevant; 0 and below was judged not relevant."""

    query_id: str
    passage_id: str
    relevance: int = 1


class Rejected(NamedTuple):
    """A row that could not become a record: where it stands, why, and its beginning."""

    where: str
    reason: str
    found: str = ""


Record = Passage | Query | Judgement | Rejected
NO_POSITIVE = "no_positive"
"""Reason of a query that has no relevant passage."""
Leak = Literal["question", "near_question", "passage", "near_passage"]
"""What of a benchmark's query was seen in training: the first of these that holds."""
LEAKS: tuple[Leak, ...] = get_args(Leak)


class Texts(Mapping[str, str]):
    """Title and text of passages by id, read from the table when asked for."""

    def __init__(self, passages: pa.Table) -> None:
        self._table = passages.select(["title", "text"])
        self._rows = {pid: row for row, pid in enumerate(passages.column("id").to_pylist())}

    def __getitem__(self, passage_id: str) -> str:
        row = self._rows[passage_id]
        return full_text(self._table["title"][row].as_py(), self._table["text"][row].as_py())

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def full_text(title: str, text: str) -> str:
    """Title and text as every retriever here sees them, the way BEIR joins them."""
    return f"{title} {text}" if title else text


@dataclass(frozen=True)
class Collection:
    """Passages, queries and judgements with their annotations, usually memory-mapped from disk."""

    passages: pa.Table
    queries: pa.Table
    judgements: pa.Table
    rejected: pa.Table = field(default_factory=lambda: REJECTED.empty_table())

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Collection:
        """Collect records in memory; for corpora that grow use ``langret.data.store.write_collection``."""
        passages: list[Passage] = []
        queries: list[Query] = []
        judgements: list[Judgement] = []
        rejected: list[Rejected] = []
        for record in records:
            if isinstance(record, Passage):
                passages.append(record)
            elif isinstance(record, Query):
                queries.append(record)
            elif isinstance(record, Judgement):
                judgements.append(record)
            else:
                rejected.append(record)
        return cls(
            passage_table(passages),
            query_table(queries),
            judgement_table(judgements),
            rejected_table(rejected),
        )

    @classmethod
    def load(cls, folder: str | Path) -> Collection:
        """Memory-map a folder that ``save`` wrote."""
        tables = {}
        for name in _SCHEMAS:
            with pa.memory_map(str(Path(folder) / f"{name}.arrow")) as source:
                tables[name] = pa.ipc.open_file(source).read_all()
        return cls(**tables)

    def save(self, folder: str | Path) -> None:
        """Write one Arrow file a table into ``folder``."""
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, schema in _SCHEMAS.items():
            table: pa.Table = getattr(self, name)
            with (
                pa.OSFile(str(Path(folder) / f"{name}.arrow"), "wb") as sink,
                pa.ipc.new_file(sink, schema) as out,
            ):
                out.write_table(table.select(schema.names).cast(schema), max_chunksize=65536)

    def replace(self, **tables: pa.Table) -> Collection:
        """Return a copy with some tables exchanged."""
        return replace(self, **tables)

    def kept_passages(self) -> Iterator[Passage]:
        """Passages still in, in table order."""
        for batch in self.passages.to_batches():
            columns = (batch.column(n).to_pylist() for n in ("id", "text", "title", "kept"))
            for pid, text, title, kept in zip(*columns, strict=True):
                if kept:
                    yield Passage(pid, text, title)

    def kept_queries(self) -> Iterator[Query]:
        """Queries still in, in table order."""
        for batch in self.queries.to_batches():
            columns = (batch.column(n).to_pylist() for n in ("id", "text", "kept"))
            for qid, text, kept in zip(*columns, strict=True):
                if kept:
                    yield Query(qid, text)

    def kept_judgements(self) -> Iterator[Judgement]:
        """Judgements still in, in table order."""
        for batch in self.judgements.to_batches():
            columns = (batch.column(n).to_pylist() for n in ("query_id", "passage_id", "relevance", "kept"))
            for qid, pid, relevance, kept in zip(*columns, strict=True):
                if kept:
                    yield Judgement(qid, pid, relevance)

    def positives(self) -> dict[str, list[str]]:
        """Relevant passage ids of each query, from the judgements still in."""
        found: dict[str, list[str]] = {}
        for judgement in self.kept_judgements():
            if judgement.relevance > 0:
                found.setdefault(judgement.query_id, []).append(judgement.passage_id)
        return found

    def funnel(self) -> dict[str, dict[str, int]]:
        """Rows in, rows kept and rows set aside by reason, for each table.

        Returns:
            ``{"passages": {"in": 10, "kept": 8, "empty": 1, "exact_duplicate": 1}, ...}``.
        """
        out: dict[str, dict[str, int]] = {}
        for name in ("passages", "queries", "judgements"):
            table: pa.Table = getattr(self, name)
            kept = table.column("kept").to_pylist()
            reasons = Counter(
                r for r, k in zip(table.column("reason").to_pylist(), kept, strict=True) if not k
            )
            out[name] = {"in": len(kept), "kept": sum(kept), **dict(sorted(reasons.items()))}
        if self.rejected.num_rows:
            reasons = Counter(self.rejected.column("reason").to_pylist())
            out["rejected"] = {"in": self.rejected.num_rows, "kept": 0, **dict(sorted(reasons.items()))}
        return out


def passage_table(rows: Iterable[Passage]) -> pa.Table:
    """Passages as an Arrow table, all kept."""
    rows = list(rows)
    n = len(rows)
    return pa.table(
        [
            [r.id for r in rows],
            [r.title for r in rows],
            [r.text for r in rows],
            [True] * n,
            [""] * n,
            [""] * n,
        ],
        schema=PASSAGES,
    )


def query_table(rows: Iterable[Query]) -> pa.Table:
    """Queries as an Arrow table, all kept."""
    rows = list(rows)
    n = len(rows)
    return pa.table([[r.id for r in rows], [r.text for r in rows], [True] * n, [""] * n], schema=QUERIES)


def judgement_table(rows: Iterable[Judgement]) -> pa.Table:
    """Judgements as an Arrow table, all kept."""
    rows = list(rows)
    n = len(rows)
    columns = [[r.query_id for r in rows], [r.passage_id for r in rows], [r.relevance for r in rows]]
    return pa.table([*columns, [True] * n, [""] * n], schema=JUDGEMENTS)


def rejected_table(rows: Iterable[Rejected]) -> pa.Table:
    """Rejected rows as an Arrow table."""
    rows = list(rows)
    return pa.table(
        [[r.where for r in rows], [r.reason for r in rows], [r.found for r in rows]], schema=REJECTED
    )


def dumps(value: object) -> str:
    """JSON with sorted keys and no escapes, the form in which langret writes every JSON file."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
