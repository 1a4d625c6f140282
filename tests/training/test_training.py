"""Training end to end on a toy: it learns, it continues exactly, it says what went wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForMaskedLM, AutoTokenizer

from langret.errors import ModelError, StageError
from langret.modeling import build_member, load_model, open_backbone, save_member
from langret.modeling.backbone import load_encoder
from langret.modeling.decoders import BackboneWarning
from langret.recipe.schema import MaskedLanguageModel, Member, WeakPairs
from langret.training import pretrain_mlm, pretrain_weak_pairs
from langret.training.embedded import Step
from langret.training.encoder import Encoder
from langret.training.objectives import Contrastive, Objective
from langret.training.shapes import shapes_of
from langret.training.targets import Targets
from langret.training.watch import HeldOut

LENGTHS = {"query_tokens": 16, "passage_tokens": 32}


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_features_equal_what_the_model_tokenizes(small, head):
    model = build_member(small.backbone, Member(head=head), small.language, **LENGTHS, seed=1)
    queries, passages = shapes_of(model, small.backbone, **LENGTHS)
    ours = [passages.pad([small.passages[i] for i in range(5)]), queries.pad([small.queries[0]])]
    if head == "colbert":
        theirs = [
            model.tokenize(small.texts[:5], is_query=False),
            model.tokenize(small.questions[:1], is_query=True),
        ]
    else:
        theirs = [model.tokenize(small.texts[:5]), model.tokenize(small.questions[:1])]
    for a, b in zip(ours, theirs, strict=True):
        assert a["input_ids"].tolist() == b["input_ids"].tolist()
        assert a["attention_mask"].tolist() == b["attention_mask"].tolist()


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_loss_equals_a_plain_cross_entropy_of_scores(small, head):
    model = build_member(small.backbone, Member(head=head), small.language, **LENGTHS, seed=1).eval()
    queries, passages = shapes_of(model, small.backbone, **LENGTHS)
    loss = Objective(Encoder(model), [(1.0, Contrastive(0.5))])
    labels = torch.tensor([[1, 0, -1, 0], [0, 1, 0, 0]], dtype=torch.int8)
    q = queries.pad([small.queries[0], small.queries[9]])
    chunks = [passages.pad([small.passages[i] for i in rows]) for rows in ((0, 9), (1, 5))]
    with torch.no_grad():
        found = loss([q, *chunks], Targets(labels))
        asked, *found_chunks = [loss.encoder(part) for part in (q, *chunks)]
        scores = Step(asked, found_chunks, Targets(labels)).scores.numpy() / 0.5
    first = scores[0, [0, 1, 3]]
    expected = -np.mean(
        [scores[0, 0] - np.logaddexp.reduce(first), scores[1, 1] - np.logaddexp.reduce(scores[1])]
    )
    assert found.item() == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_learns_and_reloads_with_the_same_scores(small, train, head, tmp_path):
    model, log = train(tmp_path / "scratch", head, epochs=8, evaluations=2)
    seen = [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line]
    losses = [line["loss"] for line in log if "loss" in line]
    assert losses[-1] < losses[0] / 2
    assert seen[-1] > 0.8
    facts = {"language": "toy", "version": "toy-1", "head": head, "segmented": True}
    save_member(model, tmp_path / "model", facts)
    retriever = load_model(tmp_path / "model")
    assert retriever.head == head
    before = (
        model.encode(small.texts[:3], is_query=False) if head == "colbert" else model.encode(small.texts[:3])
    )
    after = retriever.encode([text.upper() for text in small.texts[:3]], "passage")
    for a, b in zip(before, after, strict=True):
        np.testing.assert_allclose(np.asarray(a), b, atol=1e-5)


def test_held_out_queries_are_found_among_all(small, train, tmp_path):
    """The held-out collection has rows of its own; its texts are those of the whole collection's rows."""
    from langret.data.holdout import split_holdout

    _, held_out = split_holdout(small.data, 6, seed=2)
    assert held_out.queries.column("id").to_pylist() != small.data.queries.column("id").to_pylist()[:6]
    _, log = train(tmp_path, "dense", epochs=8, held_out=held_out, evaluations=1)
    assert [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line][-1] > 0.8


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_same_seed_same_weights(train, head, tmp_path):
    one, _ = train(tmp_path / "a", head, epochs=1)
    two, _ = train(tmp_path / "b", head, epochs=1)
    for (name, a), b in zip(one.state_dict().items(), two.state_dict().values(), strict=True):
        assert torch.equal(a, b), name


def test_nan_loss_stops_with_advice(train, tmp_path):
    with pytest.raises(StageError, match=r"loss became.*lr"):
        train(tmp_path, "dense", lr=1e30, epochs=2)


def test_mlm_lowers_its_loss(small, tmp_path):
    settings = MaskedLanguageModel(objective="mlm", steps=60, batch_size=16, tokens=32, lr=3e-3)
    backbone, log = pretrain_mlm(
        small.backbone, small.passages, settings, tmp_path / "out", tmp_path / "scratch", seed=1
    )
    losses = [line["loss"] for line in log if "loss" in line]
    assert losses[-1] < losses[0] * 0.8
    assert backbone.language is small.language or backbone.language.code == "toy"


