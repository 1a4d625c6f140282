"""One trainer for both heads, over ``SentenceTransformerTrainer``."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
import torch.distributed as dist
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.evaluation import SentenceEvaluator
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from langret.errors import StageError
from langret.training.alarms import Alarms
from langret.training.sets import Batch
from langret.training.shapes import TextShape
from langret.training.steps import StepTrainer
from langret.training.together import share, size

CHUNK = 32
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
        lr: Peak learning rate of AdamW; falls linearly to 0.
        warmup: Share of the steps over which it rises.
        weight_decay: AdamW weight decay.
        precision: ``auto``, ``fp32`` or ``bf16``.
        checkpoints: How often the state is saved.
        evaluations: How often the evaluator runs.
        seed: Seed of torch.
        report_to: Trackers of the transformers trainer.
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

    def arguments(self, scratch: Path) -> dict[str, Any]:
        """Arguments of the transformers trainer."""
        return {
            "output_dir": str(scratch),
            "max_steps": self.steps,
            "per_device_train_batch_size": 1,  # an item of the loader is already a whole batch
            "learning_rate": self.lr,
            "warmup_steps": round(self.steps * self.warmup),
            "weight_decay": self.weight_decay,
            "lr_scheduler_type": "linear",
            "bf16": computes_in_bf16() if self.precision == "auto" else self.precision == "bf16",
            "save_strategy": "steps" if self.checkpoints else "no",
            "save_steps": max(1, self.steps // self.checkpoints) if self.checkpoints else 500,
            "save_total_limit": 2,  # a kill while the newest is written leaves the one before
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
    """Item n is this process's share of the texts of step n, ready for the model, and the labels of all."""

    def __init__(self, source: Steps, queries: TextShape, passages: TextShape, steps: int) -> None:
        self.source, self.queries, self.passages, self.steps = source, queries, passages, steps

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, step: int) -> dict[str, torch.Tensor]:
        if step >= self.steps:
            raise IndexError(step)
        batch = self.source.batch(step)
        features = {f"query_{key}": value for key, value in self.queries.pad(share(batch.queries)).items()}
        passages = share(batch.passages)
        for chunk in range(0, len(passages), CHUNK):
            padded = self.passages.pad(passages[chunk : chunk + CHUNK])
            features |= {f"passages{chunk:06d}_{key}": value for key, value in padded.items()}
        features["label"] = torch.from_numpy(batch.labels)
        return features


class RetrieverTrainer(StepTrainer, SentenceTransformerTrainer):
    """``SentenceTransformerTrainer`` over a loader of steps."""

    def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
        """Leave it out: ``langret.report`` writes the card."""


def fit(
    model: SentenceTransformer,
    loss: torch.nn.Module,
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
    """
    trainer = RetrieverTrainer(
        loader,
        model=model,
        args=SentenceTransformerTrainingArguments(**schedule.arguments(scratch)),
        loss=loss,
        evaluator=evaluator if schedule.evaluations else None,
    )
    return run(trainer, scratch, report)


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
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*pin_memory.*")
        try:
            trainer.train(resume_from_checkpoint=last_checkpoint(scratch))
        except torch.OutOfMemoryError as error:
            raise StageError(
                "the device ran out of memory.", hint="Lower training.batch_size or training.passage_tokens."
            ) from error
    if size() > 1:
        dist.barrier()  # all have written down what they spent
    kept = [
        entry
        for entry in trainer.state.log_history
        if entry.keys() & {"loss", "alarm"} or any("eval" in key for key in entry)
    ]
    return [*kept, {"step": trainer.state.global_step, "cost": trainer.meter.total()}]


def last_checkpoint(scratch: Path) -> str | None:
    """The newest checkpoint that was written to its end; transformers writes ``trainer_state.json`` last."""
    found = [p for p in scratch.glob("checkpoint-*") if (p / "trainer_state.json").is_file()]
    return str(max(found, key=lambda p: int(p.name.split("-")[1]))) if found else None


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
