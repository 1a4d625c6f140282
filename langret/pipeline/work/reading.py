"""Stages that read sources, clean them, and hold queries out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langret.pipeline.stage import Context
from langret.pipeline.work.shared import LEAKED, Summary
from langret.recipe.schema import BenchmarkSource, Filters, Recipe, Source

if TYPE_CHECKING:
    from langret.language import Language


def read(ctx: Context, source: Source, base: Path, language: Language, seed: int) -> Summary:
    """Read a source as it is."""
    from langret.data import read_source
    from langret.data.merge import without_queries

    collection = read_source(source, base=base, language=language, seed=seed)
    if not source.queries:
        collection = without_queries(collection)
    collection.save(ctx.folder)
    return {"funnel": collection.funnel()}


def benchmark(
    ctx: Context, source: BenchmarkSource, base: Path, passages: Language, queries: Language, seed: int
) -> Summary:
    """Read and normalise a benchmark, each side by its own language; what is empty or dangling is set aside."""
    from langret.data import read_source
    from langret.data.cleaning import clean
    from langret.data.judgements import must_be_benchmark
    from langret.data.records import Collection

    collection = read_source(source, base=base, language=passages, seed=seed)
    collection = clean(
        collection, passages, Filters(), role="benchmark", query_language=queries, folder=ctx.folder
    )
    must_be_benchmark(collection, source.path or source.hub or f"world {source.world}")
    if source.task == "reranking":
        from langret.data.reranking import with_candidates

        with_candidates(collection, source.name).save(ctx.scratch)
        for table in sorted(ctx.scratch.glob("*.arrow")):  # what is mapped cannot be written over
            table.replace(ctx.folder / table.name)
        collection = Collection.load(ctx.folder)
    return {"funnel": collection.funnel()}


def examples(
    ctx: Context, source: BenchmarkSource, base: Path, passages: Language, queries: Language, seed: int
) -> Summary:
    """Read and normalise the examples of a task; what cannot be measured on is set aside."""
    from langret.evaluation.benchmark import load_task

    data = load_task(source, passages, base, query_language=queries, seed=seed)
    data.save(ctx.folder)
    return {"funnel": data.funnel()}


def prepare(
    ctx: Context, recipe: Recipe, language: Language, sources: Sequence[str], marks: Sequence[str]
) -> Summary:
    """Clean the training data, compare it with the benchmarks, hold queries out."""
    from langret.data.cleaning import clean
    from langret.data.holdout import split_holdout
    from langret.data.leakage import annotate_leakage, leakage_counts
    from langret.data.leaked import leaked_queries
    from langret.data.merge import merge_collections
    from langret.data.records import Collection, dumps
    from langret.data.sources import read_counts, write_counts
    from langret.pipeline.work.writing import follow_originals, with_written

    if "documents" in ctx.inputs:  # cleaned already, for the writers
        writers = [name for name in ctx.inputs if name.startswith("write-")]
        collection = with_written(ctx.inputs, writers)
        written = [Collection.load(ctx.inputs[name]).queries.num_rows for name in writers]
        write_counts(ctx.folder, [*read_counts(ctx.inputs["documents"]), *written])
    else:
        read = [Collection.load(ctx.inputs[name]) for name in sources]
        write_counts(ctx.folder, [part.queries.num_rows for part in read])
        raw = merge_collections(read)
        collection = clean(raw, language, recipe.data.filters, folder=ctx.scratch / "clean")
    leakage = {}
    benchmarks = {name.removeprefix("benchmark-"): Collection.load(ctx.inputs[name]) for name in marks}
    for title, other in benchmarks.items():
        leakage[title] = leakage_counts(collection, other)
        collection = annotate_leakage(collection, other, title, recipe.data.filters.leakage)
    train, held_out = split_holdout(collection, recipe.data.holdout, recipe.seed)
    train = follow_originals(train, recipe)
    train.save(ctx.folder / "train")
    held_out.save(ctx.folder / "held-out")
    (ctx.folder / LEAKED).write_text(dumps(leaked_queries(train, benchmarks)) + "\n", encoding="utf-8")
    return {"funnel": train.funnel(), "held_out": len(held_out.positives()), "leakage": leakage}
