"""Evaluating a model with langret against mteb (dense) and PyLate's evaluator (ColBERT), with the same encoder.

A small random encoder, 100,000 passages and questions cut from them; the encoder knows nothing, and both sides must
find the same nDCG@10, but for ties: passages that are the same up to the longest length have equal scores, which each
side orders in its own way. Each side runs in a process of its own, which says what its evaluation took by the clock, in
processor time and in memory. Where others share the machine, processor time is the one to compare, and one core for
each side (``--cores 1``), because threads that wait for each other count as work. Targets: no slower, aim 2 times as
fast. PyLate's evaluator pads all passages of a chunk and multiplies all queries with them at once: its own chunk of
50,000 would not fit into memory here, so it gets 1,000.

    python benchmarks/evaluation_speed.py [--passages 100000] [--cores 1] [--only dense/langret ...]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from _machine import cores, read_result, save
from _texts import passages as texts_of
from _texts import repeated

SIDES = ("dense/langret", "dense/mteb", "colbert/langret", "colbert/pylate")
QUERIES = {"dense": 1000, "colbert": 100}
TOKENS = {"query": 32, "passage": 64}
METRICS = ("nDCG@10", "RR@10", "R@10", "R@100")
LETTERS = 240
WORDS = 8
BATCH = 32
CHUNK = 1000
MEMORY = 512
SEED = 13
TIES = 0.01


def prepare(folder: Path, count: int) -> None:
    """Write passages, questions, and one encoder under two heads as plain sentence-transformers and PyLate folders."""
    from langret.language import get_language
    from langret.modeling import build_member, new_backbone
    from langret.recipe.schema import Member, Scratch
    from langret.tokenizer import train_tokenizer

    language = get_language("id")
    distinct, source = texts_of(language)
    windows = list(
        dict.fromkeys(
            text[at : at + LETTERS] for text in distinct for at in range(0, max(1, len(text) - 80), LETTERS)
        )
    )
    texts = list(islice(repeated(windows), count))
    every = max(1, count // max(QUERIES.values()))
    asked = [[" ".join(texts[at].split()[1 : 1 + WORDS]), at] for at in range(0, count, every)]
    (folder / "texts.json").write_text(json.dumps({"source": source, "passages": texts, "queries": asked}))
    tokenizer = train_tokenizer(language, windows, 16_000)
    shape = Scratch(layers=2, hidden=128, heads=4, intermediate=256, vocabulary=len(tokenizer))
    backbone = new_backbone(shape, tokenizer, language, folder / "backbone", seed=SEED)
    for head in QUERIES:
        member = Member(head=head, pooling="mean") if head == "dense" else Member(head=head)
        model = build_member(
            backbone,
            member,
            language,
            query_tokens=TOKENS["query"],
            passage_tokens=TOKENS["passage"],
            seed=SEED,
        )
        model.save_pretrained(str(folder / head), create_model_card=False)


def langret_side(model: str, texts: list[str], asked: list[tuple[str, int]]) -> float:
    from langret.data.records import Collection, Judgement, Passage, Query
    from langret.evaluation import evaluate
    from langret.language import get_language
    from langret.modeling import load_model

    retriever = load_model(model)
    benchmark = Collection.from_records(
        [
            *(Passage(f"p{i}", text) for i, text in enumerate(texts)),
            *(Query(f"q{i}", text) for i, (text, _) in enumerate(asked)),
            *(Judgement(f"q{i}", f"p{at}") for i, (_, at) in enumerate(asked)),
        ]
    )

    def run() -> float:
        results, _ = evaluate(
            {"model": retriever},
            "speed",
            benchmark,
            METRICS,
            language=get_language("id"),
            baselines=(),
            seed=SEED,
            index="exact",
            memory=MEMORY,
        )
        return results[0].value

    return timed(run)


def mteb_side(model: str, texts: list[str], asked: list[tuple[str, int]]) -> float:
    import mteb
    from datasets import Dataset
    from mteb.abstasks.retrieval import AbsTaskRetrieval
    from mteb.abstasks.retrieval_dataset_loaders import RetrievalSplitData
    from mteb.abstasks.task_metadata import TaskMetadata
    from sentence_transformers import SentenceTransformer

    class Speed(AbsTaskRetrieval):
        k_values = (1, 10, 100)
        metadata = TaskMetadata(
            name="Speed",
            dataset={"path": "local/speed", "revision": "1"},
            description="Local.",
            type="Retrieval",
            category="t2t",
            eval_splits=["test"],
            eval_langs=["ind-Latn"],
            main_score="ndcg_at_10",
        )

        def load_data(self, *_: object, **__: object) -> None:
            self.dataset = {
                "default": {
                    "test": RetrievalSplitData(
                        corpus=Dataset.from_dict(
                            {
                                "id": [f"p{i}" for i in range(len(texts))],
                                "title": [""] * len(texts),
                                "text": texts,
                            }
                        ),
                        queries=Dataset.from_dict(
                            {"id": [f"q{i}" for i in range(len(asked))], "text": [t for t, _ in asked]}
                        ),
                        relevant_docs={f"q{i}": {f"p{at}": 1} for i, (_, at) in enumerate(asked)},
                        top_ranked=None,
                    )
                }
            }
            self.data_loaded = True

    encoder = SentenceTransformer(model)
    encoder.max_seq_length = TOKENS["passage"]
    task = Speed()
    task.load_data()

    def run() -> float:
        found = mteb.evaluate(
            encoder,
            task,
            cache=None,
            encode_kwargs={"batch_size": BATCH, "show_progress_bar": False},
            show_progress_bar=False,
            co2_tracker=False,
        )
        return float(found.task_results[0].scores["test"][0]["ndcg_at_10"])

    return timed(run)


def pylate_side(model: str, texts: list[str], asked: list[tuple[str, int]]) -> float:
    from pylate.evaluation import PyLateInformationRetrievalEvaluator
    from pylate.models import ColBERT

    encoder = ColBERT(model)
    evaluator = PyLateInformationRetrievalEvaluator(
        queries={f"q{i}": text for i, (text, _) in enumerate(asked)},
        corpus={f"p{i}": text for i, text in enumerate(texts)},
        relevant_docs={f"q{i}": {f"p{at}"} for i, (_, at) in enumerate(asked)},
        corpus_chunk_size=CHUNK,
        mrr_at_k=[10],
        ndcg_at_k=[10],
        accuracy_at_k=[1],
        precision_recall_at_k=[10, 100],
        map_at_k=[100],
        batch_size=BATCH,
        write_csv=False,
    )

    def run() -> float:
        return next(v for name, v in evaluator(encoder).items() if name.endswith("ndcg@10"))

    return timed(run)


RUN: dict[str, Callable[[str, list[str], list[tuple[str, int]]], float]] = {
    "langret": langret_side,
    "mteb": mteb_side,
    "pylate": pylate_side,
}


def timed(run: Callable[[], float]) -> float:
    """Print what a call takes as a line of JSON, and return what it gives."""
    start, used, before = time.perf_counter(), time.process_time(), memory("VmRSS")
    score = run()
    figures = {
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(time.process_time() - used, 1),
        "peak_mib": round(memory("VmHWM")),
        "peak_mib_above_start": round(memory("VmHWM") - before),
        "ndcg@10": round(score, 4),
    }
    print(json.dumps(figures), flush=True)
    return score


def memory(line: str) -> float:
    """MiB that this process holds (VmRSS) or has held at most (VmHWM)."""
    with Path("/proc/self/status").open() as status:
        return next(int(one.split()[1]) for one in status if one.startswith(line)) / 1024


def ratios(measured: dict[str, Any]) -> dict[str, Any]:
    """How many times as fast langret is as the other side of each head, where both are measured."""
    found: dict[str, Any] = {}
    for head, other in (("dense", "mteb"), ("colbert", "pylate")):
        ours, theirs = measured.get(f"{head}/langret"), measured.get(f"{head}/{other}")
        if ours and theirs:
            if abs(ours["ndcg@10"] - theirs["ndcg@10"]) > TIES:
                raise SystemExit(f"{head}: not the same result: {ours['ndcg@10']} and {theirs['ndcg@10']}")
            found[f"{head}: {other} / langret"] = {
                key: round(theirs[key] / ours[key], 2) for key in ("seconds", "processor_seconds", "peak_mib")
            }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", choices=SIDES, default=list(SIDES))
    parser.add_argument("--cores", type=int, default=cores(), help="cores that each side may use")
    parser.add_argument("--no-save", action="store_true")
    parser.add_argument("--side", help=argparse.SUPPRESS)  # a process of its own calls itself with this
    given = parser.parse_args()
    if given.side:
        folder, head, name = Path(given.side).parent.parent, *Path(given.side).parts[-2:]
        data = json.loads((folder / "texts.json").read_text())
        RUN[name](str(folder / head), data["passages"], data["queries"][: QUERIES[head]])
        return
    result: dict[str, Any] = {
        "what": f"{given.passages} passages of {LETTERS} characters, {QUERIES['dense']} (dense) and "
        f"{QUERIES['colbert']} (ColBERT) queries, encoder of 2 layers and 128 components, cores: {given.cores}",
        "langret_memory_setting_mib": MEMORY,
        "targets": {"least": 1.0, "aim": 2.0},
        "measured": {},
    }
    before = read_result("evaluation_speed")
    if before.get("what") == result["what"] and not given.no_save:
        result["measured"] = before["measured"]
    environment = {**os.environ, "OMP_NUM_THREADS": str(given.cores)}
    allowed = sorted(os.sched_getaffinity(0))[-given.cores :]
    with tempfile.TemporaryDirectory(prefix="langret-speed-") as scratch:
        prepare(Path(scratch), given.passages)
        for side in given.only:
            command = ["taskset", "-c", ",".join(map(str, allowed)), sys.executable, __file__]
            command += ["--side", f"{scratch}/{side}"]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=True)
            figures = json.loads(done.stdout.strip().splitlines()[-1])
            print(f"{side}: {figures}", flush=True)
            result["measured"][side] = {**figures, "load_average": round(os.getloadavg()[0], 1)}
            result["langret_is_times_as_fast"] = ratios(result["measured"])
            if not given.no_save:
                save("evaluation_speed", result)
    print(json.dumps(result["langret_is_times_as_fast"], indent=2))


if __name__ == "__main__":
    main()
