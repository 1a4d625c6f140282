"""What the trainer of sentence-transformers has to learn about an objective."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformerTrainer
from torch.utils.data import Dataset
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer import OPTIMIZER_NAME, SCHEDULER_NAME

from langret.errors import out_of_memory
from langret.modeling.adapters import has_adapters, load_trained, save_trained
from langret.training.objectives import Objective
from langret.training.sharding import Sharded
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
        sharded: The model in its two forms, where it is dealt out over the devices; ``model`` is then its second form.
        **kwargs: Arguments of the parents.
    """

    def __init__(
        self, steps: Dataset, loss: Objective, sharded: Sharded | None = None, **kwargs: Any
    ) -> None:
        self.objective: Objective = loss
        self.sharded = sharded
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
            except RuntimeError as error:
                if not out_of_memory(error):
                    raise
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

    def save_model(self, output_dir: str | None = None, _internal_call: bool = False) -> None:
        """Save the whole model, wherever its weights are."""
        if self.sharded is not None:
            self.sharded.gather()
        with self._whole():
            super().save_model(output_dir, _internal_call)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """The model's whole form in the place of the one that is dealt out."""
        training = self.model
        self.model = training if self.sharded is None else self.sharded.whole
        try:
            yield
        finally:
            self.model = training

    def _save_optimizer_and_scheduler(self, output_dir: str) -> None:
        if self.sharded is None:
            super()._save_optimizer_and_scheduler(output_dir)
            return
        self.sharded.save_optimizer(self.optimizer, Path(output_dir) / OPTIMIZER_NAME)
        if self.args.should_save and self.lr_scheduler is not None:
            torch.save(self.lr_scheduler.state_dict(), Path(output_dir) / SCHEDULER_NAME)

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        if self.sharded is None or checkpoint is None:
            super()._load_optimizer_and_scheduler(checkpoint)
            return
        self.sharded.load_optimizer(self.optimizer, Path(checkpoint) / OPTIMIZER_NAME)
        if self.lr_scheduler is not None:
            self.lr_scheduler.load_state_dict(
                torch.load(Path(checkpoint) / SCHEDULER_NAME, weights_only=True)
            )

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        folder = Path(output_dir or str(self.args.output_dir))
        if has_adapters(self.model):
            save_trained(self.model, folder)  # the rest is as it was built
        else:
            super()._save(output_dir, state_dict)
        if own := self.objective.own_state():
            save_file(own, folder / OBJECTIVE_FILE)

    def _load_from_checkpoint(self, checkpoint_path: str, *args: Any) -> None:
        with self._whole():
            if has_adapters(self.model):
                load_trained(self.model, Path(checkpoint_path))
            else:
                super()._load_from_checkpoint(checkpoint_path, *args)
        if self.sharded is not None:
            self.sharded.scatter()
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
