"""From which size on PLAID is cheaper than exact MaxSim: the rates by which langret chooses.

Token vectors as ColBERT's are like: a vocabulary drawn by Zipf's law, each token's vector its word's with noise of the
context. For some sizes of corpus it measures exact search, building PLAID's index and searching it, each in processor
time on the cores that it may use (time by the clock on a GPU), and fits seconds for each multiplication
(``langret/evaluation/choice``). The times and rates go into ``langret/evaluation/choice/rates.json``, where those of
other devices stay. It is written after each size, and what it has of the same processor is not measured again.

    python benchmarks/search_choice.py [--queries 20] [--again]

On a machine that others use too, give it one core:

    OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/search_choice.py
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import datetime, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from _machine import cores, machine

SIZES = ((2_000, 24), (2_000, 120), (5_000, 24), (5_000, 96), (10_000, 24), (20_000, 12), (40_000, 12))
"""Passages, and tokens of each."""
QUERY_TOKENS = 32
DIMENSION = 128
WORDS = 20_000
DEPTH = 100
SEED = 7


def vectors(texts: int, tokens: int, lots: np.random.Generator) -> list[np.ndarray]:
    """Texts of token vectors, L2-normalised: float32 [tokens, dimension] each."""
    centres = np.random.default_rng(SEED).standard_normal((WORDS, DIMENSION), dtype=np.float32)
    weights = 1 / np.arange(1, WORDS + 1)
    words = lots.choice(WORDS, size=texts * tokens, p=weights / weights.sum())
    rows = centres[words] + 0.7 * lots.standard_normal((texts * tokens, DIMENSION), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return list(rows.reshape(texts, tokens, DIMENSION))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--again", action="store_true", help="measure sizes that are measured already, too")
    given = parser.parse_args()

    import torch

    from langret.evaluation import choice
    from langret.evaluation.cost import overlap
    from langret.evaluation.maxsim import maxsim_search
    from langret.evaluation.plaid import Plaid

    device = "cuda" if torch.cuda.is_available() else "cpu"
    clock = time.process_time if device == "cpu" else time.perf_counter
    file = Path(choice.__file__).with_name("rates.json")
    points = [] if given.again else measured(file, device, given.queries)
    done = {(p["passages"], p["tokens"]) for p in points}
    for passages, tokens in [size for size in SIZES if size not in done]:
        lots = np.random.default_rng(SEED + passages + tokens)
        queries, corpus = vectors(given.queries, QUERY_TOKENS, lots), vectors(passages, tokens, lots)
        began = time.perf_counter()
        times = [clock()]
        _, exact = maxsim_search(queries, corpus, DEPTH)
        times.append(clock())
        with tempfile.TemporaryDirectory() as folder:
            index = Plaid(Path(folder))
            index.add(corpus, 0)
            times.append(clock())
            _, found = index.search(queries, DEPTH)
            times.append(clock())
        spent = [round(float(later - before), 2) for before, later in pairwise(times)]
        points.append(
            {
                "passages": passages,
                "tokens": tokens,
                "queries": given.queries,
                **dict(zip(("exact", "build", "search"), spent, strict=True)),
                "clock": round(time.perf_counter() - began, 1),
                "overlap@10": round(overlap(exact, found, 10), 3),
                "overlap@100": round(overlap(exact, found, 100), 3),
            }
        )
        print(points[-1], flush=True)
        write(file, device, points)
    rates = fit(points)
    print(json.dumps(rates, indent=2))
    for queries_asked in (100, 1_000, 10_000):
        print(f"{queries_asked:>6} queries of {QUERY_TOKENS} tokens:", crossing(queries_asked, rates))


def fit(points: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds a multiplication, by least squares of relative errors; none is negative."""
    from scipy.optimize import nnls

    from langret.evaluation.choice import work

    todo = [
        work(p["queries"] * QUERY_TOKENS, p["passages"], p["passages"] * p["tokens"], DIMENSION)
        for p in points
    ]

    def rate(what: str, *parts: str) -> list[float]:
        seconds = np.array([max(p[what], 0.01) for p in points])
        counts = np.array([[getattr(one, part) for part in parts] for one in todo])
        unit = counts.max()
        return [float(r) / unit for r in nnls(counts / unit / seconds[:, None], np.ones(len(points)))[0]]

    (exact,), (build,) = rate("exact", "exact"), rate("build", "build")
    centroids, full = rate("search", "centroids", "full")
    return {"exact": exact, "build": build, "centroids": centroids, "full": full}


def crossing(queries: int, rates: dict[str, float], tokens: int = 128) -> str:
    """The smallest corpus that PLAID searches more cheaply, index included."""
    from langret.evaluation.choice import FULL, work

    passages = FULL
    while passages < 10**9:
        todo = work(queries * QUERY_TOKENS, passages, passages * tokens, DIMENSION)
        plaid = sum(rates[part] * getattr(todo, part) for part in ("build", "centroids", "full"))
        if plaid < rates["exact"] * todo.exact:
            return f"PLAID from about {passages:,} passages of {tokens} tokens on"
        passages = round(passages * 1.05)
    return "exact search at any size"


def measured(file: Path, device: str, queries: int) -> list[dict[str, Any]]:
    """What was measured before on this processor with so many queries and cores."""
    before = json.loads(file.read_text(encoding="utf-8")).get("measured", {}).get(device)
    same = before and (before["machine"]["processor"], before["cores"]) == (machine()["processor"], cores())
    return [point for point in before["points"] if point["queries"] == queries] if same else []


def write(file: Path, device: str, points: list[dict[str, Any]]) -> None:
    """Put what was measured so far beside the rates of other devices."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known.setdefault("rates", {})[device] = fit(points)
    known.setdefault("measured", {})[device] = {
        "machine": machine(),
        "cores": cores(),
        "date": datetime.now(timezone.utc).date().isoformat(),
        "seconds": "processor time" if device == "cpu" else "by the clock",
        "points": points,
    }
    file.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
