"""What the trainer does for an objective: a full device, weights of the objective's own, targets of every kind."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from langret.errors import StageError
from langret.modeling import build_member
from langret.pipeline.work.shared import logged, reporter
from langret.recipe.schema import Member, Training
from langret.training.encoder import Encoder
from langret.training.objectives import objective_of
from langret.training.sets import TrainingSet
from langret.training.shapes import shapes_of
from langret.training.trainer import Schedule, StepLoader, fit

LENGTHS = {"query_tokens": 16, "passage_tokens": 32}
STEPS = 8


class Taught:
    """A training set whose teacher scores three passages of each query, and knows a vector of every text."""

    def __init__(self, small):
        self.set = TrainingSet.build(
            small.data, None, small.queries, small.passages, batch_size=8, hard=0, in_batch=True, seed=2
        )

    def batch(self, step):
        batch = self.set.batch(step)
        draw = np.random.default_rng(step)
        teacher = draw.normal(size=batch.labels.shape).astype(np.float32)
        teacher[draw.random(teacher.shape) < 0.5] = np.nan
        vectors = tuple(
            np.stack([np.bincount(ids % 12, minlength=12) for ids in texts]).astype(np.float32)
            for texts in (batch.queries, batch.passages)
        )
        return replace(batch, teacher=teacher, teacher_vectors=vectors)


def train(small, scratch, head="dense", report=None, **settings):
    model = build_member(small.backbone, Member(head=head), small.language, **LENGTHS, seed=1)
    training = Training(**settings)
    objective = objective_of(model, training, head, from_scratch=False, teacher_size=12, seed=5)
    loader = StepLoader(Taught(small), *shapes_of(model, small.backbone, **LENGTHS), STEPS)
    schedule = Schedule(STEPS, 1e-3, precision="fp32", checkpoints=4, seed=1)
    return objective, fit(model, objective, loader, schedule, scratch, report=report)


@pytest.mark.parametrize(
    ("head", "settings"),
    [
        ("dense", {"mask_above": 0.0, "contrast": ["queries", "passages"], "matryoshka": [8]}),
        ("colbert", {"mask_above": 0.0, "contrast": ["queries", "passages"], "micro_batch": 4}),
        ("dense", {"distill": {"teacher": "t", "loss": "margin_mse", "contrastive": 0.2}}),
        ("colbert", {"distill": {"teacher": "t"}, "matryoshka": [16]}),
    ],
)
def test_every_kind_of_target_reaches_the_objective(small, tmp_path, head, settings):
    _, log = train(small, tmp_path, head, **settings)
    lines = [line for line in log if "loss" in line]
    assert len(lines) == STEPS and all(np.isfinite(line["loss"]) for line in lines)
    share = "masked_negatives" if "mask_above" in settings else "teacher_unused"
    assert all(0 <= line[share] <= 1 for line in lines)


def test_a_projection_goes_on_where_it_was(small, tmp_path):
    """It is no part of the model, so the checkpoint keeps it beside."""
    settings = {"distill": {"teacher": "t", "loss": "vectors"}}
    whole, log = train(small, tmp_path / "whole", **settings)

    def stop(step, steps, figures):
        if step == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(small, tmp_path / "cut", report=stop, **settings)
    continued, rest = train(small, tmp_path / "cut", **settings)
    losses = [[line["loss"] for line in lines if "loss" in line] for lines in (log, rest)]
    assert losses[0] == losses[1]
    for (name, a), b in zip(whole.state_dict().items(), continued.state_dict().values(), strict=True):
        assert torch.equal(a, b), name
    assert losses[0][-1] < losses[0][0]
    assert "projection" not in "".join(whole.model.state_dict())


@pytest.fixture
def narrow(monkeypatch):
    """A device with room for two texts; the first call that exceeds it in a backward pass fails there."""
    embed, calls = Encoder.embed, []

    def tight(self, features):
        calls.append(len(features["input_ids"]))
        if calls[-1] > 2:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return embed(self, features)

    monkeypatch.setattr(Encoder, "embed", tight)
    return calls


def test_out_of_memory_halves_the_micro_batch_and_goes_on(small, tmp_path, narrow):
    told = []
    objective, log = train(
        small, tmp_path, micro_batch=8, report=lambda step, steps, figures: told.append((step, figures))
    )
    assert objective.encoder.micro_batch == 2
    assert [line["micro_batch"] for line in log if "micro_batch" in line] == [4, 2]
    assert [(step, f["micro_batch"]) for step, f in told if "micro_batch" in f] == [(0, 4), (0, 2)]
    assert len([line for line in log if "loss" in line]) == STEPS
    assert max(narrow[2:]) == 2


def test_a_step_that_fails_in_the_backward_pass_is_done_again_from_nothing(small, tmp_path, monkeypatch):
    """Gradients of the failed half are forgotten: the weights are those of a run with the smaller parts throughout."""
    expected, _ = train(small, tmp_path / "a", micro_batch=4)
    embed, failed = Encoder.embed, []

    def once(self, features):
        if torch.is_grad_enabled() and len(features["input_ids"]) == 8 and narrow_again(failed):
            raise torch.AcceleratorError("CUDA error: out of memory")  # CUDA's own, not the allocator's
        return embed(self, features)

    def narrow_again(failed):
        failed.append(1)
        return len(failed) == 3  # both parts were encoded, and one of them again

    monkeypatch.setattr(Encoder, "embed", once)
    found, log = train(small, tmp_path / "b", micro_batch=8)
    assert [line["micro_batch"] for line in log if "micro_batch" in line] == [4]
    for (name, a), b in zip(expected.state_dict().items(), found.state_dict().values(), strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=1e-6, msg=name)


def test_out_of_memory_without_parts_says_what_to_set(small, tmp_path, narrow):
    with pytest.raises(StageError, match=r"out of memory.*Set training\.micro_batch"):
        train(small, tmp_path)


def test_halving_is_in_the_progress_line_and_the_summary(tmp_path):
    seen = []
    context = SimpleNamespace(folder=tmp_path, progress=lambda *arguments: seen.append(arguments))
    report = reporter(context)
    report(3, 8, {"loss": 0.5})
    report(3, 8, {"micro_batch": 4.0})
    assert seen[-1] == (3, 8, "loss 0.500 memory full: micro_batch now 4")
    log = [{"micro_batch": 4, "step": 3}, {"micro_batch": 2, "step": 5}, {"loss": 0.4, "step": 8}]
    assert logged(context, [*log, {"cost": {}}]) == {"loss": 0.4, "micro_batch": 2, "cost": {}}
