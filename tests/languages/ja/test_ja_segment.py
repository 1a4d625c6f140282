import importlib
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langret_ja import Japanese

from langret.errors import MissingDependencyError
from langret.language import get_language, tools

ja = Japanese()
module = importlib.import_module("langret_ja.segment")  # the package exports a function of that name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("すもももももももものうち", ["すもも", "も", "もも", "も", "もも", "の", "うち"]),
        ("新しい図書館へ行った。", ["新しい", "図書", "館", "へ", "行っ", "た", "。"]),
        ("A B", ["A", "B"]),
        ("a\0b\ud800", ["a", "\0", "b", "\ud800"]),
        ("", []),
        (" ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert ja.segment(text) == words
    assert ja.segmented(text) == " ".join(words)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_raw_text_loses_nothing(text: str) -> None:
    words = ja.segment(text)
    assert "".join(words) == "".join(text.split())
    assert all(words)
    ja.analyze(text)


def test_a_megabyte_without_a_space() -> None:
    text = "".join(ja.examples)
    text = text * (1_000_000 // len(text))
    assert "".join(ja.segment(text)) == text


@pytest.mark.parametrize("unit", ["9", "x", "日本"])
def test_long_runs_of_one_kind_stay_fast(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert "".join(ja.segment(text)) == text


def test_cuts_keep_the_words_of_sentences() -> None:
    sentence = ja.examples[1]
    assert ja.segment(sentence * 200) == ja.segment(sentence) * 200


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("本を読まなかった。", ["本", "読む"]),
        ("本を読みました", ["本", "読む"]),
        ("東京タワーへ", ["東京", "タワー"]),
        ("iPhoneのPDF", ["iphone", "pdf"]),
        ("、。!?", []),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert ja.analyze(text) == terms


def test_terms_join_spellings_and_inflections() -> None:
    assert ja.analyze("出来る") == ja.analyze("できる") == ja.analyze("出来た")


def test_version_names_both_packages_without_importing_them() -> None:
    assert f"fugashi-{version('fugashi')}" in ja.version
    assert f"unidic-lite-{version('unidic-lite')}" in ja.version


def test_missing_fugashi_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fugashi", None)
    module._words.cache_clear()
    try:
        with pytest.raises(MissingDependencyError, match=r"pip install 'langret\[ja\]'"):
            ja.segment("本")
    finally:
        module._words.cache_clear()


def test_missing_metadata_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(tools, "version", missing)
    with pytest.raises(MissingDependencyError, match=r"langret\[ja\]"):
        ja.version  # noqa: B018


def test_skiplist_spares_the_long_vowel_mark() -> None:
    assert not ja.skip_piece("ー") and not ja.skip_piece("##ー") and not ja.skip_piece("々")
    assert all(ja.skip_piece(piece) for piece in ("。", "、", "「", "##」", "!", "(", "・", "～", "＄"))


def test_catalogue_has_what_the_papers_use() -> None:
    hubs = {entry.hub for entry in ja.catalogue}
    assert {"unicamp-dl/mmarco", "bclavie/mmarco-japanese-hard-negatives", "hotchpotch/JQaRA"} <= hubs
    assert {"jaquad", "jsquad", "miracl", "mrtydi", "jqara", "jacwir", "esci"} == {
        b.name for b in ja.benchmarks()
    }


def test_registered_under_its_code() -> None:
    assert isinstance(get_language("ja"), Japanese)


def test_bm25_on_jaquad_keeps_its_level(langret_data: Path) -> None:
    """R@1 over the first 800 questions of JaQuAD dev, all 1,431 passages."""
    import bm25s

    passages: dict[str, int] = {}
    questions: list[tuple[str, int]] = []
    for file in sorted((langret_data / "ja" / "jaquad" / "dev").glob("*.json")):
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                number = passages.setdefault(ja.normalize(paragraph["context"]), len(passages))
                questions += [(ja.normalize(qa["question"]), number) for qa in paragraph["qas"]]
    index = bm25s.BM25()
    index.index([ja.analyze(text) for text in passages], show_progress=False)
    asked = questions[:800]
    found, _ = index.retrieve([ja.analyze(text) for text, _ in asked], k=1, show_progress=False)
    right = sum(int(row[0]) == number for row, (_, number) in zip(found, asked, strict=True))
    assert right / len(asked) > 0.8
