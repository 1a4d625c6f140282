"""A retrieval task of mteb whose data is a collection of ours: nothing is loaded from anywhere."""

from __future__ import annotations

from typing import Any

from datasets import Dataset
from mteb import TaskMetadata
from mteb.abstasks import AbsTaskRetrieval

from langret.data.records import Collection


def local_task(benchmark: Collection, *, language: str = "jpn-Jpan", ignore_identical: bool = False) -> Any:
    """The task; its judgements are those of the collection, zeros and negative ones included."""
    judged: dict[str, dict[str, int]] = {}
    for query, passage, relevance in benchmark.kept_judgements():
        judged.setdefault(query, {})[passage] = relevance
    passages = [{"id": p.id, "title": p.title, "text": p.text} for p in benchmark.kept_passages()]
    queries = [{"id": q.id, "text": q.text} for q in benchmark.kept_queries()]

    class Local(AbsTaskRetrieval):
        ignore_identical_ids = ignore_identical
        metadata = TaskMetadata(
            name="Local",
            description="A collection of ours.",
            dataset={"path": "local/collection", "revision": "1"},
            type="Retrieval",
            category="t2t",
            modalities=["text"],
            eval_splits=["test"],
            eval_langs=[language],
            main_score="ndcg_at_10",
        )

        def load_data(self, **_: Any) -> None:
            corpus, asked = Dataset.from_list(passages), Dataset.from_list(queries)
            part = {"corpus": corpus, "queries": asked, "relevant_docs": judged, "top_ranked": None}
            self.dataset = {"default": {"test": part}}
            self.data_loaded = True

    return Local()
