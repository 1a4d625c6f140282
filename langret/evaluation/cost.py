"""What retrieval costs beside what it finds: size, time and memory of each way to search a benchmark.

The texts are encoded once. Every way then builds and searches in a process of its own, so that its memory is its own,
and is compared with exact search over the vectors as they are: how much of what that finds it finds too, and by how
much nDCG@10 changes.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from langret.data.records import Collection, Passage, Query, full_text
from langret.errors import DataError, RecipeError, StageError, nearest
from langret.evaluation.benchmark import searched
from langret.evaluation.encoder import Encoder
from langret.evaluation.metrics import qrels_of, score_qrels
from langret.evaluation.significance import compare, holm, interval
from langret.evaluation.ways import KINDS, Vectors, default_ways, find_way, fits

METRIC = "nDCG@10"
DEPTH = 100
QUERIES = 500
_PART = 4096
_LONG_ENOUGH = 1.0  # seconds; searches that take less are repeated


class SearchCost(NamedTuple):
    """One way to search a benchmark with one model.

    Attributes:
        model: Name of the model.
        head: ``dense`` or ``colbert``.
        benchmark: Name of the benchmark.
        passages: Passages searched.
        queries: Queries asked.
        search: Name of the way.
        about: What it does.
        bytes: Size of what is searched.
        build_seconds: Time to make that from ready vectors.
        queries_per_second: All queries asked at once, their vectors ready.
        memory: Most bytes held above the libraries while searching; None where the system does not say.
        build_memory: The same while building, the float32 vectors included as far as they were read.
        overlap_10: How much of the ten best of exact search is among its own ten best, mean over queries.
        overlap_100: The same of a hundred.
        score: nDCG@10.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
        difference: Score minus that of exact search over whole vectors; None for that search itself.
        p_value: Paired randomisation test of the difference, corrected (Holm) over the ways of a model.
    """

    model: str
    head: str
    benchmark: str
    passages: int
    queries: int
    search: str
    about: str
    bytes: int
    build_seconds: float
    queries_per_second: float
    memory: int | None
    build_memory: int | None
    overlap_10: float
    overlap_100: float
    score: float
    low: float
    high: float
    difference: float | None
    p_value: float | None


class Encoding(NamedTuple):
    """What encoding took, which is the same for every way to search."""

    passages_per_second: float
    queries_per_second: float


class Asked(NamedTuple):
    """What is measured of a benchmark.

    Attributes:
        queries: Those with a relevant passage, or of many so many, spread evenly.
        passages: All that are searched.
        qrels: Judgements of these queries.
    """

    queries: list[Query]
    passages: list[Passage]
    qrels: dict[str, dict[str, int]]

    @classmethod
    def of(cls, benchmark: Collection, name: str, most_queries: int) -> Asked:
        """Take it from a benchmark.

        Raises:
            DataError: There is no passage, or no query with a relevant one.
        """
        qrels, _ = qrels_of(benchmark)
        queries = [query for query in benchmark.kept_queries() if query.id in qrels]
        if len(queries) > most_queries:
            queries = [queries[i * len(queries) // most_queries] for i in range(most_queries)]
        passages = searched(benchmark)
        if not passages or not queries:
            raise DataError(
                f"nothing to measure: {len(passages)} passages, and {len(queries)} queries with a relevant one",
                where=f"benchmark {name}",
            )
        return cls(queries, passages, {query.id: qrels[query.id] for query in queries})


class _Measured(NamedTuple):
    size: int
    build_seconds: float
    search_seconds: float
    memory: int | None
    build_memory: int | None
    found: np.ndarray


def measure_costs(
    retriever: Encoder,
    model: str,
    benchmark: Collection,
    benchmark_name: str,
    searches: Sequence[str] = (),
    *,
    cuts: Sequence[int] = (),
    most_queries: int = QUERIES,
    seed: int,
    tell: Callable[[str], None] | None = None,
) -> tuple[list[SearchCost], Encoding]:
    """Search a benchmark in every way, and say what each costs and finds.

    Args:
        retriever: A dense or ColBERT model.
        model: How results call it.
        benchmark: Normalised passages, queries and judgements.
        benchmark_name: How results call it.
        searches: Names of ways (``ways.find_way``); default: those of ``ways.default_ways``. Exact search is always
            among them, as the first.
        cuts: Sizes that the model was trained to be cut to (Matryoshka).
        most_queries: Of more queries so many are asked, spread evenly over the benchmark.
        seed: Seed of the resampling tests.
        tell: Called with the name of each way before it is measured.

    Returns:
        One cost a way, exact search first; and what encoding took.

    Raises:
        RecipeError: There is no such way for this model.
        MissingDependencyError: A way needs FAISS, which is not installed.
        DataError: The benchmark has no passage, or no query with a relevant passage.
        ModelError: A vector is not finite.
        StageError: The process of a way ended before its time, as it does where memory runs out.
    """
    queries, passages, qrels = Asked.of(benchmark, benchmark_name, most_queries)
    with tempfile.TemporaryDirectory(prefix="langret-cost-") as name:
        folder = Path(name)
        tell = tell or (lambda _: None)
        tell("queries")
        first: Any = retriever.encode([queries[0].text], "query")
        dimension = int(np.asarray(first[0]).shape[-1])
        names = list(dict.fromkeys(["exact", *(searches or default_ways(retriever.head, dimension, cuts))]))
        # mistakes are found before anything is encoded
        ways = [find_way(one, retriever.head, dimension, cuts) for one in names]
        query_seconds = _encode(retriever, [q.text for q in queries], "query", folder)
        tell("passages")
        texts = [full_text(p.title, p.text) for p in passages]
        passage_seconds = _encode(retriever, texts, "passage", folder)
        # a query that is itself a passage finds itself first; that hit is dropped, and one more fills its place
        depth = DEPTH + 1
        measured = []
        for way in ways:
            tell(way.name)
            measured.append(_apart(folder, retriever.head, way.name, dimension, depth))
    ids = [p.id for p in passages]
    exact = measured[0].found
    runs = [
        {
            q.id: {ids[at]: float(-place) for place, at in enumerate(row) if at >= 0}
            for q, row in zip(queries, m.found, strict=True)
        }
        for m in measured
    ]
    values = [score_qrels(run, qrels, [METRIC])[METRIC] for run in runs]
    against = [compare(mine, values[0], seed) for mine in values[1:]]
    corrected = [None, *holm([one.p_value for one in against])]
    costs: list[SearchCost] = []
    for way, one, mine, p_value in zip(ways, measured, values, corrected, strict=True):
        low, high = interval(list(mine.values()), seed)
        mean = sum(mine.values()) / len(mine)
        costs.append(
            SearchCost(
                model=model,
                head=retriever.head,
                benchmark=benchmark_name,
                passages=len(passages),
                queries=len(queries),
                search=way.name,
                about=way.about,
                bytes=one.size,
                build_seconds=round(one.build_seconds, 3),
                queries_per_second=round(len(queries) / one.search_seconds, 1),
                memory=one.memory,
                build_memory=one.build_memory,
                overlap_10=overlap(exact, one.found, 10),
                overlap_100=overlap(exact, one.found, 100),
                score=mean,
                low=low,
                high=high,
                difference=None if p_value is None else mean - costs[0].score,
                p_value=p_value,
            )
        )
    return costs, Encoding(round(len(passages) / passage_seconds, 1), round(len(queries) / query_seconds, 1))


def split_ways(names: Sequence[str], retrievers: Mapping[str, Encoder]) -> dict[str, list[str]]:
    """Give each model those of the named ways that its head can be searched in.

    Raises:
        RecipeError: A way fits none of the models.
    """
    heads = {model: retriever.head for model, retriever in retrievers.items()}
    for name in names:
        if not any(fits(name, head) for head in heads.values()):
            kinds = "and ".join(f"a {head} model " for head in sorted(set(heads.values()))).strip()
            known = {one for head in heads.values() for one in KINDS[head]}
            raise RecipeError(f'there is no search "{name}" for {kinds}.', hint=nearest(name, known))
    return {model: [name for name in names if fits(name, head)] for model, head in heads.items()}


def overlap(exact: np.ndarray, found: np.ndarray, k: int) -> float:
    """How much of the first k of exact search is among the first k of another, mean over queries.

    Args:
        exact: Passages [queries, depth], best first; -1 is an empty place.
        found: The same of the other search.
        k: How many count.
    """
    shares = []
    for want, got in zip(exact[:, :k], found[:, :k], strict=True):
        wanted = set(want[want >= 0].tolist())
        if wanted:
            shares.append(len(wanted & set(got.tolist())) / len(wanted))
    return sum(shares) / len(shares) if shares else 1.0


def _encode(retriever: Encoder, texts: Sequence[str], kind: Any, folder: Path) -> float:
    """Write the vectors of texts, part by part, and say how many seconds encoding took."""
    seconds = 0.0
    lengths: list[int] = []
    width = 1
    with (folder / f"{kind}.rows").open("wb") as file:
        for start in range(0, len(texts), _PART):
            before = time.perf_counter()
            vectors: Any = retriever.encode(texts[start : start + _PART], kind)
            seconds += time.perf_counter() - before
            if retriever.head == "dense":
                vectors = np.asarray(vectors)[:, None]
            for one in vectors:
                width = one.shape[1]
                file.write(np.ascontiguousarray(one, dtype=np.float32).tobytes())
                lengths.append(len(one))
    if not sum(lengths):
        raise DataError(f"the model gives no vector for any {kind}: all of their words are skipped")
    np.save(folder / f"{kind}.npy", np.array([width, *lengths], dtype=np.int64))
    return max(seconds, 1e-9)


def _open(folder: Path, kind: str) -> Vectors:
    width, *lengths = np.load(folder / f"{kind}.npy").tolist()
    rows = np.memmap(folder / f"{kind}.rows", np.float32, "r", shape=(sum(lengths), width))
    return Vectors(rows, np.array(lengths, dtype=np.int64))


def _apart(folder: Path, head: str, name: str, dimension: int, depth: int) -> _Measured:
    # not forked: a fork would begin with the memory of this process, and with its threads in an unknown state
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, context) as pool:
            return pool.submit(_measure, folder, head, name, dimension, depth).result()
    except BrokenProcessPool as error:
        raise StageError(
            f'the process that searched with "{name}" was ended, most likely because memory ran out.',
            hint="Leave it out: name the others with --search.",
        ) from error


def _measure(folder: Path, head: str, name: str, dimension: int, depth: int) -> _Measured:
    """Build and search, in a process that does nothing else."""
    way = find_way(name, head, dimension)
    passages, queries = _open(folder, "passage"), _open(folder, "query")
    queries = Vectors(np.array(queries.rows), queries.lengths)
    if head == "colbert":  # the memory of libraries is none of a search
        import fast_plaid.search  # noqa: F401

        import langret.modeling.late  # noqa: F401
    before = _held("VmRSS")
    _forget_peak()
    place = folder / name.replace(":", "-")
    place.mkdir()
    start = time.perf_counter()
    built = way.build(passages, depth, place)
    build_seconds = time.perf_counter() - start
    build_memory = _held("VmHWM")
    del passages  # what is searched is what was built
    known = _forget_peak()
    times: list[float] = []
    while not times or (sum(times) < _LONG_ENOUGH and len(times) < 20):
        start = time.perf_counter()
        _, found = built.search(queries, depth)
        times.append(time.perf_counter() - start)
    memory = _held("VmHWM") if known else None
    return _Measured(
        built.size,
        build_seconds,
        min(times),
        None if memory is None or before is None else max(0, memory - before),
        None if build_memory is None or before is None else max(0, build_memory - before),
        np.asarray(found, dtype=np.int64),
    )


def _held(line: str) -> int | None:
    """Bytes that this process holds (VmRSS), or has held at most (VmHWM); None where the system is not Linux."""
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next((int(one.split()[1]) * 1024 for one in text.splitlines() if one.startswith(line)), None)


def _forget_peak() -> bool:
    """Let the most that was held be what is held now; whether that is possible here."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True
