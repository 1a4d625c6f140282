"""Mining hard negatives: langret beside sentence-transformers' miner, and its BM25 beside bm25s.

    python benchmarks/mining.py [--passages 100000] [--queries 20000] [--rounds 3] [--only ready bm25 ...]

20,000 questions of JaQuAD over 100,000 windows of its paragraphs (LANGRET_DATA), a dense encoder from nothing with
the shape of the quickstart's, and one rule on both sides: top 100, below 95 % of the positive's score, the best 7.
Every case runs in a process of its own, cases take turns, and the least of the rounds counts. Processor seconds are
given beside wall seconds: on a machine that others use too they are the fairer measure.

Parts, any of which ``--only`` chooses:

- ready: the embeddings are there. sentence-transformers gets them from a model whose ``encode_*`` return them.
  Its ``labeled-list`` is asked for, the fastest of its formats that lacks no query.
- whole: the embeddings are computed first, by each side with its own defaults and the same encoder.
- million: memory of langret with 1,000,000 x 256 dimensions (random vectors).
- killed: a run is killed in the middle of a shard and started again.
- same: the negatives of several batch sizes, shard sizes and numbers of cores.
- bm25: candidates by BM25, segmentation included, beside bm25s on segmented text.

Each part is saved as it ends, into ``results/mining.json`` beside the parts that an earlier call of the same size left
there, each with the date and the load when it began. Where numba is missing its case is left out, and the result says
so.

FlagEmbedding's ``hn_mine`` is not measured: it is a script beside its package, not in it, draws unseeded from a range
of ranks, and has no rule that looks at the positive's score.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from _machine import read_result, save
from _mining_data import read_vectors

PARTS = ("ready", "whole", "million", "killed", "same", "bm25")
CASES: dict[str, dict[str, list[str]]] = {
    "ready": {
        "langret": ["langret-ready"],
        "sentence-transformers": ["st-ready"],
        "sentence-transformers, FAISS": ["st-ready", "--faiss"],
    },
    "whole": {"langret": ["langret-whole"], "sentence-transformers": ["st-whole"]},
    "bm25": {
        "langret": ["bm25-langret"],
        "bm25s": ["bm25-bm25s"],
        "bm25s, numba": ["bm25-bm25s", "--backend", "numba"],
    },
}
TARGETS = {
    "ready": "5 x faster, half the memory",
    "whole": "1.5 x faster, half the memory",
    "million": "below 2048 MiB",
    "killed": "one shard at most",
    "same": "all the same",
    "bm25": "within 1.3 x",
}
SHARD = 1024
SETTINGS = (
    ["--batch", "64"],
    ["--batch", "7"],
    ["--batch", "256", "--shard", "1000"],
    ["--shard", "333", "--cores", "1"],
)


def case(folder: Path, *options: str | int, dies: bool = False) -> dict[str, Any]:
    """Run a case in a process of its own, and read what it measured."""
    command = [sys.executable, str(Path(__file__).with_name("_mining.py")), *map(str, options)]
    command.insert(3, str(folder))
    done = subprocess.run(command, capture_output=True, text=True)
    if dies:
        assert done.returncode < 0, f"{command} was to be killed and ended with {done.returncode}"
        return {}
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {' '.join(map(str, options))}: {measured}", flush=True)
    return measured


def rounds(folder: Path, part: str, count: int) -> dict[str, Any]:
    """Cases of a part in turn, and how each compares with the first, langret."""
    cases = {
        name: options
        for name, options in CASES[part].items()
        if "numba" not in options or find_spec("numba") is not None
    }
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in cases}
    for _ in range(count):
        for name, options in cases.items():
            runs[name].append(case(folder, *options))
    least = {
        name: {key: min(run[key] for run in of_case) for key in of_case[0]} for name, of_case in runs.items()
    }
    ours = least["langret"]
    return {
        "least": least,
        "times_langret": {
            name: {key: round(theirs[key] / ours[key], 2) for key in ("wall", "processor", "peak_mib")}
            for name, theirs in least.items()
            if name != "langret"
        },
        "rounds": runs,
        "left_out": {name: "numba is not installed" for name in CASES[part] if name not in cases},
        "target": TARGETS[part],
    }


def agreement(folder: Path, ours: str, theirs: str) -> dict[str, Any]:
    """Shared pairs of query and negative; of the others, how many lie within rounding of the limit or of a tie."""
    passages, queries = read_vectors(folder)
    found = {name: np.load(folder / f"{name}.npy") for name in (ours, theirs)}
    other = np.setxor1d(found[ours], found[theirs])
    row, column = np.divmod(other, len(passages))
    return {
        "negatives": {name: len(pairs) for name, pairs in found.items()},
        "share_of_common_negatives": round(1 - len(other) / len(np.union1d(*found.values())), 6),
        "scores_of_the_others": [
            round(float(queries[r] @ passages[c]), 6) for r, c in zip(row[:20], column[:20], strict=True)
        ],
        "queries_that_differ": len(np.unique(row)),
    }


def killed(folder: Path, passages: int) -> dict[str, Any]:
    """Kill an embedding run in its third shard, start it again, and count what was encoded."""
    for left in ("killed.f32", "encoded.log"):
        (folder / left).unlink(missing_ok=True)
    options = ["langret-killed", "--passages", min(passages, 8 * SHARD), "--shard", SHARD]
    case(folder, *options, "--die", 2 * SHARD + SHARD // 2, dies=True)
    case(folder, *options)
    encoded = sum(map(int, (folder / "encoded.log").read_text().split()))
    whole = np.fromfile(folder / "killed.f32", np.float32)
    return {
        "texts": options[2],
        "shard": SHARD,
        "repeated": encoded - int(str(options[2])),
        "same_bytes": bool((whole == np.fromfile(folder / "passages.f32", np.float32, len(whole))).all()),
        "target": TARGETS["killed"],
    }


def same(folder: Path, passages: int) -> dict[str, Any]:
    """Digests of the negatives under several settings."""
    runs = {
        " ".join(options): case(folder, "langret-same", "--passages", min(passages, 10_000), *options)
        for options in SETTINGS
    }
    kinds = ("dense", "bm25")
    return {
        "settings": {name: {kind: run[kind] for kind in kinds} for name, run in runs.items()},
        "same": {kind: len({run[kind] for run in runs.values()}) == 1 for kind in kinds},
        "passages": min(passages, 10_000),
        "queries": next(iter(runs.values()))["queries"],
        "target": TARGETS["same"],
    }


def million(folder: Path, passages: int, queries: int) -> dict[str, Any]:
    """Mine among a million passages."""
    case(folder, "make-million", "--passages", passages)
    measured = case(folder, "langret-million", "--queries", queries)
    (folder / "million.f32").unlink()
    return {"passages": passages, "queries": queries, **measured, "target": TARGETS["million"]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole-rounds", type=int, default=1, help="rounds of the part `whole`, the longest")
    parser.add_argument("--million", type=int, default=1_000_000, help="passages of the part `million`")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--folder", type=Path, help="keep texts and embeddings here for another run")
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = ["--passages", given.passages, "--queries", given.queries]
        if not (folder / "prepared").exists():
            case(folder, "prepare", *sizes)
            (folder / "prepared").touch()
        sized = {"passages": given.passages, "queries": given.queries}
        result: dict[str, Any] = dict(sized)
        for part in given.only:
            print(part, flush=True)
            began = {
                "date": datetime.now(timezone.utc).date().isoformat(),
                "load_average": round(os.getloadavg()[0], 1),
            }
            if part == "killed":
                result[part] = killed(folder, given.passages)
            elif part == "same":
                result[part] = same(folder, given.passages)
            elif part == "million":
                result[part] = million(folder, given.million, given.queries)
            else:
                result[part] = rounds(folder, part, given.whole_rounds if part == "whole" else given.rounds)
            if part == "ready":
                for peer in ("st-ready", "st-faiss-ready"):
                    result[part][f"agreement {peer}"] = agreement(folder, "langret-ready", peer)
            if part == "whole":
                result[part]["agreement"] = agreement(folder, "langret-whole", "st-whole")
            result[part] |= began
            print(json.dumps({part: result[part]}, indent=2), flush=True)
            if not given.no_save:
                before = read_result("mining")
                of_this_size = {key: before.get(key) for key in sized} == sized
                save("mining", {**(before if of_this_size else {}), **result})


if __name__ == "__main__":
    main()
