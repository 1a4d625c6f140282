"""Measuring a family of retrievers against its baselines on one benchmark."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from langret.data.records import LEAKS, Collection, Leak
from langret.errors import DataError, RecipeError, nearest
from langret.evaluation.benchmark import searched
from langret.evaluation.choice import Index, search_kind
from langret.evaluation.encoder import Encoder
from langret.evaluation.fusion import fuse_runs
from langret.evaluation.lexical import RANKERS
from langret.evaluation.metrics import deepest, parse_metrics, qrels_of, score_qrels
from langret.evaluation.reranking import candidates_of, rerank
from langret.evaluation.results import Result, SliceResult
from langret.evaluation.search import MEMORY, Run, cut_passages, rank
from langret.evaluation.significance import compare, interval
from langret.evaluation.slices import CLEAN, question_slices
from langret.language import Language

BM25 = "bm25"
JUDGED = "Judged@10"


@dataclass(frozen=True)
class Ranking:
    """How a run came about.

    Attributes:
        search: ``exact`` or ``plaid``, ``fused``, ``candidates``, or the name of a lexical baseline.
        seconds: Time to encode and search.
        baseline: Whether the system is there for comparison only.
        cut: Passages of which it read the beginning only.
    """

    search: str | None = None
    seconds: float | None = None
    baseline: bool = False
    cut: int | None = None


def evaluate(
    retrievers: Mapping[str, Encoder],
    benchmark_name: str,
    benchmark: Collection,
    metrics: Sequence[str],
    *,
    language: Language,
    query_language: Language | None = None,
    slices: Sequence[str] = (),
    baselines: Sequence[str] = (BM25,),
    fusion: bool = False,
    seed: int,
    k: int = 100,
    index: Index = "auto",
    memory: int = MEMORY,
    query_tokens: int | None = None,
    passage_tokens: int | Literal["longest"] | None = None,
    task: str = "retrieval",
    progress: bool = False,
) -> tuple[list[Result], dict[str, Run]]:
    """Rank with every system and score the runs. Each system encodes the benchmark once, for all metrics.

    Args:
        retrievers: Members by name.
        benchmark_name: How results call the benchmark.
        benchmark: Normalised passages, queries and judgements.
        metrics: Names in ir-measures notation.
        language: Language of the passages, which gives BM25 its analyzer.
        query_language: Language of the queries, which tells kinds of questions apart; default: the passages'.
        slices: What the benchmark shows, as ``axis:value``.
        baselines: ``bm25``, ``bag_of_words``, names among ``retrievers``, or folders and hub names of models. The
            first is the one that everything else is compared with.
        fusion: Measure each member also fused with BM25, as ``NAME+bm25``; needs ``bm25`` among the baselines.
        seed: Seed of the resampling tests.
        k: Depth of the runs; raised to the deepest cut-off among the metrics.
        index: How ColBERT vectors are searched.
        memory: MiB of passage vectors held at once, about.
        query_tokens: Longest query of baseline models; default: their own.
        passage_tokens: Longest passage of baseline models, or ``longest`` for the most that each was made for;
            default: their own.
        task: What results call the task; for ``reranking`` the judged passages of each query are put in order.
        progress: Show progress bars.

    Returns:
        Results, system by system in the order of ``retrievers`` and then ``baselines``, and the runs.

    Raises:
        RecipeError: A metric is unknown.
        DataError: The benchmark has no passage, or no query with a relevant one.
        ModelError: A baseline cannot be loaded.
    """
    depth = max(k, deepest(metrics))
    qrels, _ = _answerable(benchmark, benchmark_name)
    queries = [query for query in benchmark.kept_queries() if query.id in qrels]
    passages = searched(benchmark)
    if not passages:
        raise DataError("there is no passage to search", where=f"benchmark {benchmark_name}")
    # a query that is itself a passage finds itself first; that hit is dropped, and one more fills its place
    if not {passage.id for passage in passages}.isdisjoint(qrels):
        depth += 1
    candidates = candidates_of(benchmark) if task == "reranking" else None
    runs: dict[str, Run] = {}
    context: dict[str, Ranking] = {}
    for name in dict.fromkeys([*retrievers, *baselines]):
        baseline = name in baselines
        retriever = retrievers.get(name)
        if retriever is None and name not in RANKERS:
            from langret.modeling import load_model

            retriever = load_model(name, query_tokens=query_tokens, passage_tokens=passage_tokens)
        start = time.perf_counter()
        if candidates is not None:
            runs[name] = rerank(retriever or name, language, queries, passages, candidates, progress=progress)
            kind = "candidates"
        elif retriever is None:
            runs[name] = RANKERS[name](language, queries, passages, depth)
            kind = name
        else:
            kind = search_kind(retriever, queries, passages, index)
            runs[name] = rank(
                retriever, queries, passages, depth, index=kind, memory=memory, progress=progress
            )
        seconds = round(time.perf_counter() - start, 3)
        cut = None if retriever is None else cut_passages(retriever, passages)
        context[name] = Ranking(kind, seconds, baseline, cut)
    for name in [r for r in retrievers if fusion and r not in baselines]:
        runs[f"{name}+{BM25}"] = fuse_runs([runs[name], runs[BM25]], depth)
        context[f"{name}+{BM25}"] = Ranking("fused")
    reference = baselines[0] if baselines else None
    results = evaluate_runs(
        runs,
        benchmark_name,
        benchmark,
        metrics,
        reference,
        seed,
        context=context,
        slices=slices,
        parts=question_slices(queries, query_language or language),
        task=task,
    )
    return results, runs


def evaluate_runs(
    runs: Mapping[str, Run],
    benchmark_name: str,
    benchmark: Collection,
    metrics: Sequence[str],
    reference: str | None,
    seed: int,
    *,
    context: Mapping[str, Ranking] | None = None,
    slices: Sequence[str] = (),
    parts: Mapping[str, Sequence[str]] | None = None,
    leaked: Mapping[str, Leak] | None = None,
    task: str = "retrieval",
) -> list[Result]:
    """Score runs and compare each with the reference.

    Args:
        runs: System name -> run.
        benchmark_name: How results call the benchmark.
        benchmark: Passages, queries and judgements.
        metrics: Names in ir-measures notation.
        reference: Name of the run to compare with, or None to compare nothing.
        seed: Seed of the resampling tests.
        context: How each run came about.
        slices: What the benchmark shows, as ``axis:value``.
        parts: Ids of the queries of each slice inside the benchmark; those that cannot be scored do not count.
        leaked: What of which queries was seen in training, as `langret.data.leaked_queries` says; None where that is
            not known. Where there are any, they are parts of their own, and so are the others.
        task: What results call the task.

    Returns:
        One result for each system and metric, in the order of ``runs`` and ``metrics``.

    Raises:
        RecipeError: A metric or the reference is unknown.
        DataError: The benchmark has no query with a relevant passage.
    """
    parse_metrics(metrics)
    if reference is not None and reference not in runs:
        raise RecipeError(f'there is no run of the reference "{reference}"', hint=nearest(reference, runs))
    qrels, left_out = _answerable(benchmark, benchmark_name)
    values = {name: score_qrels(run, qrels, [*metrics, JUDGED]) for name, run in runs.items()}
    passages = sum(benchmark.passages.column("kept").to_pylist())
    seen = None
    if leaked is not None:
        kinds = Counter(leaked[query_id] for query_id in qrels if query_id in leaked)
        seen = {kind: kinds[kind] for kind in LEAKS}
        parts = {**(parts or {}), **_leakage(qrels, leaked)}
    results = []
    for name, mine in values.items():
        how = (context or {}).get(name, Ranking())
        judged = sum(mine[JUDGED].values()) / len(qrels)
        for metric in metrics:
            low, high = interval(mine[metric].values(), seed)
            against = {}
            if reference is not None and name != reference:
                found = compare(mine[metric], values[reference][metric], seed)
                against = {
                    "reference": reference,
                    "difference": found.difference,
                    "difference_low": found.low,
                    "difference_high": found.high,
                    "p_value": found.p_value,
                }
            results.append(
                Result.model_validate(
                    {
                        "member": name,
                        "benchmark": benchmark_name,
                        "task": task,
                        "metric": metric,
                        "value": sum(mine[metric].values()) / len(qrels),
                        "n": len(qrels),
                        "low": low,
                        "high": high,
                        "baseline": how.baseline,
                        "left_out": left_out,
                        "passages": passages,
                        "judged": judged,
                        "cut": how.cut,
                        "search": how.search,
                        "seconds": how.seconds,
                        "slices": list(slices),
                        "leaked": seen,
                        "parts": _parts(mine[metric], parts or {}, seed),
                        **against,
                    }
                )
            )
    return results


def _parts(values: Mapping[str, float], parts: Mapping[str, Sequence[str]], seed: int) -> list[SliceResult]:
    found = []
    for name, ids in parts.items():
        mine = [values[query_id] for query_id in ids if query_id in values]
        if mine:
            low, high = interval(mine, seed)
            found.append(
                SliceResult(slice=name, value=sum(mine) / len(mine), n=len(mine), low=low, high=high)
            )
    return found


def _leakage(queries: Iterable[str], leaked: Mapping[str, Leak]) -> dict[str, list[str]]:
    """Queries by what of them was seen in training; nothing where none was."""
    found: dict[str, list[str]] = {"leakage:question": [], "leakage:passage": [], CLEAN: []}
    for query_id in queries:
        kind = leaked.get(query_id, "clean").removeprefix("near_")
        found[f"leakage:{kind}"].append(query_id)
    return (
        {name: ids for name, ids in found.items() if ids}
        if len(found[CLEAN]) < sum(map(len, found.values()))
        else {}
    )


def _answerable(benchmark: Collection, name: str) -> tuple[dict[str, dict[str, int]], int]:
    qrels, left_out = qrels_of(benchmark)
    if not qrels:
        raise DataError(
            f"none of the {left_out} queries has a relevant passage, so that nothing can be measured",
            where=f"benchmark {name}",
        )
    return qrels, left_out
