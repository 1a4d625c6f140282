"""A person's judgements, kept as a folder in BEIR's layout: what a recipe reads, and nothing beside it.

The files are the only copy, and may be edited by hand: what another program wrote is read before anything is added, and
a mistake in it stops the writing, not the reading of the page.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from langret.data.readers.job import text_id
from langret.data.records import Passage, full_text
from langret.errors import DataError, StageError, nearest

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


@dataclass
class _Files:
    queries: dict[str, dict[str, Any]]
    marks: dict[tuple[str, str], Mark]
    seen: tuple[Any, ...] = ()


class JudgementBook:
    """Judgements of one collection of passages, saved at once.

    Args:
        folder: Where ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv`` lie; made with the first judgement.
        passages: Gives every passage that is searched, normalised.
        find: Gives the passage of an id, or None.

    Raises:
        DataError: A file that is there has a mistake; the line is named.
    """

    def __init__(
        self,
        folder: Path,
        passages: Callable[[], Iterable[Passage]],
        find: Callable[[str], Passage | None],
    ) -> None:
        self.folder = folder
        self.corpus, self.queries = folder / "corpus.jsonl", folder / "queries.jsonl"
        self.qrels = folder / "qrels" / "test.tsv"
        self._passages, self._find = passages, find
        self._lock = threading.RLock()
        self._corpus_written = False
        self._gone = self._read_gone()
        self._files = _Files({}, {})
        self._refresh()

    def of_query(self, query: str) -> dict[str, Mark]:
        """Judgements of a normalised query, by passage id.

        Raises:
            DataError: The files were edited by hand and have a mistake.
        """
        with self._lock:
            self._refresh()
            qid = text_id("q", query)
            return {p: mark for (q, p), mark in self._files.marks.items() if q in (qid, self._named(query))}

    def judged(self) -> list[tuple[str, list[int]]]:
        """Every query that has judgements, with its grades; the one judged last stands first.

        Raises:
            DataError: The files were edited by hand and have a mistake.
        """
        with self._lock:
            self._refresh()
            found: dict[str, list[int]] = {}
            for (qid, _), mark in reversed(self._files.marks.items()):
                found.setdefault(str(self._files.queries[qid]["text"]), []).append(mark.grade)
            return list(found.items())

    def is_stale(self, passage_id: str, mark: Mark) -> bool:
        """Whether the passage has another text now than when it was judged, or is no longer there."""
        passage = self._find(passage_id)
        return passage is None or mark.text not in ("", text_hash(passage))

    def stale(self) -> int:
        """How many judgements are of a text that has changed or is gone."""
        return sum(self.is_stale(pid, mark) for (_, pid), mark in self._files.marks.items())

    def set(self, query: str, passage_id: str, grade: int | None, by: str) -> None:
        """Save a judgement, or take it back.

        Args:
            query: The query, normalised.
            passage_id: The passage.
            grade: A key of ``GRADES``; None takes the judgement back.
            by: Who judged.

        Raises:
            DataError: No such grade or passage, or the files have a mistake; nothing was written.
            StageError: The files cannot be written.
        """
        if grade is not None and (isinstance(grade, bool) or grade not in GRADES):
            raise DataError(f"A grade is 2, 1, 0 or nothing (found: {grade!r}).")
        passage = self._find(passage_id)
        if passage is None:
            raise DataError(f'There is no passage "{passage_id[:80]}" among the documents.')
        if any(c in passage_id for c in "\t\r\n") or passage_id.startswith('"'):
            raise DataError(
                f"The id {passage_id!r} cannot stand in qrels: it holds a tab, a line end or a quote."
            )
        with self._lock, self._writing():
            self._refresh()
            queries, marks = dict(self._files.queries), dict(self._files.marks)
            qid = self._named(query) or text_id("q", query)
            marks.pop((qid, passage_id), None)  # given again, it stands last
            if grade is not None:
                queries.setdefault(qid, {"_id": qid, "text": query})
                at = datetime.now().astimezone().isoformat(timespec="seconds")
                marks[qid, passage_id] = Mark(grade, " ".join(by.split()), at, text_hash(passage))
            elif all(q != qid for q, _ in marks):
                queries.pop(qid, None)
            self._write(queries, marks)

    def _named(self, query: str) -> str | None:
        """Id that a file gives a query, its own or a hand-written one."""
        return next((qid for qid, row in self._files.queries.items() if row["text"] == query), None)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the folder against another server; say what is wrong where it cannot be written."""
        from filelock import FileLock, Timeout

        try:
            self.qrels.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=10):
                yield
        except Timeout:
            raise StageError(
                "Another program has held the judgements for 10 seconds.", where=str(self.folder)
            ) from None
        except OSError as error:
            raise StageError(
                f"The judgement was not saved: {error.strerror or error}.",
                where=str(error.filename or self.folder),
            ) from error

    def _write(self, queries: dict[str, dict[str, Any]], marks: dict[tuple[str, str], Mark]) -> None:
        """Passages before queries before judgements, so that a kill leaves no judgement of what is not there."""
        if not self._corpus_written:
            judged = {pid for _, pid in marks}
            gone = [row for pid, row in self._gone.items() if pid in judged]
            now = ({"_id": p.id, "title": p.title, "text": p.text} for p in self._passages())
            _replace(
                self.folder,
                self.corpus,
                (json.dumps(row, ensure_ascii=False) for rows in (now, gone) for row in rows),
            )
            self._corpus_written = True
        # what is taken away leaves the judgements first, what is new comes to the queries first
        both = {**self._files.queries, **queries}
        if both != self._files.queries or not self.queries.exists():
            _replace(
                self.folder, self.queries, (json.dumps(row, ensure_ascii=False) for row in both.values())
            )
        lines = ("\t".join((q, p, str(m.grade), m.by, m.at, m.text)) for (q, p), m in marks.items())
        _replace(self.folder, self.qrels, ("\t".join(COLUMNS), *lines))
        if both != queries:
            _replace(
                self.folder, self.queries, (json.dumps(row, ensure_ascii=False) for row in queries.values())
            )
        self._files = _Files(queries, marks, self._stamp())

    def _stamp(self) -> tuple[Any, ...]:
        stats = [p.stat() if p.exists() else None for p in (self.queries, self.qrels)]
        return tuple((s.st_ino, s.st_size, s.st_mtime_ns) if s else None for s in stats)

    def _refresh(self) -> None:
        """Read the files where they are not as we left them."""
        stamp = self._stamp()
        if stamp != self._files.seen:
            queries = _read_queries(self.queries) if self.queries.exists() else {}
            marks = _read_marks(self.qrels, queries) if self.qrels.exists() else {}
            for line, (_, pid) in enumerate(marks, start=2):
                if self._find(pid) is None and pid not in self._gone:
                    raise DataError(
                        f'There is no passage "{pid[:80]}", among the documents or in corpus.jsonl.',
                        where=f"{self.qrels}:{line}",
                    )
            self._files = _Files(queries, marks, stamp)

    def _read_gone(self) -> dict[str, dict[str, Any]]:
        """Passages of an earlier corpus that are no longer among the documents."""
        if not self.corpus.exists():
            return {}
        rows = _json_lines(self.corpus)
        return {row["_id"]: row for _, row in rows if self._find(row["_id"]) is None}


def text_hash(passage: Passage) -> str:
    """A short hash of what was judged."""
    return sha256(full_text(passage.title, passage.text).encode()).hexdigest()[:12]


def _replace(folder: Path, path: Path, lines: Iterable[str]) -> None:
    """Write a file aside, force it to disk, and put it in the place of the old one."""
    aside = folder / f".{path.name}.{os.getpid()}"  # never in qrels/, where every file is a split
    with aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
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


def _read_queries(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for number, row in _json_lines(path):
        if row["_id"] in found:
            raise DataError(f'The id "{row["_id"]}" stands here a second time.', where=f"{path}:{number}")
        found[row["_id"]] = row
    return found


def _read_marks(path: Path, queries: dict[str, Any]) -> dict[tuple[str, str], Mark]:
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
