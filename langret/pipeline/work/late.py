"""Mining with a ColBERT model: exact MaxSim shard by shard, or PLAID."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from langret.errors import ModelError
from langret.pipeline.stage import Context
from langret.pipeline.work.shared import quiet
from langret.recipe.lock import split_revision
from langret.recipe.schema import Miner, Recipe

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Collection, Passage, Query
    from langret.modeling.retriever import Retriever

_SHARD = 4096
Run = dict[str, dict[str, float]]


def search_colbert(
    ctx: Context,
    miner: Miner,
    recipe: Recipe,
    data: Collection,
    queries: Sequence[Query],
    positives: dict[str, list[str]],
    depth: int,
) -> tuple[pa.Table, dict[str, float]]:
    """Candidates, and the score of each query's best positive.

    Exact search keeps each shard's finds in scratch, so that a killed run repeats one shard at most. PLAID, for large
    corpora or where the recipe says so, starts again. A positive that PLAID finds has PLAID's score; the others are
    scored by MaxSim.

    Raises:
        ModelError: The model is none of ColBERT's kind.
    """
    from langret.evaluation.choice import search_kind
    from langret.evaluation.search import rank
    from langret.mining.candidates import candidates_from_runs
    from langret.modeling import load_model

    quiet()
    name, pinned = split_revision(miner.model or "")
    training = recipe.training
    retriever: Any = load_model(
        name, revision=pinned, query_tokens=training.query_tokens, passage_tokens=training.passage_tokens
    )
    if retriever.head != "colbert":
        raise ModelError("is a dense model.", where=retriever.name, hint="Mine with `kind: dense`.")
    passages = list(data.kept_passages())
    work = _Work(ctx, retriever, queries, positives)
    index: Any = miner.index
    if search_kind(work, queries, passages, index) == "plaid":
        run = rank(work, queries, passages, depth, index="plaid")
        work.take({q: {p: s for p, s in hits.items() if p in positives[q]} for q, hits in run.items()})
        missed = {p for q in queries for p in positives[q.id] if p not in run[q.id]}
        for part in _parts([p for p in passages if p.id in missed]):
            own = work.own(part, work.encode(_texts(part), "passage"))
            work.take({q: {p: s for p, s in hits.items() if p not in run[q]} for q, hits in own.items()})
        runs: Iterator[Run] = iter([run])
    else:
        runs = work.shards(passages, depth)
    return candidates_from_runs(runs, [q.id for q in queries], depth, "colbert"), work.best


class _Work:
    """A ColBERT retriever whose queries are encoded once, however many shards are searched."""

    head: Literal["dense", "colbert"] = "colbert"

    def __init__(
        self, ctx: Context, retriever: Retriever, queries: Sequence[Query], positives: dict[str, list[str]]
    ) -> None:
        self.ctx, self.retriever, self.queries = ctx, retriever, queries
        self.vectors: Any = retriever.encode([q.text for q in queries], "query")
        self.asking: dict[str, list[int]] = {}
        for i, query in enumerate(queries):
            for pid in positives[query.id]:
                self.asking.setdefault(pid, []).append(i)
        self.best: dict[str, float] = {}

    def encode(self, texts: Sequence[str], kind: Any, **rest: Any) -> Any:
        """The vectors of the queries as they are kept; passages are encoded."""
        return self.vectors if kind == "query" else self.retriever.encode(texts, kind, **rest)

    def take(self, own: Run) -> None:
        """Remember the best score of each query among those of its positives."""
        for query_id, scores in own.items():
            for value in scores.values():
                self.best[query_id] = max(value, self.best.get(query_id, value))

    def own(self, passages: Sequence[Passage], vectors: Sequence[np.ndarray]) -> Run:
        """MaxSim of the queries with those passages that are their positives; what has no token has no score."""
        found: Run = {}
        for passage, tokens in zip(passages, vectors, strict=True):
            for i in self.asking.get(passage.id, ()):
                if len(tokens) and len(self.vectors[i]):
                    score = float((self.vectors[i] @ tokens.T).max(axis=1).sum())
                    found.setdefault(self.queries[i].id, {})[passage.id] = score
        return found

    def shards(self, passages: Sequence[Passage], depth: int) -> Iterator[Run]:
        """What exact search finds in one shard after another; finished shards are read from scratch."""
        from langret.evaluation.runs import load_run, save_run

        done = 0
        ids = [q.id for q in self.queries]
        for number, part in enumerate(_parts(passages)):
            kept = self.ctx.scratch / f"shard-{number}.parquet"
            beside = kept.with_suffix(".json")
            if not kept.exists():
                vectors: Any = self.retriever.encode(_texts(part), "passage")
                beside.write_text(json.dumps(self.own(part, vectors)), encoding="utf-8")
                aside = kept.with_suffix(".partial")
                save_run(self._search(part, vectors, depth), aside, ids)
                aside.rename(kept)
            self.take(json.loads(beside.read_text(encoding="utf-8")))
            yield load_run(kept)
            done += len(part)
            self.ctx.progress(done, len(passages), "passages")

    def _search(self, part: Sequence[Passage], vectors: Any, depth: int) -> Run:
        import numpy as np

        from langret.evaluation.maxsim import maxsim_search

        scores, indices = maxsim_search(self.vectors, vectors, depth)
        return {
            query.id: {part[i].id: float(s) for s, i in zip(row, at, strict=True) if np.isfinite(s)}
            for query, row, at in zip(self.queries, scores, indices, strict=True)
        }


def _texts(passages: Sequence[Passage]) -> list[str]:
    from langret.data.records import full_text

    return [full_text(p.title, p.text) for p in passages]


def _parts(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), _SHARD):
        yield passages[start : start + _SHARD]
