"""Stages that find hard-negative candidates: embed, search, fuse, score."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from langret.pipeline.stage import Context
from langret.pipeline.work.shared import Summary, backbone_folder, quiet, read_table, write_table
from langret.recipe.lock import split_revision
from langret.recipe.schema import Miner, Recipe

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Collection, Query
    from langret.language import Language
    from langret.modeling.retriever import Retriever

_SHARD = 4096


def embed(
    ctx: Context, miner: Miner, backbone: str, revision: str | None, language: Language, recipe: Recipe
) -> Summary:
    """Vectors of all kept passages and of the queries to be mined for, shard by shard."""
    from langret.data.records import Collection, full_text

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")
    queries, _ = mined_queries(data)
    retriever = _retriever(ctx, miner, backbone, revision, language, recipe)
    if retriever.head != "dense":
        from langret.errors import ModelError

        raise ModelError("is a ColBERT model.", where=retriever.name, hint="Mine with `kind: colbert`.")
    count = sum(data.passages.column("kept").to_pylist())
    texts = (full_text(p.title, p.text) for p in data.kept_passages())
    asked = (query.text for query in queries)
    for name, given, first in (("passage", texts, 0), ("query", asked, count)):
        _embed(ctx, retriever, name, given, first, count + len(queries))
    return {"passages": count, "queries": len(queries), "dimension": retriever.dimension}


def mine(
    ctx: Context, miner: Miner, source: str, embedded: str | None, language: Language, recipe: Recipe
) -> Summary:
    """Candidates of one miner, with the score that it gives each query's best positive."""
    import pyarrow as pa

    from langret.data.records import Collection
    from langret.mining import BM25Index, fuse_candidates, given_candidates, random_candidates

    data = Collection.load(ctx.inputs["data"] / "train")
    queries, positives = mined_queries(data)
    scores: dict[str, float] = {}
    # known positives come out on top and are taken away by id later: look that much further
    depth = miner.last + max((len(positives[q.id]) for q in queries), default=0)
    if miner.kind == "bm25":
        index = BM25Index.build(language, data.kept_passages())
        found = index.search(queries, depth)
        scores = index.positive_scores(queries, positives)
    elif miner.kind == "dense":
        found, scores = _search_dense(ctx.inputs[embedded or ""], miner, data, queries, positives, depth)
    elif miner.kind == "colbert":
        found, scores = _search_colbert(ctx, miner, recipe, data, queries, positives, depth)
    elif miner.kind == "fused":
        mined = [stage for stage in ctx.inputs if stage.startswith("mine-")]
        found = fuse_candidates([read_table(ctx.inputs[s] / "candidates.arrow") for s in mined], depth)
    elif miner.kind == "given":
        found = given_candidates(data)
    else:
        found = random_candidates(
            [q.id for q in queries], [p.id for p in data.kept_passages()], depth, recipe.seed
        )
    found = found.set_column(
        found.schema.get_field_index("source"), "source", pa.array([source] * found.num_rows, pa.string())
    )
    write_table(found, ctx.folder / "candidates.arrow")
    (ctx.folder / "positive_scores.json").write_text(json.dumps(scores), encoding="utf-8")
    return {"queries": len(queries), "candidates": found.num_rows}


def score(ctx: Context, scorer: str, tokens: int, miners: dict[str, Miner]) -> Summary:
    """A cross-encoder's score of every candidate in rank and of every positive, shard by shard."""
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Collection, Texts
    from langret.judging.cross_encoder import CrossScorer
    from langret.mining import embed_texts

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")
    queries, positives = mined_queries(data)
    asked = {q.id: q.text for q in queries}
    texts = Texts(data.passages)
    pairs = _pairs_to_score(ctx, miners, positives)
    model = CrossScorer(scorer, tokens)

    def encode(part: Any) -> np.ndarray:
        found = model.scores((asked[q], texts[p]) for q, p in part)
        return np.fromiter(found, np.float32, len(part)).reshape(-1, 1)

    rows: Iterable[Any] = zip(pairs["query_id"].to_pylist(), pairs["passage_id"].to_pylist(), strict=True)
    scored = embed_texts(
        rows, encode, ctx.scratch / "scores.f32", 1, progress=lambda n: ctx.progress(n, len(pairs), "pairs")
    )
    table = pairs.append_column("score", pa.array(np.asarray(scored[:, 0])))
    write_table(table, ctx.folder / "scores.arrow")
    return {"pairs": table.num_rows}


