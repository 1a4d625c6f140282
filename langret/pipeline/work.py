"""What each stage of a recipe does: the rooms' functions, applied to folders.

Everything heavy is imported inside the functions, so that a finished recipe imports none of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import DataError
from langret.pipeline.stage import Context
from langret.recipe.lock import split_revision
from langret.recipe.schema import (
    Backbone,
    BenchmarkSource,
    Filters,
    MaskedLanguageModel,
    Member,
    Miner,
    Negatives,
    Recipe,
    Scratch,
    Source,
    WeakPairs,
)

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.language import Language

Summary = dict[str, object]

NOTHING_TO_MEASURE = (
    "There is nothing to measure on: no benchmark is given, and too few queries to hold some out."
)
MEASURE_HINT = "Give evaluation.benchmarks, or at least ten queries with positives."


def read(ctx: Context, source: Source, base: Path, language: Language, seed: int) -> Summary:
    """Read a source as it is."""
    from langret.data import read_source
    from langret.data.merge import without_queries

    collection = read_source(source, base=base, language=language, seed=seed)
    if not source.queries:
        collection = without_queries(collection)
    collection.save(ctx.folder)
    return {"funnel": collection.funnel()}


def benchmark(ctx: Context, source: BenchmarkSource, base: Path, language: Language, seed: int) -> Summary:
    """Read and normalise a benchmark; nothing is set aside but what is empty or dangling."""
    from langret.data import read_source
    from langret.data.cleaning import clean

    collection = read_source(source, base=base, language=language, seed=seed)
    return {"funnel": clean(collection, language, Filters(), role="benchmark", folder=ctx.folder).funnel()}


def prepare(
    ctx: Context, recipe: Recipe, language: Language, sources: Sequence[str], marks: Sequence[str]
) -> Summary:
    """Clean the training data, compare it with the benchmarks, hold queries out."""
    from langret.data.cleaning import clean
    from langret.data.holdout import split_holdout
    from langret.data.leakage import annotate_leakage, leakage_counts
    from langret.data.merge import merge_collections
    from langret.data.records import Collection

    raw = merge_collections([Collection.load(ctx.inputs[name]) for name in sources])
    collection = clean(raw, language, recipe.data.filters, folder=ctx.scratch / "clean")
    leakage = {}
    for name in marks:
        other = Collection.load(ctx.inputs[name])
        title = name.removeprefix("benchmark-")
        leakage[title] = leakage_counts(collection, other)
        collection = annotate_leakage(collection, other, title, recipe.data.filters.leakage)
    train, held_out = split_holdout(collection, recipe.data.holdout, recipe.seed)
    train.save(ctx.folder / "train")
    held_out.save(ctx.folder / "held-out")
    return {"funnel": train.funnel(), "held_out": len(held_out.positives()), "leakage": leakage}


def tokenizer(ctx: Context, settings: Backbone, pretrained: str, language: Language, seed: int) -> Summary:
    """Fit a vocabulary to the kept passages and queries, and an encoder to it: a new one, or a pretrained one."""
    from langret.data.records import Collection, full_text
    from langret.modeling import new_backbone, open_backbone
    from langret.tokenizer import train_tokenizer

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")

    def texts() -> Any:
        for passage in data.kept_passages():
            yield full_text(passage.title, passage.text)
        for query in data.kept_queries():
            yield query.text

    folder = ctx.folder / "backbone"
    if settings.scratch is not None:
        trained = train_tokenizer(language, texts(), settings.scratch.vocabulary)
        new_backbone(settings.scratch, trained, language, folder, seed=seed)
        return {"pieces": len(trained)}
    from langret.modeling.vocabulary import transplant_backbone, trim_backbone

    start = open_backbone(pretrained, settings.revision)
    if settings.tokenizer == "trimmed":
        made = trim_backbone(start, texts(), folder, most=settings.vocabulary)
    else:
        trained = train_tokenizer(language, texts(), settings.vocabulary or Scratch().vocabulary)
        made = transplant_backbone(start, trained, language, texts(), folder, seed=seed)
    return {"pieces": len(made.tokenizer), "pieces_before": len(start.tokenizer)}


def token_ids(ctx: Context, backbone: str, revision: str | None, measured: bool) -> Summary:
    """Turn every passage and query into token ids, once; row i of a table is text i of its store."""
    from langret.data.records import Collection, full_text
    from langret.modeling import open_backbone
    from langret.tokenizer import encode_texts

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")
    if not measured and not Collection.load(ctx.inputs["data"] / "held-out").positives():
        raise DataError(NOTHING_TO_MEASURE, hint=MEASURE_HINT)  # before hours of training, not after
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    tokenizer = ctx.scratch / "tokenizer"  # of the locked revision, where it comes from the hub
    start.tokenizer.save_pretrained(tokenizer)
    normalized = (
        full_text(title, text)
        for batch in data.passages.to_batches()
        for title, text in zip(
            batch.column("title").to_pylist(), batch.column("text").to_pylist(), strict=True
        )
    )
    passages = encode_texts(normalized, tokenizer, ctx.folder / "passages", language=start.language)
    queries = encode_texts(
        (text for batch in data.queries.to_batches() for text in batch.column("text").to_pylist()),
        tokenizer,
        ctx.folder / "queries",
        language=start.language,
    )
    return {"passage_tokens": passages.tokens, "query_tokens": queries.tokens}


def pretrain(
    ctx: Context,
    settings: MaskedLanguageModel | WeakPairs,
    backbone: str,
    revision: str | None,
    from_scratch: bool,
    language: Language,
    seed: int,
) -> Summary:
    """One shared training stage of the backbone."""
    import numpy as np

    from langret.data.records import Collection
    from langret.modeling import open_backbone
    from langret.tokenizer import TokenStore
    from langret.training import pretrain_mlm, pretrain_weak_pairs

    quiet()
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    passages = TokenStore.open(ctx.inputs["token-ids"] / "passages")
    data = Collection.load(ctx.inputs["data"] / "train")
    kept = np.asarray(data.passages.column("kept").to_pylist())
    rows = np.flatnonzero(kept & (np.diff(passages.offsets) >= 8))
    target = ctx.folder / "backbone"
    common: dict[str, Any] = {"rows": rows, "seed": seed, "report": reporter(ctx)}
    if isinstance(settings, MaskedLanguageModel):
        _, log = pretrain_mlm(start, passages, settings, target, ctx.scratch, **common)
    else:
        common |= {"from_scratch": from_scratch}
        _, log = pretrain_weak_pairs(start, passages, language, settings, target, ctx.scratch, **common)
    return logged(ctx, log)


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


def train(
    ctx: Context, recipe: Recipe, member: Member, backbone: str, revision: str | None, language: Language
) -> Summary:
    """Train one member of the family."""
    from langret.data.records import Collection
    from langret.modeling import open_backbone, save_member
    from langret.tokenizer import TokenStore
    from langret.training import train_member

    quiet()
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    training = recipe.training_of(member)
    if "tensorboard" in training.report_to:
        # beside the results: scratch goes when the stage has finished
        logs = ctx.scratch.parent.parent / "logs" / member.id
        os.environ.setdefault("TENSORBOARD_LOGGING_DIR", str(logs))
    negatives = None
    if "negatives" in ctx.inputs:
        negatives = read_table(ctx.inputs["negatives"] / "negatives.arrow")
    ids = ctx.inputs["token-ids"]
    model, log = train_member(
        start,
        member,
        language,
        training,
        Collection.load(ctx.inputs["data"] / "train"),
        negatives,
        TokenStore.open(ids / "queries"),
        TokenStore.open(ids / "passages"),
        ctx.scratch,
        from_scratch=recipe.backbone.scratch is not None,
        held_out=Collection.load(ctx.inputs["data"] / "held-out"),
        seed=recipe.seed,
        report=reporter(ctx),
    )
    facts = {
        "language": language.code,
        "version": language.version,
        "segmented": start.language is not None,
        "head": member.head,
        "member": member.id,
        "recipe": recipe.name,
    }
    save_member(model, ctx.folder / "model", facts)
    return logged(ctx, log)


def rank(ctx: Context, system: str, recipe: Recipe, language: Language) -> Summary:
    """Search one benchmark with one system."""
    import time

    from langret.data.records import Collection
    from langret.evaluation import rank as search
    from langret.evaluation import rank_bm25
    from langret.evaluation.metrics import deepest
    from langret.evaluation.runs import save_run
    from langret.evaluation.search import search_kind
    from langret.modeling import load_model

    quiet()
    (folder,) = (path for name, path in ctx.inputs.items() if name == "data" or name.startswith("benchmark-"))
    data = Collection.load(folder / "held-out" if "data" in ctx.inputs else folder)
    answerable = data.positives()
    queries = [query for query in data.kept_queries() if query.id in answerable]
    passages = list(data.kept_passages())
    depth = max(100, deepest(recipe.evaluation.metrics)) + 1
    start = time.perf_counter()
    if system == "bm25":
        run, kind = rank_bm25(language, queries, passages, depth), "bm25"
    else:
        trained = {
            name.removeprefix("train-"): path
            for name, path in ctx.inputs.items()
            if name.startswith("train-")
        }
        if system in trained:
            retriever = load_model(
                trained[system] / "model",
                query_tokens=recipe.evaluation.query_tokens,
                passage_tokens=recipe.evaluation.passage_tokens,
            )
        else:
            model, pinned = split_revision(system)
            retriever = load_model(model, revision=pinned)
        run, kind = search(retriever, queries, passages, depth), search_kind(retriever.head, len(passages))
    seconds = round(time.perf_counter() - start, 3)
    save_run(run, ctx.folder / "run.parquet", [q.id for q in queries])
    return {"queries": len(queries), "passages": len(passages), "search": kind, "search_seconds": seconds}


def score(
    ctx: Context,
    name: str,
    ranked: Mapping[str, str],
    folder: str,
    recipe: Recipe,
    baselines: Sequence[str],
) -> Summary:
    """Metrics, intervals and significance of every system on one benchmark."""
    from langret.data.records import Collection
    from langret.evaluation import evaluate_runs, write_results
    from langret.evaluation.measure import Ranking
    from langret.evaluation.runs import load_run

    data = Collection.load(ctx.inputs[folder] / "held-out" if folder == "data" else ctx.inputs[folder])
    runs, context = {}, {}
    for system, stage in ranked.items():
        runs[system] = load_run(ctx.inputs[stage] / "run.parquet")
        facts = json.loads((ctx.inputs[stage] / "stage.json").read_text(encoding="utf-8"))["summary"]
        context[system] = Ranking(facts["search"], facts["search_seconds"], system in baselines)
    reference = baselines[0] if baselines else None
    results = evaluate_runs(
        runs, name, data, recipe.evaluation.metrics, reference, recipe.seed, context=context
    )
    write_results(results, ctx.folder / "results.json")
    first = recipe.evaluation.metrics[0]
    return {r.member: f"{first} {r.value:.3f}" for r in results if r.metric == first}


def quiet() -> None:
    """Loading bars of single weight files say nothing that the stage's own line does not."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


