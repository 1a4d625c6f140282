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
from langret.recipe.schema import Member, Training
from langret.training import train_member
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
SETTINGS = {
    "epochs": 4,
    "batch_size": 16,
    "negatives": 0,
    "lr": 3e-3,
    "checkpoints": 4,
    "evaluations": 2,
    "query_tokens": 16,
    "passage_tokens": 32,
}


def fit(small, scratch, head, changes):
    return train_member(
        small.backbone,
        Member(head=head),
        small.language,
        Training(**{**SETTINGS, **changes}),
        small.data,
        None,
        small.queries,
        small.passages,
        scratch,
        from_scratch=True,
        held_out=small.data,
        seed=3,
    )


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
from conftest import Toy
from langret.language import registry
registry._entry_points()["toy"] = SimpleNamespace(name="toy", value="toy", load=lambda: Toy)
from langret.data.records import Collection
from langret.modeling import open_backbone
from langret.recipe.schema import Member, Training
from langret.tokenizer import TokenStore
from langret.training import train_member
def report(step, steps, figures):
    if step == {KILLED_AT}: os.kill(os.getpid(), signal.SIGKILL)
place = Path({str(Path(small.backbone.path).parent)!r})
data = Collection.load({str(folder / "data")!r})
for number, (head, changes) in enumerate({list(CASES.values())!r}):
    child = os.fork()
    if not child:
        train_member(
            open_backbone(place / "backbone"), Member(head=head), registry.get_language("toy"),
            Training(**{{**{SETTINGS!r}, **changes}}), data, None, TokenStore.open(place / "q"),
            TokenStore.open(place / "p"), Path({str(folder)!r}) / str(number),
            from_scratch=True, held_out=data, seed=3, report=report)
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
def test_continues_exactly_after_a_kill(small, killed, case, tmp_path, monkeypatch, one_thread):
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
    whole, log = fit(small, tmp_path / "whole", head, changes)
    unbroken = dict(read)
    read.clear()
    continued, rest = fit(small, scratch, head, changes)
    # the first batch is what tells whose the checkpoints are
    assert sorted(read) == [0, *range(8, 16)]
    assert all(read[step] == unbroken[step] for step in read)
    figures = ("step", "loss", "learning_rate", "grad_norm", "eval_ndcg@10", "averaged")
    kept = [[{k: line.get(k) for k in figures} for line in lines] for lines in (log, rest)]
    assert kept[0] == kept[1] and kept[0][-1]["averaged"] == changes["average"]
    for (name, a), b in zip(whole.state_dict().items(), continued.state_dict().values(), strict=True):
        assert a.numpy().tobytes() == b.numpy().tobytes(), name


def test_a_kill_between_the_last_step_and_the_end_repeats_no_step(small, tmp_path, one_thread):
    """Everything is there but the result: it is made of the checkpoints again."""
    changes = {"epochs": 1, "average": 2}
    whole, _ = fit(small, tmp_path, "dense", changes)
    (tmp_path / "averaged" / "model.safetensors").unlink()
    again, log = fit(small, tmp_path, "dense", changes)
    assert log[-1]["averaged"] == 2
    for (name, a), b in zip(whole.state_dict().items(), again.state_dict().values(), strict=True):
        assert a.numpy().tobytes() == b.numpy().tobytes(), name


def test_half_written_checkpoint_is_not_used(tmp_path):
    for step, complete in ((10, True), (9, True), (20, False)):
        (tmp_path / f"checkpoint-{step}").mkdir()
        if complete:
            (tmp_path / f"checkpoint-{step}" / "trainer_state.json").write_text("{}")
    assert list(checkpoints_in(tmp_path)) == [9, 10]
    assert last_checkpoint(tmp_path) == str(tmp_path / "checkpoint-10")


def test_checkpoints_of_another_training_are_refused(small, tmp_path):
    fit(small, tmp_path, "dense", {"epochs": 1, "evaluations": 0})
    for head, changes in (("dense", {"lr": 1e-3}), ("dense", {"batch_size": 8}), ("colbert", {})):
        with pytest.raises(StageError, match=r"another training's.*folder of its own"):
            fit(small, tmp_path, head, {"epochs": 1, "evaluations": 0, **changes})
    shutil.rmtree(tmp_path / "checkpoint-4")
    for folder in tmp_path.glob("checkpoint-*"):
        shutil.rmtree(folder)
    fit(small, tmp_path, "dense", {"epochs": 1, "evaluations": 0, "lr": 1e-3})
