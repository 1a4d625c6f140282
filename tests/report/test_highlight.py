"""Query tokens led to the passage tokens that they match best."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from langret.errors import ModelError
from langret.report.highlight import Piece, maxsim_highlight

WORDS = ["[CLS]", "[Q]", "[D]", "[MASK]", "river", "long", "winter", "freeze", "the", "."]


class Toy:
    """PyLate's interface over whole words: a word's vector is its own axis, and a mask is a bit of everything."""

    head = "colbert"
    language = None
    dimension = len(WORDS)

    def __init__(self, pooled: bool = False) -> None:
        self.pooled = pooled
        self.model = SimpleNamespace(
            skiplist=[WORDS.index(".")], query_prefix_id=1, document_prefix_id=2, do_query_expansion=True,
            tokenizer=SimpleNamespace(all_special_ids=[0, 3], decode=lambda ids: WORDS[ids[0]]),
            tokenize=self.tokenize,
        )  # fmt: skip

    def tokenize(self, texts, is_query):
        ids = [
            0,
            1 if is_query else 2,
            *(WORDS.index(w) for w in texts[0].lower().replace(".", " .").split()),
        ]
        seen = [1] * len(ids)
        if is_query:
            ids, seen = ids + [3] * (6 - len(ids)), seen + [0] * (6 - len(ids))
        return {"input_ids": np.array([ids]), "attention_mask": np.array([seen])}

    def encode(self, texts, kind, **_):
        ids = self.tokenize(texts, kind == "query")["input_ids"][0]
        vectors = np.eye(len(WORDS), dtype=np.float32)[ids if kind == "query" else ids[ids != 9]]
        vectors[ids[: len(vectors)] == 3] = 0.25
        return [vectors[::2] if self.pooled and kind == "passage" else vectors]


def test_each_query_token_finds_its_passage_token() -> None:
    found = maxsim_highlight(Toy(), "winter river", "The river. Long winter.")
    assert [(m.number, m.token, m.found, m.similarity) for m in found.matches] == [
        (1, "winter", "winter", 1.0),
        (2, "river", "river", 1.0),
    ]
    assert found.query == [Piece("winter", [1], 1.0), Piece(" ", [], 0.0), Piece("river", [2], 1.0)]
    assert found.passage == [
        Piece("The ", [], 0.0), Piece("river", [2], 1.0), Piece(". Long ", [], 0.0), Piece("winter", [1], 1.0),
        Piece(".", [], 0.0),
    ]  # fmt: skip


def test_the_score_says_what_markers_and_masks_add() -> None:
    found = maxsim_highlight(Toy(), "winter river", "The river. Long winter.")
    # [CLS] finds [CLS], [Q] finds nothing, and two masks find a quarter each
    assert found.score == pytest.approx(2 + 1 + 0 + 2 * 0.25) and found.from_text == pytest.approx(2)


def test_two_query_tokens_may_share_a_passage_token_and_one_may_find_a_marker() -> None:
    found = maxsim_highlight(Toy(), "river river freeze", "long river")
    assert [m.found for m in found.matches] == ["river", "river", ""]
    assert Piece("river", [1, 2], 1.0) in found.passage


def test_pieces_are_the_text() -> None:
    query, passage = "  river winter", "the. the long  river\nthe"
    found = maxsim_highlight(Toy(), query, passage)
    assert "".join(p.text for p in found.query) == query and "".join(p.text for p in found.passage) == passage


def test_pooled_vectors_cannot_be_led_back() -> None:
    with pytest.raises(ModelError, match="3 vectors and 5 tokens for a passage"):
        maxsim_highlight(Toy(pooled=True), "winter", "the long river")
