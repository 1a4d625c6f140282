"""What each training set of a recipe was found to be worth."""

from __future__ import annotations

from typing import NamedTuple


class Worth(NamedTuple):
    """What one data set adds.

    Attributes:
        name: The data set as the recipe names it.
        without: Mean over benchmarks and seeds of the first metric, trained without the set.
        worth: The same with all sets, minus ``without``.
        noise: Standard error of ``worth`` over the seeds, which are paired; None with one seed.
        verdict: ``keep``, ``drop`` or ``unclear`` (within two standard errors of nothing).
    """

    name: str
    without: float
    worth: float
    noise: float | None
    verdict: str


class Pruning(NamedTuple):
    """The outcome of leaving out one data set after another.

    Attributes:
        metric: The metric, in ir-measures notation.
        member: The member that was trained.
        seeds: The seeds.
        all_sets: Mean with all sets.
        worths: One for each set, in the order of the recipe.
    """

    metric: str
    member: str
    seeds: list[int]
    all_sets: float
    worths: list[Worth]
