"""What cannot be measured on is set aside with a reason, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.data.records import Collection, Judgement, Passage, Query
from langret.data.reranking import with_candidates
from langret.data.task_cleaning import clean_task
from langret.data.tasks import Labelled, Pair, Summarised, TaskData
from langret.errors import DataError
from langret.language import get_language

EN, AR = get_language("en"), get_language("ar")


def cleaned(task: str, examples: list[Any], **rest: Any) -> TaskData:
    return clean_task(TaskData.of(task, examples), EN, EN, name="own", **rest)


def pair(number: int, gold: float, first: str = "a", second: str = "b") -> Pair:
    return Pair(str(number), first, second, gold)


def labelled(number: int, label: str, split: str = "train", group: str = "") -> Labelled:
    return Labelled(str(number), group, split, f"text {number}", [label])


def test_each_side_passes_its_own_normaliser():
    data = TaskData.of("bitext-mining", [Pair("1", "كتـــاب", "ﬁne", 1.0)])
    (row,) = clean_task(data, AR, EN, name="own").examples()
    assert row["first"] == AR.normalize("كتـــاب") == "كتاب"
    assert row["second"] == EN.normalize("ﬁne")


def test_empty_texts_are_set_aside():
    data = cleaned("sts", [pair(1, 1), pair(2, 2), pair(3, 3, second=" \u200b ")])
    assert data.funnel()["examples"] == {"in": 3, "kept": 2, "empty_text": 1}


def test_one_score_measures_nothing():
    with pytest.raises(DataError, match="benchmark own: All 2 pairs have the same score, 4, so that nothing"):
        cleaned("sts", [pair(1, 4), pair(2, 4)])


def test_one_label_measures_nothing():
    with pytest.raises(DataError, match="All 2 pairs have the same label, 1; both 1"):
        cleaned("pair-classification", [pair(1, 1), pair(2, 1)])


def test_classes_without_enough_samples_are_set_aside():
    rows = [labelled(i, "ab"[i % 2]) for i in range(8)]
    rows += [
        labelled(10, "few"),
        labelled(11, "few", "test"),
        labelled(12, "new", "test"),
        labelled(13, "a", "test"),
    ]
    data = cleaned("classification", rows, shots=3)
    assert data.funnel()["examples"] == {"in": 12, "kept": 9, "few_samples": 2, "label_not_in_training": 1}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [labelled(i, "a") for i in range(9)],
            'two classes with 8 training samples at least, and there is "a" alone',
        ),
        (
            [labelled(i, "ab"[i % 2]) for i in range(8)],
            r"and there is none \(8 were read; set aside: 8 few_samples\)",
        ),
        ([labelled(i, "ab"[i % 2]) for i in range(16)], "No text to be classified is left"),
    ],
)
def test_too_few_samples_for_any_classifier(rows, message):
    with pytest.raises(DataError, match=message):
        cleaned("classification", rows)


def test_groups_of_one_label_are_set_aside():
    rows = [
        labelled(i, "x" if i < 4 else "xy"[i % 2], "test", group="g1" if i < 4 else "g2") for i in range(8)
    ]
    data = cleaned("clustering", rows)
    assert data.funnel()["examples"] == {"in": 8, "kept": 4, "one_label": 4}
    with pytest.raises(DataError, match="No example is left"):
        cleaned("clustering", rows[:4])


def test_documents_whose_summaries_are_equally_good_are_set_aside():
    rows = [Summarised("1", ["h"], ["m", "n"], [2.0, 2.0]), Summarised("2", ["h"], ["m", "n"], [1.0, 2.0])]
    assert cleaned("summarization", rows).funnel()["examples"] == {"in": 2, "kept": 1, "equal_scores": 1}
    single = [Summarised("1", ["h"], ["m"], [2.0]), Summarised("2", ["h"], ["n"], [2.0])]
    with pytest.raises(DataError, match="All 2 summaries have the same score"):
        cleaned("summarization", single)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=60), st.integers(1, 5))
def test_rows_are_accounted_for(drawn, shots):
    rows = [labelled(i, label, "train" if train else "test") for i, (label, train) in enumerate(drawn)]
    try:
        data = cleaned("classification", rows, shots=shots)
    except DataError:
        return
    counts = data.funnel()["examples"]
    assert counts["in"] == len(rows) == sum(n for reason, n in counts.items() if reason != "in")
    samples = {row["labels"][0] for row in data.examples() if row["split"] == "train"}
    assert {row["labels"][0] for row in data.examples()} == samples


def test_what_is_saved_is_loaded(tmp_path):
    data = cleaned("pair-classification", [pair(1, 1), pair(2, 0, "c", "d"), pair(3, 0, "")])
    data.save(tmp_path / "task")
    again = TaskData.load(tmp_path / "task")
    assert again.task == "pair-classification" and again.table.equals(data.table)
    texts = Collection.load(tmp_path / "task")
    assert [q.text for q in texts.kept_queries()] == ["a", "c"]
    assert texts.positives() == {"1": ["1"]}
    with pytest.raises(DataError, match="no examples of a task"):
        TaskData.load(Path(tmp_path))


def test_reranking_needs_two_sides():
    def collection(judgements: list[Judgement]) -> Collection:
        queries = [Query("q1", "a"), Query("q2", "b"), Query("q3", "c")]
        return Collection.from_records([*queries, *(Passage(f"p{i}", str(i)) for i in range(3)), *judgements])

    judged = [
        Judgement("q1", "p0", 1),
        Judgement("q1", "p1", 0),
        Judgement("q2", "p1", 2),
        Judgement("q3", "p2", 0),
    ]
    left = with_candidates(collection(judged), "own")
    assert [q.id for q in left.kept_queries()] == ["q1"]
    assert left.funnel()["queries"] == {"in": 3, "kept": 1, "no_candidates": 2}
    with pytest.raises(DataError, match="benchmark own: No query has both"):
        with_candidates(collection(judged[2:]), "own")
