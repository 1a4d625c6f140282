from __future__ import annotations

import unicodedata

import pytest
from langret_tr import Turkish
from langret_tr.segment import lower
from langret_tr.world_words import number, suffixed

from langret.language.conformance import Conformance

tr = Turkish()


class TestTr(Conformance):
    code = "tr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İstanbul Iğdır ılık için", "İstanbul Iğdır ılık için"),
        ("İ".lower() + "stanbul", "istanbul"),  # str.lower leaves a combining dot behind
        ("I\u0307zmir", "İzmir"),  # decomposed
        (unicodedata.normalize("NFD", "çğöşü ÇĞİÖŞÜ"), "çğöşü ÇĞİÖŞÜ"),
        ("kâğıt, resmî, sükûn", "kâğıt, resmî, sükûn"),
        ("İstanbul\u2019da", "İstanbul'da"),
        ("20 m² yer", "20 m² yer"),
        ("ke\u00adlime \u200b sonu", "kelime sonu"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert tr.normalize(text) == expected


def test_lower_knows_both_letters_i() -> None:
    assert lower("ISPARTA İZMİR DIŞİŞLERİ") == "ısparta izmir dışişleri"
    assert len(lower("İ")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul'da", "İSTANBUL"),
        ("İstanbul’dan", "istanbul"),
        ("istanbul'da", "istanbulda"),
        ("ISPARTA'NIN", "Isparta"),
        ("Iğdır'lı", "ığdır"),
        ("1923'te", "1923"),
        ("5'inci", "5"),
        ("kâğıt", "kağıt"),
        ("resmî", "resmi"),
        ("kitaplarımızdan", "kitap"),
        ("ağacı", "ağaç"),
        ("ÇOCUĞUN", "çocuk"),
        ("Kur'an'ın", "Kuran"),
        ("Muș", "Muş"),  # s with a comma, from old fonts
    ],
)
def test_terms_that_must_match(one: str, other: str) -> None:
    assert tr.analyze(tr.normalize(one)) == tr.analyze(tr.normalize(other)) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kır", "kir"),
        ("ılık", "ilik"),
        ("sır", "sir"),
        ("on", "ön"),
        ("kuş", "kus"),
        ("dağ", "dag"),
        ("SIK", "sik"),
    ],
)
def test_letters_that_are_never_folded(one: str, other: str) -> None:
    assert tr.normalize(one) != tr.normalize(other)
    assert tr.analyze(one) != tr.analyze(other)


def test_an_apostrophe_inside_a_foreign_name_parts_words() -> None:
    assert tr.analyze("D'Artagnan") == ["d", *tr.analyze("artagnan")]
    assert tr.analyze("O'Neill")[-1] == "neill"
    assert tr.analyze("5'10") == ["5", "10"]


def test_words_stay_whole() -> None:
    assert tr.segment("İstanbul'da, kâğıt!") == ["İstanbul'da", ",", "kâğıt", "!"]


@pytest.mark.parametrize(
    ("name", "genitive", "locative", "dative"),
    [
        ("Akköy", "Akköy'ün", "Akköy'de", "Akköy'e"),
        ("Kızılova", "Kızılova'nın", "Kızılova'da", "Kızılova'ya"),
        ("Elmakonak", "Elmakonak'ın", "Elmakonak'ta", "Elmakonak'a"),
        ("Karasu", "Karasu'nun", "Karasu'da", "Karasu'ya"),
    ],
)
def test_suffixes_of_names(name: str, genitive: str, locative: str, dative: str) -> None:
    assert suffixed(name) == {"": name, "gen": genitive, "loc": locative, "dat": dative}


def test_suffixes_after_a_possession() -> None:
    found = suffixed("Akköy Lisesi", possessed=True)
    assert (found["gen"], found["loc"], found["dat"]) == (
        "Akköy Lisesi'nin",
        "Akköy Lisesi'nde",
        "Akköy Lisesi'ne",
    )


def test_number_words() -> None:
    assert [number(n) for n in (7, 10, 34, 100, 134)] == ["yedi", "on", "otuz dört", "yüz", "yüz otuz dört"]
