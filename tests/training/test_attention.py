"""Under bf16 on a processor, attention alone is in fp32, and nothing of it stays behind."""

from __future__ import annotations

import json

import pytest
import torch

from langret.modeling import build_member, save_member
from langret.recipe.schema import Member
from langret.training.attention import NAME, fp32_attention
from tests.training.conftest import train_on

LENGTHS = {"query_tokens": 16, "passage_tokens": 32}


@pytest.fixture
def kinds(monkeypatch):
    """Types in which attention is computed, as it happens."""
    seen = []
    inner = torch.nn.functional.scaled_dot_product_attention

    def noted(query, *args, **kwargs):
        seen.append((query.dtype, torch.is_autocast_enabled("cpu")))
        return inner(query, *args, **kwargs)

    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", noted)
    return seen


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_trains_in_bf16_with_attention_in_fp32(small, tmp_path, head, kinds):
    _, exact = train_on(small, tmp_path / "fp32", head, precision="fp32")
    kinds.clear()
    model, log = train_on(small, tmp_path / "bf16", head, precision="bf16")
    assert set(kinds) == {(torch.float32, False)}
    assert model[0].auto_model.config._attn_implementation == "sdpa"
    losses = [[line["loss"] for line in lines if "loss" in line] for lines in (exact, log)]
    assert losses[0] == pytest.approx(losses[1], rel=0.05)


def test_fp32_is_left_as_it_is(small, tmp_path, monkeypatch):
    def never(model):
        raise AssertionError

    monkeypatch.setattr("langret.training.trainer.fp32_attention", never)
    train_on(small, tmp_path, precision="fp32")


def test_what_is_saved_meanwhile_does_not_name_it(small, tmp_path):
    model = build_member(small.backbone, Member(head="dense"), small.language, **LENGTHS, seed=1)
    with pytest.raises(KeyError), fp32_attention(model):
        assert model[0].auto_model.config._attn_implementation == NAME
        save_member(model, tmp_path, {"language": "toy", "version": "toy-1", "head": "dense"})
        raise KeyError
    assert model[0].auto_model.config._attn_implementation == "sdpa"
    assert NAME not in (tmp_path / "config.json").read_text()
    assert json.loads((tmp_path / "config.json").read_text())["model_type"] == "modernbert"
