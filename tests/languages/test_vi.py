"""Vietnamese: conformance, what normalising must keep, and what must match in BM25."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from langret_vi import Vietnamese
from langret_vi.world_words import bare

from langret.language.conformance import Conformance


class TestVietnamese(Conformance):
    code = "vi"

    def plugin(self) -> Vietnamese:
        return Vietnamese()


VI = Vietnamese()
TEXT = "Thừa Thiên Huế, Đà Nẵng và Cần Thơ đều ở Việt Nam, quê hương của phở."


def terms(text: str) -> list[str]:
    return VI.analyze(VI.normalize(text))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_way_of_composing_is_one(form):
    assert VI.normalize(unicodedata.normalize(form, TEXT)) == TEXT


def test_letters_that_a_code_page_composes_by_half():
    half = "".join(
        c
        if len(d := unicodedata.normalize("NFD", c)) < 3
        else unicodedata.normalize("NFC", d[0] + d[1]) + d[2]
        for c in "Bến Tre, trường học"
    )
    assert VI.normalize(half) == "Bến Tre, trường học"


def test_tones_are_kept():
    six = "ma má mà mả mã mạ"
    assert VI.normalize(six) == six
    assert len({term for term in terms(six) if not term.startswith("~")}) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("HÒA BÌNH", "HOÀ BÌNH"),
        ("Thúy khỏe", "Thuý khoẻ"),
        ("tùy, lũy, ủy", "tuỳ, luỹ, uỷ"),
        ("qúy", "quý"),
        ("òa", "oà"),
    ],
)
def test_tone_of_open_syllables_has_one_place(old, new):
    assert VI.normalize(old) == new
    assert VI.normalize(new) == new


@pytest.mark.parametrize("text", ["hoàn toàn", "thuở", "quá", "của", "múa", "toán", "loại", "tòan", "Lóabc"])
def test_other_syllables_keep_their_tone_where_it_is(text):
    assert VI.normalize(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ðà Nẵng", "Đà Nẵng"),
        ("e\u0301\u0302 va a\u0300\u0306", "ế va ằ"),
        ("Huế\u200b\u00a0 đẹp\ufeff", "Huế đẹp"),
        ("ｖｉ 2\u20133", "vi 2-3"),
    ],
)
def test_one_form(text, expected):
    assert VI.normalize(text) == expected


def test_syllables_are_words():
    assert VI.segment("Hà Nội, năm 1956.") == ["Hà", "Nội", ",", "năm", "1956", "."]


def test_compounds_are_terms():
    assert {"đại_học", "đại", "học", "~dai hoc"} <= set(terms("Trường Đại học Bách khoa"))


def test_text_joined_for_phobert_has_the_same_syllables():
    assert terms("nghiên_cứu") == terms("nghiên cứu")


def test_queries_without_marks_match_in_pairs():
    query, text = terms("dai hoc bach khoa ha noi"), terms("Đại học Bách khoa Hà Nội")
    assert {term for term in query if term.startswith("~")} <= set(text)


@pytest.mark.parametrize(
    ("one", "other"), [("kỹ sư", "kĩ sư"), ("lý do", "lí do"), ("Mỹ", "Mĩ"), ("hòa", "hoà")]
)
def test_spellings_match(one, other):
    assert terms(one) == terms(other)


def test_y_after_a_vowel_is_no_spelling_of_i():
    assert terms("thuý")[0] == "thuý" and terms("tay")[0] == "tay"


def test_bare_is_what_hasty_people_type():
    assert bare(TEXT) == "Thua Thien Hue, Da Nang va Can Tho deu o Viet Nam, que huong cua pho."


def test_the_segmenter_prints_nothing():
    script = "from langret_vi import Vietnamese; Vietnamese().analyze('Trường đại học')"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "" and done.stderr == ""
