"""Results and row counts as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from langret.evaluation.results import Result
from langret.evaluation.slices import main_metric, slice_means
from langret.evaluation.tasks.kinds import RANKING, family
from langret.report.leakage import leaked_mark, leaked_note
from langret.report.words import duration

if TYPE_CHECKING:
    from langret.report.compare import Comparison
    from langret.report.spread import Spread
    from langret.report.worth import Pruning

SIGNIFICANT = 0.05


def mark(result: Result) -> str:
    """``▲`` for significantly better than the reference, ``▼`` for worse, else nothing."""
    if result.p is None or not result.difference or result.p >= SIGNIFICANT:
        return ""
    return "▲" if result.difference > 0 else "▼"


def worth_table(pruning: Pruning) -> Table:
    """What each training set is worth, the most useful first."""
    seeds = len(pruning.seeds)
    title = f"{pruning.metric} of {pruning.member}, all sets: {pruning.all_sets:.3f} ({seeds} seed{'s' * (seeds > 1)})"
    table = Table(title=title, title_justify="left", min_width=len(title))
    table.add_column("without")
    for name in (pruning.metric, "worth", "±", ""):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for worth in sorted(pruning.worths, key=lambda w: -w.worth):
        noise = "" if worth.noise is None else f"{worth.noise:.3f}"
        cells = (worth.name, f"{worth.without:.3f}", f"{worth.worth:+.3f}", noise, worth.verdict)
        table.add_row(*map(Text, cells))
    return table


def spread_table(spreads: Sequence[Spread]) -> Table:
    """The first metric over several seeds: mean, standard deviation, and what each seed gave."""
    metric = spreads[0].metric
    counts = {len(spread.values) for spread in spreads}
    over = f"of {counts.pop()} seeds" if len(counts) == 1 else "over seeds"
    title = f"{metric}, mean and standard deviation {over}"
    table = Table(title=title, title_justify="left", min_width=len(title))
    table.add_column("benchmark")
    table.add_column("")
    for heading in ("mean", "±", "seeds"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in spreads:
        if one.metric == metric:
            values = " ".join(f"{value:.3f}" for value in one.values)
            cells = (one.benchmark, one.member, f"{one.mean:.3f}", f"{one.deviation:.3f}", values)
            table.add_row(*map(Text, cells))
    return table


def alike(results: Iterable[Result]) -> list[list[Result]]:
    """Results whose metrics are the same, and which were corrected together: a table for each."""
    held: dict[str, list[Result]] = {}
    for result in results:
        held.setdefault(family(result.task), []).append(result)
    return list(held.values()) or [[]]


def results_table(results: Iterable[Result]) -> Table:
    """Systems as rows, metrics as columns, the best of each benchmark in bold.

    The first metric carries its 95 % interval and a mark where the difference to the reference is
    significant.

    Args:
        results: Results of any number of benchmarks and systems; what was not measured is left blank.
    """
    results = list(results)
    metrics = list(dict.fromkeys(r.metric for r in results))
    benchmarks = list(dict.fromkeys(r.benchmark for r in results))
    several = len(benchmarks) > 1
    title = _title(results, benchmarks)
    # a title is otherwise broken at the width of the columns
    table = Table(
        title=title, caption=_caption(results, metrics), title_justify="left", min_width=title.cell_len
    )
    if several:
        table.add_column("benchmark")
    table.add_column("")
    for metric in metrics:
        table.add_column(Text(metric), justify="right", no_wrap=True)
    for benchmark in benchmarks:
        here = {(r.member, r.metric): r for r in results if r.benchmark == benchmark}
        marked = f"{benchmark} {leaked_mark([*here.values()])}".strip()
        best = {m: max((r.value for (_, x), r in here.items() if x == m), default=None) for m in metrics}
        members = list(dict.fromkeys(member for member, _ in here))
        for row, member in enumerate(members):
            baseline = any(r.baseline for (name, _), r in here.items() if name == member)
            cells = [Text(member, style="dim" if baseline else "")]
            for place, metric in enumerate(metrics):
                result = here.get((member, metric))
                cells.append(_cell(result, place == 0, best[metric]) if result else Text(""))
            if several:
                cells.insert(0, Text(marked if row == 0 else ""))
            table.add_row(*cells, end_section=row == len(members) - 1)
    return table


def cut_lines(results: Iterable[Result]) -> list[str]:
    """For each system that read the beginning only of some passages: of how many, on which benchmarks."""
    cut: dict[str, dict[str, str]] = {}
    for r in results:
        if r.cut:
            cut.setdefault(r.member, {})[r.benchmark] = f"{r.cut:,} of {r.passages or 0:,} on {r.benchmark}"
    return [
        f"{name} read only the beginning of some passages: {', '.join(found.values())}"
        for name, found in cut.items()
    ]


def slices_table(results: Iterable[Result]) -> Table | None:
    """Slices as rows, systems as columns: means over the benchmarks that have a slice, by the first metric.

    Intervals would not fit beside each other; they are in ``results.json`` and in the model card.

    Args:
        results: Results of any number of benchmarks and systems.

    Returns:
        The table; None where no benchmark says what it shows and no query is of a known kind.
    """
    results = list(results)
    means = slice_means(results)
    if len(means) < 2:
        return None
    systems = list(dict.fromkeys(r.member for r in results))
    table = Table(title=f"{main_metric(results)} by slice", title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("benchmarks", "queries"):
        table.add_column(heading, justify="right")
    for system in systems:
        table.add_column(Text(system), justify="right", no_wrap=True)
    for row, mean in enumerate(means):
        best = max(mean.values.values(), default=None)
        cells = [Text(mean.slice or "all"), Text(f"{mean.benchmarks:,}"), Text(f"{mean.n:,}")]
        for system in systems:
            value = mean.values.get(system)
            cells.append(Text("" if value is None else f"{value:.3f}", style="bold" if value == best else ""))
        table.add_row(*cells, end_section=row == 0)
    return table


def funnel_table(funnel: Mapping[str, Mapping[str, int]]) -> Table:
    """Rows in, rows kept, and rows set aside by reason.

    Args:
        funnel: As ``Collection.funnel`` gives it.
    """
    table = Table(title="Rows", title_justify="left")
    for heading in ("", "in", "kept"):
        table.add_column(heading, justify="right" if heading else "left")
    table.add_column("set aside")
    for name, counts in funnel.items():
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in set_aside(counts).items())
        table.add_row(Text(name), f"{counts['in']:,}", f"{counts['kept']:,}", Text(reasons))
    return table


def differences_table(found: Comparison) -> Table:
    """Keys of the recipes that differ, a column for each run, with the computing time of each at the end."""
    table = Table(title="What differs", title_justify="left")
    table.add_column("")
    for name in found.names:
        table.add_column(Text(name), overflow="fold")
    for key, values in found.differing:
        table.add_row(Text(key), *map(Text, values))
    table.add_section()
    table.add_row("computing", *map(duration, found.seconds))
    return table


def set_aside(counts: Mapping[str, int]) -> dict[str, int]:
    """Reasons of one table of a funnel, most frequent first."""
    reasons = {reason: n for reason, n in counts.items() if reason not in ("in", "kept")}
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _cell(result: Result, first: bool, best: float | None) -> Text:
    cell = Text(f"{result.value:.3f}", style="bold" if result.value == best else "")
    if first and result.low is not None and result.high is not None:
        cell.append(f" [{result.low:.3f}, {result.high:.3f}]", style="not bold dim")
        cell.append(mark(result) or " ", style="not bold")
    return cell


def _untested(results: list[Result]) -> bool:
    return bool(results) and all(r.low is None for r in results)


def _title(results: list[Result], benchmarks: list[str]) -> Text:
    if not results:
        return Text("No results")
    if len(benchmarks) > 1:
        task = family(results[0].task)
        return Text(f"{len(benchmarks)} benchmarks{'' if task == 'retrieval' else f' of {task}'}")
    one = results[0]
    most = max(result.seen for result in results)
    count = f"{most:,}" if all(result.seen == most for result in results) else f"up to {most:,}"
    leaked = f", {count} of them in the training data {leaked_mark(results)}" if most else ""
    return Text(f"{one.benchmark}: {measured_on(one, leaked)}")


def measured_on(result: Result, leaked: str = "") -> str:
    """How much a benchmark was measured on, and what was left out of it; ``leaked`` says what training has seen."""
    if result.task not in RANKING:
        left_out = f", {result.left_out:,} set aside" if result.left_out else ""
        return f"{result.task}, {result.n:,} examples{leaked}{left_out}"
    passages = f", {result.passages:,} passages" if result.passages is not None else ""
    left_out = f", {result.left_out:,} queries without a relevant passage left out" if result.left_out else ""
    return f"{result.n:,} queries{leaked}{passages}{left_out}"


def _caption(results: list[Result], metrics: list[str]) -> Text | None:
    said = []
    tested = [r for r in results if r.p is not None and r.metric == metrics[0]]
    references = sorted({r.reference for r in tested if r.reference})
    if references:
        compared = sum(1 for r in results if r.p_corrected is not None and r.metric == metrics[0])
        corrected = f", corrected for {compared} comparisons" if compared > 1 else ""
        said.append(
            f"▲ ▼ better or worse than {', '.join(references)} "
            f"(paired randomisation test, p < {SIGNIFICANT}{corrected})"
        )
    elif _untested(results):
        said.append("no interval, and no test of differences")
    said += cut_lines(results)
    if note := leaked_note(results):
        said.append(note)
    return Text("\n".join(said)) if said else None
