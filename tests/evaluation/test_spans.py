from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.evaluation import highlight
from langret.evaluation.spans import _units, locate

TEXT = "The river is long. It freezes in winter! Bread is baked from rye."


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_the_nearest_sentence_is_marked_where_tokens_are_not_known(fake, head):
    (span,) = highlight(fake(head), "freezes in winter", TEXT)
    assert TEXT[span.start : span.end] == "It freezes in winter!"
    assert span.weight == 1.0


def test_one_sentence_is_cut_into_clauses(fake):
    text = "川は長く、冬には凍り、春には溶ける。"
    (span,) = highlight(fake("dense"), "冬には凍り", text)
    assert text[span.start : span.end] == "冬には凍り、"


@pytest.mark.parametrize("query, passage", [("", TEXT), ("  ", TEXT), ("river", ""), ("river", " \n ")])
def test_nothing_to_mark(fake, query, passage):
    assert highlight(fake("dense"), query, passage) == []


def test_pieces_are_found_despite_case_width_and_accents():
    text = "ＡＢＣ Café 東京、東京"
    pieces = [None, "abc", "cafe", "東京", "、", "東京", None]
    found = [text[a:b] if place else None for place in locate(pieces, text) for a, b in [place or (0, 0)]]
    assert found == [None, "ＡＢＣ", "Café", "東京", "、", "東京", None]


def test_a_piece_that_is_not_there_does_not_carry_the_rest_away():
    places = locate(["one", "zzz", "two", "far"], "one two " + "x" * 200 + " far")
    assert places == [(0, 3), None, (4, 7), None]


@given(st.text(max_size=60), st.lists(st.one_of(st.none(), st.text(max_size=4)), max_size=12))
def test_places_lie_in_the_text_from_left_to_right(text, pieces):
    places = [p for p in locate(pieces, text) if p]
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert [a for a, _ in places] == sorted(a for a, _ in places)


@given(st.text(alphabet="ab .。、!\n", max_size=80))
def test_units_cover_whatever_is_not_punctuation(text):
    units = _units(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in units)
    assert all(x[1] <= y[0] for x, y in pairwise(units))
    covered = "".join(text[a:b] for a, b in units)
    assert [c for c in text if c in "ab"] == [c for c in covered if c in "ab"]


class PieceModel:
    """What ``pieces`` reads of PyLate's ColBERT: whole words as pieces, a marker, a skiplist, padding."""

    document_prefix_id = 1

    def __init__(self, words: list[str]) -> None:
        self.words = ["[CLS]", "[D]", *words]
        self.skiplist = [self.words.index(".")]
        self.tokenizer = SimpleNamespace(all_special_ids=[0], decode=lambda ids: self.words[ids[0]])

    def ids(self, text: str) -> list[int]:
        return [0, 1, *(self.words.index(w) for w in text.lower().replace(".", " .").split())]

    def tokenize(self, texts, is_query):
        assert not is_query
        ids = self.ids(texts[0])
        return {"input_ids": np.array([[*ids, 0]]), "attention_mask": np.array([[1] * len(ids) + [0]])}


def test_colbert_tokens_are_led_back_to_characters():
    model = PieceModel(["the", "river", "freezes", "in", "winter", ".", "old", "bread"])

    def encode(texts, kind, **_):
        rows = [i for i in model.ids(texts[0]) if i not in model.skiplist]
        return [np.eye(len(model.words), dtype=np.float32)[[i for i in rows if kind == "passage" or i > 1]]]

    retriever = SimpleNamespace(head="colbert", encode=encode, model=model, language=None)
    text = "The old River. The river freezes in winter."
    spans = highlight(retriever, "river freezes", text)
    assert [text[s.start : s.end] for s in spans] == ["River", "freezes"]
    assert all(s.weight == 1.0 for s in spans)
