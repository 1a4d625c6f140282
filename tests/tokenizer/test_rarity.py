"""How rare tokens are: bounds, order, special tokens."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.tokenizer import TokenStore, rarity

VOCABULARY = 12
TOKENIZER = SimpleNamespace(get_vocab=lambda: {f"t{i}": i for i in range(VOCABULARY)}, all_special_ids=[0, 1])


def store(texts):
    offsets = np.cumsum([0, *map(len, texts)])
    return TokenStore(np.asarray([i for text in texts for i in text], dtype=np.int32), offsets)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, VOCABULARY - 1), max_size=8), max_size=20))
def test_between_common_and_unseen(texts):
    found = rarity(store(texts), TOKENIZER)
    assert found.shape == (VOCABULARY,) and found.dtype == np.float32
    assert ((found >= 0) & (found <= 1)).all()
    assert not found[[0, 1]].any()
    counts = [sum(i in text for text in texts) for i in range(VOCABULARY)]
    for a in range(2, VOCABULARY):
        if not counts[a]:
            assert found[a] == 1
        if texts and counts[a] == len(texts):
            assert found[a] == 0
        for b in range(2, VOCABULARY):
            assert (counts[a] < counts[b]) == (found[a] > found[b])


def test_a_token_counts_once_a_passage():
    assert rarity(store([[2, 2, 2], [3], [4]]), TOKENIZER)[2] == rarity(store([[2], [3], [4]]), TOKENIZER)[2]
