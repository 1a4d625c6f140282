"""Stages that find hard-negative candidates: embed, search, fuse, score."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import DataError
from langret.pipeline.stage import Context
from langret.pipeline.work.late import search_colbert
from langret.pipeline.work.pairs import KEYS, distinct_pairs, score_pairs
from langret.pipeline.work.shared import Summary, backbone_folder, quiet, read_table, write_table
from langret.recipe.lock import split_revision
from langret.recipe.schema import Miner, Recipe

if TYPE_CHECKING:
    import pyarrow as pa

    from langret.data.records import Collection, Query
    from langret.language import Language
    from langret.modeling.retriever import Retriever

_QUERIES_AT_ONCE = 20_000


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
    made = [
        _embed(ctx, retriever, name, given, first, count + len(queries))
        for name, given, first in (("passage", texts, 0), ("query", asked, count))
    ]
    for path in made:  # not one by one: what lies in the result's folder is lost to a kill
        path.rename(ctx.folder / path.name)
    return {"passages": count, "queries": len(queries), "dimension": retriever.dimension}


def mine(
    ctx: Context, miner: Miner, source: str, embedded: str | None, language: Language, recipe: Recipe
) -> Summary:
    """Candidates of one miner, with the score that it gives each query's best positive."""
    import pyarrow as pa

    from langret.data.records import CANDIDATES, Collection
    from langret.mining import BM25Index, given_candidates, random_candidates

    data = Collection.load(ctx.inputs["data"] / "train")
    queries, positives = mined_queries(data)
    scores: dict[str, float] = {}
    # known positives come out on top and do not count as ranks: look that much further
    depth = miner.last + max(len(positives[q.id]) for q in queries)
    if miner.kind == "bm25":
        index = BM25Index.build(language, data.kept_passages())
        found: Iterable[pa.Table] = [index.search(queries, depth)]
        scores = index.positive_scores(queries, positives)
    elif miner.kind == "dense":
        table, scores = _search_dense(ctx.inputs[embedded or ""], miner, data, queries, positives, depth)
        found = [table]
    elif miner.kind == "colbert":
        table, scores = search_colbert(ctx, miner, recipe, data, queries, positives, depth)
        found = [table]
    elif miner.kind == "fused":
        found = _fused(ctx, queries, depth)
    elif miner.kind == "given":
        found = [given_candidates(data)]
    else:
        passage_ids = [p.id for p in data.kept_passages()]
        found = [random_candidates([q.id for q in queries], passage_ids, depth, recipe.seed)]
    count = 0
    with (
        pa.OSFile(str(ctx.folder / "candidates.arrow"), "wb") as sink,
        pa.ipc.new_file(sink, CANDIDATES) as out,
    ):
        for table in found:
            place = table.schema.get_field_index("source")
            out.write_table(table.set_column(place, "source", pa.repeat(source, table.num_rows)))
            count += table.num_rows
    (ctx.folder / "positive_scores.json").write_text(json.dumps(scores), encoding="utf-8")
    return {"queries": len(queries), "candidates": count}


def _fused(ctx: Context, queries: Sequence[Query], depth: int) -> Iterator[pa.Table]:
    """Fused candidates of a block of queries after the other, in the order of the queries."""
    from langret.mining import fuse_candidates

    mined = [stage for stage in ctx.inputs if stage.startswith("mine-")]
    parts = [Blocks(read_table(ctx.inputs[stage] / "candidates.arrow"), queries) for stage in mined]
    for start, end in blocks(len(queries)):
        fused = fuse_candidates([part.rows(start, end) for part in parts], depth)
        yield Blocks(fused, queries[start:end]).rows(0, end - start)
        ctx.progress(end, len(queries), "queries")


def blocks(queries: int) -> Iterator[tuple[int, int]]:
    """Where blocks of queries start and end, so that memory does not grow with their number."""
    for start in range(0, queries, _QUERIES_AT_ONCE):
        yield start, min(start + _QUERIES_AT_ONCE, queries)


class Blocks:
    """A table by the place of its queries, so that some queries' rows can be had at a time.

    Args:
        table: Has a column ``query_id``; rows of other queries are passed over.
        queries: Queries in their order.
    """

    def __init__(self, table: pa.Table, queries: Sequence[Query]) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        self.table = table
        ids = pa.array([q.id for q in queries], pa.string())
        place = pc.index_in(table.column("query_id"), value_set=ids).fill_null(-1).to_numpy()
        self.order = None if (place[1:] >= place[:-1]).all() else np.argsort(place, kind="stable")
        self.place = place if self.order is None else place[self.order]

    def rows(self, start: int, end: int) -> pa.Table:
        """Rows of the queries from ``start`` up to ``end``, in the order of the queries."""
        import numpy as np
        import pyarrow as pa

        first, last = np.searchsorted(self.place, [start, end])
        if self.order is None:
            return self.table.slice(first, last - first)
        return self.table.take(pa.array(self.order[first:last]))


def score(ctx: Context, scorer: str, tokens: int, miners: dict[str, Miner]) -> Summary:
    """A cross-encoder's score of every candidate in rank and of every positive, shard by shard."""
    from langret.data.records import Collection
    from langret.judging.cross_encoder import CrossScorer

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")
    _, positives = mined_queries(data)
    pairs = _pairs_to_score(ctx, miners, positives)
    table = score_pairs(ctx, pairs, data, CrossScorer(scorer, tokens).scores)
    write_table(table, ctx.folder / "scores.arrow")
    return {"pairs": table.num_rows}


def _embed(
    ctx: Context, retriever: Retriever, kind: Any, texts: Iterable[str], first: int, total: int
) -> Path:
    from langret.mining import embed_texts

    batch = 64 if kind == "passage" else 128

    def encode(part: list[str]) -> Any:
        return retriever.encode(part, kind, batch_size=batch)

    def progress(done: int) -> None:
        ctx.progress(first + done, total, f"{kind} embeddings")

    path = ctx.scratch / f"{kind}.f32"
    embed_texts(texts, encode, path, retriever.dimension, progress=progress)
    return path


def mined_queries(data: Collection) -> tuple[list[Query], dict[str, list[str]]]:
    """Queries that are trained on, hence mined for, and the known positives of all queries.

    Raises:
        DataError: There is no such query.
    """
    positives = data.positives()
    queries = [query for query in data.kept_queries() if query.id in positives]
    if not queries:
        raise DataError(
            "No query with a positive passage is left, so there is nothing to mine for.",
            hint="Give questions with their passages, or documents with titles or headings.",
        )
    return queries, positives


def _pairs_to_score(ctx: Context, miners: dict[str, Miner], positives: dict[str, list[str]]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    from langret.mining.known import in_rank

    known = [(q, p) for q, found in positives.items() for p in found]
    tables = [pa.table({key: [pair[i] for pair in known] for i, key in enumerate(KEYS)})]
    for stage, miner in miners.items():
        found = read_table(ctx.inputs[stage] / "candidates.arrow")
        inside = pa.array(in_rank(found, positives, miner.first, miner.last))
        tables.append(found.filter(pc.and_(inside, found.column("kept"))))
    return distinct_pairs(tables)


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
