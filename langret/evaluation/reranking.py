"""Putting given candidates in order, as against finding them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from langret.data.records import Collection, Passage, Query, full_text
from langret.evaluation.lexical import RANKERS
from langret.evaluation.maxsim import maxsim_search

if TYPE_CHECKING:
    from langret.evaluation.encoder import Encoder
    from langret.evaluation.search import Run
    from langret.language import Language


def candidates_of(benchmark: Collection) -> dict[str, list[str]]:
    """The passages judged for each query, relevant or not."""
    found: dict[str, list[str]] = {}
    for judgement in benchmark.kept_judgements():
        found.setdefault(judgement.query_id, []).append(judgement.passage_id)
    return found


def rerank(
    system: Encoder | str,
    language: Language,
    queries: Sequence[Query],
    passages: Sequence[Passage],
    candidates: Mapping[str, Sequence[str]],
    *,
    progress: bool = False,
) -> Run:
    """Order the candidates of every query.

    Args:
        system: A retriever, or the name of a lexical baseline. BM25 counts terms in all candidates of all queries; a
            candidate that shares none with its query scores 0.
        language: Language of the passages, which gives lexical baselines their analyzer.
        queries: Queries; each has candidates.
        passages: The candidates of all queries; others are not looked at.
        candidates: Passage ids by query id.
        progress: Show the encoder's progress bars.

    Returns:
        Every query id with all its candidates, best first.
    """
    needed = {pid for query in queries for pid in candidates[query.id]}
    passages = [passage for passage in passages if passage.id in needed]
    if isinstance(system, str):
        found = RANKERS[system](language, queries, passages, len(passages))
        scores = {q.id: {p: found[q.id].get(p, 0.0) for p in candidates[q.id]} for q in queries}
    else:
        wanted = system.encode([q.text for q in queries], "query", progress=progress)
        texts = [full_text(p.title, p.text) for p in passages]
        vectors = system.encode(texts, "passage", progress=progress)
        rows = {passage.id: row for row, passage in enumerate(passages)}
        scores = {}
        for query, vector in zip(queries, wanted, strict=True):
            mine = [rows[p] for p in candidates[query.id]]
            if system.head == "dense":
                values = vectors[mine] @ vector
            else:
                found_scores, places = maxsim_search([vector], [vectors[i] for i in mine], len(mine))
                values = np.empty(len(mine), dtype=np.float32)
                # a text without a token scores minus infinity; it stands last, as a candidate it stays
                values[places[0]] = np.maximum(found_scores[0], np.finfo(np.float32).min)
            scores[query.id] = {p: float(v) for p, v in zip(candidates[query.id], values, strict=True)}
    return {q: dict(sorted(hits.items(), key=lambda hit: -hit[1])) for q, hits in scores.items()}
