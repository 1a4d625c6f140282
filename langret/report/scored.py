"""A benchmark query by query: what each system ranked and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from langret.errors import LangretError
from langret.evaluation.tasks.kinds import RANKING

if TYPE_CHECKING:
    from langret.data.records import Texts
    from langret.evaluation.metrics import Qrels
    from langret.evaluation.search import Run
    from langret.evaluation.significance import Comparison
    from langret.report.folder import RunFolder
    from langret.report.record import BenchmarkRecord


@dataclass(frozen=True)
class Scored:
    """One benchmark with every system's ranking.

    Attributes:
        name: The benchmark.
        metric: The measure, in ir-measures notation.
        queries: Text of each query that counts, by id.
        texts: Title and text of passages by id.
        qrels: Judgements of these queries.
        runs: Ranking of each system.
        values: System -> query id -> value.
    """

    name: str
    metric: str
    queries: dict[str, str]
    texts: Texts
    qrels: Qrels
    runs: dict[str, Run]
    values: dict[str, dict[str, float]]


class Top(NamedTuple):
    """What a system ranked first for a query.

    Attributes:
        system: The system.
        value: Its value for the query.
        rank: Rank of the first relevant passage; None where there is none in its ranking.
        passage: Id of the passage at rank 1; empty where nothing was found.
        text: Its text.
        relevant: Whether it is relevant.
    """

    system: str
    value: float
    rank: int | None
    passage: str
    text: str
    relevant: bool


class Case(NamedTuple):
    """A query and what two systems made of it."""

    id: str
    query: str
    positive: str
    tops: tuple[Top, Top]


class Duel(NamedTuple):
    """Two systems, query by query.

    Attributes:
        first: The one that wins or loses.
        second: The one that it is compared with.
        comparison: Mean difference with interval and p-value.
        better: Queries where the first has the higher value.
        equal: Queries where both have the same.
        worse: Queries where the first has the lower value.
        wins: The queries with the largest gains.
        losses: The queries with the largest losses.
    """

    first: str
    second: str
    comparison: Comparison
    better: int
    equal: int
    worse: int
    wins: list[Case]
    losses: list[Case]


def load_scored(run: RunFolder, benchmark: BenchmarkRecord) -> Scored:
    """Open a benchmark's text and rankings and score every query by its main metric.

    Systems whose ranking is missing are left out.

    Raises:
        LangretError: The text is gone, no ranking is there, or nothing is ranked in its task.
    """
    from langret.data.records import Texts
    from langret.evaluation.metrics import qrels_of, score_qrels
    from langret.evaluation.runs import load_run

    if benchmark.task not in RANKING:
        raise LangretError(f"{benchmark.task} asks no queries; only the whole is compared")
    data = run.text(benchmark.place)
    runs = {}
    for system, stage in benchmark.ranked.items():
        path = run.stages[stage].folder / "run.parquet" if stage in run.stages else None
        if path is not None and path.is_file():
            runs[system] = load_run(path)
    if not runs:
        raise LangretError("no system's ranking is there")
    qrels, _ = qrels_of(data)
    metric = benchmark.metric or run.metric()
    values = {system: score_qrels(found, qrels, [metric])[metric] for system, found in runs.items()}
    queries = {q.id: q.text for q in data.kept_queries() if q.id in qrels}
    return Scored(benchmark.name, metric, queries, Texts(data.passages), qrels, runs, values)


def duels(scored: Scored, members: list[str], reference: str | None, *, shown: int, seed: int) -> list[Duel]:
    """Compare every member with the reference, and the members with each other.

    Args:
        scored: The benchmark.
        members: Names of the family's members.
        reference: Name of the baseline; None where there is none.
        shown: Queries to show on each side of a comparison.
        seed: Seed of the resampling tests.
    """
    from langret.evaluation.significance import compare

    there = [name for name in members if name in scored.values]
    pairs = [(name, reference) for name in there if reference in scored.values and name != reference]
    pairs += [(b, a) for a, b in combinations(there, 2)]
    found = []
    for first, second in pairs:
        assert second is not None
        mine, theirs = scored.values[first], scored.values[second]
        gains = {q: mine[q] - theirs[q] for q in mine}
        ordered = sorted(gains, key=lambda q: (-gains[q], q))
        better = [q for q in ordered if gains[q] > 0]
        worse = [q for q in reversed(ordered) if gains[q] < 0]
        found.append(
            Duel(
                first,
                second,
                compare(mine, theirs, seed),
                len(better),
                len(ordered) - len(better) - len(worse),
                len(worse),
                [_case(scored, q, first, second) for q in better[:shown]],
                [_case(scored, q, first, second) for q in worse[:shown]],
            )
        )
    return found


def ranking(scored: Scored, system: str, query_id: str) -> list[str]:
    """Passages in the order in which the metrics count them: ties by id, and no query as a hit of its own."""
    from langret.evaluation.metrics import ranked

    return [*ranked(query_id, scored.runs[system].get(query_id, {}), scored.qrels[query_id])]


def first_relevant(scored: Scored, system: str, query_id: str) -> tuple[int, str] | None:
    """Rank and id of the best relevant passage in a system's ranking."""
    judged = scored.qrels[query_id]
    ranked = enumerate(ranking(scored, system, query_id), start=1)
    return next(((rank, p) for rank, p in ranked if judged.get(p, 0) > 0), None)


def _case(scored: Scored, query_id: str, first: str, second: str) -> Case:
    judged = scored.qrels[query_id]
    positive = max(judged, key=lambda p: judged[p])
    tops = (_top(scored, first, query_id), _top(scored, second, query_id))
    return Case(query_id, scored.queries[query_id], scored.texts.get(positive, ""), tops)


def _top(scored: Scored, system: str, query_id: str) -> Top:
    at = first_relevant(scored, system, query_id)
    passage = next(iter(ranking(scored, system, query_id)), "")
    return Top(
        system,
        scored.values[system][query_id],
        at[0] if at else None,
        passage,
        scored.texts.get(passage, ""),
        scored.qrels[query_id].get(passage, 0) > 0,
    )
