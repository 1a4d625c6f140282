"""Light sets: a small benchmark that puts systems in the order in which the large one does.

Searching every passage for every question costs too much where a decision is due every few minutes: which checkpoint,
which setting. A light set keeps a sample of the questions, all passages judged for them, what some systems rank first
for them, and others by lot. Linq's report has such sets without saying how they were made (arXiv 2412.03223);
JaColBERTv2.5's MIRACL-small is the 250 best passages of BM25 for each question (arXiv 2407.20750, section 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from langret.data.records import Collection, Record
from langret.errors import DataError, nearest
from langret.evaluation.encoder import Encoder
from langret.evaluation.lexical import RANKERS
from langret.evaluation.measure import evaluate
from langret.evaluation.metrics import qrels_of
from langret.evaluation.results import Result
from langret.evaluation.search import Run
from langret.language import Language

CLAIM = 5
"""Systems from which an order says something: three have six orders, five have 120."""


class Order(NamedTuple):
    """A system on both sets.

    Attributes:
        system: Its name.
        pooled: Whether its ranking is part of the pool, which favours it on the light set.
        full: Mean of the metric on the full benchmark.
        light: Mean of the metric on the light set.
        full_seconds: Time to encode and search the full benchmark.
        light_seconds: The same of the light set.
    """

    system: str
    pooled: bool
    full: float
    light: float
    full_seconds: float
    light_seconds: float


class Agreement(NamedTuple):
    """How far two sets put systems in the same order.

    Attributes:
        metric: What the systems were scored by.
        orders: The systems, the best on the full benchmark first.
        tau: Kendall's tau-b of the two orders, from -1 to 1; None where all systems score alike on one of the sets.
        p_value: Two-sided, against no relation; with few systems it cannot be small.
        claim: Whether there are enough systems to claim anything (``CLAIM``).
    """

    metric: str
    orders: list[Order]
    tau: float | None
    p_value: float | None
    claim: bool


@dataclass(frozen=True)
class Light:
    """A light set and how it was made.

    Attributes:
        collection: Passages, queries and judgements.
        facts: Seed, depth, systems of the pool, and the sizes of both sets: what the card says.
        agreement: How the order of systems on it compares with the full benchmark's; None where none were compared.
    """

    collection: Collection
    facts: dict[str, Any]
    agreement: Agreement | None


def make_light(
    benchmark: Collection,
    name: str,
    *,
    language: Language,
    pool: Sequence[str] = ("bm25",),
    compare: Sequence[str] = (),
    retrievers: Mapping[str, Encoder] | None = None,
    depth: int = 50,
    queries: int = 200,
    others: int = 200,
    metric: str = "nDCG@10",
    seed: int,
    progress: bool = False,
) -> Light:
    """Search a benchmark with the systems of the pool, make the light set, and compare systems on both.

    Args:
        benchmark: Normalised passages, queries and judgements.
        name: How the benchmark is called.
        language: Language of the passages, which gives lexical systems their analyzer.
        pool: Systems whose best passages are in the set: ``bm25``, ``bag_of_words``, or names of ``retrievers``.
        compare: Further systems, which are not part of the pool, to compare the two sets by; the pool's are compared
            too. Where it is empty, nothing is, and only the sampled queries are searched.
        retrievers: Models by name.
        depth: Best passages of each system to keep for each query.
        queries: Queries to keep at most, drawn among those that have a relevant passage.
        others: Passages to add by lot, so that the set has some that nobody ranks high.
        metric: What systems are compared by, in ir-measures notation.
        seed: Seed of both draws. They depend on ids alone, so that the order of rows does not matter.
        progress: Show progress bars.

    Raises:
        DataError: A number is below what makes a set, a system is unknown or named twice, or no query of the
            benchmark has a relevant passage.
        RecipeError: The metric is unknown.
    """
    retrievers = dict(retrievers or {})
    systems = [*pool, *compare]
    _must_be_possible(systems, pool, retrievers, depth, queries, others)

    def measured(
        what: Collection, called: str, asked: Sequence[str]
    ) -> tuple[dict[str, Result], dict[str, Run]]:
        models = {s: retrievers[s] for s in asked if s in retrievers}
        lexical = [s for s in asked if s not in retrievers]
        results, runs = evaluate(
            models,
            called,
            what,
            [metric],
            language=language,
            baselines=lexical,
            seed=seed,
            k=depth,
            progress=progress,
        )
        return {r.member: r for r in results}, runs

    sample = sample_queries(benchmark, queries, seed)
    full, runs = measured(benchmark if compare else sample, name, systems)
    light = pooled(sample, {s: runs[s] for s in pool}, depth=depth, others=others, seed=seed)
    facts: dict[str, Any] = {
        "benchmark": name,
        "language": language.version,
        "pool": list(pool),
        "depth": depth,
        "others": others,
        "seed": seed,
        "passages": [sum(benchmark.passages.column("kept").to_pylist()), light.passages.num_rows],
        "queries": [len(qrels_of(benchmark)[0]), light.queries.num_rows],
        "judgements": light.judgements.num_rows,
    }
    if not compare:
        return Light(light, facts, None)
    small, _ = measured(light, f"{name} (light)", systems)
    orders = [
        Order(s, s in pool, full[s].value, small[s].value, full[s].seconds or 0.0, small[s].seconds or 0.0)
        for s in systems
    ]
    return Light(light, facts, agreement(orders, metric))


def sample_queries(benchmark: Collection, count: int, seed: int) -> Collection:
    """The benchmark with at most ``count`` of those queries that have a relevant passage, and all passages."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chosen = set(_drawn(qrels_of(benchmark)[0], count, seed, "query"))
    ids = [query.id for query in benchmark.kept_queries() if query.id in chosen]
    names = pa.array(ids, pa.string())
    keep = {
        "queries": benchmark.queries.filter(pc.is_in(benchmark.queries.column("id"), value_set=names)),
        "judgements": benchmark.judgements.filter(
            pc.is_in(benchmark.judgements.column("query_id"), value_set=names)
        ),
    }
    return benchmark.replace(**keep)


