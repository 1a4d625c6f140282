"""What large backbones need: adapters that are merged, and activations computed twice."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from sentence_transformers import SentenceTransformer

from langret.errors import MissingDependencyError, ModelError
from langret.modeling import build_member, load_model, open_backbone, save_member
from langret.modeling.adapters import add_adapters, has_adapters, merge_adapters
from langret.recipe.schema import Member, Recipe, Training
from langret.recipe.schema.training import Lora
from langret.tokenizer import encode_texts
from langret.training import train_member
from langret.training.encoder import Encoder
from langret.training.extras import must_have_extras
from langret.training.objectives import Contrastive, Objective
from langret.training.shapes import shapes_of
from langret.training.targets import Targets
from langret.training.trainer import last_checkpoint
from tests.toys import decoder_folder

LENGTHS = {"query_tokens": 16, "passage_tokens": 32}


@pytest.fixture(scope="module")
def decoder(small, tmp_path_factory):
    """A decoder with the small world's texts in its tokens."""
    folder: Path = tmp_path_factory.mktemp("decoder")
    path = decoder_folder(folder / "qwen2", "qwen2")
    texts = {"queries": small.questions, "passages": [small.language.normalize(t) for t in small.texts]}
    ids = {n: encode_texts(t, path, folder / n, language=None, processes=1) for n, t in texts.items()}
    return open_backbone(path), ids


def fit(small, decoder, head: str, scratch: Path, report=None, trained=None, **changes):
    backbone, ids = decoder
    settings = {
        "epochs": 2,
        "batch_size": 16,
        "negatives": 0,
        "lr": 1e-2,
        "checkpoints": 4,
        "precision": "fp32",
    }
    return train_member(
        backbone,
        Member(head=head, dimension=16 if head == "colbert" else None),
        small.language,
        Training.model_validate({**settings, "lora": {"rank": 4}, **LENGTHS, **changes}),
        small.data,
        None,
        ids["queries"],
        ids["passages"],
        scratch,
        from_scratch=False,
        trained=trained,
        seed=3,
        report=report,
    )


def new_member(small, decoder, head: str):
    size = 16 if head == "colbert" else None
    return build_member(decoder[0], Member(head=head, dimension=size), small.language, **LENGTHS, seed=3)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_adapters_learn_and_leave_an_ordinary_folder(small, decoder, head, tmp_path):
    start = new_member(small, decoder, head).state_dict()
    model, log = fit(small, decoder, head, tmp_path / "scratch", epochs=6)
    losses = [line["loss"] for line in log if "loss" in line]
    assert losses[-1] < losses[0] * 0.8
    assert not has_adapters(model) and model.state_dict().keys() == start.keys()
    changed = {name for name, p in model.state_dict().items() if not torch.equal(p, start[name])}
    linear = {n for n in start if n.endswith("_proj.weight")}
    table = next(n for n in start if n.endswith("embed_tokens.weight"))
    if head == "dense":
        assert changed == linear
    else:
        assert changed == {*linear, table, "1.linear.weight"}
        rows = (model.state_dict()[table] != start[table]).any(dim=1).nonzero().flatten().tolist()
        assert rows == sorted({model.query_prefix_id, model.document_prefix_id})
    folder = tmp_path / "model"
    save_member(model, folder, {"language": "toy", "version": "toy-1"})
    assert not list(folder.rglob("adapter*"))
    texts = [small.language.normalize(t) for t in small.texts[:3]]
    plain = SentenceTransformer(str(folder)).encode(texts) if head == "dense" else None
    ours = load_model(folder).encode(texts, "passage")
    again = load_model(folder).model.state_dict()
    assert all(torch.equal(p, again[name]) for name, p in model.state_dict().items())
    if plain is not None:
        np.testing.assert_allclose(ours, plain, atol=1e-5)


@pytest.mark.parametrize("head", ["dense", "colbert"])
@pytest.mark.parametrize("kind", ["decoder", "encoder"])
def test_merging_leaves_the_vectors(small, decoder, kind, head):
    backbone, ids = decoder if kind == "decoder" else (small.backbone, {"passages": small.passages})
    model = new_member(small, (backbone, ids), head).eval()
    add_adapters(model, Lora(rank=4), backbone)
    with torch.no_grad():
        for p in model.parameters():
            if p.requires_grad:
                p.add_(torch.randn_like(p) * 0.1)
    _, shape = shapes_of(model, backbone, **LENGTHS)
    features = shape.pad([ids["passages"][i] for i in range(4)])
    encode = Encoder(model).embed
    with torch.no_grad():
        before = encode(features).vectors
        merge_adapters(model)
        after = encode(features).vectors
    np.testing.assert_allclose(before.numpy(), after.numpy(), atol=1e-4)
    assert all(p.requires_grad for p in model.parameters()), "a further phase may train all weights"


