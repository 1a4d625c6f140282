"""Suites: one mean over benchmarks of several tasks, as MTEB and ArabicMTEB have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from langret.evaluation.results import Result, SuiteResult

if TYPE_CHECKING:
    from langret.recipe.schema import Suite


def suite_means(results: Iterable[Result], suites: Sequence[Suite]) -> list[SuiteResult]:
    """Mean of every system over each suite, by the main metric of each benchmark.

    By task, a mean is one of means: over the benchmarks of a task, then over tasks. ArabicMTEB's average is of that
    kind (arXiv 2411.01192, table 4), and so is MTEB's mean by task type. Means of different benchmarks say nothing
    about each other, so that a system has one only where it was measured on all of them; beside it stands the mean over
    those on which all members were.

    Args:
        results: Of all benchmarks; the first metric of a benchmark is its main one.
        suites: What the recipe asks for.
    """
    results = list(results)
    main: dict[str, str] = {}
    for result in results:
        main.setdefault(result.benchmark, result.metric)
    values: dict[str, dict[str, float]] = {}
    tasks: dict[str, str] = {}
    baseline: dict[str, bool] = {}
    for result in results:
        if result.metric == main[result.benchmark]:
            values.setdefault(result.member, {})[result.benchmark] = result.value
            tasks[result.benchmark] = result.task
            baseline[result.member] = result.baseline
    members = [name for name, is_baseline in baseline.items() if not is_baseline] or list(baseline)
    found = []
    for suite in suites:
        names = suite.benchmarks or list(main)
        shared = [name for name in names if all(name in values[member] for member in members)]
        for system, mine in values.items():
            measured = [name for name in names if name in mine]
            if not measured:
                continue
            complete = len(measured) == len(names)
            found.append(
                SuiteResult(
                    suite=suite.name,
                    member=system,
                    baseline=baseline[system],
                    value=_mean(suite, mine, names, tasks) if complete else None,
                    shared=_mean(suite, mine, shared, tasks) if shared and set(shared) <= set(mine) else None,
                    tasks=_by_task(mine, measured, tasks),
                    measured=measured,
                    left_out=[name for name in names if name not in mine],
                )
            )
    return found


def _mean(suite: Suite, values: Mapping[str, float], names: Sequence[str], tasks: Mapping[str, str]) -> float:
    if suite.weights:
        weights = [suite.weights.get(name, 1.0) for name in names]
        weighted = (weight * values[name] for weight, name in zip(weights, names, strict=True))
        return sum(weighted) / sum(weights)
    if suite.mean == "task":
        return fmean(_by_task(values, names, tasks).values())
    return fmean(values[name] for name in names)


def _by_task(values: Mapping[str, float], names: Sequence[str], tasks: Mapping[str, str]) -> dict[str, float]:
    held: dict[str, list[float]] = {}
    for name in names:
        held.setdefault(tasks[name], []).append(values[name])
    return {task: fmean(mine) for task, mine in held.items()}
