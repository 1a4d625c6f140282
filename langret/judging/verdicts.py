"""What a judge is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.errors import StageError, nearest

if TYPE_CHECKING:
    from langret.llm import Estimate

Ruling = Literal["negative", "false_negative", "partial", "unknown"]
"""What a candidate is: ``negative``; ``false_negative``, as good as the positive or better; ``partial``, relevant and
worse; ``unknown``, the judge gave no answer that can be used."""
RULINGS: tuple[Ruling, ...] = get_args(Ruling)

VERDICTS = pa.schema(
    [
        ("query_id", pa.string()),
        ("passage_id", pa.string()),
        ("judge", pa.string()),  # cross_encoder, llm, python; the second of a kind is llm-2
        ("verdict", pa.string()),  # a Ruling
        ("score", pa.float32()),  # null where the judge scores nothing
        ("note", pa.string()),  # what a judge quotes or gives as its reason, or why the verdict is unknown
    ]
)

Progress = Callable[[float, "float | None", str], None]
"""``progress(done, total, note)``: cases judged; the total is None, because cases stream."""


class Case(NamedTuple):
    """A query with its known positives and the candidates that a judge is to look at.

    Attributes:
        query_id: Id of the query.
        query: Its text.
        positives: Id and text of each known positive.
        candidates: Id and text of each candidate, best rank first.
    """

    query_id: str
    query: str
    positives: list[tuple[str, str]]
    candidates: list[tuple[str, str]]


class Verdict(NamedTuple):
    """What a judge says of one candidate."""

    query_id: str
    passage_id: str
    verdict: Ruling
    score: float | None = None
    note: str = ""


class CaseJudge(Protocol):
    """Anything that judges cases, one list of verdicts a case, in the order of cases and candidates."""

    def judge(self, cases: Iterable[Case], progress: Progress = ...) -> Iterator[list[Verdict]]:
        """Judge cases as they come; only a window of them is in memory at a time."""

    def estimate(self, cases: Iterable[Case]) -> Estimate | None:
        """What judging would cost at an endpoint, at most; None where none is asked."""


def silent(done: float, total: float | None, note: str) -> None:
    """Report progress to nobody."""


def verdict_table(judge: str, judged: Iterable[Sequence[Verdict]]) -> pa.Table:
    """Put what a judge said into a table.

    Args:
        judge: Name of the judge, from ``judge_names``.
        judged: Verdicts by case, as ``judge`` of a judge yields them; read as they come.

    Returns:
        ``VERDICTS``, in the order of the verdicts.

    Examples:
        >>> verdict_table("llm", [[Verdict("q", "p", "negative")]]).to_pylist()[0]["verdict"]
        'negative'
    """
    batches: list[pa.RecordBatch] = []
    rows: list[Verdict] = []

    def flush() -> None:
        columns = list(zip(*rows, strict=True)) if rows else [()] * 5
        names = [judge] * len(rows)
        arrays = [columns[0], columns[1], names, columns[2], columns[3], columns[4]]
        batches.append(
            pa.record_batch(
                [pa.array(list(a), f.type) for a, f in zip(arrays, VERDICTS, strict=True)], schema=VERDICTS
            )
        )
        rows.clear()

    for verdicts in judged:
        rows.extend(verdicts)
        if len(rows) >= 65536:
            flush()
    flush()
    return pa.Table.from_batches(batches, schema=VERDICTS)


def ruling_codes(table: pa.Table) -> np.ndarray:
    """Numbers of the verdicts of a table in ``RULINGS``.

    Raises:
        StageError: A verdict has another name.
    """
    column = table.column("verdict")
    codes = pc.index_in(column, value_set=pa.array(RULINGS, pa.string()))
    if codes.null_count:
        row = int(np.flatnonzero(codes.is_null().to_numpy())[0])
        found = table.slice(row, 1).to_pylist()[0]
        raise StageError(
            f'found the verdict "{found["verdict"]}"',
            where=f'judge "{found["judge"]}", query {found["query_id"]}, passage {found["passage_id"]}',
            hint=nearest(str(found["verdict"]), RULINGS),
        )
    return codes.to_numpy().astype(np.int8)


class Rulings:
    """The verdicts of one judge, to be looked up query by query.

    A judge that says two different things of one candidate contradicts itself: the candidate is ``unknown``.

    Args:
        table: ``VERDICTS`` of one judge.
    """

    def __init__(self, table: pa.Table) -> None:
        self._passages = table.column("passage_id").combine_chunks()
        self._codes = ruling_codes(table)
        queries = table.column("query_id").combine_chunks().dictionary_encode()
        self._numbers = {name: i for i, name in enumerate(queries.dictionary.to_pylist())}
        codes = queries.indices.to_numpy(zero_copy_only=False)
        self._rows = np.argsort(codes, kind="stable")
        self._starts = np.searchsorted(codes[self._rows], np.arange(len(self._numbers) + 1))

    def of(self, query_id: str) -> dict[str, Ruling]:
        """What the judge said of each candidate of a query; empty where it did not see the query."""
        number = self._numbers.get(query_id)
        if number is None:
            return {}
        rows = self._rows[self._starts[number] : self._starts[number + 1]]
        found: dict[str, Ruling] = {}
        for passage_id, code in zip(
            self._passages.take(pa.array(rows)).to_pylist(), self._codes[rows], strict=True
        ):
            said = RULINGS[code]
            found[passage_id] = said if found.get(passage_id, said) == said else "unknown"
        return found
