"""The sides of ``training_step.py``, each run in a process of its own."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

from _machine import device

BATCH, QUERY_TOKENS, PASSAGE_TOKENS = 32, 32, 180
LR, WARMUP_SHARE, SEED, WARM = 1e-4, 0.1, 13, 3
TEMPERATURE = {"dense": 0.05, "colbert": 1.0}


def where_langret_looks(count: int) -> list[int]:
    """Which row each query of langret's set is, so that its shuffle by seed gives the rows in their order."""
    import numpy as np

    from langret.training.order import Cut, Stream

    order = Stream(Cut(BATCH, SEED), np.arange(count))
    return [int(i) for i in np.argsort(np.concatenate([order.batch(n) for n in range(order.steps(1.0))]))]


def load(head: str, folder: Path) -> Any:
    from pylate.models import ColBERT
    from sentence_transformers import SentenceTransformer

    if head == "colbert":
        return ColBERT(str(folder / head), device=device())
    return SentenceTransformer(str(folder / head), device=device())


class Clock:
    """End of each step, and its loss, whoever trains."""

    def __init__(self, loss: Any, steps: int) -> None:
        self.times: list[float] = []
        self.worked: list[float] = []
        self.found: list[Any] = []
        # a GPU works on while the next step is prepared, and is waited for only where measuring begins and ends
        self.ends = (WARM, steps)
        loss.register_forward_hook(lambda module, given, found: self.found.append(found.detach()))

    @property
    def losses(self) -> list[float]:
        """The loss of each step."""
        return [float(loss) for loss in self.found]

    def tick(self) -> None:
        """A step has ended."""
        import torch

        if torch.cuda.is_available() and len(self.times) + 1 in self.ends:
            torch.cuda.synchronize()
        self.times.append(time.perf_counter())
        self.worked.append(time.process_time())


def plain(head: str, folder: Path, steps: int, precision: str) -> Clock:
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
    clock = Clock(loss, steps)

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
        bf16=precision == "bf16",
        seed=SEED,
        # the documentation shuffles; the order must be the same on both sides
        batch_sampler=lambda data, **rest: DefaultBatchSampler(SequentialSampler(data), **rest),
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=device() == "cpu",
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


def batches(model: Any, folder: Path, steps: int) -> Any:
    """The same pairs as langret's loader of steps."""
    import pyarrow as pa

    from langret.data.records import CANDIDATES, Collection, Judgement, Passage, Query
    from langret.modeling import Backbone
    from langret.tokenizer import TokenStore
    from langret.training.sets import TrainingSet
    from langret.training.shapes import shapes_of
    from langret.training.trainer import StepLoader

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
    return StepLoader(examples, *shapes, steps)


def objective(model: Any, head: str) -> Any:
    """The loss of langret."""
    from langret.training.encoder import Encoder
    from langret.training.objectives import Contrastive, Objective

    return Objective(Encoder(model), [(1.0, Contrastive(TEMPERATURE[head]))])


def ours(head: str, folder: Path, steps: int, precision: str) -> Clock:
    """The same pairs through the batches, the loss and the trainer of langret."""
    from langret.training.trainer import Schedule, fit

    model = load(head, folder)
    loss = objective(model, head)
    clock = Clock(loss, steps)
    schedule = Schedule(steps, LR, WARMUP_SHARE, 0.01, precision, checkpoints=0, seed=SEED)
    fit(
        model,
        loss,
        batches(model, folder, steps),
        schedule,
        folder / "out",
        report=lambda step, total, figures: None if figures else clock.tick(),
    )
    return clock


