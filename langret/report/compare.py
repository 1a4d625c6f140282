"""Several runs side by side: only what was measured on the same text is compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from langret.errors import LangretError, RecipeError
from langret.evaluation.results import Result, correct_results
from langret.evaluation.tasks.kinds import RANKING
from langret.report.page import write_page
from langret.report.render import render
from langret.report.spread import Spread, read_spreads

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.report.folder import RunFolder

_APART = ("name", "about")


class Differing(NamedTuple):
    """A key of the recipe whose value is not the same in all runs, with the value of each run."""

    key: str
    values: list[str]


class Comparison(NamedTuple):
    """Several runs.

    Attributes:
        names: What each run is called here.
        runs: The runs, in the same order.
        benchmarks: Results of each text that was measured on. Members are called ``RUN: MEMBER`` and, but for those of
            the first run, compared with the member of that name in the first run.
        seconds: Computing time of each run.
        differing: Keys of the recipes that differ.
        notes: What could not be compared, and why.
        spreads: Scores over several seeds, of the runs that had several; members are called as in ``benchmarks``.
    """

    names: list[str]
    runs: list[RunFolder]
    benchmarks: list[list[Result]]
    seconds: list[float]
    differing: list[Differing]
    notes: list[str]
    spreads: list[Spread]


def compare_runs(runs: Sequence[RunFolder]) -> Comparison:
    """Put runs side by side.

    Benchmarks of one name are one table only where their texts, queries and judgements are the same, by the hash of
    their rows; else each run has a table of its own, and a note says so.

    Args:
        runs: Two or more; the first is the one that the others are compared with.

    Raises:
        RecipeError: There are fewer than two.
        DataError: Results cannot be read.
    """
    if len(runs) < 2:
        raise RecipeError("One run cannot be compared.", hint="Give two run folders or more.")
    names = _names(runs)
    notes = [
        f"{name} is not finished; missing: {', '.join(run.title(stage) for stage in run.missing)}."
        for name, run in zip(names, runs, strict=True)
        if run.missing
    ]
    places = _places(runs)
    results = [run.results() for run in runs]
    tables: dict[tuple[str, str], list[int]] = {}
    for number, found in enumerate(results):
        for benchmark in dict.fromkeys(r.benchmark for r in found):
            tables.setdefault((benchmark, places[number][benchmark]), []).append(number)
    several = {name for name, _ in tables if sum(other == name for other, _ in tables) > 1}
    notes += [
        f"{name} is not the same text, queries and judgements in all runs, so that its figures are not compared."
        for name in sorted(several)
    ]
    untested = [name for (name, _), numbers in tables.items() if len(numbers) > 1 and name in _unranked(runs)]
    notes += [
        f"{name} ranks nothing query by query; its figures stand side by side, untested." for name in untested
    ]
    shown = []
    seeded = [read_spreads(run) for run in runs]
    spreads: list[Spread] = []
    for (benchmark, _), numbers in tables.items():
        title = (
            benchmark
            if benchmark not in several
            else f"{benchmark} of {', '.join(names[n] for n in numbers)}"
        )
        rows = [(names[n], runs[n], [r for r in results[n] if r.benchmark == benchmark]) for n in numbers]
        shown.append(_side_by_side(title, benchmark, rows))
        spreads += [
            one._replace(
                benchmark=title, member=f"{names[n]}: {one.member}" if len(numbers) > 1 else one.member
            )
            for n in numbers
            for one in seeded[n]
            if one.benchmark == benchmark and one.metric == runs[n].metric()
        ]
    corrected = iter(correct_results([result for rows in shown for result in rows]))
    return Comparison(
        names,
        list(runs),
        [[next(corrected) for _ in rows] for rows in shown],
        [sum(s.seconds for s in run.stages.values()) for run in runs],
        _differing([run.recipe for run in runs]),
        notes,
        spreads,
    )


def write_comparison(found: Comparison, path: Path) -> Path:
    """Write the comparison as one self-contained page.

    Raises:
        LangretError: The file cannot be written.
    """
    from langret.report.outcome import by_benchmark, slices

    parts = [(by_benchmark(results)[0], slices(results)) for results in found.benchmarks]
    return write_page(render("compare.html", found=found, parts=parts), path)


def content_hash(data: Collection) -> str:
    """Hash of the passages, queries and judgements that are still in, whatever made them."""
    digest = hashlib.sha256()
    for rows in (data.kept_passages(), data.kept_queries(), data.kept_judgements()):
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def _unranked(runs: Sequence[RunFolder]) -> set[str]:
    """Benchmarks whose task ranks no passages."""
    return {b.name for run in runs for b in run.record.benchmarks if b.task not in RANKING}


def examples_hash(run: RunFolder, place: str) -> str:
    """Hash of the examples of a task, whose scores and labels are no part of its texts; empty for ranking."""
    from langret.data.tasks import TaskData

    folder = run.stage(place).folder
    if not (folder / "task.arrow").is_file():
        return ""
    rows = TaskData.load(folder).examples()
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _names(runs: Sequence[RunFolder]) -> list[str]:
    """The recipe's name, or as much of the folder as tells runs of one name apart."""
    names = [run.record.name for run in runs]
    parts = [run.root.absolute().parts for run in runs]
    found = []
    for number, name in enumerate(names):
        same = [p for other, p in enumerate(parts) if other != number and names[other] == name]
        longest = len(parts[number])
        depth = next(
            (d for d in range(1, longest) if all(p[-d:] != parts[number][-d:] for p in same)), longest
        )
        found.append("/".join(parts[number][-depth:]) if same else name)
    return found


