"""Metrics by rows are those of scikit-learn and scipy; their intervals and tests behave."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr
from sklearn.metrics import accuracy_score, average_precision_score, f1_score

from langret.evaluation.tasks import statistics

sizes = st.integers(2, 12)


@st.composite
def scored(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Labels of 1 and 0 beside scores of few values, so that many are equal."""
    n = draw(sizes)
    return draw(arrays(np.int64, n, elements=st.integers(0, 1))), draw(
        arrays(float, n, elements=st.integers(0, 4))
    )


@st.composite
def classified(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    n = draw(sizes)
    return draw(arrays(np.int64, n, elements=st.integers(0, 3))), draw(
        arrays(np.int64, n, elements=st.integers(-1, 3))
    )


@settings(max_examples=40, deadline=None)
@given(scored())
def test_average_precision(case):
    gold, scores = case
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of no positive
        expected = average_precision_score(gold, scores)
    assert statistics.average_precision(gold[None], scores[None])[0] == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(scored())
def test_best_thresholds(case):
    gold, scores = case
    cuts = sorted(set(scores))[1:]
    predictions = [scores >= cut for cut in cuts]
    best = max((accuracy_score(gold, p) for p in predictions), default=0.0)
    assert statistics.best_accuracy(gold[None], scores[None])[0] == pytest.approx(best)
    best = max((f1_score(gold, p, zero_division=0) for p in predictions), default=0.0)
    assert statistics.best_f1(gold[None], scores[None])[0] == pytest.approx(best)


@settings(max_examples=40, deadline=None)
@given(scored())
def test_spearman(case):
    gold, scores = case
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a side without differences
        expected = spearmanr(gold, scores).statistic
    assert statistics.spearman(gold[None], scores[None])[0] == pytest.approx(
        0.0 if np.isnan(expected) else expected
    )


@settings(max_examples=40, deadline=None)
@given(classified())
def test_f1(case):
    gold, said = case
    macro = f1_score(gold, said, average="macro", zero_division=0)
    assert statistics.macro_f1(gold[None], said[None, :, None])[0] == pytest.approx(macro)
    weighted = f1_score(gold, said, average="weighted", zero_division=0)
    assert statistics.weighted_f1(gold[None], said[None])[0] == pytest.approx(weighted)


@settings(max_examples=20)
@given(st.integers(0, 2**31))
def test_rows_do_not_touch_each_other(seed):
    rng = np.random.default_rng(seed)
    gold, scores = rng.integers(0, 2, (5, 9)), rng.integers(0, 5, (5, 9)).astype(float)
    for statistic in (
        statistics.average_precision,
        statistics.best_f1,
        statistics.spearman,
        statistics.weighted_f1,
    ):
        answers = scores.astype(int) if statistic is statistics.weighted_f1 else scores
        alone = [statistic(g[None], a[None])[0] for g, a in zip(gold, answers, strict=True)]
        assert statistic(gold, answers) == pytest.approx(alone)


def test_the_interval_is_about_as_wide_as_theory_says():
    rng = np.random.default_rng(1)
    x = rng.standard_normal(400)
    y = 0.6 * x + 0.8 * rng.standard_normal(400)
    low, high = statistics.interval_of(statistics.spearman, x, y, seed=3)
    value = statistics.spearman(x[None], y[None])[0]
    # Fisher's transform, with the variance of Bonett and Wright for ranks
    half = 1.96 * np.sqrt((1 + value**2 / 2) / (400 - 3))
    expected = np.tanh([np.arctanh(value) - half, np.arctanh(value) + half])
    assert (low, high) == pytest.approx(tuple(expected), abs=0.02)


def test_equal_systems_differ_by_chance_alone_and_others_do_not():
    rng = np.random.default_rng(2)
    gold = rng.integers(0, 2, 200)
    good, poor = gold + 0.8 * rng.standard_normal(200), rng.standard_normal(200)
    ranks = [values.argsort().argsort().astype(float) for values in (good, poor)]
    same = statistics.compare_by(statistics.average_precision, gold, ranks[0], ranks[0], seed=1)
    assert same.difference == same.low == same.high == 0 and same.p_value == 1
    apart = statistics.compare_by(statistics.average_precision, gold, ranks[0], ranks[1], seed=1)
    assert apart.p_value < 0.001 and 0 < apart.low < apart.difference < apart.high
    back = statistics.compare_by(statistics.average_precision, gold, ranks[1], ranks[0], seed=1)
    assert back.difference == -apart.difference and back.p_value == apart.p_value


def test_false_alarms_are_as_rare_as_they_should_be():
    rng = np.random.default_rng(4)
    gold = rng.integers(0, 2, 40)
    alarms = 0
    for trial in range(25):
        a, b = (rng.permutation(40).astype(float) for _ in range(2))
        alarms += statistics.compare_by(statistics.average_precision, gold, a, b, seed=trial).p_value < 0.05
    assert alarms <= 5  # of 25 at 5 %, more than this happens once in two hundred and fifty times
