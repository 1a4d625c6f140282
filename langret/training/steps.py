"""What both trainers share: a loader of whole steps, several devices, and what it all costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import torch
from datasets import Dataset
from torch.distributed.tensor import DTensor
from torch.utils.data import DataLoader
from transformers import Trainer

from langret.training.cost import Meter
from langret.training.together import average_gradients, size


class StepTrainer(Trainer):
    """A transformers trainer whose batches are a function of the step.

    The whole training is one pass over a loader of steps, so continuing after a kill is skipping to a step: order
    and draws cannot differ in later epochs (transformers#40691).

    Args:
        steps: Item n is what this process does in step n.
        **kwargs: The parent's.
    """

    def __init__(self, steps: torch.utils.data.Dataset, **kwargs: Any) -> None:
        self.steps = steps
        self.meter = Meter()
        # the parent wants a Dataset and asks its length; the loader below is what is read
        count = len(steps)  # type: ignore[arg-type]
        super().__init__(train_dataset=Dataset.from_dict({"step": range(count)}), **kwargs)

    def get_train_dataloader(self) -> DataLoader:
        """The loader of steps. Accelerate would deal whole steps out to processes; each takes its share of each."""
        return DataLoader(self.steps, batch_size=1, shuffle=False, collate_fn=_only)

    def create_accelerator_and_postprocess(self) -> None:
        """Let accelerate set precision and devices, and leave the model unwrapped."""
        super().create_accelerator_and_postprocess()
        self.accelerator.prepare_model = partial(self.accelerator.prepare_model, evaluation_mode=True)

    def _wrap_model(self, model: Any, training: bool = True, dataloader: DataLoader | None = None) -> Any:
        return model  # not into DataParallel either, where torch sees several GPUs

    def training_step(self, *args: Any, **kwargs: Any) -> torch.Tensor:
        """One step; gradients are then the same in every process."""
        loss = super().training_step(*args, **kwargs)
        if size() > 1:
            average_gradients(
                p for p in self.learning() if not isinstance(p, DTensor)
            )  # FSDP has done its own
        return loss

    def learning(self) -> Iterator[torch.nn.Parameter]:
        """All weights that are trained."""
        assert self.model is not None
        return self.model.parameters()

    def get_batch_samples(self, epoch_iterator: Iterator, *args: Any, **kwargs: Any) -> Any:
        """Load a step, and keep account of the time and of what is in it."""
        start = time.perf_counter()
        found = super().get_batch_samples(epoch_iterator, *args, **kwargs)
        self.meter.loaded(found[0], time.perf_counter() - start)
        return found


def _only(items: list[Any]) -> Any:
    return items[0]
