"""Metrics that are no means over examples, with intervals and tests.

A correlation, an average precision or an F1 belongs to all examples together. Its interval comes from drawing examples
with replacement and computing it again (bootstrap), its test from exchanging two systems' answers to single examples
(approximate randomisation; Noreen, "Computer-Intensive Methods for Testing Hypotheses", 1989). Both compute a metric
thousands of times, so that here it takes many draws at once, as rows of arrays; the tests hold each against
scikit-learn, scipy and mteb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from langret.evaluation.significance import Comparison

DRAWS = 1_000
"""Draws of an interval."""
SWAPS = 2_000
"""Exchanges of a test. It asks for more than an interval: many corrected comparisons need small p-values."""
_CELLS = 2_000_000  # of one block of draws

Statistic = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Gold values [draws, examples] and answers [draws, examples(, experiments)] to one value a draw."""


def spearman(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Spearman's rank correlation of each row; 0 where all values of one side are equal."""
    a, b = (_ranks(side) for side in (gold, answers))
    a, b = (side - side.mean(axis=1, keepdims=True) for side in (a, b))
    scale = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return np.divide((a * b).sum(axis=1), scale, out=np.zeros(len(scale)), where=scale > 0)


def average_precision(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Average precision of each row as scikit-learn defines it: the mean over positives of the precision at a
    threshold, where equal scores share one; 0 where there is no positive."""
    found, ends = _thresholds(gold, answers)
    places = np.arange(1, gold.shape[1] + 1)
    before = np.zeros_like(found)
    before[:, 1:] = np.maximum.accumulate(np.where(ends, found, 0.0), axis=1)[:, :-1]
    sums = np.where(ends, (found - before) * found / places, 0.0).sum(axis=1)
    total = found[:, -1]
    return np.divide(sums, total, out=np.zeros(len(total)), where=total > 0)


def best_accuracy(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Accuracy of each row under the best threshold that lies between two scores, as in mteb."""
    found, ends = _thresholds(gold, answers)
    ends[:, -1] = False
    n = gold.shape[1]
    negatives = n - found[:, -1:]
    right = found + negatives - (np.arange(1, n + 1) - found)
    return np.where(ends, right / n, 0.0).max(axis=1)


def best_f1(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """F1 of each row under the best such threshold."""
    found, ends = _thresholds(gold, answers)
    ends[:, -1] = False
    taken = np.arange(1, gold.shape[1] + 1) + found[:, -1:]
    return np.where(ends, 2 * found / taken, 0.0).max(axis=1)


def macro_f1(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Mean F1 of the classes that a row has or that were answered, then over the experiments."""
    return _over_experiments(lambda g, a: _f1(g, a, weighted=False), gold, answers)


def weighted_f1(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """F1 of each class of a row, weighed by how often the row has it."""
    return _f1(gold, answers, weighted=True)


def label_precision(gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Average precision of the answered labels 1 and 0 themselves, over the experiments, as in mteb."""
    return _over_experiments(average_precision, gold, answers)


def interval_of(
    statistic: Statistic, gold: np.ndarray, answers: np.ndarray, seed: int
) -> tuple[float, float]:
    """95 % percentile bootstrap interval over examples.

    Args:
        statistic: The metric.
        gold: Gold values [examples].
        answers: Answers [examples(, experiments)].
        seed: Seed of the draws.
    """
    rng = np.random.default_rng(seed)
    values = np.concatenate([statistic(gold[d], answers[d]) for d in _draws(rng, answers)])
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def compare_by(statistic: Statistic, gold: np.ndarray, a: np.ndarray, b: np.ndarray, seed: int) -> Comparison:
    """Compare two systems' answers to the same examples.

    Answers that are scores must be on one scale, such as ranks, or exchanging them means nothing.

    Args:
        statistic: The metric.
        gold: Gold values [examples].
        a: Answers of the first system [examples(, experiments)].
        b: Answers of the second.
        seed: Seed of both resamplings.
    """
    rng = np.random.default_rng(seed)
    observed = float((statistic(gold[None], a[None]) - statistic(gold[None], b[None]))[0])
    drawn = [statistic(gold[d], a[d]) - statistic(gold[d], b[d]) for d in _draws(rng, a)]
    low, high = np.quantile(np.concatenate(drawn), [0.025, 0.975])
    extreme = 0
    for size in _sizes(a, SWAPS):
        swap = rng.integers(0, 2, size=(size, len(gold)), dtype=np.int8).astype(bool)
        swap = swap.reshape(*swap.shape, *[1] * (a.ndim - 1))
        same = np.broadcast_to(gold, (size, len(gold)))
        chance = statistic(same, np.where(swap, b, a)) - statistic(same, np.where(swap, a, b))
        # a hair below, so that rounding does not turn an equal difference into a smaller one
        extreme += int(np.count_nonzero(np.abs(chance) >= abs(observed) * (1 - 1e-9) - 1e-12))
    return Comparison(observed, (extreme + 1) / (SWAPS + 1), float(low), float(high), len(gold))


def _thresholds(gold: np.ndarray, answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By falling score: positives so far [draws, examples], and whether a threshold can stand behind an example."""
    order = np.argsort(-answers, axis=1)  # equal scores share a threshold, in whatever order they stand
    scores = np.take_along_axis(answers, order, axis=1)
    ends = np.ones(gold.shape, dtype=bool)
    ends[:, :-1] = scores[:, :-1] != scores[:, 1:]
    return np.cumsum(np.take_along_axis(gold, order, axis=1), axis=1, dtype=np.float64), ends


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks of each row, equal values sharing the mean of theirs."""
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    places = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    new = np.ones(values.shape, dtype=bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(new, places, 0), axis=1)
    last = np.ones(values.shape, dtype=bool)
    last[:, :-1] = new[:, 1:]
    end = np.where(last, places, values.shape[1])
    end = np.minimum.accumulate(end[:, ::-1], axis=1)[:, ::-1]
    ranks = np.empty(values.shape, dtype=np.float64)
    np.put_along_axis(ranks, order, (first + end) / 2, axis=1)
    return ranks


def _f1(gold: np.ndarray, answers: np.ndarray, *, weighted: bool) -> np.ndarray:
    draws = len(gold)
    width = int(max(gold.max(), answers.max())) + 2
    row = np.arange(draws)[:, None] * width

    def counts(values: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        # an answer of -1, which is no class, has a place too
        flat = None if weights is None else weights.ravel()
        return np.bincount((row + values + 1).ravel(), flat, minlength=draws * width).reshape(draws, width)

    there, said = counts(gold), counts(answers)
    right = counts(gold, (gold == answers).astype(np.float64))
    both = there + said
    f1 = np.divide(2 * right, both, out=np.zeros_like(right), where=both > 0)
    shares = there if weighted else (both > 0)
    return (f1 * shares).sum(axis=1) / shares.sum(axis=1)


def _over_experiments(statistic: Statistic, gold: np.ndarray, answers: np.ndarray) -> np.ndarray:
    values = [statistic(gold, answers[:, :, i]) for i in range(answers.shape[2])]
    return np.mean(values, axis=0)


def _draws(rng: np.random.Generator, answers: np.ndarray) -> Iterator[np.ndarray]:
    n = len(answers)
    for size in _sizes(answers, DRAWS):
        yield rng.integers(0, n, size=(size, n))


def _sizes(answers: np.ndarray, rounds: int) -> Iterator[int]:
    block = max(1, _CELLS // max(1, answers.size))
    for start in range(0, rounds, block):
        yield min(block, rounds - start)