class Killed(Exception):
    pass


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_adapters_continue_exactly(small, decoder, head, tmp_path):
    def kill(step, steps, figures):
        if step == 5:
            raise Killed

    whole, _ = fit(small, decoder, head, tmp_path / "whole")
    scratch = tmp_path / "killed"
    with pytest.raises(Killed):
        fit(small, decoder, head, scratch, report=kill)
    checkpoint = Path(str(last_checkpoint(scratch)))
    assert checkpoint.name == "checkpoint-4"
    assert not (checkpoint / "model.safetensors").exists(), "the frozen weights are not written again"
    continued, _ = fit(small, decoder, head, scratch)
    for (name, a), b in zip(whole.state_dict().items(), continued.state_dict().values(), strict=True):
        assert torch.equal(a, b), name


def test_a_later_phase_draws_the_same_adapters_whatever_was_drawn_before(small, decoder, tmp_path):
    folder = tmp_path / "model"
    save_member(new_member(small, decoder, "dense"), folder, {"language": "toy", "version": "toy-1"})
    ends = []
    for noise in (1, 2):
        torch.manual_seed(noise)
        ends.append(fit(small, decoder, "dense", tmp_path / f"{noise}", trained=folder, epochs=1)[0])
    for (name, a), b in zip(ends[0].state_dict().items(), ends[1].state_dict().values(), strict=True):
        assert torch.equal(a, b), name


def test_named_layers_alone(small, decoder):
    model = new_member(small, decoder, "dense")
    add_adapters(model, Lora(rank=2, modules=["q_proj", "v_proj"]), decoder[0])
    trained = {name for name, p in model.named_parameters() if p.requires_grad}
    assert trained and all("q_proj" in name or "v_proj" in name for name in trained)
    other = new_member(small, decoder, "dense")
    with pytest.raises(ModelError, match=r"no layer of the encoder ends in qproj.*q_proj"):
        add_adapters(other, Lora(modules=["qproj"]), decoder[0])


def test_without_peft_the_extra_is_named(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "peft" else find(name, *rest)
    )
    with pytest.raises(MissingDependencyError, match=r"langret\[lora\]"):
        must_have_extras(Training.model_validate({"lora": {}}))


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_checkpointed_activations_give_the_same_gradients(small, decoder, head):
    found = []
    for kind in (False, True):
        model = new_member(small, decoder, head).train()
        if kind:
            model.gradient_checkpointing_enable({"use_reentrant": False})
        queries, passages = shapes_of(model, decoder[0], **LENGTHS)
        batch = [queries.pad([decoder[1]["queries"][i] for i in range(4)])]
        batch.append(passages.pad([decoder[1]["passages"][i] for i in range(4)]))
        loss = Objective(Encoder(model), [(1.0, Contrastive(0.1))])
        loss(batch, Targets(torch.eye(4, dtype=torch.int8))).backward()
        found.append({name: p.grad for name, p in model.named_parameters() if p.grad is not None})
    assert found[0].keys() == found[1].keys() and found[0]
    for name, gradient in found[0].items():
        assert torch.allclose(gradient, found[1][name], atol=1e-7), name


def test_the_trainer_turns_checkpointing_on(small, decoder, tmp_path):
    kept, _ = fit(small, decoder, "dense", tmp_path / "a", epochs=1)
    again, _ = fit(small, decoder, "dense", tmp_path / "b", epochs=1, gradient_checkpointing=True)
    assert again[0].auto_model.is_gradient_checkpointing and not kept[0].auto_model.is_gradient_checkpointing
    for (name, a), b in zip(kept.state_dict().items(), again.state_dict().values(), strict=True):
        assert torch.allclose(a, b, atol=1e-4), name


def test_bf16_computes_over_fp32_weights(small, decoder, tmp_path):
    model, log = fit(small, decoder, "dense", tmp_path, lora=None, lr=1e-3, epochs=1, precision="bf16")
    assert {p.dtype for p in model.parameters()} == {torch.float32}
    assert np.isfinite([line["loss"] for line in log if "loss" in line]).all()


def test_adapters_that_make_no_sense():
    with pytest.raises(ValidationError, match="lora trains adapters"):
        Training.model_validate({"lora": {}, "average": 3})
    recipe = {
        "name": "r",
        "language": "en",
        "data": {"train": [{"path": "c.jsonl"}]},
        "training": {"lora": {}},
    }
    with pytest.raises(ValidationError, match="one from scratch has only random ones"):
        Recipe.model_validate(recipe)
    Recipe.model_validate({**recipe, "backbone": {"pretrained": "a/b"}})
