"""Hindi: conformance, joiners and nuktas, and the spellings that BM25 must bring together."""

from __future__ import annotations

import importlib
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langret_hi import Hindi
from langret_hi.segment import fold

from langret.errors import MissingDependencyError
from langret.language.conformance import Conformance

hi = Hindi()
module = importlib.import_module("langret_hi.segment")  # the package exports a function of that name


class TestHi(Conformance):
    code = "hi"

    def plugin(self) -> Hindi:
        return hi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u0958लम", "क\u093cलम"),  # one code point, which NFC never composes
        ("क\u093cलम", "क\u093cलम"),
        ("फा\u093c", "फ\u093cा"),  # nukta typed after the vowel sign
        ("अाम", "आम"),
        ("अाेस", "ओस"),
        ("हिन्दी हिंदी", "हिन्दी हिंदी"),  # two spellings, which only BM25 folds
        ("चाँद दुःख २०२४ 2024", "चाँद दुःख २०२४ 2024"),
        ("क्\u200dष क्\u200cष क्ष", "क्\u200dष क्\u200cष क्ष"),  # joiners choose the shape
        ("र\u200d्य", "र\u200d्य"),
        ("क\u200dम\u200c ल\u200b", "कम ल"),  # joiners that join nothing
        ("क्\u200d\u200d\u200cष", "क्\u200dष"),
        ("समय: ५ बजे", "समय: ५ बजे"),  # the colon is no visarga
        ("\ufeffपहला\u00a0\n दूसरा ", "पहला दूसरा"),
        ("जल \u200c थल \u200d", "जल थल"),
        ("", ""),
    ],
)
def test_normalize(text, expected):
    assert hi.normalize(text) == expected
    assert hi.normalize(expected) == expected


@given(
    st.text(
        st.sampled_from(
            "कनरअआउएओ\u093c\u094d\u093e\u0947\u0948\u094b\u0949\u0941\u0945\u0901\u200c\u200d \u0958\u0929ae\u0301"
        )
    )
)
def test_normalize_is_idempotent_where_it_is_hard(text):
    once = hi.normalize(text)
    assert hi.normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_every_character_alone_and_between_letters():
    for number in (*range(0x3000), *range(0xF900, 0x10000)):
        once = hi.normalize(f"अ{chr(number)}\u093c\u094d\u200dा{chr(number)}")
        assert hi.normalize(once) == once, hex(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("राम घर गया।", ["राम", "घर", "गया", "।"]),
        ("क्या यह ३.५ है?", ["क्या", "यह", "३.५", "है", "?"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("श्लोक॥", ["श्लोक", "॥"]),
    ],
)
def test_words(text, words):
    assert hi.segment(text) == words


@pytest.mark.parametrize(
    "spellings",
    [
        ("हिन्दी", "हिंदी"),
        ("सम्बन्ध", "संबंध", "संबन्ध"),
        ("चाँद", "चांद"),
        ("फ़िरोज़", "फिरोज", "\u095eिरो\u095b"),
        ("कॉलेज", "कालेज".replace("का", "को")),
        ("दुःख", "दुख"),
        ("नयी", "नई"),
        ("चाहिये", "चाहिए"),
        ("किताब", "किताबें", "किताबों"),
        ("लड़की", "लड़कियाँ", "लड़कियों", "लडकियां"),
        ("कमरा", "कमरे", "कमरों"),
        ("२०२४", "2024"),
        ("क्\u200dषमा", "क्षमा"),
    ],
)
def test_spellings_meet(spellings):
    assert len({tuple(hi.analyze(hi.normalize(text))) for text in spellings}) == 1


def test_different_words_stay_apart():
    assert hi.analyze("जन्म") != hi.analyze("जंम")
    assert hi.analyze("अन्न") == ["अन्न"]
    assert hi.analyze("कल") != hi.analyze("काल")


def test_function_words_and_danda_are_no_terms():
    assert hi.analyze("यह किताब का है।") == hi.analyze("किताब")


def test_folds_are_those_of_indic_nlp_library():
    indic = pytest.importorskip("indicnlp.normalize.indic_normalize")
    theirs = indic.DevanagariNormalizer(
        lang="hi", remove_nuktas=True, nasals_mode="to_anusvaara_strict", do_normalize_chandras=True
    )
    text = " ".join(hi.examples) + " हिन्दी सम्बन्ध पण्डित गङ्गा पञ्चम चाँद कॉलेज ऑफ़िस ऍक्ट अन्न जन्म क्\u200dष"
    for word in hi.segment(hi.normalize(text)):
        assert fold(word) == theirs.normalize(word), word


def test_skiplist_masks_the_danda_and_spares_signs():
    assert all(hi.skip_piece(piece) for piece in ("।", "॥", "##।", "॰", "₹", "?"))
    assert not any(hi.skip_piece(piece) for piece in ("##ा", "##्", "है", "१", "▁"))


def test_missing_stemmer_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "Stemmer", None)
    module._stemmer.cache_clear()
    module._term.cache_clear()
    try:
        with pytest.raises(MissingDependencyError, match=r"langret\[hi\]"):
            hi.analyze("किताब")
    finally:
        module._stemmer.cache_clear()
        module._term.cache_clear()
