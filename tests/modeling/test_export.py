"""Members in other forms; that readers give the same scores from them is tested in tests/readers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer

from langret.errors import MissingDependencyError, ModelError
from langret.language import get_language
from langret.modeling import build_member, export_model, load_model, new_backbone, open_backbone, save_member
from langret.recipe.schema import Member, Scratch
from langret.tokenizer import train_tokenizer

LENGTHS = {"query_tokens": 16, "passage_tokens": 32, "seed": 4}


def saved(target: Path, backbone, language, head: str, card: str = "", **options) -> Path:
    member = Member(head=head, **({"dimension": 8} if head == "colbert" else {}), **options)
    model = build_member(backbone, member, language, **LENGTHS)
    facts = {"language": language.code, "version": language.version, "head": head}
    save_member(model, target, {**facts, "segmented": language.presegment})
    (target / "README.md").write_text(card, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def japanese(tmp_path_factory):
    language = get_language("ja")
    tokenizer = train_tokenizer(
        language, [language.normalize(t) for t in language.examples] * 3, vocabulary=300
    )
    scratch = Scratch(layers=1, hidden=16, heads=2, intermediate=16, max_tokens=64)
    return new_backbone(
        scratch, tokenizer, language, tmp_path_factory.mktemp("ja") / "backbone", seed=1
    ), language


def test_a_plain_folder_gives_the_same_vectors_for_prepared_text(japanese, tmp_path):
    member = saved(tmp_path / "ja", *japanese, "dense", query_prefix="検索: ", passage_prefix="文書: ")
    export_model(member, tmp_path / "plain", "plain")
    assert "langret" not in (tmp_path / "plain" / "modules.json").read_text(encoding="utf-8")
    ours = load_model(member)
    plain = SentenceTransformer(str(tmp_path / "plain"), device="cpu")
    raw = ["東京駅の近くで、ﾋﾞﾜ湖は日本一広い", "がんばれ"]
    ready = [ours.prepare(text) for text in raw]
    for kind, encode in (("query", plain.encode_query), ("passage", plain.encode_document)):
        np.testing.assert_allclose(encode(ready), ours.encode(raw, kind), atol=1e-6)
        assert np.abs(encode(raw) - ours.encode(raw, kind)).max() > 1e-2  # raw text is not enough


def test_a_member_that_reads_text_as_written_is_only_copied(tiny, spaced, tmp_path):
    member = saved(tmp_path / "m", open_backbone(tiny), spaced, "colbert")
    export_model(member, tmp_path / "plain", "plain")
    for file in ("modules.json", "config_sentence_transformers.json", "model.safetensors"):
        assert (tmp_path / "plain" / file).read_bytes() == (member / file).read_bytes()
    assert not (tmp_path / "plain" / "langret.json").exists()
    facts = json.loads((tmp_path / "plain" / "exported.json").read_text())
    assert facts["version"] == "spaced-1" and facts["form"] == "plain"


def test_the_stanford_layout_holds_weights_markers_and_lengths(tiny, spaced, tmp_path):
    member = saved(tmp_path / "m", open_backbone(tiny), spaced, "colbert", attend_masks=True)
    export_model(member, tmp_path / "stanford", "stanford")
    model = load_model(member).model
    weights = load_file(tmp_path / "stanford" / "model.safetensors")
    assert torch.equal(weights["linear.weight"], model[-1].linear.weight)
    name = "encoder.layer.0.attention.self.query.weight"
    assert torch.equal(weights[f"bert.{name}"], model[0].auto_model.state_dict()[name])
    about = json.loads((tmp_path / "stanford" / "artifact.metadata").read_text())
    assert (about["query_maxlen"], about["doc_maxlen"], about["dim"]) == (16, 32, 8)
    assert about["query_token_id"] == "[Q] " and about["attend_to_mask_tokens"] is True
    settings = json.loads((tmp_path / "stanford" / "tokenizer_config.json").read_text())
    assert settings["pad_token"] == "[PAD]" != model.tokenizer.pad_token  # PyLate pads with masks
    facts = json.loads((tmp_path / "stanford" / "exported.json").read_text())
    assert facts["skiplist"] == sorted(model.skiplist) != []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"expansion": "none"}, "does not fill queries up"),
        ({"expansion": "dynamic"}, "fills queries up by their own length"),
        ({"pool_tokens": 2}, "pools its passages"),
        ({"projection": "two_layers"}, "more than one matrix"),
    ],
)
def test_what_the_stanford_layout_cannot_say_is_refused(tiny, spaced, tmp_path, options, reason):
    member = saved(tmp_path / "m", open_backbone(tiny), spaced, "colbert", **options)
    with pytest.raises(ModelError, match=reason):
        export_model(member, tmp_path / "stanford", "stanford")
    assert [path.name for path in tmp_path.iterdir()] == ["m"]  # nothing half done stays behind


def test_a_head_that_a_form_does_not_hold_is_refused(tiny, spaced, tmp_path):
    dense, late = (saved(tmp_path / head, open_backbone(tiny), spaced, head) for head in ("dense", "colbert"))
    with pytest.raises(ModelError, match="Stanford layout holds ColBERT"):
        export_model(dense, tmp_path / "a", "stanford")
    with pytest.raises(ModelError, match="ONNX form holds dense"):
        export_model(late, tmp_path / "b", "onnx")


def test_a_wrong_form_and_a_folder_that_exists_are_refused(tmp_path):
    with pytest.raises(ModelError, match='Did you mean "plain"'):
        export_model("m", tmp_path / "a", "plian")  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="is there already"):
        export_model("m", tmp_path, "plain")


def test_writing_onnx_without_its_packages_names_the_extra(tiny, spaced, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "onnxscript", None)
    member = saved(tmp_path / "m", open_backbone(tiny), spaced, "dense")
    with pytest.raises(MissingDependencyError, match=r"langret\[onnx\]"):
        export_model(member, tmp_path / "onnx", "onnx")


def test_the_card_goes_along_and_says_what_text_must_pass(japanese, tmp_path):
    member = saved(tmp_path / "ja", *japanese, "dense", card="---\nlicense: mit\n---\n\n# ja\n")
    export_model(member, tmp_path / "plain", "plain")
    card = (tmp_path / "plain" / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlicense: mit\n---\n\n> Exported")
    assert "and the segmenter of `ja-1" in card and card.endswith("# ja\n")


def test_rotary_settings_are_kept_by_type_of_layer_alone(japanese, tmp_path):
    """As transformers 5.3 writes them, later versions refuse the folder."""
    for head in ("dense", "colbert"):
        config = json.loads((saved(tmp_path / head, *japanese, head) / "config.json").read_text())
        assert set(config["rope_parameters"]) == {"full_attention", "sliding_attention"}
