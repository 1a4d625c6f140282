"""Alarms: what a training log says when a training goes wrong without stopping.

Only a loss that is not a number stops a run (see ``objectives``). What is here is told, and left to the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

SIMILARITY = "similarity"
"""Key of ``HeldOut``'s mean cosine between held-out passages."""
COLLAPSED = 0.98
SPREAD_LEFT = 0.25
SMOOTHED = 3
RISE, RISE_AT_LEAST = 1.5, 0.2


def collapse(log: Sequence[dict[str, Any]]) -> str | None:
    """Whether the vectors of different passages have become the same.

    That is when their mean cosine is above 0.98 at an evaluation, or when less than a quarter is left of the spread
    (1 - cosine) that they had at the first.

    Args:
        log: The trainer's log.

    Returns:
        What is wrong, or None.
    """
    seen = [entry[f"eval_{SIMILARITY}"] for entry in log if f"eval_{SIMILARITY}" in entry]
    if not seen:
        return None
    if seen[-1] > COLLAPSED or 1 - seen[-1] < SPREAD_LEFT * (1 - seen[0]):
        before = f", {seen[0]:.3f} at the first evaluation" if len(seen) > 1 else ""
        return (
            f"vectors collapse: the mean cosine of held-out passages is {seen[-1]:.3f}{before}. "
            "Lower training.lr, or raise the batch size or training.temperature."
        )
    return None


def divergence(log: Sequence[dict[str, Any]]) -> str | None:
    """Whether the loss has risen for good.

    That is when its mean over three log lines has been, three times in a row, half as much again as the lowest such
    mean before, and 0.2 above it.

    Args:
        log: The trainer's log.

    Returns:
        What is wrong, or None.
    """
    losses = [entry["loss"] for entry in log if "loss" in entry]
    means = [sum(losses[i : i + SMOOTHED]) / SMOOTHED for i in range(len(losses) - SMOOTHED + 1)]
    if len(means) <= SMOOTHED:
        return None
    best = min(means[:-SMOOTHED])
    if min(means[-SMOOTHED:]) < max(RISE * best, best + RISE_AT_LEAST):
        return None
    return (
        f"the loss rises: {means[-1]:.3f}, after {best:.3f} at its best. "
        "Lower training.lr or lengthen training.warmup."
    )


KINDS = {"collapse": collapse, "divergence": divergence}


class Alarms(TrainerCallback):
    """Looks at the log whenever it grows; an alarm is an entry of the log itself, once for each kind.

    The log is part of a checkpoint, so that a run that goes on after a kill neither forgets nor repeats one.
    """

    def __init__(self, tell: Any = None) -> None:
        self.tell = tell

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Ring where something is wrong for the first time."""
        log: list[dict[str, Any]] = state.log_history
        rung = {entry["alarm"] for entry in log if "alarm" in entry}
        for kind, check in KINDS.items():
            if kind not in rung and (text := check(log)) is not None:
                log.append({"step": state.global_step, "alarm": kind, "text": text})
                if self.tell is not None:
                    self.tell(
                        state.global_step, state.max_steps, {"alarm": f"step {state.global_step}: {text}"}
                    )
