"""What each task measures, and which systems can do it. Plain data, so that a plan costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from langret.recipe.schema import BenchmarkSource

Asked = Literal[
    "retrieval",
    "cross-lingual-retrieval",
    "reranking",
    "bitext-mining",
    "sts",
    "pair-classification",
    "classification",
    "clustering",
    "summarization",
]
"""Tasks as results call them."""
CROSSED = "cross-lingual-retrieval"
"""Retrieval where queries and passages are in different languages, as ArabicMTEB counts it: a task of its own."""
RANKING = ("retrieval", CROSSED, "reranking")
"""Tasks whose systems rank passages for queries."""
METRICS = {
    "reranking": ("AP", "RR@10", "nDCG@10"),
    "bitext-mining": ("F1", "Accuracy"),
    "sts": ("Spearman",),
    "pair-classification": ("AP", "Accuracy", "F1"),
    "classification": ("Accuracy", "F1", "AP"),
    "clustering": ("V-measure",),
    "summarization": ("Spearman",),
}
"""Metrics of each task but retrieval, whose metrics a recipe names; the first is the main one."""
_ONE_VECTOR = "one vector a text is needed, and a ColBERT model gives one a token"
_NO_SIMILARITY = (
    "BM25 ranks passages for a query; it gives no vector, and its score is no similarity of two texts"
)


def task_of(source: BenchmarkSource | None, language: str) -> str:
    """Task of a benchmark as results call it.

    Args:
        source: The benchmark; None for the held-out queries, which are retrieval.
        language: Code of the language that a side is in where the benchmark does not say.
    """
    if source is None or source.task != "retrieval":
        return source.task if source else "retrieval"
    sides = (source.query_language or language, source.passage_language or language)
    return "retrieval" if sides[0] == sides[1] else CROSSED


def family(task: str) -> str:
    """Tasks whose results are compared and corrected together: retrieval is one, across languages or not."""
    return "retrieval" if task == CROSSED else task


def metrics_of(task: str, named: Sequence[str]) -> list[str]:
    """Metrics of a task, the main one first.

    Args:
        task: The task.
        named: What the recipe names for retrieval.
    """
    return list(METRICS.get(task, named))


def refusal(task: str, system: str) -> str:
    """Why a system is not measured on a task; nothing where it is.

    Args:
        task: The task.
        system: ``dense``, ``colbert``, ``bm25`` or ``bag_of_words``.
    """
    if system == "colbert" and task in ("classification", "clustering"):
        return _ONE_VECTOR
    if system == "bm25" and task not in (*RANKING, "bitext-mining"):
        return _NO_SIMILARITY
    return ""


def task_baselines(task: str, baselines: Sequence[str]) -> list[str]:
    """The baselines of a task: ``bag_of_words`` takes the place of ``bm25`` where there is nothing to rank.

    FinMTEB found that no dense model came up to a bag of words in similarity of sentences (arXiv 2502.10990, table 1),
    so that no such result should stand without one.
    """
    names = [("bag_of_words" if name == "bm25" and refusal(task, name) else name) for name in baselines]
    return list(dict.fromkeys(names))
