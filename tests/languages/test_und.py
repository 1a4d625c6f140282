"""Any other language: conformance, and the scripts that it is for."""

from __future__ import annotations

import pytest
from langret_und import Undetermined

from langret.language.conformance import Conformance


class TestUndetermined(Conformance):
    code = "und"

    def plugin(self) -> Undetermined:
        return Undetermined()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ሰላም፣ ዓለም።", ["ሰላም", "፣", "ዓለም", "።"]),
        ("თბილისი, 1991 წელი.", ["თბილისი", ",", "1991", "წელი", "."]),
        ("Can't stop at 3.14!", ["Can't", "stop", "at", "3.14", "!"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
    ],
)
def test_words_of_many_scripts(text, words):
    plugin = Undetermined()
    assert plugin.segment(plugin.normalize(text)) == words


def test_a_zero_width_space_ends_a_word():
    assert Undetermined().normalize("ភ្នំ\u200bពេញ") == "ភ្នំ ពេញ"


def test_terms_ignore_case_and_width_and_keep_marks():
    plugin = Undetermined()
    assert plugin.analyze("ＡＢＣ Straße STRASSE") == ["abc", "strasse", "strasse"]
    assert plugin.analyze("が か") == ["が", "か"]
