from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from langret.errors import DataError
from langret.language import Language, get_language
from langret.tokenizer import train_tokenizer
from langret.tokenizer.train import SPECIAL, train_vocabulary

ja = get_language("ja")


class Plain(Language):
    code, name, script, version = "xx", "Example", "Latn", "1"

    def normalize(self, text: str) -> str:
        return text

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


TEXTS = [text for text in ja.examples for _ in range(3)]


def test_shape_of_the_vocabulary() -> None:
    tokenizer = train_tokenizer(ja, TEXTS, 320)
    vocabulary = tokenizer.get_vocab()
    assert len(vocabulary) <= 320
    assert [vocabulary[token] for token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")] == [0, 1, 2, 3, 4]
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    assert (tokenizer.pad_token_id, tokenizer.unk_token_id, tokenizer.mask_token_id) == (0, 1, 4)
    assert any(len(piece.removeprefix("##")) > 1 for piece in vocabulary if not piece.startswith("["))


def test_nothing_known_becomes_unk_and_decoding_gives_the_words_back() -> None:
    tokenizer = train_tokenizer(ja, TEXTS, 400)
    for text in TEXTS:
        segmented = ja.segmented(text)
        ids = tokenizer(segmented, add_special_tokens=False)["input_ids"]
        assert tokenizer.unk_token_id not in ids
        assert tokenizer.decode(ids) == segmented
        assert tokenizer(segmented)["input_ids"] == [2, *ids, 3]


def test_punctuation_does_not_stick_to_words_that_spaces_separate() -> None:
    tokenizer = train_tokenizer(Plain(), ["das Haus am See"] * 9 + ["„Haus“, sagt er: Haus!"] * 9, 60)
    assert tokenizer.tokenize("„Haus“ Haus, (Haus)") == [
        "„",
        "Haus",
        "“",
        "Haus",
        ",",
        "[UNK]",
        "Haus",
        "[UNK]",
    ]


def test_case_and_marks_stay() -> None:
    tokenizer = train_tokenizer(Plain(), ["Ab がか şğ ab"] * 5, 100)
    assert (
        tokenizer.decode(tokenizer("Ab がか şğ ab", add_special_tokens=False)["input_ids"]) == "Ab がか şğ ab"
    )


def test_lower_case_where_asked_for(tmp_path: Path) -> None:
    tokenizer = train_tokenizer(Plain(), ["Candi itu candi CANDI"] * 9, 100, lowercase=True)
    tokenizer.save_pretrained(tmp_path)
    for each in (tokenizer, AutoTokenizer.from_pretrained(tmp_path)):
        assert each.tokenize("CANDI Candi") == ["candi", "candi"]
    assert not [piece for piece in tokenizer.get_vocab() if piece not in SPECIAL and piece != piece.lower()]


def test_a_reloaded_tokenizer_gives_the_same_ids(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = train_tokenizer(ja, TEXTS, 300)
    tokenizer.save_pretrained(tmp_path)
    again = AutoTokenizer.from_pretrained(tmp_path)
    strange = ["未知の漢字 鰻 ABC [MASK] ##か", "が か\u3099", "", "あ" * 200, *map(ja.segmented, TEXTS)]
    for text in strange:
        assert again(text)["input_ids"] == tokenizer(text)["input_ids"], text
    assert again.get_vocab() == tokenizer.get_vocab()
    assert again.special_tokens_map == tokenizer.special_tokens_map


TIES = """
import random
from langret.language import get_language
from langret.tokenizer.train import SPECIAL, train_vocabulary

draw = random.Random(5)
texts = ["".join(draw.choices("abcdefghijklmnopqrst", k=6)) for _ in range(2000)]
print("\\n".join(train_vocabulary(get_language("ja"), texts, 400)))
"""


def test_processes_train_the_same_vocabulary() -> None:
    # random words, each met once: pairs of letters are about as frequent as each other, with ties everywhere
    found = [
        subprocess.run([sys.executable, "-c", TIES], check=True, capture_output=True, timeout=120).stdout
        for _ in range(3)
    ]
    assert len(found[0].splitlines()) == 400
    assert len(set(found)) == 1


def test_training_twice_saves_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        train_tokenizer(ja, TEXTS, 300).save_pretrained(tmp_path / name)
    first, second = ({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("a", "b"))
    assert "tokenizer.json" in first and first == second


def test_order_of_the_texts_does_not_matter() -> None:
    assert train_vocabulary(ja, TEXTS, 300) == train_vocabulary(ja, TEXTS[::-1], 300)


def test_rare_characters_leave_room_for_words() -> None:
    rare = "".join(map(chr, range(0x5000, 0x5000 + 3000)))
    texts = ["hello world"] * 50 + [f"{char}" for char in rare]
    vocabulary = train_vocabulary(Plain(), texts, 200)
    assert {"hello", "world", "h", "##e"} <= set(vocabulary)
    assert sum(len(piece.removeprefix("##")) == 1 for piece in vocabulary) <= 100


def test_both_forms_of_a_frequent_character() -> None:
    tokenizer = train_tokenizer(Plain(), ["ab"] * 9, 100)
    assert tokenizer.unk_token_id not in tokenizer("ba b bab", add_special_tokens=False)["input_ids"]


def test_no_text_is_an_error() -> None:
    with pytest.raises(DataError, match="no text"):
        train_tokenizer(ja, ["", " "], 300)