def pooled(
    benchmark: Collection, runs: Mapping[str, Run], *, depth: int, others: int, seed: int
) -> Collection:
    """Keep the passages that are judged, those that any run ranks among its first ``depth``, and ``others`` by lot.

    Args:
        benchmark: Passages, and the queries that the set is to have; every judgement of theirs is kept.
        runs: Rankings of these queries, best first; of other queries they are not looked at.
        depth: Passages of each query to take from each run.
        others: Passages to draw from the rest; fewer where fewer are left.
        seed: Seed of the draw.
    """
    asked = [query.id for query in benchmark.kept_queries()]
    judgements = list(benchmark.kept_judgements())
    wanted = {judgement.passage_id for judgement in judgements}
    for run in runs.values():
        for query in asked:
            wanted.update(islice(run.get(query, {}), depth))
    rest = [passage.id for passage in benchmark.kept_passages() if passage.id not in wanted]
    wanted.update(_drawn(rest, others, seed, "passage"))
    records: list[Record] = [passage for passage in benchmark.kept_passages() if passage.id in wanted]
    return Collection.from_records([*records, *benchmark.kept_queries(), *judgements])


def agreement(orders: Sequence[Order], metric: str) -> Agreement:
    """Compare the order of systems on two sets.

    Raises:
        DataError: There are fewer than two systems.
    """
    from scipy.stats import kendalltau

    if len(orders) < 2:
        raise DataError(
            f"{len(orders)} system has no order to compare; two are the least, and {CLAIM} the least to claim anything."
        )
    found = kendalltau([o.full for o in orders], [o.light for o in orders])
    flat = found.statistic != found.statistic  # not a number where one side is all ties
    return Agreement(
        metric,
        sorted(orders, key=lambda o: (-o.full, o.system)),
        None if flat else float(found.statistic),
        None if flat else float(found.pvalue),
        len(orders) >= CLAIM,
    )


def _drawn(ids: Sequence[str] | Mapping[str, Any], count: int, seed: int, what: str) -> list[str]:
    def lot(name: str) -> bytes:
        return blake2b(f"{seed}:{what}:{name}".encode(), digest_size=8).digest()

    return sorted(ids, key=lot)[:count]


def _must_be_possible(
    systems: Sequence[str],
    pool: Sequence[str],
    retrievers: Mapping[str, Encoder],
    depth: int,
    queries: int,
    others: int,
) -> None:
    for what, number, least in (("depth", depth, 1), ("queries", queries, 1), ("others", others, 0)):
        if number < least:
            raise DataError(f"{what} is {number}; {least} is the least that makes a light set.")
    if not pool:
        raise DataError("The pool is empty.", hint="bm25 is the usual first system.")
    known = [*RANKERS, *retrievers]
    for system in systems:
        if system not in known:
            raise DataError(f'There is no system "{system}".', hint=nearest(system, known))
    twice = next((s for s in systems if systems.count(s) > 1), None)
    if twice is not None:
        raise DataError(f'"{twice}" is named twice; a system of the pool is compared anyway.')
