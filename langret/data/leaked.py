"""Benchmark queries that the training data has seen: by their question, or by a passage that answers them.

`langret.data.leakage` looks at the training data's rows and sets some aside; this looks at the benchmark's queries,
after all that, and says on which of them a score may be memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from langret.data.duplicates import band_keys, bands_for, shingles, text_hashes
from langret.data.leakage import BATCH_ROWS, text_key
from langret.data.records import LEAKS, Collection, Leak, full_text

NEAR = 0.9
EXACT, ALIKE = 1, 2


def leaked_queries(
    train: Collection, benchmarks: Mapping[str, Collection], *, near: float = NEAR
) -> dict[str, dict[str, Leak]]:
    """Find the queries of benchmarks whose question or relevant passage stands in training data.

    Texts are compared by their letters and digits (`langret.data.leakage.text_key`): word for word, and by the Jaccard
    similarity of character 5-grams. A passage counts wherever it stands among the kept training passages, as a
    positive, a negative or a text to pretrain on. Passages that were cut at other places are not found.

    Args:
        train: Training data as it is trained on; only rows that are kept count.
        benchmarks: Benchmarks by name, cleaned in their role.
        near: Similarity from which two texts are near duplicates.

    Returns:
        For each benchmark, what of a query was seen, by query id. Where several things were, the one that tells most:
        its question before a relevant passage, word for word before nearly so. Queries that were not seen are left
        out.
    """
    asked = {name: _asked(benchmark) for name, benchmark in benchmarks.items()}
    answers = {name: _answers(benchmark) for name, benchmark in benchmarks.items()}
    questions = _seen(
        [text for texts in asked.values() for text in texts.values()], _kept(train.queries), near
    )
    passages = _seen(
        [text for texts in answers.values() for text in texts.values()], _kept(train.passages), near
    )
    first = last = 0
    found: dict[str, dict[str, Leak]] = {}
    for name, benchmark in benchmarks.items():
        by_question = dict(zip(asked[name], questions[first:], strict=False))
        by_passage = dict(zip(answers[name], passages[last:], strict=False))
        first, last = first + len(asked[name]), last + len(answers[name])
        positives = benchmark.positives()
        found[name] = {}
        for query_id, own in by_question.items():
            theirs = {by_passage.get(passage_id, 0) for passage_id in positives.get(query_id, ())}
            told = [own == EXACT, own == ALIKE, EXACT in theirs, ALIKE in theirs]
            if any(told):
                found[name][query_id] = LEAKS[told.index(True)]
    return found


def _asked(benchmark: Collection) -> dict[str, str]:
    """Keys of the questions that have a relevant passage, by query id."""
    answered = benchmark.positives()
    return {query.id: text_key(query.text) for query in benchmark.kept_queries() if query.id in answered}


def _answers(benchmark: Collection) -> dict[str, str]:
    """Keys of the passages that some query has for its answer, by passage id."""
    relevant = {passage_id for found in benchmark.positives().values() for passage_id in found}
    return {
        passage.id: text_key(full_text(passage.title, passage.text))
        for passage in benchmark.kept_passages()
        if passage.id in relevant
    }


def _kept(table: pa.Table) -> Iterator[list[str]]:
    """Keys of the kept rows, some thousand at a time; texts of punctuation alone have none."""
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        titles = batch.column("title").to_pylist() if "title" in batch.schema.names else [""] * batch.num_rows
        rows = zip(titles, batch.column("text").to_pylist(), batch.column("kept").to_pylist(), strict=True)
        keys = [text_key(full_text(title, text)) for title, text, kept in rows if kept]
        yield [key for key in keys if key]


def _seen(wanted: Sequence[str], stream: Iterator[list[str]], near: float) -> np.ndarray:
    """For each text wanted: `EXACT` or `ALIKE` where the stream has it, else 0; uint8 [n]."""
    seen = np.zeros(len(wanted), np.uint8)
    there = np.array([bool(text) for text in wanted], bool)
    if not there.any():
        return seen
    hashes = text_hashes(wanted)
    bands, rows = bands_for(near)
    keys = band_keys(wanted, bands, rows)
    places = [_places(keys[:, band]) for band in range(bands)]
    for texts in stream:
        if not texts:
            continue
        seen[np.isin(hashes, text_hashes(texts)) & there] = EXACT
        theirs = band_keys(texts, bands, rows)
        for row, candidates in _proposed(theirs, places).items():
            for number in candidates:
                if there[number] and not seen[number] and _jaccard(wanted[number], texts[row]) >= near - 1e-9:
                    seen[number] = ALIKE
    return seen


def _places(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys of one band in order, and whose they are."""
    order = np.argsort(keys, kind="stable")
    return keys[order], order


def _proposed(theirs: np.ndarray, places: list[tuple[np.ndarray, np.ndarray]]) -> dict[int, set[int]]:
    """Rows of the stream that share a band with a text wanted, and with which."""
    found: dict[int, set[int]] = {}
    for band, (ordered, numbers) in enumerate(places):
        left = np.searchsorted(ordered, theirs[:, band], "left")
        right = np.searchsorted(ordered, theirs[:, band], "right")
        for row in np.flatnonzero(right > left).tolist():
            found.setdefault(row, set()).update(numbers[left[row] : right[row]].tolist())
    return found


def _jaccard(one: str, other: str) -> float:
    """Jaccard similarity of the character 5-grams of two texts."""
    mine, theirs = (np.unique(shingles([text])[0]) for text in (one, other))
    common = len(np.intersect1d(mine, theirs, assume_unique=True))
    return common / (len(mine) + len(theirs) - common)
