"""Cases from what mining selected, and what one judge passes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import Collection, full_text
from langret.errors import StageError
from langret.judging.verdicts import Case, Rulings

WINDOW = 1024


def make_cases(candidates: pa.Table, collection: Collection) -> Iterator[Case]:
    """Put the selected candidates of each query together with the texts that a judge reads.

    Args:
        candidates: ``records.CANDIDATES``; only kept rows are judged. A passage that two miners found is one
            candidate, at its best rank.
        collection: Passages, queries and known positives, usually cleaned and memory-mapped.

    Yields:
        A case for each query with a candidate, in the order of the queries. Texts of a thousand queries at a
        time are in memory.

    Raises:
        StageError: A candidate's query or passage is not in the collection.

    Examples:
        >>> from langret.data.records import Judgement, Passage, Query
        >>> from langret.mining import random_candidates
        >>> data = Collection.from_records(
        ...     [Passage("a", "yes"), Passage("b", "no"), Query("q", "?"), Judgement("q", "a")]
        ... )
        >>> next(make_cases(random_candidates(["q"], ["b"], k=1, seed=13), data)).candidates
        [('b', 'no')]
    """
    rows = candidates.filter(candidates.column("kept"))
    queries = collection.queries.select(["id", "text"])
    query = _rows(rows.column("query_id"), queries.column("id"), "query")
    passage = _rows(rows.column("passage_id"), collection.passages.column("id"), "passage")
    order = np.lexsort((passage, rows.column("rank").to_numpy(), query))
    query, passage = query[order], passage[order]
    asked, start = np.unique(query, return_index=True)
    end = np.append(start[1:], len(query))
    own, own_start, own_end = _positives(queries.column("id").take(pa.array(asked)), collection)
    for at in range(0, len(asked), WINDOW):
        here = slice(at, at + WINDOW)
        last = min(at + WINDOW, len(asked)) - 1
        wanted = np.union1d(passage[start[at] : end[last]], own[own_start[at] : own_end[last]])
        texts = _texts(collection.passages, wanted)
        picked = queries.take(pa.array(asked[here])).to_pylist()
        for q, a, b, c, d in zip(picked, start[here], end[here], own_start[here], own_end[here], strict=True):
            yield Case(
                q["id"],
                q["text"],
                [texts[row] for row in own[c:d].tolist()],
                [texts[row] for row in dict.fromkeys(passage[a:b].tolist())],
            )


def flagged(cases: Iterable[Case], verdicts: pa.Table) -> Iterator[Case]:
    """What the next judge of a cascade sees: every candidate that the judge before did not clear.

    A candidate is cleared by the verdict ``negative`` alone. ``false_negative``, ``partial`` and ``unknown`` pass on,
    and so does a candidate that the judge contradicts itself about or says nothing of.

    Args:
        cases: The cases of the judge before.
        verdicts: Its ``VERDICTS``.

    Yields:
        The cases with their candidates left; a query with none is not passed on.

    Examples:
        >>> from langret.judging import Verdict, verdict_table
        >>> case = Case("q", "?", [], [("a", "yes"), ("b", "no")])
        >>> said = [[Verdict("q", "a", "false_negative"), Verdict("q", "b", "negative")]]
        >>> [c.candidates for c in flagged([case], verdict_table("cross_encoder", said))]
        [[('a', 'yes')]]
    """
    rulings = Rulings(verdicts)
    for case in cases:
        said = rulings.of(case.query_id)
        left = [candidate for candidate in case.candidates if said.get(candidate[0]) != "negative"]
        if left:
            yield case._replace(candidates=left)


def windows(
    cases: Iterable[Case], size: int, weigh: Callable[[Case], int] = lambda case: 1
) -> Iterator[list[Case]]:
    """Cut cases into lists whose weight reaches ``size``; the last may be lighter."""
    window: list[Case] = []
    weight = 0
    for case in cases:
        window.append(case)
        weight += weigh(case)
        if weight >= size:
            yield window
            window, weight = [], 0
    if window:
        yield window


def _rows(names: pa.ChunkedArray, ids: pa.ChunkedArray, kind: str) -> np.ndarray:
    """Row number of each name among ``ids``."""
    found = pc.index_in(names, value_set=ids.combine_chunks())
    if found.null_count:
        lost = names.filter(pc.is_null(found))[0].as_py()
        raise StageError(
            f'The {kind} "{lost}" of the candidates is not in the data.',
            hint="Judge candidates beside the data in which they were mined.",
        )
    return found.to_numpy().astype(np.int64)


def _positives(
    query_ids: pa.ChunkedArray, collection: Collection
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Passage rows of all positives, and where those of each query begin and end."""
    known = collection.positives()
    own = [known.get(query_id, []) for query_id in query_ids.to_pylist()]
    flat = pa.chunked_array([pa.array([p for ids in own for p in ids], pa.string())])
    end = np.cumsum([len(ids) for ids in own], dtype=np.int64)
    start = np.append(0, end[:-1])[: len(end)]
    return _rows(flat, collection.passages.column("id"), "positive"), start, end


def _texts(passages: pa.Table, rows: np.ndarray) -> dict[int, tuple[str, str]]:
    """Id and full text of passages by row number."""
    table = passages.select(["id", "title", "text"]).take(pa.array(rows))
    columns = (table.column(name).to_pylist() for name in ("id", "title", "text"))
    return {
        row: (pid, full_text(title, text))
        for row, pid, title, text in zip(rows.tolist(), *columns, strict=True)
    }
