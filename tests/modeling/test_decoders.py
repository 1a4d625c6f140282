"""Heads over decoders, and over backbones whose tokenizer lacks what a head needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer

from langret.errors import ModelError
from langret.modeling import build_member, load_model, open_backbone, save_member
from langret.modeling.decoders import BackboneWarning, is_decoder
from langret.recipe.schema import Member
from langret.tokenizer import encode_texts
from langret.training.shapes import shapes_of
from tests.toys import decoder_folder

TEXTS = ["the red house stands on a hill, by the lake", "where is the old boat?", "9 stones", "house " * 40]
ENDS = {"qwen2": "\n", "mistral": " "}
"""What ends a prefix so that the text behind it keeps its tokens."""
LENGTHS = {"query_tokens": 20, "passage_tokens": 24}


@pytest.fixture(scope="module", params=["qwen2", "mistral"])
def decoder(request, tmp_path_factory) -> Path:
    return decoder_folder(tmp_path_factory.mktemp("decoder") / request.param, request.param)


def built(folder: Path, language, head: str, **options):
    backbone = open_backbone(folder)
    return backbone, build_member(backbone, Member(head=head, **options), language, **LENGTHS, seed=4).eval()


def saved(folder: Path, target: Path, language, head: str, **options) -> Path:
    _, model = built(folder, language, head, **options)
    save_member(model, target, {"language": language.code, "version": language.version})
    return target


def trained_on(folder: Path, language, head: str, target: Path, **options):
    """Features of queries and passages as a training step lays them out, and the model."""
    backbone, model = built(folder, language, head, **options)
    texts = [language.normalize(text) for text in TEXTS]
    store = encode_texts(texts, folder, target, language=None, processes=1)
    shapes = shapes_of(model, backbone, **LENGTHS)
    return model, [shape.pad([store[i] for i in range(len(texts))]) for shape in shapes]


@pytest.mark.parametrize("instructed", [False, True])
def test_a_dense_head_reads_the_last_token(decoder, spaced, tmp_path, instructed):
    prefix = ("instruct: where\nquery:" + ENDS[decoder.name]) if instructed else ""
    folder = saved(decoder, tmp_path / "m", spaced, "dense", query_prefix=prefix)
    model, features = trained_on(decoder, spaced, "dense", tmp_path / "ids", query_prefix=prefix)
    end = model.tokenizer.eos_token_id
    plain = SentenceTransformer(str(folder))
    assert plain[1].get_pooling_mode_str() == "lasttoken" and plain[1].include_prompt
    for kind, prompt, laid_out in zip(("query", "passage"), ("query", "document"), features, strict=True):
        last = laid_out["attention_mask"].sum(dim=1) - 1
        assert laid_out["input_ids"][torch.arange(4), last].eq(end).all(), "also of a text that was cut"
        with torch.inference_mode():
            states = model[0].auto_model(**laid_out).last_hidden_state[torch.arange(4), last]
            trained = torch.nn.functional.normalize(states, dim=1).numpy()
        np.testing.assert_allclose(load_model(folder, **LENGTHS).encode(TEXTS, kind), trained, atol=1e-5)
        plain.max_seq_length = LENGTHS[f"{kind}_tokens"]
        texts = [spaced.normalize(text) for text in TEXTS]
        np.testing.assert_allclose(plain.encode(texts, prompt_name=prompt), trained, atol=1e-5)


def test_a_prefix_that_flows_into_the_text_is_refused(spaced, tmp_path):
    """Byte-level tokenizers keep a space with the word behind it: trained on, the ids would be others than in use."""
    folder = decoder_folder(tmp_path / "qwen", "qwen2")
    backbone, model = built(folder, spaced, "dense", query_prefix="query: ")
    with pytest.raises(ModelError, match=r"joins the end of the prefix 'query: '.*line break"):
        shapes_of(model, backbone, **LENGTHS)
    folder = decoder_folder(tmp_path / "mistral", "mistral")
    backbone, model = built(folder, spaced, "dense", query_prefix="query: ")
    shapes_of(model, backbone, **LENGTHS)


def test_a_colbert_head_has_its_marker_behind_a_special_token(decoder, spaced, tmp_path):
    folder = saved(decoder, tmp_path / "m", spaced, "colbert", dimension=16)
    model, features = trained_on(decoder, spaced, "colbert", tmp_path / "ids", dimension=16)
    special = set(model.tokenizer.all_special_ids)
    ours, theirs = load_model(folder), ColBERT(str(folder))
    for kind, laid_out in zip(("query", "passage"), features, strict=True):
        ids = laid_out["input_ids"]
        marker = model.query_prefix_id if kind == "query" else model.document_prefix_id
        assert ids[:, 1].eq(marker).all() and set(ids[:, 0].tolist()) <= special
        texts = [spaced.normalize(text) for text in TEXTS]
        own = theirs.tokenize(texts, is_query=kind == "query")
        assert own["input_ids"].tolist() == ids.tolist()
        assert own["attention_mask"].tolist() == laid_out["attention_mask"].tolist()
        for mine, other in zip(
            ours.encode(TEXTS, kind), theirs.encode(texts, is_query=kind == "query"), strict=True
        ):
            np.testing.assert_allclose(mine, other, atol=1e-5)


def test_byte_level_punctuation_is_skipped(spaced, tmp_path):
    _, model = built(decoder_folder(tmp_path / "qwen", "qwen2"), spaced, "colbert")
    assert {",", ".", "!"} <= set(model.skiplist_words)
    assert not any(any(c.isalnum() for c in piece) for piece in model.skiplist_words)


def test_stored_in_bf16_trained_in_fp32(tmp_path, spaced):
    folder = decoder_folder(tmp_path / "qwen", "qwen2")
    AutoModel.from_pretrained(folder).to(torch.bfloat16).save_pretrained(folder)
    _, model = built(folder, spaced, "dense")
    assert {p.dtype for p in model.parameters()} == {torch.float32}


def test_which_backbones_are_decoders(tiny, decoder):
    assert is_decoder(AutoModel.from_pretrained(decoder).config)
    assert not is_decoder(AutoModel.from_pretrained(tiny).config)


def test_missing_padding_is_the_end_token(spaced, tmp_path):
    folder = decoder_folder(tmp_path / "mistral", "mistral")
    with pytest.warns(BackboneWarning, match="padded with </s>"):
        _, model = built(folder, spaced, "dense")
    assert model.tokenizer.pad_token == "</s>"


def test_without_padding_and_end_there_is_nothing_to_do(tiny, spaced, tmp_path):
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    tokenizer.pad_token = tokenizer.sep_token = None
    tokenizer.save_pretrained(tmp_path)
    AutoModel.from_pretrained(tiny).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"neither a padding nor an end token.*tokenizer_config\.json"):
        built(tmp_path, spaced, "dense")


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_tokens_without_a_row_start_at_the_mean(tiny, spaced, tmp_path, head):
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    encoder = AutoModel.from_pretrained(tiny)
    tokenizer.add_tokens(["zebra"])
    tokenizer.save_pretrained(tmp_path / "b")
    encoder.save_pretrained(tmp_path / "b")
    with pytest.warns(BackboneWarning, match="the others start at the mean"):
        _, model = built(tmp_path / "b", spaced, head)
    old = encoder.get_input_embeddings().weight
    new = model[0].auto_model.get_input_embeddings().weight[len(old)]
    np.testing.assert_allclose(new.detach(), old.mean(dim=0).detach(), atol=1e-3)
