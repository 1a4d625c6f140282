"""The baselines that a retriever has to beat: BM25 and a bag of words, with the language's own analyzer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from langret.data.records import Passage, Query, full_text
from langret.evaluation.search import Run
from langret.language import Language
from langret.recipe.schema import LEXICAL

_ROWS = 256  # queries multiplied at a time


def rank_bm25(language: Language, queries: Sequence[Query], passages: Iterable[Passage], k: int = 100) -> Run:
    """Rank passages by BM25.

    Args:
        language: Language of the passages, which gives the analyzer. Queries pass its normaliser too; that changes
            those alone that are in another language.
        queries: Queries.
        passages: Normalised passages; title and text are joined.
        k: Passages to return for each query.

    Returns:
        Every query id with its best passages, best first; a query that shares no term with any passage has
        none.
    """
    from langret.mining import BM25Index

    asked = [Query(query.id, language.normalize(query.text)) for query in queries]
    found = BM25Index.build(language, passages).search(asked, k)
    run: Run = {query.id: {} for query in queries}
    columns = (found.column(name).to_pylist() for name in ("query_id", "passage_id", "score", "rank"))
    for query_id, passage_id, score, _ in sorted(
        zip(*columns, strict=True), key=lambda row: (row[0], row[3])
    ):
        run[query_id][passage_id] = score
    return run


def rank_bag_of_words(
    language: Language, queries: Sequence[Query], passages: Iterable[Passage], k: int = 100
) -> Run:
    """Rank passages by the cosine of term counts.

    FinMTEB found that it beats every dense model in similarity of financial sentences (arXiv 2502.10990, table 1):
    what a model adds to counting words has to be shown and not assumed. Arguments and result as of ``rank_bm25``.
    """
    import numpy as np

    ids: list[str] = []

    def texts() -> Iterable[str]:
        for passage in passages:
            ids.append(passage.id)
            yield full_text(passage.title, passage.text)

    run: Run = {query.id: {} for query in queries}
    counts = WordCounts(language, texts())
    known, wanted = counts.fitted, counts.encode([query.text for query in queries])
    for start in range(0, len(queries), _ROWS):
        scores = (wanted[start : start + _ROWS] @ known.T).tocsr()
        for row, query in enumerate(queries[start : start + _ROWS]):
            part = slice(scores.indptr[row], scores.indptr[row + 1])
            places, values = scores.indices[part], scores.data[part]
            order = np.lexsort((places, -values))[:k]
            run[query.id] = {ids[places[i]]: float(values[i]) for i in order}
    return run


class WordCounts:
    """Texts as counts of their terms, of length 1: a bag of words.

    Args:
        language: Language whose analyzer gives the terms.
        texts: Normalised texts whose terms are counted; what else is encoded counts for these terms alone.

    Attributes:
        fitted: The counts of ``texts``, sparse float32 [texts, terms]; a text without a term has none.
    """

    def __init__(self, language: Language, texts: Iterable[str]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.preprocessing import normalize

        from langret.text import map_texts

        self._language = language
        self._counter: Any = CountVectorizer(analyzer=_as_it_is, dtype=np.float32)
        count = 0

        def counted() -> Iterable[str]:
            nonlocal count
            for text in texts:
                count += 1
                yield text

        try:
            self.fitted = normalize(self._counter.fit_transform(map_texts(language, counted(), "analyze")))
        except ValueError:  # no text has a term
            self._counter = None
            self.fitted = csr_matrix((count, 1), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Any:
        """Counts of texts, sparse float32 [texts, terms]; they pass the language's normaliser."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.preprocessing import normalize

        from langret.text import map_texts

        if self._counter is None:
            return csr_matrix((len(texts), 1), dtype=np.float32)
        normalised = [self._language.normalize(text) for text in texts]
        return normalize(self._counter.transform(map_texts(self._language, normalised, "analyze")))


Ranker = Callable[[Language, Sequence[Query], Iterable[Passage], int], Run]
RANKERS: dict[str, Ranker] = dict(zip(LEXICAL, (rank_bm25, rank_bag_of_words), strict=True))
"""Baselines that need no model, by the name that a recipe gives them."""


def _as_it_is(terms: list[str]) -> list[str]:
    return terms
