"""On a GPU: the losses, gradients and scores of the processor. `make test-gpu` runs these."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import torch

from langret.evaluation.maxsim import search_packed
from langret.modeling import load_model, save_member
from langret.training.encoder import Encoder
from langret.training.maxsim import maxsim
from langret.training.objectives import Contrastive, Objective
from langret.training.targets import Targets
from tests.training.conftest import train_on

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no GPU"),
]
HEADS = ["dense", "colbert"]


def test_maxsim_and_its_gradients_are_those_of_the_processor():
    torch.manual_seed(1)
    given = [torch.randn(6, 5, 16, dtype=torch.float64), torch.randn(9, 7, 16, dtype=torch.float64)]
    mask = torch.rand(9, 7) < 0.7
    found = []
    for device in ("cpu", "cuda"):
        q, p = (t.to(device, copy=True).requires_grad_() for t in given)
        scores = maxsim(q, p, mask.to(device))
        scores.square().sum().backward()
        found.append([scores.detach().cpu(), q.grad.cpu(), p.grad.cpu()])
    for mine, theirs in zip(*found, strict=True):
        torch.testing.assert_close(mine, theirs)


@pytest.mark.parametrize("head", HEADS)
def test_a_step_has_the_loss_and_gradients_of_the_processor(taught, head):
    model, features = taught(head)
    labels = torch.zeros(2, 5, dtype=torch.int8)
    labels[0, 1] = labels[1, 3] = 1
    found = []
    for device in ("cpu", "cuda"):
        objective = Objective(Encoder(model.to(device)), [(1.0, Contrastive(0.5))]).to(device)
        moved = [{key: value.to(device) for key, value in part.items()} for part in features]
        objective.zero_grad()
        loss = objective(moved, Targets(labels=labels.to(device)))
        loss.backward()
        gradients = {
            name: p.grad.to("cpu", copy=True) for name, p in model.named_parameters() if p.grad is not None
        }
        found.append((loss.item(), gradients))
    (mine, gradients), (theirs, others) = found
    assert mine == pytest.approx(theirs, abs=1e-5)
    assert gradients.keys() == others.keys() and gradients
    for name, value in gradients.items():
        torch.testing.assert_close(value, others[name], atol=1e-5, rtol=1e-3, msg=name)


@pytest.mark.parametrize("precision", ["fp32", "auto"])
@pytest.mark.parametrize("head", HEADS)
def test_trains_and_is_read_again(small, tmp_path, head, precision):
    model, log = train_on(small, tmp_path / "scratch", head, precision=precision, evaluations=1)
    losses = [line["loss"] for line in log if "loss" in line]
    assert model.device.type == "cuda" and losses[-1] < losses[0]
    assert log[-1]["cost"]["device"] == torch.cuda.get_device_name()
    assert log[-1]["cost"]["peak_device_memory"] > 0
    facts = {"language": "toy", "version": "toy-1", "head": head, "segmented": True}
    save_member(model, tmp_path / "model", facts)
    after = load_model(tmp_path / "model").encode(small.texts[:3], "passage")
    given = {"is_query": False} if head == "colbert" else {}
    for mine, theirs in zip(model.encode(small.texts[:3], **given), after, strict=True):
        np.testing.assert_allclose(np.asarray(mine), theirs, atol=1e-4)


@pytest.mark.parametrize("head", HEADS)
def test_goes_on_where_it_stopped(small, tmp_path, head):
    """The order of sums on a GPU is not always the same, so that weights are near and not equal."""

    def stop(step, steps, figures):
        if step == 5:
            raise KeyboardInterrupt

    settings = {"micro_batch": 4, "lr": 1e-4}
    whole, log = train_on(small, tmp_path / "whole", head, **settings)
    with pytest.raises(KeyboardInterrupt):
        train_on(small, tmp_path / "cut", head, report=stop, **settings)
    continued, rest = train_on(small, tmp_path / "cut", head, **settings)
    found = [[line["loss"] for line in lines if "loss" in line] for lines in (log, rest)]
    assert found[1] == pytest.approx(found[0], abs=1e-3)
    for (name, value), other in zip(whole.state_dict().items(), continued.state_dict().values(), strict=True):
        torch.testing.assert_close(value, other, atol=1e-4, rtol=1e-2, msg=name)


def test_exact_search_finds_what_the_processor_finds():
    draw = np.random.default_rng(1)
    lengths = draw.integers(1, 30, size=300)
    tokens = draw.normal(size=(int(lengths.sum()), 16)).astype(np.float16)
    queries = [draw.normal(size=(int(n), 16)).astype(np.float32) for n in draw.integers(1, 9, size=70)]
    mine = search_packed(queries, tokens, lengths, 10)
    theirs = search_packed(queries, tokens, lengths, 10, device="cuda")
    np.testing.assert_allclose(theirs[0], mine[0], rtol=1e-4)
    assert (theirs[1] == mine[1]).mean() > 0.99


@pytest.mark.parametrize("launcher", ["torchrun", "accelerate"])
def test_launchers_give_their_process_the_gpu(tmp_path, launcher):
    """One process for the one GPU, with weights dealt out by FSDP over NCCL, through both launchers."""
    options = {
        "torchrun": ["torch.distributed.run", "--nproc-per-node", "1", "--master-port", "29533"],
        "accelerate": [
            *["accelerate.commands.launch", "--num_processes", "1", "--num_machines", "1"],
            *["--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "29534"],
        ],
    }[launcher]
    changes = [f"training.shard={str(launcher == 'torchrun').lower()}", "training.epochs=0.2"]
    changes += ["pretraining=[]", "members=[{head: dense}]", "training.evaluations=0"]
    command = [sys.executable, "-m", *options, "-m", "langret", "run", "quickstart/ja"]
    for change in changes:
        command += ["--set", change]
    done = subprocess.run([*command, "--runs", str(tmp_path / "runs")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-2000:]
    assert torch.cuda.get_device_name() in next((tmp_path / "runs").rglob("README.md")).read_text("utf-8")
