"""Near duplicates against their definition."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.duplicates import MISSED, PERMUTATIONS, DuplicateFinder, Duplicates, bands_for, shingles


@cache
def grams(text: str) -> set[str]:
    text = text.ljust(5, "\0")
    return {text[i : i + 5] for i in range(len(text) - 4)}


def jaccard(a: str, b: str) -> float:
    return len(grams(a) & grams(b)) / len(grams(a) | grams(b))


def find(texts: list[str], threshold: float | None = 0.9, batch: int = 7) -> Duplicates:
    finder = DuplicateFinder(threshold)
    for i in range(0, len(texts), batch):
        finder.add(texts[i : i + batch])
    return finder.find(lambda rows: ([f"{r:06}" for r in rows], [texts[r] for r in rows]))


@settings(deadline=None)
@given(texts=st.lists(st.text(max_size=12), max_size=8))
def test_shingles_are_the_character_5_grams_of_each_text(texts: list[str]) -> None:
    texts = [t.replace("\0", "0") for t in texts]
    hashes, starts = shingles(texts)
    parts = np.split(hashes, starts[1:]) if texts else []
    assert [len(set(part.tolist())) for part in parts] == [len(grams(t)) for t in texts]
    named = {h: None for part in parts for h in part.tolist()}
    assert len(named) == len(set().union(*map(grams, texts)) if texts else [])


@pytest.mark.parametrize("threshold", [0.05, 0.5, 0.8, 0.9, 0.97, 1.0])
def test_bands_miss_little_at_the_threshold(threshold: float) -> None:
    bands, rows = bands_for(threshold)
    assert bands * rows <= PERMUTATIONS
    assert (1 - threshold**rows) ** bands <= MISSED or rows == 1


def corpus(seed: int, size: int) -> list[str]:
    """Texts of every degree of likeness to an earlier one."""
    rng = random.Random(seed)
    letters = "あいうえおかきくけこさしすせそabcdefgh"
    texts: list[str] = []
    while len(texts) < size:
        if texts and rng.random() < 0.7:
            text = list(rng.choice(texts))
            for _ in range(rng.randrange(4)):
                text[rng.randrange(len(text))] = rng.choice(letters)
            texts.append("".join(text[rng.randrange(3) :]) or "x")
        else:
            texts.append("".join(rng.choices(letters, k=rng.randrange(3, 250))))
    return texts


@pytest.mark.parametrize("threshold", [0.6, 0.9, 1.0])
def test_against_comparing_all_pairs(threshold: float) -> None:
    texts = corpus(5, 200)
    found = find(texts, threshold)
    stays = [n for n in range(len(texts)) if found.exact[n] < 0 and found.near[n] < 0]
    assert 20 < len(stays) < 190
    for n, (exact, near) in enumerate(zip(found.exact.tolist(), found.near.tolist(), strict=True)):
        if exact >= 0:
            assert near < 0 and exact in stays
            assert texts[exact] == texts[n] or jaccard(texts[exact], texts[n]) >= threshold
        if near >= 0:
            assert near in stays and jaccard(texts[near], texts[n]) >= threshold
    pairs = [(a, b) for i, a in enumerate(stays) for b in stays[:i]]
    assert not [pair for pair in pairs if jaccard(texts[pair[0]], texts[pair[1]]) >= threshold]


def test_near_duplicates_can_be_left_in() -> None:
    found = find(["the same text", "the same text", "the same text!"], None)
    assert found.exact.tolist() == [-1, 0, -1] and found.near.tolist() == [-1, -1, -1]


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 1000), batch=st.integers(1, 40))
def test_what_stays_depends_on_texts_and_ids_alone(seed: int, batch: int) -> None:
    texts = corpus(seed, 40)
    order = random.Random(seed).sample(range(40), 40)
    finder = DuplicateFinder(0.8)
    for i in range(0, 40, batch):
        finder.add([texts[n] for n in order[i : i + batch]])
    moved = finder.find(lambda rows: ([f"{order[r]:06}" for r in rows], [texts[order[r]] for r in rows]))
    plain = find(texts, 0.8)
    for ours, theirs in ((plain.exact, moved.exact), (plain.near, moved.near)):
        assert {order[n]: order[t] for n, t in enumerate(theirs) if t >= 0} == {
            n: int(t) for n, t in enumerate(ours) if t >= 0
        }


def test_sentences_of_one_pattern_are_told_apart_in_good_time() -> None:
    """Alike enough to share bands, not alike enough to be duplicates: the case that grows with the square."""
    rng = random.Random(1)
    names = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(2000)]
    pattern = "{} is a small town in the north, known for the old harbour of {} and its yearly fair of boats."
    found = find([pattern.format(name, name[::-1]) for name in names], 0.9, batch=500)
    assert (found.exact < 0).all() and (found.near < 0).all()


def test_a_megabyte_and_a_letter() -> None:
    found = find(["x" * 1_000_000, "y", "", "あいう" * 300_000, "あいう" * 300_000 + "!"], 0.7)
    assert found.exact.tolist() == [-1] * 5
    assert found.near.tolist() == [-1, -1, -1, 4, -1]
