"""The two heads over an encoder that takes raw text, and what becomes of folders that are no models."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from langret.errors import LangretError, LanguageError, ModelError
from langret.language import get_language
from langret.modeling import Retriever, build_member, load_model, open_backbone, save_member
from langret.modeling.heads import skiplist
from langret.recipe.schema import Member
from langret.tokenizer import encode_texts
from langret.training.shapes import shapes_of

TEXTS = [
    "the red house stands on a hill, by the lake.",
    "where is the old boat?",
    "an unknown zebra!",
    "stone " * 60,
]
# What the vocabularies of these tests hold of punctuation and symbols, in their order.
MARKS = [*".,?!-「。…€+", "##.", "##-", ":"]
LENGTHS = {"query_tokens": 16, "passage_tokens": 24}


def member_of(folder: Path, language, head: str, **options):
    backbone = open_backbone(folder)
    return backbone, build_member(backbone, Member(head=head, **options), language, **LENGTHS, seed=4)


def saved(folder: Path, target: Path, language, head: str, **options) -> Path:
    _, model = member_of(folder, language, head, **options)
    facts = {"language": language.code, "version": language.version, "segmented": False, "head": head}
    save_member(model, target, facts)
    return target


def shaped(shape, texts, folder, language, target) -> dict[str, torch.Tensor]:
    """Texts as a training step sees them."""
    store = encode_texts(texts, folder, target, language=None, processes=1)
    return shape.pad([store[i] for i in range(len(texts))])


def test_skiplist_is_the_vocabularys_punctuation_and_symbols(tiny, spaced):
    backbone, model = member_of(tiny, spaced, "colbert")
    tokenizer = backbone.tokenizer
    assert skiplist(tokenizer, spaced) == MARKS
    assert skiplist(tokenizer, get_language("ja")) == MARKS
    unknown = tokenizer.unk_token_id
    assert unknown not in model.skiplist and not set(tokenizer.all_special_ids) & set(model.skiplist)
    kept = Retriever(model, name="m", language=spaced).encode(["red zebra.", "red zebra", "red"], "passage")
    # [CLS] [D] red [UNK] [SEP]: the full stop goes, the unknown word stays
    assert [len(v) for v in kept] == [5, 5, 4]


def test_members_load_without_langret(pretrained, spaced, tmp_path):
    dense = saved(pretrained, tmp_path / "dense", spaced, "dense", dimension=16, query_prefix="query: ")
    colbert = saved(pretrained, tmp_path / "colbert", spaced, "colbert", dimension=24)
    program = f"""
