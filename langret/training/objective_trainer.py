"""What the trainer of sentence-transformers has to learn about an objective."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformerTrainer
from torch.utils.data import Dataset
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from langret.modeling.adapters import has_adapters, load_trained, save_trained
from langret.training.objectives import Objective
from langret.training.steps import StepTrainer
from langret.training.targets import Targets

OBJECTIVE_FILE = "objective.safetensors"
"""Weights of the objective's own, beside the model in a checkpoint."""


class ObjectiveTrainer(StepTrainer, SentenceTransformerTrainer):
    """``SentenceTransformerTrainer`` for an ``Objective``.

    Targets of any kind reach it, weights of its own are trained and saved like the model's, what it left out is logged,
    and under GradCache a device that runs out of memory does the step again in smaller parts.

    Args:
        steps: Item n is what this process does in step n.
        loss: The objective.
        **kwargs: Arguments of the parents.
    """

    def __init__(self, steps: Dataset, loss: Objective, **kwargs: Any) -> None:
        self.objective: Objective = loss
        super().__init__(steps, loss=loss, **kwargs)
        self.add_callback(_ForgetGradients(loss))

    def learning(self) -> Iterator[torch.nn.Parameter]:
        """The model's weights, and the objective's own."""
        return self.objective.parameters()

    def collect_features(self, inputs: dict[str, Any]) -> tuple[list[dict[str, torch.Tensor]], Any]:
        """Texts as the parent finds them, and all that the step learns from, not labels alone."""
        features, _ = super().collect_features(inputs)
        return features, Targets.of(inputs)

    def training_step(self, *args: Any, **kwargs: Any) -> torch.Tensor:
        """One step; under GradCache, the same step in smaller parts where the device runs out of memory."""
        while True:
            try:
                return super().training_step(*args, **kwargs)
            except torch.OutOfMemoryError:
                # one process among several would fall out of step; accumulated gradients would be lost
                alone = self.accelerator.num_processes == self.args.gradient_accumulation_steps == 1
                halved = self.objective.encoder.halve() if alone else None
                if halved is None:
                    raise
            # outside of the handler, whose traceback holds what the failed step had computed
            self.objective.zero_grad(set_to_none=True)
            torch.cuda.empty_cache()
            self.log({"micro_batch": halved})

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Log what the objective left out beside the loss."""
        super().log({**logs, **self.objective.shares()} if "loss" in logs else logs, start_time)

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        folder = Path(output_dir or str(self.args.output_dir))
        if has_adapters(self.model):
            save_trained(self.model, folder)  # the rest is as it was built
        else:
            super()._save(output_dir, state_dict)
        if own := self.objective.own_state():
            save_file(own, folder / OBJECTIVE_FILE)

    def _load_from_checkpoint(self, checkpoint_path: str, *args: Any) -> None:
        if has_adapters(self.model):
            load_trained(self.model, Path(checkpoint_path))
        else:
            super()._load_from_checkpoint(checkpoint_path, *args)
        if self.objective.own_state():
            self.objective.terms.load_state_dict(load_file(Path(checkpoint_path) / OBJECTIVE_FILE))


class _ForgetGradients(TrainerCallback):
    """Clears the gradients of an objective's own weights; the trainer clears those of the model alone."""

    def __init__(self, objective: Objective) -> None:
        self.objective = objective

    def on_optimizer_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self.objective.terms.zero_grad()
