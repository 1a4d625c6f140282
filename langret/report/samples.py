"""Examples of training data for the report: pairs that stayed, and rows that were set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    from langret.data.records import Collection

_PER_REASON = 2


class Pair(NamedTuple):
    """A query and its positives: ids and texts."""

    id: str
    query: str
    positives: list[tuple[str, str]]


class Aside(NamedTuple):
    """A row that was set aside: its table, the reason, its id, its text."""

    table: str
    reason: str
    id: str
    text: str


def pairs(data: Collection, count: int, seed: int) -> list[Pair]:
    """A few queries of the training data with their positives, drawn by the seed."""
    from langret.data.records import Texts
    from langret.mining.candidates import lot

    positives = data.positives()
    asked = {q.id: q.text for q in data.kept_queries() if q.id in positives}
    texts = Texts(data.passages)
    return [
        Pair(qid, asked[qid], [(pid, texts.get(pid, "")) for pid in positives[qid]])
        for qid in sorted(asked, key=lambda qid: lot(seed, "sample", qid))[:count]
    ]


def set_aside(data: Collection, count: int = _PER_REASON) -> list[Aside]:
    """The first rows of each reason: passages, queries, and rows that could not be read."""
    found = []
    for name, table, columns in (
        ("passages", data.passages, ("id", "text")),
        ("queries", data.queries, ("id", "text")),
        ("rejected", data.rejected, ("where", "found")),
    ):
        for reason, rows in _by_reason(table, count):
            values = zip(*(rows.column(c).to_pylist() for c in columns), strict=True)
            found += [Aside(name, reason, where, text) for where, text in values]
    return found


def _by_reason(table: pa.Table, count: int) -> list[tuple[str, pa.Table]]:
    import pyarrow.compute as pc

    if "kept" in table.schema.names:
        table = table.filter(pc.invert(table.column("kept")))
    reasons = table.column("reason")
    return [
        (reason, table.filter(pc.equal(reasons, reason)).slice(0, count))
        for reason in sorted(reasons.unique().to_pylist())
    ]
