"""The result as the mean of several sets of weights of one training."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from langret.errors import StageError
from langret.modeling.merging import merge_folders
from langret.training.checkpoints import checkpoints_in

METRIC = "eval_ndcg@10"


def best_steps(log: Sequence[dict[str, float]], steps: Sequence[int], count: int) -> list[int]:
    """The steps with the best held-out nDCG@10, in order; of equal ones the later."""
    seen = {int(line["step"]): line[METRIC] for line in log if METRIC in line}
    return sorted(sorted(steps, key=lambda step: (-seen[step], -step))[:count])


class KeepBest(TrainerCallback):
    """Scores the held-out queries at every checkpoint, and keeps the best checkpoints with the two newest."""

    def __init__(self, count: int) -> None:
        self.count = count

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Look at the held-out queries wherever a checkpoint is due."""
        if control.should_save:
            control.should_evaluate = True

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        """Remove checkpoints that can no longer be among the best."""
        if not state.is_world_process_zero:
            return
        saved = checkpoints_in(Path(str(args.output_dir)))
        wanted = {*best_steps(state.log_history, list(saved), self.count), *list(saved)[-2:]}
        for step in saved.keys() - wanted:
            shutil.rmtree(saved[step])


def must_be_enough(steps: int, save_steps: int, count: int) -> None:
    """Refuse a training, before it begins, that saves fewer checkpoints than are to be averaged.

    Args:
        steps: Its steps; the last is saved whatever its number.
        save_steps: Steps from one checkpoint to the next.
        count: How many are averaged.

    Raises:
        StageError: There would be fewer.
    """
    saved = -(-steps // save_steps)
    if saved < count:
        raise StageError(
            f"{count} sets of weights are to be averaged; of {steps} steps {saved} are saved.",
            hint="Lower training.average, or raise training.checkpoints or training.epochs.",
        )


def average_weights(trainer: Any, scratch: Path, count: int, by: str) -> dict[str, float]:
    """Put the mean of several checkpoints into the trainer's model; the last one holds the final weights.

    Args:
        trainer: A trainer that has finished.
        scratch: Where its checkpoints lie.
        count: How many to average.
        by: ``last`` or ``best``.

    Returns:
        A line for the log: the last step, how many sets of weights were averaged, and what the evaluator says of them.
    """
    saved = checkpoints_in(scratch)
    steps = list(saved)
    chosen = best_steps(trainer.state.log_history, steps, count) if by == "best" else steps[-count:]
    target = scratch / "averaged"
    merge_folders([saved[step] for step in chosen], target)
    trainer._load_from_checkpoint(str(target))
    line = {"step": float(steps[-1]), "averaged": float(count)}
    if trainer.evaluator is not None:
        line |= {f"eval_{name}": value for name, value in trainer.evaluator(trainer.model).items()}
    return line
