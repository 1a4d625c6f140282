from __future__ import annotations

import numpy as np
import pytest

from langret.data.records import Passage, Query, full_text
from langret.errors import ModelError, StageError
from langret.evaluation import rank, search_texts
from langret.evaluation import search as module

PASSAGES = [
    Passage("a", "the river freezes in winter", "Rivers"),
    Passage("b", "bread is baked from rye"),
    Passage("c", "the capital has four bridges"),
    Passage("d", "bread is baked from rye"),
]


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_the_best_passage_comes_first_and_ties_keep_their_order(fake, head):
    run = rank(fake(head), [Query("1", "bread baked from rye"), Query("2", "four bridges")], PASSAGES, 3)
    assert list(run) == ["1", "2"]
    assert list(run["1"])[:2] == ["b", "d"]
    assert next(iter(run["2"])) == "c"
    assert all(len(hits) == 3 for hits in run.values())
    assert all(list(hits.values()) == sorted(hits.values(), reverse=True) for hits in run.values())


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_memory_changes_nothing(fake, head, monkeypatch):
    rng = np.random.default_rng(1)
    passages = [Passage(str(i), "".join(rng.choice(list("abcdef "), 12))) for i in range(40)]
    queries = [Query(f"q{i}", "".join(rng.choice(list("abcdef "), 7))) for i in range(9)]
    whole = rank(fake(head), queries, passages, 10)
    monkeypatch.setattr(module, "_MIB", 4096)  # of bytes, so that 40 passages are many chunks
    monkeypatch.setattr(module, "_FIRST", 3)
    small = fake(head)
    parts = rank(small, queries, passages, 10, memory=1)
    assert small.calls > 3
    for query in whole:
        assert list(parts[query]) == list(whole[query])
        np.testing.assert_allclose(list(parts[query].values()), list(whole[query].values()), atol=1e-5)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_titles_are_read_and_every_text_is_encoded_once(fake, head):
    retriever = fake(head)
    rank(retriever, [Query("1", "Rivers")], PASSAGES, 1)
    assert sorted(retriever.encoded) == sorted(["Rivers", *(full_text(p.title, p.text) for p in PASSAGES)])


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_nothing_to_search(fake, head):
    assert rank(fake(head), [], PASSAGES) == {}
    assert rank(fake(head), [Query("1", "x")], []) == {"1": {}}
    assert len(rank(fake(head), [Query("1", "rye")], PASSAGES, 100)["1"]) == 4
    with pytest.raises(ValueError, match="at least 1"):
        rank(fake(head), [Query("1", "x")], PASSAGES, 0)


def test_a_passage_without_tokens_is_never_a_hit(fake):
    run = rank(fake("colbert"), [Query("1", "rye"), Query("2", "")], [*PASSAGES, Passage("empty", "")], 10)
    assert set(run["1"]) == {"a", "b", "c", "d"}
    assert run["2"] == {}


def test_plaid_agrees_with_exact_at_the_top(fake):
    rng = np.random.default_rng(2)
    passages = [Passage(f"p{i}", "".join(rng.choice(list("abcdefghij "), 20))) for i in range(80)]
    queries = [Query(f"q{i}", passages[i].text[3:15]) for i in range(5)] + [Query("empty", "")]
    exact = rank(fake("colbert"), queries, passages, 5, index="exact")
    plaid = rank(fake("colbert"), queries, [*passages, Passage("none", "")], 5, index="plaid")
    assert plaid["empty"] == {}
    for query in queries[:5]:
        assert next(iter(plaid[query.id])) == next(iter(exact[query.id]))
        assert len(plaid[query.id]) == 5


def test_search_texts_gives_hits_with_the_matching_part(fake):
    (hits,) = search_texts(fake("dense"), ["four bridges"], PASSAGES, 2)
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0].id == "c" and hits[0].score > hits[1].score
    (span,) = hits[0].spans
    assert hits[0].text[span.start : span.end] == "the capital has four bridges"


class Spoiled:
    """Gives NaN for texts with a word in them."""

    def __init__(self, inner, word):
        self.inner, self.head, self.word = inner, inner.head, word

    def encode(self, texts, kind, **rest):
        vectors = self.inner.encode(texts, kind, **rest)
        for vector, text in zip(vectors, texts, strict=True):
            if self.word in text:
                vector[..., 3] = np.nan
        return vectors


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_a_vector_that_is_not_finite_is_named_with_its_text(fake, head, monkeypatch):
    monkeypatch.setattr(module, "_MIB", 1024)  # several chunks: a row in one of them would say little
    asked = [Query("1", "rye"), Query("2", "winter")]
    with pytest.raises(ModelError, match="NaN or infinity for passage 'c': 'the capital has four bridges'"):
        rank(Spoiled(fake(head), "capital"), asked, PASSAGES, 2, memory=1)
    with pytest.raises(ModelError, match="NaN or infinity for query '2': 'winter'"):
        rank(Spoiled(fake(head), "winter"), asked, PASSAGES[1:], 2)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_queries_and_passages_of_different_models_are_refused(fake, head):
    small, large = fake(head, 32), fake(head, 64)

    class Mixed:
        def encode(self, texts, kind, **rest):
            return (small if kind == "query" else large).encode(texts, kind, **rest)

    mixed = Mixed()
    mixed.head = head
    with pytest.raises(StageError, match="32"):
        rank(mixed, [Query("1", "rye")], PASSAGES, 2)


def test_memory_is_a_bound_on_vectors(fake, monkeypatch):
    held = []
    real = module.maxsim_search

    def watched(queries, passages, k):
        held.append(sum(v.nbytes for v in passages))
        return real(queries, passages, k)

    monkeypatch.setattr(module, "maxsim_search", watched)
    monkeypatch.setattr(module, "_FIRST", 16)
    rng = np.random.default_rng(1)
    passages = [Passage(str(i), "".join(rng.choice(list("abcdef "), 12))) for i in range(2000)]
    rank(fake("colbert"), [Query("1", "abc")], passages, 3, memory=1)
    assert len(held) > 8 and max(held) <= 2**20 / 2
    with pytest.raises(ValueError, match="at least 1 MiB"):
        rank(fake("colbert"), [Query("1", "abc")], passages, 3, memory=0)
