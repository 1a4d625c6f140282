"""Every task with every kind of system: who is measured, what stands beside it, and who is left out and why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from langret.data.tasks import Labelled, Pair, Summarised, TaskData
from langret.errors import DataError
from langret.evaluation import correct_results, evaluate_task, read_not_measured, read_results, write_results
from langret.evaluation.lexical import WordCounts
from langret.evaluation.measure import Ranking
from langret.evaluation.tasks.kinds import METRICS, refusal, task_baselines, task_of
from langret.evaluation.tasks.measure import score_answers
from langret.evaluation.tasks.vectors import Vectors, symmetric_maxsim
from langret.language import get_language
from langret.recipe.schema import BenchmarkSource

EN = get_language("en")
TOPICS = {
    "tax": "income tax return rate",
    "law": "court judge trial ruling",
    "sea": "harbour ship tide anchor",
}


def sentence(rng: np.random.Generator, topic: str) -> str:
    return " ".join(rng.choice(TOPICS[topic].split(), 3)) + f" {rng.integers(100)}"


def examples(task: str) -> TaskData:
    rng = np.random.default_rng(7)
    topics = [list(TOPICS)[i % 3] for i in range(48)]
    if task in ("classification", "clustering"):
        split = ["train" if task == "classification" and i % 2 else "test" for i in range(48)]
        rows: list[Any] = [
            Labelled(str(i), "", split[i], sentence(rng, t), [t]) for i, t in enumerate(topics)
        ]
    elif task == "summarization":
        rows = []
        for i, topic in enumerate(topics[:12]):
            others = [sentence(rng, t) for t in (topic, "sea" if topic != "sea" else "law")]
            rows.append(
                Summarised(str(i), [sentence(rng, topic)], [*others, "quite unlike"], [3.0, 2.0, 1.0])
            )
    else:
        rows = []
        for i, topic in enumerate(topics):
            first = f"{sentence(rng, topic)} mark{i}"
            alike = i % 2 or task == "bitext-mining"
            second = f"{sentence(rng, topic if alike else 'sea')} mark{i}"[:: 1 if alike else -1]
            if task == "bitext-mining":
                second = f"{first} once more"
            rows.append(Pair(str(i), first, second, float(bool(alike)) + (i % 3) * 0.1 * (task == "sts")))
        if task == "pair-classification":
            rows = [row._replace(gold=float(row.gold > 0.5)) for row in rows]
    return TaskData.of(task, rows)


@pytest.mark.parametrize("task", [t for t in METRICS if t != "reranking"])
def test_every_task(task, fake, tmp_path):
    members = {"dense": fake("dense"), "colbert": fake("colbert")}
    results, absent = evaluate_task(members, "own", examples(task), language=EN, seed=3, shots=4)
    left_out = {one.member: one.reason for one in absent}
    systems = list(dict.fromkeys(r.member for r in results))
    one_vector = task in ("classification", "clustering")
    lexical = "bm25" if task == "bitext-mining" else "bag_of_words"
    assert systems == (["dense"] if one_vector else ["dense", "colbert"]) + [lexical]
    assert ("colbert" in left_out) == one_vector and ("bm25" in left_out) == (lexical != "bm25")
    assert all(left_out.values())
    for result in correct_results(results):
        assert result.task == task and 0 <= result.value <= 1
        if task == "clustering":
            assert result.low is result.high is result.p is None
        else:
            assert result.low is not None and result.high is not None
            assert result.low <= result.value <= result.high or result.metric in ("Accuracy", "F1")
        if result.member == lexical:
            assert result.baseline and result.reference is None
        else:
            assert result.reference == lexical and (result.p_corrected is None) == (task == "clustering")
    main = {r.member: r.value for r in results if r.metric == METRICS[task][0]}
    assert main["dense"] > 0.3  # the words give it away
    write_results(results, tmp_path / "results.json", not_measured=absent)
    assert read_results(tmp_path / "results.json") == results
    assert read_not_measured(tmp_path / "results.json") == absent


def test_the_first_baseline_that_can_is_the_reference(fake):
    members = {"dense": fake("dense"), "other": fake("colbert")}
    results, _ = evaluate_task(
        members,
        "own",
        examples("classification"),
        language=EN,
        seed=3,
        shots=4,
        baselines=["other", "bag_of_words"],
    )
    assert {r.reference for r in results if r.member == "dense"} == {"bag_of_words"}


def test_a_bag_of_words_stands_for_bm25_where_nothing_is_ranked():
    assert task_baselines("sts", ["bm25", "some/model"]) == ["bag_of_words", "some/model"]
    assert task_baselines("sts", ["bag_of_words", "bm25"]) == ["bag_of_words"]
    assert task_baselines("bitext-mining", ["bm25"]) == ["bm25"]
    assert task_baselines("sts", []) == []


def test_only_what_is_impossible_is_refused():
    refused = {
        (t, s)
        for t in ("retrieval", *METRICS)
        for s in ("dense", "colbert", "bm25", "bag_of_words")
        if refusal(t, s)
    }
    assert {t for t, s in refused if s == "colbert"} == {"classification", "clustering"}
    assert {t for t, s in refused if s == "bm25"} == set(METRICS) - {"reranking", "bitext-mining"}
    assert {s for _, s in refused} == {"colbert", "bm25"}


def test_retrieval_across_languages_is_a_task_of_its_own():
    def task(**languages: str) -> str:
        return task_of(BenchmarkSource(name="own", path="x", **languages), "ar")

    assert task() == task(query_language="ar") == "retrieval"
    assert task(query_language="en") == task(passage_language="en") == "cross-lingual-retrieval"
    assert task(query_language="en", passage_language="en") == "retrieval"
    assert task_of(None, "ar") == "retrieval"


def test_a_system_that_sees_no_difference_has_no_correlation(fake):
    data = examples("sts")
    context = {"blind": Ranking()}
    (result,) = score_answers({"blind": np.ones(48)}, "own", data, [], 3, context=context)
    assert (result.value, result.low, result.high) == (0, 0, 0)


def test_answers_to_other_examples_are_refused():
    with pytest.raises(DataError, match="benchmark own: 7 answers to 48 examples"):
        score_answers({"a": np.ones(7)}, "own", examples("sts"), [], 3, context={"a": Ranking()})


def test_one_summary_a_document_is_ranked_over_all(fake):
    rng = np.random.default_rng(5)
    rows = [Summarised(str(i), ["h"], ["m"], [float(s)]) for i, s in enumerate(rng.integers(0, 5, 30))]
    answers = rng.standard_normal(30)
    data = TaskData.of("summarization", rows)
    (result,) = score_answers({"a": answers}, "own", data, [], 3, context={"a": Ranking()})
    assert result.n == 30
    assert result.value == pytest.approx(spearmanr([row.scores[0] for row in rows], answers).statistic)


def test_token_vectors_are_compared_from_both_sides():
    rng = np.random.default_rng(1)
    a, b = (
        v / np.linalg.norm(v, axis=1, keepdims=True) for v in (rng.standard_normal((n, 8)) for n in (3, 7))
    )
    assert symmetric_maxsim(a, b) == pytest.approx(symmetric_maxsim(b, a))
    assert symmetric_maxsim(a, a) == pytest.approx(1)
    # twice the same text is the same text: length does not count
    assert symmetric_maxsim(np.concatenate([a, a]), b) == pytest.approx(symmetric_maxsim(a, b))
    assert symmetric_maxsim(a[:0], b) == 0


@pytest.mark.parametrize("head", ["dense", "colbert", "words"])
def test_the_nearest_is_the_most_similar(head, fake):
    rng = np.random.default_rng(2)
    first, second = ([sentence(rng, t) for t in TOPICS for _ in range(4)] for _ in range(2))
    texts = [*first, *second]
    system = WordCounts(EN, texts) if head == "words" else fake(head)
    vectors = Vectors(system, [*texts, ""])
    table = np.array([vectors.similarities([text] * len(second), second) for text in first])
    nearest = vectors.nearest(first, second)
    assert table[np.arange(len(first)), nearest] == pytest.approx(table.max(axis=1))
    assert vectors.similarities(texts, texts) == pytest.approx(np.ones(len(texts)))
    assert vectors.similarities([""], [first[0]])[0] == 0
    if head != "words":
        assert sorted(system.encoded) == sorted({*texts, ""})  # each text once


def test_what_training_has_seen_is_counted():
    data = examples("sts")
    texts = data.collection()
    assert {q.id for q in texts.kept_queries()} == {row["id"] for row in data.examples()}
    seen = {"3": "passage", "7": "question", "elsewhere": "question"}
    context = {"a": Ranking()}
    (result,) = score_answers({"a": np.arange(48.0)}, "own", data, [], 3, context=context, leaked=seen)
    assert result.leaked == {"question": 1, "near_question": 0, "passage": 1, "near_passage": 0}
    summaries = examples("summarization")
    held = {"0/1": "passage", "0/2": "question", "5/0": "near_question"}
    answers = {"a": np.arange(36.0)}
    (result,) = score_answers(answers, "own", summaries, [], 3, context=context, leaked=held)
    assert result.seen == 2 and result.leaked["question"] == result.leaked["near_question"] == 1
