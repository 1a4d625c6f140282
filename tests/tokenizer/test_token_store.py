from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from langret.errors import LanguageError, ModelError, StageError
from langret.language import Language, get_language
from langret.tokenizer import TokenStore, encode_texts, train_tokenizer
from langret.tokenizer.encode import encoder

ja = get_language("ja")


@pytest.fixture(scope="module")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    train_tokenizer(ja, [*ja.examples, "番目の文です0123456789"], 400).save_pretrained(folder)
    return folder


def reference(folder: Path, texts: list[str], language: Language | None) -> list[list[int]]:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    return [
        tokenizer(language.segmented(text) if language else text, add_special_tokens=False)["input_ids"]
        for text in texts
    ]


@pytest.mark.parametrize("language", [ja, None])
@pytest.mark.parametrize("processes", [1, 2])
def test_ids_are_the_tokenizers(
    tmp_path: Path, tokenizer_folder: Path, language: Language | None, processes: int
) -> None:
    texts = [f"{number}番目の文です。" * 20 if number % 7 else "" for number in range(3000)]
    texts[10] = "鰻 [MASK] [UNK]x あ" + "い" * 300
    store = encode_texts(
        iter(texts), tokenizer_folder, tmp_path / "s", language=language, processes=processes
    )
    assert len(store) == len(texts)
    assert [store[number].tolist() for number in range(len(texts))] == reference(
        tokenizer_folder, texts, language
    )
    assert store.ids.dtype == np.int32 and store.offsets.dtype == np.int64
    assert store.tokens == len(store.ids) == store.offsets[-1]
    assert isinstance(store.ids, np.memmap)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=40))
@example(text=" 。  本\u3000の\x1cか\x85x\t[MASK][SEP] [UNK]")
@example(text="[MASK]。[CLS]")
def test_remembered_words_change_nothing(tokenizer_folder: Path, text: str) -> None:
    from tokenizers import Tokenizer

    spec = (tokenizer_folder / "tokenizer.json").read_text(encoding="utf-8")
    expected = Tokenizer.from_str(spec).encode(text, add_special_tokens=False).ids
    assert np.frombuffer(encoder(spec)(text), np.int32).tolist() == expected


def test_a_tokenizer_that_looks_across_words_is_asked_whole_texts(tokenizer_folder: Path) -> None:
    from tokenizers import AddedToken, Tokenizer

    tokenizer = Tokenizer.from_str((tokenizer_folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.add_tokens([AddedToken("[Q] ", normalized=False)])
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding(length=50)
    text = "[Q] の の の の の"
    ids = np.frombuffer(encoder(tokenizer.to_str())(text), np.int32)
    assert ids[0] == tokenizer.token_to_id("[Q] ") and len(ids) == 6


def test_a_slow_tokenizer_works_too(tmp_path: Path) -> None:
    from transformers import BertJapaneseTokenizer

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "猫", "が", "好", "##き", "好き"]
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertJapaneseTokenizer(
        str(folder / "vocab.txt"), word_tokenizer_type="mecab", mecab_kwargs={"mecab_dic": "unidic_lite"}
    ).save_pretrained(folder)
    store = encode_texts(["猫が好き", ""], folder, tmp_path / "s", language=None)
    assert [row.tolist() for row in store] == [[5, 6, 9], []]


def test_no_texts_and_empty_texts(tmp_path: Path, tokenizer_folder: Path) -> None:
    assert len(encode_texts([], tokenizer_folder, tmp_path / "none", language=ja)) == 0
    store = encode_texts(["", " "], tokenizer_folder, tmp_path / "empty", language=ja)
    assert [row.tolist() for row in store] == [[], []] and store.tokens == 0


def test_indexing(tmp_path: Path, tokenizer_folder: Path) -> None:
    store = encode_texts(["本", "本の本"], tokenizer_folder, tmp_path / "s", language=ja)
    assert store[-1].tolist() == store[1].tolist()
    for index in (2, -3):
        with pytest.raises(IndexError):
            store[index]


def test_an_older_store_is_replaced_whole(tmp_path: Path, tokenizer_folder: Path) -> None:
    encode_texts(["本"] * 5, tokenizer_folder, tmp_path / "s", language=ja)
    assert len(encode_texts(["本"], tokenizer_folder, tmp_path / "s", language=ja)) == 1
    assert len(TokenStore.open(tmp_path / "s")) == 1


def test_a_failure_leaves_the_older_store_and_nothing_else(tmp_path: Path, tokenizer_folder: Path) -> None:
    encode_texts(["本"] * 5, tokenizer_folder, tmp_path / "s", language=ja)

    def source() -> Iterator[str]:
        yield "本"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode_texts(source(), tokenizer_folder, tmp_path / "s", language=ja)
    assert len(TokenStore.open(tmp_path / "s")) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_text_that_cannot_be_encoded_is_named(tmp_path: Path, tokenizer_folder: Path) -> None:
    with pytest.raises(LanguageError, match="text 1: "):
        encode_texts(["本", "\ud800"], tokenizer_folder, tmp_path / "s", language=None)


def test_no_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no tokenizer folder"):
        encode_texts(["本"], tmp_path / "absent", tmp_path / "s", language=ja)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded"):
        encode_texts(["本"], tmp_path / "empty", tmp_path / "s", language=ja)


def test_missing_and_torn_stores(tmp_path: Path, tokenizer_folder: Path) -> None:
    with pytest.raises(StageError, match="No token ids"):
        TokenStore.open(tmp_path / "absent")
    encode_texts(["本の本"], tokenizer_folder, tmp_path / "s", language=ja)
    with (tmp_path / "s" / "ids.int32").open("ab") as file:
        file.write(b"1234")
    with pytest.raises(StageError, match="torn"):
        TokenStore.open(tmp_path / "s")


def test_a_full_disk_is_said(tmp_path: Path, tokenizer_folder: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StageError, match="cannot be written"):
        encode_texts(["本"], tokenizer_folder, tmp_path / "file" / "s", language=ja)
