"""One trainer for both heads, over ``SentenceTransformerTrainer``."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import torch
import torch.distributed as dist
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.evaluation import SentenceEvaluator
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from langret.errors import StageError, out_of_memory
from langret.training.alarms import Alarms
from langret.training.attention import fp32_attention
from langret.training.average import KeepBest, average_weights, must_be_enough
from langret.training.checkpoints import last_checkpoint, must_be_its_own
from langret.training.layers import layer_rates
from langret.training.objective_trainer import ObjectiveTrainer
from langret.training.objectives import Objective
from langret.training.optimizers import AveragedWeights, optimizer_arguments
from langret.training.sets import Batch
from langret.training.shapes import TextShape
from langret.training.sharding import Sharded
from langret.training.steps import StepTrainer
from langret.training.targets import ignore_copies, tensors_of
from langret.training.together import rank, share, size

CHUNK, GPU_CHUNK = 32, 128
"""Passages that are padded to one length and encoded together: few where padding is what costs, and more where a GPU
would wait for its kernels to be launched."""
Report = Callable[[int, int, dict[str, Any]], None]


class Steps(Protocol):
    """Anything that knows the batch of a step."""

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast a stage trains.

    Attributes:
        steps: Optimiser steps.
        lr: Peak learning rate.
        warmup: Share of the steps over which it rises.
        weight_decay: AdamW weight decay.
        precision: ``auto``, ``fp32`` or ``bf16``.
        checkpoints: How often the state is saved.
        evaluations: How often the evaluator runs.
        seed: Seed of torch.
        report_to: Trackers of the transformers trainer.
        schedule: How the learning rate goes on after warming up: ``linear`` or ``cosine`` to 0, or ``constant``.
        optimizer: ``adamw``, or ``schedule_free``, whose learning rate stays.
        clip: Largest norm of the gradients, or None.
        layer_decay: Each layer learns at this fraction of the rate of the one above it.
        average: The result is the mean of so many sets of weights.
        average_by: Which: the ``last``, or the ``best`` on held-out queries.
        gradient_checkpointing: Whether activations are computed again in the backward pass.
        shard: Whether weights, gradients and optimiser state are dealt out over the devices.
    """

    steps: int
    lr: float
    warmup: float = 0.1
    weight_decay: float = 0.01
    precision: str = "auto"
    checkpoints: int = 10
    evaluations: int = 0
    seed: int = 13
    report_to: tuple[str, ...] = ()
    schedule: str = "linear"
    optimizer: str = "adamw"
    clip: float | None = 1.0
    layer_decay: float = 1.0
    average: int = 1
    average_by: str = "last"
    gradient_checkpointing: bool = False
    shard: bool = False

    @property
    def save_steps(self) -> int:
        """Steps from one checkpoint to the next. Rounded up: the end is always saved, and would else follow closely."""
        return math.ceil(self.steps / self.checkpoints) if self.checkpoints else self.steps

    def arguments(self, scratch: Path) -> dict[str, Any]:
        """Arguments of the transformers trainer."""
        return {
            "output_dir": str(scratch),
            "max_steps": self.steps,
            "per_device_train_batch_size": 1,  # an item of the loader is already a whole batch
            "learning_rate": self.lr,
            "warmup_steps": round(self.steps * self.warmup),
            "weight_decay": self.weight_decay,
            "max_grad_norm": self.clip or 0.0,
            **optimizer_arguments(self.optimizer, self.schedule),
            "bf16": computes_in_bf16() if self.precision == "auto" else self.precision == "bf16",
            "gradient_checkpointing": self.gradient_checkpointing,
            "gradient_checkpointing_kwargs": {"use_reentrant": False},
            "save_strategy": "steps" if self.checkpoints else "no",
            "save_steps": self.save_steps,
            # two at least: a kill while the newest is written leaves the one before
            "save_total_limit": None if self.average_by == "best" else max(2, self.average),
            "eval_strategy": "steps" if self.evaluations else "no",
            "eval_steps": max(1, self.steps // self.evaluations) if self.evaluations else None,
            "logging_steps": max(1, min(50, self.steps // 20)),
            "logging_nan_inf_filter": False,
            "seed": self.seed,
            "data_seed": self.seed,
            "report_to": list(self.report_to) or "none",
            "dataloader_num_workers": 0,
            "average_tokens_across_devices": False,  # a loss is the mean over all processes already
            "disable_tqdm": True,
            "use_cpu": not torch.cuda.is_available(),
        }


class StepLoader(torch.utils.data.Dataset):
    """Item n is this process's share of the texts of step n, ready for the model, and what is known of all.

    Args:
        source: Knows the batches.
        queries: Layout of queries.
        passages: Layout of passages.
        steps: Number of items.
        chunk: Passages that are padded to one length and encoded together. Default: what suits the device.
    """

    def __init__(
        self, source: Steps, queries: TextShape, passages: TextShape, steps: int, chunk: int | None = None
    ) -> None:
        self.source, self.queries, self.passages, self.steps = source, queries, passages, steps
        self.chunk = chunk or (GPU_CHUNK if torch.cuda.is_available() else CHUNK)

    def __len__(self) -> int:
        return self.steps

    @property
    def layout(self) -> list[list[int]]:
        """How queries and passages are laid out: ids before and behind them, and the longest in tokens."""
        return [[*s.before, *s.after, s.pad_id, s.max_tokens] for s in (self.queries, self.passages)]

    def __getitem__(self, step: int) -> dict[str, torch.Tensor]:
        if step >= self.steps:
            raise IndexError(step)
        batch = self.source.batch(step)
        # the length of queries may depend on the longest of the step, whoever encodes it
        longest = max(map(len, batch.queries))
        padded = self.queries.pad(share(batch.queries), longest)
        features = {f"query_{key}": value for key, value in padded.items()}
        passages = share(batch.passages)
        for start in range(0, len(passages), self.chunk):
            padded = self.passages.pad(passages[start : start + self.chunk])
            features |= {f"passages{start:06d}_{key}": value for key, value in padded.items()}
        seen = (
            [shape.cut(ids) for ids in texts]
            for shape, texts in ((self.queries, batch.queries), (self.passages, batch.passages))
        )
        return features | tensors_of(replace(batch, labels=ignore_copies(batch.labels, *seen)))


class RetrieverTrainer(ObjectiveTrainer):
    """The trainer of members: an objective over a loader of steps."""

    def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
        """Leave it out: ``langret.report`` writes the card."""


def fit(
    model: SentenceTransformer,
    loss: Objective,
    loader: StepLoader,
    schedule: Schedule,
    scratch: Path,
    *,
    evaluator: SentenceEvaluator | None = None,
    report: Report | None = None,
) -> list[dict[str, Any]]:
    """Train to the end of the schedule, from the last complete checkpoint in ``scratch`` where there is one.

    Returns:
        The log: a dict a line with ``step`` and ``loss``, evaluation figures or an alarm; at its end the cost.

    Raises:
        StageError: The loss is not finite, the device is out of memory, there are too few steps for as many checkpoints
            as are to be averaged, or those in ``scratch`` are another training's.
    """
    if schedule.average > 1:
        must_be_enough(schedule.steps, schedule.save_steps, schedule.average)
    arguments = schedule.arguments(scratch)
    if schedule.layer_decay < 1:
        arguments["learning_rate_mapping"] = layer_rates(model, schedule.lr, schedule.layer_decay)
    callbacks: list[TrainerCallback] = [AveragedWeights()]
    if schedule.average_by == "best":
        callbacks.append(KeepBest(schedule.average))
    sharded = Sharded(model) if schedule.shard else None
    if sharded is not None:
        loss.encoder.model = sharded.model
    trainer = RetrieverTrainer(
        loader,
        sharded=sharded,
        model=model if sharded is None else sharded.model,
        args=SentenceTransformerTrainingArguments(**arguments),
        loss=loss,
        evaluator=evaluator if schedule.evaluations else None,
        callbacks=callbacks,
    )
    if rank() == 0:
        settings = {**asdict(schedule), "report_to": None, "layout": loader.layout}
        must_be_its_own(scratch, settings, loader.source.batch(0))
    log = run(trainer, scratch, report)
    if sharded is not None:
        sharded.gather()
        trainer.model, trainer.sharded, loss.encoder.model = model, None, model
    # the first process keeps the model; cost stands last
    if rank() == 0 and (schedule.average > 1 or schedule.average_by == "best"):
        log.insert(-1, average_weights(trainer, scratch, schedule.average, schedule.average_by))
    trainer.accelerator.unwrap_model(model, keep_fp32_wrapper=False)  # computes as it will for others
    return log


def run(trainer: StepTrainer, scratch: Path, report: Report | None) -> list[dict[str, Any]]:
    """Run a transformers trainer, continuing where it stopped, and return its log."""
    trainer.remove_callback(PrinterCallback)
    trainer.remove_callback(ProgressCallback)
    trainer.meter.folder = scratch
    trainer.add_callback(trainer.meter)
    trainer.add_callback(Alarms(report))
    if report is not None:
        trainer.add_callback(_Report(report))
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    assert trainer.model is not None
    slow = trainer.args.bf16 and trainer.args.device.type == "cpu"
    with warnings.catch_warnings(), fp32_attention(trainer.model) if slow else nullcontext():
        warnings.filterwarnings("ignore", message=".*pin_memory.*")
        try:
            trainer.train(resume_from_checkpoint=last_checkpoint(scratch))
        except RuntimeError as error:
            if not out_of_memory(error):
                raise
            raise StageError(
                "the device ran out of memory.",
                hint="Set training.micro_batch (in members' training: texts encoded at a time, with the batch left "
                "whole), or lower batch_size or the tokens of a passage.",
            ) from error
    if size() > 1:
        dist.barrier()  # all have written down what they spent
    kept = [
        entry
        for entry in trainer.state.log_history
        if entry.keys() & {"loss", "alarm", "micro_batch"} or any("eval" in key for key in entry)
    ]
    return [*kept, {"step": trainer.state.global_step, "cost": trainer.meter.total()}]


def computes_in_bf16() -> bool:
    """Whether the hardware multiplies bf16 matrices itself; where it only emulates them, fp32 is faster."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.backends.mkldnn.is_available() and torch.cpu._is_avx512_bf16_supported()


class _Report(TrainerCallback):
    """Passes steps and figures to whoever shows progress."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self.report(state.global_step, state.max_steps, {})

    def on_log(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        logs: dict[str, float] | None = None,
        **kwargs: Any,
    ) -> None:
        figures = {k: float(v) for k, v in (logs or {}).items() if isinstance(v, (int, float))}
        self.report(state.global_step, state.max_steps, figures)
