"""A person's judgements, kept as a folder in BEIR's layout: what a recipe reads, and nothing beside it.

The files are the only copy, and may be edited by hand: what another program wrote is read before anything is added, and
a mistake in it stops the writing, not the reading of the page.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from langret.data.readers.job import text_id
from langret.data.records import Passage, full_text
from langret.errors import DataError, StageError
from langret.serve.judged_files import (
    COLUMNS,
    GRADES,
    Mark,
    json_lines,
    read_marks,
    read_queries,
    replace_file,
)


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
            replace_file(
                self.folder,
                self.corpus,
                (json.dumps(row, ensure_ascii=False) for rows in (now, gone) for row in rows),
            )
            self._corpus_written = True
        # what is taken away leaves the judgements first, what is new comes to the queries first
        both = {**self._files.queries, **queries}
        if both != self._files.queries or not self.queries.exists():
            replace_file(
                self.folder, self.queries, (json.dumps(row, ensure_ascii=False) for row in both.values())
            )
        lines = ("\t".join((q, p, str(m.grade), m.by, m.at, m.text)) for (q, p), m in marks.items())
        replace_file(self.folder, self.qrels, ("\t".join(COLUMNS), *lines))
        if both != queries:
            replace_file(
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
            queries = read_queries(self.queries) if self.queries.exists() else {}
            marks = read_marks(self.qrels, queries) if self.qrels.exists() else {}
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
        rows = json_lines(self.corpus)
        return {row["_id"]: row for _, row in rows if self._find(row["_id"]) is None}


def text_hash(passage: Passage) -> str:
    """A short hash of what was judged."""
    return sha256(full_text(passage.title, passage.text).encode()).hexdigest()[:12]
