"""Metrics by ir-measures, query by query.

Conventions, which hold for every metric here:

* Relevance above 0 is relevant and is itself the gain of graded metrics, as in trec_eval (not 2^relevance - 1);
  0 and below is not relevant.
* A query with no relevant passage cannot be answered and is left out; one with no hits counts 0.
* A passage whose id equals the query's id is no hit, as in BEIR (ArguAna's queries are themselves passages),
  except where the judgements themselves call it relevant: plain numbers as ids of both must not cost a hit.
* Hits with equal scores stand in descending order of passage id, as in trec_eval; scores become ranks before
  any provider of ir-measures sees them, so that all of them break ties alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from langret.data.records import NO_POSITIVE, Collection
from langret.errors import RecipeError, nearest

Qrels = dict[str, dict[str, int]]
_USUAL = (
    "nDCG",
    "RR",
    "MRR",
    "R",
    "Recall",
    "P",
    "AP",
    "MAP",
    "Success",
    "Rprec",
    "Bpref",
    "RBP",
    "ERR",
    "Judged",
)


def parse_metrics(names: Sequence[str]) -> dict[str, Any]:
    """Look metrics up by name.

    Args:
        names: Names in ir-measures notation, such as ``nDCG@10``.

    Returns:
        Measures of ir-measures by the names given, in order.

    Raises:
        RecipeError: A name is unknown, lacks its cut-off, or cannot be computed here.
    """
    import ir_measures

    found: dict[str, Any] = {}
    for name in names:
        try:
            measure = ir_measures.parse_measure(name)
            usable = ir_measures.DefaultPipeline.supports(measure)
        except AssertionError as error:
            raise RecipeError(
                f'metric "{name}" lacks a parameter or has a wrong one ({error})', hint=f"Such as: {name}@10."
            ) from error
        except (NameError, ValueError, SyntaxError, TypeError) as error:
            base, at, cutoff = name.partition("@")
            usual = {metric.lower(): metric for metric in _USUAL}
            hint = nearest(base.lower(), usual)
            for lower, metric in usual.items():
                hint = hint.replace(f'"{lower}"', f'"{metric}{at}{cutoff}"')
            raise RecipeError(
                f'unknown metric "{name}"', hint=hint if at else f"{hint} Metrics are written like nDCG@10."
            ) from error
        if not usable:
            raise RecipeError(
                f'metric "{name}" cannot be computed here', hint="Take one such as nDCG@10 or RR@10."
            )
        found[name] = measure
    return found


def deepest(names: Sequence[str]) -> int:
    """The largest cut-off among metrics, 0 where there is none: a run must reach so deep."""
    cutoffs = [measure.params.get("cutoff") for measure in parse_metrics(names).values()]
    return max([c for c in cutoffs if isinstance(c, int)], default=0)


def qrels_of(benchmark: Collection) -> tuple[Qrels, int]:
    """Judgements of the queries that can be answered.

    Returns:
        Query id -> passage id -> relevance (never below 0), for queries that are kept and have a relevant
        passage, in the order of the queries; and how many were left out because they have none: kept queries, and
        those that a reader set aside for that, where there is any judgement of them. A query without one belongs to
        another split, as in BEIR's folders, and is not counted.
    """
    judged: Qrels = {}
    for query_id, passage_id, relevance in benchmark.kept_judgements():
        mine = judged.setdefault(query_id, {})
        mine[passage_id] = max(mine.get(passage_id, 0), relevance, 0)
    qrels: Qrels = {}
    queries = benchmark.queries
    judged_at_all = pc.is_in(
        queries.column("id"), value_set=benchmark.judgements.column("query_id").combine_chunks()
    )
    aside = pc.and_(pc.equal(queries.column("reason"), NO_POSITIVE), pc.invert(queries.column("kept")))
    left_out = pc.sum(pc.and_(aside, judged_at_all)).as_py() or 0
    for query in benchmark.kept_queries():
        mine = judged.get(query.id, {})
        if any(mine.values()):
            qrels[query.id] = mine
        else:
            left_out += 1
    return qrels, left_out


def score(
    run: Mapping[str, Mapping[str, float]], benchmark: Collection, metrics: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Score a run, query by query, under the conventions at the top of this module.

    Args:
        run: Query id -> passage id -> score; higher is better. Queries that the benchmark lacks are ignored.
        benchmark: Queries and judgements.
        metrics: Names in ir-measures notation.

    Returns:
        Metric name -> query id -> value. Every metric has the same queries, in the order of the benchmark.

    Raises:
        RecipeError: A metric is unknown.
    """
    return score_qrels(run, qrels_of(benchmark)[0], metrics)


def score_qrels(
    run: Mapping[str, Mapping[str, float]], qrels: Qrels, metrics: Sequence[str]
) -> dict[str, dict[str, float]]:
    """As ``score``, for judgements that ``qrels_of`` has given already."""
    import ir_measures

    measures = parse_metrics(metrics)
    placed = {query_id: ranked(query_id, run.get(query_id, {}), judged) for query_id, judged in qrels.items()}
    values = {name: dict.fromkeys(qrels, 0.0) for name in measures}
    names: dict[Any, list[str]] = {}
    for name, measure in measures.items():
        names.setdefault(measure, []).append(name)
    for value in ir_measures.iter_calc(list(names), qrels, {q: hits for q, hits in placed.items() if hits}):
        for name in names[value.measure]:
            values[name][value.query_id] = float(value.value)
    return values


def ranked(query_id: str, hits: Mapping[str, float], judged: Mapping[str, int]) -> dict[str, float]:
    """What the metrics see of a query's hits: best first, ties by id, and the query itself no hit of its own.

    Args:
        query_id: The query.
        hits: Passage id -> score.
        judged: Passage id -> relevance, of this query.

    Returns:
        Passage id -> a score that tells places apart, best first.
    """
    allowed = [(s, p) for p, s in hits.items() if p != query_id or judged.get(p, 0) > 0]
    allowed.sort(reverse=True)
    return {passage_id: float(len(allowed) - place) for place, (_, passage_id) in enumerate(allowed)}
