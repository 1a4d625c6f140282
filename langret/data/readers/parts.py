"""Sources in parts: passages here, queries there, judgements in a third place (BEIR, TREC, MTEB)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from langret.data.readers.job import Job, Row, Table
from langret.data.readers.paths import bare_suffix, choose_split, find_part, must_exist
from langret.data.readers.rows import Columns, candidate_row, passage_row, qrel_row, query_row
from langret.data.readers.tables import (
    Line,
    delimited_rows,
    file_table,
    first_bytes,
    read_text,
    text_lines,
)
from langret.data.records import Record, Rejected
from langret.errors import DataError, nearest

Maker = Callable[[Columns], Callable[[Row], Iterable[Record]]]
PARTS = ("passages", "queries", "qrels", "candidates", "triples")
_DEFAULTS = {
    "passages": (
        "corpus.jsonl",
        "corpus.jsonl.gz",
        "corpus.*",
        "passages.*",
        "collection.*",
        "docs.*",
        "documents.*",
    ),
    "queries": ("queries.jsonl", "queries.jsonl.gz", "queries.*", "topics.*", "topics*"),
    "qrels": ("qrels.*", "qrels*"),
    "candidates": ("candidates.*", "top_ranked.*"),
}
_KNOWN = re.compile(
    r"_?(query|corpus|doc|passage|document|q|p)?[-_ ]?(id|text|title|score|relevance|label|query)"
)
_QREL_HEAD = re.compile(rf"{_KNOWN.pattern}|topic|iter(ation)?|docno|rel")
_TOPIC = re.compile(r"<top>(.*?)</top>", re.S | re.I)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.I)
_TOPIC_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*(.*?)\s*(?=<|\Z)", re.S | re.I)


def part_tables(job: Job) -> dict[str, list[Table]]:
    """Find the files of a BEIR or TREC folder, or those that the recipe names under ``files``.

    Raises:
        DataError: One of passages, queries and judgements is not there.
    """
    tables = {
        "passages": [passage_table(p) for p in _files(job, "passages")],
        "queries": [query_table(p) for p in _files(job, "queries")],
        "qrels": [qrel_table(p) for p in _qrel_files(job)],
    }
    if job.candidates and _has(job, "candidates"):
        tables["candidates"] = [file_table(p) for p in _files(job, "candidates")]
    return tables


def part_records(job: Job, tables: dict[str, list[Table]]) -> Iterator[Record]:
    """Read passages, queries and judgements from their tables."""

    seen: set[str] = set()

    def prepare(make: Maker, name: str) -> Callable[[list[str]], Callable[[Row], Iterable[Record]]]:
        def columns(names: list[str]) -> Callable[[Row], Iterable[Record]]:
            seen.update(names)
            given = {k: v for k, v in job.source.columns.items() if v in names}
            return make(Columns(names, given, name))

        return columns

    makers: dict[str, Maker] = {
        "passages": lambda columns: passage_row(columns, pair_titles=False),
        "queries": query_row,
        "qrels": qrel_row,
        "candidates": candidate_row,
    }
    for part, make in makers.items():
        for table in tables.get(part, ()):
            yield from job.convert(table, prepare(make, table.name))
    for role, column in job.source.columns.items():
        if column not in seen:
            raise DataError(f"There is no column {column!r} (for {role}).", hint=nearest(column, seen))


def _has(job: Job, part: str) -> bool:
    return part in job.source.files or any(
        any(job.root.glob(pattern)) for pattern in _DEFAULTS[part] if job.root.is_dir()
    )


def _files(job: Job, part: str) -> list[Path]:
    if part in job.source.files:
        return find_part(job.root, job.source.files[part])
    for pattern in _DEFAULTS[part]:
        found = sorted(p for p in job.root.glob(pattern) if p.is_file())
        if found:
            return found[:1]
    there = ", ".join(sorted(p.name for p in job.root.iterdir())[:20]) if job.root.is_dir() else "one file"
    raise DataError(
        f"No file holds the {part}. Found: {there}.",
        where=str(job.root),
        hint=f"Name it with `files: {{{part}: NAME}}`.",
    )


def _qrel_files(job: Job) -> list[Path]:
    """Return the judgements of the split wanted: BEIR has one file a split in ``qrels/``."""
    folder = job.root / "qrels"
    if "qrels" in job.source.files or not folder.is_dir():
        return _files(job, "qrels")
    by_split = {p.name.split(".")[0]: p for p in sorted(folder.iterdir()) if p.is_file()}
    if not by_split:
        raise DataError("The folder of judgements is empty.", where=str(folder))
    return [must_exist(by_split[choose_split(by_split, job.source.split, job.role, str(folder))])]


def passage_table(path: Path) -> Table:
    """Passages of a file; a tab-separated one without a header holds id and text, and perhaps a title."""
    if _headerless(path):
        return _bare_tsv(path, ["passage_id", "text", "title"])
    return file_table(path)


def query_table(path: Path) -> Table:
    """Queries of a file: TREC topics, a table, or tab-separated id and text without a header."""
    if (
        first_bytes(path).lower().startswith((b"<top", b"<?xml", b"<!--"))
        or b"<top>" in first_bytes(path).lower()
    ):
        return Table(str(path), lambda: _topics(path))
    if _headerless(path):
        return _bare_tsv(path, ["query_id", "query"])
    return file_table(path)


def qrel_table(path: Path) -> Table:
    """Judgements of a file: a table with a header between tabs, or TREC's columns, with a header or without."""
    if bare_suffix(path) in (".jsonl", ".json", ".ndjson", ".parquet", ".csv"):
        return file_table(path)
    if not _headerless(path):
        return file_table(path, "tsv")
    return Table(
        str(path), lambda: _trec_qrels(path), "TREC qrels hold query, iteration, passage, relevance."
    )


