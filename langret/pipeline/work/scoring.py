"""Stages that search the benchmarks and score what was found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from langret.pipeline.stage import Context
from langret.pipeline.work.shared import LEAKED, Summary, quiet
from langret.recipe.lock import split_revision
from langret.recipe.schema import LEXICAL, Recipe

if TYPE_CHECKING:
    from langret.evaluation import Result
    from langret.language import Language
    from langret.modeling import Retriever


Reads = int | Literal["longest"] | None


def rank(
    ctx: Context, system: str, recipe: Recipe, language: Language, task: str, reads: Reads = None
) -> Summary:
    """Search one benchmark, whose passages are in ``language``, with one system, or put its candidates in order.

    ``reads`` is the longest passage that the benchmark itself asks for.
    """
    import time

    from langret.data.records import Collection
    from langret.evaluation import rank as search
    from langret.evaluation.benchmark import searched
    from langret.evaluation.choice import search_kind
    from langret.evaluation.lexical import RANKERS
    from langret.evaluation.metrics import deepest
    from langret.evaluation.reranking import candidates_of, rerank
    from langret.evaluation.runs import save_run
    from langret.evaluation.search import cut_passages

    (folder,) = (path for name, path in ctx.inputs.items() if name == "data" or name.startswith("benchmark-"))
    data = Collection.load(folder / "held-out" if "data" in ctx.inputs else folder)
    answerable = data.positives()
    queries = [query for query in data.kept_queries() if query.id in answerable]
    passages = searched(data)
    depth = max(100, deepest(recipe.evaluation.metrics)) + 1
    retriever = None if system in LEXICAL else _retriever(ctx, system, recipe, reads)
    start = time.perf_counter()
    if task == "reranking":
        run = rerank(retriever or system, language, queries, passages, candidates_of(data))
        kind = "candidates"
    elif retriever is None:
        run, kind = RANKERS[system](language, queries, passages, depth), system
    else:
        kind = search_kind(retriever, queries, passages)
        run = search(retriever, queries, passages, depth, index=kind, memory=recipe.evaluation.memory)
    seconds = round(time.perf_counter() - start, 3)
    save_run(run, ctx.folder / "run.parquet", [q.id for q in queries])
    summary = {"queries": len(queries), "passages": len(passages), "search": kind, "search_seconds": seconds}
    return summary if retriever is None else {**summary, "cut": cut_passages(retriever, passages)}


def answer(
    ctx: Context, system: str, recipe: Recipe, language: Language, benchmark: str, shots: int
) -> Summary:
    """Ask one system for its answers in a task that ranks nothing; a model that cannot give any says why."""
    import time

    import numpy as np

    from langret.data.tasks import TaskData
    from langret.evaluation.tasks.answers import answer as ask
    from langret.evaluation.tasks.kinds import refusal

    data = TaskData.load(ctx.inputs[benchmark])
    retriever = None if system in LEXICAL else _retriever(ctx, system, recipe)
    if retriever is not None and (reason := refusal(data.task, retriever.head)):
        return {"refused": reason}
    start = time.perf_counter()
    found = ask(retriever or system, data, language, seed=recipe.seed, shots=shots)
    seconds = round(time.perf_counter() - start, 3)
    np.save(ctx.folder / "answers.npy", found, allow_pickle=False)
    return {"examples": data.funnel()["examples"]["kept"], "seconds": seconds}


def _retriever(ctx: Context, system: str, recipe: Recipe, reads: Reads = None) -> Retriever:
    """A member that was trained, or a baseline model. Lexical baselines need none, nor the libraries behind them."""
    from langret.modeling import load_model

    quiet()
    made = [folder for name, folder in ctx.inputs.items() if name.startswith(("train-", "merge-"))]
    if not made:
        model, pinned = split_revision(system)
        return load_model(model, revision=pinned, passage_tokens=reads)
    return load_model(
        made[0] / "model",
        query_tokens=recipe.evaluation.query_tokens,
        passage_tokens=reads or recipe.evaluation.passage_tokens,
    )


def score(
    ctx: Context,
    name: str,
    ranked: Mapping[str, str],
    folder: str,
    recipe: Recipe,
    baselines: Sequence[str],
    slices: Sequence[str],
    queries: Language,
    task: str,
) -> Summary:
    """Metrics, intervals and significance of every system on one benchmark, whose queries are in ``queries``."""
    from langret.data.records import Collection
    from langret.evaluation import evaluate_runs, fuse_runs, question_slices, write_results
    from langret.evaluation.measure import Ranking
    from langret.evaluation.runs import load_run
    from langret.evaluation.tasks.kinds import metrics_of

    data = Collection.load(ctx.inputs[folder] / "held-out" if folder == "data" else ctx.inputs[folder])
    runs, context = {}, {}
    for system, stage in ranked.items():
        runs[system] = load_run(ctx.inputs[stage] / "run.parquet")
        facts = json.loads((ctx.inputs[stage] / "stage.json").read_text(encoding="utf-8"))["summary"]
        context[system] = Ranking(
            facts["search"], facts["search_seconds"], system in baselines, facts.get("cut")
        )
    if recipe.evaluation.fusion:
        depth = max(map(len, runs["bm25"].values()), default=1)
        for member in [m for m in ranked if m not in baselines]:
            runs[f"{member}+bm25"] = fuse_runs([runs[member], runs["bm25"]], depth or 1)
            context[f"{member}+bm25"] = Ranking("fused")
    reference = baselines[0] if baselines else None
    # held-out queries come from the training data, and nothing says more than that
    compared = "data" in ctx.inputs and folder != "data"
    leaked = json.loads((ctx.inputs["data"] / LEAKED).read_text(encoding="utf-8"))[name] if compared else None
    metrics = metrics_of(task, recipe.evaluation.metrics)
    results = evaluate_runs(
        runs,
        name,
        data,
        metrics,
        reference,
        recipe.seed,
        context=context,
        slices=slices,
        parts=question_slices(data.kept_queries(), queries),
        leaked=leaked,
        task=task,
    )
    write_results(results, ctx.folder / "results.json")
    return _first(results)


def score_answers(
    ctx: Context,
    name: str,
    answered: Mapping[str, str],
    refused: Mapping[str, str],
    benchmark: str,
    recipe: Recipe,
    baselines: Sequence[str],
    slices: Sequence[str],
) -> Summary:
    """Metrics, intervals and significance of every system in a task that ranks nothing; ``refused`` says who is not
    asked, and why."""
    import numpy as np

    from langret.data.tasks import TaskData
    from langret.evaluation import NotMeasured, write_results
    from langret.evaluation.measure import Ranking
    from langret.evaluation.tasks.measure import score_answers as score_task

    data = TaskData.load(ctx.inputs[benchmark])
    answers, context, reasons = {}, {}, dict(refused)
    for system, stage in answered.items():
        facts = json.loads((ctx.inputs[stage] / "stage.json").read_text(encoding="utf-8"))["summary"]
        if "refused" in facts:
            reasons[system] = facts["refused"]
            continue
        answers[system] = np.load(ctx.inputs[stage] / "answers.npy", allow_pickle=False)
        search = system if system in LEXICAL else None
        context[system] = Ranking(search, facts["seconds"], system in baselines)
    leaked = None
    if "data" in ctx.inputs:
        leaked = json.loads((ctx.inputs["data"] / LEAKED).read_text(encoding="utf-8"))[name]
    results = score_task(
        answers, name, data, baselines, recipe.seed, context=context, slices=slices, leaked=leaked
    )
    absent = [
        NotMeasured(member=system, benchmark=name, task=data.task, reason=reason)
        for system, reason in reasons.items()
    ]
    write_results(results, ctx.folder / "results.json", not_measured=absent)
    for one in absent:
        ctx.log(f"{one.member} is not measured on {name}: {one.reason}.")
    return _first(results)


def _first(results: Sequence[Result]) -> Summary:
    """The main metric of every system."""
    return {r.member: f"{r.metric} {r.value:.3f}" for r in results if r.metric == results[0].metric}