def _places(runs: Sequence[RunFolder]) -> list[dict[str, str]]:
    """What identifies the text of each benchmark: its hash, or the stage's fingerprint where the text is gone."""
    hashes: dict[str, str] = {}
    keys: list[dict[str, str]] = []
    for run in runs:
        stages = {stage.name: stage.key for stage in run.record.stages}
        keys.append({b.name: stages[b.place] for b in run.record.benchmarks})
        for benchmark in run.record.benchmarks:
            key = stages[benchmark.place]
            if key not in hashes:
                try:
                    hashes[key] = content_hash(run.text(benchmark.place)) + examples_hash(
                        run, benchmark.place
                    )
                except LangretError:
                    continue
    return [{name: hashes.get(key, key) for name, key in mine.items()} for mine in keys]


def _side_by_side(
    title: str, benchmark: str, rows: Sequence[tuple[str, RunFolder, list[Result]]]
) -> list[Result]:
    first_name, first_run, _ = rows[0]
    values = [_values(run, benchmark, results) for _, run, results in rows]
    out: list[Result] = []
    for (name, _, results), mine in zip(rows, values, strict=True):
        for result in results:
            if result.baseline and any(_same(result, other) for other in out):
                continue  # BM25 on the same text, once
            changes: dict[str, Any] = {"benchmark": title, **dict.fromkeys(_AGAINST)}
            shown = name if len(rows) > 1 else ""
            changes["member"] = result.member if result.baseline or not shown else f"{shown}: {result.member}"
            if name != first_name and not result.baseline:
                theirs = values[0].get(result.metric, {}).get(result.member)
                own = mine.get(result.metric, {}).get(result.member)
                if own and theirs and own.keys() == theirs.keys():
                    changes |= _against(own, theirs, f"{first_name}: {result.member}", first_run.record.seed)
            out.append(result.model_copy(update=changes))
    members = [r for r in out if not r.baseline]
    return [*members, *(r for r in out if r.baseline)]


_AGAINST = ("reference", "difference", "difference_low", "difference_high", "p_value", "p_corrected")


def _against(
    own: Mapping[str, float], theirs: Mapping[str, float], reference: str, seed: int
) -> dict[str, Any]:
    from langret.evaluation.significance import compare

    found = compare(own, theirs, seed)
    return dict(
        zip(_AGAINST, (reference, found.difference, found.low, found.high, found.p_value, None), strict=True)
    )


def _same(result: Result, other: Result) -> bool:
    return (result.member, result.metric, result.value) == (other.member, other.metric, other.value)


def _values(run: RunFolder, benchmark: str, results: list[Result]) -> dict[str, dict[str, dict[str, float]]]:
    """Metric -> system -> query -> value, or nothing where rankings or text are gone."""
    from langret.evaluation.metrics import score_qrels
    from langret.report.scored import load_scored

    entry = next(b for b in run.record.benchmarks if b.name == benchmark)
    try:
        scored = load_scored(run, entry)
    except LangretError:
        return {}
    metrics = list(dict.fromkeys(r.metric for r in results))
    by_system = {name: score_qrels(found, scored.qrels, metrics) for name, found in scored.runs.items()}
    return {m: {name: found[m] for name, found in by_system.items()} for m in metrics}


def _differing(recipes: Sequence[dict[str, Any]]) -> list[Differing]:
    flat = [_flat(recipe) for recipe in recipes]
    keys = dict.fromkeys(key for one in flat for key in one)
    return [
        Differing(key, [one.get(key, "") for one in flat])
        for key in keys
        if key not in _APART and len({one.get(key, "") for one in flat}) > 1
    ]


def _flat(value: Any, key: str = "") -> dict[str, str]:
    """``{"a": {"b": [1, 2]}}`` as ``{"a.b.0": "1", "a.b.1": "2"}``."""
    if isinstance(value, (dict, list)) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        out: dict[str, str] = {}
        for name, inner in items:
            out |= _flat(inner, f"{key}.{name}" if key else str(name))
        return out
    return {key: str(value)}
