"""The systems of the page: each searches the same documents, says how long it took, and why it found what it did."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import numpy as np

from langret.data.records import Passage, Query, full_text
from langret.errors import ModelError
from langret.serve.documents import Documents, Tell, file_stamps, fresh_folder, stamp_of
from langret.serve.marks import Explained, explain_bm25, explain_model

if TYPE_CHECKING:
    from langret.language import Language
    from langret.mining import BM25Index
    from langret.modeling import Retriever
    from langret.serve.target import Model

SHARD = 512
"""Texts a shard: what a killed encoding repeats at most."""


class Found(NamedTuple):
    """The best passages of a query.

    Attributes:
        places: Their places in the documents, best first.
        scores: Their scores.
        encode: Seconds for the query's vectors, None where there are none.
        search: Seconds for the search.
    """

    places: list[int]
    scores: list[float]
    encode: float | None
    search: float


class System(Protocol):
    """What the page asks of a system."""

    name: str
    kind: str
    """``bm25``, ``dense`` or ``colbert``."""
    how: str
    """How it searches, for people."""

    def search(self, query: str, k: int) -> Found:
        """Find the best passages of a normalised query."""

    def explain(self, query: str, passages: Sequence[Passage]) -> Explained:
        """Say which parts of passages match."""


class Lexical:
    """BM25 with the language's analyzer."""

    name, kind = "bm25", "bm25"

    def __init__(self, documents: Documents, index: BM25Index) -> None:
        self.documents, self.index = documents, index
        self.how = f"the analyzer of {index.language.name}"

    def search(self, query: str, k: int) -> Found:
        """Find the best passages of a normalised query; those that share no term with it are none."""
        start = time.perf_counter()
        rows = self.index.search([Query("q", query)], k)
        seconds = time.perf_counter() - start
        places = [self.documents.places[pid] for pid in rows.column("passage_id").to_pylist()]
        return Found(places, rows.column("score").to_pylist(), None, seconds)

    def explain(self, query: str, passages: Sequence[Passage]) -> Explained:
        """Mark the words that share a term with the query."""
        return explain_bm25(self.index, query, passages)


class Dense:
    """A dense model and exact search."""

    kind = "dense"

    def __init__(self, name: str, documents: Documents, retriever: Retriever, vectors: np.ndarray) -> None:
        self.name, self.documents, self.retriever, self.vectors = name, documents, retriever, vectors
        self.how = f"dense, {vectors.shape[1]} dimensions, exact search"

    def search(self, query: str, k: int) -> Found:
        """Find the passages with the highest inner products."""
        from langret.mining import exact_search

        start = time.perf_counter()
        asked: Any = self.retriever.encode([query], "query")
        encoded = time.perf_counter()
        scores, places = exact_search(asked, self.vectors, k)
        end = time.perf_counter()
        return Found(places[0].tolist(), scores[0].tolist(), encoded - start, end - encoded)

    def explain(self, query: str, passages: Sequence[Passage]) -> Explained:
        """Mark the sentence nearest to the query."""
        return explain_model(_Remembering(self.retriever, {}), query, passages)


class Late:
    """A ColBERT model and MaxSim: exact, or by PLAID where evaluation would use it too."""

    kind = "colbert"

    def __init__(self, name: str, documents: Documents, retriever: Retriever, index: LateIndex) -> None:
        self.name, self.documents, self.retriever, self.index = name, documents, retriever, index
        self.how = f"ColBERT, {retriever.dimension} dimensions a token, {index.how} search"

    def search(self, query: str, k: int) -> Found:
        """Find the passages with the highest MaxSim; a query without a token finds none."""
        start = time.perf_counter()
        asked = self.retriever.encode([query], "query")[0]
        encoded = time.perf_counter()
        found = self.index.search(asked, min(k, len(self.documents))) if len(asked) else []
        end = time.perf_counter()
        return Found([p for p, _ in found], [s for _, s in found], encoded - start, end - encoded)

    def explain(self, query: str, passages: Sequence[Passage]) -> Explained:
        """Mark the best passage token of every query token."""
        kept = {full_text(p.title, p.text): self.index.vectors(self.documents.places[p.id]) for p in passages}
        known = {text: vectors for text, vectors in kept.items() if vectors is not None}
        return explain_model(_Remembering(self.retriever, known), query, passages)


