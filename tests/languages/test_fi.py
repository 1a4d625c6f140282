from __future__ import annotations

import json
from pathlib import Path

import bm25s
import pytest
from langret_fi import Finnish
from langret_fi.world_words import number

from langret.language.conformance import Conformance

fi = Finnish()


class TestFi(Conformance):
    code = "fi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u0308iti o\u0308ljy A\u030abo", "äiti öljy Åbo"),  # as files from macOS have it
        ("\u212bland", "Åland"),  # ANGSTROM SIGN
        ("vaa\u2019an lukema", "vaa'an lukema"),
        ("linja\u2011auto", "linja-auto"),
        ("1990–1995, Helsinki–Turku", "1990–1995, Helsinki–Turku"),
        ("\ufb01nanssi", "finanssi"),
        ("tieto\u00adkone", "tietokone"),
        ("20 m², ½ l, 5\u00a0€", "20 m², ½ l, 5 €"),
        ("šakki, žanri, Čapek", "šakki, žanri, Čapek"),
        ("ISO ÄITI", "ISO ÄITI"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert fi.normalize(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("talossa", "TALON"),
        ("kirjastoissa", "kirjastojen"),
        ("EU:n", "EU:ssa"),
        ("EU:n", "EU"),
        ("Bordeaux'n", "Bordeaux"),
        ("šakki", "sakki"),
        ("Käärijä", "KÄÄRIJÄ"),
        ("Citroën", "Citroen"),
    ],
)
def test_terms_that_must_match(one: str, other: str) -> None:
    assert fi.analyze(fi.normalize(one)) == fi.analyze(fi.normalize(other)) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("säde", "sade"), ("tälli", "talli"), ("pöly", "poly"), ("näin", "nain"), ("Åke", "Ake")],
)
def test_letters_that_are_never_folded(one: str, other: str) -> None:
    assert fi.normalize(one) != fi.normalize(other)
    assert fi.analyze(one) != fi.analyze(other)


def test_ends_of_compounds_are_terms() -> None:
    assert fi.analyze("rautatieasemalla") == ["rautatieasem", "rauta-", "-asem"]
    assert "rauta-" in fi.analyze("rautatieverkko")
    assert "-asem" in fi.analyze("linja-autoaseman")
    assert len(fi.analyze("talo")) == 1


def test_words_stay_whole() -> None:
    assert fi.segment("EU:n vaa'an 1990-luvulla.") == ["EU:n", "vaa'an", "1990", "-", "luvulla", "."]


def test_hyphen_parts_times_and_numbers() -> None:
    assert fi.analyze("1990-luvulla")[0] == "1990"
    assert fi.analyze("12:30") == ["12", "30"]


def test_number_words() -> None:
    assert [number(n) for n in (7, 10, 12, 34, 100, 134, 220)] == [
        "seitsemän",
        "kymmenen",
        "kaksitoista",
        "kolmekymmentäneljä",
        "sata",
        "satakolmekymmentäneljä",
        "kaksisataakaksikymmentä",
    ]


def test_bm25_on_nomiracl_beats_the_default_tokenizer(langret_data: Path) -> None:
    """The first hit is one of the passages listed for the question; which of them is relevant is not recorded."""
    rows = [
        json.loads(line)
        for name in ("relevant", "non_relevant")
        for line in (langret_data / "fi" / "nomiracl" / f"fi.{name}.jsonl").read_text("utf-8").splitlines()
    ]
    texts = {p["docid"]: fi.normalize(p["text"]) for row in rows for p in row["passages"]}
    ids = list(texts)
    asked = [row for row in rows if row["subset"] == "relevant"]

    def plain(text: str) -> list[str]:
        return list(bm25s.tokenize([text], return_ids=False, show_progress=False)[0])

    def first(analyze) -> float:
        index = bm25s.BM25()
        index.index([analyze(text) for text in texts.values()], show_progress=False)
        right = 0
        for row in asked:
            hits, _ = index.retrieve([analyze(fi.normalize(row["query"]))], k=1, show_progress=False)
            right += ids[hits[0, 0]] in {p["docid"] for p in row["passages"]}
        return right / len(asked)

    assert first(fi.analyze) > max(0.88, first(plain))
