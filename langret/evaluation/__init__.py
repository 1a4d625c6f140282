"""Benchmarks, search, metrics, baselines and significance: what a retriever is worth.

Names are imported on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langret.evaluation.benchmark import load_benchmark, load_task
    from langret.evaluation.cost import SearchCost, measure_costs
    from langret.evaluation.fusion import fuse_runs
    from langret.evaluation.lexical import rank_bag_of_words, rank_bm25
    from langret.evaluation.light import Agreement, Light, agreement, make_light, pooled
    from langret.evaluation.maxsim import maxsim_search
    from langret.evaluation.measure import evaluate, evaluate_runs
    from langret.evaluation.metrics import parse_metrics, qrels_of, score
    from langret.evaluation.results import (
        NotMeasured,
        Result,
        SliceResult,
        SuiteResult,
        correct_results,
        merge_results,
        read_not_measured,
        read_results,
        read_suites,
        results_schema,
        write_results,
    )
    from langret.evaluation.search import Hit, Run, rank, search_texts
    from langret.evaluation.significance import Comparison, compare, interval
    from langret.evaluation.slices import SliceMean, benchmark_slices, question_slices, slice_means
    from langret.evaluation.spans import Span, highlight
    from langret.evaluation.suites import suite_means
    from langret.evaluation.tasks.measure import evaluate_task

_HOMES = {
    "load_benchmark": "benchmark",
    "load_task": "benchmark",
    "SearchCost": "cost",
    "measure_costs": "cost",
    "fuse_runs": "fusion",
    "rank_bag_of_words": "lexical",
    "rank_bm25": "lexical",
    "evaluate": "measure",
    "evaluate_runs": "measure",
    "Agreement": "light",
    "Light": "light",
    "agreement": "light",
    "make_light": "light",
    "pooled": "light",
    "Span": "spans",
    "highlight": "spans",
    "maxsim_search": "maxsim",
    "parse_metrics": "metrics",
    "qrels_of": "metrics",
    "score": "metrics",
    "NotMeasured": "results",
    "Result": "results",
    "SliceResult": "results",
    "SuiteResult": "results",
    "correct_results": "results",
    "merge_results": "results",
    "read_not_measured": "results",
    "read_results": "results",
    "read_suites": "results",
    "results_schema": "results",
    "write_results": "results",
    "Hit": "search",
    "Run": "search",
    "rank": "search",
    "search_texts": "search",
    "SliceMean": "slices",
    "benchmark_slices": "slices",
    "question_slices": "slices",
    "slice_means": "slices",
    "Comparison": "significance",
    "compare": "significance",
    "interval": "significance",
    "suite_means": "suites",
    "evaluate_task": "tasks.measure",
}
__all__ = [
    "Agreement",
    "Comparison",
    "Hit",
    "Light",
    "NotMeasured",
    "Result",
    "Run",
    "SearchCost",
    "SliceMean",
    "SliceResult",
    "Span",
    "SuiteResult",
    "agreement",
    "benchmark_slices",
    "compare",
    "correct_results",
    "evaluate",
    "evaluate_runs",
    "evaluate_task",
    "fuse_runs",
    "highlight",
    "interval",
    "load_benchmark",
    "load_task",
    "make_light",
    "maxsim_search",
    "measure_costs",
    "merge_results",
    "parse_metrics",
    "pooled",
    "qrels_of",
    "question_slices",
    "rank",
    "rank_bag_of_words",
    "rank_bm25",
    "read_not_measured",
    "read_results",
    "read_suites",
    "results_schema",
    "score",
    "search_texts",
    "slice_means",
    "suite_means",
    "write_results",
]


def __getattr__(name: str) -> object:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
