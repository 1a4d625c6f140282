"""Benchmark queries that training has seen."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from langret.data.leakage import text_key
from langret.data.leaked import leaked_queries
from langret.data.records import Collection, Judgement, Passage, Query

LONG = "The old mill stands by the river below the town, and its wheel has turned since the spring of that year. "
TRAIN = Collection.from_records(
    [
        Passage("p1", LONG * 2),
        Passage("p2", "The harbour froze."),
        Passage("p3", "A passage that training has set aside."),
        Query("q1", "Where is the ＭＩＬＬ ?"),
        Query("q2", "？！"),
        Judgement("q1", "p1"),
    ]
)
TRAIN = TRAIN.replace(
    passages=TRAIN.passages.set_column(3, "kept", pa.array([True, True, False])),
)


def bench(*rows: tuple[str, str, str]) -> Collection:
    """Queries, each with one relevant passage: id, question, passage."""
    return Collection.from_records(
        [
            *(Query(qid, text) for qid, text, _ in rows),
            *(Passage(f"{qid}-p", text) for qid, _, text in rows),
            *(Judgement(qid, f"{qid}-p") for qid, _, _ in rows),
            *(Judgement(qid, "rows-not-there") for qid, _, _ in rows),
        ]
    )


def test_what_was_seen_is_told_by_what_tells_most() -> None:
    test = bench(
        ("both", "where is the mill", "the harbour FROZE"),
        ("passage", "when did the water freeze", "The harbour froze!"),
        ("near", "who turned it", LONG * 2 + "Yes."),
        ("clean", "who rules", "Nobody rules."),
        ("aside", "what is that", "A passage that training has set aside."),
        ("blank", "……", "Nothing."),
    )
    found = leaked_queries(TRAIN, {"test": test, "other": bench(("x", "who", "nobody"))})
    assert found == {
        "test": {"both": "question", "passage": "passage", "near": "near_passage"},
        "other": {},
    }


def test_a_question_that_is_nearly_the_same_counts_and_another_name_does_not() -> None:
    asked = (
        "In which year was the railway station of the northern harbour town opened to passengers and to goods"
    )
    train = Collection.from_records([Query("q", asked), Passage("p", "In 1901."), Judgement("q", "p")])
    test = bench(
        ("near", f"{asked}, then?", "One."), ("other", asked.replace("northern harbour", "southern"), "Two.")
    )
    assert leaked_queries(train, {"t": test}) == {"t": {"near": "near_question"}}


def test_irrelevant_and_unanswered_are_not_looked_at() -> None:
    test = Collection.from_records(
        [
            Query("a", "something else"),
            Query("b", "Where is the mill"),
            Passage("x", "The harbour froze."),
            Passage("y", "Not seen."),
            Judgement("a", "x", 0),
            Judgement("a", "y"),
        ]
    )
    assert leaked_queries(TRAIN, {"t": test}) == {"t": {}}


def test_no_text_at_all() -> None:
    nothing = Collection.from_records([])
    assert leaked_queries(nothing, {"t": nothing}) == {"t": {}}
    assert leaked_queries(TRAIN, {"t": nothing}) == {"t": {}}
    assert leaked_queries(nothing, {"t": bench(("a", "who", "nobody"))}) == {"t": {}}


words = st.text("abc 一二。", max_size=12)


@given(train=st.lists(words, max_size=8), test=st.lists(words, max_size=8))
def test_word_for_word_is_what_shares_a_key(train: list[str], test: list[str]) -> None:
    ours = Collection.from_records([Query(f"q{i}", text) for i, text in enumerate(train)])
    theirs = bench(*((f"t{i}", text, "zzz") for i, text in enumerate(test)))
    found = leaked_queries(ours, {"t": theirs}, near=1.0)["t"]
    keys = {text_key(text) for text in train} - {""}
    exact = {query_id for query_id, leak in found.items() if leak == "question"}
    assert exact == {f"t{i}" for i, text in enumerate(test) if text_key(text) in keys}
