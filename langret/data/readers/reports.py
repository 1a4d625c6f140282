"""TAT-QA: questions under the table and the paragraphs of a financial report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from langret.data.readers.job import Job, id_of
from langret.data.records import Judgement, Passage, Query, Record, Rejected


def report_records(job: Job, report: dict[str, Any]) -> Iterator[Record]:
    """Read one report: ``table``, ``paragraphs`` and ``questions``.

    Every paragraph is a passage, and so is the table, a row a line and its cells between bars. A question's positives
    are the paragraphs that it names in ``rel_paragraphs``, and the table where ``answer_from`` speaks of it.
    """
    where = job.here
    places: dict[str, str] = {}
    for n, paragraph in enumerate(_list(report.get("paragraphs")), 1):
        text = paragraph.get("text") if isinstance(paragraph, dict) else None
        pid = id_of(paragraph.get("uid")) if isinstance(paragraph, dict) else ""
        if not isinstance(text, str) or not pid:
            yield Rejected(f"{where}, paragraph {n}", "no_context", str(paragraph)[:80])
            continue
        places[str(paragraph.get("order"))] = pid
        yield Passage(pid, text)
    table = report.get("table")
    table_id = (id_of(table.get("uid")) or "") if isinstance(table, dict) else ""
    if table_id:
        rows = (_list(row) for row in _list(table["table"] if isinstance(table, dict) else []))
        yield Passage(table_id, "\n".join(" | ".join(str(c).strip() for c in row) for row in rows))
    for n, item in enumerate(_list(report.get("questions")), 1):
        query = item.get("question") if isinstance(item, dict) else None
        qid = id_of(item.get("uid")) if isinstance(item, dict) else ""
        if not isinstance(query, str) or not qid:
            reason = "missing_id" if isinstance(query, str) else "bad_query"
            yield Rejected(f"{where}, question {n}", reason, str(item)[:80])
            continue
        yield Query(qid, query)
        if job.candidates:
            # the rest of the report is what a reader has to look through
            yield from (
                Judgement(qid, pid, 0) for pid in (*places.values(), *([table_id] if table_id else []))
            )
        for order in _list(item.get("rel_paragraphs")):
            if place := places.get(str(order)):
                yield Judgement(qid, place)
            else:
                yield Rejected(f"{where}, question {n}", "unknown_passage", f"paragraph {order}")
        if table_id and "table" in str(item.get("answer_from")):
            yield Judgement(qid, table_id)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
