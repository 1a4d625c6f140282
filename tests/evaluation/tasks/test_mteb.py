"""The tasks give what mteb gives, on the same texts and the same vectors."""

from __future__ import annotations

import warnings
from typing import Any, ClassVar

import numpy as np
import pytest

from langret.data.tasks import Labelled, Pair, Summarised, TaskData
from langret.evaluation.tasks.answers import answer
from langret.evaluation.tasks.measure import Ranking, score_answers
from langret.language import get_language

pytest.importorskip("mteb")

from datasets import Dataset, DatasetDict
from mteb.abstasks import AbsTaskClassification, AbsTaskClustering, AbsTaskPairClassification, AbsTaskSTS
from mteb.abstasks.clustering_legacy import AbsTaskClusteringLegacy
from mteb.abstasks.task_metadata import TaskMetadata
from mteb.abstasks.text.bitext_mining import AbsTaskBitextMining
from mteb.abstasks.text.summarization import AbsTaskSummarization
from mteb.models import ModelMeta

SEED = 42  # that of mteb's tasks
WORDS = ["tax", "bank", "loan", "rate", "bond", "cash", "goal", "team", "ball", "race", "coach", "match"]


class Model:
    """A stand-in for both sides: vectors from words, the same for langret's interface and for mteb's."""

    head: ClassVar[str] = "dense"
    mteb_model_meta = ModelMeta.create_empty()

    def vector(self, text: str) -> np.ndarray:
        parts = [np.random.default_rng(abs(hash_of(word))).standard_normal(16) for word in text.split()]
        return np.sum(parts, axis=0).astype(np.float32)

    def encode(self, inputs: Any, kind: str | None = None, **_: Any) -> np.ndarray:
        texts = inputs if kind else [text for batch in inputs for text in batch["text"]]
        vectors = np.array([self.vector(text) for text in texts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def similarity(self, a: Any, b: Any) -> Any:
        from mteb.similarity_functions import cos_sim

        return cos_sim(a, b)

    def similarity_pairwise(self, a: Any, b: Any) -> Any:
        from mteb.similarity_functions import pairwise_cos_sim

        return pairwise_cos_sim(a, b)


def hash_of(word: str) -> int:
    return int.from_bytes(word.encode(), "big") % 2**31


def sentence(rng: np.random.Generator, low: int = 0, high: int = 12) -> str:
    return " ".join(rng.choice(WORDS[low:high], size=int(rng.integers(3, 9))))


def metadata(kind: str, score: str) -> TaskMetadata:
    return TaskMetadata(
        name="OnPaper",
        description="made for a test",
        reference=None,
        dataset={"path": "none/none", "revision": "0"},
        type=kind,
        category="t2t",
        modalities=["text"],
        eval_splits=["test"],
        eval_langs=["eng-Latn"],
        main_score=score,
    )


def theirs(cls: type, kind: str, score: str, data: Any, **attributes: Any) -> dict[str, Any]:
    made = type("OnPaper", (cls,), {"metadata": metadata(kind, score), **attributes})()
    made.dataset, made.data_loaded = data, True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs
        return made.evaluate(Model(), "test", encode_kwargs={"batch_size": 32})["default"]


def ours(data: TaskData, **rest: Any) -> dict[str, float]:
    answers = {"model": answer(Model(), data, get_language("en"), seed=SEED, **rest)}  # type: ignore[arg-type]
    results = score_answers(answers, "on-paper", data, [], SEED, context={"model": Ranking()})
    return {result.metric: result.value for result in results}


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def pairs(rng: np.random.Generator, n: int = 80) -> tuple[list[str], list[str]]:
    first = [sentence(rng) for _ in range(n)]
    second = [f"{text.split()[0]} {sentence(rng)}" for text in first]
    return first, second


def test_similarity(rng):
    first, second = pairs(rng)
    scores = [float(s) for s in rng.integers(0, 6, size=len(first))]
    found = theirs(
        AbsTaskSTS, "STS", "cosine_spearman",
        {"test": Dataset.from_dict({"sentence1": first, "sentence2": second, "score": scores})},
        min_score=0, max_score=5,
    )  # fmt: skip
    data = TaskData.of(
        "sts", [Pair(str(i), *row) for i, row in enumerate(zip(first, second, scores, strict=True))]
    )
    assert ours(data)["Spearman"] == pytest.approx(found["cosine_spearman"], abs=1e-4)


def test_pair_classification(rng):
    first, second = pairs(rng)
    second[:9] = first[:9]  # equal scores
    labels = rng.integers(0, 2, size=len(first)).tolist()
    found = theirs(
        AbsTaskPairClassification, "PairClassification", "max_ap",
        {"test": Dataset.from_dict({"sentence1": first, "sentence2": second, "labels": labels})},
    )  # fmt: skip
    rows = enumerate(zip(first, second, labels, strict=True))
    mine = ours(TaskData.of("pair-classification", [Pair(str(i), *row) for i, row in rows]))
    assert mine["AP"] == pytest.approx(found["cosine_ap"], abs=1e-4)
    assert mine["Accuracy"] == pytest.approx(found["cosine_accuracy"], abs=1e-4)
    assert mine["F1"] == pytest.approx(found["cosine_f1"], abs=1e-4)


def test_bitext_mining(rng):
    first, second = pairs(rng)
    found = theirs(
        AbsTaskBitextMining, "BitextMining", "f1",
        {"test": Dataset.from_dict({"sentence1": first, "sentence2": second})},
    )  # fmt: skip
    rows = enumerate(zip(first, second, strict=True))
    mine = ours(TaskData.of("bitext-mining", [Pair(str(i), *row, 1.0) for i, row in rows]))
    assert 0 < mine["F1"] < 1
    assert mine["F1"] == pytest.approx(found["f1"], abs=1e-4)
    assert mine["Accuracy"] == pytest.approx(found["accuracy"], abs=1e-4)


def labelled(rng: np.random.Generator, n: int, classes: int) -> tuple[list[str], list[int]]:
    labels = rng.integers(0, classes, size=n).tolist()
    width = 12 // classes
    return [
        sentence(rng, max(0, label * width - 2), min(12, (label + 1) * width + 2)) for label in labels
    ], labels


@pytest.mark.parametrize("count", [2, 3])
def test_classification(rng, count):
    parts = {"train": labelled(rng, 90, count), "test": labelled(rng, 60, count)}
    splits = {name: Dataset.from_dict({"text": t, "label": y}) for name, (t, y) in parts.items()}
    found = theirs(AbsTaskClassification, "Classification", "accuracy", DatasetDict(splits))
    rows = [
        Labelled(f"{split} {i}", "", split, text, [str(label)])
        for split, part in parts.items()
        for i, (text, label) in enumerate(zip(*part, strict=True))
    ]
    mine = ours(TaskData.of("classification", rows))
    assert 0.4 < mine["Accuracy"] < 1
    assert mine["Accuracy"] == pytest.approx(found["accuracy"], abs=1e-4)
    assert mine["F1"] == pytest.approx(found["f1"], abs=1e-4)
    if count == 2:
        assert mine["AP"] == pytest.approx(found["ap"], abs=1e-4)
    else:
        assert "AP" not in mine


def test_clustering(rng):
    texts, labels = labelled(rng, 70, 3)
    # numbers: where labels are text, mteb takes a missing level for one more class
    levels = [[label, 10 * label + i % 2] if i % 3 else [label] for i, label in enumerate(labels)]
    found = theirs(
        AbsTaskClustering, "Clustering", "v_measure",
        {"test": Dataset.from_dict({"sentences": texts, "labels": levels})},
        max_fraction_of_documents_to_embed=None,
    )  # fmt: skip
    rows = [
        Labelled(str(i), "", "test", text, [str(label) for label in deep])
        for i, (text, deep) in enumerate(zip(texts, levels, strict=True))
    ]
    mine = ours(TaskData.of("clustering", rows))
    assert 0 < mine["V-measure"] < 1
    assert mine["V-measure"] == pytest.approx(found["v_measure"], abs=1e-4)


def test_clustering_of_groups(rng):
    sets = [labelled(rng, 40, 3) for _ in range(4)]
    found = theirs(
        AbsTaskClusteringLegacy, "Clustering", "v_measure",
        {"test": Dataset.from_dict({"sentences": [t for t, _ in sets], "labels": [y for _, y in sets]})},
    )  # fmt: skip
    rows = [
        Labelled(f"{g} {i}", f"set {g}", "test", text, [str(label)])
        for g, part in enumerate(sets)
        for i, (text, label) in enumerate(zip(*part, strict=True))
    ]
    assert ours(TaskData.of("clustering", rows))["V-measure"] == pytest.approx(found["v_measure"], abs=1e-4)


def test_summarization(rng):
    human = [[sentence(rng) for _ in range(3)] for _ in range(12)]
    machine = [[sentence(rng) for _ in range(6)] for _ in range(12)]
    scores = [rng.integers(1, 6, size=6).astype(float).tolist() for _ in range(12)]
    rows = {"text": ["-"] * 12, "human_summaries": human, "machine_summaries": machine, "relevance": scores}
    found = theirs(
        AbsTaskSummarization, "Summarization", "cosine_spearman", {"test": Dataset.from_dict(rows)},
        min_score=1, max_score=5,
    )  # fmt: skip
    data = TaskData.of(
        "summarization",
        [Summarised(str(i), *row) for i, row in enumerate(zip(human, machine, scores, strict=True))],
    )
    assert ours(data)["Spearman"] == pytest.approx(found["cosine_spearman"], abs=1e-4)
