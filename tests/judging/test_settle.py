"""What becomes of a false negative: every treatment, every reason, and counts that add up."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import CANDIDATES, JUDGEMENTS
from langret.errors import StageError
from langret.judging import Settled, settle, settle_summary
from langret.judging.settle import QUERIES_ASIDE
from tests.judging.tables import one_query, outcome, said, selected

TREATMENTS = ["remove", "drop", "relabel", "rank"]
REASONS = {
    "false_negatives",
    "too_many_false",
    "unknown",
    "relabelled",
    "false_negative",
    "partial",
    "duplicate",
    "not_drawn",
}


def new_positives(settled: Settled) -> dict[str, str]:
    return dict(
        zip(
            settled.relabelled["passage_id"].to_pylist(),
            settled.relabelled["reason"].to_pylist(),
            strict=True,
        )
    )


def test_each_treatment_does_what_its_paper_says() -> None:
    """RLHN's three take everything relevant for a false negative; ARHN's ranking tells two kinds apart."""
    table = one_query("fpnu")
    verdicts = [said("llm", {"f": "f", "p": "p", "n": "n", "u": "u"})]
    found = {t: settle(table, verdicts, t, most_false=7, per_query=4) for t in TREATMENTS}  # type: ignore[arg-type]
    assert outcome(found["remove"].candidates) == dict.fromkeys("fpnu", "false_negatives")
    assert found["remove"].queries_aside.to_pylist() == [{"id": "q", "reason": "false_negatives"}]
    assert outcome(found["drop"].candidates) == {
        "f": "false_negative",
        "p": "partial",
        "n": "kept",
        "u": "unknown",
    }
    assert outcome(found["relabel"].candidates) == {
        "f": "relabelled",
        "p": "relabelled",
        "n": "kept",
        "u": "unknown",
    }
    assert outcome(found["rank"].candidates) == {
        "f": "relabelled",
        "p": "partial",
        "n": "kept",
        "u": "unknown",
    }
    assert {t: new_positives(s) for t, s in found.items()} == {
        "remove": {},
        "drop": {},
        "relabel": {"f": "false_negative", "p": "partial"},
        "rank": {"f": "false_negative"},
    }
    assert found["rank"].relabelled.schema == JUDGEMENTS
    assert found["rank"].relabelled.to_pylist()[0]["relevance"] == 1
    assert all(found[t].queries_aside.num_rows == 0 for t in TREATMENTS[1:])


def test_the_last_judge_that_saw_a_candidate_decides() -> None:
    first = said("cross_encoder", {"a": "f", "b": "f", "c": "n", "d": "u", "e": "f"})
    second = said("llm", {"a": "n", "b": "f", "d": "n", "e": "u"})
    settled = settle(one_query("abcde"), [first, second], "rank", most_false=7, per_query=9)
    assert outcome(settled.candidates) == {
        "a": "kept",
        "b": "relabelled",
        "c": "kept",
        "d": "kept",
        "e": "unknown",
    }


def test_a_judge_that_contradicts_itself_has_said_nothing() -> None:
    twice = said("llm", [("a", "n"), ("a", "f"), ("b", "n"), ("b", "n")])
    settled = settle(one_query("ab"), [twice], "rank", most_false=7, per_query=4)
    assert outcome(settled.candidates) == {"a": "unknown", "b": "kept"}
    assert settle_summary(settled, {"llm": twice}, 4, 1)["judges"]["llm"] == {
        "seen": 2,
        "negative": 1,
        "false_negative": 0,
        "partial": 0,
        "unknown": 1,
        "flagged": 1,
    }


def test_a_candidate_that_no_judge_saw_is_not_clean() -> None:
    settled = settle(one_query("ab"), [said("llm", {"a": "n"})], "rank", most_false=7, per_query=4)
    assert outcome(settled.candidates) == {"a": "kept", "b": "unknown"}


def test_without_judges_every_candidate_is_clean() -> None:
    settled = settle(one_query("abc"), [], "remove", most_false=0, per_query=2)
    assert outcome(settled.candidates) == {"a": "kept", "b": "kept", "c": "not_drawn"}


@pytest.mark.parametrize(
    ("treatment", "most", "aside"),
    [("rank", 1, True), ("rank", 2, False), ("drop", 2, True), ("relabel", 2, True), ("relabel", 3, False)],
)
def test_a_query_with_too_many_false_negatives_is_set_aside(treatment: Any, most: int, aside: bool) -> None:
    """``partial`` counts where the treatment takes it for a false negative."""
    verdicts = [said("llm", {"a": "f", "b": "f", "c": "p", "d": "n"})]
    settled = settle(one_query("abcd"), verdicts, treatment, most_false=most, per_query=4)
    assert (settled.queries_aside.to_pylist() == [{"id": "q", "reason": "too_many_false"}]) is aside
    assert (set(outcome(settled.candidates).values()) == {"too_many_false"}) is aside
    assert settled.relabelled.num_rows == 0 or not aside


def test_too_many_is_said_before_removed() -> None:
    verdicts = [said("llm", {"a": "f", "b": "f"})]
    settled = settle(one_query("ab"), verdicts, "remove", most_false=1, per_query=4)
    assert settled.queries_aside["reason"].to_pylist() == ["too_many_false"]


def test_a_query_whose_candidates_are_all_false_is_short_and_never_filled() -> None:
    verdicts = [said("llm", {"a": "f", "b": "f"})]
    table = pa.concat_tables([one_query("ab"), one_query("cd", query="other")])
    verdicts = [pa.concat_tables([*verdicts, said("llm", {"c": "n", "d": "n"}, query="other")])]
    settled = settle(table, verdicts, "rank", most_false=7, per_query=2)
    assert outcome(settled.candidates) == {"a": "relabelled", "b": "relabelled", "c": "kept", "d": "kept"}
    summary = settle_summary(settled, {"llm": verdicts[0]}, 2, n_queries=3)
    assert (summary["queries"], summary["short"], summary["missing"]) == (3, 2, 4)
    assert summary["relabelled"] == 2 and summary["aside"] == {}


def test_rows_that_came_in_not_kept_are_left_as_they_are() -> None:
    table = one_query("ab")
    table = table.set_column(5, "kept", pa.array([False, True])).set_column(
        6, "reason", pa.array(["above_positive", "filled"])
    )
    settled = settle(table, [said("llm", {"b": "n"})], "rank", most_false=7, per_query=4)
    assert outcome(settled.candidates) == {"a": "above_positive", "b": "filled"}
    assert settled.candidates["kept"].to_pylist() == [False, True]


def test_miners_keep_their_shares_when_what_is_left_is_drawn() -> None:
    """A dense miner that looks at ranks from 30 on gets its places beside one that begins at rank 1."""
    bm25 = [("q", f"b{i}", i, "bm25") for i in range(1, 9)]
    dense = [("q", f"d{i}", 30 + i, "dense") for i in range(1, 5)]
    settled = settle(selected(*bm25, *dense), [], "rank", most_false=7, per_query=6)
    kept = {p for p, why in outcome(settled.candidates).items() if why == "kept"}
    assert kept == {"b1", "b2", "b3", "b4", "d1", "d2"}
    clean = {p: "n" for _, p, _, _ in (*bm25, *dense)} | {"b1": "f", "b2": "f", "d1": "u"}
    settled = settle(selected(*bm25, *dense), [said("llm", clean)], "rank", most_false=7, per_query=6)
    kept = {p for p, why in outcome(settled.candidates).items() if why == "kept"}
    assert kept == {"b3", "b4", "b5", "b6", "d2", "d3"}


def test_a_seed_draws_by_lot_and_not_by_rank() -> None:
    table = selected(*((f"q{i}", f"p{j}", j, "random") for i in range(40) for j in range(8)))
    drawn = [settle(table, [], "rank", most_false=7, per_query=2, seed=s).candidates for s in (1, 1, 2)]
    assert drawn[0].equals(drawn[1]) and not drawn[0].equals(drawn[2])
    kept = drawn[0].filter(drawn[0]["kept"])
    assert set(Counter(kept["query_id"].to_pylist()).values()) == {2}
    assert len(set(kept["rank"].to_pylist())) == 8


def test_a_passage_selected_twice_is_kept_once() -> None:
    table = pa.concat_tables([one_query("ab"), one_query("a", source="dense")])
    settled = settle(table, [said("llm", {"a": "n", "b": "n"})], "rank", most_false=7, per_query=4)
    kept = settled.candidates.filter(settled.candidates["kept"])
    assert sorted(kept["passage_id"].to_pylist()) == ["a", "b"]
    assert sorted(settled.candidates["reason"].to_pylist()) == ["", "", "duplicate"]


@pytest.mark.parametrize(
    "verdicts",
    [
        said("llm", {"x": "n"}),
        said("llm", {"a": "n"}, query="other"),
        said("llm", {"c": "n"}),  # a row that mining did not select
    ],
)
def test_a_verdict_on_another_candidate_is_an_error(verdicts: pa.Table) -> None:
    table = pa.concat_tables([one_query("ab"), one_query("c")])
    table = table.set_column(5, "kept", pa.array([True, True, False]))
    with pytest.raises(StageError, match="was not selected") as caught:
        settle(table, [verdicts], "rank", most_false=7, per_query=4)
    assert 'judge "llm"' in str(caught.value)


def test_an_unknown_verdict_or_treatment_is_an_error() -> None:
    table = said("llm", {"a": "n"})
    table = table.set_column(3, "verdict", pa.array(["false negative"]))
    with pytest.raises(StageError, match=r"passage a.*false_negative"):
        settle(one_query("a"), [table], "rank", most_false=7, per_query=4)
    with pytest.raises(StageError, match='Did you mean "relabel"'):
        settle(one_query("a"), [], "relabell", most_false=7, per_query=4)  # type: ignore[arg-type]


def test_nothing_at_all() -> None:
    settled = settle(CANDIDATES.empty_table(), [said("llm", {})], "rank", most_false=7, per_query=4)
    assert settled.candidates.equals(CANDIDATES.empty_table())
    assert settled.relabelled.num_rows == 0 and settled.queries_aside.schema == QUERIES_ASIDE
    assert settle_summary(settled, {"llm": said("llm", {})}, 4, n_queries=2)["short"] == 2


SOURCES = ("bm25", "dense")
IDS = [f"p{i}" for i in range(6)]
candidate_rows = st.dictionaries(
    st.tuples(st.sampled_from(["q1", "q2", "q3"]), st.sampled_from(IDS), st.sampled_from(SOURCES)),
    st.tuples(st.integers(1, 9), st.sampled_from([True, True, True, False])),
    max_size=25,
)


@st.composite
def judged(draw: st.DrawFn) -> tuple[pa.Table, list[pa.Table]]:
    """Candidates of two miners and the verdicts of up to three judges, each of whom may see, skip or repeat any."""
    rows = draw(candidate_rows)
    table = selected(*((q, p, rank, s) for (q, p, s), (rank, _) in rows.items()))
    flags = [kept for _, kept in rows.values()]
    table = table.set_column(5, "kept", pa.array(flags, pa.bool_()))
    table = table.set_column(6, "reason", pa.array(["" if kept else "rank" for kept in flags], pa.string()))
    pairs = sorted({(q, p) for (q, p, _), (_, kept) in rows.items() if kept})
    tables = []
    for number in range(draw(st.integers(0, 3))):
        rulings = draw(
            st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from("nfpu")), max_size=20)
            if pairs
            else st.just([])
        )
        parts = [said(f"llm-{number + 1}", {p: v}, query=q) for (q, p), v in rulings]
        tables.append(pa.concat_tables([said("llm", {}), *parts]))
    return table, tables


@settings(deadline=None, max_examples=150)
@given(judged(), st.sampled_from(TREATMENTS), st.integers(0, 4), st.integers(0, 4), st.randoms())
def test_counts_add_up_and_order_changes_nothing(
    case: tuple[pa.Table, list[pa.Table]], treatment: Any, most: int, per_query: int, rng: random.Random
) -> None:
    table, verdicts = case
    settled = settle(table, verdicts, treatment, most, per_query)
    out = settled.candidates
    assert out.select(CANDIDATES.names[:5]).equals(table.select(CANDIDATES.names[:5]))
    names = {f"llm-{i}": v for i, v in enumerate(verdicts, 1)}
    summary = settle_summary(settled, names, per_query, n_queries=3)
    assert summary["in"] == table.num_rows == summary["kept"] + sum(summary["reasons"].values())
    for counts in summary["judges"].values():
        rest = {k: v for k, v in counts.items() if k not in ("seen", "flagged")}
        assert counts["seen"] == sum(rest.values()) and counts["flagged"] == counts["seen"] - rest["negative"]

    rows, came = out.to_pylist(), table["kept"].to_pylist()
    aside = set(settled.queries_aside["id"].to_pylist())
    positives = {(r["query_id"], r["passage_id"]) for r in settled.relabelled.to_pylist()}
    kept = [(r["query_id"], r["passage_id"]) for r in rows if r["kept"]]
    assert len(kept) == len(set(kept)) and not positives & set(kept)
    assert len(positives) == settled.relabelled.num_rows
    assert not aside & {q for q, _ in (*kept, *positives)}
    assert all(n <= per_query for n in Counter(q for q, _ in kept).values())
    for row, before in zip(rows, came, strict=True):
        assert row["kept"] <= before
        assert row["reason"] == "rank" if not before else row["kept"] or row["reason"] in REASONS
        assert (row["reason"] == "relabelled") == (
            (row["query_id"], row["passage_id"]) in positives and before
        )
    # a query is short only where nothing clean is left over
    for query in {r["query_id"] for r in rows} - aside:
        left = [r for r in rows if r["query_id"] == query and r["reason"] == "not_drawn"]
        assert not left or Counter(q for q, _ in kept)[query] == per_query

    def shuffled(any_table: pa.Table) -> tuple[pa.Table, list[int]]:
        order = rng.sample(range(any_table.num_rows), any_table.num_rows)
        return any_table.take(pa.array(order, pa.int64())), order

    other, order = shuffled(table)
    again = settle(other, [shuffled(v)[0] for v in verdicts], treatment, most, per_query)
    assert again.candidates.equals(out.take(pa.array(order, pa.int64())))
    assert again.relabelled.equals(settled.relabelled) and again.queries_aside.equals(settled.queries_aside)


def test_three_hundred_thousand_candidates_take_seconds() -> None:
    n, k = 30_000, 10
    queries = pa.array(np.repeat(np.arange(n), k)).cast(pa.string())
    passages = pa.array(np.random.default_rng(1).integers(0, 150_000, n * k)).cast(pa.string())
    table = pa.table(
        [
            queries,
            passages,
            pa.array(np.tile(np.arange(1, k + 1, dtype=np.int32), n)),
            pa.nulls(n * k, pa.float32()),
            pa.repeat("bm25", n * k),
            pa.repeat(True, n * k),
            pa.repeat("", n * k),
        ],
        schema=CANDIDATES,
    )
    verdicts = pa.table(
        {
            "query_id": queries,
            "passage_id": passages,
            "judge": pa.repeat("llm", n * k),
            "verdict": pa.repeat("negative", n * k),
        }
    )
    start = time.perf_counter()
    settled = settle(table, [verdicts], "rank", most_false=7, per_query=4)
    assert time.perf_counter() - start < 30
    assert settled.candidates["kept"].to_pylist().count(True) == 4 * n