def _embed(
    ctx: Context, retriever: Retriever, kind: Any, texts: Iterable[str], first: int, total: int
) -> None:
    from langret.mining import embed_texts

    batch = 64 if kind == "passage" else 128

    def encode(part: list[str]) -> Any:
        return retriever.encode(part, kind, batch_size=batch)

    def progress(done: int) -> None:
        ctx.progress(first + done, total, f"{kind} embeddings")

    aside = ctx.scratch / f"{kind}.f32"
    embed_texts(texts, encode, aside, retriever.dimension, progress=progress)
    aside.rename(ctx.folder / f"{kind}.f32")


def mined_queries(data: Collection) -> tuple[list[Query], dict[str, list[str]]]:
    """Queries that are trained on, hence mined for, and the known positives of all queries."""
    positives = data.positives()
    return [query for query in data.kept_queries() if query.id in positives], positives


def _pairs_to_score(ctx: Context, miners: dict[str, Miner], positives: dict[str, list[str]]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = ["query_id", "passage_id"]
    known = [(q, p) for q, found in positives.items() for p in found]
    tables = [pa.table({key: [pair[i] for pair in known] for i, key in enumerate(keys)})]
    for stage, miner in miners.items():
        found = read_table(ctx.inputs[stage] / "candidates.arrow")
        rank = found.column("rank")
        inside = pc.and_(pc.greater_equal(rank, miner.first), pc.less_equal(rank, miner.last))
        tables.append(found.filter(pc.and_(inside, found.column("kept"))).select(keys))
    distinct = pa.concat_tables([t.cast(tables[0].schema) for t in tables]).group_by(keys).aggregate([])
    return distinct.sort_by([(key, "ascending") for key in keys])


def _retriever(
    ctx: Context, miner: Miner, backbone: str, revision: str | None, language: Language, recipe: Recipe
) -> Retriever:
    from langret.modeling import build_member, load_model, open_backbone, shared_head
    from langret.modeling.retriever import Retriever
    from langret.tokenizer import TokenStore

    training = recipe.training
    lengths: dict[str, Any] = {
        "query_tokens": training.query_tokens,
        "passage_tokens": training.passage_tokens,
    }
    if miner.model is not None:
        name, pinned = split_revision(miner.model)
        return load_model(name, revision=pinned, **lengths)
    model = build_member(
        open_backbone(backbone_folder(ctx, backbone), revision),
        shared_head(from_scratch=recipe.backbone.scratch is not None),
        language,
        **lengths,
        seed=recipe.seed,
        passages=TokenStore.open(ctx.inputs["token-ids"] / "passages"),
    )
    return Retriever(model, name="backbone", language=language, **lengths)


def _search_dense(
    folder: Path,
    miner: Miner,
    data: Collection,
    queries: Sequence[Query],
    positives: dict[str, list[str]],
    depth: int,
) -> tuple[pa.Table, dict[str, float]]:
    import numpy as np

    from langret.mining import candidates_from_arrays, exact_search, hnsw_search

    passage_ids = [p.id for p in data.kept_passages()]
    asked, vectors = (
        np.memmap(folder / f"{name}.f32", np.float32, "r").reshape(count, -1)
        for name, count in (("query", len(queries)), ("passage", len(passage_ids)))
    )
    search = hnsw_search if miner.index == "hnsw" else exact_search
    scores, indices = search(asked, vectors, depth)
    found = candidates_from_arrays([q.id for q in queries], passage_ids, scores, indices, "dense")
    row = {pid: i for i, pid in enumerate(passage_ids)}
    best = {
        q.id: float(max(asked[i] @ vectors[row[pid]] for pid in positives[q.id]))
        for i, q in enumerate(queries)
    }
    return found, best


def _search_colbert(
    ctx: Context,
    miner: Miner,
    recipe: Recipe,
    data: Collection,
    queries: Sequence[Query],
    positives: dict[str, list[str]],
    depth: int,
) -> tuple[pa.Table, dict[str, float]]:
    """Exact MaxSim shard by shard, kept in scratch; PLAID where the corpus is large or the recipe says so."""
    from langret.evaluation.search import rank, search_kind
    from langret.mining.candidates import candidates_from_runs
    from langret.modeling import load_model

    quiet()
    name, pinned = split_revision(miner.model or "")
    training = recipe.training
    retriever: Any = load_model(
        name, revision=pinned, query_tokens=training.query_tokens, passage_tokens=training.passage_tokens
    )
    if retriever.head != "colbert":
        from langret.errors import ModelError

        raise ModelError("is a dense model.", where=retriever.name, hint="Mine with `kind: dense`.")
    passages = list(data.kept_passages())
    asked = _Asked(retriever, [q.text for q in queries])
    index: Any = "auto" if miner.index == "auto" else miner.index
    if search_kind("colbert", len(passages), index) == "plaid":
        runs = [rank(asked, queries, passages, depth, index="plaid")]
    else:
        runs = list(_shards(ctx, asked, queries, passages, depth))
    best: dict[str, float] = {}
    wanted = sorted({pid for q in queries for pid in positives[q.id]})
    texts = {p.id: p for p in passages if p.id in set(wanted)}
    from langret.data.records import full_text

    asking: dict[str, list[int]] = {}
    for i, query in enumerate(queries):
        for pid in positives[query.id]:
            asking.setdefault(pid, []).append(i)
    for start in range(0, len(wanted), _SHARD):
        part = [texts[pid] for pid in wanted[start : start + _SHARD]]
        for passage, vectors in zip(
            part, retriever.encode([full_text(p.title, p.text) for p in part], "passage"), strict=True
        ):
            for i in asking[passage.id]:
                own = float((asked.vectors[i] @ vectors.T).max(axis=1).sum()) if len(vectors) else 0.0
                best[queries[i].id] = max(own, best.get(queries[i].id, own))
    return candidates_from_runs(runs, [q.id for q in queries], depth, "colbert"), best


def _shards(
    ctx: Context, asked: _Asked, queries: Sequence[Query], passages: list, depth: int
) -> Iterator[dict[str, dict[str, float]]]:
    from langret.evaluation.runs import load_run, save_run
    from langret.evaluation.search import rank

    for start in range(0, len(passages), _SHARD):
        kept = ctx.scratch / f"shard-{start}.parquet"
        if not kept.exists():
            run = rank(asked, queries, passages[start : start + _SHARD], depth, index="exact")
            aside = kept.with_suffix(".partial")
            save_run(run, aside, [q.id for q in queries])
            aside.rename(kept)
        yield load_run(kept)
        ctx.progress(min(start + _SHARD, len(passages)), len(passages), "passages")


class _Asked:
    """A ColBERT retriever whose queries are encoded once, however many shards are searched."""

    head: Literal["dense", "colbert"] = "colbert"

    def __init__(self, retriever: Retriever, queries: list[str]) -> None:
        self.retriever = retriever
        self.vectors: Any = retriever.encode(queries, "query")

    def encode(self, texts: Sequence[str], kind: Any, **rest: Any) -> Any:
        """The vectors of the queries as they are kept; passages are encoded."""
        return self.vectors if kind == "query" else self.retriever.encode(texts, kind, **rest)