import json, sys
sys.modules["langret"] = None
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
texts = {TEXTS!r}
dense, colbert = SentenceTransformer({str(dense)!r}), ColBERT({str(colbert)!r})
assert "langret" not in (name.split(".")[0] for name, module in sys.modules.items() if module)
print(json.dumps([
    dense.encode(texts, prompt_name="query").tolist(),
    dense.encode(texts, prompt_name="document").tolist(),
    [v.tolist() for v in colbert.encode(texts, is_query=True)],
    [v.tolist() for v in colbert.encode(texts, is_query=False)],
]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    asked, passages, asked_tokens, passage_tokens = json.loads(done.stdout.splitlines()[-1])
    ours = load_model(dense)
    assert (ours.head, ours.dimension, ours.language) == ("dense", 16, spaced)
    np.testing.assert_allclose(ours.encode(TEXTS, "query"), asked, atol=1e-5)
    np.testing.assert_allclose(ours.encode(TEXTS, "passage"), passages, atol=1e-5)
    ours = load_model(colbert)
    assert (ours.head, ours.dimension, ours.language) == ("colbert", 24, spaced)
    for kind, theirs in (("query", asked_tokens), ("passage", passage_tokens)):
        for mine, other in zip(ours.encode(TEXTS, kind), theirs, strict=True):
            np.testing.assert_allclose(mine, np.asarray(other), atol=1e-5)
            np.testing.assert_allclose(np.linalg.norm(mine, axis=1), 1, atol=1e-4)


def test_prefixes_are_the_same_in_training_and_in_use(pretrained, spaced, tmp_path):
    prefixes = {"query_prefix": "query: ", "passage_prefix": "passage: "}
    folder = saved(pretrained, tmp_path / "m", spaced, "dense", **prefixes)
    loaded = load_model(folder, **LENGTHS)
    backbone = open_backbone(pretrained)
    shapes = shapes_of(loaded.model, backbone, **LENGTHS)
    bare = load_model(saved(pretrained, tmp_path / "bare", spaced, "dense"), **LENGTHS)
    texts = [spaced.normalize(text) for text in TEXTS]
    for kind, shape in zip(("query", "passage"), shapes, strict=True):
        features = shaped(shape, texts, pretrained, spaced, tmp_path / f"ids-{kind}")
        words = backbone.tokenizer.convert_ids_to_tokens(features["input_ids"][0].tolist())
        assert words[1:3] == [kind, ":"]
        assert features["input_ids"].shape[1] == LENGTHS[f"{kind}_tokens"], "the long text fills it"
        with torch.inference_mode():
            trained = loaded.model.eval()(features)["sentence_embedding"].numpy()
        used = loaded.encode(TEXTS, kind)
        np.testing.assert_allclose(trained, used, atol=1e-5)
        assert np.abs(used - bare.encode(TEXTS, kind)).max() > 1e-3, "without the prefix it is another vector"


def test_colbert_features_equal_the_models_own(pretrained, spaced, tmp_path):
    backbone, model = member_of(pretrained, spaced, "colbert")
    texts = [spaced.normalize(text) for text in TEXTS]
    for shape, is_query in zip(shapes_of(model, backbone, **LENGTHS), (True, False), strict=True):
        ours = shaped(shape, texts, pretrained, spaced, tmp_path / f"ids-{is_query}")
        theirs = model.tokenize(texts, is_query=is_query)
        for key in ("input_ids", "attention_mask"):
            np.testing.assert_array_equal(ours[key].numpy(), theirs[key].numpy())


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_raw_text_is_normalised(tiny, spaced, head):
    _, model = member_of(tiny, spaced, head)
    retriever = Retriever(model, name="m", language=spaced)
    raw, normal = (retriever.encode([t], "passage")[0] for t in ("The  RED\u3000house", "the red house"))
    np.testing.assert_allclose(raw, normal, atol=1e-6)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_no_texts_give_no_vectors(tiny, spaced, head):
    _, model = member_of(tiny, spaced, head)
    retriever = Retriever(model, name="m", language=spaced)
    assert len(retriever.encode([], "query")) == len(retriever.encode([], "passage")) == 0


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_vectors_that_are_not_finite_are_an_error(tiny, spaced, head):
    _, model = member_of(tiny, spaced, head)
    retriever = Retriever(model, name="broken-one", language=spaced)
    retriever.encode(["the house"], "passage")
    row = open_backbone(tiny).tokenizer.convert_tokens_to_ids("boat")
    with torch.no_grad():
        model[0].auto_model.get_input_embeddings().weight[row] = float("nan")
    retriever.encode(["the house"], "passage")
    for kind in ("query", "passage"):
        with pytest.raises(ModelError, match=r"broken-one.*not finite.*the red boat"):
            retriever.encode(["the house", "the red boat"], kind)


def test_folders_that_are_no_models(tiny, spaced, tmp_path):
    with pytest.raises(ModelError, match="is not a folder"):
        load_model(tmp_path / "nowhere" / "model")
    (tmp_path / "file.bin").write_bytes(b"x")
    with pytest.raises(ModelError, match="is not a folder"):
        load_model(tmp_path / "file.bin")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"empty: is no model folder.*found nothing"):
        load_model(tmp_path / "empty")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("notes")
    with pytest.raises(ModelError, match=r"expected modules\.json or config\.json, found README\.md"):
        load_model(tmp_path / "notes")
    with pytest.raises(ModelError, match="someone/no-such-model"):
        load_model("someone/no-such-model")  # tests never reach a hub
    with pytest.raises(ModelError, match="cannot be opened"):
        open_backbone(tmp_path / "notes")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"language": "spaced", "ver', "not valid JSON"),
        ("[]", 'expected an object with "language" and "version"'),
        ('{"language": "spaced"}', 'expected an object with "language" and "version"'),
        (b"\xff\xfe\x00", "not valid JSON"),
    ],
)
def test_broken_identity_is_named(tiny, spaced, tmp_path, content, message):
    folder = saved(tiny, tmp_path / "m", spaced, "dense")
    file = folder / "langret.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for opening in (load_model, open_backbone):
        with pytest.raises(ModelError, match=message) as caught:
            opening(folder)
        assert "langret.json" in str(caught.value)


