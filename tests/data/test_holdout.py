"""Holding queries out of training."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.holdout import split_holdout
from langret.data.leakage import text_key
from langret.data.records import Collection, Judgement, Passage, Query, Record


def records(texts: list[str], unanswered: int = 0) -> list[Record]:
    answered = len(texts) - unanswered
    return [
        Passage("p", "All there is."),
        *(Query(f"q{n}", text) for n, text in enumerate(texts)),
        *(Judgement(f"q{n}", "p", int(n < answered)) for n in range(len(texts))),
    ]


def held(collection: Collection) -> set[str]:
    return set(collection.queries.column("id").to_pylist())


def test_rows_are_annotated_in_train_and_selected_in_the_other() -> None:
    whole = Collection.from_records(records([f"question {n}" for n in range(30)]))
    train, out = split_holdout(whole, 2, seed=1)
    assert len(held(out)) == 2
    aside = [row["id"] for row in train.queries.to_pylist() if not row["kept"]]
    assert set(aside) == held(out)
    assert {row["reason"] for row in train.queries.to_pylist() if not row["kept"]} == {"held_out"}
    assert {row["query_id"] for row in train.judgements.to_pylist() if row["reason"] == "held_out"} == held(
        out
    )
    assert {j.query_id for j in out.kept_judgements()} == held(out)
    assert out.passages.equals(whole.passages)
    assert train.judgements.num_rows == whole.judgements.num_rows


def test_at_most_a_tenth_and_only_queries_with_positives() -> None:
    whole = Collection.from_records(records([f"question {n}" for n in range(60)], unanswered=20))
    _, out = split_holdout(whole, 1000, seed=1)
    assert len(held(out)) == 4
    assert held(out) <= set(whole.positives())
    assert not held(split_holdout(Collection.from_records(records(["a"] * 9)), 5, seed=1)[1])
    assert not held(split_holdout(whole, 0, seed=1)[1])
    assert not held(split_holdout(Collection.from_records([]), 5, seed=1)[1])


def test_seeds_draw_differently() -> None:
    whole = Collection.from_records(records([f"question {n}" for n in range(100)]))
    draws = [frozenset(held(split_holdout(whole, 5, seed)[1])) for seed in range(5)]
    assert len(set(draws)) == 5


def test_more_queries_leave_the_draw_alone() -> None:
    """The lot of a query depends on its id and the seed, so a grown corpus mostly keeps what was held out."""
    small = Collection.from_records(records([f"question {n}" for n in range(200)]))
    large = Collection.from_records(records([f"question {n}" for n in range(220)]))
    assert len(held(split_holdout(small, 20, 3)[1]) & held(split_holdout(large, 20, 3)[1])) >= 14


@settings(deadline=None)
@given(
    texts=st.lists(st.sampled_from(["who?", "Who", "where", "why!", "when", "？", "！"]), max_size=60),
    extra=st.integers(0, 60),
    count=st.integers(0, 8),
    seed=st.integers(0, 1000),
)
def test_same_question_on_one_side_whatever_the_order(
    texts: list[str], extra: int, count: int, seed: int
) -> None:
    rows = records([*texts, *(f"question {n}" for n in range(extra))])
    train, out = split_holdout(Collection.from_records(rows), count, seed)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert held(split_holdout(Collection.from_records(shuffled), count, seed)[1]) == held(out)
    assert len(held(out)) <= min(count, (len(texts) + extra) // 10)

    def keys(collection: Collection) -> set[str]:
        return {text_key(q.text) or q.text for q in collection.kept_queries()}

    assert not keys(train) & keys(out)
    assert train.queries.num_rows == len(texts) + extra
