"""The files of a person's judgements: BEIR's, with three columns more in the qrels."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from langret.errors import DataError, nearest

GRADES = {2: "relevant", 1: "partly relevant", 0: "not relevant"}
"""What a grade means. It is the gain of graded metrics; above 0 is relevant, as everywhere."""
COLUMNS = ("query-id", "corpus-id", "score", "by", "at", "text")
"""BEIR's three columns, and who judged, when, and a hash of the text that was judged."""
_NEEDED = 3


class Mark(NamedTuple):
    """A judgement.

    Attributes:
        grade: A key of ``GRADES``.
        by: Who gave it; empty where a hand-written file does not say.
        at: When, in ISO 8601.
        text: Hash of the passage that was judged.
    """

    grade: int
    by: str = ""
    at: str = ""
    text: str = ""


def replace_file(folder: Path, path: Path, lines: Iterable[str]) -> None:
    """Write a file aside, force it to disk, and put it in the place of the old one."""
    aside = folder / f".{path.name}.{os.getpid()}"  # never in qrels/, where every file is a split
    with aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Numbers and rows of ``corpus.jsonl`` or ``queries.jsonl``.

    Raises:
        DataError: A line is no such row.
    """
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise DataError(f"This is no JSON: {error}.", where=f"{path}:{number}") from error
                if not isinstance(row, dict) or not all(isinstance(row.get(k), str) for k in ("_id", "text")):
                    raise DataError('A line has "_id" and "text".', where=f"{path}:{number}")
                yield number, row
        except UnicodeDecodeError as error:
            raise DataError(f"This is no UTF-8: {error}.", where=str(path)) from error


def read_queries(path: Path) -> dict[str, dict[str, Any]]:
    """Rows of ``queries.jsonl`` by id, with whatever else stands in them.

    Raises:
        DataError: A line is no such row, or an id stands there twice.
    """
    found: dict[str, dict[str, Any]] = {}
    for number, row in json_lines(path):
        if row["_id"] in found:
            raise DataError(f'The id "{row["_id"]}" stands here a second time.', where=f"{path}:{number}")
        found[row["_id"]] = row
    return found


def read_marks(path: Path, queries: dict[str, Any]) -> dict[tuple[str, str], Mark]:
    """Judgements of a file in the order of its lines, by query and passage.

    Args:
        path: The file.
        queries: Ids that there are.

    Raises:
        DataError: The header or a line is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise DataError(f"This is no UTF-8: {error}.", where=str(path)) from error
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    header = tuple(lines[0].split("\t"))
    if header not in (COLUMNS[:n] for n in range(_NEEDED, len(COLUMNS) + 1)):
        raise DataError(
            f"The first line names the columns, between tabs: {', '.join(COLUMNS)}; the first three are needed.",
            where=f"{path}:1",
        )
    found: dict[tuple[str, str], Mark] = {}
    for number, line in enumerate(lines[1:], start=2):
        where = f"{path}:{number}"
        fields = line.split("\t")
        if not _NEEDED <= len(fields) <= len(header):
            raise DataError(f"{len(header)} columns are expected (found: {len(fields)}).", where=where)
        qid, pid, grade, *rest = fields
        if grade not in map(str, GRADES):
            raise DataError(f"A grade is 2, 1 or 0 (found: {grade[:20]!r}).", where=where)
        if qid not in queries:
            hint = nearest(qid, queries)
            raise DataError(f'There is no query "{qid[:80]}" in queries.jsonl.', where=where, hint=hint)
        if (qid, pid) in found:
            raise DataError(f"{qid} and {pid} are judged a second time.", where=where)
        found[qid, pid] = Mark(int(grade), *rest)
    return found
