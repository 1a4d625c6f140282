"""Schedules and optimisers by the recipe's names, as the transformers trainer takes them."""

from __future__ import annotations

from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

SCHEDULERS = {"linear": "linear", "cosine": "cosine", "constant": "constant_with_warmup"}


def optimizer_arguments(optimizer: str, schedule: str) -> dict[str, Any]:
    """Arguments of the transformers trainer for an optimiser and what becomes of its learning rate.

    Args:
        optimizer: ``adamw`` or ``schedule_free``.
        schedule: ``linear``, ``cosine`` or ``constant``; schedule-free AdamW has no use for it.
    """
    if optimizer == "adamw":
        return {"lr_scheduler_type": SCHEDULERS[schedule]}
    # it warms up by itself
    return {"optim": "schedule_free_adamw", "lr_scheduler_type": "constant"}


class AveragedWeights(TrainerCallback):
    """Puts the averaged weights of schedule-free AdamW into the model before it is saved, and at the end.

    Gradients are taken at other weights than those that are worth keeping. ``optimizer.eval()`` goes from the ones to
    the others; transformers calls it before evaluating, and nowhere else. Other optimisers have no such modes:
    accelerate's wrapper, through which they are called, then does nothing.
    """

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Before a checkpoint."""
        if control.should_save:
            kwargs["optimizer"].eval()

    def on_train_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """At the end."""
        kwargs["optimizer"].eval()
