"""The Chinese plugins: the conformance suite, the traps of the language, and real text."""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import warnings
from importlib.metadata import version
from pathlib import Path

import bm25s
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langret_zh import Chinese, TraditionalChinese
from langret_zh.world_words import han_number

from langret.errors import MissingDependencyError
from langret.language.conformance import Conformance
from langret.synthesis.world_make import make_world

zh = Chinese()
hant = TraditionalChinese()
module = importlib.import_module("langret_zh.segment")  # the package exports a function of that name
# Pieces of words that compete for the same characters, characters that no word has, and other scripts.
_BITS = [
    "研究",
    "生命",
    "起源",
    "研究生",
    "中",
    "国人",
    "民",
    "中华人民共和国",
    "和",
    "服",
    "务",
    "㐀",
    "龘",
    "A1",
    "3.5",
    "é",
]


class TestZh(Conformance):
    code = "zh"


class TestZhHant(Conformance):
    code = "zh-Hant"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ１２３％", "ABC123%"),
        (
            "你好，世界！（是吗？）：一；二",
            "你好，世界！（是吗？）：一；二",
        ),  # NFKC would make ASCII of these
        ("真的……", "真的……"),  # and six full stops of this
        ("真的⋯⋯", "真的……"),
        ("⻓江的⻔⻚", "长江的门页"),  # radicals from a PDF, which NFKC leaves
        ("⼀⽉", "一月"),  # radicals that NFKC folds
        ("\uf90a\uf9be", "金料"),  # compatibility ideographs
        ("约翰・史密斯 约翰‧史密斯 约翰·史密斯", "约翰·史密斯 约翰·史密斯 约翰·史密斯"),
        ("10\u301c20 10～20 −5", "10~20 10~20 -5"),
        ("他说\u2015\u2015好", "他说——好"),
        ("①㎡½㈱", "1m21/2(株)"),
        ("零\u200b宽\ufeff字\u00ad符\u0000", "零宽字符"),
        ("葛\U000e0100", "葛"),
        ("全角\u3000空 格\n", "全角 空 格"),
        ("乾幹干 裏裡里 臺台 髮發发", "乾幹干 裏裡里 臺台 髮發发"),  # the script stays
        ("ㄅㄆㄇ lǜ 〇々", "ㄅㄆㄇ lǜ 〇々"),
        ("iPhone", "iPhone"),
        ("坏\ud800", "坏"),
    ],
)
def test_one_written_form(text: str, expected: str) -> None:
    assert zh.normalize(text) == expected


