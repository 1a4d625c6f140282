"""Alarms are told once, stand in the log, and stop nothing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from langret.training.alarms import Alarms, collapse, divergence
from langret.training.embedded import Texts
from langret.training.watch import mean_cosine, middle


def losses(*values: float) -> list[dict[str, float]]:
    return [{"step": step, "loss": value} for step, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "rings"),
    [
        ([3, 2, 1, 0.5, 0.4, 0.3, 0.3], False),
        ([3, 2, 1, 1, 1, 4, 4, 4, 4, 4], True),
        ([3, 2, 1, 1, 1, 4, 4, 1, 1, 1, 1, 1], False),  # a spike that passes
        ([3, 1, 0.01, 0.01, 0.01, 0.05, 0.05, 0.05, 0.05, 0.05], False),  # tiny losses are noisy
        ([3, 4, 5], False),  # too early
    ],
)
def test_a_loss_that_rises_for_good(values, rings):
    assert (divergence(losses(*values)) is not None) == rings


@pytest.mark.parametrize(
    ("seen", "rings"),
    [([], False), ([0.3, 0.2, 0.4], False), ([0.99], True), ([0.2, 0.85], True), ([0.9, 0.95], False)],
)
def test_vectors_that_become_the_same(seen, rings):
    assert (collapse([{"eval_similarity": value} for value in seen]) is not None) == rings


def test_an_alarm_rings_once_and_stays_in_the_log():
    told = []
    state = SimpleNamespace(log_history=[], global_step=0, max_steps=20)
    alarms = Alarms(lambda step, steps, figures: told.append(figures["alarm"]))
    for step, value in enumerate([3, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9]):
        state.global_step = step
        state.log_history.append({"step": step, "loss": value})
        alarms.on_log(None, state, None)
    assert len(told) == 1 and told[0].startswith("step 7: the loss rises") and "training.lr" in told[0]
    assert [entry["alarm"] for entry in state.log_history if "alarm" in entry] == ["divergence"]
    # another process that goes on with this log rings no second time
    Alarms(lambda *args: told.append("again")).on_log(None, state, None)
    assert len(told) == 1


def test_mean_cosine_of_pairs():
    vectors = torch.nn.functional.normalize(
        torch.randn(7, 5, generator=torch.Generator().manual_seed(1)), dim=1
    )
    pairs = (vectors @ vectors.T).numpy()[~np.eye(7, dtype=bool)]
    assert mean_cosine(vectors) == pytest.approx(pairs.mean(), abs=1e-6)
    assert mean_cosine(vectors[:1].repeat(4, 1)) == pytest.approx(1)
    assert mean_cosine(vectors[:1]) == 0


def test_passages_of_many_vectors_meet_token_by_token():
    tokens = torch.nn.functional.normalize(
        torch.randn(3, 4, 5, generator=torch.Generator().manual_seed(1)), dim=2
    )
    mask = torch.tensor([[True, True, False, False], [True] * 4, [True, True, True, False]])
    kept = [passage[counts] for passage, counts in zip(tokens, mask, strict=True)]
    pairs = [(kept[i] @ kept[j].T).mean().item() for i in range(3) for j in range(3) if i != j]
    assert mean_cosine(middle(Texts(tokens, mask))) == pytest.approx(np.mean(pairs), abs=1e-6)
