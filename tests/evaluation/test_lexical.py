"""The bag of words beside BM25, and what fusing two runs gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import Passage, Query
from langret.evaluation import fuse_runs, rank_bag_of_words
from tests.evaluation.test_measure import Plain

TEXTS = {"a": "river bank river", "b": "bank of glass", "c": "paper", "d": "river"}


def ranked(query: str, k: int = 10) -> dict[str, float]:
    passages = [Passage(name, text) for name, text in TEXTS.items()]
    return rank_bag_of_words(Plain(), [Query("q", query)], passages, k)["q"]


def test_scores_are_cosines_of_term_counts():
    found = ranked("river bank")
    assert list(found) == ["a", "d", "b"]
    assert found["a"] == pytest.approx(3 / math.sqrt(5 * 2), abs=1e-6)
    assert found["d"] == pytest.approx(1 / math.sqrt(2), abs=1e-6)
    assert found["b"] == pytest.approx(1 / math.sqrt(3 * 2), abs=1e-6)


def test_cut_off_ties_and_nothing_in_common():
    assert list(ranked("river bank", 1)) == ["a"]
    assert ranked("unknown") == {} == ranked("")
    same = [Passage("z", "x"), Passage("y", "x")]
    assert list(rank_bag_of_words(Plain(), [Query("q", "x")], same)["q"]) == ["z", "y"]
    assert rank_bag_of_words(Plain(), [Query("q", "x")], [Passage("p", "")]) == {"q": {}}


def test_fusion_adds_reciprocal_ranks():
    fused = fuse_runs([{"q": {"a": 9.0, "b": 8.0}}, {"q": {"b": 0.2, "c": 0.1}}], 10)
    assert list(fused["q"]) == ["b", "a", "c"]
    assert fused["q"]["b"] == pytest.approx(1 / 61 + 1 / 62)
    assert list(fuse_runs([{"q": {"a": 1.0}}, {"q": {"b": 1.0}}], 1)["q"]) == ["a"]
    assert fuse_runs([{"q": {}}, {"q": {}}]) == {"q": {}}


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
@settings(max_examples=50, deadline=None)
def test_fusion_is_the_same_in_any_order_and_loses_nothing(one, two):
    runs = [{"q": {p: -float(i) for i, p in enumerate(hits)}} for hits in (one, two)]
    fused = fuse_runs(runs)
    assert fused == fuse_runs(runs[::-1])
    assert set(fused["q"]) == {*one, *two}
