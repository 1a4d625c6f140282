"""Choosing negatives: no positive ever, every row explained, no dependence on order or company."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import CANDIDATES
from langret.errors import StageError
from langret.mining import (
    candidates_from_arrays,
    join_candidates,
    miner_sources,
    random_candidates,
    select_negatives,
    selection_summary,
)
from langret.recipe.schema import Miner, Negatives

REASONS = {
    "positive",
    "sibling_positive",
    "rank",
    "nan_score",
    "no_positive_score",
    "above_positive",
    "duplicate",
    "not_drawn",
}


def table_of(*rows: tuple[str, str, int, float | None, str]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(CANDIDATES.names, (*row, True, ""), strict=True)) for row in rows], schema=CANDIDATES
    )


def ranked(source: str, scores: dict[str, float | None], query: str = "q") -> pa.Table:
    return table_of(*((query, pid, i, s, source) for i, (pid, s) in enumerate(scores.items(), start=1)))


def outcome(table: pa.Table, source: str | None = None) -> dict[str, str]:
    """Passage id to "kept", "filled" or the reason against it."""
    return {
        row["passage_id"]: row["reason"] or "kept"
        for row in table.to_pylist()
        if source is None or row["source"] == source
    }


def rules(*miners: Miner, per_query: int = 4, limit: float | None = 0.95) -> Negatives:
    return Negatives(miners=list(miners), per_query=per_query, max_of_positive=limit)


BM25, DENSE = Miner(kind="bm25"), Miner(kind="dense")
GIVEN, RANDOM = Miner(kind="given"), Miner(kind="random")


def test_each_rule_gives_its_reason() -> None:
    scores = {
        "best": 20.0,
        "pos": 10.0,
        "near": 9.6,
        "a": 9.4,
        "nan": float("nan"),
        "b": 8.0,
        "c": 7.0,
        "deep": 1.0,
    }
    chosen = select_negatives(
        ranked("bm25", scores),
        {"q": ["pos"]},
        {"bm25": {"q": 10.0}},
        rules(Miner(kind="bm25", first=2, last=7), per_query=2),
        seed=1,
    )
    assert outcome(chosen) == {
        "best": "rank",
        "pos": "positive",
        "near": "above_positive",
        "a": "kept",
        "nan": "nan_score",
        "b": "kept",
        "c": "not_drawn",
        "deep": "rank",
    }


def test_the_rule_is_sign_safe() -> None:
    scores = {"a": -0.5, "b": -0.97, "c": -1.0, "d": -1.04, "e": -1.06}
    chosen = select_negatives(ranked("dense", scores), {}, {"dense": {"q": -1.0}}, rules(DENSE), seed=1)
    assert [pid for pid, why in outcome(chosen).items() if why == "kept"] == ["e"]
    zero = select_negatives(
        ranked("dense", {"a": 0.1, "b": 0.0, "c": -0.1}), {}, {"dense": {"q": 0.0}}, rules(DENSE), seed=1
    )
    assert outcome(zero) == {"a": "above_positive", "b": "above_positive", "c": "kept"}


def test_turning_the_rule_off_needs_no_positive_scores() -> None:
    chosen = select_negatives(ranked("dense", {"a": 5.0}), {}, {}, rules(DENSE, limit=None), seed=1)
    assert outcome(chosen) == {"a": "kept"}


def test_missing_positive_scores_are_never_taken_for_permission() -> None:
    found = ranked("dense", {"a": 0.5})
    with pytest.raises(StageError, match='"dense" did not score the positives'):
        select_negatives(found, {}, {}, rules(DENSE), seed=1)
    for scores in ({}, {"q": float("nan")}):
        chosen = select_negatives(found, {}, {"dense": scores}, rules(DENSE), seed=1)
        assert outcome(chosen) == {"a": "no_positive_score"}


def test_miners_without_scores_are_not_measured() -> None:
    found = join_candidates([ranked("given", {"a": None}), ranked("random", {"b": None})])
    chosen = select_negatives(found, {}, {}, rules(GIVEN, RANDOM), seed=1)
    assert outcome(chosen) == {"a": "kept", "b": "kept"}


def test_shares_decide_the_mix_and_a_passage_is_drawn_once() -> None:
    found = join_candidates(
        [
            ranked("bm25", {"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0}),
            ranked("dense", {"b": 0.4, "a": 0.3, "e": 0.2, "f": 0.1}),
        ]
    )
    mix = rules(Miner(kind="bm25", share=3), Miner(kind="dense", share=1))
    chosen = select_negatives(found, {}, {"bm25": {"q": 99}, "dense": {"q": 1}}, mix, seed=1)
    assert outcome(chosen, "bm25") == {"a": "kept", "b": "kept", "c": "kept", "d": "not_drawn"}
    assert outcome(chosen, "dense") == {"b": "duplicate", "a": "duplicate", "e": "kept", "f": "not_drawn"}


def test_a_shortfall_is_filled_by_others_and_counted_and_never_beyond_what_is_eligible() -> None:
    found = join_candidates([ranked("bm25", {"a": 9.0}), ranked("dense", {"b": 0.4, "c": 0.3, "d": 0.2})])
    even = rules(BM25, DENSE, per_query=6)
    chosen = select_negatives(found, {}, {"bm25": {"q": 99}, "dense": {"q": 0.35}}, even, seed=1)
    assert outcome(chosen) == {"a": "kept", "b": "above_positive", "c": "kept", "d": "kept"}
    summary = selection_summary(chosen, 6, n_queries=2)
    assert summary == {
        "in": 4,
        "kept": 3,
        "filled": 0,
        "reasons": {"above_positive": 1},
        "sources": {"bm25": {"in": 1, "kept": 1}, "dense": {"in": 3, "kept": 2}},
        "queries": 2,
        "short": 2,
        "missing": 9,
    }
    chosen = select_negatives(found, {}, {"bm25": {"q": 99}, "dense": {"q": 1}}, rules(BM25, DENSE), seed=1)
    assert outcome(chosen) == {"a": "kept", "b": "kept", "c": "kept", "d": "filled"}
    assert selection_summary(chosen, 4, 1)["filled"] == 1


def test_equal_remainders_are_decided_by_lot_for_each_query() -> None:
    queries = [f"q{i}" for i in range(400)]
    found = join_candidates(
        [
            ranked(kind, {f"{kind}{i}": None for i in range(3)}, q)
            for q in queries
            for kind in ("given", "random")
        ]
    )
    chosen = select_negatives(found, {}, {}, rules(GIVEN, RANDOM, per_query=1), seed=1)
    counts = selection_summary(chosen, 1, 400)
    assert counts["short"] == counts["filled"] == 0
    assert 150 < counts["sources"]["given"]["kept"] < 250
    other = select_negatives(found, {}, {}, rules(GIVEN, RANDOM, per_query=1), seed=2)
    assert other.column("kept") != chosen.column("kept")


def test_two_miners_of_a_kind_have_names_of_their_own() -> None:
    two = rules(DENSE, BM25, Miner(kind="dense", model="other", first=2))
    assert miner_sources(two) == ["dense", "bm25", "dense-2"]
    found = join_candidates([ranked("dense", {"a": 0.4}), ranked("dense-2", {"b": 0.4, "c": 0.3})])
    scores = {"dense": {"q": 1.0}, "bm25": {}, "dense-2": {"q": 1.0}}
    assert outcome(select_negatives(found, {}, scores, two, seed=1)) == {
        "a": "kept",
        "b": "rank",
        "c": "kept",
    }


def test_an_unknown_source_is_named() -> None:
    with pytest.raises(StageError, match=r'"bm52".*Did you mean "bm25"'):
        select_negatives(ranked("bm52", {"a": 1.0}), {}, {}, rules(BM25), seed=1)


def test_nothing_in_nothing_out() -> None:
    chosen = select_negatives(CANDIDATES.empty_table(), {}, {}, rules(BM25), seed=1)
    assert selection_summary(chosen, 4, 3)["missing"] == 12
    chosen = select_negatives(ranked("given", {"a": None}), {}, {}, rules(GIVEN, per_query=0), seed=1)
    assert outcome(chosen) == {"a": "not_drawn"}


def test_rows_set_aside_before_stay_so() -> None:
    found = ranked("given", {"a": None, "b": None})
    found = found.set_column(5, "kept", pa.array([False, True]))
    found = found.set_column(6, "reason", pa.array(["passage_set_aside", ""]))
    chosen = select_negatives(found, {}, {}, rules(GIVEN), seed=1)
    assert outcome(chosen) == {"a": "passage_set_aside", "b": "kept"}
    assert outcome(select_negatives(chosen, {}, {}, rules(GIVEN), seed=1)) == outcome(chosen)


KINDS = ("bm25", "dense", "given", "random")
scores = st.one_of(
    st.sampled_from([-1.0, -0.95, 0.0, 0.5, 0.95, 1.0, float("nan")]), st.floats(-2, 2, width=32)
)


@st.composite
def problems(draw: Any) -> tuple[list[tuple], dict, dict, Negatives]:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True))
    miners = []
    for kind in kinds:
        first = draw(st.integers(1, 3))
        share = draw(st.sampled_from([0.5, 1.0, 2.0]))
        miners.append(Miner(kind=kind, share=share, first=first, last=first + draw(st.integers(0, 6))))
    queries, passages = [f"q{i}" for i in range(4)], [f"p{i}" for i in range(8)]
    rows = []
    for query in queries:
        for kind in kinds:
            for rank, pid in enumerate(draw(st.lists(st.sampled_from(passages), max_size=8)), start=1):
                rows.append((query, pid, rank, draw(scores) if kind in ("bm25", "dense") else None, kind))
    positives = {q: draw(st.lists(st.sampled_from([*passages, "elsewhere"]), max_size=3)) for q in queries}
    own = {kind: {q: draw(scores) for q in queries if positives[q]} for kind in ("bm25", "dense")}
    limit = draw(st.sampled_from([None, 0.5, 0.95, 1.0]))
    return (
        rows,
        positives,
        own,
        Negatives(miners=miners, per_query=draw(st.integers(0, 5)), max_of_positive=limit),
    )


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_properties(problem, random, seed: int) -> None:
    rows, positives, own, wanted = problem
    chosen = select_negatives(table_of(*rows), positives, own, wanted, seed)
    result = chosen.to_pylist()
    assert [tuple(r.values())[:3] for r in result] == [row[:3] for row in rows]

    miners = dict(zip(miner_sources(wanted), wanted.miners, strict=True))
    kept = [r for r in result if r["kept"]]
    for row in kept:
        assert row["reason"] in ("", "filled")
        assert row["passage_id"] not in positives[row["query_id"]]
        miner = miners[row["source"]]
        assert miner.first <= row["rank"] <= miner.last
        if row["source"] in ("bm25", "dense"):
            assert not np.isnan(row["score"])
            if wanted.max_of_positive is not None:
                best = own[row["source"]][row["query_id"]]
                assert row["score"] < best or (wanted.max_of_positive > 1)
    assert {r["reason"] for r in result if not r["kept"]} <= REASONS
    pairs = [(r["query_id"], r["passage_id"]) for r in kept]
    assert len(set(pairs)) == len(pairs)
    per_query = Counter(query for query, _ in pairs)
    assert all(count <= wanted.per_query for count in per_query.values())
    short = {q for q in positives if per_query[q] < wanted.per_query}
    assert not any(r["reason"] == "not_drawn" and r["query_id"] in short for r in result)

    summary = selection_summary(chosen, wanted.per_query, len(positives))
    assert summary["in"] == len(rows) == summary["kept"] + sum(summary["reasons"].values())
    assert summary["missing"] == 4 * wanted.per_query - len(kept)
    assert summary["short"] == len(short)

    order = list(range(len(rows)))
    random.shuffle(order)
    again = select_negatives(table_of(*(rows[i] for i in order)), positives, own, wanted, seed).to_pylist()
    if len({row[:3] + row[4:] for row in rows}) == len(rows):
        assert [again[order.index(i)]["reason"] for i in range(len(rows))] == [r["reason"] for r in result]
    alone = [i for i, row in enumerate(rows) if row[0] == "q1"]
    single = select_negatives(table_of(*(rows[i] for i in alone)), positives, own, wanted, seed).to_pylist()
    assert [r["reason"] for r in single] == [result[i]["reason"] for i in alone]


def test_half_a_million_rows_take_seconds() -> None:
    rng = np.random.default_rng(1)
    queries, passages = [f"query-{i}" for i in range(2600)], [f"passage-{i}" for i in range(9000)]
    found = np.argsort(rng.random((2600, 1000)), axis=1)[:, :100]
    dense = candidates_from_arrays(
        queries, passages, -np.sort(-rng.random((2600, 100)), axis=1), found, "dense"
    )
    table = join_candidates([dense, random_candidates(queries, passages, 100, seed=1)])
    started = time.perf_counter()
    chosen = select_negatives(
        table,
        {q: ["passage-5"] for q in queries},
        {"dense": dict.fromkeys(queries, 0.9)},
        rules(DENSE, RANDOM),
        1,
    )
    assert time.perf_counter() - started < 10
    assert selection_summary(chosen, 4, 2600)["kept"] == 4 * 2600
