"""Swahili: conformance, the apostrophe of ng', and what the light stemmer joins and leaves alone."""

from __future__ import annotations

import pytest
from langret_sw import Swahili
from langret_sw.segment import stem
from langret_sw.world_words import number_words

from langret.language.conformance import Conformance


class TestSwahili(Conformance):
    code = "sw"

    def plugin(self) -> Swahili:
        return Swahili()


@pytest.fixture(scope="module")
def plugin():
    return Swahili()


@pytest.mark.parametrize("apostrophe", "'’‘ʼʻ`´′")
def test_ng_keeps_an_apostrophe_however_it_was_typed(plugin, apostrophe):
    text = plugin.normalize(f"Ng{apostrophe}ombe wa ng{apostrophe}ambo")
    assert text == "Ng'ombe wa ng'ambo"
    assert plugin.segment(text) == ["Ng'ombe", "wa", "ng'ambo"]
    assert plugin.analyze(text) == ["ng'ombe", "ng'ambo"]


def test_the_apostrophe_tells_words_apart(plugin):
    assert plugin.analyze("ng'oa") != plugin.analyze("ngoa")


def test_quotation_marks_stay(plugin):
    assert plugin.normalize("neno ‘uhuru’ na ’karibu’") == "neno ‘uhuru’ na ’karibu’"


@pytest.mark.parametrize(
    "forms",
    [
        "kitabu vitabu kitabuni",
        "chama vyama",
        "mtu watu",
        "mtoto watoto",
        "mwalimu walimu",
        "mwanafunzi wanafunzi",
        "mwandishi waandishi",
        "mwimbaji waimbaji",
        "mlima milima milimani",
        "mwaka miaka",
        "mwezi miezi",
        "tunda matunda",
        "waziri mawaziri",
        "jicho macho",
        "mwanamke wanawake",
        "mji miji mjini",
        "shule shuleni",
        "kusoma anasoma walisoma tutasoma amesoma aliyesoma wanaosoma",
        "kujenga ilijenga ilijengwa iliyojengwa",
        "kunywa walikunywa anakunywa",
        "kula alikula wanakula",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1, [(form, stem(form)) for form in forms.split()]


SIMPLE = """
    ng'ombe samaki chakula amerika italia kilimanjaro maisha maana mahali kubwa maji mama vita kitabu ali alama
    utawala ndizi habari serikali uhuru rafiki simba watu2 2024
"""


@pytest.mark.parametrize("word", SIMPLE.split())
def test_words_that_only_look_inflected_stay(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    "words",
    ["chakula kula", "kusini kusoma", "mwana mwaka", "watoto wakati", "ngano ng'ambo", "kutunza matunda"],
)
def test_different_words_keep_different_stems(words):
    one, other = words.split()
    assert stem(one) != stem(other)


def test_connectives_and_question_words_are_no_terms(plugin):
    assert plugin.analyze("Je, mji wa kale wa nani uko wapi?") == ["mji", "kale", "uko"]
    assert plugin.analyze("ni wa na kwa") == []


def test_capitals_and_diacritics_match_in_bm25_only(plugin):
    assert plugin.analyze("VITABU vya Zoé") == plugin.analyze("kitabu cha zoe")
    assert plugin.normalize("VITABU Zoé") == "VITABU Zoé"


def test_numbers_of_the_world():
    assert [number_words(n) for n in (7, 20, 23, 105, 1240, 3000)] == [
        "saba",
        "ishirini",
        "ishirini na tatu",
        "mia moja na tano",
        "elfu moja mia mbili na arobaini",
        "elfu tatu",
    ]
