"""What normalisers share."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.language import normalizing
from langret.language.normalizing import JOINERS, composed, inner_apostrophes, replacing, without_hidden

any_text = st.text(st.characters(exclude_categories=()), max_size=60)


@given(any_text)
def test_what_is_hidden_goes_and_the_rest_stays_in_order(text):
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and not c.isspace()}
    assert without_hidden()(text) == "".join(c for c in text if c not in hidden)
    assert without_hidden(keep=JOINERS)(text) == "".join(c for c in text if c in JOINERS or c not in hidden)


def test_no_hidden_character_of_unicode_is_overlooked():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    hidden = ("Cc", "Cf", "Cs")
    expected = (c for c in every if c.isspace() or unicodedata.category(c) not in hidden)
    assert without_hidden()(every) == "".join(expected)


def test_variation_selectors_go_where_they_are_said_to():
    text = "葛\U000e0100飾区 ☺\ufe0f"
    assert without_hidden()(text) == text
    assert without_hidden(selectors=True)(text) == "葛飾区 ☺"


@given(st.text("ﬁ’“-]^\\\u2010あ"))
def test_replacing_is_translating(text):
    for table in (normalizing.PLAIN, {ord(c): "+" for c in "-]^\\"}):
        assert replacing(table)(text) == text.translate(table)


@given(any_text)
def test_composing_twice_is_composing_once(text):
    plain = replacing(normalizing.PLAIN)
    once = composed(text, plain)
    assert composed(once, plain) == once
    assert unicodedata.is_normalized("NFC", once)


def test_a_mark_joins_the_letter_that_the_table_brought():
    assert composed("ﬁ\u0301 \u1fef", replacing({**normalizing.LIGATURES, ord("`"): "'"})) == "fí '"


@pytest.mark.parametrize("name", ["HYPHENS", "TWINS", "LIGATURES", "ST_LIGATURES", "APOSTROPHES", "PLAIN"])
def test_tables_lead_to_ascii_and_end_there(name):
    table = getattr(normalizing, name)
    assert all(text.isascii() and text for text in table.values())
    assert not {ord(char) for text in table.values() for char in text} & set(table)


def test_tables_know_what_unicode_knows():
    for number, letters in {**normalizing.LIGATURES, **normalizing.ST_LIGATURES}.items():
        assert unicodedata.normalize("NFKC", chr(number)) == letters
    for number, ascii_form in normalizing.PLAIN.items():
        if number >= 0xFF00:
            assert unicodedata.normalize("NFKC", chr(number)) == ascii_form


def test_apostrophes_between_letters_only():
    assert (
        inner_apostrophes("Jum’at ng`ombe ‘abc’ 5’ 7′2 d’\u0301a") == "Jum'at ng'ombe ‘abc’ 5’ 7′2 d’\u0301a"
    )