def _headerless(path: Path) -> bool:
    """Whether a text table begins with data at once."""
    if (
        bare_suffix(path) in (".jsonl", ".json", ".ndjson", ".parquet", ".csv")
        or first_bytes(path)[:1] == b"{"
    ):
        return False
    first = next((x.text for x in text_lines(path) if isinstance(x, Line) and x.text.strip()), "")
    return not any(_KNOWN.fullmatch(f.strip().lower()) for f in first.split("\t"))


def _bare_tsv(path: Path, names: list[str]) -> Table:
    sample = (
        x.text.count("\t") + 1
        for _, x in zip(range(20), text_lines(path), strict=False)
        if isinstance(x, Line)
    )
    width = min(max(min(sample, default=2), 2), len(names))
    return Table(str(path), lambda: delimited_rows(path, "\t", names[:width]))


def _trec_qrels(path: Path) -> Iterator[Row | Rejected]:
    first = True
    for line in text_lines(path):
        if isinstance(line, Rejected):
            yield line
            continue
        fields = line.text.split()
        if not fields:
            continue
        header = first and any(_QREL_HEAD.fullmatch(field.lower()) for field in fields)
        first = False
        if header:
            continue
        if len(fields) not in (2, 3, 4):
            yield Rejected(line.where, "wrong_field_count", f"{len(fields)} fields, not 4: {line.text[:80]}")
            continue
        passage = fields[2] if len(fields) == 4 else fields[1]
        relevance = fields[-1] if len(fields) > 2 else "1"
        yield Row(line.where, {"query_id": fields[0], "passage_id": passage, "relevance": relevance})


def _topics(path: Path) -> Iterator[Row | Rejected]:
    text = read_text(path)
    for match in _TOPIC.finditer(text):
        where = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        number, title = _NUMBER.search(match[1]), _TOPIC_TITLE.search(match[1])
        if number is None or title is None:
            yield Rejected(where, "bad_topic", f"no <num> or no <title>: {match[1].strip()[:80]}")
        else:
            yield Row(where, {"query_id": number[1], "query": " ".join(title[1].split())})
