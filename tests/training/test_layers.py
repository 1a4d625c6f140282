"""Layers are found in any architecture, learn at falling rates, and can be frozen."""

from __future__ import annotations

import re

import pytest
from torch import nn
from transformers import (
    AlbertConfig,
    AutoModel,
    BertConfig,
    MistralConfig,
    ModernBertConfig,
    Qwen2Config,
    XLMRobertaConfig,
)

from langret.errors import StageError
from langret.training.layers import depths_of, freeze_lowest, layer_rates

SMALL = {
    "vocab_size": 40,
    "hidden_size": 16,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "pad_token_id": 0,
}
CAUSAL = {**SMALL, "num_key_value_heads": 1}
MARKED = {"bos_token_id": 1, "eos_token_id": 2, "cls_token_id": 1, "sep_token_id": 2}
CONFIGS = {
    "bert": (BertConfig(**SMALL), "embeddings", "encoder.layer"),
    "xlm-roberta": (XLMRobertaConfig(**SMALL), "embeddings", "encoder.layer"),
    "modernbert": (ModernBertConfig(**SMALL, **MARKED), "embeddings", "layers"),
    "qwen2": (Qwen2Config(**CAUSAL), "embed_tokens", "layers"),
    "mistral": (MistralConfig(**CAUSAL, head_dim=8), "embed_tokens", "layers"),
}


def member(config):
    """An encoder under a head of one layer, with the names of a SentenceTransformer."""
    transformer = nn.Module()
    transformer.auto_model = AutoModel.from_config(config)
    return nn.Sequential(transformer, nn.Linear(16, 8))


@pytest.mark.parametrize("name", CONFIGS)
def test_every_weight_has_the_rate_of_its_layer(name):
    config, embeddings, layers = CONFIGS[name]
    model = member(config)
    assert depths_of(model).layers == tuple(f"0.auto_model.{layers}.{i}" for i in range(3))
    rates = layer_rates(model, 1.0, 0.5)
    seen = {}
    for weight, _ in model.named_parameters():
        found = [rate for pattern, rate in rates.items() if re.search(pattern, f"model.{weight}")]
        assert len(found) <= 1, weight
        part = weight.removeprefix("0.auto_model.")
        seen.setdefault(found[0] if found else 1.0, set()).add(part)
    assert all(part.startswith(embeddings) for part in seen[1 / 16])
    for depth, rate in enumerate((1 / 8, 1 / 4, 1 / 2)):
        assert all(part.startswith(f"{layers}.{depth}.") for part in seen[rate])
    # what stands above the layers learns as the head does
    assert {"1.weight", "1.bias"} <= seen[1.0]
    assert not any(part.startswith((embeddings, layers)) for part in seen[1.0])


@pytest.mark.parametrize("name", CONFIGS)
def test_freezing_takes_embeddings_and_the_lowest_layers(name):
    config, embeddings, layers = CONFIGS[name]
    model = member(config)
    freeze_lowest(model, 0)
    assert all(p.requires_grad for p in model.parameters())
    freeze_lowest(model, 2)
    for weight, value in model.named_parameters():
        frozen = weight.startswith(
            tuple(f"0.auto_model.{part}." for part in (embeddings, f"{layers}.0", f"{layers}.1"))
        )
        assert value.requires_grad != frozen, weight


def test_more_layers_than_there_are():
    with pytest.raises(StageError, match=r"4 layers are to be frozen, the encoder has 3.*freeze"):
        freeze_lowest(member(CONFIGS["bert"][0]), 4)


def test_nothing_left_to_train():
    model = member(CONFIGS["xlm-roberta"][0])
    model[0].auto_model.pooler = None
    with pytest.raises(StageError, match="nothing to train"):
        freeze_lowest(model[:1], 3)


def test_layers_that_share_their_weights_are_no_layers():
    shared = AlbertConfig(**SMALL, embedding_size=8)
    with pytest.raises(StageError, match=r"AlbertModel has no list of 3 layers.*layer_decay"):
        layer_rates(member(shared), 1.0, 0.9)
