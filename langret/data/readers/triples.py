"""Triples of query, positive and negative: ids with a collection beside them, or the texts themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from langret.data.readers.job import Job, Row, Table, id_of, text_id
from langret.data.readers.parts import passage_table, query_table
from langret.data.readers.paths import find_part, must_exist
from langret.data.readers.rows import Columns, passage_row, query_row
from langret.data.readers.tables import text_lines
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import DataError

MMARCO_COLLECTION = "data/google/collections/{}_collection.tsv"
MMARCO_QUERIES = "data/google/queries/train/{}_queries.train.tsv"
MMARCO_TRIPLES = "data/triples.train.ids.small.tsv"


def mmarco_files(language: str) -> dict[str, str]:
    """Return where unicamp-dl/mmarco keeps the parts of a language (English name, lower case)."""
    return {
        "passages": MMARCO_COLLECTION.format(language),
        "queries": MMARCO_QUERIES.format(language),
        "triples": MMARCO_TRIPLES,
    }


def triple_records(job: Job, files: dict[str, Path | None]) -> Iterator[Record]:
    """Read triples as ColBERT and MS MARCO have them.

    A line is tab-separated or a JSON list: query, positive, then any number of negatives; a JSON entry may
    be a pair of id and score, whose score is not used. With a collection the fields are ids, without one
    they are texts.

    Args:
        job: The source.
        files: Files under ``triples``, and ``passages`` and ``queries`` or None.
    """
    passages, queries, triples = files["passages"], files["queries"], files["triples"]
    if triples is None or (passages is None) != (queries is None):
        raise DataError(
            "Triples of ids need a collection and queries beside them; triples of texts need neither.",
            where=str(job.root),
            hint="Name them with `files: {triples: …, passages: …, queries: …}`.",
        )
    if passages is not None and queries is not None:
        name = str(passages)
        yield from job.convert(
            passage_table(passages), lambda names: passage_row(Columns(names, {}, name), pair_titles=False)
        )
        yield from job.convert(
            query_table(queries), lambda names: query_row(Columns(names, {}, str(queries)))
        )
    table = Table(
        str(triples),
        lambda: _triple_rows(triples),
        "A line of triples holds a query, a positive and negatives.",
    )
    yield from job.convert(table, _by_id if passages is not None else _by_text)


def triple_files(job: Job) -> dict[str, Path | None]:
    """Find triples, collection and queries in a folder, or take what the recipe names."""
    if job.root.is_file():
        return {"triples": job.root, "passages": None, "queries": None}
    patterns = {"passages": "collection*", "queries": "queries*", "triples": "*triples*"}
    found: dict[str, Path | None] = {}
    for part, pattern in patterns.items():
        if part in job.source.files:
            found[part] = find_part(job.root, job.source.files[part])[0]
            continue
        there = sorted(p for p in job.root.glob(pattern) if p.is_file())
        if len(there) > 1:
            names = ", ".join(p.name for p in there)
            raise DataError(
                f"Several files could hold the {part}: {names}.",
                where=str(job.root),
                hint=f"Name one with `files: {{{part}: NAME}}`.",
            )
        found[part] = there[0] if there else None
    return found


def mmarco_local(job: Job) -> dict[str, Path | None]:
    """Return the files of a copy of unicamp-dl/mmarco.

    Raises:
        DataError: A file is missing, or another split than train is asked for.
    """
    if job.source.split not in (None, "train"):
        raise DataError(
            f"unicamp-dl/mmarco has triples for train, not for {job.source.split}.",
            hint="Give `files:` with passages, queries and qrels for another split.",
        )
    names = {**mmarco_files(job.source.config or job.language), **job.source.files}
    return {part: must_exist(job.root / name) for part, name in names.items()}


def _triple_rows(path: Path) -> Iterator[Row | Rejected]:
    for line in text_lines(path):
        if isinstance(line, Rejected):
            yield line
            continue
        if not line.text.strip():
            continue
        fields: list[object] = list(line.text.split("\t"))
        if line.text.startswith("["):
            try:
                fields = json.loads(line.text)
            except (ValueError, RecursionError) as error:
                yield Rejected(line.where, "broken_json", f"{error}: {line.text[:80]}")
                continue
            fields = [f[0] if isinstance(f, list) and f else f for f in fields]
        if len(fields) < 3:
            yield Rejected(line.where, "wrong_field_count", f"{len(fields)} fields, not 3: {line.text[:80]}")
        else:
            yield Row(line.where, {"fields": fields})


def _by_id(_: list[str]) -> Callable[[Row], Iterable[Record]]:
    def records(row: Row) -> Iterable[Record]:
        qid, positive, *negatives = (id_of(f) for f in row.value["fields"])
        if not all((qid, positive, *negatives)):
            return [Rejected(row.where, "missing_id", str(row.value["fields"])[:80])]
        return [Judgement(qid, positive), *(Judgement(qid, n, 0) for n in negatives)]

    return records


def _by_text(_: list[str]) -> Callable[[Row], Iterable[Record]]:
    def records(row: Row) -> Iterable[Record]:
        query, *passages = (str(f) for f in row.value["fields"])
        qid = text_id("q", query)
        out: list[Record] = [Query(qid, query)]
        for n, text in enumerate(passages):
            pid = text_id("p", text)
            out += [Passage(pid, text), Judgement(qid, pid, 0 if n else 1)]
        return out

    return records
