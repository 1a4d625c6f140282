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
from langret.mining.known import sibling_positive
from langret.recipe.schema import Miner, Negatives

REASONS = {
    *("positive", "sibling_positive", "rank", "nan_score", "min_score", "max_score", "no_positive_score"),
    *("above_positive", "within_margin", "near_positive", "duplicate", "not_drawn"),
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


def rules(*miners: Miner, per_query: int = 4, limit: float | None = 0.95, **more: Any) -> Negatives:
    return Negatives(miners=list(miners), per_query=per_query, max_of_positive=limit, **more)


BM25, DENSE, FUSED = Miner(kind="bm25"), Miner(kind="dense"), Miner(kind="fused")
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
        rules(Miner(kind="bm25", first=2, last=6), per_query=2),
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


def test_known_positives_do_not_count_as_ranks() -> None:
    """A query with many answers would else get no negatives: its answers fill the first ranks."""
    found = ranked("dense", {f"pos{i}": 0.9 for i in range(5)} | {"a": 0.5, "b": 0.4, "c": 0.3})
    known = {"q": [f"pos{i}" for i in range(5)]}
    chosen = select_negatives(found, known, {"dense": {"q": 1}}, rules(Miner(kind="dense", last=2)), seed=1)
    assert {k: v for k, v in outcome(chosen).items() if "pos" not in k} == {
        "a": "kept",
        "b": "kept",
        "c": "rank",
    }
    chosen = select_negatives(found, known, {"dense": {"q": 1}}, rules(Miner(kind="dense", first=2)), seed=1)
    assert outcome(chosen)["a"] == "rank" and outcome(chosen)["b"] == "kept"


def test_a_siblings_positive_is_no_negative_unless_the_data_says_so() -> None:
    known = {"q": ["shared"], "sibling": ["shared", "theirs"], "stranger": ["other"]}
    found = join_candidates(
        [ranked("random", {"theirs": None, "other": None}), ranked("given", {"theirs": None})]
    )
    chosen = select_negatives(found, known, {}, rules(RANDOM, GIVEN), seed=1)
    assert outcome(chosen, "random") == {"theirs": "sibling_positive", "other": "kept"}
    assert outcome(chosen, "given") == {"theirs": "kept"}


def test_one_passage_that_answers_everything_costs_nothing() -> None:
    """As a table of siblings, forty thousand queries on one passage would be 1.6 billion pairs."""
    known = {f"q{i}": ["all"] for i in range(40_000)} | {"q": ["all"]}
    started = time.perf_counter()
    select_negatives(ranked("random", {"a": None}), known, {}, rules(RANDOM), seed=1)
    assert time.perf_counter() - started < 5


def test_scores_outside_the_miners_bounds() -> None:
    bounded = Miner(kind="dense", min_score=0.2, max_score=0.6)
    found = ranked("dense", {"a": 0.7, "b": 0.6, "c": 0.3, "d": 0.2, "e": 0.1})
    chosen = select_negatives(found, {}, {}, rules(bounded, limit=None), seed=1)
    assert outcome(chosen) == {"a": "max_score", "b": "kept", "c": "kept", "d": "kept", "e": "min_score"}


def test_the_margin_is_a_distance_from_the_positive() -> None:
    found = ranked("dense", {"a": 0.875, "b": 0.75, "c": 0.5, "d": -1.0})
    chosen = select_negatives(found, {}, {"dense": {"q": 1.0}}, rules(DENSE, limit=None, margin=0.25), seed=1)
    assert outcome(chosen) == {"a": "within_margin", "b": "kept", "c": "kept", "d": "kept"}
    both = select_negatives(found, {}, {"dense": {"q": 1.0}}, rules(DENSE, limit=0.8, margin=0.5), seed=1)
    assert outcome(both) == {"a": "above_positive", "b": "within_margin", "c": "kept", "d": "kept"}
    below = select_negatives(found, {}, {"dense": {"q": -0.5}}, rules(DENSE, limit=None, margin=0.5), seed=1)
    assert [pid for pid, why in outcome(below).items() if why == "kept"] == ["d"]


@pytest.mark.parametrize("change", [{"limit": 0.95}, {"limit": None, "margin": 0.1}])
def test_infinity_is_never_permission(change: dict[str, Any]) -> None:
    found = ranked("dense", {"a": float("inf"), "b": 0.5})
    for own in (0.5, float("inf")):
        chosen = select_negatives(found, {}, {"dense": {"q": own}}, rules(DENSE, **change), seed=1)
        assert outcome(chosen)["a"] in ("above_positive", "within_margin")


TEXTS = {
    "pos": "琵琶湖は滋賀県にある日本で最も大きい湖で、面積は六百七十平方キロメートルある。",
    "copy": "琵琶湖は滋賀県にある日本で最も大きい湖で、面積は六百七十平方キロメートルある",
    "a": "霞ヶ浦は茨城県にある湖で、日本で二番目に大きい。",
    "b": "富士山は静岡県と山梨県にまたがる山である。",
    "short": "湖",
    "empty": "",
}


def test_what_repeats_a_positive_is_replaced_by_the_next() -> None:
    found = join_candidates(
        [
            ranked("random", {"copy": None, "a": None, "b": None, "empty": None}),
            ranked("given", {"copy": None}),
        ]
    )
    wanted = rules(RANDOM, GIVEN, per_query=2)
    plain = select_negatives(found, {"q": ["pos"]}, {}, wanted, seed=1)
    assert outcome(plain, "random")["copy"] == "kept"
    chosen = select_negatives(found, {"q": ["pos"]}, {}, wanted, seed=1, texts=TEXTS)
    assert outcome(chosen, "random") == {
        "copy": "near_positive",
        "a": "kept",
        "b": "filled",
        "empty": "not_drawn",
    }
    assert outcome(chosen, "given") == {"copy": "near_positive"}
    off = rules(RANDOM, GIVEN, per_query=2, near_positive=None)
    assert select_negatives(found, {"q": ["pos"]}, {}, off, seed=1, texts=TEXTS) == plain


def test_only_what_would_be_drawn_is_compared_and_no_other_query_is_touched() -> None:
    """A table in which a hundred copies stand before what can be drawn, and others that have none."""
    copies = {f"copy{i}": None for i in range(100)}
    found = join_candidates(
        [
            ranked("random", {**copies, "a": None, "b": None}),
            ranked("random", {"b": None, "copy7": None}, "other"),
        ]
    )
    texts = {**TEXTS, **dict.fromkeys(copies, TEXTS["copy"])}
    known = {"q": ["pos"], "other": ["short", "gone"]}
    wanted = rules(Miner(kind="random", last=200), per_query=1)
    chosen = select_negatives(found, known, {}, wanted, seed=1, texts=texts)
    first = outcome(chosen.slice(0, 102))
    assert {first[c] for c in copies} == {"near_positive"}
    assert (first["a"], first["b"]) == ("kept", "not_drawn")
    assert outcome(chosen.slice(102)) == {"b": "kept", "copy7": "not_drawn"}


def test_a_fused_candidate_falls_with_any_of_its_miners_and_with_no_other() -> None:
    found = join_candidates(
        [
            ranked("bm25", {"a": 9.0, "b": 5.0, "c": 4.0, "nan": float("nan")}),
            ranked("dense", {"d": 0.9, "b": 0.8, "c": 0.3}),
            ranked("fused", dict.fromkeys(("a", "b", "c", "d", "e", "nan"), 0.03)),
            ranked("dense-2", {"c": 0.9, "e": 0.2}),
        ]
    )
    miners = [Miner(kind=k, share=s) for k, s in (("bm25", 0), ("dense", 0), ("fused", 1), ("dense", 0))]
    own = {"bm25": {"q": 6.0}, "dense": {"q": 0.7}, "dense-2": {"q": 0.5}}
    chosen = select_negatives(found, {}, own, rules(*miners), seed=1)
    assert outcome(chosen, "fused") == {
        "a": "above_positive",  # for bm25
        "b": "above_positive",  # for dense alone
        "c": "kept",  # dense-2 stands below: it was not fused
        "d": "above_positive",
        "e": "no_positive_score",  # nothing of what was fused knows it
        "nan": "no_positive_score",
    }
    without = select_negatives(found, {}, {**own, "dense": {}}, rules(*miners), seed=1)
    assert set(outcome(without, "fused").values()) == {"above_positive", "no_positive_score"}
    off = select_negatives(found, {}, {}, rules(*miners, limit=None, per_query=9), seed=1)
    assert set(outcome(off, "fused").values()) == {"kept"}


def test_a_share_of_zero_gives_nothing_and_fills_nothing() -> None:
    found = join_candidates([ranked("bm25", {"a": 9.0, "b": 8.0}), ranked("random", {"c": None, "b": None})])
    chosen = select_negatives(
        found, {}, {"bm25": {"q": 99}}, rules(Miner(kind="bm25", share=0), RANDOM), seed=1
    )
    assert outcome(chosen, "bm25") == {"a": "not_drawn", "b": "duplicate"}
    assert outcome(chosen, "random") == {"c": "kept", "b": "kept"}


def test_a_scorer_orders_and_measures_the_candidates_of_every_miner() -> None:
    found = join_candidates(
        [ranked("bm25", {"a": 0.2, "b": 0.6, "c": 0.6}), ranked("random", {"d": 0.97, "e": None, "f": 0.1})]
    )
    wanted = rules(BM25, RANDOM, scorer="cross", per_query=2)
    chosen = select_negatives(found, {}, {"scorer": {"q": 1.0}}, wanted, seed=1)
    assert outcome(chosen, "bm25") == {"a": "not_drawn", "b": "kept", "c": "not_drawn"}, "ties keep the rank"
    assert outcome(chosen, "random") == {"d": "above_positive", "e": "nan_score", "f": "kept"}
    with pytest.raises(StageError, match='"scorer" did not score the positives'):
        select_negatives(found, {}, {"bm25": {"q": 1.0}}, wanted, seed=1)


def test_nothing_left_is_said_and_counted() -> None:
    """All candidates are false, the corpus is smaller than what is wanted, or holds no positive."""
    false = select_negatives(
        ranked("dense", {"a": 0.99, "b": 0.98}),
        {"q": ["elsewhere"]},
        {"dense": {"q": 1.0}},
        rules(DENSE),
        seed=1,
    )
    assert set(outcome(false).values()) == {"above_positive"}
    assert selection_summary(false, 4, 1)["missing"] == 4
    few = random_candidates(["q"], ["pos", "a"], k=100, seed=1)
    chosen = select_negatives(few, {"q": ["pos"]}, {}, rules(RANDOM), seed=1)
    assert outcome(chosen) == {"pos": "positive", "a": "kept"}
    assert selection_summary(chosen, 4, 1)["short"] == 1


def test_constant_scores_are_drawn_in_the_miners_order() -> None:
    found = ranked("dense", dict.fromkeys("abcdef", -0.5))
    for how in ("best", "softmax", "quantiles", "random"):
        chosen = select_negatives(
            found, {}, {"dense": {"q": 1.0}}, rules(DENSE, per_query=3, draw=how), seed=1
        )
        kept = [pid for pid, why in outcome(chosen).items() if why == "kept"]
        assert len(kept) == 3 and (how != "best" or kept == list("abc"))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=3), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abcdef")), max_size=20),
)
def test_siblings_are_those_that_share_a_positive(
    answers: list[list[str]], rows: list[tuple[int, str]]
) -> None:
    known = {f"q{i}": found for i, found in enumerate(answers)}
    query_ids, passage_ids = [f"q{i}" for i in range(6)], list("abcdef")
    query = np.array([q for q, _ in rows], dtype=np.int64)
    passage = np.array([passage_ids.index(p) for _, p in rows], dtype=np.int64)
    found = sibling_positive(query, passage, query_ids, passage_ids, known)
    for (q, pid), is_sibling in zip(rows, found.tolist(), strict=True):
        own = set(known.get(f"q{q}", ()))
        others = [set(f) for other, f in known.items() if other != f"q{q}" and own & set(f)]
        if pid not in own:
            assert is_sibling == any(pid in f for f in others)


