"""A training step of langret beside the plain scripts that the libraries' documentation gives.

    python benchmarks/training_step.py [--steps 30] [--rounds 3] [--texts jaquad world] [--heads dense colbert]

``dense``: SentenceTransformerTrainer with MultipleNegativesRankingLoss, as sentence-transformers documents it.
``colbert``: the same trainer with pylate.losses.Contrastive and ColBERTCollator, as PyLate documents it.

Both sides train the same freshly initialised model (2 layers, hidden size 256, at most 16,000 pieces trained on the
passages by langret.tokenizer) on the same pairs in the same order: batches of 32 questions, each with its passage and
one other passage as the negative, cut at 32 and 180 tokens, in fp32, with the same optimiser and schedule. Two kinds of
text: ``jaquad`` (LANGRET_DATA), whose passages nearly all fill the 180 tokens, so that no padding can be saved; and
``world``, the quickstart's generated encyclopaedia, whose passages are as short as those of many real collections.
The comparison is about training and not about segmenting: texts are normalised and segmented beforehand for both, and
the model's tokenizer takes them as they are. The plain script tokenizes within the step, as it does in real life;
langret turns texts into ids once a run, and the time of that is measured and reported beside the step.

So that the losses can be compared, no batch holds a passage twice (langret would encode it once and mask known
positives), and questions longer than 32 tokens are left out (plain sentence-transformers has one length for both).
Each side runs in its own process; sides alternate, and the medians over the rounds count. The time of a step includes
making its batch. Target: no slower; aim: 1.5 times the queries a second, with the same loss curve.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BATCH, QUERY_TOKENS, PASSAGE_TOKENS = 32, 32, 180
LR, WARMUP_SHARE, SEED, WARM = 1e-4, 0.1, 13, 3
TEMPERATURE = {"dense": 0.05, "colbert": 1.0}
TOLERANCE = 1e-3


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


def prepare(folder: Path, steps: int, text: str) -> dict[str, Any]:
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
    scratch = Scratch(layers=2, hidden=256, vocabulary=16_000)
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


def where_langret_looks(count: int) -> list[int]:
    """Which row each query of langret's set is, so that its shuffle by seed gives the rows in their order."""
    import numpy as np

    from langret.training.sets import _permutation

    return [int(i) for i in np.argsort(_permutation(count, SEED, 0))]


def load(head: str, folder: Path) -> Any:
    from pylate.models import ColBERT
    from sentence_transformers import SentenceTransformer

    if head == "colbert":
        return ColBERT(str(folder / head), device="cpu")
    return SentenceTransformer(str(folder / head), device="cpu")


class Clock:
    """End of each step, and its loss, whoever trains."""

    def __init__(self, loss: Any) -> None:
        self.times: list[float] = []
        self.losses: list[float] = []
        loss.register_forward_hook(lambda module, given, found: self.losses.append(float(found)))

    def tick(self) -> None:
        """A step has ended."""
        self.times.append(time.perf_counter())


def plain(head: str, folder: Path, steps: int) -> Clock:
    """The script of the documentation: a data set of texts, a loss, a trainer."""
    import torch
    from datasets import Dataset
    from pylate import losses, utils
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sampler import DefaultBatchSampler
    from torch.utils.data import SequentialSampler
    from transformers import TrainerCallback
    from transformers.trainer_callback import PrinterCallback

    model = load(head, folder)
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    names = ("query", "positive", "negative") if head == "colbert" else ("anchor", "positive", "negative")
    data = Dataset.from_dict({name: [row[i] for row in rows] for i, name in enumerate(names)})
    loss: torch.nn.Module
    collator = None
    if head == "colbert":
        loss = losses.Contrastive(model=model)
        collator = utils.ColBERTCollator(model.tokenize)
    else:
        loss = MultipleNegativesRankingLoss(model, scale=1 / TEMPERATURE[head])
    clock = Clock(loss)

    class Ticks(TrainerCallback):
        def on_step_end(self, *args: Any, **kwargs: Any) -> None:
            clock.tick()

    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(folder / "out"),
        num_train_epochs=1,
        per_device_train_batch_size=BATCH,
        learning_rate=LR,
        warmup_steps=round(steps * WARMUP_SHARE),
        weight_decay=0.01,
        seed=SEED,
        # the documentation shuffles; the order must be the same on both sides
        batch_sampler=lambda data, **rest: DefaultBatchSampler(SequentialSampler(data), **rest),
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=True,
    )
    trainer = SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=data,
        loss=loss,
        data_collator=collator,
        callbacks=[Ticks()],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return clock


