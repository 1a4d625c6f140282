"""What smaller weights change: size and speed of a model beside what it finds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from langret.data.records import Collection
from langret.evaluation.cost import DEPTH, METRIC, QUERIES, Asked
from langret.evaluation.metrics import score_qrels
from langret.evaluation.search import rank
from langret.evaluation.significance import compare, holm, interval

FULL = "as saved"


class WeightsCost(NamedTuple):
    """A model with weights of one precision on one benchmark, searched exactly.

    Attributes:
        model: Name of the model.
        benchmark: Name of the benchmark.
        weights: ``as saved``, or the precision.
        bytes: Size of all weights.
        passages_per_second: Passages encoded in a second.
        queries_per_second: Queries encoded in a second.
        score: nDCG@10.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
        difference: Score minus that of the weights as saved; None for these.
        p_value: Paired randomisation test of the difference, corrected (Holm) over the precisions of a model.
    """

    model: str
    benchmark: str
    weights: str
    bytes: int
    passages_per_second: float
    queries_per_second: float
    score: float
    low: float
    high: float
    difference: float | None
    p_value: float | None


class _Timed:
    """An encoder that notes how long it took for how many texts of each kind."""

    def __init__(self, retriever: Any) -> None:
        self.retriever = retriever
        self.head = retriever.head
        self.seconds = {"query": 0.0, "passage": 0.0}

    def encode(self, texts: Sequence[str], kind: Any, **rest: Any) -> Any:
        start = time.perf_counter()
        found = self.retriever.encode(texts, kind, **rest)
        self.seconds[kind] += time.perf_counter() - start
        return found


def measure_weights(
    retriever: Any,
    model: str,
    benchmark: Collection,
    benchmark_name: str,
    weights: Sequence[str],
    *,
    most_queries: int = QUERIES,
    seed: int,
    tell: Callable[[str], None] | None = None,
) -> list[WeightsCost]:
    """Encode and search a benchmark with a model's weights as they are, and in each precision.

    Args:
        retriever: A ``langret.modeling.Retriever``.
        model: How results call it.
        benchmark: Normalised passages, queries and judgements.
        benchmark_name: How results call it.
        weights: Precisions, of ``langret.modeling.precision.BITS``.
        most_queries: Of more queries so many are asked, spread evenly over the benchmark.
        seed: Seed of the resampling tests.
        tell: Called with each precision before it is measured.

    Returns:
        One cost a precision, that of the weights as saved first.

    Raises:
        RecipeError: There is no such precision.
        MissingDependencyError: A package is missing.
        ModelError: A vector is not finite, or the hardware cannot compute in a precision.
        DataError: The benchmark has no passage, or no query with a relevant passage.
    """
    from langret.modeling.precision import must_be_possible, reduce_weights, weights_size

    weights = list(dict.fromkeys(weights))
    for one in weights:
        must_be_possible(one)
    queries, passages, qrels = Asked.of(benchmark, benchmark_name, most_queries)
    measured = []
    for name in [FULL, *weights]:
        if tell is not None:
            tell(f"weights {name}")
        smaller = retriever if name == FULL else reduce_weights(retriever, name)
        timed = _Timed(smaller)
        # a query that is itself a passage finds itself first; that hit is dropped, and one more fills its place
        run = rank(timed, queries, passages, DEPTH + 1, index="exact")
        values = score_qrels(run, qrels, [METRIC])[METRIC]
        measured.append((name, weights_size(smaller), timed.seconds, values))
    first = measured[0][3]
    corrected = [None, *holm([compare(values, first, seed).p_value for *_, values in measured[1:]])]
    costs: list[WeightsCost] = []
    for (name, size, seconds, values), p_value in zip(measured, corrected, strict=True):
        mean = sum(values.values()) / len(values)
        costs.append(
            WeightsCost(
                model,
                benchmark_name,
                name,
                size,
                round(len(passages) / seconds["passage"], 1),
                round(len(queries) / seconds["query"], 1),
                mean,
                *interval(list(values.values()), seed),
                None if p_value is None else mean - costs[0].score,
                p_value,
            )
        )
    return costs