SCORED = ("bm25", "dense", "dense-2", "fused")
scores = st.one_of(
    st.sampled_from([-1.0, -0.95, 0.0, 0.5, 0.95, 1.0, float("nan"), float("inf")]),
    st.floats(-2, 2, width=32),
)
PASSAGES = [f"p{i}" for i in range(8)]
WORDS = dict.fromkeys(PASSAGES, "琵琶湖は日本で最も大きい湖で、滋賀県にある。") | {
    f"p{i}": word * 9 for i, word in enumerate(("富士山", "信濃川", "霞ヶ浦", "知床半島"))
}


@st.composite
def problems(draw: Any) -> tuple[list[tuple], dict, dict, Negatives]:
    """Any miners, one kind twice, a fused one of those that score; any rule on or off; any draw."""
    kinds = draw(
        st.lists(st.sampled_from(("bm25", "dense", "dense", "given", "random")), min_size=1, max_size=4)
    )
    kinds = [kind for i, kind in enumerate(kinds) if kinds[:i].count(kind) < (2 if kind == "dense" else 1)]
    if draw(st.booleans()) and {"bm25", "dense"} & set(kinds):
        kinds.append("fused")
    miners = []
    for kind in kinds:
        first = draw(st.integers(1, 3))
        more: dict[str, Any] = {"share": draw(st.sampled_from([0.0, 0.5, 1.0, 2.0]))}
        if kind in SCORED and draw(st.booleans()):
            more |= {"min_score": -0.9, "max_score": draw(st.sampled_from([0.5, 1.5]))}
        miners.append(Miner(kind=kind, first=first, last=first + draw(st.integers(0, 6)), **more))
    if not any(m.share for m in miners):
        miners[0] = miners[0].model_copy(update={"share": 1.0})
    wanted = Negatives(
        miners=miners,
        per_query=draw(st.integers(0, 5)),
        max_of_positive=draw(st.sampled_from([None, 0.5, 0.95, 1.0])),
        margin=draw(st.sampled_from([None, 0.0, 0.25])),
        draw=draw(st.sampled_from(["best", "random", "softmax", "quantiles"])),
        temperature=draw(st.sampled_from([1e-300, 0.1, 1.0, 100.0])),
    )
    queries = [f"q{i}" for i in range(4)]
    rows: list[tuple] = []
    for source in miner_sources(wanted):
        for query in queries:
            for rank, pid in enumerate(draw(st.lists(st.sampled_from(PASSAGES), max_size=8)), start=1):
                rows.append((query, pid, rank, draw(scores) if source in SCORED else None, source))
    positives = {q: draw(st.lists(st.sampled_from([*PASSAGES, "elsewhere"]), max_size=3)) for q in queries}
    own = {s: {q: draw(scores) for q in queries if positives[q]} for s in ("bm25", "dense", "dense-2")}
    return rows, positives, own, wanted