def test_another_version_or_language_is_refused(tiny, spaced, tmp_path):
    folder = saved(tiny, tmp_path / "m", spaced, "dense")
    file = folder / "langret.json"
    facts = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**facts, "version": "spaced-0"}), encoding="utf-8")
    with pytest.raises(LanguageError, match=r"spaced-0.*spaced-1"):
        load_model(folder)
    file.write_text(json.dumps({**facts, "language": "spacd"}), encoding="utf-8")
    with pytest.raises(LanguageError, match='Did you mean "spaced"'):
        load_model(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "modules.json", "tokenizer.json"])
def test_torn_files_are_errors_for_people(tiny, spaced, tmp_path, name):
    folder = saved(tiny, tmp_path / "m", spaced, "dense")
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LangretError) as caught:
        load_model(folder)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_torn_weights_of_a_backbone_are_an_error_for_people(tiny, spaced, tmp_path, head):
    folder = tmp_path / "torn"
    shutil.copytree(tiny, folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="weights cannot be loaded") as caught:
        build_member(open_backbone(folder), Member(head=head), spaced, **LENGTHS, seed=1)
    assert str(folder) in str(caught.value)


def test_any_sentence_transformers_folder_is_a_dense_model(tiny, tmp_path):
    """No langret.json: nothing is normalised, and the folder's own lengths hold."""
    shutil.copytree(tiny, tmp_path / "plain")
    retriever = load_model(tmp_path / "plain")
    assert (retriever.head, retriever.name, retriever.language) == ("dense", "plain", None)
    assert retriever.encode(TEXTS, "passage").shape == (len(TEXTS), 32)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_a_model_says_what_it_cuts_and_reads_as_far_as_it_can(tiny, spaced, tmp_path, head):
    folder = saved(tiny, tmp_path / "m", spaced, head)
    most = LENGTHS["passage_tokens"]
    around = 2 if head == "dense" else 3  # [CLS] and [SEP], and ColBERT's marker
    exact = ["red " * (most - around), "red " * (most - around + 1), "red", "red " * (64 - around + 1)]
    model = load_model(folder)
    assert model.longest == 64
    assert model.cut(exact) == 2
    model.encode(["red"], "query")
    assert model.cut(exact) == 2
    longest = load_model(folder, passage_tokens="longest")
    assert longest.cut(exact) == 1
    ends = ["red " * (most - around) + word for word in ("house", "boat")]
    one, two = longest.encode(ends, "passage")
    assert not np.allclose(one, two)
    one, two = model.encode(ends, "passage")
    assert np.allclose(one, two)
    with pytest.raises(ModelError, match="reads texts of 64 tokens at most; passages of 65 are asked for"):
        load_model(folder, passage_tokens=65)


def test_what_queries_are_given_does_not_stay_for_passages(tiny, spaced, tmp_path):
    folder = saved(tiny, tmp_path / "m", spaced, "dense")
    model = load_model(folder, query_tokens=8)
    ends = ["red " * 12 + word for word in ("house", "boat")]
    model.encode(ends, "query")
    one, two = model.encode(ends, "passage")
    assert not np.allclose(one, two)
