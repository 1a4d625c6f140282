"""A training step of langret beside the plain scripts that the libraries' documentation gives.

    python benchmarks/training_step.py [--steps 30] [--rounds 3] [--texts jaquad world] [--heads dense colbert]
                                       [--precision fp32 bf16] [--layers 2 --hidden 256]

``dense``: SentenceTransformerTrainer with MultipleNegativesRankingLoss, as sentence-transformers documents it.
``colbert``: the same trainer with pylate.losses.Contrastive and ColBERTCollator, as PyLate documents it.

Both sides train the same freshly initialised model (2 layers, hidden size 256; on a GPU 12 layers, hidden size 768; at
most 16,000 pieces trained on the passages by langret.tokenizer) on the same pairs in the same order: batches of 32
questions, each with its passage and one other passage as the negative, cut at 32 and 180 tokens, with the same
precision, optimiser and schedule. Two kinds of text: ``jaquad`` (LANGRET_DATA), whose passages nearly all fill the 180
tokens, so that no padding can be saved; and ``world``, the quickstart's generated encyclopaedia, whose passages are as
short as those of many real collections.
The comparison is about training and not about segmenting: texts are normalised and segmented beforehand for both, and
the model's tokenizer takes them as they are. The plain script tokenizes within the step, as it does in real life;
langret turns texts into ids once a run, and the time of that is measured and reported beside the step.

So that the losses can be compared, no batch holds a passage twice (langret would encode it once and mask known
positives), and questions longer than 32 tokens are left out (plain sentence-transformers has one length for both).
Each side runs in its own process; sides alternate, and the medians over the rounds count. The time of a step includes
making its batch. Where torch sees a GPU, all sides use it, and the results lie beside those of the processor.
Target: no slower; aim: 1.5 times the queries a second, with the same loss curve.

A third row, ``bare``, is the floor: the same model and loss, forward and backward over tensors that are ready, without
trainer, optimiser or loading. ``--profile`` says with torch.profiler where a step of langret's trainer spends its time.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _machine import chip, device, save
from _training_step import BATCH, PASSAGE_TOKENS, QUERY_TOKENS, SEED, SIDES, WARM, child, where_langret_looks

TOLERANCE = {"fp32": 1e-3, "bf16": 5e-2}
SHAPE = {"cpu": (2, 256), "cuda": (12, 768)}


def jaquad() -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of question and passage, and all passages."""
    root = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    files = sorted((root / "ja" / "jaquad" / "train").glob("*.json"))
    if not files:
        raise SystemExit(f"no JaQuAD under {root}: set LANGRET_DATA")
    pairs, passages = [], []
    for file in files:
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                passages.append(paragraph["context"])
                pairs += [(qa["question"], paragraph["context"]) for qa in paragraph["qas"]]
    return pairs, passages


def world() -> tuple[list[tuple[str, str]], list[str]]:
    """The same of the quickstart's text."""
    from langret.data.records import full_text
    from langret.language import get_language
    from langret.synthesis import build_world

    data = build_world(get_language("ja"), "train")
    passages = {p.id: full_text(p.title, p.text) for p in data.kept_passages()}
    positives = data.positives()
    pairs = [(q.text, passages[positives[q.id][0]]) for q in data.kept_queries()]
    return pairs, list(passages.values())


TEXTS = {"jaquad": jaquad, "world": world}


