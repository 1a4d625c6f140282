"""Normalising once, and annotating what training should not see.

Nothing is deleted: a row that fails a check gets ``kept`` false and the first reason that applies, so that
the funnel adds up. Rows that a reader has set aside already keep their reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.duplicates import DuplicateFinder
from langret.data.judgements import clean_judgements
from langret.data.records import PASSAGES, QUERIES, Collection, full_text
from langret.language.contract import Language
from langret.recipe.schema import Filters
from langret.text import map_texts

BATCH_ROWS = 8192

Role = Literal["train", "benchmark"]
Check = Callable[[str, str], str]


def clean(
    collection: Collection,
    language: Language,
    filters: Filters,
    *,
    role: Role = "train",
    query_language: Language | None = None,
    folder: Path | None = None,
) -> Collection:
    """Normalise every text once and annotate what is of no use.

    Passages are set aside, first reason first, as ``empty``, ``too_short``, ``too_long``, ``wrong_language``,
    ``exact_duplicate`` (same title and text) or ``near_duplicate``. Of exact duplicates the one with the
    smallest id stays, of near duplicates the longest; ``duplicate_of`` names it, and judgements of the others
    move to it.

    Queries are set aside as ``empty_query`` or ``no_positive`` (in collections that have judgements). Queries
    with the same text all stay, and what is relevant to one becomes relevant to the others, by added
    judgements with the reason ``same_query``: a passage known to answer a question must never be its
    negative. Where more than `judgements.SAME_QUERY` queries share a text, as headings such as "Overview" do,
    only the one with the smallest id stays and takes all their judgements; the others are
    ``duplicate_query``.

    Judgements are set aside as ``unknown_query``, ``unknown_passage``, ``query_set_aside``,
    ``passage_set_aside``, ``duplicate`` (the pair stands there already) or ``also_positive`` (judged not
    relevant, but a positive of the same question). No judgement that is kept names a query or passage that is
    not.

    Args:
        collection: What the readers gave. Not changed.
        language: Plugin whose normaliser and scripts count.
        filters: Limits.
        role: ``benchmark`` leaves a benchmark what it is: texts are normalised, empty rows and judgements
            that name no kept row are annotated, and nothing else is touched.
        query_language: Plugin whose normaliser the queries pass, where they are in another language than the
            passages; default: ``language``.
        folder: Where given, the result is streamed there and returned memory-mapped, so that memory does not
            grow with the texts. Not the folder that the collection itself is mapped from.

    Returns:
        The annotated collection. Cleaning it again changes nothing.
    """
    strict = role == "train"
    finder = DuplicateFinder(filters.near_duplicates) if strict else None
    check = _passage_check(language, filters) if strict else _empty
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    batches = _normalised(collection.passages, language, ("title", "text"), check)
    passages = _gather(_watched(batches, finder), PASSAGES, folder)
    if finder is not None:
        passages = _annotate_duplicates(passages, finder)
    queries = pa.Table.from_batches(
        _normalised(
            collection.queries,
            query_language or language,
            ("text",),
            lambda _, text: "" if text else "empty_query",
        ),
        schema=QUERIES,
    )
    queries, judgements = clean_judgements(passages, queries, collection.judgements, strict=strict)
    cleaned = collection.replace(passages=passages, queries=queries, judgements=judgements)
    if folder is None:
        return cleaned
    cleaned.save(folder)
    (folder / "normalised.arrow").unlink()
    return Collection.load(folder)


def _empty(title: str, text: str) -> str:
    return "" if title or text else "empty"


def _passage_check(language: Language, filters: Filters) -> Check:
    def reason(title: str, text: str) -> str:
        whole = full_text(title, text)
        if not whole:
            return "empty"
        if len(whole) < filters.min_characters:
            return "too_short"
        if len(whole) > filters.max_characters:
            return "too_long"
        if filters.language and language.in_script(whole) < language.letters:
            return "wrong_language"
        return ""

    return reason


def _normalised(
    table: pa.Table, language: Language, names: tuple[str, ...], check: Check
) -> Iterator[pa.RecordBatch]:
    """Batches with normalised texts, each kept row checked."""

    def raw() -> Iterator[str]:
        for batch in table.to_batches(max_chunksize=BATCH_ROWS):
            columns = (batch.column(name).to_pylist() for name in names)
            for row in zip(*columns, strict=True):
                yield from row

    # One stream over all batches, so that worker processes start once.
    texts = map_texts(language, raw(), "normalize")
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        flat = [str(text) for text in islice(texts, batch.num_rows * len(names))]
        columns = {name: flat[i :: len(names)] for i, name in enumerate(names)}
        kept = batch.column("kept").to_pylist()
        reasons = batch.column("reason").to_pylist()
        titles = columns.get("title", [""] * batch.num_rows)
        for row, (title, text) in enumerate(zip(titles, columns["text"], strict=True)):
            if kept[row] and (found := check(title, text)):
                kept[row], reasons[row] = False, found
        columns |= {"kept": kept, "reason": reasons}
        arrays = [columns.get(field.name, batch.column(field.name)) for field in batch.schema]
        yield pa.RecordBatch.from_arrays(
            [
                pa.array(a, f.type) if isinstance(a, list) else a
                for a, f in zip(arrays, batch.schema, strict=True)
            ],
            schema=batch.schema,
        )


def _watched(batches: Iterator[pa.RecordBatch], finder: DuplicateFinder | None) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if finder is not None:
            kept = batch.filter(batch.column("kept"))
            finder.add(_whole(kept))
        yield batch


def _whole(rows: pa.RecordBatch | pa.Table) -> list[str]:
    titles, texts = rows.column("title").to_pylist(), rows.column("text").to_pylist()
    return [full_text(title, text) for title, text in zip(titles, texts, strict=True)]


def _gather(batches: Iterator[pa.RecordBatch], schema: pa.Schema, folder: Path | None) -> pa.Table:
    if folder is None:
        return pa.Table.from_batches(batches, schema=schema)
    path = str(folder / "normalised.arrow")
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, schema) as out:
        for batch in batches:
            out.write_batch(batch)
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()


def _annotate_duplicates(passages: pa.Table, finder: DuplicateFinder) -> pa.Table:
    kept = passages.column("kept").to_numpy()
    rows = np.flatnonzero(kept)  # the finder numbers the rows that were kept when it saw them

    def fetch(numbers: np.ndarray) -> tuple[list[str], list[str]]:
        found = passages.select(["id", "title", "text"]).take(rows[numbers])
        return found.column("id").to_pylist(), _whole(found)

    found = finder.find(fetch)
    target = np.where(found.exact >= 0, found.exact, found.near)
    doubled = np.flatnonzero(target >= 0)
    if not len(doubled):
        return passages
    names = np.where(found.exact[doubled] >= 0, "exact_duplicate", "near_duplicate").tolist()
    stays = passages.column("id").take(pa.array(rows[target[doubled]])).combine_chunks()
    here = np.zeros(passages.num_rows, bool)
    here[rows[doubled]] = True
    for column, values in (("reason", pa.array(names, pa.string())), ("duplicate_of", stays)):
        filled = pc.replace_with_mask(passages.column(column).combine_chunks(), pa.array(here), values)
        passages = passages.set_column(PASSAGES.get_field_index(column), PASSAGES.field(column), filled)
    return passages.set_column(
        PASSAGES.get_field_index("kept"), PASSAGES.field("kept"), pa.array(kept & ~here)
    )
