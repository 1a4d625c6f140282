"""Licences by their names: what they ask, and what a model made under them must ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.language import get_language, known_languages
from langret.recipe.licences import (
    HUB_LICENCES,
    OWN_WORDS,
    DataLicence,
    forbidden,
    hub_licence,
    licence_warnings,
    model_licence,
    must_be_licence,
    terms,
)


@pytest.mark.parametrize(
    ("licence", "asked"),
    [
        ("MIT", set()),
        ("Apache-2.0", set()),
        ("CC BY 4.0", set()),
        ("cc0-1.0", set()),
        (OWN_WORDS, set()),
        ("CC-BY-SA-4.0", {"share-alike"}),
        ("GPL-3.0", {"share-alike"}),
        ("agpl-3.0", {"share-alike"}),
        ("CDLA-Sharing-1.0", {"share-alike"}),
        ("CC BY-NC 4.0", {"non-commercial"}),
        ("cc-by-nc-sa-4.0", {"non-commercial", "share-alike"}),
        ("CC-BY-ND-2.0-KR", {"no-derivatives"}),
        ("cc-by-nc-nd-4.0", {"non-commercial", "no-derivatives"}),
        ("research only", {"non-commercial"}),
        ("other: research and non-commercial evaluation only", {"non-commercial", "unknown"}),
        ("Apache-2.0 (Wikipedia text: CC-BY-SA)", {"share-alike"}),
        ("MIT, by its card; MS MARCO's own terms for the text", {"unknown"}),
        ("not stated on its card; derived from MIRACL, whose terms apply", {"unknown"}),
        ("cc, by its card", {"unknown"}),
        ("permitted", {"unknown"}),
        ("other", {"unknown"}),
        ("", {"unknown"}),
    ],
)
def test_terms(licence: str, asked: set[str]) -> None:
    assert terms(licence) == asked


@pytest.mark.parametrize(
    ("licences", "derived"),
    [
        ([OWN_WORDS], "apache-2.0"),
        (["MIT", "mit"], "mit"),
        (["MIT", "Apache-2.0"], "apache-2.0"),
        (["MIT", "CC-BY-3.0"], "cc-by-4.0"),
        (["CC-BY-SA-3.0", "MIT"], "cc-by-sa-3.0"),
        (["CC-BY-SA-3.0", "CC-BY-SA-4.0"], "cc-by-sa-4.0"),
        (["Apache-2.0 (Wikipedia text: CC-BY-SA)"], "cc-by-sa-4.0"),
        (["GPL-3.0", "MIT"], "gpl-3.0"),
        (["GPL-3.0", "CC-BY-SA-4.0"], ""),
        (["CC-BY-NC-4.0", "MIT"], "cc-by-nc-4.0"),
        (["CC-BY-NC-4.0", "CC-BY-NC-SA-3.0"], "cc-by-nc-sa-3.0"),
        (["CC-BY-NC-4.0", "CC-BY-SA-4.0"], ""),
        (["research only"], ""),
        (["CC-BY-ND-4.0"], ""),
        (["MIT", ""], ""),
        ([], ""),
    ],
)
def test_the_models_licence_is_the_strictest_or_none(licences: list[str], derived: str) -> None:
    assert model_licence(licences) == derived
    assert model_licence(reversed(licences)) == derived


@given(
    st.lists(st.sampled_from(["MIT", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "?", ""]))
)
def test_a_derived_licence_never_asks_less_than_the_data(licences: list[str]) -> None:
    derived = model_licence(licences)
    asked = frozenset().union(*map(terms, licences))
    assert derived == "" or (terms(derived) >= asked and derived in HUB_LICENCES)


def test_warnings_name_the_source_and_what_to_mind() -> None:
    sources = [
        DataLicence("a/korquad", "CC-BY-ND-2.0-KR"),
        DataLicence("b/free", "MIT"),
        DataLicence("c/nc", "CC BY-NC 4.0"),
        DataLicence("docs/", ""),
    ]
    said = licence_warnings(sources, "mit")
    assert [line.split(":")[0] for line in said] == [
        "a/korquad (CC-BY-ND-2.0-KR)",
        "c/nc (CC BY-NC 4.0)",
        "docs/ (not stated)",
        "The recipe's licence mit is not non-commercial, as that of the data is.",
    ]
    assert "forbids derivatives" in said[0] and "no commercial use" in said[1] and "not known" in said[2]
    assert forbidden(sources) == sources[:1]
    assert licence_warnings(sources[1:2], "mit") == []


def test_every_identifier_of_the_hub_is_sorted() -> None:
    unknown = {name for name in HUB_LICENCES if "unknown" in terms(name)}
    # models' licences with rules on use, which have to be read
    assert unknown == {
        "gemma",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "openrail",
        "other",
        "unknown",
    }
    assert all(hub_licence(name.upper()) == name for name in HUB_LICENCES - {"other", "unknown"})


def test_licences_of_the_catalogues_are_never_taken_for_free_by_mistake() -> None:
    entries = [entry for code in known_languages() for entry in get_language(code).catalogue]
    assert len(entries) > 50
    for entry in entries:
        plain = entry.licence.lower()
        if "non-commercial" in plain or "-nc" in plain:
            assert "non-commercial" in terms(entry.licence), entry.licence
        if any(word in plain for word in ("not stated", "see ", "not confirmed", "own terms", "terms apply")):
            assert "unknown" in terms(entry.licence), entry.licence


def test_a_licence_of_a_recipe_is_one_of_the_hubs() -> None:
    assert must_be_licence("cc-by-sa-4.0") == "cc-by-sa-4.0"
    with pytest.raises(ValueError, match=r'"apache2".*apache-2\.0'):
        must_be_licence("apache2")
