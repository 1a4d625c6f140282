"""Parallel text: what one language says asks for what the other one says (``format: parallel``).

Two shapes are read, told apart by what ``files`` names:

* two files of lines: line i of ``queries`` asks for line i of ``passages``. Ids are made of the text, so that a
  translation that several lines share is one passage, relevant to all of them, and a sentence with several
  translations is one query;
* two folders of documents in two languages, joined by the relative path of a document and the anchor of a section:
  titles and headings of ``queries`` ask for the sections of ``passages`` that stand where theirs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from langret.data.readers.documents import folder_records
from langret.data.readers.job import Job, text_id
from langret.data.readers.paths import must_exist
from langret.data.readers.tables import Line, text_lines
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import DataError, RecipeError

SIDES = ("queries", "passages")
_PART = re.compile(r"~\d+$")


def parallel_records(job: Job) -> Iterator[Record]:
    """Read two files of lines or two folders of documents that say the same in two languages.

    Raises:
        RecipeError: ``files`` does not name both sides.
        DataError: One side is missing or empty, they are not of one kind, the files have different numbers of
            lines, or not one section of one folder stands in the other.
    """
    missing = [side for side in SIDES if side not in job.source.files]
    if missing or len(job.source.files) > len(SIDES):
        found = ", ".join(job.source.files) or "nothing"
        raise RecipeError(
            f"`format: parallel` needs two files or two folders, `queries` and `passages` (found: {found}).",
            where=str(job.root),
            hint="Name them with `files: {queries: NAME, passages: NAME}`.",
        )
    queries, passages = (must_exist(job.root / job.source.files[side]) for side in SIDES)
    if queries.is_dir() != passages.is_dir():
        folder, file = (queries, passages) if queries.is_dir() else (passages, queries)
        raise DataError(
            f"{folder.name} is a folder and {file.name} a file: give two files of lines, or two folders.",
            where=str(job.root),
        )
    return _documents(job, queries, passages) if queries.is_dir() else _lines(job, queries, passages)


def _lines(job: Job, queries: Path, passages: Path) -> Iterator[Record]:
    counts = [sum(1 for _ in text_lines(path)) for path in (queries, passages)]
    for path, count in zip((queries, passages), counts, strict=True):
        if not count:
            raise DataError("The file is empty.", where=str(path))
    if counts[0] != counts[1]:
        raise DataError(
            f"{queries.name} has {counts[0]:,} lines and {passages.name} {counts[1]:,}: "
            "line i of one must be the translation of line i of the other.",
            where=str(job.root),
        )
    for asked, told in zip(text_lines(queries), text_lines(passages), strict=True):
        broken = next((side for side in (asked, told) if isinstance(side, Rejected)), None)
        job.here = asked.where
        if broken is not None:
            yield broken
        elif isinstance(asked, Line) and isinstance(told, Line):
            yield from _pair(asked, told)


def _pair(asked: Line, told: Line) -> Iterator[Record]:
    query, passage = asked.text.strip(), told.text.strip()
    if not query and not passage:
        return  # a blank line, on both sides
    if not query:
        yield Rejected(asked.where, "empty_query", f"its translation is: {passage[:80]}")
    elif not passage:
        yield Rejected(told.where, "empty_passage", f"its translation is: {query[:80]}")
    else:
        qid, pid = text_id("q", query), text_id("p", passage)
        yield from (Query(qid, query), Passage(pid, passage), Judgement(qid, pid))


def _documents(job: Job, queries: Path, passages: Path) -> Iterator[Record]:
    # A long section is cut into parts, elsewhere in another language: a section is joined with all its parts.
    parts: dict[str, list[str]] = {}
    top, job.root = job.root, passages
    for record in folder_records(job):
        if isinstance(record, Passage):
            parts.setdefault(_section(record.id), []).append(record.id)
        if isinstance(record, (Passage, Rejected)):
            yield record
    pairs: set[tuple[str, str]] = set()
    job.root = queries
    for record in folder_records(job):
        if isinstance(record, Judgement):
            pair = (record.query_id, _section(record.passage_id))
            if pair not in pairs:
                pairs.add(pair)
                # a section without a counterpart keeps its own id, and is set aside as unknown_passage
                for pid in parts.get(pair[1], [pair[1]]):
                    yield Judgement(record.query_id, pid, record.relevance)
        elif isinstance(record, (Query, Rejected)):
            yield record
    sections = {section for _, section in pairs}
    if parts.keys().isdisjoint(sections):
        raise DataError(
            f"Not one section of {queries.name} stands in {passages.name}.",
            where=str(top),
            hint="Documents are joined by their path, sections by their anchors; "
            f"found {_some(sections)} and {_some(parts)}.",
        )


def _section(passage_id: str) -> str:
    """The id of a section, for any of the parts that it was cut into."""
    return _PART.sub("", passage_id)


def _some(names: Iterable[str]) -> str:
    return f'"{min(names, default="nothing")}"'
