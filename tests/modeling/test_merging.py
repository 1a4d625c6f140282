"""Means and arcs between weights, and the folders that they make."""

from __future__ import annotations

import json
import math
import shutil

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from langret.errors import ModelError
from langret.modeling import build_member, load_model, open_backbone, save_member
from langret.modeling.merging import mean, merge_folders, slerp
from langret.recipe.schema import Member


def test_the_mean_counts_shares_in_proportion():
    a, b = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 4.0])
    assert mean([a, b], [3, 1]).tolist() == [0.75, 1.0]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(0, 1000))
def test_the_mean_of_equals_is_the_same_to_the_last_bit(count, seed):
    weight = torch.randn(7, 3, generator=torch.Generator().manual_seed(seed))
    assert torch.equal(mean([weight] * count, [1 / count] * count), weight)
    assert torch.equal(slerp(weight, weight, 0.3), weight)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.integers(0, 1000))
def test_slerp_keeps_the_length_and_divides_the_angle(share, seed):
    draw = torch.Generator().manual_seed(seed)
    a, b = (torch.nn.functional.normalize(torch.randn(12, generator=draw).double(), dim=0) for _ in range(2))
    found = slerp(a.reshape(3, 4), b.reshape(3, 4), share)
    assert found.shape == (3, 4) and found.norm().item() == pytest.approx(1)
    angle = math.acos(float(a @ b))
    assert math.acos(min(1, float(found.flatten() @ a))) == pytest.approx(share * angle, abs=1e-6)
    torch.testing.assert_close(slerp(a, b, 0.0), a)
    torch.testing.assert_close(slerp(a, b, 1.0), b)


@pytest.mark.parametrize("other", [torch.zeros(4), -torch.ones(4), 2 * torch.ones(4)])
def test_slerp_without_an_arc_is_the_mean(other):
    one = torch.ones(4)
    assert torch.equal(slerp(one, other, 0.25), mean([one, other], [0.75, 0.25]))


@pytest.fixture(scope="module")
def models(tiny, spaced, tmp_path_factory):
    """Two dense members and a ColBERT over one backbone, with noise of their own."""
    folder = tmp_path_factory.mktemp("models")
    facts = {"language": "spaced", "version": "spaced-1", "segmented": False}
    for name, head in (("a", "dense"), ("b", "dense"), ("c", "colbert"), ("d", "colbert")):
        member = Member(head=head, dimension=16)
        lengths = {"query_tokens": 16, "passage_tokens": 32}
        model = build_member(open_backbone(tiny), member, spaced, **lengths, seed=ord(name))
        torch.manual_seed(ord(name))
        with torch.no_grad():
            for weight in model.parameters():
                weight.add_(torch.randn_like(weight), alpha=0.05)
        save_member(model, folder / name, {**facts, "head": head})
    return folder


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("c", "d")])
@pytest.mark.parametrize("how", ["mean", "slerp"])
def test_a_merged_model_loads_and_lies_between(models, one, other, how, tmp_path):
    merge_folders([models / one, models / other], tmp_path / "m", how=how, shares=[1, 3])
    for file in sorted((models / one).rglob("*.safetensors")):
        name = file.relative_to(models / one)
        sets = [load_file(folder / name) for folder in (models / one, models / other, tmp_path / "m")]
        for key, merged in sets[2].items():
            arithmetic = mean if how == "mean" else lambda pair, _: slerp(*pair, 0.75)
            assert torch.equal(merged, arithmetic([sets[0][key], sets[1][key]], [1, 3])), key
            assert not torch.equal(merged, sets[0][key]), key
    vectors = [
        load_model(folder).encode(["red house", "boat"], "query") for folder in (tmp_path / "m", models / one)
    ]
    assert np.asarray(vectors[0][0]).shape == np.asarray(vectors[1][0]).shape
    assert not np.allclose(vectors[0][0], vectors[1][0])


def test_what_was_there_is_replaced(models, tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "old").touch()
    merge_folders([models / "a", models / "b"], tmp_path / "m")
    assert not (tmp_path / "m" / "old").exists()


@pytest.mark.parametrize("what", ["heads", "tokenizers", "other files", "shape"])
def test_models_that_do_not_fit_are_refused(models, tmp_path, what):
    other = tmp_path / "other"
    shutil.copytree(models / ("c" if what == "heads" else "b"), other)
    if what == "tokenizers":
        facts = json.loads((other / "tokenizer.json").read_text(encoding="utf-8"))
        facts["model"]["vocab"].popitem()
        (other / "tokenizer.json").write_text(json.dumps(facts), encoding="utf-8")
    if what == "other files":
        (other / "model.safetensors").rename(other / "weights.safetensors")
    if what == "shape":
        weights = load_file(other / "model.safetensors")
        name = next(iter(weights))
        save_file({**weights, name: weights[name][:-1].contiguous()}, other / "model.safetensors")
    with pytest.raises(ModelError, match=f"cannot be merged with .*{what}.*same head"):
        merge_folders([models / "a", other], tmp_path / "m")
    assert not (tmp_path / "m").exists()
