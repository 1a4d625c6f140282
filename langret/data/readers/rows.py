"""Rows that hold a query with its passages, or a passage alone: which column is what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from langret.data.readers.job import Job, Row, Table, id_of, text_id
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import DataError, nearest

ROLES = ("query", "positive", "negatives", "query_id", "passage_id", "title", "text", "relevance")
# Names that people give their columns, most telling first.
QUERY = ("query", "question", "query_text", "anchor", "search_query")
_POSITIVE = (
    *("positive", "positives", "pos", "positive_passages", "positive_passage", "positive_documents"),
    *("positive_document", "positive_ctxs", "passage", "document", "doc", "context", "text", "answer"),
)
_NEGATIVES = (
    *("negatives", "negative", "neg", "negs", "negative_passages", "negative_passage", "hard_negatives"),
    *("hard_negative", "negative_documents", "hard_negative_ctxs"),
)
_QUERY_ID = ("query_id", "qid", "q_id", "question_id", "topic_id", "topic")
_PASSAGE_ID = (
    *("passage_id", "pid", "docid", "doc_id", "document_id", "corpus_id", "context_id", "passage_row_id"),
    "docno",
)
_TITLE = ("title", "page_title")
_TEXT = ("text", "contents", "content", "passage", "document", "context", "body", "abstract", "description")
_RELEVANCE = ("relevance", "rel", "label")
_ID = ("id", "_id")
_NUMBERED = re.compile(r"(hard_)?neg(ative)?s?_?\d+")


class Columns:
    """Which column plays which part.

    Args:
        names: Columns that the data has.
        given: ``columns`` of the recipe, which come before everything guessed.
        where: What is being read.

    Raises:
        DataError: ``given`` names a column that the data does not have.
    """

    def __init__(self, names: list[str], given: Mapping[str, str], where: str) -> None:
        self.names, self.where = names, where
        self.given = dict(given)
        self._plain = {re.sub(r"[\s-]+", "_", n.strip().lower()): n for n in reversed(names)}
        for role, column in given.items():
            if column not in names:
                raise DataError(
                    f"There is no column {column!r} (for {role}).", where=where, hint=nearest(column, names)
                )

    def find(self, role: str, *aliases: str) -> str | None:
        """Return the column given for ``role``, else the first of ``aliases`` that is there."""
        if role in self.given:
            return self.given[role]
        taken = set(self.given.values())
        there = (self._plain[a] for a in aliases if a in self._plain)
        return next((c for c in there if c not in taken), None)

    def need(self, role: str, *aliases: str) -> str:
        """Like ``find``, for a column without which nothing can be read.

        Raises:
            DataError: It is not there.
        """
        column = self.find(role, *aliases)
        if column is None:
            raise self.missing(role, aliases)
        return column

    def missing(self, role: str, aliases: Iterable[str]) -> DataError:
        """Return the error for a part that no column plays."""
        found = ", ".join(self.names) or "none"
        alike = (n for n in self.names if get_close_matches(n.lower(), aliases, 1, 0.75))
        near = next((f" Column {n!r} looks like it." for n in alike), "")
        return DataError(
            f"No column holds the {role}. Columns found: {found}.",
            where=self.where,
            hint=f"Name it with `columns: {{{role.split()[0]}: NAME}}`.{near}",
        )


def row_records(job: Job, table: Table) -> Iterator[Record]:
    """Read rows of queries with passages, or of passages alone, whichever the columns say."""

    def prepare(names: list[str]) -> Callable[[Row], Iterable[Record]]:
        columns = Columns(names, job.source.columns, table.name)
        query = columns.find("query", *QUERY)
        if query is not None:
            return PairRow(columns, query)
        if "text" in columns.given or columns.find("text", *_TEXT) or columns.find("title", *_TITLE):
            return passage_row(columns, pair_titles=job.source.queries)
        raise columns.missing("query", (*QUERY, *_TEXT, *_POSITIVE))

    return job.convert(table, prepare)


class PairRow:
    """One row: a query, its positives and perhaps negatives, as texts, lists of texts, or lists of passages.

    A row of SQuAD's kind whose question has no answer (``is_impossible``, or ``answers`` without a text)
    gives the query and the passage and no judgement.
    """

    def __init__(self, columns: Columns, query: str) -> None:
        self.query = query
        given = columns.given.get("positive", columns.given.get("text"))
        self.positive = given or columns.find("positive", *_POSITIVE)
        negatives = columns.find("negatives", *_NEGATIVES)
        self.negatives = [negatives] if negatives else []
        if "negatives" not in columns.given:
            self.negatives += [n for n in columns.names if _NUMBERED.fullmatch(n.lower())]
        if self.positive is None and not self.negatives:
            raise columns.missing("positive passage", _POSITIVE)
        self.query_id = columns.find("query_id", *_QUERY_ID, *_ID)
        self.passage_id = columns.find("passage_id", *_PASSAGE_ID)
        self.title = columns.find("title", *_TITLE)
        self.relevance = columns.find("relevance", *_RELEVANCE)

    def __call__(self, row: Row) -> Iterable[Record]:
        """Return the records of a row, or the reason why there are none."""
        value = row.value
        text = value.get(self.query)
        if text is None:
            text = ""
        if not isinstance(text, str):
            return [Rejected(row.where, "bad_query", f"{type(text).__name__}, not text: {text!r}"[:120])]
        qid = id_of(value.get(self.query_id)) if self.query_id else text_id("q", text)
        if not qid:
            return [Rejected(row.where, "missing_id", f"column {self.query_id}: {text}")]
        grade = _grade(_cell(value, self.relevance)) if self.relevance else 1
        if grade is None:
            found = f"column {self.relevance}: {_cell(value, self.relevance)!r} is not a whole number"
            return [Rejected(row.where, "bad_relevance", found)]
        records: list[Record] = [Query(qid, text)]
        answerable = not _unanswerable(value)
        try:
            if self.positive:
                for passage in self._passages(value.get(self.positive), value, own=True):
                    records.append(passage)
                    if answerable:
                        records.append(Judgement(qid, passage.id, grade))
            for column in self.negatives:
                for passage in self._passages(value.get(column), value, own=False):
                    records += [passage, Judgement(qid, passage.id, 0)]
        except _BadPassageError as error:
            return [Rejected(row.where, "bad_passage", str(error))]
        return records

    def _passages(self, cell: Any, row: dict[str, Any], *, own: bool) -> Iterator[Passage]:
        """Passages of a cell; the row's own id and title belong to a single positive."""
        items = _items(cell)
        alone = own and (not isinstance(cell, list) or len(items) == 1)
        for item in items:
            if isinstance(item, str):
                title = _text(_cell(row, self.title)) if alone else ""
                pid = id_of(_cell(row, self.passage_id)) if alone else ""
                yield Passage(pid or text_id("p", item, title), item, title)
            elif isinstance(item, dict):
                title = _text(item.get("title"))
                text = next((item[k] for k in _TEXT if isinstance(item.get(k), str)), None)
                if text is None:
                    raise _BadPassageError(f"a passage with the keys {', '.join(map(str, item))} has no text")
                pid = next((id_of(item[k]) for k in (*_PASSAGE_ID, *_ID) if item.get(k) is not None), "")
                yield Passage(pid or text_id("p", text, title), text, title)
            else:
                raise _BadPassageError(f"{type(item).__name__}, not text: {item!r}"[:120])


