from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from langret.errors import DataError
from langret.evaluation import compare, interval
from langret.evaluation.significance import holm

LEVELS = np.array([0.0, 0.1, 0.2, 0.25, 1 / 3, 0.5, 1.0])


def systems(n: int, shift: float, seed: int = 0) -> tuple[dict[str, float], dict[str, float]]:
    """Two systems with values like RR@10; ``shift``: how often the first is right regardless."""
    rng = np.random.default_rng(seed)
    b = rng.choice(LEVELS, n)
    a = np.where(rng.random(n) < shift, 1.0, rng.choice(LEVELS, n))
    return {f"q{i}": float(x) for i, x in enumerate(a)}, {f"q{i}": float(x) for i, x in enumerate(b)}


def test_identical_systems():
    a, _ = systems(200, 0.1)
    found = compare(a, dict(a), seed=1)
    assert (found.difference, found.p_value, found.low, found.high, found.n) == (0.0, 1.0, 0.0, 0.0, 200)


def test_a_clear_difference_is_significant_and_its_mirror_mirrors():
    a, b = systems(400, 0.5)
    found, mirror = compare(a, b, seed=1), compare(b, a, seed=1)
    assert found.p_value < 0.001
    assert 0 < found.low < found.difference < found.high
    assert mirror.p_value == found.p_value
    assert mirror.difference == pytest.approx(-found.difference)
    assert mirror.low == pytest.approx(-found.high, abs=0.01)


def test_chance_is_not_significant():
    share = np.mean(
        [compare(*systems(80, 0.0, seed), seed=1, rounds=500).p_value < 0.05 for seed in range(200)]
    )
    assert 0.01 <= share <= 0.10


def test_the_seed_decides_and_the_order_of_queries_does_not():
    a, b = systems(150, 0.05)
    found = compare(a, b, seed=3)
    assert compare(a, b, seed=3) == found
    assert compare(dict(reversed(a.items())), b, seed=3) == found
    assert compare(a, b, seed=4) != found


@pytest.mark.parametrize("n, shift", [(12, 0.3), (60, 0.15), (300, 0.06)])
def test_agrees_with_scipy(n, shift):
    a, b = systems(n, shift)
    x, y = np.array(list(a.values())), np.array(list(b.values()))
    ours = compare(a, b, seed=1)
    theirs = stats.permutation_test(
        (x, y),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=10_000,
        rng=2,
    )
    assert ours.p_value == pytest.approx(theirs.pvalue, abs=0.02)
    boot = stats.bootstrap((x - y,), np.mean, n_resamples=10_000, method="percentile", batch=500, rng=2)
    spread = boot.confidence_interval.high - boot.confidence_interval.low
    assert ours.low == pytest.approx(boot.confidence_interval.low, abs=0.05 * spread)
    assert ours.high == pytest.approx(boot.confidence_interval.high, abs=0.05 * spread)


def test_interval_covers_the_mean_as_often_as_it_says():
    rng = np.random.default_rng(5)
    hits = 0
    for seed in range(200):
        low, high = interval(rng.choice(LEVELS, 100), seed, rounds=1000)
        hits += low <= LEVELS.mean() <= high
    assert 180 <= hits <= 199


def test_interval_of_one_value():
    assert interval([0.25], seed=1) == (0.25, 0.25)
    assert interval([1.0] * 50, seed=1) == (1.0, 1.0)


def test_many_distinct_values_stay_within_the_range():
    values = np.random.default_rng(0).random(2000)
    low, high = interval(values, seed=1, rounds=2000)
    assert low < values.mean() < high
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(2000), rel=0.1)


@pytest.mark.parametrize("shift, significant", [(0.0, False), (0.05, True)])
def test_many_distinct_differences(shift, significant):
    rng = np.random.default_rng(1)
    b = rng.random(1500)
    a = {str(i): float(x) for i, x in enumerate(b + shift + rng.normal(0, 0.2, 1500))}
    found = compare(a, {str(i): float(x) for i, x in enumerate(b)}, seed=1, rounds=2000)
    assert (found.p_value < 0.05) == significant
    assert (found.low <= 0 <= found.high) != significant
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.2 / np.sqrt(1500), rel=0.1)


def test_errors():
    with pytest.raises(DataError, match='different queries: 2 belong to one only, such as "a"'):
        compare({"a": 1.0, "c": 1.0}, {"b": 1.0, "c": 0.0}, seed=1)
    with pytest.raises(DataError, match="no queries"):
        compare({}, {}, seed=1)


@given(st.lists(st.floats(min_value=1e-6, max_value=1), max_size=12))
def test_holm_corrects_the_smallest_most_and_keeps_the_order(p_values):
    corrected = holm(p_values)
    assert all(p <= c <= 1 for p, c in zip(p_values, corrected, strict=True))
    if p_values:
        assert min(corrected) == pytest.approx(min(1, len(p_values) * min(p_values)))
    pairs = sorted(zip(p_values, corrected, strict=True))
    assert [c for _, c in pairs] == sorted(corrected)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
