"""A member goes on from what it was, its head included; only the lengths are new."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from langret.modeling import build_member, open_backbone, save_member
from langret.modeling.trained import open_member
from langret.recipe.schema import Member
from langret.tokenizer import encode_texts

TEXTS = ["the red house on a hill", "the old boat", "where is the lake"]


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_weights_stay_and_lengths_change(tiny, spaced, head, tmp_path):
    passages = encode_texts(TEXTS, tiny, tmp_path / "ids", language=None, processes=1)
    member = Member(head=head, dimension=16, pooling="idf" if head == "dense" else None)
    model = build_member(
        open_backbone(tiny), member, spaced, query_tokens=8, passage_tokens=16, seed=5, passages=passages
    )
    facts = {"language": "spaced", "version": "spaced-1", "segmented": False, "head": head}
    save_member(model, tmp_path / "model", facts)
    again = open_member(tmp_path / "model", head, query_tokens=16, passage_tokens=32)
    for (name, a), (other, b) in zip(model.state_dict().items(), again.state_dict().items(), strict=True):
        assert name == other and torch.equal(a, b), name
    assert [n for n, p in again.named_parameters() if p.requires_grad] == [
        n for n, p in model.named_parameters() if p.requires_grad
    ]
    assert again.max_seq_length == 32
    if head == "colbert":
        assert (again.query_length, again.document_length) == (16, 32)
        assert again.skiplist == model.skiplist and again.query_prefix_id == model.query_prefix_id
    else:
        np.testing.assert_array_equal(model.encode(TEXTS), again.encode(TEXTS))
