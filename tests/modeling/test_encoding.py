"""Encoding by length: what the model's own encode gives, and the same bits in any company."""

from __future__ import annotations

import random

import numpy as np
import pytest
import torch
from sentence_transformers.models import Pooling

from langret.modeling import Retriever, build_member, encoding, open_backbone
from langret.modeling.encoding import encode_by_length, encodes_by_length, tokens_by_length
from langret.recipe.schema import Member

LENGTHS = {"query_tokens": 16, "passage_tokens": 24}


def dense(folder, language, **options):
    return build_member(open_backbone(folder), Member(head="dense", **options), language, **LENGTHS, seed=4)


def late(folder, language, **options):
    member = Member(head="colbert", dimension=16, **options)
    return build_member(open_backbone(folder), member, language, **LENGTHS, seed=4).eval()


def some_texts(count: int) -> list[str]:
    lots = random.Random(2)
    words = ["where", "is", "the", "red", "house", "boat", "on", "a", "hill", "lake", "stone", "old", "zebra"]
    return ["", "  ", *(" ".join(lots.choices(words, k=lots.randint(1, 40))) for _ in range(count - 2))]


@pytest.mark.parametrize("options", [{}, {"dimension": 16}, {"pooling": "cls"}])
def test_the_vectors_are_the_models_own(pretrained, spaced, options):
    model = dense(pretrained, spaced, query_prefix="Query: ", **options)
    texts = some_texts(70)
    assert encodes_by_length(model)
    ours = encode_by_length(model, texts, batch_size=8)
    own = model.encode(texts, batch_size=8, normalize_embeddings=True)
    np.testing.assert_allclose(ours, own, atol=1e-5)
    asked = Retriever(model, name="m", language=spaced, **LENGTHS).encode(texts, "query")
    model.max_seq_length = LENGTHS["query_tokens"]
    own = model.encode([f"Query: {spaced.normalize(text)}" for text in texts], normalize_embeddings=True)
    np.testing.assert_allclose(asked, own, atol=1e-5)


def test_a_vector_depends_on_its_text_alone(pretrained, spaced, monkeypatch):
    model = dense(pretrained, spaced)
    texts = some_texts(70)
    whole = encode_by_length(model, texts, batch_size=64)
    order = np.random.default_rng(1).permutation(len(texts))
    for size in (1, 3, 16):
        vectors = encode_by_length(model, [texts[i] for i in order], batch_size=size)
        np.testing.assert_array_equal(vectors, whole[order])
    monkeypatch.setattr(encoding, "cores", lambda: 1)
    monkeypatch.setattr(encoding, "_CHUNK", 9)
    np.testing.assert_array_equal(encode_by_length(model, texts, batch_size=4), whole)


def test_the_threads_of_torch_are_as_before(tiny, spaced, monkeypatch):
    model = dense(tiny, spaced)
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        encode_by_length(model, some_texts(20), batch_size=4)
        assert torch.get_num_threads() == 3
        monkeypatch.setattr(model[1], "forward", lambda features: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            encode_by_length(model, some_texts(20), batch_size=4)
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)


def test_models_with_ways_of_their_own_encode_themselves(tiny, spaced):
    model = dense(tiny, spaced)
    pooling = next(module for module in model if isinstance(module, Pooling))
    pooling.include_prompt = False
    assert not encodes_by_length(model)
    pooling.include_prompt = True
    model.truncate_dim = 8
    assert not encodes_by_length(model)
    model.truncate_dim = None
    model.default_prompt_name = "query"
    assert not encodes_by_length(model)
    vectors = Retriever(model, name="m", language=spaced).encode(["red house", "old boat"], "query")
    assert vectors.shape == (2, 32)


@pytest.mark.parametrize(
    "options",
    [{}, {"attend_masks": True}, {"expansion": "none"}, {"projection": "two_layers"}, {"pool_tokens": 2}],
    ids=str,
)
def test_token_vectors_are_pylates(pretrained, spaced, options):
    model = late(pretrained, spaced, **options)
    assert model.skiplist and encodes_by_length(model)
    texts = [*some_texts(70), "stone. on a, lake. old!"]
    for query in (True, False):
        pool = 1 if query else options.get("pool_tokens", 1)
        theirs = model.encode(texts, is_query=query, pool_factor=pool, show_progress_bar=False)
        ours = tokens_by_length(model, texts, query=query, batch_size=8, pool_tokens=pool)
        for mine, other in zip(ours, theirs, strict=True):
            assert mine.dtype == np.float32
            np.testing.assert_allclose(mine, np.asarray(other), atol=2e-5)


def test_token_vectors_depend_on_their_text_alone(pretrained, spaced, monkeypatch):
    model = late(pretrained, spaced)
    texts = some_texts(70)
    whole = tokens_by_length(model, texts, query=False, batch_size=64)
    order = np.random.default_rng(1).permutation(len(texts))
    monkeypatch.setattr(encoding, "_CHUNK", 9)
    for size in (1, 16):
        found = tokens_by_length(model, [texts[i] for i in order], query=False, batch_size=size)
        for place, vectors in zip(order, found, strict=True):
            np.testing.assert_array_equal(vectors, whole[place])


def test_a_marker_behind_padding_is_left_to_pylate(tiny, spaced):
    model = late(tiny, spaced)
    model.tokenizer.padding_side = "left"
    assert not encodes_by_length(model)
