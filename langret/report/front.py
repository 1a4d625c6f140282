"""The front matter of a model card: what the hub reads, results in the form in which mteb writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from langret.evaluation.results import Result

if TYPE_CHECKING:
    from huggingface_hub import EvalResult

    from langret.report.card import CardFacts

HUB_NAME = re.compile(r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")
_TASKS = {
    "retrieval": ("text-retrieval", "Retrieval"),
    "cross-lingual-retrieval": ("text-retrieval", "Retrieval"),
    "reranking": ("text-ranking", "Reranking"),
    "bitext-mining": ("sentence-similarity", "BitextMining"),
    "sts": ("sentence-similarity", "STS"),
    "pair-classification": ("sentence-similarity", "PairClassification"),
    "classification": ("text-classification", "Classification"),
    "clustering": ("sentence-similarity", "Clustering"),
    "summarization": ("summarization", "Summarization"),
}
"""Tasks of the hub, and what mteb calls them."""
_MTEB = {"ndcg": "ndcg", "ap": "map", "r": "recall", "p": "precision", "rr": "mrr", "success": "hit_rate"}


def front_matter(facts: CardFacts) -> str:
    """The front matter with its fences."""
    from huggingface_hub import ModelCardData

    colbert = facts.head == "colbert"
    datasets = list(dict.fromkeys(s.hub for s in facts.sources if HUB_NAME.match(s.hub)))
    # a local folder may look like a hub name, but a hub name never exists as a folder here
    begun = facts.backbone if HUB_NAME.match(facts.backbone) and not Path(facts.backbone).exists() else None
    own = [r for r in facts.results if r.member == (facts.member or facts.name)]
    data = ModelCardData(
        language=[facts.language],
        license=facts.licence or None,
        library_name="PyLate" if colbert else "sentence-transformers",
        pipeline_tag="sentence-similarity",
        tags=[
            "langret",
            "sentence-transformers",
            "feature-extraction",
            "information-retrieval",
            *(["ColBERT", "PyLate", "late-interaction"] if colbert else ["dense-retrieval"]),
        ],
        datasets=datasets or None,
        base_model=begun,
        model_name=facts.name if own else None,
        eval_results=[_entry(result, facts) for result in own] or None,
    )
    return f"---\n{data.to_yaml()}\n---"


def mteb_metric(name: str) -> str:
    """Mteb's name of a metric: ``nDCG@10`` is ``ndcg_at_10``, ``RR@10`` is ``mrr_at_10``."""
    base, at, cutoff = name.lower().partition("@")
    return f"{_MTEB.get(base, base)}{at and '_at_'}{cutoff}"


def _entry(result: Result, facts: CardFacts) -> EvalResult:
    """One measurement; values are between 0 and 1, as in mteb's result files."""
    from huggingface_hub import EvalResult

    source = facts.benchmarks.get(result.benchmark)
    hub = source.hub if source else None
    return EvalResult(
        task_type=_TASKS[result.task][0],
        task_name=_TASKS[result.task][1],
        dataset_type=hub or result.benchmark,
        dataset_name=result.benchmark,
        dataset_config=source.config if source and hub else None,
        dataset_split=source.split if source and hub else None,
        dataset_revision=source.revision if source and hub else None,
        metric_type=mteb_metric(result.metric),
        metric_name=result.metric,
        metric_value=round(result.value, 5),
    )
