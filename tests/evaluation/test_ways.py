from __future__ import annotations

import builtins
import sys

import numpy as np
import pytest

from langret.errors import MissingDependencyError, RecipeError
from langret.evaluation.ways import COLBERT, DENSE, Vectors, default_ways, find_way, fits

DIMENSION = 32


def dense(count, seed=0, dimension=DIMENSION):
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Vectors(rows, np.ones(count, dtype=np.int64))


def late(count, seed=0):
    lots = np.random.default_rng(seed)
    lengths = lots.integers(0, 9, count)
    rows = lots.standard_normal((int(lengths.sum()), DIMENSION)).astype(np.float32)
    return Vectors(rows / np.linalg.norm(rows, axis=1, keepdims=True), lengths)


def near(passages, seed=9):
    """One query for each passage, not far from it."""
    noise = np.random.default_rng(seed).standard_normal(passages.rows.shape).astype(np.float32)
    rows = passages.rows + 0.1 * noise / np.sqrt(DIMENSION)
    return Vectors(rows / np.linalg.norm(rows, axis=1, keepdims=True), passages.lengths)


@pytest.mark.parametrize("name", [*DENSE, "cut:16"])
def test_dense_ways_find_what_is_near(name, tmp_path):
    if name not in ("exact", "cut:16"):
        pytest.importorskip("faiss")
    passages = dense(300)
    built = find_way(name, "dense", DIMENSION).build(passages, 5, tmp_path)
    scores, found = built.search(near(passages), 5)
    assert found.shape == scores.shape == (300, 5)
    assert (found[:, 0] == np.arange(300)).mean() > 0.95
    assert (np.diff(np.where(found >= 0, scores, -9)) <= 1e-6).all(), "best first"


@pytest.mark.parametrize("name", [*COLBERT, "cut:16"])
def test_colbert_ways_find_what_is_near(name, tmp_path):
    passages = late(80)
    built = find_way(name, "colbert", DIMENSION).build(passages, 5, tmp_path)
    _, found = built.search(near(passages), 5)
    filled = np.flatnonzero(passages.lengths)
    assert (found[filled, 0] == filled).mean() > 0.95
    assert not np.isin(found[filled], np.flatnonzero(passages.lengths == 0)).any()


def test_sizes_are_what_they_should_be(tmp_path):
    pytest.importorskip("faiss")
    passages = dense(1000)
    size = {n: find_way(n, "dense", DIMENSION).build(passages, 5, tmp_path).size for n in (*DENSE, "cut:8")}
    assert size["exact"] == 1000 * DIMENSION * 4
    assert size["cut:8"] == 1000 * 8 * 4
    assert size["binary"] == 1000 * DIMENSION / 8
    assert 1000 * DIMENSION <= size["int8"] < 1.1 * 1000 * DIMENSION
    assert size["hnsw"] > size["exact"] and size["ivf"] > size["exact"]
    tokens = late(200)
    exact = find_way("exact", "colbert", DIMENSION).build(tokens, 5, tmp_path).size
    assert find_way("int8", "colbert", DIMENSION).build(tokens, 5, tmp_path).size == exact / 4 + 4 * DIMENSION
    assert find_way("pool:2", "colbert", DIMENSION).build(tokens, 5, tmp_path).size < 0.75 * exact


def test_bytes_lose_next_to_nothing():
    passages, queries = late(200), late(30, seed=4)
    exact = find_way("exact", "colbert", DIMENSION).build(passages, 5, None).search(queries, 5)
    close = find_way("int8", "colbert", DIMENSION).build(passages, 5, None).search(queries, 5)
    asked = queries.lengths > 0
    np.testing.assert_allclose(close[0][asked], exact[0][asked], atol=0.05)
    assert (close[1] == exact[1])[asked].mean() > 0.9


def test_a_cut_is_exact_search_over_the_first_components(tmp_path):
    passages, queries = dense(50), dense(9, seed=3)
    scores, found = find_way("cut:4", "dense", DIMENSION).build(passages, 3, tmp_path).search(queries, 3)
    short = [
        v.rows[:, :4] / np.linalg.norm(v.rows[:, :4], axis=1, keepdims=True) for v in (queries, passages)
    ]
    expected = short[0] @ short[1].T
    assert found.tolist() == np.argsort(-expected, axis=1, kind="stable")[:, :3].tolist()
    np.testing.assert_allclose(scores, -np.sort(-expected, axis=1)[:, :3], atol=1e-5)


def test_the_defaults_fit_the_head():
    assert default_ways("dense", 64) == [*DENSE, "cut:32", "cut:16"]
    assert default_ways("dense", 64, [16]) == [*DENSE, "cut:16"], "what it was trained for"
    assert default_ways("colbert", 128) == list(COLBERT)
    assert default_ways("colbert", 128, [64]) == [*COLBERT, "cut:64"]
    for head in ("dense", "colbert"):
        assert all(fits(name, head) for name in default_ways(head, 128, [64]))
    assert find_way("cut:16", "dense", 64, [16]).about.count("trained for it") == 1
    assert "not known to be trained" in find_way("cut:16", "dense", 64, [32]).about


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("plaid", "dense", 'no search "plaid" for a dense model'),
        ("binary", "colbert", 'no search "binary" for a colbert model'),
        ("int9", "dense", 'Did you mean "int8"?'),
        ("cut", "dense", 'Did you mean "cut:N"?'),
        ("cut:x", "dense", "no search"),
        ("cut:0", "dense", "no search"),
        ("cut:512", "dense", "32 components, so they can only be cut to fewer"),
        ("cut:32", "colbert", "can only be cut to fewer"),
        ("pool:1", "colbert", "2 tokens or more"),
        ("int8:4", "dense", "no search"),
    ],
)
def test_mistakes_are_named(name, head, said):
    with pytest.raises(RecipeError, match=said.replace("?", r"\?")):
        find_way(name, head, DIMENSION)


def test_without_faiss_the_extra_is_named(monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **kwargs):
        if name == "faiss":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "faiss", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingDependencyError, match=r"pip install 'langret\[faiss\]'.*--search exact"):
        find_way("int8", "dense", DIMENSION)
    assert find_way("int8", "colbert", DIMENSION).name == "int8"