def prepare(folder: Path, steps: int, text: str, layers: int, hidden: int) -> dict[str, Any]:
    """Train the tokenizer, draw the batches, segment their texts, save a fresh model for each head."""
    import random

    import numpy as np

    from langret.language import get_language
    from langret.modeling import Backbone, build_member, new_backbone
    from langret.recipe.schema import Member, Scratch
    from langret.tokenizer import encode_texts, train_tokenizer

    language = get_language("ja")
    pairs, passages = TEXTS[text]()
    folder.mkdir(parents=True)
    passages = sorted({language.normalize(text) for text in passages})
    shape = {"heads": hidden // 64, "intermediate": 4 * hidden}
    scratch = Scratch(layers=layers, hidden=hidden, **shape, vocabulary=16_000)
    tokenizer = train_tokenizer(language, passages, scratch.vocabulary)
    new_backbone(scratch, tokenizer, language, folder / "backbone", seed=SEED)
    # without a language: raw text goes to the tokenizer as it is, on both sides
    backbone = Backbone(str(folder / "backbone"))
    for head in ("dense", "colbert"):
        lengths = {"query_tokens": QUERY_TOKENS, "passage_tokens": PASSAGE_TOKENS}
        model = build_member(backbone, Member(head=head), language, **lengths, seed=SEED)
        model.save_pretrained(str(folder / head), create_model_card=False)

    lots = random.Random(SEED)
    lots.shuffle(pairs)
    rows: list[tuple[str, str, str]] = []
    batch: set[str] = set()
    for question, context in pairs:
        if len(rows) == steps * BATCH:
            break
        question, positive = (language.segmented(language.normalize(text)) for text in (question, context))
        negative = language.segmented(lots.choice(passages))
        short = len(tokenizer(question, add_special_tokens=False)["input_ids"]) <= QUERY_TOKENS - 3
        if not short or positive == negative or {positive, negative} & batch:
            continue
        rows.append((question, positive, negative))
        batch |= {positive, negative}
        if len(rows) % BATCH == 0:
            batch.clear()
    if len(rows) < steps * BATCH:
        raise SystemExit(f"{text} gives {len(rows)} rows, {steps * BATCH} are needed; ask for fewer --steps")
    (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    texts = sorted({text for _, *pair in rows for text in pair})
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    start = time.perf_counter()
    store = encode_texts(texts, folder / "backbone", folder / "passages", language=None)
    queries = [rows[i][0] for i in where_langret_looks(len(rows))]
    encode_texts(queries, folder / "backbone", folder / "queries", language=None)
    encoding = time.perf_counter() - start
    lengths = np.diff(store.offsets).tolist()
    return {
        "pieces": len(tokenizer),
        "passage_tokens_mean": round(statistics.mean(min(n + 2, PASSAGE_TOKENS) for n in lengths), 1),
        "ids_once_a_run_seconds": round(encoding, 2),
    }


def run(side: str, head: str, folder: Path, steps: int, precision: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", side, head, str(folder), "--steps", str(steps - WARM)]
    command += ["--precision", precision]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{side} {head} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def compare(head: str, folder: Path, steps: int, rounds: int, precision: str) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for number in range(rounds):
        for side, runs in found.items():
            runs.append(run(side, head, folder, steps, precision))
            rate = runs[-1]["queries_per_second"]
            print(f"{precision} {head}, round {number + 1}, {side}: {rate:.1f} queries/s", flush=True)
    rates = {side: statistics.median(r["queries_per_second"] for r in runs) for side, runs in found.items()}
    losses = {side: runs[0]["losses"] for side, runs in found.items()}
    apart = max(abs(a - b) for a, b in zip(losses["plain"], losses["langret"], strict=True))
    ends = {
        side: [round(statistics.mean(part), 4) for part in (values[:WARM], values[-WARM:])]
        for side, values in losses.items()
    }
    where = "peak_device_mib" if device() == "cuda" else "peak_rss_mib"
    peaks = {side: round(statistics.median(r[where] for r in runs)) for side, runs in found.items()}
    work = {
        side: statistics.median(r["processor_seconds_a_step"] for r in runs) for side, runs in found.items()
    }
    ratio = rates["langret"] / rates["plain"]
    for side in found:
        first, last = ends[side]
        learned = "" if side == "bare" else f", loss {first:.4f} -> {last:.4f}"
        cost = f"{work[side]:.2f} processor s a step, peak {peaks[side]} MiB"
        print(f"{precision} {head}, {side}: {rates[side]:.1f} queries/s, {cost}{learned}")
    floor = rates["langret"] / rates["bare"]
    print(
        f"{precision} {head}: langret / plain = {ratio:.2f} (target 1.0, aim 1.5), langret / bare = {floor:.2f}; "
        f"losses differ by at most {apart:.1e}"
    )
    if apart > TOLERANCE[precision]:
        raise SystemExit(f"{head}: the two sides do not compute the same loss ({losses})")
    return {
        "plain_queries_per_second": [round(r["queries_per_second"], 2) for r in found["plain"]],
        "langret_queries_per_second": [round(r["queries_per_second"], 2) for r in found["langret"]],
        "bare_queries_per_second": [round(r["queries_per_second"], 2) for r in found["bare"]],
        "ratio": round(ratio, 3),
        "of_bare": round(floor, 3),
        "processor_seconds_a_step": {side: round(seconds, 3) for side, seconds in work.items()},
        "ratio_of_processor_seconds": round(work["plain"] / work["langret"], 3),
        where: peaks,
        "loss_first_and_last_steps": ends,
        "largest_difference_of_losses": apart,
        "threads": found["plain"][0]["threads"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=30, help=f"steps measured, after {WARM} to warm up")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", nargs="+", choices=tuple(TEXTS), default=tuple(TEXTS))
    parser.add_argument("--heads", nargs="+", choices=("dense", "colbert"), default=("dense", "colbert"))
    parser.add_argument("--precision", nargs="+", choices=("fp32", "bf16"), default=("fp32", "bf16"))
    parser.add_argument("--layers", type=int, default=SHAPE[device()][0])
    parser.add_argument("--hidden", type=int, default=SHAPE[device()][1])
    parser.add_argument(
        "--profile", action="store_true", help="also say where langret's steps spend their time"
    )
    parser.add_argument("--no-save", action="store_true", help="print only, for trying it out")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    steps = options.steps + WARM
    if options.child:
        side, head, folder = options.child
        child(side, head, Path(folder), steps, *options.precision)
        return
    layers, hidden = options.layers, options.hidden
    setting = {
        "model": f"BERT-shaped, {layers} layers, hidden size {hidden}, freshly initialised",
        "computed on": chip(),
        "data": "segmented beforehand; question, its passage, one other passage",
        "batch_size": BATCH,
        "tokens": [QUERY_TOKENS, PASSAGE_TOKENS],
        "steps": options.steps,
        "rounds": options.rounds,
    }
    for text in options.texts:
        with tempfile.TemporaryDirectory(prefix="langret-steps-") as scratch:
            folder = Path(scratch) / text
            results = {
                "setting": setting,
                "target_ratio": 1.0,
                "aim_ratio": 1.5,
                **prepare(folder, steps, text, layers, hidden),
            }
            print(f"{text}: {results}", flush=True)
            for precision, head in itertools.product(options.precision, options.heads):
                found = compare(head, folder, steps, options.rounds, precision)
                if options.profile:
                    found["profile"] = run("profile", head, folder, steps, precision)
                    print(f"{precision} {head}, profile: {found['profile']}", flush=True)
                results.setdefault(precision, {})[head] = found
                if not options.no_save:
                    save(f"training_step_{text}{'_gpu' if device() == 'cuda' else ''}", results)


if __name__ == "__main__":
    main()
