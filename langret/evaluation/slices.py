"""Slices: what a benchmark shows, what single queries ask for, and means over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from langret.evaluation.tasks.kinds import CROSSED
from langret.language.contract import AXES, QUESTIONS, Language

if TYPE_CHECKING:
    from langret.data.records import Query
    from langret.evaluation.results import Result, SliceResult
    from langret.recipe.schema import BenchmarkSource

OTHER = "other"
CLEAN = "leakage:clean"


class SliceMean(NamedTuple):
    """A slice over all benchmarks that have it.

    Attributes:
        slice: Such as ``dialect:arz``; ``""`` for all benchmarks together.
        benchmarks: How many have it.
        n: Queries of theirs that belong to it.
        values: Mean over these benchmarks by system, each counting once; a system that was not measured on all of
            them is left out.
        intervals: 95 % interval by system, where there is one benchmark alone.
    """

    slice: str
    benchmarks: int
    n: int
    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]


def benchmark_slices(source: BenchmarkSource, language: Language) -> list[str]:
    """What a benchmark shows: what the recipe says, else what the catalogue's entry of that name says.

    So a name of the catalogue brings its slices along, from wherever the benchmark's text comes.
    """
    if source.slices is not None:
        return list(source.slices)
    entry = language.entries.get(source.name)
    return list(entry.slices) if entry is not None and entry.role == "benchmark" else []


def question_slices(queries: Iterable[Query], language: Language) -> dict[str, list[str]]:
    """Sort queries by what they ask for.

    Args:
        queries: Normalised queries.
        language: Plugin of the language that they are in.

    Returns:
        Query ids by slice, ``question:who`` first and ``question:other`` (no question word found) last. Every query
        is in one of them. Empty where most queries are of no kind that the plugin knows: titles and statements, among
        which a few questions would say little.
    """
    found: dict[str, list[str]] = {}
    for query in queries:
        found.setdefault(language.question_type(query.text) or OTHER, []).append(query.id)
    if 2 * len(found.get(OTHER, ())) >= sum(map(len, found.values())):
        return {}
    return {f"question:{kind}": found[kind] for kind in (*QUESTIONS, OTHER) if kind in found}


def slice_means(results: Iterable[Result], metric: str | None = None) -> list[SliceMean]:
    """Mean over benchmarks (macro mean), for all of them and for each slice.

    Args:
        results: Of any number of benchmarks and systems.
        metric: Which one; default: the first metric of ranking, or where nothing was ranked the metric of the first
            result. Means of different metrics are the business of ``langret.evaluation.suites``.

    Returns:
        All benchmarks first, then the slices by axis; nothing where there are no results.
    """
    results = list(results)
    metric = metric or main_metric(results)
    results = [result for result in results if result.metric == metric]
    systems = list(dict.fromkeys(result.member for result in results))
    # slice -> benchmark -> system -> measurement
    held: dict[str, dict[str, dict[str, Result | SliceResult]]] = {}
    for result in results:
        mine: dict[str, Result | SliceResult] = {part.slice: part for part in result.parts}
        mine |= dict.fromkeys(["", *result.slices], result)
        if result.leaked is not None and not result.seen:
            mine[CLEAN] = result  # beside benchmarks with leaked queries, one without any is clean as a whole
        for name, found in mine.items():
            held.setdefault(name, {}).setdefault(result.benchmark, {})[result.member] = found
    if not any(result.seen for result in results):
        held.pop(CLEAN, None)
    # side by side, systems of other training data have leaked other queries: their means are not of the same ones
    names = [name for name in held if not name.startswith("leakage:") or _alike(held[name].values())]
    return [_mean(name, list(held[name].values()), systems) for name in sorted(names, key=_order)]


def _alike(benchmarks: Iterable[dict[str, Result | SliceResult]]) -> bool:
    return all(len({one.n for one in found.values()}) == 1 for found in benchmarks)


def main_metric(results: Sequence[Result]) -> str:
    """The metric that slices are shown by: the first one of retrieval, else that of the first result."""
    ranked = next((r.metric for r in results if r.task in ("retrieval", CROSSED)), None)
    return ranked or (results[0].metric if results else "")


def _mean(name: str, benchmarks: list[dict[str, Result | SliceResult]], systems: list[str]) -> SliceMean:
    everywhere = [s for s in systems if all(s in found for found in benchmarks)]
    return SliceMean(
        name,
        len(benchmarks),
        sum(next(iter(found.values())).n for found in benchmarks),
        {s: sum(found[s].value for found in benchmarks) / len(benchmarks) for s in everywhere},
        {s: ends for s in everywhere if len(benchmarks) == 1 and (ends := _ends(benchmarks[0][s]))},
    )


def _ends(found: Result | SliceResult) -> tuple[float, float] | None:
    return None if found.low is None or found.high is None else (found.low, found.high)


def _order(name: str) -> tuple[int, int, str]:
    """All together, then the axes in their order; kinds of questions in theirs, numbers by size, the rest by name."""
    axis, _, value = name.partition(":")
    kinds = [*QUESTIONS, OTHER]
    place = kinds.index(value) if axis == "question" and value in kinds else -1
    if value.isdecimal():
        place = int(value)
    return (AXES.index(axis) if axis in AXES else -1 if not name else len(AXES), place, value)
