"""Options of the ColBERT head: what fills queries up, the projection, pooled passages."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from pylate.models import ColBERT

from langret.data.records import Passage, Query
from langret.evaluation import rank
from langret.modeling import Retriever, build_member, load_model, open_backbone, save_member
from langret.modeling.late import pool_vectors, query_length
from langret.recipe.schema import Member
from langret.training.embedded import compare
from langret.training.encoder import Encoder
from langret.training.shapes import shapes_of

QUERIES = ["where is the red house", "old boat", "a " * 30, "lake"]
PASSAGES = ["the red house stands on a hill, by the lake.", "stone " * 12, "the old boat is on the lake"]
LENGTHS = {"query_tokens": 24, "passage_tokens": 64}


def built(folder: Path, language, **options):
    backbone = open_backbone(folder)
    member = Member(head="colbert", dimension=16, **options)
    return backbone, build_member(backbone, member, language, **LENGTHS, seed=4).eval()


def saved(folder: Path, target: Path, language, **options) -> Path:
    _, model = built(folder, language, **options)
    save_member(model, target, {"language": language.code, "version": language.version})
    return target


def laid_out(shape, backbone, texts):
    tokenizer = backbone.tokenizer
    return shape.pad([np.asarray(tokenizer(t, add_special_tokens=False)["input_ids"]) for t in texts])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"attend_masks": True},
        {"expansion": "none"},
        {"projection": "two_layers"},
        {"expansion": "dynamic"},
        {"expansion": "dynamic", "attend_masks": True},
    ],
    ids=str,
)
def test_training_sees_what_the_saved_model_sees(tiny, spaced, tmp_path, options):
    folder = saved(tiny, tmp_path / "m", spaced, **options)
    ours = load_model(folder)
    backbone, model = built(tiny, spaced, **options)
    shape, _ = shapes_of(model, backbone, **LENGTHS)
    theirs = ColBERT(str(folder)).encode(QUERIES, is_query=True)
    for text, mine, other in zip(QUERIES, ours.encode(QUERIES, "query"), theirs, strict=True):
        features = laid_out(shape, backbone, [text])
        with torch.inference_mode():
            trained = Encoder(model).embed(features).vectors[0].numpy()
        np.testing.assert_allclose(trained, mine, atol=1e-5)
        if options.get("expansion") != "dynamic":  # which PyLate cannot express
            np.testing.assert_allclose(mine, other, atol=1e-5)
        else:
            assert len(other) == LENGTHS["query_tokens"], "PyLate fills up to the length that was saved"
            if not options.get("attend_masks"):  # masks that nobody sees change no other vector
                seen = int(features["attention_mask"].sum())
                np.testing.assert_allclose(mine[:seen], other[:seen], atol=1e-5)


def test_masks_are_attended_to_only_where_asked(tiny, spaced):
    backbone, model = built(tiny, spaced, attend_masks=True)
    shape, passages = shapes_of(model, backbone, **LENGTHS)
    assert laid_out(shape, backbone, QUERIES[:2])["attention_mask"].min() == 1
    assert laid_out(passages, backbone, PASSAGES)["attention_mask"].min() == 0
    apart = Retriever(built(tiny, spaced)[1], name="m").encode(QUERIES[:1], "query")[0]
    together = Retriever(model, name="m").encode(QUERIES[:1], "query")[0]
    assert np.abs(apart - together).max() > 1e-3


@pytest.mark.parametrize(
    ("tokens", "filled"),
    [(1, 32), (24, 32), (25, 40), (32, 40), (33, 64), (56, 64), (57, 72), (88, 96), (90, 100)],
)
def test_dynamic_length(tiny, spaced, tokens, filled):
    _, model = built(tiny, spaced, expansion="dynamic")
    model.query_length = model.document_length = 100
    assert query_length(model, tokens) == filled


def test_dynamic_vectors_depend_on_no_other_query(tiny, spaced, tmp_path):
    model = load_model(saved(tiny, tmp_path / "m", spaced, expansion="dynamic"))
    together = model.encode(QUERIES, "query", batch_size=2)
    assert [len(v) for v in together] == [32, 32, 32, 32]
    assert [len(v) for v in load_model(tmp_path / "m", query_tokens=40).encode(QUERIES, "query")] == [
        32,
        32,
        64,
        32,
    ]
    for text, vectors in zip(QUERIES, together, strict=True):
        np.testing.assert_allclose(model.encode([text], "query")[0], vectors, atol=1e-5)


def test_the_longest_query_of_a_training_batch_decides(tiny, spaced):
    backbone, model = built(tiny, spaced, expansion="dynamic")
    shape, _ = shapes_of(model, backbone, query_tokens=40, passage_tokens=64)
    assert laid_out(shape, backbone, QUERIES)["input_ids"].shape[1] == 64
    assert laid_out(shape, backbone, QUERIES[:2])["input_ids"].shape[1] == 32


def test_without_expansion_padding_adds_nothing_to_a_score(tiny, spaced):
    backbone, model = built(tiny, spaced, expansion="none")
    embed = Encoder(model).embed
    shape, passages = shapes_of(model, backbone, **LENGTHS)
    chunk = laid_out(passages, backbone, PASSAGES)
    with torch.inference_mode():
        found = embed(chunk)
        together = compare(embed(laid_out(shape, backbone, QUERIES)), found)
        alone = torch.cat([compare(embed(laid_out(shape, backbone, [text])), found) for text in QUERIES])
    np.testing.assert_allclose(together.numpy(), alone.numpy(), atol=1e-4)


def test_two_layers_are_pylates(tiny, spaced, tmp_path):
    folder = saved(tiny, tmp_path / "m", spaced, projection="two_layers")
    kinds = [module["type"] for module in json.loads((folder / "modules.json").read_text())]
    assert kinds[1:] == ["pylate.models.Dense.Dense"] * 2
    layers = list(ColBERT(str(folder)))[1:]
    assert [(x.in_features, x.out_features) for x in layers] == [(32, 64), (64, 16)]
    assert isinstance(layers[0].activation_function, torch.nn.GELU)
    assert load_model(folder).dimension == 16


def test_pooled_passages(tiny, spaced, tmp_path):
    folder = saved(tiny, tmp_path / "m", spaced, pool_tokens=3)
    assert json.loads((folder / "langret.json").read_text())["pool_tokens"] == 3
    whole = load_model(folder, pool_tokens=1).encode(PASSAGES, "passage")
    pooled = load_model(folder).encode(PASSAGES, "passage")
    # the first vector is kept, and one in three of the others
    assert [len(v) for v in pooled] == [1 + (len(v) - 1) // 3 for v in whole]
    theirs = ColBERT(str(folder)).encode(PASSAGES, is_query=False, pool_factor=3)
    for mine, other in zip(pooled, theirs, strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-5)
    queries = load_model(folder).encode(QUERIES, "query")
    assert {len(v) for v in queries} == {LENGTHS["query_tokens"]}, "queries are never pooled"
    run = rank(load_model(folder), [Query("q", "lake")], [Passage(str(i), t) for i, t in enumerate(PASSAGES)])
    expected = {str(i): float((queries[3] @ v.T).max(axis=1).sum()) for i, v in enumerate(pooled)}
    assert run["q"] == pytest.approx(expected, abs=1e-4)


def test_equal_tokens_are_pooled_into_one():
    rng = np.random.default_rng(5)
    vectors = rng.standard_normal((60, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    twice = np.concatenate(
        [vectors[:1], vectors[1:], vectors[1:]]
    )  # some cosines with themselves are above 1
    (pooled,) = pool_vectors([twice], 2)
    assert len(pooled) == 60
    np.testing.assert_array_equal(pooled[0], vectors[0])
    order = np.argmax(pooled @ vectors.T, axis=1)
    assert sorted(order) == list(range(60))
    np.testing.assert_allclose(pooled, vectors[order], atol=1e-6)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"head": "dense", "expansion": "none"}, "expansion"),
        ({"head": "dense", "pool_tokens": 2}, "pool_tokens"),
        ({"head": "colbert", "pooling": "last"}, "pooling"),
        ({"head": "colbert", "query_prefix": "query: "}, "query_prefix"),
        ({"head": "colbert", "expansion": "none", "attend_masks": True}, "attend_masks"),
    ],
)
def test_options_of_the_other_head_are_mistakes(options, named):
    with pytest.raises(ValidationError, match=named):
        Member(**options)
