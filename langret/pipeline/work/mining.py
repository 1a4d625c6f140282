"""Stages that find hard-negative candidates and choose among them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from langret.pipeline.stage import Context
from langret.pipeline.work.shared import Summary, backbone_folder, quiet, read_table, write_table
from langret.recipe.lock import split_revision
from langret.recipe.schema import Miner, Negatives, Recipe

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.language import Language


def mine(
    ctx: Context,
    miner: Miner,
    source: str,
    backbone: str,
    revision: str | None,
    language: Language,
    recipe: Recipe,
) -> Summary:
    """Candidates of one miner, with the score that it gives each query's best positive."""
    import pyarrow as pa

    from langret.data.records import Collection
    from langret.mining import BM25Index, given_candidates, random_candidates

    data = Collection.load(ctx.inputs["data"] / "train")
    positives = data.positives()
    queries = [query for query in data.kept_queries() if query.id in positives]
    scores: dict[str, float] = {}
    # known positives come out on top and are taken away by id later: look that much further
    depth = miner.last + max((len(positives[q.id]) for q in queries), default=0)
    if miner.kind == "bm25":
        index = BM25Index.build(language, data.kept_passages())
        found = index.search(queries, depth)
        scores = index.positive_scores(queries, positives)
    elif miner.kind == "dense":
        found, scores = _mine_dense(
            ctx, miner, backbone, revision, language, recipe, data, queries, positives, depth
        )
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


def _mine_dense(
    ctx: Context,
    miner: Miner,
    backbone: str,
    revision: str | None,
    language: Language,
    recipe: Recipe,
    data: Collection,
    queries: list,
    positives: dict[str, list[str]],
    depth: int,
) -> tuple[Any, dict[str, float]]:
    import numpy as np

    from langret.data.records import full_text
    from langret.mining import candidates_from_arrays, exact_search
    from langret.modeling import build_member, load_model, open_backbone, shared_head
    from langret.modeling.retriever import Retriever
    from langret.tokenizer import TokenStore

    quiet()
    training = recipe.training
    lengths: dict[str, Any] = {
        "query_tokens": training.query_tokens,
        "passage_tokens": training.passage_tokens,
    }
    if miner.model is not None:
        name, pinned = split_revision(miner.model)
        retriever = load_model(name, revision=pinned, **lengths)
    else:
        start = open_backbone(backbone_folder(ctx, backbone), revision)
        model = build_member(
            start,
            shared_head(from_scratch=recipe.backbone.scratch is not None),
            language,
            **lengths,
            seed=recipe.seed,
            passages=TokenStore.open(ctx.inputs["token-ids"] / "passages"),
        )
        retriever = Retriever(model, name="backbone", language=language, **lengths)
    passages = list(data.kept_passages())
    ctx.progress(0, None, "passages")
    # on disk, so that memory does not grow with the corpus
    size = retriever.dimension
    vectors = np.memmap(ctx.scratch / "passages.f32", np.float32, "w+", shape=(len(passages), size))
    for i in range(0, len(passages), 1024):
        texts = [full_text(p.title, p.text) for p in passages[i : i + 1024]]
        vectors[i : i + 1024] = retriever.encode(texts, "passage", batch_size=64)
        ctx.progress(i, len(passages) + len(queries), "passages")
    asked = np.empty((len(queries), size), dtype=np.float32)
    for i in range(0, len(queries), 1024):
        asked[i : i + 1024] = retriever.encode(
            [q.text for q in queries[i : i + 1024]], "query", batch_size=128
        )
        ctx.progress(len(passages) + i, len(passages) + len(queries), "queries")
    scores, indices = exact_search(asked, vectors, depth)
    found = candidates_from_arrays(
        [q.id for q in queries], [p.id for p in passages], scores, indices, "dense"
    )
    row = {p.id: i for i, p in enumerate(passages)}
    best = {
        q.id: float(max(asked[i] @ vectors[row[pid]] for pid in positives[q.id]))
        for i, q in enumerate(queries)
    }
    return found, best


def select(ctx: Context, rules: Negatives, miners: Mapping[str, str], seed: int) -> Summary:
    """Choose hard negatives among the candidates of all miners."""
    from langret.data.records import Collection
    from langret.mining import join_candidates, select_negatives, selection_summary

    data = Collection.load(ctx.inputs["data"] / "train")
    tables = [read_table(ctx.inputs[stage] / "candidates.arrow") for stage in miners]
    scores = {
        source: json.loads((ctx.inputs[stage] / "positive_scores.json").read_text(encoding="utf-8"))
        for stage, source in miners.items()
    }
    positives = data.positives()
    table = select_negatives(
        join_candidates(tables), positives, {s: found for s, found in scores.items() if found}, rules, seed
    )
    write_table(table, ctx.folder / "negatives.arrow")
    trained = sum(q.id in positives for q in data.kept_queries())
    return selection_summary(table, rules.per_query, trained)
