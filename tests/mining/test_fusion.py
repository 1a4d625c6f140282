"""Reciprocal-rank fusion against its formula."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import CANDIDATES
from langret.errors import StageError
from langret.mining import fuse_candidates

lists = st.dictionaries(
    st.sampled_from(["q2", "q10", "q1"]), st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=3
)


def table_of(found: dict[str, list[str]], source: str) -> pa.Table:
    rows = [
        dict(zip(CANDIDATES.names, (query, pid, rank, None, source, True, ""), strict=True))
        for query, names in found.items()
        for rank, pid in enumerate(names, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=CANDIDATES)


@settings(max_examples=100, deadline=None)
@given(st.lists(lists, min_size=1, max_size=4), st.integers(1, 9), st.randoms(use_true_random=False))
def test_scores_are_the_sums_of_reciprocal_ranks(searches, depth: int, random) -> None:
    tables = [table_of(found, f"m{i}") for i, found in enumerate(searches)]
    fused = fuse_candidates(tables, depth)
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for found in searches:
        for query, names in found.items():
            for rank, pid in enumerate(names, start=1):
                sums[query][pid] += 1 / (60 + rank)
    expected = [
        (query, pid, place)
        for query in sorted(sums)
        for place, pid in enumerate(
            sorted(sums[query], key=lambda p: (-round(sums[query][p], 12), p))[:depth], 1
        )
    ]
    assert fused.schema == CANDIDATES
    assert [(r["query_id"], r["passage_id"], r["rank"]) for r in fused.to_pylist()] == expected
    for row in fused.to_pylist():
        assert row["score"] == pytest.approx(sums[row["query_id"]][row["passage_id"]])
        assert (row["source"], row["kept"], row["reason"]) == ("fused", True, "")
    mixed = []
    for table in tables:
        order = list(range(table.num_rows))
        random.shuffle(order)
        mixed.append(table.take(pa.array(order, pa.int64())))
    assert fuse_candidates(mixed, depth) == fused


def test_what_two_miners_find_stands_before_what_one_finds_first() -> None:
    one, two = table_of({"q": ["a", "both"]}, "bm25"), table_of({"q": ["b", "both"]}, "dense")
    assert fuse_candidates([one, two], 9).column("passage_id").to_pylist() == ["both", "a", "b"]
    assert fuse_candidates([one, two], 1).num_rows == 1
    steep = fuse_candidates([one, two], 9, k=0).column("score").to_pylist()
    assert steep == [1.0, 1.0, 1.0], "k = 0 makes one first rank worth two second ones"


def test_equal_ranks_from_three_miners_tie_by_id() -> None:
    """In floats, 1/61 + 1/63 + 1/68 depends on the order of the three."""
    orders = ["a.b....c", "b.c....a", "c.a....b"]
    tables = [
        table_of({"q": [name if name != "." else f"{i}{place}" for place, name in enumerate(order)]}, "m")
        for i, order in enumerate(orders)
    ]
    assert fuse_candidates(tables, 3).column("passage_id").to_pylist() == ["a", "b", "c"]


def test_nothing_to_fuse() -> None:
    assert fuse_candidates([CANDIDATES.empty_table()], 5).num_rows == 0
    with pytest.raises(StageError, match="depth of at least 1"):
        fuse_candidates([table_of({"q": ["a"]}, "bm25")], 0)
    with pytest.raises(StageError, match="needs miners"):
        fuse_candidates([], 5)
