"""The HNSW index: the same result at every run, and nearly what exact search finds."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from langret.errors import MissingDependencyError, StageError
from langret.mining import approximate, candidates_from_arrays, exact_search, hnsw_search

faiss = pytest.importorskip("faiss", reason="faiss-cpu is not installed (langret[faiss])")


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    vectors = rng.standard_normal(shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def vectors() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return unit(rng, 60, 16), unit(rng, 3000, 16)


def test_twice_the_same_and_nearly_exact(vectors) -> None:
    queries, passages = vectors
    threads = faiss.omp_get_max_threads()
    scores, found = hnsw_search(queries, passages, 50)
    again = hnsw_search(queries, passages, 50)
    assert (again[0] == scores).all() and (again[1] == found).all()
    assert faiss.omp_get_max_threads() == threads, "the process keeps its threads"
    exact_scores, exact = exact_search(queries, passages, 50)
    recall = np.mean([len(set(a) & set(b)) / 50 for a, b in zip(found.tolist(), exact.tolist(), strict=True)])
    assert recall > 0.97
    same = found == exact
    assert same.mean() > 0.8 and np.abs(scores - exact_scores)[same].max() < 1e-5
    assert (np.diff(scores, axis=1) <= 0).all(), "best first"


def test_a_query_does_not_depend_on_the_others_nor_on_how_vectors_come(
    vectors, monkeypatch, tmp_path
) -> None:
    queries, passages = vectors
    scores, found = hnsw_search(queries, passages, 10)
    alone = hnsw_search(queries[7:9], passages, 10)
    assert (alone[1] == found[7:9]).all() and (alone[0] == scores[7:9]).all()
    monkeypatch.setattr(approximate, "_AT_ONCE", 700)
    np.save(tmp_path / "p.npy", passages)
    mapped = hnsw_search(queries, np.load(tmp_path / "p.npy", mmap_mode="r"), 10)
    assert (mapped[1] == found).all()


def test_fewer_passages_than_wanted(vectors) -> None:
    queries, passages = vectors
    scores, found = hnsw_search(queries, passages[:3], 50)
    assert scores.shape == found.shape == (60, 3)
    assert {tuple(sorted(row)) for row in found.tolist()} == {(0, 1, 2)}
    table = candidates_from_arrays([f"q{i}" for i in range(60)], list("abc"), scores, found, "dense")
    assert table.num_rows == 180
    assert hnsw_search(queries[:0], passages, 5)[0].shape == (0, 5)
    assert hnsw_search(queries, passages[:0], 5)[1].shape == (60, 0)


def test_what_cannot_be_searched_is_said(vectors, monkeypatch) -> None:
    queries, passages = vectors
    with pytest.raises(StageError, match="of one width d are expected"):
        hnsw_search(queries, passages[:, :8], 5)
    with pytest.raises(StageError, match="k must be at least 1"):
        hnsw_search(queries, passages, 0)
    monkeypatch.setitem(sys.modules, "faiss", None)
    with pytest.raises(MissingDependencyError, match=r"langret\[faiss\]"):
        hnsw_search(queries, passages, 5)