def ours(head: str, folder: Path, steps: int) -> Clock:
    """The same pairs through the batches, the loss and the trainer of langret."""
    import pyarrow as pa

    from langret.data.records import CANDIDATES, Collection, Judgement, Passage, Query
    from langret.modeling import Backbone
    from langret.tokenizer import TokenStore
    from langret.training.encoder import Encoder
    from langret.training.objectives import Contrastive, Objective
    from langret.training.sets import TrainingSet
    from langret.training.shapes import shapes_of
    from langret.training.trainer import Schedule, StepLoader, fit

    model = load(head, folder)
    rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    ids = {text: str(i) for i, text in enumerate(texts)}
    mine = [(str(i), rows[i]) for i in where_langret_looks(len(rows))]
    collection = Collection.from_records(
        [
            *(Passage(ids[text], text) for text in texts),
            *(Query(i, row[0]) for i, row in mine),
            *(Judgement(i, ids[row[1]]) for i, row in mine),
        ]
    )
    given = [
        {"query_id": i, "passage_id": ids[row[2]], "rank": 1, "source": "random", "kept": True, "reason": ""}
        for i, row in mine
    ]
    negatives = pa.Table.from_pylist(given, schema=CANDIDATES)
    examples = TrainingSet.build(
        collection,
        negatives,
        TokenStore.open(folder / "queries"),
        TokenStore.open(folder / "passages"),
        batch_size=BATCH,
        hard=1,
        in_batch=True,
        seed=SEED,
    )
    backbone = Backbone(str(folder / "backbone"))
    shapes = shapes_of(model, backbone, query_tokens=QUERY_TOKENS, passage_tokens=PASSAGE_TOKENS)
    loss = Objective(Encoder(model), [(1.0, Contrastive(TEMPERATURE[head]))])
    clock = Clock(loss)
    schedule = Schedule(steps, LR, WARMUP_SHARE, 0.01, "fp32", checkpoints=0, seed=SEED)
    fit(
        model,
        loss,
        StepLoader(examples, *shapes, steps),
        schedule,
        folder / "out",
        report=lambda step, total, figures: None if figures else clock.tick(),
    )
    return clock


def child(side: str, head: str, folder: Path, steps: int) -> None:
    """One side in its own process; prints its figures as JSON on the last line."""
    import torch

    clock = (plain if side == "plain" else ours)(head, folder, steps)
    assert len(clock.times) == len(clock.losses) == steps, (len(clock.times), len(clock.losses), steps)
    seconds = clock.times[-1] - clock.times[WARM - 1]
    found = {
        "queries_per_second": BATCH * (steps - WARM) / seconds,
        "losses": clock.losses,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "threads": torch.get_num_threads(),
    }
    print(json.dumps(found))


def run(side: str, head: str, folder: Path, steps: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", side, head, str(folder), "--steps", str(steps - WARM)]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{side} {head} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def compare(head: str, folder: Path, steps: int, rounds: int) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {"plain": [], "langret": []}
    for number in range(rounds):
        for side, runs in found.items():
            runs.append(run(side, head, folder, steps))
            rate = runs[-1]["queries_per_second"]
            print(f"{head}, round {number + 1}, {side}: {rate:.1f} queries/s", flush=True)
    rates = {side: statistics.median(r["queries_per_second"] for r in runs) for side, runs in found.items()}
    losses = {side: runs[0]["losses"] for side, runs in found.items()}
    apart = max(abs(a - b) for a, b in zip(losses["plain"], losses["langret"], strict=True))
    ends = {
        side: [round(statistics.mean(part), 4) for part in (values[:WARM], values[-WARM:])]
        for side, values in losses.items()
    }
    peaks = {side: round(statistics.median(r["peak_rss_mib"] for r in runs)) for side, runs in found.items()}
    ratio = rates["langret"] / rates["plain"]
    for side in found:
        first, last = ends[side]
        print(
            f"{head}, {side}: {rates[side]:.1f} queries/s, peak {peaks[side]} MiB, loss {first:.4f} -> {last:.4f}"
        )
    print(
        f"{head}: langret / plain = {ratio:.2f} (target 1.0, aim 1.5); losses differ by at most {apart:.1e}"
    )
    if apart > TOLERANCE:
        raise SystemExit(f"{head}: the two sides do not compute the same loss ({losses})")
    return {
        "plain_queries_per_second": [round(r["queries_per_second"], 2) for r in found["plain"]],
        "langret_queries_per_second": [round(r["queries_per_second"], 2) for r in found["langret"]],
        "ratio": round(ratio, 3),
        "peak_rss_mib": peaks,
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
    parser.add_argument("--no-save", action="store_true", help="print only, for trying it out")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    steps = options.steps + WARM
    if options.child:
        side, head, folder = options.child
        child(side, head, Path(folder), steps)
        return
    from _machine import save

    results: dict[str, Any] = {}
    for text in options.texts:
        with tempfile.TemporaryDirectory(prefix="langret-steps-") as scratch:
            folder = Path(scratch) / text
            results[text] = prepare(folder, steps, text)
            print(f"{text}: {results[text]}", flush=True)
            for head in options.heads:
                results[text][head] = compare(head, folder, steps, options.rounds)
    setting = {
        "model": "BERT-shaped, 2 layers, hidden size 256, freshly initialised",
        "data": "segmented beforehand; question, its passage, one other passage",
        "batch_size": BATCH,
        "tokens": [QUERY_TOKENS, PASSAGE_TOKENS],
        "precision": "fp32",
        "steps": options.steps,
    }
    if not options.no_save:
        save("training_step", {"setting": setting, "target_ratio": 1.0, "aim_ratio": 1.5, **results})


if __name__ == "__main__":
    main()
