"""Draws: reproducible from seed, query and own candidates; each way is what its name says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.mining import candidates_from_arrays, join_candidates, select_negatives
from langret.mining.draw import chances, draw_order, quotas
from langret.recipe.schema import Miner, Negatives

SCORES = np.array([4.0, 3.0, 2.0, 1.0, 0.0])


def rules(how: str, per_query: int = 1, **more) -> Negatives:
    miners = more.pop("miners", [Miner(kind="dense")])
    return Negatives(miners=miners, per_query=per_query, max_of_positive=None, draw=how, **more)


def found(queries: list[str], scores: np.ndarray, passages: list[str] | None = None, source: str = "dense"):
    places = np.tile(np.arange(len(scores)), (len(queries), 1))
    names = passages or [f"p{i}" for i in range(len(scores))]
    return candidates_from_arrays(queries, names, np.tile(scores, (len(queries), 1)), places, source)


def kept(table) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for row in table.filter(table.column("kept")).to_pylist():
        out.setdefault(row["query_id"], []).append(row["passage_id"])
    return out


def shares(how: str, queries: int = 4000, scores: np.ndarray = SCORES, **more) -> np.ndarray:
    """How often each candidate is the one that is drawn, over many queries with the same candidates."""
    table = found([f"q{i}" for i in range(queries)], scores)
    counts = Counter(p[0] for p in kept(select_negatives(table, {}, {}, rules(how, **more), seed=5)).values())
    return np.array([counts[f"p{i}"] for i in range(len(scores))]) / queries


def test_best_takes_the_best_and_random_takes_any() -> None:
    assert shares("best", 50).tolist() == [1, 0, 0, 0, 0]
    assert np.abs(shares("random") - 0.2).max() < 0.025


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_softmax_draws_with_the_chances_of_the_softmax(temperature: float) -> None:
    standard = (SCORES - SCORES.mean()) / SCORES.std()
    expected = np.exp(standard / temperature) / np.exp(standard / temperature).sum()
    assert np.abs(shares("softmax", temperature=temperature) - expected).max() < 0.025


def test_softmax_of_equal_scores_is_random_and_a_cold_one_is_best() -> None:
    assert np.abs(shares("softmax", scores=np.full(5, -0.3)) - 0.2).max() < 0.025
    assert shares("softmax", 200, temperature=1e-300)[0] == 1
    infinite = np.array([1.0, 0.5, -np.inf])
    assert shares("softmax", 200, infinite, temperature=0.01)[2] == 0


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 5))
def test_quantiles_take_one_of_each_part(candidates: int, wanted: int, seed: int) -> None:
    """Parts are as the documentation says: of nearly equal size, by rank; too few candidates are all taken."""
    table = found(["q0", "q1"], -np.arange(candidates, dtype=float))
    chosen = kept(select_negatives(table, {}, {}, rules("quantiles", wanted), seed))
    for names in chosen.values():
        places = sorted(int(name[1:]) for name in names)
        assert len(places) == min(wanted, candidates)
        if candidates >= wanted:
            assert [place * wanted // candidates for place in places] == list(range(wanted))


def test_quantiles_draw_by_chance_within_a_part() -> None:
    scores = -np.arange(10, dtype=float)
    table = found([f"q{i}" for i in range(2000)], scores)
    drawn = Counter(
        p for names in kept(select_negatives(table, {}, {}, rules("quantiles", 2), 5)).values() for p in names
    )
    assert np.abs(np.array([drawn[f"p{i}"] for i in range(10)]) / 2000 - 0.2).max() < 0.04


def test_a_quantile_that_another_miner_took_is_made_up_by_the_next_best() -> None:
    """Two miners with the same list: each has its share, and no passage is drawn twice."""
    scores = -np.arange(8, dtype=float)
    both = join_candidates([found(["q"], scores), found(["q"], scores, source="bm25")])
    miners = [Miner(kind="dense"), Miner(kind="bm25")]
    chosen = kept(select_negatives(both, {}, {}, rules("quantiles", 6, miners=miners), 3))["q"]
    assert len(chosen) == len(set(chosen)) == 6


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["random", "softmax", "quantiles"]), st.integers(0, 3), st.randoms(use_true_random=False)
)
def test_a_draw_depends_on_seed_query_and_own_candidates_alone(how: str, seed: int, random) -> None:
    queries = [f"q{i}" for i in range(12)]
    rng = np.random.default_rng(7)
    table = found(queries, np.sort(rng.random(15))[::-1])
    wanted = rules(how, 4)
    whole = kept(select_negatives(table, {}, {}, wanted, seed))
    order = list(range(table.num_rows))
    random.shuffle(order)
    mixed = kept(select_negatives(table.take(order), {}, {}, wanted, seed))
    assert {q: set(names) for q, names in mixed.items()} == {q: set(names) for q, names in whole.items()}
    more = found(["a", "z"], rng.random(9), [f"other{i}" for i in range(9)])
    company = kept(select_negatives(join_candidates([more, table]), {}, {}, wanted, seed))
    assert {q: company[q] for q in queries} == whole
    assert len({tuple(sorted(names)) for names in whole.values()}) > 1, "each query has lots of its own"
    assert kept(select_negatives(table, {}, {}, wanted, seed + 1)) != whole


def test_two_rows_of_one_passage_are_drawn_as_one_in_any_order() -> None:
    twice = found(["q"], np.array([3.0, 2.0, 1.0]), ["a", "a", "b"])
    for order in ([0, 1, 2], [1, 0, 2], [2, 1, 0]):
        rows = select_negatives(twice.take(order), {}, {}, rules("random", 2), seed=1).to_pylist()
        assert {(r["rank"], r["reason"]) for r in rows} == {(1, ""), (2, "duplicate"), (3, "")}


def test_chances_are_even_and_belong_to_the_pair() -> None:
    queries, passages = [f"q{i}" for i in range(300)], [f"p{i}" for i in range(300)]
    query, passage = np.repeat(np.arange(300), 300), np.tile(np.arange(300), 300)
    chance = chances(query, passage, queries, passages, seed=1)
    assert chance.min() > 0 and chance.max() < 1
    assert len(np.unique(chance)) == len(chance)
    cells = np.histogram(chance, 20)[0] / len(chance)
    assert np.abs(cells - 0.05).max() < 0.005
    table = chance.reshape(300, 300)
    assert (
        abs(np.corrcoef(table[0], table[1])[0, 1]) < 0.2
        and abs(np.corrcoef(table[:, 0], table[:, 1])[0, 1]) < 0.2
    )
    alone = chances(np.zeros(2, int), np.array([0, 1]), ["q7"], ["p3", "p9"], seed=1)
    assert alone.tolist() == [table[7, 3], table[7, 9]]


def test_no_rows_are_in_order() -> None:
    none = np.zeros(0, dtype=np.int64)
    for how in ("best", "random", "softmax", "quantiles"):
        assert len(draw_order(none, none, none * 1.0, none, none * 1.0, none, rules(how))) == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0, 1 / 3, 2.0]), min_size=1, max_size=5), st.integers(0, 9))
def test_quotas_are_the_shares_rounded(given_shares: list[float], per_query: int) -> None:
    if not any(given_shares):
        given_shares[0] = 1.0
    miners = [Miner(kind="random", share=share) for share in given_shares]
    names, queries = [f"m{i}" for i in range(len(miners))], [f"q{i}" for i in range(20)]
    wanted = quotas(queries, names, rules("best", per_query, miners=miners), seed=3)
    exact = per_query * np.array(given_shares) / sum(given_shares)
    assert (wanted.sum(axis=0) == per_query).all()
    assert (np.abs(wanted - exact[:, None]) < 1).all()
    assert (wanted[np.array(given_shares) == 0] == 0).all()
    assert (
        quotas(queries[5:6], names, rules("best", per_query, miners=miners), 3).tolist()
        == wanted[:, 5:6].tolist()
    )
