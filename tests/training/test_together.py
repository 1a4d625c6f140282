"""Two processes train as one process with the whole batch would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch.multiprocessing.spawn import ProcessExitedException, spawn

from langret.pipeline.devices import _free_port
from langret.training.trainer import last_checkpoint
from tests.training import crew


@pytest.fixture(scope="module")
def together(small, tmp_path_factory):
    """The folder in which two processes have trained, and the second was killed at the end."""
    folder: Path = Path(small.backbone.path).parent
    small.data.save(folder / "data")
    with pytest.raises(ProcessExitedException, match="SIGKILL"):
        spawn(crew.first_run, (str(folder), _free_port()), nprocs=2)
    return folder


def read(folder: Path, name: str):
    return [torch.load(folder / f"{name}-{number}.pt", weights_only=False) for number in (0, 1)]


def test_gathered_texts_stand_where_their_labels_do(together):
    for number in (0, 1):
        for total, found in json.loads((together / f"gathered-{number}.json").read_text()).items():
            count = int(total)
            assert found["rank"] == number
            for i, (text, mask) in enumerate(zip(found["texts"], found["mask"], strict=True)):
                assert text == [[i + 1.0] * 3] * (i + 1) + [[0.0] * 3] * (count - i - 1)
                assert mask == [True] * (i + 1) + [False] * (count - i - 1)
            for i, gradient in found["gradients"].items():
                own = int(i) % 2 == number
                # twice the weight, since the mean over two processes comes after
                assert gradient == (2.0 * int(i) if own else 0.0 if (count, number) == (1, 1) else None)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_two_processes_learn_what_one_does(small, together, head, tmp_path):
    weights, losses, log = crew.trained(small, head, tmp_path / "one")
    start, _, _ = crew.trained(small, head, tmp_path / "start", lr=1e-12)
    assert len(losses) == 8
    near = {"dense": 1e-5, "colbert": 4e-5}[head]  # for ties of MaxSim see crew.py
    # far more is learned than the tolerance
    assert max((value - start[name]).abs().max() for name, value in weights.items()) > 4 * near
    for other, seen, line in read(together, head):
        assert seen == pytest.approx(losses, abs=1e-5)
        for name, value in weights.items():
            assert torch.allclose(other[name], value, atol=near), name
        spent, alone = line[-1]["cost"], log[-1]["cost"]
        assert (spent["devices"], alone["devices"]) == (2, 1)
        for what in ("queries", "texts", "tokens", "steps"):
            assert spent[what] == alone[what], what


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_two_processes_that_share_out_the_weights_learn_what_one_does(small, together, head, tmp_path):
    weights, losses, _ = crew.trained(small, head, tmp_path / "one", checkpoints=4, average=2)
    (found, seen, _), (_, other, _) = read(together, f"sharded-{head}")
    assert seen == pytest.approx(losses, abs=1e-5)
    assert other == seen
    assert found.keys() == weights.keys()
    for name, value in weights.items():
        assert torch.allclose(found[name], value, atol={"dense": 1e-5, "colbert": 4e-5}[head]), name


def test_shared_out_weights_go_on_from_a_checkpoint(together):
    whole, resumed = read(together, "sharded-colbert")[0], read(together, "resumed")[0]
    assert resumed[1] == whole[1][6:]
    for name, value in whole[0].items():
        assert torch.equal(resumed[0][name], value), name


def test_two_processes_learn_the_same_masked_tokens(small, together, tmp_path):
    weights, log = crew.masked(small, tmp_path / "model", tmp_path / "scratch")
    for other, seen in read(together, "mlm"):
        for name, value in weights.items():
            assert torch.allclose(other[name], value, atol=1e-5), name
        losses = [[line["loss"] for line in lines if "loss" in line] for lines in (seen, log)]
        assert losses[0] == pytest.approx(losses[1], abs=1e-3)


def test_two_processes_go_on_after_one_was_killed(together):
    assert last_checkpoint(together / "killed") == str(together / "killed" / "checkpoint-4")
    before = json.loads((together / "killed" / "cost-0.json").read_text())
    spawn(crew.second_run, (str(together), _free_port()), nprocs=2)
    whole, again = read(together, "colbert")[0], read(together, "again")
    for weights, _, log in again:
        for name, value in whole[0].items():
            assert torch.equal(weights[name], value), name
        cost = log[-1]["cost"]
        assert before["steps"] >= 5
        assert cost["steps"] == before["steps"] + len(whole[1]) - 4
        assert cost["seconds"] > before["seconds"]