def test_every_character_is_stable() -> None:
    for start in range(0, 0x30000, 64):
        once = zh.normalize("字".join(map(chr, range(start, start + 64))))
        assert zh.normalize(once) == once, hex(start)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我来到北京清华大学", ["我", "来到", "北京", "清华大学"]),
        ("我來到北京清華大學", ["我", "來到", "北京", "清華大學"]),
        ("乾隆皇帝的頭髮", ["乾隆皇帝", "的", "頭髮"]),
        ("买一件T恤,3.5元", ["买", "一件", "T恤", ",", "3.5", "元"]),
        ("café和Москва", ["café", "和", "Москва"]),
        ("A B", ["A", "B"]),
        ("a\0b\ud800", ["a", "\0", "b", "\ud800"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert zh.segment(text) == words
    assert zh.segmented(text) == " ".join(words)


def test_words_of_both_scripts_end_at_the_same_places() -> None:
    for simplified in zh.examples:
        traditional = module.converter("s2t")(simplified)
        assert len(traditional) == len(simplified)
        assert list(map(len, zh.segment(traditional))) == list(map(len, zh.segment(simplified)))


@pytest.mark.parametrize("unit", ["9", "x", "é", "龘", "中国"])
def test_long_runs_of_one_kind_stay_fast(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert "".join(zh.segment(text)) == text
    assert zh.analyze(text)


def test_a_long_text_is_cut_like_its_sentences() -> None:
    sentence = zh.examples[0]
    assert zh.segment(sentence * 300) == zh.segment(sentence) * 300


def test_terms_join_scripts_case_and_ways_of_writing_numbers() -> None:
    assert zh.analyze("圖書館裡的電腦") == zh.analyze("图书馆里的电脑") == hant.analyze("圖書館裏的電腦")
    assert zh.analyze("PDF 12,000") == zh.analyze("pdf 12000") == ["pdf", "12000"] * 2
    assert zh.analyze("。，！？") == []


def test_terms_hold_content_words_and_pairs() -> None:
    assert zh.analyze("图书馆在哪里？") == ["图书馆", "图书", "书馆", "馆在", "在哪", "哪里"]


def test_the_tokenizer_that_others_add_words_to_is_not_ours() -> None:
    ours = module._tokenizer()
    assert ours is not importlib.import_module("jieba").dt


@given(st.lists(st.sampled_from(_BITS), max_size=12).map("".join))
def test_paths_are_those_that_jieba_finds(text: str) -> None:
    ours = module._tokenizer()
    plain = importlib.import_module("jieba").Tokenizer()
    plain.FREQ, plain.total, plain.initialized = ours.FREQ, ours.total, True
    assert list(ours.cut(text, HMM=False)) == list(plain.cut(text, HMM=False))


def test_the_dictionary_is_read_without_a_shared_cache_and_without_noise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    module._tokenizer.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        zh.segment("词典")
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr() == ("", "")


def test_version_names_both_packages() -> None:
    assert f"jieba-{version('jieba')} OpenCC-{version('OpenCC')}" in zh.version


@pytest.mark.parametrize("name", ["jieba", "opencc"])
def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    kept = module._tokenizer, module.converter
    monkeypatch.setattr(module, "_tokenizer", kept[0].__wrapped__)
    monkeypatch.setattr(module, "converter", kept[1].__wrapped__)
    with pytest.raises(MissingDependencyError, match=r"pip install 'langret\[zh\]'"):
        zh.segment("词")


def test_skiplist_knows_chinese_punctuation() -> None:
    assert all(zh.skip_piece(piece) for piece in ("，", "。", "、", "「", "##」", "《", "……", "——", "·"))
    assert not any(zh.skip_piece(piece) for piece in ("〇", "々", "##的", "ㄅ"))


def test_han_numbers() -> None:
    expected = {
        7: "七",
        12: "十二",
        20: "二十",
        105: "一百零五",
        110: "一百一十",
        1240: "一千二百四十",
        2005: "二千零五",
    }
    assert {n: han_number(n) for n in expected} == expected


def test_the_two_worlds_are_one_country() -> None:
    simplified, traditional = make_world(zh.world(), 7), make_world(hant.world(), 7)
    assert [q.id for q in simplified.questions] == [q.id for q in traditional.questions]
    entity = next(e for e in traditional.entities.values() if e.kind.name == "town")
    ways = [way[""] for way in entity.ways]
    assert ways[0].endswith("鎮") and ways[-1].isascii() is False and any(way.isascii() for way in ways)


def test_catalogue_separates_the_scripts() -> None:
    assert {"cmrc2018", "miracl", "t2retrieval", "duretrieval"} <= {entry.name for entry in zh.benchmarks()}
    assert "script:Hant" in hant.entries["drcd"].slices


def test_bm25_on_cmrc_keeps_its_level_in_both_scripts(langret_data: Path) -> None:
    """R@1 over 300 questions of CMRC 2018 dev, all 848 passages, asked in simplified and traditional Chinese."""
    file = langret_data / "zh" / "cmrc2018" / "cmrc2018_dev.json"
    paragraphs = json.loads(file.read_text(encoding="utf-8"))
    numbers: dict[str, int] = {}
    asked: list[tuple[str, int]] = []
    for paragraph in paragraphs:
        number = numbers.setdefault(zh.normalize(paragraph["context_text"]), len(numbers))
        asked += [(qa["query_text"], number) for qa in paragraph["qas"]]
    asked = asked[:300]
    index = bm25s.BM25()
    index.index([zh.analyze(text) for text in numbers], show_progress=False)
    for turned in (str, module.converter("s2t")):
        terms = [zh.analyze(zh.normalize(turned(text))) for text, _ in asked]
        found, _ = index.retrieve(terms, k=1, show_progress=False)
        right = sum(int(row[0]) == number for row, (_, number) in zip(found, asked, strict=True))
        assert right / len(asked) > 0.94


def test_real_sentences_lose_nothing(langret_data: Path) -> None:
    lines = (
        (langret_data / "multi" / "tatoeba" / "tatoeba.cmn-eng.cmn").read_text(encoding="utf-8").split("\n")
    )
    lines = [zh.normalize(line) for line in lines if line]
    assert all("".join(zh.segment(line)) == "".join(line.split()) for line in lines)
    own = sum(zh.in_script(line) >= zh.letters for line in lines)  # not 我是Tom Hunter。
    assert own / len(lines) > 0.99
