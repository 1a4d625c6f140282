"""A trimmed tokenizer does to the language's texts what the whole one did."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from langret.errors import ModelError
from langret.tokenizer import trim_tokenizer
from tests.toys import OTHERS, OURS, tokenizer_of


@pytest.mark.parametrize("kind", ["wordpiece", "bpe", "unigram"])
def test_the_languages_texts_are_tokenised_as_before(kind, tmp_path):
    whole = tokenizer_of(kind)
    kept = trim_tokenizer(whole, OURS * 2, tmp_path)
    trimmed = AutoTokenizer.from_pretrained(tmp_path)
    assert len(trimmed) == len(kept) < len(whole)
    assert kept == sorted(set(kept))
    for text in OURS:
        assert trimmed.tokenize(text) == whole.tokenize(text)
        assert [kept[new] for new in trimmed(text)["input_ids"]] == whole(text)["input_ids"]
    for name in ("pad", "unk", "cls", "sep", "mask"):
        assert kept[getattr(trimmed, f"{name}_token_id")] == getattr(whole, f"{name}_token_id")
    assert "<mask>" in trimmed.tokenize("der <mask> schläft")


@pytest.mark.parametrize("kind", ["wordpiece", "bpe", "unigram"])
def test_no_text_becomes_unknown_that_was_not(kind, tmp_path):
    whole = tokenizer_of(kind)
    trim_tokenizer(whole, OURS * 2, tmp_path)
    trimmed = AutoTokenizer.from_pretrained(tmp_path)
    for text in OTHERS:
        assert whole.unk_token_id not in whole(text)["input_ids"]
        assert trimmed.unk_token_id not in trimmed(text)["input_ids"]
        assert (
            trimmed.decode(trimmed(text, add_special_tokens=False)["input_ids"]).replace(" ", "")
            == text.replace(" ", "")
            or kind != "bpe"
        )


def test_frequency_and_size_decide(tmp_path):
    whole = tokenizer_of("wordpiece")
    all_used = trim_tokenizer(whole, OURS * 2, tmp_path / "a")
    seldom = trim_tokenizer(whole, OURS, tmp_path / "b", least=3)
    few = trim_tokenizer(whole, OURS * 2, tmp_path / "c", most=5)
    assert len(few) < len(all_used) and len(seldom) < len(all_used)
    nothing = trim_tokenizer(whole, [], tmp_path / "d")
    assert len(few) == len(nothing) + 5
    assert AutoTokenizer.from_pretrained(tmp_path / "d").unk_token == "<unk>"


def test_kinds_that_cannot_be_trimmed_are_refused(tmp_path):
    words = Tokenizer(models.WordLevel({"<unk>": 0, "a": 1}, unk_token="<unk>"))
    with pytest.raises(ModelError, match="WordLevel"):
        trim_tokenizer(PreTrainedTokenizerFast(tokenizer_object=words, unk_token="<unk>"), OURS, tmp_path)
    with pytest.raises(ModelError, match="not a fast one"):
        trim_tokenizer(type("Slow", (), {"name_or_path": "slow"})(), OURS, tmp_path)
