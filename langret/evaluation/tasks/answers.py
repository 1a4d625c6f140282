"""What a system answers in a task, as one array; every metric is computed from it."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from langret.data.task_cleaning import SHOTS
from langret.evaluation.lexical import WordCounts, rank_bm25
from langret.evaluation.tasks.vectors import Vectors

if TYPE_CHECKING:
    from langret.data.tasks import TaskData
    from langret.evaluation.encoder import Encoder
    from langret.language import Language

EXPERIMENTS = 10
"""Classifiers that are trained, each on other samples; also, clusterings of other draws of the texts."""
_DRAWN = 16_384
_STEPS = 100


def answer(
    system: Encoder | str,
    data: TaskData,
    language: Language,
    *,
    seed: int,
    shots: int = SHOTS,
    progress: bool = False,
) -> np.ndarray:
    """Ask a system.

    Definitions are those of mteb 2.26: ``AbsTaskSTS``, ``AbsTaskPairClassification``, ``AbsTaskBitextMining``,
    ``AbsTaskClassification``, ``AbsTaskClustering``, ``AbsTaskClusteringLegacy``, ``AbsTaskSummarization``; the tests
    compare them.

    Args:
        system: A retriever, ``bag_of_words``, or for bitext mining ``bm25``.
        data: Cleaned examples.
        language: Whose analyzer the lexical baselines have; of pairs the second texts'.
        seed: Seed of the samples, the classifier and the clusters.
        shots: Samples of each class that a classifier is trained on.
        progress: Show the encoder's progress bars.

    Returns:
        For ``sts`` and ``pair-classification`` the similarity of each pair, float64 [pairs]. For ``bitext-mining`` the
        place of the sentence found for each, int64 [pairs], -1 for none. For ``classification`` the class of each text
        by each classifier, int64 [texts, experiments], as a place among ``classes``. For ``clustering`` V-measures: one
        a group where texts come in groups, else one a draw and level of labels. For ``summarization`` the score of each
        summary, document after document.
    """
    rows = data.examples()
    texts = list(chain.from_iterable(_texts(row) for row in rows))
    if system == "bm25":
        return _bm25_translations(rows, language)
    source = WordCounts(language, dict.fromkeys(texts)) if isinstance(system, str) else system
    if data.task == "classification":
        return _classes(rows, source, seed, shots, progress)
    vectors = Vectors(source, texts, progress)
    if data.task == "clustering":
        return _clusters(rows, vectors, seed)
    if data.task == "summarization":
        return _summaries(rows, vectors)
    first, second = ([row[side] for row in rows] for side in ("first", "second"))
    if data.task == "bitext-mining":
        return vectors.nearest(first, second)
    return vectors.similarities(first, second)


def classes(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Labels that a classifier is trained on, in order: numbers by size, other labels by letters."""
    found = {row["labels"][0] for row in rows if row["split"] == "train"}
    numbers = all(label.lstrip("-").isdigit() for label in found)
    return sorted(found, key=int) if numbers else sorted(found)


def _texts(row: dict[str, Any]) -> list[str]:
    if "first" in row:
        return [row["first"], row["second"]]
    return [row["text"]] if "text" in row else [*row["references"], *row["summaries"]]


def _bm25_translations(rows: list[dict[str, Any]], language: Language) -> np.ndarray:
    from langret.data.records import Passage, Query

    queries = [Query(str(i), row["first"]) for i, row in enumerate(rows)]
    run = rank_bm25(language, queries, [Passage(str(i), row["second"]) for i, row in enumerate(rows)], 1)
    return np.array([int(next(iter(run[query.id]), -1)) for query in queries], dtype=np.int64)


def _classes(
    rows: list[dict[str, Any]], source: Encoder | WordCounts, seed: int, shots: int, progress: bool
) -> np.ndarray:
    """Logistic regression on the samples of each experiment.

    Samples are drawn as mteb draws them: the order of the training texts is shuffled again for each experiment, and the
    first texts of each class are taken.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    trained = [row for row in rows if row["split"] == "train"]
    tested = [row["text"] for row in rows if row["split"] == "test"]
    places = {label: i for i, label in enumerate(classes(rows))}
    labels = np.array([places[row["labels"][0]] for row in trained])
    order = list(range(len(trained)))
    samples = []
    for _ in range(EXPERIMENTS):
        np.random.RandomState(seed).shuffle(order)
        counts: dict[int, int] = defaultdict(int)
        chosen = []
        for i in order:
            if counts[labels[i]] < shots:
                counts[labels[i]] += 1
                chosen.append(i)
        samples.append(chosen)
    texts = [trained[i]["text"] for i in sorted(set(chain.from_iterable(samples)))]
    vectors = Vectors(source, [*texts, *tested], progress)
    asked = vectors.matrix(tested)
    found = []
    for chosen in samples:
        classifier = LogisticRegression(max_iter=_STEPS, random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # mteb stops after as many steps
            classifier.fit(vectors.matrix([trained[i]["text"] for i in chosen]), labels[chosen])
        found.append(classifier.predict(asked))
    return np.stack(found, axis=1).astype(np.int64)


def _clusters(rows: list[dict[str, Any]], vectors: Vectors, seed: int) -> np.ndarray:
    import random

    from sklearn.cluster import MiniBatchKMeans
    from sklearn.metrics import v_measure_score

    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    if list(groups) != [""]:
        values = []
        for members in groups.values():
            labels = [row["labels"][0] for row in members]
            means = MiniBatchKMeans(len(set(labels)), batch_size=500, n_init="auto", random_state=seed)
            assigned = means.fit_predict(vectors.matrix([row["text"] for row in members]))
            values.append(v_measure_score(labels, assigned))
        return np.array(values, dtype=np.float64)
    values, draw = [], random.Random(seed)
    for level in range(max(len(row["labels"]) for row in rows)):
        deep = [row for row in rows if len(row["labels"]) > level]
        labels = [row["labels"][level] for row in deep]
        matrix = vectors.matrix([row["text"] for row in deep])
        means = MiniBatchKMeans(len(set(labels)), batch_size=512, n_init=1, random_state=seed)
        for _ in range(EXPERIMENTS):
            drawn = draw.choices(range(len(deep)), k=_DRAWN)
            assigned = means.fit_predict(matrix[drawn])
            values.append(v_measure_score([labels[i] for i in drawn], assigned))
    return np.array(values, dtype=np.float64)


def _summaries(rows: list[dict[str, Any]], vectors: Vectors) -> np.ndarray:
    """The similarity of each summary to the most similar one that a person wrote."""
    scores = []
    for row in rows:
        for summary in row["summaries"]:
            alike = vectors.similarities([summary] * len(row["references"]), row["references"])
            scores.append(alike.max())
    return np.array(scores, dtype=np.float64)