class LateIndex(Protocol):
    """An index of token vectors."""

    how: Literal["exact", "PLAID"]

    def search(self, query: np.ndarray, k: int) -> list[tuple[int, float]]:
        """Places and scores of the best passages of a query [tokens, dimension]."""

    def vectors(self, place: int) -> np.ndarray | None:
        """The vectors of a passage [tokens, dimension], or None where the index does not keep them."""


class _Remembering:
    """A retriever that does not encode again what the index holds, nor the query for every passage."""

    def __init__(self, retriever: Retriever, passages: dict[str, np.ndarray]) -> None:
        self.model, self.language, self.head = retriever.model, retriever.language, retriever.head
        self._retriever, self._passages = retriever, passages
        self._queries: dict[str, Any] = {}

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"], **rest: Any) -> Any:
        """As ``Retriever.encode``."""
        if kind == "query" and len(texts) == 1:
            if texts[0] not in self._queries:
                self._queries[texts[0]] = self._retriever.encode(texts, kind, **rest)
            return self._queries[texts[0]]
        if kind == "passage" and len(texts) == 1 and texts[0] in self._passages:
            return [self._passages[texts[0]]]
        return self._retriever.encode(texts, kind, **rest)


def open_bm25(language: Language, documents: Documents, tell: Tell) -> Lexical:
    """Build the BM25 index of the documents, or find it on disk."""
    from langret.mining import BM25Index

    folder = documents.folder / "bm25"
    if not folder.is_dir():
        tell("Indexing for BM25", 0, None)
        partial = documents.folder / "bm25.partial"
        shutil.rmtree(partial, ignore_errors=True)
        BM25Index.build(language, documents.collection.kept_passages()).save(partial)
        partial.rename(folder)
    return Lexical(documents, BM25Index.load(folder, language))


def open_model(model: Model, documents: Documents, tell: Tell) -> Dense | Late:
    """Load a model and the vectors of the documents; what is missing of them is encoded.

    Args:
        model: The model.
        documents: What it searches in.
        tell: Hears how many passages are encoded.

    Raises:
        ModelError: The model cannot be loaded, or is not of the kind that the run says.
        OSError: The folder cannot be written.
    """
    from langret.mining.embed import embed_texts
    from langret.modeling import load_model
    from langret.serve.late import open_late

    tell(f"Loading {model.name}", 0, None)
    retriever = load_model(model.folder, query_tokens=model.query_tokens, passage_tokens=model.passage_tokens)
    if model.head not in (None, retriever.head):
        raise ModelError(
            f"The run calls it {model.head}, and the folder is {retriever.head}.", where=str(model.folder)
        )
    key = stamp_of(*file_stamps(model.folder), model.query_tokens, model.passage_tokens)
    folder: Path = fresh_folder(documents.folder, model.name, key)

    def encode(texts: Sequence[str]) -> Any:
        return retriever.encode(texts, "passage")

    def progress(done: int) -> None:
        tell(f"Encoding with {model.name}", done, len(documents))

    if retriever.head == "colbert":
        index = open_late(folder, list(documents.texts()), encode, retriever.dimension, SHARD, progress, tell)
        system: Dense | Late = Late(model.name, documents, retriever, index)
    else:
        vectors = embed_texts(
            documents.texts(),
            encode,
            folder / "vectors.f32",
            retriever.dimension,
            shard=SHARD,
            progress=progress,
        )
        system = Dense(model.name, documents, retriever, vectors)
    system.search("?", 1)  # the first forward pass costs more than the others, and belongs to nobody's query
    return system
