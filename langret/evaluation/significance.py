"""Whether a difference between two systems is more than luck, and how sure a mean is.

Both tests resample queries. Per-query values of retrieval metrics take few different values (RR@10 has
eleven), and what a resampling does to equal values is a binomial or multinomial draw; drawing that instead
of every single query gives the same distribution in a fraction of the time and memory of
``scipy.stats.permutation_test`` and ``bootstrap``, against which the tests of this module compare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from langret.errors import DataError

_CELLS = 4_000_000  # of one block of draws


@dataclass(frozen=True)
class Comparison:
    """Two systems on the same queries.

    Attributes:
        difference: Mean of the first minus mean of the second.
        p_value: Two-sided paired randomisation test; how often chance alone gives a difference this large.
        low: Lower end of the 95 % bootstrap interval of the difference.
        high: Upper end.
        n: Number of queries.
    """

    difference: float
    p_value: float
    low: float
    high: float
    n: int


def compare(a: Mapping[str, float], b: Mapping[str, float], seed: int, rounds: int = 10_000) -> Comparison:
    """Compare two systems query by query.

    The p-value comes from a paired randomisation test (signs of the differences flipped at random; Smucker,
    Allan and Carterette, CIKM 2007), the interval from a percentile bootstrap over queries.

    Args:
        a: Query id -> value of the first system.
        b: Query id -> value of the second, for the same queries.
        seed: Seed of both resamplings.
        rounds: Resamplings of each.

    Raises:
        DataError: The systems were not scored on the same queries, or on none.
    """
    if a.keys() != b.keys():
        odd = sorted(a.keys() ^ b.keys())
        raise DataError(
            f"two systems were scored on different queries: {len(odd)} belong to one only, such as "
            f'"{odd[0]}" ({len(a)} and {len(b)} queries)'
        )
    # sums do not depend on the order in which the queries came
    differences = np.array([a[q] - b[q] for q in sorted(a)], dtype=np.float64)
    low, high = interval(differences, seed, rounds)
    return Comparison(
        difference=float(differences.mean()),
        p_value=_randomisation(differences, seed, rounds),
        low=low,
        high=high,
        n=len(differences),
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p-values for their number, so that among all of them a false alarm stays rare.

    Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979. It
    assumes nothing of how the comparisons depend on each other, and those of one benchmark do.

    Args:
        p_values: One for each comparison.

    Returns:
        Corrected values in the order given; none is below what was given, or above 1.
    """
    corrected = [0.0] * len(p_values)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = least
    return corrected


def interval(values: Iterable[float], seed: int, rounds: int = 10_000) -> tuple[float, float]:
    """95 % percentile bootstrap interval of a mean.

    Args:
        values: One value a query.
        seed: Seed of the resampling.
        rounds: Resamplings.

    Raises:
        DataError: There are no values.
    """
    given = np.asarray(list(values), dtype=np.float64)
    if not len(given):
        raise DataError("there are no queries to compute an interval from")
    distinct, counts = _distinct(given)
    if len(distinct) == 1:
        return float(given[0]), float(given[0])
    rng = np.random.default_rng(seed)
    n, shares = len(given), counts / len(given)
    if _few(distinct, n):
        means = [
            rng.multinomial(n, shares, size=size) @ distinct / n for size in _sizes(rounds, len(distinct))
        ]
    else:
        means = [given[rng.integers(0, n, size=(size, n))].mean(axis=1) for size in _sizes(rounds, n)]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)


def _randomisation(differences: np.ndarray, seed: int, rounds: int) -> float:
    magnitudes = np.abs(differences)
    sizes, counts = _distinct(magnitudes)
    counts, sizes = counts[sizes > 0], sizes[sizes > 0]
    if not len(sizes):
        return 1.0
    observed = abs(float(np.sum(differences)))
    rng = np.random.default_rng(seed)
    few = _few(sizes, len(differences))
    extreme = 0
    for size in _sizes(rounds, len(sizes) if few else len(differences)):
        if few:
            sums = (2 * rng.binomial(counts, 0.5, size=(size, len(sizes))) - counts) @ sizes
        else:
            sums = (2.0 * rng.integers(0, 2, size=(size, len(differences)), dtype=np.int8) - 1) @ magnitudes
        # a hair below, so that rounding does not turn an equal sum into a smaller one
        extreme += int(np.count_nonzero(np.abs(sums) >= observed * (1 - 1e-9) - 1e-12))
    # the observed labelling is one of the possible ones, so p is never 0
    return (extreme + 1) / (rounds + 1)


def _distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct values and how often each occurs; values that differ by rounding alone are one."""
    return np.unique(np.round(values, 12), return_counts=True)


def _few(distinct: np.ndarray, n: int) -> bool:
    """Whether drawing counts of equal values costs less than drawing queries one by one."""
    return len(distinct) * 8 < n


def _sizes(rounds: int, width: int) -> Iterator[int]:
    block = max(1, _CELLS // width)
    for start in range(0, rounds, block):
        yield min(block, rounds - start)
