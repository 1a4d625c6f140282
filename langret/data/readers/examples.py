"""Examples of tasks from the columns in which they are published.

What is told apart by columns is read here: pairs of sentences, labelled texts, summaries, one example a row or, as
older sets of MTEB have it, one list a column. What any other reader gives (parallel text, judged passages, a folder of
documents) becomes examples in `langret.data.readers.tasks`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from langret.data.readers.job import Job, Row, Table, id_of
from langret.data.readers.rows import Columns
from langret.data.records import Rejected
from langret.data.tasks import Example, Labelled, Pair, Summarised
from langret.errors import DataError
from langret.recipe.schema import BenchmarkSource

COLUMNS = {
    "pairs": ("sentence1", "sentence2", "score", "label"),
    "labelled": ("text", "label", "split"),
    "summaries": ("human_summaries", "machine_summaries", "relevance"),
}
FIRST = ("sentence1", "sentence_1", "sent1", "text1", "question1", "premise", "sentence_a")
_SECOND = ("sentence2", "sentence_2", "sent2", "text2", "question2", "hypothesis", "sentence_b")
_SCORE = ("score", "similarity_score", "similarity", "scores", "label", "labels")
_LABEL = ("label", "labels", "is_duplicate", "is_paraphrase", "class", "category", "intent", "label_text")
_TEXT = ("text", "sentences", "sentence", "content", "title", "review", "tweet")
_HUMAN = ("human_summaries", "human_summary", "references", "text")
_MACHINE = ("machine_summaries", "machine_summary", "summaries", "summary")
_RELEVANCE = ("relevance", "scores", "score")

_TRUTH = {"1": 1.0, "0": 0.0, "true": 1.0, "false": 0.0}

Maker = Callable[[Row], Iterable[Example | Rejected]]


def pair_rows(job: Job, table: Table, task: str) -> Iterator[Example | Rejected]:
    """Rows of two texts with a score (``sts``), a label of 1 or 0 (``pair-classification``) or neither
    (``bitext-mining``)."""

    def prepare(names: list[str]) -> Maker:
        columns = Columns(names, job.source.columns, table.name)
        first, second = columns.need("sentence1", *FIRST), columns.need("sentence2", *_SECOND)
        if task == "bitext-mining":
            gold = None
        elif task == "sts":
            gold = columns.need("score", *_SCORE)
        else:
            gold = columns.need("label", *_LABEL, "score")

        labels = job.source.labels if isinstance(job.source, BenchmarkSource) else {}

        def records(row: Row) -> Iterable[Example | Rejected]:
            cells = [row.value.get(name) for name in (first, second, gold) if name is not None]
            for where, (a, b, *rest) in _unrolled(row, cells):
                if not isinstance(a, str) or not isinstance(b, str):
                    yield Rejected(where, "bad_text", f"{a!r}, {b!r}"[:120])
                    continue
                if task == "pair-classification":
                    yield _alike(where, a, b, rest[0], str(gold), labels)
                    continue
                value = _number(rest[0]) if rest else 1.0
                if value is None:
                    yield Rejected(where, "bad_score", f"column {gold}: {rest[0]!r} is not a number")
                else:
                    yield Pair(where, a, b, value)

        return _whole(records)

    return job.convert(table, prepare)


def _alike(
    where: str, first: str, second: str, cell: Any, column: str, labels: Mapping[str, int]
) -> Pair | Rejected:
    """A pair with its label.

    Raises:
        DataError: The label is neither 1 nor 0, and the recipe does not say what labels mean: of the three of
            entailment two would else be taken for 1 and 0.
    """
    label = _label(cell)
    if label is None:
        return Rejected(where, "missing_label", f"column {column}: {cell!r}"[:120])
    if labels:
        known = labels.get(label)
        return (
            Rejected(where, "other_label", label)
            if known is None
            else Pair(where, first, second, float(known))
        )
    if label.lower() not in _TRUTH:
        raise DataError(
            f"Column {column} holds the label {label[:40]!r}, and a pair is alike (1) or not (0).",
            where=where,
            hint="Say what the labels mean, such as `labels: {entailment: 1, contradiction: 0}`.",
        )
    return Pair(where, first, second, _TRUTH[label.lower()])


def labelled_rows(job: Job, table: Table, split: str) -> Iterator[Example | Rejected]:
    """Rows of a text with its label, or with labels from coarse to fine; a row that holds lists is a group of texts.

    Args:
        job: The source.
        table: Its rows.
        split: ``train`` or ``test``, or nothing where a column says it or lots are drawn.
    """

    def prepare(names: list[str]) -> Maker:
        columns = Columns(names, job.source.columns, table.name)
        text, label = columns.need("text", *_TEXT), columns.need("label", *_LABEL)
        part = columns.find("split", "split")

        def records(row: Row) -> Iterable[Example | Rejected]:
            grouped = isinstance(row.value.get(text), list)
            for where, (found, value) in _unrolled(row, [row.value.get(text), row.value.get(label)]):
                labels = [_label(v) for v in (value if isinstance(value, list) else [value])]
                if not isinstance(found, str):
                    yield Rejected(where, "bad_text", f"column {text}: {found!r}"[:120])
                elif not labels or None in labels:
                    yield Rejected(where, "missing_label", f"column {label}: {value!r}"[:120])
                else:
                    said = split or (str(row.value.get(part) or "") if part else "")
                    group = row.where if grouped else ""
                    yield Labelled(where, group, said, found, [v for v in labels if v is not None])

        return _whole(records)

    return job.convert(table, prepare)


def summary_rows(job: Job, table: Table) -> Iterator[Example | Rejected]:
    """Rows of one document: summaries that people wrote, summaries to be scored, and what people gave each of these.

    FinMTEB has one summary a row, beside the text itself instead of what people wrote.
    """

    def prepare(names: list[str]) -> Maker:
        columns = Columns(names, job.source.columns, table.name)
        human = columns.need("human_summaries", *_HUMAN)
        machine = columns.need("machine_summaries", *_MACHINE)
        relevance = columns.need("relevance", *_RELEVANCE)

        def records(row: Row) -> Iterable[Example | Rejected]:
            wrote, made, scores = (_listed(row.value.get(c)) for c in (human, machine, relevance))
            values = [_number(score) for score in scores]
            if not wrote or not all(isinstance(text, str) for text in (*wrote, *made)):
                yield Rejected(
                    row.where, "bad_text", f"columns {human} and {machine}: {(wrote, made)!r}"[:120]
                )
            elif len(made) != len(values):
                found = f"{len(made)} in {machine}, {len(values)} in {relevance}"
                yield Rejected(row.where, "unequal_lengths", found)
            elif None in values:
                yield Rejected(row.where, "bad_score", f"column {relevance}: {scores!r}"[:120])
            else:
                yield Summarised(row.where, wrote, made, [v for v in values if v is not None])

        return records

    return job.convert(table, prepare)


def _unrolled(row: Row, cells: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    """One example of a row of single values, many of a row of lists.

    Raises:
        _UnequalError: Its lists are not equally long.
    """
    if not isinstance(cells[0], list):
        yield row.where, cells
        return
    # the way older sets of MTEB wrap a whole split into one row
    lists = [c[0] if isinstance(c, list) and len(c) == 1 and isinstance(c[0], list) else c for c in cells]
    lengths = [len(c) if isinstance(c, list) else 1 for c in lists]
    if len(set(lengths)) > 1:
        raise _UnequalError(f"lists of {', '.join(map(str, lengths))} in one row")
    for number, values in enumerate(zip(*lists, strict=True), 1):
        yield f"{row.where}, {number}", list(values)


class _UnequalError(Exception):
    """Lists of one row that should be read side by side have different lengths."""


def _whole(records: Maker) -> Maker:
    """All examples of a row, or none of it where its lists do not fit."""

    def safe(row: Row) -> Iterable[Example | Rejected]:
        try:
            return list(records(row))
        except _UnequalError as error:
            return [Rejected(row.where, "unequal_lengths", str(error))]

    return safe


def _number(value: Any) -> float | None:
    if isinstance(value, list | dict) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _label(value: Any) -> str | None:
    """A label as text: ``1`` for 1, 1.0 and "1"; None for nothing and for NaN."""
    if isinstance(value, bool):
        return str(int(value))
    text = value.strip() if isinstance(value, str) else id_of(value) or ""
    return text if text and text.lower() != "nan" else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
