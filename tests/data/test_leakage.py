"""Benchmark questions in training data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.data.leakage import annotate_leakage, leakage_counts, text_key
from langret.data.records import Collection, Judgement, Passage, Query

TRAIN = Collection.from_records(
    [
        Passage("p1", "The mill stands by the river."),
        Passage("p2", "The harbour froze."),
        Passage("p3", "Unread in the benchmark."),
        Query("q1", "Where is the ＭＩＬＬ ?"),
        Query("q2", "When did the harbour freeze?"),
        Query("q3", "Who rules?"),
        Query("q4", "？！"),
        Judgement("q1", "p1"),
        Judgement("q1", "p2", 0),
        Judgement("q2", "p2"),
        Judgement("q3", "p2"),
        Judgement("q4", "p2"),
    ]
)
BENCHMARK = Collection.from_records(
    [
        Passage("b1", "the mill stands by the river"),
        Passage("b2", "The harbour froze."),
        Passage("b3", "Unread in the benchmark."),
        Query("a", "where is the mill"),
        Query("b", "Who rules"),
        Query("c", "…"),
        Judgement("a", "b1"),
        Judgement("b", "b1"),
        Judgement("c", "b2"),
        Judgement("b", "b3", 0),
    ]
)


def state(collection: Collection, table: str) -> list[tuple[bool, str]]:
    rows = getattr(collection, table)
    return list(zip(rows.column("kept").to_pylist(), rows.column("reason").to_pylist(), strict=True))


def test_drop_sets_shared_queries_aside_with_their_judgements() -> None:
    out = annotate_leakage(TRAIN, BENCHMARK, "dev", "drop")
    assert state(out, "queries") == [(False, "leak:dev"), (True, ""), (False, "leak:dev"), (True, "")]
    gone = (False, "query_set_aside")
    assert state(out, "judgements") == [gone, gone, (True, ""), gone, (True, "")]


def test_annotate_keeps_them() -> None:
    out = annotate_leakage(TRAIN, BENCHMARK, "dev", "annotate")
    assert state(out, "queries") == [(True, "leak:dev"), (True, ""), (True, "leak:dev"), (True, "")]
    assert out.judgements.equals(TRAIN.judgements)


@pytest.mark.parametrize("action", ["annotate", "drop"])
def test_passages_judged_relevant_are_marked_and_never_dropped(action: str) -> None:
    out = annotate_leakage(TRAIN, BENCHMARK, "dev", action)  # type: ignore[arg-type]
    assert state(out, "passages") == [(True, "leak:dev"), (True, "leak:dev"), (True, "")]


def test_several_benchmarks_are_all_named_once() -> None:
    out = annotate_leakage(TRAIN, BENCHMARK, "dev", "annotate")
    out = annotate_leakage(annotate_leakage(out, BENCHMARK, "test", "annotate"), BENCHMARK, "dev", "annotate")
    assert state(out, "queries")[0] == (True, "leak:dev,leak:test")
    dropped = annotate_leakage(annotate_leakage(TRAIN, BENCHMARK, "dev", "drop"), BENCHMARK, "test", "drop")
    assert state(dropped, "queries")[0] == (False, "leak:dev")


@pytest.mark.parametrize("action", [None, "annotate", "drop"])
def test_counts_are_the_same_before_and_after(action: str | None) -> None:
    train = annotate_leakage(TRAIN, BENCHMARK, "dev", action) if action else TRAIN  # type: ignore[arg-type]
    # q3 and "Who rules" share a question, but not the passage that answers it.
    assert leakage_counts(train, BENCHMARK) == {
        "queries_shared": 2,
        "passages_shared": 2,
        "positives_shared": 1,
    }


def test_nothing_shared_and_nothing_there() -> None:
    empty = Collection.from_records([])
    none = {"queries_shared": 0, "passages_shared": 0, "positives_shared": 0}
    for train, benchmark in ((TRAIN, empty), (empty, BENCHMARK), (empty, empty)):
        assert leakage_counts(train, benchmark) == none
        out = annotate_leakage(train, benchmark, "dev", "drop")
        assert out.queries.equals(train.queries) and out.judgements.equals(train.judgements)


def test_key_drops_case_width_punctuation_and_keeps_symbols_and_marks() -> None:
    assert text_key("「Ｈｅｌｌｏ、  World！」") == "helloworld"
    assert text_key("C++とは") != text_key("Cとは")
    assert text_key("ภาษาไทย") != text_key("ภาษไทย")
    assert text_key("Straße") == text_key("STRASSE")
    assert text_key("？ …") == ""


@given(st.text())
def test_key_of_a_key_is_itself(text: str) -> None:
    assert text_key(text_key(text)) == text_key(text)
