"""What the page asks for, as functions from plain values to plain values; HTTP is in ``server``."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from langret.errors import DataError, StageError, nearest
from langret.report.highlight import Piece
from langret.serve.documents import Documents, Tell, open_documents
from langret.serve.judged_files import GRADES
from langret.serve.judgements import JudgementBook
from langret.serve.systems import System, open_bm25, open_model
from langret.serve.target import Target

LONGEST_QUERY = 4_000
"""Characters. Models read some tens or hundreds of tokens; more than this is a slip of the clipboard."""
LONGEST_PASSAGE = 6_000
"""Characters of a passage that the page shows."""
MOST = 50
_SAMPLES = 6


class Site:
    """A target and its documents, ready to be searched and judged by several people at once.

    Args:
        target: The run or model that is served.
        documents: What is searched.
        systems: BM25 first, then the models.
        book: Where judgements are saved.
        by: Name that stands beside each judgement.
        notes: What a person should know about what is served.
    """

    def __init__(
        self,
        target: Target,
        documents: Documents,
        systems: Sequence[System],
        book: JudgementBook,
        by: str,
        notes: Sequence[str] = (),
    ) -> None:
        self.name, self.language = target.name, target.language
        self.documents, self.systems, self.book = documents, {s.name: s for s in systems}, book
        self.by, self.notes = by, list(notes)
        self._at_work = threading.Lock()  # one search at a time: times would else be those of the neighbours

    def state(self) -> dict[str, Any]:
        """What is served, and which queries have judgements."""
        return {
            "name": self.name,
            "language": self.language.code,
            "language_name": self.language.name,
            "documents": {"name": self.documents.name, "count": len(self.documents)},
            "systems": [{"name": s.name, "kind": s.kind, "how": s.how} for s in self.systems.values()],
            "grades": {str(grade): said for grade, said in GRADES.items()},
            "folder": str(self.book.folder),
            "notes": self.notes,
            "samples": self._samples,
            "queries": self._queries(),
        }

    def search(self, query: object, system: object, k: object = 10) -> dict[str, Any]:
        """The best passages of a query by one system.

        Args:
            query: Text.
            system: Name of a system.
            k: Passages wanted, 1 to 50.

        Raises:
            DataError: The query is empty or too long, there is no such system, or ``k`` is out of range.
        """
        text, chosen = self._query(query), self._system(system)
        if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST:
            raise DataError(f"1 to {MOST} passages can be shown (found: {k!r}).")
        with self._at_work:
            found = chosen.search(text, k)
        hits = []
        for place, score in zip(found.places, found.scores, strict=True):
            passage = self.documents.passage(place)
            hits.append(
                {
                    "id": passage.id,
                    "title": passage.title,
                    "text": passage.text[:LONGEST_PASSAGE],
                    "cut": max(len(passage.text) - LONGEST_PASSAGE, 0),
                    "score": score,
                }
            )
        return {
            "query": text,
            "hits": hits,
            "encode": found.encode,
            "search": found.search,
            "given": self._given.get(text, {}),
            "judged": self._judged(text),
        }

    def explain(self, query: object, system: object, ids: object) -> dict[str, Any]:
        """Which parts of passages match.

        Args:
            query: Text.
            system: Name of a system.
            ids: Ids of at most 50 passages.

        Raises:
            DataError: The query, the system or an id is wrong.
        """
        text, chosen = self._query(query), self._system(system)
        if not isinstance(ids, list) or len(ids) > MOST:
            raise DataError(f"A list of at most {MOST} ids is expected.")
        passages = [self.documents.find(pid) for pid in ids]
        if None in passages:
            unknown = ids[passages.index(None)]
            raise DataError(f"There is no passage {str(unknown)[:80]!r}.")
        with self._at_work:
            found = chosen.explain(text, [p for p in passages if p is not None])
        return {
            "query": _plain(found.query),
            "passages": {
                pid: {"title": _plain(marked.title), "text": _plain(marked.text)}
                for pid, marked in found.passages.items()
            },
        }

    def judge(self, query: object, passage: object, grade: object) -> dict[str, Any]:
        """Save a judgement at once, or take it back where the grade is None.

        Raises:
            DataError: The query, the passage or the grade is wrong, or the files have a mistake.
            StageError: The files cannot be written.
        """
        text = self._query(query)
        if not isinstance(passage, str) or not isinstance(grade, int | None):
            raise DataError("A judgement has the id of a passage and a grade: 2, 1, 0 or nothing.")
        self.book.set(text, passage, grade, self.by)
        return {"query": text, "judged": self._judged(text), "queries": self._queries()}

    def _query(self, query: object) -> str:
        if not isinstance(query, str):
            raise DataError(f"A query is text (found: {type(query).__name__}).")
        if len(query) > LONGEST_QUERY:
            raise DataError(
                f"The query has {len(query):,} characters; at most {LONGEST_QUERY:,} are searched for."
            )
        text = self.language.normalize(query.encode("utf-8", "replace").decode()).strip()
        if not text:
            raise DataError("The query is empty.")
        return " ".join(text.split())

    def _system(self, name: object) -> System:
        if not isinstance(name, str) or name not in self.systems:
            raise DataError(
                f"There is no system {str(name)[:80]!r}.", hint=nearest(str(name)[:80], self.systems)
            )
        return self.systems[name]

    def _judged(self, query: str) -> dict[str, Any]:
        return {
            pid: {**mark._asdict(), "stale": self.book.is_stale(pid, mark)}
            for pid, mark in self.book.of_query(query).items()
        }

    def _queries(self) -> list[dict[str, Any]]:
        return [{"text": text, "grades": grades} for text, grades in self.book.judged()]

    @cached_property
    def _given(self) -> dict[str, dict[str, int]]:
        """Judgements that came with the documents, by the query's text and the passage's id."""
        texts = {q.id: " ".join(q.text.split()) for q in self.documents.collection.kept_queries()}
        found: dict[str, dict[str, int]] = {}
        for judgement in self.documents.collection.kept_judgements():
            if judgement.query_id in texts:
                found.setdefault(texts[judgement.query_id], {})[judgement.passage_id] = judgement.relevance
        return found

    @cached_property
    def _samples(self) -> list[str]:
        """A few queries that came with the documents, spread over them."""
        queries = list(dict.fromkeys(self._given))
        return queries[:: max(len(queries) // _SAMPLES, 1)][:_SAMPLES]


def open_site(target: Target, documents: Path | None, judgements: Path | None, by: str, tell: Tell) -> Site:
    """Read the documents, index and encode what is not on disk yet, and open the judgements.

    Args:
        target: The run or model to serve.
        documents: A file or folder of any format that training reads; None for the run's own benchmark.
        judgements: Folder for judgements; default: one for each set of documents, in the run's folder.
        by: Name that stands beside each judgement.
        tell: Hears what is being done.

    Raises:
        DataError: The documents or the judgements cannot be read.
        ModelError: A model cannot be loaded.
        StageError: The index cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        target.index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.index / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell("Waiting for another langret serve, which prepares this index", 0, None)
            lock.acquire()
        try:
            found = open_documents(target, documents, tell)
            systems: list[System] = [open_bm25(target.language, found, tell)]
            systems += [open_model(model, found, tell) for model in target.models]
        finally:
            lock.release()
    except OSError as error:
        raise StageError(
            f"The index cannot be kept: {error.strerror or error}.", where=str(error.filename or target.index)
        ) from error

    folder = judgements or target.judgements / found.name
    book = JudgementBook(folder, found.collection.kept_passages, found.find)
    notes = [*target.notes, *found.notes]
    if stale := book.stale():
        notes.append(f"{stale:,} judgements are of a text that has changed since, or is gone.")
    return Site(target, found, systems, book, by, notes)


def _plain(pieces: Sequence[Piece]) -> list[list[Any]]:
    """Pieces as JSON, as far as the page shows them: text, the numbers of what it matched, weight from 0 to 1."""
    plain: list[list[Any]] = []
    left = LONGEST_PASSAGE
    for piece in pieces:
        if left > 0:
            plain.append([piece.text[:left], piece.numbers, round(piece.weight, 3)])
        left -= len(piece.text)
    return plain
