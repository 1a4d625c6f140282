"""Exact dense search for mining against the bare matrix product and top-k.

10,000 queries x 100,000 passages x 256 dimensions, top 100, on as many cores as the machine has. Targets: at
most 1.5 times the better of the two bare ways, and less than 1 GiB of memory above the inputs. The ways take
turns, so that a busy machine is busy for all of them; ratios are medians over the turns. Memory is measured
in a process of its own (Linux).

    python benchmarks/dense_search.py [--turns 5] [--queries 10000] [--passages 100000]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from _machine import cores, save

K = 100
DIMENSIONS = 256
BLOCK = 512  # queries whose scores against all passages are held at once by the bare ways: 200 MB


def inputs(queries: int, passages: int) -> tuple[np.ndarray, np.ndarray]:
    """Random unit vectors."""
    lots = np.random.default_rng(7)
    out = []
    for n in (queries, passages):
        vectors = lots.standard_normal((n, DIMENSIONS), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        out.append(vectors)
    return out[0], out[1]


def langret_search(queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
    from langret.mining import exact_search

    return exact_search(queries, passages, K)[1]


def bare_numpy(queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
    out = np.empty((len(queries), K), dtype=np.int64)
    for start in range(0, len(queries), BLOCK):
        scores = queries[start : start + BLOCK] @ passages.T
        best = np.argpartition(scores, -K, axis=1)[:, -K:]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        out[start : start + BLOCK] = np.take_along_axis(best, order, axis=1)
    return out


def bare_torch(queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
    import torch

    out = np.empty((len(queries), K), dtype=np.int64)
    columns = torch.from_numpy(passages).T
    for start in range(0, len(queries), BLOCK):
        scores = torch.from_numpy(queries[start : start + BLOCK]) @ columns
        out[start : start + BLOCK] = torch.topk(scores, K, dim=1).indices.numpy()
    return out


WAYS = {"langret": langret_search, "numpy": bare_numpy, "torch": bare_torch}


def peak_above_inputs(folder: Path) -> float:
    """MiB that a search, its results included, adds to a process with the passages memory-mapped."""
    script = f"""
import numpy as np
from langret.mining import exact_search

def peak():  # the process's own; ru_maxrss would begin with what its parent held
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

queries = np.load({str(folder / "queries.npy")!r})
passages = np.load({str(folder / "passages.npy")!r}, mmap_mode="r")
exact_search(queries[:2], np.ascontiguousarray(passages[:10]), 5)  # libraries and threads
passages.sum()  # every page of the inputs is in memory
before = peak()
exact_search(queries, passages, {K})
print(peak() - before)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--passages", type=int, default=100_000)
    given = parser.parse_args()
    queries, passages = inputs(given.queries, given.passages)

    for way in WAYS.values():  # threads, imports
        way(queries[:BLOCK], passages[:10_000])
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    found: dict[str, np.ndarray] = {}
    for turn in range(given.turns):
        for name, way in WAYS.items():
            started = time.perf_counter()
            found[name] = way(queries, passages)
            seconds[name].append(round(time.perf_counter() - started, 2))
        print(
            f"turn {turn + 1}: " + ", ".join(f"{name} {times[-1]:.2f} s" for name, times in seconds.items())
        )

    def shared(name: str) -> float:
        pairs = zip(found["langret"], found[name], strict=True)
        return float(np.mean([len(np.intersect1d(a, b)) / K for a, b in pairs]))

    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "queries.npy", queries)
        np.save(Path(folder) / "passages.npy", passages)
        peak = peak_above_inputs(Path(folder))
    ratios = [
        ours / min(numpy, torch)
        for ours, numpy, torch in zip(seconds["langret"], seconds["numpy"], seconds["torch"], strict=True)
    ]
    result = {
        "what": f"{given.queries} queries x {given.passages} passages x {DIMENSIONS} dimensions, top {K}",
        "seconds": seconds,
        "median_seconds": {name: statistics.median(times) for name, times in seconds.items()},
        "ratio_to_the_better_bare_way": round(statistics.median(ratios), 3),
        "target_ratio": 1.5,
        "peak_mib_above_inputs": round(peak, 1),
        "target_peak_mib": 1024,
        "same_results": {"numpy": shared("numpy"), "torch": shared("torch")},
        "threads": cores(),
    }
    print(json.dumps(result, indent=2))
    save("dense_search", result)


if __name__ == "__main__":
    main()
