"""Ranking passages for queries, with whichever head the retriever has."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from langret.data.records import Passage, Query, full_text
from langret.errors import ModelError, StageError
from langret.evaluation.choice import Index, search_kind
from langret.evaluation.encoder import Encoder
from langret.evaluation.maxsim import maxsim_search
from langret.evaluation.plaid import Plaid
from langret.evaluation.spans import Span, highlight

Run = dict[str, dict[str, float]]
"""Query id -> passage id -> score, best first."""
MEMORY = 512
"""MiB of passage vectors that a search holds at once."""
_MIB = 2**20
_FIRST = 256  # passages encoded before it is known how large a ColBERT passage is
_PLAID_CHUNK = 50_000


class Hit(NamedTuple):
    """One ranked passage for a person: where it stands, what it is, and which parts of ``text`` match."""

    rank: int
    score: float
    id: str
    text: str
    spans: list[Span]


def cut_passages(retriever: Encoder, passages: Sequence[Passage]) -> int | None:
    """How many passages are longer than what a retriever reads; None for one that cannot tell."""
    cut = getattr(retriever, "cut", None)
    return None if cut is None else cut([full_text(p.title, p.text) for p in passages])


def rank(
    retriever: Encoder,
    queries: Sequence[Query],
    passages: Sequence[Passage],
    k: int = 100,
    *,
    index: Index = "auto",
    memory: int = MEMORY,
    batch_size: int = 32,
    progress: bool = False,
) -> Run:
    """Rank passages for every query.

    Passages are encoded and searched chunk by chunk, and only the best ``k`` so far are kept, so that memory
    does not grow with the corpus (PLAID keeps its compressed index in a temporary folder).

    Args:
        retriever: A dense or ColBERT retriever.
        queries: What to search for.
        passages: What to search in; title and text are joined by ``full_text``.
        k: Passages to return for each query.
        index: How ColBERT vectors are searched; ``auto`` is what ``search_kind`` says.
        memory: MiB of passage vectors held at once, about. Less makes no other result, only more chunks. PLAID needs
            50,000 passages at once for its clusters, whatever their size.
        batch_size: Texts a forward pass.
        progress: Show the encoder's progress bars.

    Returns:
        Every query id with its best passages, best first, ties in the order of ``passages``.

    Raises:
        ModelError: A vector is not finite; the text is named.
        StageError: Vectors of queries and passages are not of one size.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    if memory < 1:
        raise ValueError(f"memory must be at least 1 MiB, not {memory}")
    if not queries or not passages:
        return {query.id: {} for query in queries}
    wanted = retriever.encode([q.text for q in queries], "query", batch_size=batch_size, progress=progress)
    _must_be_finite(wanted, "query", queries)
    if search_kind(retriever, queries, passages, index) == "plaid":
        best, where = _plaid(retriever, wanted, passages, k, batch_size, progress)
    else:
        best, where = _exact(retriever, wanted, passages, k, memory, batch_size, progress)
    return {
        query.id: {passages[i].id: float(s) for s, i in zip(row, at, strict=True) if np.isfinite(s)}
        for query, row, at in zip(queries, best, where, strict=True)
    }


def search_texts(
    retriever: Encoder,
    queries: Sequence[str],
    passages: Sequence[Passage],
    k: int = 10,
    *,
    index: Index = "auto",
    progress: bool = False,
) -> list[list[Hit]]:
    """Search for a person: the best passages of every query, with the parts that match.

    Returns:
        One list of hits a query, best first.
    """
    run = rank(
        retriever,
        [Query(str(i), q) for i, q in enumerate(queries)],
        passages,
        k,
        index=index,
        progress=progress,
    )
    texts = {p.id: full_text(p.title, p.text) for p in passages}
    return [
        [
            Hit(place, score, pid, texts[pid], highlight(retriever, query, texts[pid]))
            for place, (pid, score) in enumerate(run[str(i)].items(), start=1)
        ]
        for i, query in enumerate(queries)
    ]


def _first_chunk(head: str, wanted: Any, memory: int) -> int:
    """Passages of the first chunk; dense vectors are as large as the queries' own, ColBERT's are not known yet."""
    return _FIRST if head == "colbert" else max(1, memory * _MIB // (4 * wanted.shape[1]))


def _must_be_finite(vectors: Any, kind: str, texts: Sequence[Query | Passage]) -> None:
    for text, vector in zip(texts, vectors, strict=True):
        if not np.isfinite(vector).all():
            raise ModelError(
                f"The model gives NaN or infinity for {kind} {text.id!r}: {text.text[:60]!r}.",
                hint="It has probably diverged in training.",
            )


def _encode(retriever: Encoder, passages: Sequence[Passage], batch_size: int, progress: bool) -> Any:
    texts = [full_text(p.title, p.text) for p in passages]
    return retriever.encode(texts, "passage", batch_size=batch_size, progress=progress)


def _search(head: str, queries: Any, passages: Any, k: int) -> tuple[np.ndarray, np.ndarray]:
    if head == "colbert":
        return maxsim_search(queries, passages, k)
    from langret.mining import exact_search

    return exact_search(queries, passages, k)


def _exact(
    retriever: Encoder,
    wanted: Any,
    passages: Sequence[Passage],
    k: int,
    memory: int,
    batch_size: int,
    progress: bool,
) -> tuple[np.ndarray, np.ndarray]:
    best = np.empty((len(wanted), 0), dtype=np.float32)
    where = np.empty((len(wanted), 0), dtype=np.int64)
    start, size = 0, _first_chunk(retriever.head, wanted, memory)
    while start < len(passages):
        part = passages[start : start + size]
        vectors = _encode(retriever, part, batch_size, progress)
        try:
            scores, indices = _search(retriever.head, wanted, vectors, k)
        except StageError:
            _must_be_finite(vectors, "passage", part)
            raise
        # earlier chunks stand left of later ones, so a stable sort keeps ties in the order of the passages
        best = np.concatenate([best, scores], axis=1)
        where = np.concatenate([where, indices + start], axis=1)
        order = np.argsort(-best, axis=1, kind="stable")[:, :k]
        best, where = np.take_along_axis(best, order, axis=1), np.take_along_axis(where, order, axis=1)
        start += len(part)
        if (
            retriever.head == "colbert"
        ):  # searching packs the vectors into one matrix, so they are there twice
            each = sum(v.nbytes for v in vectors) / len(part)
            size = max(1, int(memory * _MIB / 2 / max(each, 1)))
        del vectors  # the next ones take their place, and do not stand beside them
    return best, where


def _plaid(
    retriever: Encoder, wanted: Any, passages: Sequence[Passage], k: int, batch_size: int, progress: bool
) -> tuple[np.ndarray, np.ndarray]:
    with tempfile.TemporaryDirectory(prefix="langret-plaid-") as folder:
        plaid = Plaid(Path(folder), progress=progress)
        for start in range(0, len(passages), _PLAID_CHUNK):
            part = passages[start : start + _PLAID_CHUNK]
            plaid.add(_encode(retriever, part, batch_size, progress), start)
        return plaid.search(wanted, min(k, len(passages)))
