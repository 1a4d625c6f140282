"""Persian: conformance, the joiner that is a letter, and the spellings that BM25 must bring together."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langret_fa import Persian
from langret_fa.world_words import spoken

from langret.language.conformance import Conformance

fa = Persian()
ZWNJ = "\u200c"


class TestFa(Conformance):
    code = "fa"

    def plugin(self) -> Persian:
        return fa


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("می‌روم", "می‌روم"),
        ("می\u200c\u200cروم", "می‌روم"),
        ("۲۰\u200cساله", "۲۰\u200cساله"),
        ("خانهٔ\u200cما", "خانهٔ\u200cما"),  # the hamza above is part of its letter
        ("کتاب\u200c ها\u200c.", "کتاب ها."),  # beside a space or a stop it joins nothing
        ("كتاب علي", "کتاب علی"),  # Arabic kaf and yeh
        ("مصطفى", "مصطفی"),
        ("خانۀ", "خانه\u0654"),
        ("آب أمر مسئول مؤمن", "آب أمر مسئول مؤمن"),  # letters, which only BM25 folds
        ("مُدَرِّس", "مدرس"),  # vowel signs and shadda
        ("مثلاً", "مثلا"),
        ("ســـلام", "سلام"),
        ("٢٠٢٤ ۱۴۰۳ 12", "۲۰۲۴ ۱۴۰۳ 12"),
        ("\ufefb\ufedf\ufee2", "لالم"),  # presentation forms
        ("ب\ufe70ا", "با"),  # a spacing vowel sign, of which NFKC would make a space
        ("ا\u0653ب", "آب"),
        ("ه\u200d.ش", "ه.ش"),
        (" \u202bمتن\u00a0\n تازه\u200f ", "متن تازه"),
        ("آب \u200c نان \u200c", "آب نان"),
        ("", ""),
    ],
)
def test_normalize(text, expected):
    assert fa.normalize(text) == expected
    assert fa.normalize(expected) == expected


@given(
    st.text(
        st.sampled_from(
            "بدآاإهةيیىكک\u0653\u0654\u0655\u064e\u0670\u0640\u06d5\u06c0\u06c1 \u200c\u200d\ufe70\u0308aé۳٣"
        )
    )
)
def test_normalize_is_idempotent_where_it_is_hard(text):
    once = fa.normalize(text)
    assert fa.normalize(once) == once
    assert unicodedata.is_normalized("NFKC", once)
    assert not once.startswith(ZWNJ) and not once.endswith(ZWNJ)


def test_every_character_alone_and_between_letters():
    for number in (*range(0x3000), *range(0xF900, 0x10000)):
        once = fa.normalize(f"ه{chr(number)}ٔ\u200cی{chr(number)}")
        assert fa.normalize(once) == once, hex(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("می‌روم، تو؟", ["می‌روم", "،", "تو", "؟"]),
        ("دما ۱۲٫۵ است.", ["دما", "۱۲٫۵", "است", "."]),
        ("«سلام»", ["«", "سلام", "»"]),
    ],
)
def test_words(text, words):
    assert fa.segment(text) == words


@pytest.mark.parametrize(
    "spellings",
    [
        ("می‌روم", "می روم", "میروم"),
        ("نمی‌خواهم", "نمی خواهم", "نمیخواهم"),
        ("كتاب‌ها", "کتاب ها", "کتابها", "کتاب‌های", "کتابهای", "کتاب‌هایش", "کتاب"),
        ("بزرگ‌تر", "بزرگ تر", "بزرگتر", "بزرگ‌ترین", "بزرگترین", "بزرگ"),
        ("خانه", "خانهٔ", "خانۀ", "خانه‌ی", "خانه‌ای"),
        ("دریا", "دریای", "دریایی"),
        ("مؤمن", "مومن"),
        ("آب", "اب", "آب‌ها"),
        ("١٢", "۱۲", "12"),
    ],
)
def test_spellings_meet(spellings):
    assert len({tuple(fa.analyze(fa.normalize(text))) for text in spellings}) == 1


@pytest.mark.parametrize(
    "word", ["تنها", "انتها", "دختر", "دفتر", "کیلومتر", "دکتر", "میز", "میوه", "تهران", "ایران"]
)
def test_what_only_looks_like_an_affix_stays(word):
    assert fa.analyze(word) == [word.replace("آ", "ا")]


def test_compounds_meet_their_spaced_and_joined_spelling():
    terms = fa.analyze("دانش‌آموزان")
    assert set(fa.analyze("دانش آموزان")) <= set(terms)
    assert set(fa.analyze("دانشآموزان")) <= set(terms)


def test_a_lonely_prefix_is_kept():
    assert fa.analyze("می") == ["می"]
    assert fa.analyze("جام می.") == ["جام", "می"]


def test_function_words_are_no_terms():
    assert fa.analyze("آیا این کتاب برای شما است؟") == ["کتاب"]


def test_skiplist_masks_a_bare_joiner_and_spares_words():
    assert all(fa.skip_piece(piece) for piece in (ZWNJ, f"##{ZWNJ}", "؟", "،", "##؛", "«", "٪"))
    assert not any(fa.skip_piece(piece) for piece in ("می", f"می{ZWNJ}", "##ها", "۱", "▁", "[UNK]"))


def test_numbers_in_words():
    assert [spoken(n) for n in (18, 40, 121, 1245, 2005)] == [
        "هجده",
        "چهل",
        "صد و بیست و یک",
        "هزار و دویست و چهل و پنج",
        "دو هزار و پنج",
    ]
