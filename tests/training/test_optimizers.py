"""Schedules, schedule-free weights, clipping and rates reach the optimiser."""

from __future__ import annotations

import importlib.util

import pytest
import torch
from safetensors.torch import load_file

from langret.errors import MissingDependencyError
from langret.training import trainer
from langret.training.checkpoints import checkpoints_in
from langret.training.encoder import Encoder
from langret.training.shapes import shapes_of
from langret.training.watch import HeldOut


def rates(log):
    return [line["learning_rate"] for line in log if "loss" in line]


@pytest.mark.parametrize("schedule", ["linear", "cosine", "constant"])
def test_the_rate_rises_and_goes_on_as_asked(train, tmp_path, schedule):
    """Eight steps, two of them to warm up."""
    _, log = train(tmp_path, schedule=schedule, warmup=0.25)
    found = rates(log)
    assert len(found) == 8 and found[1] == pytest.approx(1.5e-3) and max(found) == pytest.approx(3e-3)
    half = {"linear": 3e-3 * (1 - 3 / 6), "cosine": 1.5e-3, "constant": 3e-3}[schedule]
    early = {"linear": 3e-3 * 5 / 6, "cosine": 3e-3 * 0.933, "constant": 3e-3}[schedule]
    assert found[5] == pytest.approx(half)
    assert found[3] == pytest.approx(early, rel=1e-3)


def test_the_mean_of_the_steps_is_what_schedule_free_saves_and_returns(train, tmp_path):
    model, log = train(tmp_path, optimizer="schedule_free")
    assert len(set(rates(log))) == 1
    last = checkpoints_in(tmp_path)[8]
    state = torch.load(last / "optimizer.pt", weights_only=True)
    assert [group["train_mode"] for group in state["param_groups"]] == [False, False]
    saved = load_file(last / "model.safetensors")
    inside = model[0].auto_model.state_dict()
    assert all(torch.equal(inside[name], weight) for name, weight in saved.items())
    # the weights that gradients were taken at last lie elsewhere
    optimum = [s["z"] for s in state["state"].values() if "z" in s]
    assert optimum and not any(
        torch.equal(z, w) for z in optimum for w in inside.values() if z.shape == w.shape
    )


def test_the_mean_is_what_held_out_queries_see(small, train, tmp_path):
    model, log = train(tmp_path, optimizer="schedule_free", evaluations=2)
    seen = [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line]
    shapes = shapes_of(model, small.backbone, query_tokens=16, passage_tokens=32)
    encoder = Encoder(model)
    watch = HeldOut(small.data, small.data, small.queries, small.passages, *shapes, encoder, 3)
    assert watch(model)["ndcg@10"] == seen[-1]


def test_without_its_package_schedule_free_names_the_extra(train, tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"langret\[schedulefree\]"):
        train(tmp_path, optimizer="schedule_free")


@pytest.fixture()
def prepared(monkeypatch):
    """Trainers that were made and not run."""
    made = []
    monkeypatch.setattr(trainer, "run", lambda made_one, scratch, report: made.append(made_one) or [])
    return made


def test_layers_learn_at_rates_of_their_own(train, tmp_path, prepared):
    train(tmp_path, dimension=16, layer_decay=0.5, optimizer="schedule_free")
    optimizer = prepared[0].create_optimizer()
    names = {id(p): name for name, p in prepared[0].model.named_parameters()}
    found = {}
    for group in optimizer.param_groups:
        found.setdefault(group["lr"], []).extend(names[id(p)] for p in group["params"])
    assert sorted(found) == [3e-3 / 4, 3e-3 / 2, 3e-3]
    assert all("auto_model.layers.0." in name for name in found[3e-3 / 2])
    assert all("auto_model.embeddings." in name for name in found[3e-3 / 4])
    assert any(name.endswith("linear.weight") for name in found[3e-3])
    trained = [name for name, p in prepared[0].model.named_parameters() if p.requires_grad]
    assert sorted(name for group in found.values() for name in group) == sorted(trained)


@pytest.mark.parametrize(("clip", "norm"), [(None, 0.0), (0.5, 0.5)])
def test_gradients_are_clipped_or_left(train, tmp_path, prepared, clip, norm):
    train(tmp_path, clip=clip)
    assert prepared[0].args.max_grad_norm == norm


def test_a_frozen_encoder_trains_its_head_alone(train, tmp_path):
    first, _ = train(tmp_path / "a", dimension=16, freeze=1, epochs=0.25)
    later, _ = train(tmp_path / "b", dimension=16, freeze=1, epochs=2)
    for (name, a), b in zip(first.state_dict().items(), later.state_dict().values(), strict=True):
        frozen = "auto_model.embeddings" in name or "auto_model.layers" in name or "emb_layer" in name
        assert torch.equal(a, b) == frozen, name