def falls(row: tuple, rows: list[tuple], own: dict, wanted: Negatives) -> bool:
    """Whether a score rule stands against a row, by the words of the documentation."""
    query, pid, _, score, source = row
    if wanted.max_of_positive is None and wanted.margin is None:
        return False
    if source == "fused":
        names = miner_sources(wanted)
        above = [n for n in names[: names.index("fused")] if n in SCORED]
        parts = [r for r in rows if r[:2] == (query, pid) and r[4] in above]
        return not parts or any(np.isnan(r[3]) or falls(r, rows, own, wanted) for r in parts)
    best = own[source].get(query, float("nan"))
    if np.isnan(best):
        return True
    best, score = float(np.float32(best)), float(np.float32(score))
    if wanted.max_of_positive is not None:
        limit = best - (1 - wanted.max_of_positive) * abs(best)
        if np.isinf(best) or score > limit + 1e-6:
            return bool(score == np.inf or score >= best)
    return wanted.margin is not None and bool(score > best - wanted.margin + 1e-6)


@settings(max_examples=200, deadline=None)
@given(problems(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_properties(problem, random, seed: int) -> None:
    rows, positives, own, wanted = problem
    chosen = select_negatives(table_of(*rows), positives, own, wanted, seed, texts=WORDS)
    result = chosen.to_pylist()
    assert [tuple(r.values())[:3] for r in result] == [row[:3] for row in rows]

    miners = dict(zip(miner_sources(wanted), wanted.miners, strict=True))
    siblings = {
        q: {p for other in positives if set(positives[other]) & set(positives[q]) for p in positives[other]}
        for q in positives
    }
    kept = [r for r in result if r["kept"]]
    for row in kept:
        query, pid, source = row["query_id"], row["passage_id"], row["source"]
        miner = miners[source]
        assert row["reason"] in ("", "filled")
        assert miner.share > 0
        assert pid not in positives[query]
        assert source == "given" or pid not in siblings[query]
        assert WORDS[pid] not in {WORDS.get(p) for p in positives[query]}, "repeats a positive"
        mine = [r for r in rows if r[0] == query and r[4] == source and r[2] < row["rank"]]
        others = row["rank"] - sum(r[1] in positives[query] for r in mine)
        assert miner.first <= others <= miner.last
        if source in SCORED:
            assert not np.isnan(row["score"])
            assert miner.min_score is None or row["score"] >= np.float32(miner.min_score)
            assert miner.max_score is None or row["score"] <= miner.max_score
            assert not falls((query, pid, row["rank"], row["score"], source), rows, own, wanted)
    assert {r["reason"] for r in result if not r["kept"]} <= REASONS
    pairs = [(r["query_id"], r["passage_id"]) for r in kept]
    assert len(set(pairs)) == len(pairs)
    per_query = Counter(query for query, _ in pairs)
    assert all(count <= wanted.per_query for count in per_query.values())
    short = {q for q in positives if per_query[q] < wanted.per_query}
    for row in result:
        if row["query_id"] in short and row["reason"] == "not_drawn":
            assert not miners[row["source"]].share, "a query stays short only where nothing is left to give"

    summary = selection_summary(chosen, wanted.per_query, len(positives))
    assert summary["in"] == len(rows) == summary["kept"] + sum(summary["reasons"].values())
    assert summary["missing"] == 4 * wanted.per_query - len(kept)
    assert summary["short"] == len(short)

    def again(which: list[int], answers: dict) -> list[str]:
        table = table_of(*(rows[i] for i in which))
        return select_negatives(table, answers, own, wanted, seed, texts=WORDS).column("reason").to_pylist()

    order = list(range(len(rows)))
    random.shuffle(order)
    assert again(order, positives) == [result[i]["reason"] for i in order]
    alone = [i for i, row in enumerate(rows) if row[0] == "q1"]
    assert again(alone, positives) == [result[i]["reason"] for i in alone]


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