def bare(head: str, folder: Path, steps: int, precision: str) -> Clock:
    """Forward and backward of langret's loss on tensors that are ready, and nothing else; nothing is learned."""
    from contextlib import nullcontext

    import torch

    from langret.training.attention import fp32_attention
    from langret.training.targets import Targets

    model = load(head, folder)
    loss = objective(model, head)
    loader = batches(model, folder, steps)
    ready = []
    for step in range(steps):
        columns = loader[step]
        names = [name.removesuffix("_input_ids") for name in columns if name.endswith("_input_ids")]
        keys = ("input_ids", "attention_mask")
        columns = {name: tensor.to(model.device) for name, tensor in columns.items()}
        ready.append(
            ([{key: columns[f"{name}_{key}"] for key in keys} for name in names], Targets.of(columns))
        )
    clock = Clock(loss, steps)
    model.train()
    bf16 = precision == "bf16"
    with fp32_attention(model) if bf16 and device() == "cpu" else nullcontext():
        for features, targets in ready:
            with torch.autocast(device(), torch.bfloat16, enabled=bf16):
                found = loss(features, targets)
            found.backward()
            model.zero_grad()
            clock.tick()
    return clock


SIDES = {"plain": plain, "langret": ours, "bare": bare}


def profiled(head: str, folder: Path, steps: int, precision: str) -> dict[str, Any]:
    """Shares of the time of langret's steps, from torch.profiler: phases, and the ten most expensive operators."""
    import torch
    from accelerate import Accelerator
    from torch.profiler import ProfilerActivity, profile, record_function

    from langret.training import embedded
    from langret.training.encoder import Encoder
    from langret.training.sets import TrainingSet
    from langret.training.shapes import TextShape

    begun: list[float] = []

    def named(owner: Any, method: str, name: str) -> None:
        inner = getattr(owner, method)

        def outer(*args: Any, **kwargs: Any) -> Any:
            begun.append(time.perf_counter())
            with record_function(name):
                return inner(*args, **kwargs)

        setattr(owner, method, outer)

    places = {
        "drawing the batch": (TrainingSet, "batch"),
        "padding": (TextShape, "pad"),
        "forward": (Encoder, "embed"),
        "scores": (embedded, "compare"),
        "backward": (torch.Tensor, "backward"),
        "clipping": (Accelerator, "clip_grad_norm_"),
    }
    for name, (owner, method) in places.items():
        named(owner, method, name)
    activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if device() == "cuda" else [])]
    with profile(activities=activities) as found:
        clock = ours(head, folder, steps, precision)
    events = {event.key: event for event in found.key_averages()}
    renamed = {**{name: name for name in places}, "optimiser": "Optimizer.step#AdamW.step"}
    renamed["backward of MaxSim (within backward)"] = "_MaxSimBackward"
    taken = {name: events[key].cpu_time_total / 1e6 for name, key in renamed.items() if key in events}
    # the first thing that is named is drawing the first batch; the clock ticks at the ends of steps
    whole = clock.times[-1] - begun[0]
    shares = {name: round(seconds / whole, 4) for name, seconds in taken.items()}
    shares["all else in the trainer"] = round(1 - sum(v for k, v in shares.items() if "within" not in k), 4)
    costly = sorted(found.key_averages(), key=lambda event: -event.self_cpu_time_total)
    busy = sum(event.self_cpu_time_total for event in costly)
    own = {e.key: round(e.self_cpu_time_total / busy, 3) for e in costly if e.key not in places}
    return {
        "seconds_a_step": round(whole / steps, 3),
        "shares": shares,
        "operators": dict(list(own.items())[:10]),
    }


def child(side: str, head: str, folder: Path, steps: int, precision: str) -> None:
    """One side in its own process; prints its figures as JSON on the last line."""
    import torch

    if side == "profile":
        print(json.dumps(profiled(head, folder, steps, precision)))
        return
    clock = SIDES[side](head, folder, steps, precision)
    assert len(clock.times) == len(clock.losses) == steps, (len(clock.times), len(clock.losses), steps)
    seconds = clock.times[-1] - clock.times[WARM - 1]
    found = {
        "queries_per_second": BATCH * (steps - WARM) / seconds,
        # of all threads; others on the same cores leave it nearly as it is
        "processor_seconds_a_step": (clock.worked[-1] - clock.worked[WARM - 1]) / (steps - WARM),
        "losses": clock.losses,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_device_mib": torch.cuda.max_memory_allocated() / 2**20 if device() == "cuda" else 0,
        "threads": torch.get_num_threads(),
    }
    print(json.dumps(found))
