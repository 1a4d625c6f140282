"""The German plugin: conformance, what must be kept, what must match in BM25, compounds."""

from __future__ import annotations

import sys

import pytest
from langret_de import German
from langret_de.compounds import split

from langret.errors import MissingDependencyError
from langret.language.conformance import Conformance

de = German()


class TestDe(Conformance):
    code = "de"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße Maße MASSE ẞ", "Straße Maße MASSE ẞ"),
        ("schön schon Müller Mueller", "schön schon Müller Mueller"),
        ("A\u0308pfel u\u0308ber", "Äpfel über"),
        ("„Ja“, »nein« ‚halb‘", '"Ja", "nein" \'halb\''),
        ("geht’s geht´s", "geht's geht's"),
        ("Donau\u00addampf\u00adschiff", "Donaudampfschiff"),
        ("ﬂießen ﬁnden", "fließen finden"),
        ("von 9–12 Uhr, 50\u00a0m² ½ §\u202f5", "von 9–12 Uhr, 50 m² ½ § 5"),
        ("Weg weg", "Weg weg"),
        ("Lehrer*innen", "Lehrer*innen"),
        ("", ""),
    ],
)
def test_normalize(text, expected):
    assert de.normalize(text) == expected


def test_words_stay_whole():
    assert de.segment("Die U-Bahn-Station am 24.12., geht's?") == (
        ["Die", "U", "-", "Bahn", "-", "Station", "am", "24.12", ".", ",", "geht's", "?"]
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("Straße", "Strasse", "STRASSE", "STRAẞE", "Straßen"),
        ("Müller", "Mueller", "Muller", "MÜLLER"),
        ("Häuserblock", "Haeuserblock", "HÄUSERBLOCK"),
        ("Lehrer", "Lehrerin", "Lehrer*innen", "Lehrer:innen", "Lehrer_innen"),
        ("die Größe", "groesse"),
        ("Cafés", "Cafes"),
        ("1.452,4", "1452,4"),
        ("geht’s", "geht's"),
    ],
)
def test_terms_that_match(texts):
    first, *others = (de.analyze(de.normalize(text)) for text in texts)
    assert first and all(terms == first for terms in others)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Turm mit Glocken", "der Glockenturm"),
        ("Jahr der Gründung", "Gründungsjahr"),
        ("Versicherung für Kranke", "Krankenversicherungen"),
        ("Haus der Feuerwehr", "Feuerwehrhäuser"),
        ("Verfassung", "Bundesverfassungsgericht"),
        ("Strassenbahn", "Bahnen"),
    ],
)
def test_a_compound_is_found_by_its_parts(query, text):
    assert set(de.analyze(query)) & set(de.analyze(text))


@pytest.mark.parametrize(
    "compound",
    [
        "auto bahn raststätte",
        "kirsch kuchen",
        "daten bank",
        "information system",
        "schiff fahrt",
        "könig krone",
        "fuß ball",
        "bürger meister",
        "straßen bahn",
        "sonnen blume",
        "rat haus turm",
        "wasser fall",
        "dorf bewohner",
    ],
)
def test_compounds_are_split(compound):
    parts = tuple(compound.split())
    joined = {"".join(parts), "s".join(parts)}
    assert parts in {split(word) for word in joined}


KEPT = """
lehrer verwaltung laufen spezialität gegründet geschwindigkeit universität interessant verstehen mitarbeiter
handlung wissenschaft gesellschaft freundschaft unterricht übersetzung möglichkeit natürlich ausstellung
regierung ministerium beginnen verschiedene österreich frankreich wunderbar furchtbar gesundheit zeitung
schmetterling gefängnis mannschaft christian alexander merkel zusammen entscheiden hilfreich lehrerinnen studentinnen
"""


@pytest.mark.parametrize("word", KEPT.split())
def test_other_words_are_not(word):
    assert split(word) == (word,)


def test_the_plural_of_women_is_no_gutter():
    assert split("fachlehrerinnen") == split("fachlehrer") == ("fach", "lehrer")
    assert split("dachrinnen") == ("dach", "rinnen")


def test_known_mistakes():
    """Letter statistics are no dictionary. These cost little: query and passage make the same mistake."""
    assert split("dienstag") == ("dien", "tag")
    assert split("wiederholung") == ("wied", "erholung")
    assert split("weihnachtsmarkt") == ("weihnachtsmarkt",)


def test_a_very_long_word_is_left_alone():
    assert split("donaudampf" * 1000) == ("donaudampf" * 1000,)


def test_the_table_of_dutch_is_not_loaded():
    split("wasserfall")
    assert "compound_split.de_ngram_probs" in sys.modules
    assert "compound_split.nl_ngram_probs" not in sys.modules


def test_a_missing_table_is_named(monkeypatch):
    from langret_de import compounds

    monkeypatch.setitem(sys.modules, "compound_split.de_ngram_probs", None)
    compounds._table.cache_clear()
    try:
        with pytest.raises(MissingDependencyError, match="compound-split"):
            split("wasserfall")
    finally:
        compounds._table.cache_clear()
