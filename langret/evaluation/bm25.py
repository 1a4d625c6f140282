"""The baseline that a retriever has to beat: BM25 with the language's own analyzer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from langret.data.records import Passage, Query
from langret.evaluation.search import Run
from langret.language import Language


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
