"""What written text must pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.data.records import Passage, Query, query_table
from langret.language import get_language
from langret.synthesis.checks import Checks, grounded, same_facts, similarity


def checks(mini, *texts: str) -> Checks:
    return Checks(mini, query_table(Query(str(n), text) for n, text in enumerate(texts)))


def test_queries(mini):
    passage = Passage("p", "Rivers bend. The weir holds the water back!", "On weirs")
    made = checks(mini, "Who built the weir?")
    assert made.query(" ") == "empty" and made.query("?!") == "empty"
    assert made.query("what " * 100) == "too_long"
    assert made.query("the weir holds the water back", passage) == "copy"
    assert made.query("on weirs", passage) == "copy"
    assert made.query("who built the weir") == "duplicate"
    assert made.query("why does the weir hold water back", passage) == ""
    assert made.query("Why does the weir hold water back?", passage) == "duplicate"


def test_the_language_is_looked_at():
    japanese = Checks(get_language("ja"), query_table([]))
    assert japanese.query("how do I return a parcel") == "wrong_language"
    assert japanese.query("VAT の返品") == ""
    assert japanese.passage("A passage in another language altogether.", 100, []) == "wrong_language"


def test_passages(mini):
    text = "The weir was built in the ninth year of the drought, of oak and clay."
    made = checks(mini)
    assert made.passage("", 100, []) == "empty"
    assert made.passage("Short.", 100, []) == "too_short"
    assert made.passage(text, 20, []) == "too_long"
    assert made.passage(text, 100, ["Another text.", text + "."]) == "near_duplicate"
    assert made.passage(text, 100, ["Another text."]) == ""
    assert made.passage(text.upper(), 100, []) == "duplicate"


def test_what_failed_is_not_remembered(mini):
    made = checks(mini)
    assert made.passage("A text of some length.", 5, []) == "too_long"
    assert made.passage("A text of some length.", 50, []) == ""


@pytest.mark.parametrize(
    ("quote", "holds"), [("built of OAK,  and clay", True), ("of stone", False), ("?!", False), ("", False)]
)
def test_quotations(quote, holds):
    assert grounded(quote, "It was built of oak and clay.") is holds


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_a_share(one, other):
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1
    assert similarity(one, one) == 1


@pytest.mark.parametrize(
    ("original", "rewritten", "same"),
    [
        ("دفع 1,500 ريال عبر VAT", "سدد ١٬٥٠٠ ريال بال vat", True),
        ("دفع 1,500 ريال", "سدد 1,550 ريال", False),
        ("يوم 3 و 3", "يوم 3", False),
        ("نظام ERP", "السيستم", False),
        ("لا رقم", "مفيش رقم", True),
    ],
)
def test_facts_stay(original, rewritten, same):
    assert same_facts(original, rewritten, ("ARABIC",)) is same


def test_words_of_the_own_script_are_no_facts():
    assert same_facts("the flat is let", "the apartment is rented", ("LATIN",))
