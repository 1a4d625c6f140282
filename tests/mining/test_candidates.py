"""Candidate tables from arrays, chance and the data."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import CANDIDATES, Collection, Judgement, Passage, Query
from langret.errors import StageError
from langret.mining import (
    candidates,
    candidates_from_arrays,
    given_candidates,
    join_candidates,
    random_candidates,
    rescore,
)
from langret.mining.candidates import candidates_from_runs
from langret.mining.known import in_rank, other_ranks


def by_query(table: pa.Table) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for row in table.to_pylist():
        out.setdefault(row["query_id"], []).append(row["passage_id"])
    return out


def test_arrays_become_ranked_rows_and_empty_places_none() -> None:
    scores = np.array([[0.9, 0.8, 0.1], [0.5, np.nan, 0.2]])
    table = candidates_from_arrays(
        ["x", "y"], ["a", "b", "c"], scores, np.array([[2, 0, 1], [1, 0, -1]]), "dense"
    )
    assert table.schema == CANDIDATES
    rows = [(r["query_id"], r["passage_id"], r["rank"]) for r in table.to_pylist()]
    assert rows == [("x", "c", 1), ("x", "a", 2), ("x", "b", 3), ("y", "b", 1), ("y", "a", 2)]
    assert table.column("score").null_count == 0
    assert set(table.column("source").to_pylist()) == {"dense"}


def test_chunks_of_queries_are_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    found, scores = rng.integers(-1, 9, (23, 5)), rng.random((23, 5))
    queries, passages = [f"q{i}" for i in range(23)], [f"p{i}" for i in range(9)]
    whole = candidates_from_arrays(queries, passages, scores, found, "dense")
    random = random_candidates(queries, passages, 4, seed=1)
    monkeypatch.setattr(candidates, "_QUERIES_A_CHUNK", 7)
    assert candidates_from_arrays(queries, passages, scores, found, "dense") == whole
    assert random_candidates(queries, passages, 4, seed=1) == random
    assert random.schema == whole.schema == CANDIDATES


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(StageError, match=r"\[2, k\]"):
        candidates_from_arrays(["x", "y"], ["a"], np.zeros((1, 1)), np.zeros((1, 1), int), "dense")
    with pytest.raises(StageError, match="Index 7 is beyond the 1 passages"):
        candidates_from_arrays(["x"], ["a"], np.zeros((1, 1)), np.full((1, 1), 7), "dense")


def test_random_draws_depend_on_seed_and_query_alone() -> None:
    queries, passages = [f"q{i}" for i in range(50)], [f"p{i}" for i in range(1000)]
    table = random_candidates(queries, passages, 20, seed=13)
    whole = by_query(table)
    assert table.column("score").null_count == table.num_rows == 1000
    assert by_query(random_candidates(queries[::-3], passages, 20, seed=13)) == {
        q: whole[q] for q in queries[::-3]
    }
    assert by_query(random_candidates(queries, passages, 20, seed=14)) != whole
    assert all(len(set(drawn)) == 20 for drawn in whole.values())
    assert len({tuple(drawn) for drawn in whole.values()}) == 50


def test_random_draws_reach_every_passage_and_stop_at_all() -> None:
    drawn = by_query(random_candidates([f"q{i}" for i in range(200)], list("abcde"), 1, seed=1))
    counts = np.unique([d[0] for d in drawn.values()], return_counts=True)[1]
    assert len(counts) == 5
    assert counts.min() > 15
    assert sorted(by_query(random_candidates(["q"], list("abc"), 9, seed=1))["q"]) == list("abc")
    assert random_candidates(["q"], [], 9, seed=1).num_rows == 0
    with pytest.raises(StageError, match="k must be"):
        random_candidates(["q"], ["a"], 0, seed=1)


def test_given_negatives_are_judgements_at_or_below_zero() -> None:
    collection = Collection.from_records(
        [
            *(Passage(pid, pid) for pid in "abcd"),
            Query("x", "x"),
            Query("y", "y"),
            Judgement("x", "a", 1),
            Judgement("x", "b", 0),
            Judgement("y", "c", 0),
            Judgement("x", "d", -1),
            Judgement("y", "a", 0),
        ]
    )
    table = given_candidates(collection)
    assert table.schema == CANDIDATES
    rows = [(r["query_id"], r["passage_id"], r["rank"], r["kept"]) for r in table.to_pylist()]
    assert rows == [("x", "b", 1, True), ("y", "c", 1, True), ("x", "d", 2, True), ("y", "a", 2, True)]

    set_aside = collection.passages.set_column(3, "kept", pa.array([True, True, True, False]))
    dropped = collection.judgements.set_column(3, "kept", pa.array([True, True, False, True, True]))
    table = given_candidates(collection.replace(passages=set_aside, judgements=dropped))
    rows = [(r["passage_id"], r["kept"], r["reason"]) for r in table.to_pylist()]
    assert rows == [("b", True, ""), ("d", False, "passage_set_aside"), ("a", True, "")]


def test_joining_keeps_every_row() -> None:
    one = random_candidates(["q"], list("abc"), 2, seed=1)
    none = given_candidates(Collection.from_records([Passage("a", "a"), Query("q", "q")]))
    assert join_candidates([one, none, one]).num_rows == 4
    assert join_candidates([]).schema == CANDIDATES


hits = st.dictionaries(
    st.integers(0, 30).map("p{}".format), st.sampled_from([-1.0, 0.0, 0.5, 2.0]), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(["q1", "q2", "elsewhere"]), hits, max_size=3), max_size=4),
    st.integers(1, 9),
)
def test_runs_over_parts_of_a_corpus_are_as_one_run(runs, depth: int) -> None:
    """Each passage stands in one part; the order of the parts is the order of ties."""
    runs = [
        {q: {f"{part}-{pid}": score for pid, score in found.items()} for q, found in run.items()}
        for part, run in enumerate(runs)
    ]
    table = candidates_from_runs(iter(runs), ["q2", "q1"], depth, "colbert")
    assert table.schema == CANDIDATES
    expected = []
    for query in ("q2", "q1"):
        found = [hit for run in runs for hit in run.get(query, {}).items()]
        best = sorted(found, key=lambda hit: -hit[1])[:depth]
        expected += [(query, pid, rank, score) for rank, (pid, score) in enumerate(best, start=1)]
    assert [tuple(r.values())[:4] for r in table.to_pylist()] == expected
    assert set(table.column("source").to_pylist()) <= {"colbert"}


def test_runs_are_taken_one_by_one() -> None:
    """So that only the best of all parts are held, not all parts."""
    alive: list[int] = []

    class Run(dict):
        def __del__(self) -> None:
            alive.remove(id(self))

    def runs():
        for part in range(50):
            assert len(alive) <= 2
            run = Run({"q": {f"p{part}-{i}": float(i) for i in range(10)}})
            alive.append(id(run))
            yield run
            del run

    assert candidates_from_runs(runs(), ["q"], 3, "colbert").num_rows == 3
    assert candidates_from_runs([], ["q"], 3, "colbert").num_rows == 0


def test_a_scorers_scores_take_the_place_of_the_miners() -> None:
    found = join_candidates(
        [
            candidates_from_arrays(
                ["x", "y"], list("abc"), np.ones((2, 2)), np.array([[2, 0], [1, 0]]), "bm25"
            ),
            random_candidates(["x"], ["c"], 1, seed=1),
        ]
    )
    scores = pa.table(
        {
            "query_id": ["x", "x", "y", "z"],
            "passage_id": ["a", "c", "a", "a"],
            "score": pa.array([0.25, 0.5, 0.75, 1.0], pa.float32()),
        }
    )
    table = rescore(found, scores)
    assert table.schema == CANDIDATES
    assert table.drop_columns("score") == found.drop_columns("score"), "rows, order and ranks stay"
    assert table.column("score").to_pylist() == [0.5, 0.25, None, 0.75, 0.5]
    assert rescore(CANDIDATES.empty_table(), scores).num_rows == 0
    assert rescore(found, scores.slice(0, 0)).column("score").null_count == 5


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.booleans(), max_size=9), min_size=1, max_size=4),
    st.integers(1, 4),
    st.integers(0, 5),
    st.randoms(use_true_random=False),
)
def test_ranks_without_known_positives(known: list[list[bool]], first: int, more: int, random) -> None:
    rows = [(q, rank, is_known) for q, found in enumerate(known) for rank, is_known in enumerate(found, 1)]
    random.shuffle(rows)
    expected = [rank - sum(known[q][: rank - 1]) for q, rank, _ in rows]
    columns = [
        np.array([row[i] for row in rows], dtype=kind) for i, kind in enumerate((np.int64, np.int32, bool))
    ]
    assert other_ranks(*columns).tolist() == expected
    table = pa.Table.from_pylist(
        [
            dict(zip(CANDIDATES.names, (f"q{q}", f"p{r}", r, None, "x", True, ""), strict=True))
            for q, r, _ in rows
        ],
        schema=CANDIDATES,
    )
    positives = {f"q{q}": [f"p{i}" for i, yes in enumerate(found, 1) if yes] for q, found in enumerate(known)}
    inside = in_rank(table, positives, first, first + more).tolist()
    assert inside == [
        first <= rank <= first + more and not row[2] for rank, row in zip(expected, rows, strict=True)
    ]
