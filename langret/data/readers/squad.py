"""SQuAD JSON and its relatives: questions under the paragraph that answers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langret.data.readers.job import Job, id_of, text_id
from langret.data.readers.reports import report_records
from langret.data.readers.tables import read_json
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import DataError


def squad_records(job: Job, files: list[Path]) -> Iterator[Record]:
    """Read SQuAD files (``data[].paragraphs[].qas[]``), or a list of paragraphs as CMRC and IDK-MRC have it, or of
    reports as TAT-QA has it.

    A question marked ``is_impossible`` becomes a query without a positive; the paragraph stays.

    Raises:
        DataError: A file is not JSON, or holds no paragraph with questions.
    """
    for path in files:
        found = False
        for record in _paragraphs(job, path, read_json(path)):
            found = found or not isinstance(record, Rejected)
            yield record
        if not found:
            raise DataError(
                "There is no paragraph with questions in it.",
                where=str(path),
                hint='SQuAD has {"data": [{"title": …, "paragraphs": [{"context": …, "qas": […]}]}]}.',
            )


def _paragraphs(job: Job, path: Path, content: Any) -> Iterator[Record]:
    articles = content.get("data") if isinstance(content, dict) else content
    if not isinstance(articles, list):
        found = f"a mapping of {', '.join(map(str, content))}" if isinstance(content, dict) else "no list"
        raise DataError(f"Expected `data` to hold a list of articles, found {found[:200]}.", where=str(path))
    for a, article in enumerate(articles):
        where = f"{path}: article {a + 1}"
        if not isinstance(article, dict):
            yield Rejected(where, "not_an_object", str(article)[:80])
            continue
        if "questions" in article:
            job.here = where
            yield from report_records(job, article)
            continue
        inner = article.get("paragraphs")
        if inner is None:
            inner = [article]
        if not isinstance(inner, list):
            yield Rejected(where, "no_paragraphs", str(inner)[:80])
            continue
        for p, paragraph in enumerate(inner):
            job.here = where if inner[0] is article else f"{where}, paragraph {p + 1}"
            yield from _paragraph(job, paragraph, article.get("title"))


def _paragraph(job: Job, paragraph: Any, title: Any) -> Iterator[Record]:
    text = questions = None
    if isinstance(paragraph, dict):
        text, questions = paragraph.get("context", paragraph.get("context_text")), paragraph.get("qas")
    if not isinstance(text, str) or not isinstance(questions, list):
        yield Rejected(job.here, "no_context", str(paragraph)[:80])
        return
    title = title if isinstance(title, str) else ""
    pid = id_of(paragraph.get("context_id")) or text_id("p", text, title)
    yield Passage(pid, text, title)
    for q, item in enumerate(questions):
        where = f"{job.here}, question {q + 1}"
        query = item.get("question", item.get("query_text")) if isinstance(item, dict) else None
        if not isinstance(query, str):
            yield Rejected(where, "bad_query", str(item)[:80])
            continue
        given = item.get("id", item.get("query_id"))
        qid = id_of(given) if given is not None else text_id("q", query)
        if not qid:
            yield Rejected(where, "missing_id", query)
            continue
        yield Query(qid, query)
        if item.get("is_impossible") is not True:
            yield Judgement(qid, pid)
