"""Indonesian: conformance, the traps of the language, and BM25 on real questions."""

from __future__ import annotations

import json

import bm25s
import pytest
from langret_id import Indonesian
from langret_id.world_words import number_words, old_spelling

from langret.language.conformance import Conformance


class TestIndonesian(Conformance):
    code = "id"

    def plugin(self) -> Indonesian:
        return Indonesian()


@pytest.fixture(scope="module")
def plugin():
    return Indonesian()


def terms(text):
    plugin = Indonesian()
    return plugin.analyze(plugin.normalize(text))


@pytest.mark.parametrize(
    "text", ["Kafé", "km²", "Rp12.500,00", "Jum'at", "BBM", "Al-Qur'an", "anak2", "CO₂", "½"]
)
def test_normalize_leaves_alone(plugin, text):
    assert plugin.normalize(text) == text


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Jum’at, Qurʼan, ma`af", "Jum'at, Qur'an, ma'af"),
        ("anak\u2011anak", "anak-anak"),
        ("be\u00adker\u200bja", "bekerja"),
        ("ﬁlm", "film"),
        ("Kafe\u0301", "Kafé"),
        ("kata ‘rumah’ itu", "kata ‘rumah’ itu"),
    ],
)
def test_normalize_folds(plugin, text, normal):
    assert plugin.normalize(text) == normal


def test_hyphens_end_words_and_apostrophes_do_not(plugin):
    assert plugin.segment("Anak-anak salat Jum'at.") == ["Anak", "-", "anak", "salat", "Jum'at", "."]


@pytest.mark.parametrize("text", ["anak", "anak-anak", "anak², Anak2", "anaknya", "anak-anaknya"])
def test_reduplication_and_clitics_match(text):
    assert set(terms(text)) == {"anak"}


def test_a_reduplicated_word_counts_once():
    assert terms("buku-buku") == terms("buku")
    assert terms("buku, buku") == terms("buku") * 2


@pytest.mark.parametrize("text", ["dibangun", "membangun", "pembangunan", "bangunlah"])
def test_affixes_match(text):
    assert terms(text) == ["bangun"]


def test_numbers_and_units_are_no_reduplication():
    assert terms("km² CO2 12²") == ["km2", "co2", "122"]


def test_diacritics_and_apostrophes_match_in_bm25_only(plugin):
    assert terms("Kafé Jum’at") == terms("kafe jumat")
    assert plugin.normalize("Kafé") != plugin.normalize("kafe")


def test_question_words_are_no_terms():
    assert terms("Siapakah yang mendirikan kota itu?") == terms("mendirikan kota")


def test_old_spelling_and_numbers_of_the_world():
    assert old_spelling("Cahyajaya Sukunyai") == "Tjahjadjaja Soekoenjai"
    said = [number_words(n) for n in (7, 11, 19, 40, 105, 1240, 3000)]
    assert said == [
        "tujuh",
        "sebelas",
        "sembilan belas",
        "empat puluh",
        "seratus lima",
        "seribu dua ratus empat puluh",
        "tiga ribu",
    ]


def test_bm25_on_real_questions_beats_the_default(langret_data, plugin):
    rows = json.loads((langret_data / "id" / "idk_mrc" / "valid.json").read_text("utf-8"))
    passages = list(dict.fromkeys(row["context"] for row in rows))
    place = {text: i for i, text in enumerate(passages)}
    asked = [
        (qa["question"], place[row["context"]])
        for row in rows
        for qa in row["qas"]
        if not qa["is_impossible"]
    ]

    def first(analyze):
        index = bm25s.BM25()
        index.index([analyze(text) for text in passages], show_progress=False)
        found = [index.retrieve([analyze(q)], k=1, show_progress=False)[0][0, 0] for q, _ in asked]
        return sum(got == wanted for got, (_, wanted) in zip(found, asked, strict=True)) / len(asked)

    def default(text):
        return bm25s.tokenize(text, return_ids=False, show_progress=False)[0] or ["-"]

    assert first(lambda text: plugin.analyze(plugin.normalize(text))) > max(0.88, first(default))