class _BadPassageError(Exception):
    """A cell that should hold a passage holds something else."""


def passage_row(columns: Columns, *, pair_titles: bool) -> Callable[[Row], Iterable[Record]]:
    """Rows that are passages.

    Args:
        columns: Columns of the data.
        pair_titles: Whether a title becomes a query with its passage as the positive. The passage then goes
            without its title: a pair whose passage begins with the query would teach nothing but copying. A
            first line that repeats the title, as WikiExtractor writes it, goes for the same reason.
    """
    title_column = columns.find("title", *_TITLE)
    text_column = columns.find("text", *_TEXT) or columns.find("positive", *_POSITIVE)
    id_column = columns.find("passage_id", *_PASSAGE_ID, *_ID)
    if text_column is None:
        raise columns.missing("text", _TEXT)

    def records(row: Row) -> Iterable[Record]:
        text, title = row.value.get(text_column), _text(_cell(row.value, title_column)).strip()
        if text is not None and not isinstance(text, str):
            return [Rejected(row.where, "bad_passage", f"{type(text).__name__}, not text: {text!r}"[:120])]
        text = text or ""
        pid = id_of(row.value.get(id_column)) if id_column else text_id("p", text, title)
        if not pid:
            return [Rejected(row.where, "missing_id", f"column {id_column}: {title or text}")]
        if not pair_titles or not title:
            return [Passage(pid, text, title)]
        head, _, body = text.partition("\n")
        if head.strip() == title:
            text = body.strip()
        if not text.strip():
            return [Passage(pid, "", title)]
        query = text_id("q", title)
        return [Passage(pid, text), Query(query, title), Judgement(query, pid)]

    return records


