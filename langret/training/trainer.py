"""One trainer for both heads, over ``SentenceTransformerTrainer``."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.evaluation import SentenceEvaluator
from torch.utils.data import DataLoader
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_callback import PrinterCallback, ProgressCallback

from langret.errors import StageError
from langret.modeling.adapters import has_adapters, load_trained, save_trained
from langret.training.sets import Batch
from langret.training.shapes import TextShape

CHUNK = 32
Report = Callable[[int, int, dict[str, float]], None]


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
        gradient_checkpointing: Whether activations are computed again in the backward pass.
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
    gradient_checkpointing: bool = False

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
            "gradient_checkpointing": self.gradient_checkpointing,
            "gradient_checkpointing_kwargs": {"use_reentrant": False},
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
            "disable_tqdm": True,
            "use_cpu": not torch.cuda.is_available(),
        }


class StepLoader(torch.utils.data.Dataset):
    """Item n is the features of step n, ready for the model."""

    def __init__(self, source: Steps, queries: TextShape, passages: TextShape, steps: int) -> None:
        self.source, self.queries, self.passages, self.steps = source, queries, passages, steps

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, step: int) -> dict[str, torch.Tensor]:
        if step >= self.steps:
            raise IndexError(step)
        batch = self.source.batch(step)
        features = {f"query_{key}": value for key, value in self.queries.pad(batch.queries).items()}
        for chunk in range(0, len(batch.passages), CHUNK):
            padded = self.passages.pad(batch.passages[chunk : chunk + CHUNK])
            features |= {f"passages{chunk:06d}_{key}": value for key, value in padded.items()}
        features["label"] = torch.from_numpy(batch.labels)
        return features


class RetrieverTrainer(SentenceTransformerTrainer):
    """``SentenceTransformerTrainer`` whose batches are a function of the step.

    The whole training is one pass over a loader of steps, so continuing after a kill is skipping to a step: order
    and draws cannot differ in later epochs (transformers#40691).
    """

    def __init__(self, loader: StepLoader, **kwargs: Any) -> None:
        self.loader = loader
        # the parent wants a Dataset and asks its length; the loader below is what is read
        super().__init__(train_dataset=Dataset.from_dict({"step": range(len(loader))}), **kwargs)

    def add_model_card_callback(self, default_args_dict: dict[str, Any]) -> None:
        """Leave it out: ``langret.report`` writes the card."""

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        """A checkpoint of a model with adapters holds what trains; the rest is as it was built."""
        if has_adapters(self.model):
            save_trained(self.model, Path(str(output_dir or self.args.output_dir)))
        else:
            super()._save(output_dir, state_dict)

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        if has_adapters(self.model):
            load_trained(self.model, Path(resume_from_checkpoint))
        else:
            super()._load_from_checkpoint(resume_from_checkpoint)

    def get_train_dataloader(self) -> DataLoader:
        """The loader of steps."""
        loader = DataLoader(self.loader, batch_size=1, shuffle=False, collate_fn=_only)
        return self.accelerator.prepare(loader)


def fit(
    model: SentenceTransformer,
    loss: torch.nn.Module,
    loader: StepLoader,
    schedule: Schedule,
    scratch: Path,
    *,
    evaluator: SentenceEvaluator | None = None,
    report: Report | None = None,
) -> list[dict[str, float]]:
    """Train to the end of the schedule, from the last complete checkpoint in ``scratch`` where there is one.

    Returns:
        The log: a dict a line with ``step`` and ``loss`` or evaluation figures.
    """
    trainer = RetrieverTrainer(
        loader,
        model=model,
        args=SentenceTransformerTrainingArguments(**schedule.arguments(scratch)),
        loss=loss,
        evaluator=evaluator if schedule.evaluations else None,
    )
    return run(trainer, scratch, report)


def run(trainer: Any, scratch: Path, report: Report | None) -> list[dict[str, float]]:
    """Run a transformers trainer, continuing where it stopped, and return its log."""
    trainer.remove_callback(PrinterCallback)
    trainer.remove_callback(ProgressCallback)
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
    return [
        entry for entry in trainer.state.log_history if "loss" in entry or any("eval" in key for key in entry)
    ]


def last_checkpoint(scratch: Path) -> str | None:
    """The newest checkpoint that was written to its end; transformers writes ``trainer_state.json`` last."""
    found = [p for p in scratch.glob("checkpoint-*") if (p / "trainer_state.json").is_file()]
    return str(max(found, key=lambda p: int(p.name.split("-")[1]))) if found else None


def computes_in_bf16() -> bool:
    """Whether the hardware multiplies bf16 matrices itself; where it only emulates them, fp32 is faster."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.backends.mkldnn.is_available() and torch.cpu._is_avx512_bf16_supported()


def _only(items: list[Any]) -> Any:
    return items[0]


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
