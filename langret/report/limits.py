"""What a run did not measure, said for every page that shows what it did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from langret.evaluation.tasks.kinds import RANKING
from langret.report.table import SIGNIFICANT, cut_lines

if TYPE_CHECKING:
    from langret.evaluation.results import Result
    from langret.report.folder import RunFolder
    from langret.report.sections import FunnelRow
    from langret.report.spread import Spread

FEW = 100
"""Queries below which an interval is mostly luck of the draw."""


def limits(
    run: RunFolder, results: list[Result], rows: list[FunnelRow], spreads: Sequence[Spread] = ()
) -> list[str]:
    """Sentences on what the figures of a run do not say.

    Args:
        run: The run.
        results: What was measured.
        rows: Its funnel.
        spreads: Its scores over several seeds, where it had several.
    """
    asked = run.recipe["evaluation"]["benchmarks"]
    said: list[str] = []
    if run.missing:
        titles = ", ".join(run.title(name) for name in run.missing)
        said.append(f"The run is not finished; missing: {titles}.")
    lost = [f"{row.stage}: {row.table}" for row in rows if not row.adds_up]
    if lost:
        said.append(f"Rows are not accounted for in full: {'; '.join(lost)}.")
    if not results:
        said.append("Nothing was measured yet.")
    if not asked:
        said.append(
            "There is no benchmark: the queries measured on were held out of the training data. They show how well the "
            "members learned such data, and nothing about other texts."
        )
    worlds = [b["name"] for b in asked if b.get("world") or b.get("long")]
    if worlds:
        said.append(
            f"{_all(worlds)}: text that langret generated, not text that people wrote. "
            "Quality on documents of your own is another question; `langret evaluate` answers it."
        )
    few = [r for r in results if r.n < FEW]
    small = sorted({f"{r.benchmark} ({r.n:,} {'queries' if r.task in RANKING else 'examples'})" for r in few})
    if small:
        said.append(
            f"Few queries or examples, so that only large differences can be told from luck: {_all(small)}."
        )
    if results:
        said += _of_results(run, results)
    trained = (
        f"Each member was trained with {len(spreads[0].values)} seeds; the models and all other figures are those of "
        f"seed {run.record.seed}"
        if spreads
        else "Each member was trained once, with one seed"
    )
    said.append(
        f"{trained}. Intervals and p-values are over queries; how much another seed would change is not in them."
    )
    said.append(
        "Search time is of this machine and of exact or indexed search as noted; memory and load were not measured."
    )
    return said


def _of_results(run: RunFolder, results: list[Result]) -> list[str]:
    said = []
    if set(run.record.baselines) <= {"bm25"}:
        against = "BM25 is the only system" if run.record.baselines else "No other system was measured"
        said.append(f"{against} to compare with: no other trained retriever was measured on the same text.")
    aside = [r for r in results if r.left_out]
    left = sorted({f"{r.left_out:,} on {r.benchmark}" for r in aside if r.task in RANKING})
    others = sorted({f"{r.left_out:,} on {r.benchmark}" for r in aside if r.task not in RANKING})
    if others:
        said.append(f"Examples on which nothing can be measured are set aside: {_all(others)}.")
    if left:
        said.append(f"Queries without a relevant passage are left out: {_all(left)}.")
    said += [f"{line}." for line in cut_lines(results)]
    if any(r.search == "plaid" for r in results):
        said.append("PLAID search is approximate: it may miss passages that exact search would find.")
    unknown = sorted({r.benchmark for r in results if r.leaked is None})
    if unknown:
        said.append(
            f"Whether training has seen queries or passages of it was not looked at: {_all(unknown)}."
        )
    elif run.record.baselines:
        said.append(
            "Leakage is counted for the training data of this run; what the baselines and pretrained backbones have "
            "read before is not known."
        )
    if not any(r.slices or any(p.slice.startswith("question:") for p in r.parts) for r in results):
        said.append("No slices: dialects, domains and kinds of questions were not told apart.")
    if any(r.p is not None for r in results):
        said.append(
            f"p < {SIGNIFICANT} is called significant. p-values of results are corrected (Holm) for the comparisons of "
            "a metric in this run, those of single duels are not; neither knows of other runs that tried the same."
        )
    if not any(name.startswith("cross-lingual:") for r in results for name in r.slices):
        said.append(f"Only {run.record.language_name} was measured; nothing is said about other languages.")
    said.append(
        "Passages that nobody judged count as not relevant, so that a system that finds an unjudged answer is marked "
        "down for it."
    )
    return said


def _all(names: list[str]) -> str:
    return ", ".join(names)
