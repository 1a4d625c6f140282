"""Passkeys and needles: long documents with one sentence to be found in each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import DataError, LanguageError
from langret.language import Language, get_language
from langret.synthesis import build_long
from langret.synthesis.long import _boundary, _first_words
from tests.synthesis.conftest import MINI, Mini

FEW = {"queries": 4, "documents": 8}


def words_in(language: Language, text: str) -> int:
    return len(language.segment(language.normalize(text)))


@pytest.mark.parametrize("kind", ["passkey", "needle"])
@pytest.mark.parametrize("length", [40, 256, 1024])
def test_documents_have_their_length_and_queries_one_answer(kind, length):
    language = Mini()
    found = build_long(language, kind, length, **FEW)
    texts = {p.id: p.text for p in found.kept_passages()}
    assert len(texts) == 8
    assert {words_in(language, text) for text in texts.values()} == {int(length * 0.75)}
    assert {q: len(p) for q, p in found.positives().items()} == dict.fromkeys(
        [q.id for q in found.kept_queries()], 1
    )
    assert len(list(found.kept_queries())) == 4


def test_a_passkey_stands_in_its_document_alone_and_depths_are_spread():
    found = build_long(Mini(), "passkey", 1024, **FEW)
    texts = {p.id: p.text for p in found.kept_passages()}
    depths = []
    for query in found.kept_queries():
        # the template of a plugin without one of its own: the name asks for the number behind it
        holding = [pid for pid, text in texts.items() if f"{query.text}: " in text]
        assert holding == found.positives()[query.id]
        text = texts[holding[0]]
        depths.append(text.index(f"{query.text}: ") / len(text))
    assert depths == sorted(depths)
    assert depths[0] < 0.2
    assert depths[-1] > 0.8
    bare = {text.replace(sentence, "") for text in texts.values() for sentence in [find_line(text)]}
    assert len({part for text in bare for part in text.split(". ")} - asides()) <= 1  # the one that was cut


def find_line(text: str) -> str:
    """The sentence with a number of five digits."""
    return next(part for part in text.split(". ") if part.strip(".")[-5:].isdigit())


def asides() -> set[str]:
    return {a.rstrip(".") for kind in MINI.kinds for a in kind.asides} | {""}


def test_a_needle_is_named_in_its_document_alone_and_every_length_hides_the_same():
    short, long = (build_long(Mini(), "needle", length, **FEW) for length in (100, 1000))
    asked = [q.text for q in short.kept_queries()]
    assert asked == [q.text for q in long.kept_queries()]
    assert len(set(asked)) == 4
    language = get_language("en")
    found = build_long(language, "needle", 400)
    texts = {p.id: p.text for p in found.kept_passages()}
    from langret.synthesis.long import SEED
    from langret.synthesis.world_make import make_world

    world = make_world(language.world(), SEED)
    for query in found.kept_queries():
        entity = next(e for e in world.entities.values() if e.ways[0][""] in query.text)
        holding = [pid for pid, text in texts.items() if entity.ways[0][""] in text]
        assert holding == found.positives()[query.id], query.text


def test_the_same_everywhere_and_another_seed_gives_others():
    one, two, other = (build_long(Mini(), "needle", 200, seed=seed, **FEW) for seed in (3, 3, 4))
    assert one.passages.equals(two.passages)
    assert one.queries.equals(two.queries)
    assert not one.queries.equals(other.queries)


@pytest.mark.parametrize("code", ["ja", "fi", "arz"])
def test_bm25_finds_passkeys_by_their_names(code):
    from langret.evaluation import rank_bm25

    language = get_language(code)
    found = build_long(language, "passkey", 256, seed=7)
    run = rank_bm25(language, list(found.kept_queries()), found.kept_passages(), 1)
    first = [next(iter(run[q]), "") in positives for q, positives in found.positives().items()]
    assert sum(first) >= 45


def test_what_cannot_be_hidden_is_refused():
    with pytest.raises(
        DataError, match=r"6 words, and what is hidden in it has up to \d+.*shortest"
    ) as caught:
        build_long(Mini(), "needle", 9, **FEW)
    shortest = int(str(caught.value).rsplit("works is ", 1)[1].split()[0])
    build_long(Mini(), "needle", shortest, **FEW)
    with pytest.raises(DataError):
        build_long(Mini(), "needle", shortest - 2, **FEW)
    with pytest.raises(LanguageError, match="100 documents need as many names, and the world has 12"):
        build_long(Mini(), "passkey", 256)
    with pytest.raises(DataError, match="9 queries need as many documents of their own; there are 8"):
        build_long(Mini(), "passkey", 256, queries=9, documents=8)
    with pytest.raises(LanguageError, match="no quickstart world"):
        build_long(get_language("und"), "passkey", 256)


def test_a_world_without_filler_is_refused():
    kinds = tuple(replace(kind, asides=("{name} again.",) * 4) for kind in MINI.kinds)
    with pytest.raises(LanguageError, match="every aside names something"):
        build_long(Mini(replace(MINI, kinds=kinds)), "passkey", 256, **FEW)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab 。、é\u3000"), max_size=30), st.integers(0, 12))
def test_first_words_are_a_beginning_with_those_words(text, wanted):
    language = get_language("ja")
    text = language.normalize(text)
    found = _first_words(language, text, wanted)
    assert text.startswith(found)
    assert "".join(found.split()) == "".join(language.segment(text)[:wanted])


@given(st.lists(st.integers(1, 9), min_size=1), st.floats(0, 1))
def test_a_boundary_is_the_nearest(sizes, depth):
    place = _boundary(sizes, depth)
    at = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    assert abs(at[place] - depth * at[-1]) == min(abs(x - depth * at[-1]) for x in at)
