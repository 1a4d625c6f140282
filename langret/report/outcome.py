"""The parts of the page that tell what the models are worth: results, wins and losses, tokens that matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from langret.errors import LangretError
from langret.evaluation.slices import main_metric, slice_means
from langret.evaluation.tasks.kinds import RANKING
from langret.recipe.schema import BenchmarkSource
from langret.report.charts import IntervalChart, interval_chart
from langret.report.leakage import leaked_text
from langret.report.scored import Duel, Scored, duels, first_relevant, load_scored, ranking
from langret.report.table import SIGNIFICANT

if TYPE_CHECKING:
    from langret.evaluation.results import Result
    from langret.report.folder import RunFolder
    from langret.report.highlight import Highlight
    from langret.report.record import BenchmarkRecord, MemberRecord

DUELS_SHOWN = 6
"""Comparisons of which single queries are shown; the table has all."""


class BenchmarkResults(NamedTuple):
    """One benchmark: its measurements by system, a chart of the first metric, and what training has seen of it."""

    name: str
    first: Result
    metrics: list[str]
    rows: list[tuple[str, dict[str, Result]]]
    best: dict[str, float]
    chart: IntervalChart
    leaked: str

    @property
    def ranking(self) -> bool:
        """Whether passages were ranked for queries."""
        return self.first.task in RANKING


class Compared(NamedTuple):
    """One benchmark query by query; ``reason`` says why it is not, where it is not."""

    name: str
    scored: Scored | None
    duels: list[Duel]
    highlights: list[Highlighted]
    reason: str
    languages: tuple[str, str]


class Highlighted(NamedTuple):
    """What a ColBERT member saw, a query after the other; ``reason`` where it cannot be told."""

    member: str
    shown: list[tuple[str, int | None, bool, Highlight]]
    reason: str


def by_benchmark(results: list[Result]) -> list[BenchmarkResults]:
    """Results of each benchmark, systems in the order in which they were measured."""
    found = []
    for name in dict.fromkeys(r.benchmark for r in results):
        here = [r for r in results if r.benchmark == name]
        metrics = list(dict.fromkeys(r.metric for r in here))
        rows = [
            (system, {r.metric: r for r in here if r.member == system})
            for system in dict.fromkeys(r.member for r in here)
        ]
        first = [r for r in here if r.metric == metrics[0]]
        known = all(r.low is not None for r in first)
        chart = interval_chart(
            f"{metrics[0]} on {name}, {'with 95 % intervals' if known else 'of which there is no interval'}",
            metrics[0],
            [
                (
                    r.member,
                    r.value if r.low is None else r.low,
                    r.value,
                    r.value if r.high is None else r.high,
                    r.baseline,
                )
                for r in first
            ],
        )
        best = {m: max(r.value for r in here if r.metric == m) for m in metrics}
        found.append(BenchmarkResults(name, here[0], metrics, rows, best, chart, leaked_text(here)))
    return found


def verdict(result: Result) -> str:
    """A result beside its reference, in words."""
    if result.p is None or result.difference is None:
        return f"not tested against {result.reference}" if result.difference is not None else ""
    if result.p >= SIGNIFICANT or not result.difference:
        return f"not distinguishable from {result.reference}"
    return f"{'better' if result.difference > 0 else 'worse'} than {result.reference}"


def slices(results: list[Result]) -> dict[str, Any] | None:
    """Means by slice, as the tables on the terminal have them; None where there are no slices."""
    means = slice_means(results)
    if len(means) < 2:
        return None
    systems = list(dict.fromkeys(r.member for r in results))
    return {"metric": main_metric(results), "systems": systems, "means": means}


def compared(run: RunFolder, shown: int) -> list[Compared]:
    """Every benchmark query by query, and what the ColBERT members saw in a few passages of it.

    Args:
        run: The run.
        shown: Queries on each side of a comparison, and queries with marked tokens.
    """
    members = [member.name for member in run.record.members]
    reference = run.record.baselines[0] if run.record.baselines else None
    found = []
    for benchmark in run.record.benchmarks:
        languages = languages_of(run, benchmark.name)
        try:
            scored = load_scored(run, benchmark)
        except LangretError as error:
            found.append(Compared(benchmark.name, None, [], [], str(error), languages))
            continue
        against = duels(scored, members, reference, shown=shown, seed=run.record.seed)
        marked = [
            _highlighted(run, member, benchmark, scored, against, shown)
            for member in run.record.members
            if member.head == "colbert" and shown
        ]
        found.append(Compared(benchmark.name, scored, against, marked, "", languages))
    return found


def languages_of(run: RunFolder, benchmark: str) -> tuple[str, str]:
    """Codes of a benchmark's passages and queries."""
    named: dict[str, dict[str, Any]] = {b["name"]: b for b in run.recipe["evaluation"]["benchmarks"]}
    asked = named.get(benchmark, {})
    own = run.record.language
    return asked.get("passage_language") or own, asked.get("query_language") or own


def _highlighted(
    run: RunFolder,
    member: MemberRecord,
    benchmark: BenchmarkRecord,
    scored: Scored,
    against: list[Duel],
    shown: int,
) -> Highlighted:
    """Mark tokens for the queries that the member won or lost most clearly, then for others by lot."""
    if member.name not in scored.runs:
        return Highlighted(member.name, [], "it was not measured on this benchmark")
    try:
        model = run.stage(member.stage).folder / "model"
        if not model.is_dir():  # said before the libraries behind a model are loaded for nothing
            raise LangretError(f"there is no model in {model}")
        from transformers.utils import logging

        from langret.modeling import load_model
        from langret.report.highlight import maxsim_highlight

        logging.disable_progress_bar()  # of a single weight file
        evaluation = run.recipe["evaluation"]
        asked = next((b for b in evaluation["benchmarks"] if b["name"] == benchmark.name), None)
        reads = BenchmarkSource.model_validate(asked).reads if asked else None
        retriever = load_model(
            model,
            query_tokens=evaluation.get("query_tokens"),
            passage_tokens=reads or evaluation.get("passage_tokens"),
        )
        found = []
        for query_id in _worth_a_look(member.name, scored, against, shown, run.record.seed):
            at = first_relevant(scored, member.name, query_id)
            top = next(iter(ranking(scored, member.name, query_id)), None)
            passage = at[1] if at else top
            if passage is not None and passage in scored.texts:
                marked = maxsim_highlight(retriever, scored.queries[query_id], scored.texts[passage])
                found.append((query_id, at[0] if at else None, at is not None, marked))
    except LangretError as error:
        return Highlighted(member.name, [], str(error))
    return Highlighted(member.name, found, "" if found else "its ranking is empty")


def _worth_a_look(member: str, scored: Scored, against: list[Duel], shown: int, seed: int) -> list[str]:
    from langret.mining.candidates import lot

    mine = [duel for duel in against if duel.first == member]
    cases = [case.id for duel in mine for pair in zip(duel.wins, duel.losses, strict=False) for case in pair]
    drawn = sorted(scored.queries, key=lambda q: lot(seed, "sample", q))
    return list(dict.fromkeys([*cases, *drawn]))[:shown]