def backbone_folder(ctx: Context, backbone: str) -> Path | str:
    """Folder of a backbone that a stage made, or the folder or hub name that the recipe gives."""
    return ctx.inputs[backbone] / "backbone" if backbone in ctx.inputs else backbone


def reporter(ctx: Context) -> Any:
    """Turn the trainer's figures into a progress line, and drop what would grow without end."""
    notes: dict[str, str] = {}
    names = {"loss": "loss", "eval_ndcg@10": "held-out nDCG@10"}

    def report(step: int, steps: int, figures: dict[str, float]) -> None:
        notes.update({names[k]: f"{v:.3f}" for k, v in figures.items() if k in names})
        ctx.progress(step, steps, " ".join(f"{k} {v}" for k, v in notes.items()))

    return report


def logged(ctx: Context, log: list[dict[str, float]]) -> Summary:
    """Keep the training log and sum it up."""
    (ctx.folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    losses = [line["loss"] for line in log if "loss" in line]
    seen = [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line]
    summary: Summary = {"loss": round(losses[-1], 4)} if losses else {}
    if seen:
        summary["held_out_ndcg@10"] = [round(value, 4) for value in seen]
    return summary


def write_table(table: Any, path: Path) -> None:
    """Write an Arrow file."""
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)


def read_table(path: Path) -> Any:
    """Memory-map an Arrow file."""
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()
