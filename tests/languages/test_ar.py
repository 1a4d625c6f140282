"""Arabic and its dialects of Egypt and Morocco: conformance, the traps of the script, the world, real text."""

from __future__ import annotations

import json

import bm25s
import pytest
from bm25s.tokenization import tokenize
from hypothesis import given, settings
from hypothesis import strategies as st
from langret_ar import Arabic, EgyptianArabic, MoroccanArabic
from langret_ar.segment import light_stem
from langret_ar.world_dialects import EGYPTIAN, MOROCCAN

from langret.language.conformance import Conformance
from langret.synthesis import world_validate
from langret.synthesis.world_make import make_world

VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
ar = Arabic()


class TestArabic(Conformance):
    code = "ar"
    folded = VOWELS


class DialectConformance(Conformance):
    folded = VOWELS

    def test_world_is_true(self) -> None:
        # One seed: the passages are those of Arabic, which are checked with two.
        world_validate(self.plugin())


class TestEgyptianArabic(DialectConformance):
    code = "arz"


class TestMoroccanArabic(DialectConformance):
    code = "ary"


# What a model sees


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مُحَمَّدٌ رَسُولُ", "محمد رسول"),
        ("العـــــربية", "العربية"),
        ("هٰذا الرحمٰن", "هذا الرحمن"),
        ("ﻣﺮﺣﺒﺎ ﺑﻜﻢ", "مرحبا بكم"),  # presentation forms, as old PDF files give them
        ("ﻻ إله إلا ﷲ", "لا إله إلا الله"),
        ("ثمنه ٥٠ ﷼", "ثمنه ٥٠ ريال"),  # NFKC alone writes the yeh of Persian here
        ("كتﹷب", "كتب"),  # NFKC makes a tatweel and a fatha of the fourth character
        ("قالﹶ نعم", "قال نعم"),  # and a space and a fatha of this one
        ("ا\u0654حمد و ا\u0653دم", "أحمد و آدم"),  # hamza and madda typed as marks are letters
        ("ا\u064e\u0654", "أ"),
        ("سؤال\u200f؟\u200e", "سؤال؟"),  # direction marks
        ("قُلْ هُوَ ٱللَّهُ أَحَدٌ ۝", "قل هو ٱلله أحد"),  # the end-of-verse sign is a format character
    ],
)
def test_normalize_writes_one_form(text, expected):
    assert ar.normalize(text) == expected


@pytest.mark.parametrize(
    "pair", [("فأر", "فار"), ("على", "علي"), ("كرة", "كره"), ("سؤل", "سول"), ("آن", "أن"), ("ڤيلا", "فيلا")]
)
def test_normalize_keeps_apart_what_means_different_things(pair):
    first, second = map(ar.normalize, pair)
    assert first != second


@pytest.mark.parametrize(
    "letters", ["ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", "پچڤگڭݣڥ", "٠١٢٣٤٥٦٧٨٩", "،؛؟٪٫٬"]
)
def test_normalize_leaves_every_letter_digit_and_sign(letters):
    assert ar.normalize(letters) == letters


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF) | st.sampled_from(" ﻻﷺﷲ"), max_size=40)
)
def test_camel_tools_has_nothing_left_to_do(text):
    dediac = pytest.importorskip("camel_tools.utils.dediac").dediac_ar
    camel = pytest.importorskip("camel_tools.utils.normalize").normalize_unicode
    done = ar.normalize(text)
    assert dediac(done) == done
    assert camel(done) == done


def test_words_are_cut_at_punctuation_and_nowhere_else():
    assert ar.segment("والكتابُ، «الجديد» بـ3.5 دنانير؟") == [
        "والكتابُ",
        "،",
        "«",
        "الجديد",
        "»",
        "بـ3.5",
        "دنانير",
        "؟",
    ]


# What BM25 sees


def terms(text: str, plugin: Arabic = ar) -> list[str]:
    return plugin.analyze(plugin.normalize(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد إلى القاهرة", "احمد الي القاهره"),
        ("مُستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("عام ١٩٧٣", "عام 1973"),
        ("کتاب علی", "كتاب علي"),  # kaf and yeh of a Persian keyboard
        ("لأݣادير", "لأكادير"),
        ("ڤيينا", "فيينا"),
        ("Docker", "docker"),
    ],
)
def test_spellings_of_one_word_have_the_same_terms(one, other):
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والكتاب", "كتاب"),
        ("بالمدرسه", "مدرس"),
        ("المهندسون", "مهندس"),
        ("سيارات", "سيار"),
        ("للناس", "ناس"),
        ("ولد", "ولد"),
        ("ال", "ال"),
    ],
)
def test_light_stem(word, stem):
    assert light_stem(word) == stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مكتبتهم", "المكتبة"),
        ("سيكتبون", "يكتب"),
        ("هيكتبوا", "يكتب"),  # Egyptian future
        ("مابيكتبش", "يكتب"),  # Egyptian negation
        ("كيكتبو", "يكتب"),  # Moroccan present
        ("المهندسين", "مهندسون"),
    ],
)
def test_inflected_words_share_terms(one, other):
    assert set(terms(one)) & set(terms(other))


def test_no_terms_from_signs():
    assert terms("؟ ، ؛ « » ـ _ …") == []


# The world


@pytest.mark.parametrize(
    ("plugin", "questions"), [(EgyptianArabic(), EGYPTIAN), (MoroccanArabic(), MOROCCAN)]
)
def test_dialects_ask_about_the_same_passages_in_their_own_words(plugin, questions):
    world, standard = make_world(plugin.world(), 7), make_world(ar.world(), 7)
    assert [p.text for p in world.passages] == [p.text for p in standard.passages]
    own = {pattern for patterns in questions.values() for pattern in patterns}
    share = sum(q.pattern in own for q in world.questions) / len(world.questions)
    assert share > 0.45


def test_every_attribute_is_asked_about_in_both_dialects():
    facts = {(kind.name, attribute.name) for kind in ar.world().kinds for attribute in kind.attributes}
    assert set(EGYPTIAN) == set(MOROCCAN) == facts


# Real text


def first_hits(passages, questions, analyze) -> float:
    index = bm25s.BM25()
    index.index([analyze(p) for p in passages], show_progress=False)
    found = [index.retrieve([analyze(q)], k=1, show_progress=False)[0][0, 0] for q, _ in questions]
    return sum(best == right for best, (_, right) in zip(found, questions, strict=True)) / len(questions)


def test_bm25_beats_its_default_tokenizer_on_arcd(langret_data):
    passages: dict[str, int] = {}
    questions = []
    for article in json.loads((langret_data / "ar/arcd/arcd-test.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            right = passages.setdefault(paragraph["context"], len(passages))
            questions += [(qa["question"], right) for qa in paragraph["qas"]]
    plain = first_hits(passages, questions, lambda t: tokenize([t], return_ids=False, show_progress=False)[0])
    ours = first_hits(passages, questions, terms)
    assert ours > 0.74
    assert ours > plain + 0.1


def test_egyptian_wikipedia_is_in_script_and_loses_no_letter(langret_data):
    plugin = EgyptianArabic()
    lines = (langret_data / "arz/arzwiki/wiki_00").read_text(encoding="utf-8").splitlines()[:100]
    for line in lines:
        text = plugin.normalize(json.loads(line)["text"])
        assert plugin.normalize(text) == text
        assert "".join(plugin.segment(text)) == "".join(text.split())
    assert sum(plugin.in_script(json.loads(line)["text"]) > 0.6 for line in lines) > 90
