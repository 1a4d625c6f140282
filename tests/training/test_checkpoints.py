"""A training that was killed goes on to the same bytes, and takes no other training's checkpoints for its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from langret.errors import StageError
from langret.training.checkpoints import checkpoints_in, last_checkpoint
from langret.training.trainer import StepLoader

KILLED_AT = 10
CASES = {
    "dense, adamw, last": ("dense", {"average": 3}),
    "dense, schedule-free, best": (
        "dense",
        {"optimizer": "schedule_free", "average": 2, "average_by": "best"},
    ),
    "colbert, adamw, best": ("colbert", {"average": 2, "average_by": "best", "layer_decay": 0.9}),
    "colbert, schedule-free, last": ("colbert", {"optimizer": "schedule_free", "average": 3}),
}
LONG = {"epochs": 4, "evaluations": 2}


@pytest.fixture(scope="module")
def killed(small, tmp_path_factory) -> Path:
    """A folder for each case with what a training left that was killed with SIGKILL in its third epoch.

    One program imports the libraries and forks; each child trains, and is killed by the system.
    """
    folder = tmp_path_factory.mktemp("killed")
    program = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import torch
torch.set_num_threads(1)
from pathlib import Path
from types import SimpleNamespace
from conftest import Toy, train_on
from langret.language import registry
registry._entry_points()["toy"] = SimpleNamespace(name="toy", value="toy", load=lambda: Toy)
from langret.data.records import Collection
from langret.modeling import open_backbone
from langret.tokenizer import TokenStore
def report(step, steps, figures):
    if step == {KILLED_AT}: os.kill(os.getpid(), signal.SIGKILL)
place, folder = Path({str(Path(small.backbone.path).parent)!r}), Path({str(folder)!r})
for number, (head, changes) in enumerate({list(CASES.values())!r}):
    child = os.fork()
    if not child:
        small = SimpleNamespace(
            backbone=open_backbone(place / "backbone"), language=registry.get_language("toy"),
            data=Collection.load(folder / "data"),
            queries=TokenStore.open(place / "q"), passages=TokenStore.open(place / "p"))
        train_on(small, folder / str(number), head, **{LONG!r}, **changes, report=report)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
"""
    small.data.save(folder / "data")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.fixture()
def one_thread():
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills as on POSIX")
@pytest.mark.parametrize("case", CASES)
def test_continues_exactly_after_a_kill(train, killed, case, tmp_path, monkeypatch, one_thread):
    head, changes = CASES[case]
    scratch = killed / str([*CASES].index(case))
    assert last_checkpoint(scratch) == str(scratch / "checkpoint-8")
    read: dict[int, dict[str, bytes]] = {}
    item = StepLoader.__getitem__

    def recorded(self, step):
        features = item(self, step)
        read[step] = {name: value.numpy().tobytes() for name, value in features.items()}
        return features

    monkeypatch.setattr(StepLoader, "__getitem__", recorded)
    whole, log = train(tmp_path / "whole", head, **LONG, **changes)
    unbroken = dict(read)
    read.clear()
    continued, rest = train(scratch, head, **LONG, **changes)
    assert sorted(read) == [*range(8, 16)]
    assert all(read[step] == unbroken[step] for step in read)
    figures = ("step", "loss", "learning_rate", "grad_norm", "eval_ndcg@10", "averaged")
    kept = [[{k: line.get(k) for k in figures} for line in lines] for lines in (log, rest)]
    assert kept[0] == kept[1] and kept[0][-2]["averaged"] == changes["average"]
    for (name, a), b in zip(whole.state_dict().items(), continued.state_dict().values(), strict=True):
        assert a.numpy().tobytes() == b.numpy().tobytes(), name


def test_a_kill_between_the_last_step_and_the_end_repeats_no_step(train, tmp_path, one_thread):
    """Everything is there but the result: it is made of the checkpoints again."""
    whole, _ = train(tmp_path, epochs=1, average=2)
    (tmp_path / "averaged" / "model.safetensors").unlink()
    again, log = train(tmp_path, epochs=1, average=2)
    assert log[-2]["averaged"] == 2
    for (name, a), b in zip(whole.state_dict().items(), again.state_dict().values(), strict=True):
        assert a.numpy().tobytes() == b.numpy().tobytes(), name


def test_half_written_checkpoint_is_not_used(tmp_path):
    for step, complete in ((10, True), (9, True), (20, False)):
        (tmp_path / f"checkpoint-{step}").mkdir()
        if complete:
            (tmp_path / f"checkpoint-{step}" / "trainer_state.json").write_text("{}")
    assert list(checkpoints_in(tmp_path)) == [9, 10]
    assert last_checkpoint(tmp_path) == str(tmp_path / "checkpoint-10")


def test_checkpoints_of_another_training_are_refused(train, tmp_path):
    train(tmp_path, epochs=1)
    for head, changes in (("dense", {"lr": 1e-3}), ("dense", {"batch_size": 8}), ("colbert", {})):
        with pytest.raises(StageError, match=r"another training's.*folder of its own"):
            train(tmp_path, head, epochs=1, **changes)
    for folder in tmp_path.glob("checkpoint-*"):
        shutil.rmtree(folder)
    train(tmp_path, epochs=1, lr=1e-3)