def test_mlm_with_more_tokens_than_embeddings(small, tmp_path):
    tokenizer = AutoTokenizer.from_pretrained(small.backbone.path)
    start = AutoModelForMaskedLM.from_pretrained(small.backbone.path)
    rows = start.get_input_embeddings().weight.shape[0]
    tokenizer.add_tokens([f"new{i}" for i in range(200)])
    tokenizer.save_pretrained(tmp_path / "larger")
    start.save_pretrained(tmp_path / "larger")
    settings = MaskedLanguageModel(objective="mlm", steps=4, batch_size=16, tokens=32)
    with pytest.warns(BackboneWarning, match="the others start at the mean"):
        made, _ = pretrain_mlm(
            open_backbone(tmp_path / "larger"),
            small.passages,
            settings,
            tmp_path / "out",
            tmp_path / "scratch",
            seed=1,
        )
    assert load_encoder(made).get_input_embeddings().weight.shape[0] == rows + 200


def test_weak_pairs_of_a_single_passage_are_refused(small, tmp_path):
    settings = WeakPairs(objective="weak_pairs", steps=2, batch_size=2, query_tokens=12, passage_tokens=32)
    with pytest.raises(StageError, match=r"two passages.*found: 1"):
        pretrain_weak_pairs(
            small.backbone,
            small.passages,
            small.language,
            settings,
            tmp_path / "out",
            tmp_path / "scratch",
            from_scratch=True,
            rows=np.array([3]),
            seed=1,
        )


def test_a_prefix_that_leaves_no_room_is_refused(small):
    member = Member(head="dense", pooling="mean", query_prefix="where is the red house and " * 3)
    lengths = {"query_tokens": 16, "passage_tokens": 32}
    model = build_member(small.backbone, member, small.language, **lengths, seed=1)
    with pytest.raises(ModelError, match=r"leaves no room in 16.*query_tokens"):
        shapes_of(model, small.backbone, **lengths)


def test_weak_pairs_make_a_retriever_without_labels(small, tmp_path):
    settings = WeakPairs(
        objective="weak_pairs", steps=80, batch_size=32, query_tokens=12, passage_tokens=32, lr=3e-3
    )
    backbone, log = pretrain_weak_pairs(
        small.backbone,
        small.passages,
        small.language,
        settings,
        tmp_path / "out",
        tmp_path / "scratch",
        from_scratch=True,
        seed=1,
    )
    losses = [line["loss"] for line in log if "loss" in line]
    assert losses[-1] < losses[0]
    assert (Path(backbone.path) / "langret.json").is_file()


def test_a_new_colbert_matches_words_before_training(small):
    model = build_member(
        small.backbone,
        Member(head="colbert"),
        small.language,
        **LENGTHS,
        seed=1,
        from_scratch=True,
        passages=small.passages,
    ).eval()
    shapes = shapes_of(model, small.backbone, **LENGTHS)
    watch = HeldOut(small.data, small.data, small.queries, small.passages, *shapes, Encoder(model), 1)
    assert watch(model)["mrr@10"] > 0.9


def test_an_idf_pooled_head_is_a_plain_sentence_transformer(small, train, tmp_path):
    model, _ = train(tmp_path / "scratch", "dense", epochs=1, checkpoints=0)
    kinds = [type(module).__name__ for module in model]
    assert kinds == ["SegmentedTransformer", "WordWeights", "Pooling", "Normalize"]
    assert not any(p.requires_grad for p in model[1].parameters())
    features = model.tokenize([small.language.segmented("the red house")])
    states = model[0](dict(features))["token_embeddings"][0]
    weights = model[1].emb_layer(features["input_ids"][0])
    expected = torch.nn.functional.normalize((states * weights).sum(0), dim=0)
    assert torch.allclose(model(dict(features))["sentence_embedding"][0], expected, atol=1e-5)


@pytest.mark.parametrize(
    ("member", "from_scratch"),
    [
        (Member(head="dense", pooling="idf"), False),
        (Member(head="dense"), True),
        (Member(head="colbert"), True),
    ],
)
def test_a_word_matcher_needs_the_passages(small, member, from_scratch):
    with pytest.raises(ValueError, match="passages"):
        build_member(small.backbone, member, small.language, **LENGTHS, seed=1, from_scratch=from_scratch)


@pytest.mark.parametrize(
    ("from_scratch", "expected"), [(True, ["WordWeights", "Pooling"]), (False, ["Pooling"])]
)
def test_a_dense_head_pools_as_its_backbone_needs(small, from_scratch, expected):
    model = build_member(
        small.backbone,
        Member(head="dense"),
        small.language,
        **LENGTHS,
        seed=1,
        from_scratch=from_scratch,
        passages=small.passages,
    )
    assert [type(module).__name__ for module in model][1:-1] == expected
