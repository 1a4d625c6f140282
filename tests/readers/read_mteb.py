"""What mteb measures on folders that sentence-transformers 6 loads, in an environment without langret."""

import json
import sys
from pathlib import Path

import mteb
from datasets import Dataset
from mteb.abstasks import AbsTaskRetrieval
from sentence_transformers import MultiVectorEncoder, SentenceTransformer

jobs, target = map(Path, sys.argv[1:])


def task(queries, passages, judged):
    class Local(AbsTaskRetrieval):
        metadata = mteb.TaskMetadata(
            name="Local",
            description="Texts of a test.",
            dataset={"path": "local/texts", "revision": "1"},
            type="Retrieval",
            category="t2t",
            modalities=["text"],
            eval_splits=["test"],
            eval_langs=["eng-Latn"],
            main_score="ndcg_at_10",
        )

        def load_data(self, **_):
            corpus = [{"id": f"p{i}", "title": "", "text": text} for i, text in enumerate(passages)]
            asked = [{"id": f"q{i}", "text": text} for i, text in enumerate(queries)]
            part = {"corpus": Dataset.from_list(corpus), "queries": Dataset.from_list(asked)}
            self.dataset = {"default": {"test": {**part, "relevant_docs": judged, "top_ranked": None}}}
            self.data_loaded = True

    return Local()


def read(folder, head, queries, passages, judged):
    model = (SentenceTransformer if head == "dense" else MultiVectorEncoder)(folder, device="cpu")
    local = task(queries, passages, judged)
    found = mteb.evaluate(model, local, cache=None, co2_tracker=False, show_progress_bar=False)
    return found.task_results[0].scores["test"][0]


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
