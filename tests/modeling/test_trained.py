"""A member goes on from what it was, its head included; only the lengths are new."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoConfig, XLMRobertaConfig, XLMRobertaModel

from langret.errors import ModelError
from langret.modeling import build_member, open_backbone, save_member
from langret.modeling.decoders import must_read
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


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_texts_longer_than_an_encoder_has_positions_are_refused(tiny, spaced, head, tmp_path):
    backbone = open_backbone(tiny)
    most = AutoConfig.from_pretrained(tiny).max_position_embeddings
    member = Member(head=head, dimension=16)
    model = build_member(backbone, member, spaced, query_tokens=8, passage_tokens=most, seed=5)
    save_member(model, tmp_path / "model", {"language": "spaced", "version": "spaced-1", "head": head})
    said = rf"at most; {most + 1} are asked for.*passage_tokens"
    with pytest.raises(ModelError, match=said):
        build_member(backbone, member, spaced, query_tokens=8, passage_tokens=most + 1, seed=5)
    with pytest.raises(ModelError, match=said):
        open_member(tmp_path / "model", head, query_tokens=8, passage_tokens=most + 1)


def test_roberta_counts_positions_from_behind_the_padding():
    config = {"vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1}
    encoder = XLMRobertaModel(
        XLMRobertaConfig(**config, intermediate_size=8, max_position_embeddings=18, pad_token_id=1)
    )
    must_read(encoder, 16, "m")
    encoder(torch.full((1, 16), 5))
    with pytest.raises(ModelError, match="16 tokens at most; 17 are asked for"):
        must_read(encoder, 17, "m")
