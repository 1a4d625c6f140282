"""Phases and merges as stages: what runs again, what a kill repeats, what a card says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
import yaml
from safetensors.torch import load_file

from langret.errors import RecipeError
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.pipeline.runner import run_stages
from langret.recipe import load_recipe


@pytest.fixture()
def phased(own: Path) -> Path:
    """Two dense members in two phases each, and a third made of both."""
    recipe = yaml.safe_load((own / "own.yaml").read_text(encoding="utf-8"))
    recipe |= {
        "pretraining": [],
        "negatives": {"miners": [{"kind": "bm25", "last": 20}], "per_query": 2},
        "members": [
            {"head": "dense"},
            {"head": "dense", "name": "other", "training": {"lr": 1.0e-4}},
            {"head": "dense", "name": "both", "merge": {"members": ["dense", "other"], "how": "slerp"}},
        ],
    }
    recipe["training"] |= {"then": [{"lr": 2.0e-4, "epochs": 1, "passage_tokens": 60, "negatives": 0}]}
    (own / "own.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    return own


def plan_of(folder: Path, *changes: str):
    return plan_recipe(load_recipe(folder / "own.yaml", changes), runs=folder / "runs")


def to_do(folder: Path, *changes: str) -> set[str]:
    names = {row.name for row in plan_of(folder, *changes).rows() if not row.cached}
    return {name for name in names if name.startswith(("train-", "merge-"))}


def weights(folder: Path, stage: str) -> dict[str, torch.Tensor]:
    (found,) = (folder / "runs" / "own" / "stages").glob(f"{stage}-????????????")
    return load_file(found / "model" / "model.safetensors")


def test_phases_and_merges_are_stages_rows_and_cards(phased):
    result = run_recipe(load_recipe(phased / "own.yaml"), runs=phased / "runs")
    assert set(result.models) == {"dense", "other", "both"}
    assert {r.member for r in result.results} == {"dense", "other", "both", "bm25"}
    assert not to_do(phased)
    for stage in ("train-dense", "train-dense-2"):
        (folder,) = (phased / "runs" / "own" / "stages").glob(f"{stage}-????????????")
        assert (folder / "log.jsonl").read_text(encoding="utf-8")
        facts = json.loads((folder / "stage.json").read_text(encoding="utf-8"))
        assert ("negatives" in facts["inputs"]) == (stage == "train-dense")
    cards = {name: (folder / "README.md").read_text("utf-8") for name, folder in result.models.items()}
    assert "| phase 2 | epochs 1" in cards["dense"] and "lr 0.0002" in cards["dense"]
    assert "queries after 16 tokens, passages after 60 tokens" in cards["both"]
    assert "| merged | slerp of dense (0.5), other (0.5) |" in cards["both"]
    identity = json.loads((result.models["both"] / "langret.json").read_text(encoding="utf-8"))
    assert identity["member"] == "both" and identity["head"] == "dense"

    # the last phase alone, and the merge of its result
    change = "training.then.0.lr=1.0e-5"
    assert to_do(phased, change) == {"train-dense-2", "train-other-2", "merge-both"}
    # a third phase repeats none of the two before it
    third = "training.then=[{lr: 2.0e-4, epochs: 1, passage_tokens: 60, negatives: 0}, {batch_size: 4}]"
    assert to_do(phased, third) == {"train-dense-3", "train-other-3", "merge-both"}
    assert to_do(phased, "training.epochs=3") == {
        *("train-dense", "train-dense-2", "train-other", "train-other-2", "merge-both")
    }
    assert to_do(phased, "members.2.merge.how=mean") == {"merge-both"}
    assert to_do(phased, "members.2.merge.weights=[2, 2]") == set(), "shares are what counts"
    assert to_do(phased, "members.1.training.lr=1.0e-3") == {"train-other", "train-other-2", "merge-both"}


def test_a_phase_starts_from_the_weights_of_the_one_before(phased):
    """With a rate of nearly nothing the second phase ends where the first ended, and not at the backbone."""
    plan = plan_of(phased, "training.then.0.lr=1.0e-12", "training.weight_decay=0", "members=[{head: dense}]")
    run_stages([plan.models["dense"]], plan.store)
    first, second, start = (
        weights(phased, "train-dense"),
        weights(phased, "train-dense-2"),
        next((phased / "runs" / "own" / "stages").glob("tokenizer-*")) / "backbone" / "model.safetensors",
    )
    backbone = load_file(start)
    for name, weight in second.items():
        torch.testing.assert_close(weight, first[name], rtol=0, atol=1e-8)
    name = "layers.0.mlp.Wi.weight"
    assert not torch.allclose(second[name], backbone[f"model.{name}"], atol=1e-5)


def test_a_kill_in_the_second_phase_repeats_nothing_finished(phased, killed_in_training):
    change = ["members=[{head: dense, training: {average: 2, optimizer: schedule_free}}]"]
    killed_in_training(phased, "train-dense-2", 5, change)
    assert to_do(phased, *change) == {"train-dense-2"}
    loaded = load_recipe(phased / "own.yaml", change)
    ends = []
    for runs in ("runs", "fresh"):
        plan = plan_recipe(loaded, runs=phased / runs)
        done_stages = run_stages([plan.models["dense"]], plan.store)
        ends.append((done_stages["train-dense-2"].folder / "model" / "model.safetensors").read_bytes())
        assert not list((phased / runs / "own" / "scratch").glob("train-*"))
    assert ends[0] == ends[1]


def test_a_member_named_like_a_phase_of_another(phased):
    change = "members=[{head: dense}, {head: dense, name: dense-2, training: {then: []}}]"
    with pytest.raises(RecipeError, match=r"members.*another name"):
        plan_of(phased, change)


def test_schedule_free_is_missed_before_anything_runs(phased, monkeypatch):
    import importlib.util

    from langret.errors import MissingDependencyError

    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "schedulefree" else find(name, *rest)
    )
    with pytest.raises(MissingDependencyError, match=r"langret\[schedulefree\]"):
        plan_of(phased, "training.then.0.optimizer=schedule_free")