def query_row(columns: Columns) -> Callable[[Row], Iterable[Record]]:
    """Rows that are queries."""
    text_column = columns.need("query", *QUERY, *_TEXT)
    id_column = columns.need("query_id", *_QUERY_ID, *_ID)

    def records(row: Row) -> Iterable[Record]:
        text, qid = row.value.get(text_column), id_of(row.value.get(id_column))
        if text is not None and not isinstance(text, str):
            return [Rejected(row.where, "bad_query", f"{type(text).__name__}, not text: {text!r}"[:120])]
        if not qid:
            return [Rejected(row.where, "missing_id", f"column {id_column}: {text}")]
        return [Query(qid, text or "")]

    return records


def qrel_row(columns: Columns) -> Callable[[Row], Iterable[Record]]:
    """Rows that are judgements; without a column for relevance every row is a positive."""
    query_column = columns.need("query_id", *_QUERY_ID, "query")
    passage_column = columns.need("passage_id", *_PASSAGE_ID, "passage", "document")
    relevance_column = columns.find("relevance", *_RELEVANCE, "score")

    def records(row: Row) -> Iterable[Record]:
        qid, pid = id_of(row.value.get(query_column)), id_of(row.value.get(passage_column))
        if not qid or not pid:
            return [Rejected(row.where, "missing_id", str(row.value)[:80])]
        grade = _grade(_cell(row.value, relevance_column)) if relevance_column else 1
        if grade is None:
            found = f"{_cell(row.value, relevance_column)!r} is not a whole number"
            return [Rejected(row.where, "bad_relevance", found)]
        return [Judgement(qid, pid, grade)]

    return records


def candidate_row(columns: Columns) -> Callable[[Row], Iterable[Record]]:
    """Rows that name passages to be ranked for a query, one or a list: not relevant unless the judgements say so."""
    query_column = columns.need("query_id", *_QUERY_ID, "query")
    passage_column = columns.need("passage_id", *_PASSAGE_ID, "corpus_ids", "passage", "document")

    def records(row: Row) -> Iterable[Record]:
        qid, cell = id_of(row.value.get(query_column)), row.value.get(passage_column)
        ids = [id_of(item) for item in (cell if isinstance(cell, list) else [cell])]
        if not qid or not all(ids):
            return [Rejected(row.where, "missing_id", str(row.value)[:80])]
        return [Judgement(qid, pid, 0) for pid in ids]

    return records


def _cell(row: dict[str, Any], column: str | None) -> Any:
    return None if column is None else row.get(column)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _grade(value: Any) -> int | None:
    try:
        grade = float(value)
    except (TypeError, ValueError):
        return None
    return int(grade) if grade.is_integer() and abs(grade) < 2**31 else None


def _items(cell: Any) -> list[Any]:
    """Return the passages of a cell: one text, one mapping, a list of either, or a mapping of lists."""
    if cell is None:
        return []
    if isinstance(cell, list):
        return cell
    if isinstance(cell, dict) and cell and all(isinstance(v, list) for v in cell.values()):
        return [dict(zip(cell, values, strict=False)) for values in zip(*cell.values(), strict=False)]
    return [cell]


def _unanswerable(row: dict[str, Any]) -> bool:
    if isinstance(row.get("is_impossible"), bool):
        return row["is_impossible"]
    answers = row.get("answers")
    return isinstance(answers, dict) and answers.get("text") == []
