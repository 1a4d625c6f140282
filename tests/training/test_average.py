"""The result is the mean of the checkpoints that were asked for, and those are kept until the end."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from langret.errors import StageError
from langret.training.average import best_steps
from langret.training.checkpoints import checkpoints_in

TEN_STEPS = {"epochs": 2.5, "checkpoints": 5, "evaluations": 1}


def mean_of(folders: list[Path]) -> dict[str, torch.Tensor]:
    sets = [load_file(folder / "model.safetensors") for folder in folders]
    return {name: torch.stack([s[name].double() for s in sets]).mean(0).float() for name in sets[0]}


def test_the_last_checkpoints_are_kept_and_averaged(train, tmp_path):
    model, log = train(tmp_path, **TEN_STEPS, average=3)
    kept = checkpoints_in(tmp_path)
    assert list(kept) == [6, 8, 10]
    inside = model[0].auto_model.state_dict()
    for name, weight in mean_of([*kept.values()]).items():
        torch.testing.assert_close(inside[name], weight, rtol=0, atol=1e-7)
    assert not torch.equal(
        inside["layers.0.attn.Wqkv.weight"],
        load_file(kept[10] / "model.safetensors")["layers.0.attn.Wqkv.weight"],
    )
    line = log[-2]  # the cost stands behind it
    assert line["averaged"] == 3 and line["step"] == 10 and 0 < line["eval_ndcg@10"] <= 1


def test_the_best_checkpoints_are_kept_with_the_newest(train, tmp_path):
    """The rate is far too high, so that the best weights are not the last."""
    model, log = train(tmp_path, **TEN_STEPS, average_by="best", lr=0.3, schedule="constant")
    seen = {
        line["step"]: line["eval_ndcg@10"]
        for line in log
        if "eval_ndcg@10" in line and "averaged" not in line
    }
    assert list(seen) == [2, 4, 6, 8, 10], "every checkpoint is looked at"
    best = max(seen, key=lambda step: (seen[step], step))
    kept = checkpoints_in(tmp_path)
    assert best < 8 and sorted(kept) == [best, 8, 10]
    inside = model[0].auto_model.state_dict()
    for name, weight in load_file(kept[best] / "model.safetensors").items():
        assert torch.equal(inside[name], weight), name
    assert log[-2]["eval_ndcg@10"] == seen[best]


def test_of_equal_checkpoints_the_later_is_better():
    log = [{"step": step, "eval_ndcg@10": value} for step, value in ((2, 0.5), (4, 0.7), (6, 0.7), (8, 0.1))]
    assert best_steps(log, [2, 4, 6, 8], 1) == [6]
    assert best_steps(log, [2, 4, 6, 8], 3) == [2, 4, 6]


def test_fewer_steps_than_sets_of_weights(train, tmp_path):
    with pytest.raises(StageError, match=r"4 sets of weights .* of 3 steps 3 are saved"):
        train(tmp_path, epochs=0.75, average=4)
    assert not checkpoints_in(tmp_path), "nothing was trained"


def test_the_best_needs_held_out_queries(train, tmp_path):
    with pytest.raises(StageError, match="average_by: best"):
        train(tmp_path, held_out=None, average_by="best", evaluations=1)
