"""Exact search against sorting everything; the same bits whatever stands beside a query."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import StageError
from langret.mining import exact, exact_search


def sorted_all(queries: np.ndarray, passages: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    scores = queries.astype(np.float64) @ passages.astype(np.float64).T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, order, axis=1), order


def unit(rng: np.random.Generator, *shape: int) -> np.ndarray:
    vectors = rng.standard_normal(shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_QUERIES", 7)
    monkeypatch.setattr(exact, "_PASSAGES", 32)
    monkeypatch.setattr(exact, "_CHUNK_BYTES", 32 * 4 * 8 * 3)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 20), st.integers(1, 300), st.integers(1, 8), st.integers(1, 40))
def test_small_whole_numbers_are_exact_with_ties_in_order(seed, q, n, d, k) -> None:
    """Products of small whole numbers are exact in float32, and collide all the time."""
    rng = np.random.default_rng(seed)
    queries = rng.integers(-2, 3, (q, d)).astype(np.float32)
    passages = rng.integers(-2, 3, (n, d)).astype(np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "_QUERIES", 7)
        patch.setattr(exact, "_PASSAGES", 32)
        patch.setattr(exact, "_CHUNK_BYTES", 32 * 4 * d * 2)
        scores, found = exact_search(queries, passages, k)
    expected_scores, expected = sorted_all(queries, passages, k)
    assert (found == expected).all()
    assert (scores == expected_scores).all()
    assert (scores.dtype, found.dtype) == (np.float32, np.int64)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_real_vectors_of_any_precision(dtype: type) -> None:
    rng = np.random.default_rng(1)
    queries, passages = unit(rng, 30, 24).astype(dtype), unit(rng, 999, 24).astype(dtype)
    scores, found = exact_search(queries, passages, 10)
    expected_scores, expected = sorted_all(queries, passages, 10)
    assert np.abs(scores - expected_scores).max() < 1e-6
    assert (found == expected).mean() > 0.99


def test_batch_and_order_change_no_bit() -> None:
    rng = np.random.default_rng(2)
    queries, passages = unit(rng, 700, 96), unit(rng, 9000, 96)
    scores, found = exact_search(queries, passages, 20)
    order = rng.permutation(len(queries))
    for part in (order, order[:13], order[:1], order[100:613]):
        again = exact_search(queries[part], passages, 20)
        assert (again[0] == scores[part]).all()
        assert (again[1] == found[part]).all()


def test_copies_of_one_passage_tie_in_order_however_many() -> None:
    """A BLAS may round copies differently at different places; results must not show it."""
    rng = np.random.default_rng(3)
    queries = unit(rng, 40, 96)
    passages = np.repeat(unit(rng, 3, 96), 3000, axis=0)
    scores, found = exact_search(queries, passages, 50)
    assert (np.diff(scores, axis=1) == 0).all()
    assert (found - found[:, :1] == np.arange(50)).all()
    assert (found[:, 0] % 3000 == 0).all()


def test_memory_mapped_passages(tmp_path) -> None:
    rng = np.random.default_rng(4)
    passages = unit(rng, 5000, 16)
    np.save(tmp_path / "p.npy", passages)
    queries = unit(rng, 3, 16)
    mapped = exact_search(queries, np.load(tmp_path / "p.npy", mmap_mode="r"), 5)
    assert (mapped[1] == exact_search(queries, passages, 5)[1]).all()


def test_k_above_n_and_empty_sides() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert exact_search(vectors, vectors, 10)[1].tolist() == [[0, 1, 2], [1, 0, 2], [2, 0, 1]]
    assert exact_search(vectors[:0], vectors, 2)[0].shape == (0, 2)
    assert exact_search(vectors, vectors[:0], 2)[0].shape == (3, 0)


def test_negative_and_signed_zero_scores_sort_as_numbers() -> None:
    passages = np.array([[-2.0], [-0.0], [-1.0], [0.0], [1.0]], dtype=np.float32)
    scores, found = exact_search(np.array([[1.0]], dtype=np.float32), passages, 5)
    assert found.tolist() == [[4, 1, 3, 2, 0]]
    assert scores.tolist() == [[1, 0, 0, -1, -2]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_named_by_row(bad: float) -> None:
    good, broken = np.ones((9000, 4), np.float32), np.ones((9000, 4), np.float32)
    broken[8123, 2] = bad
    with pytest.raises(StageError, match="passage row 8123 "):
        exact_search(good[:5], broken, 2)
    with pytest.raises(StageError, match="query row 8123 "):
        exact_search(broken, good[:5], 2)


def test_shapes_and_k_are_checked() -> None:
    with pytest.raises(StageError, match=r"\[2, 3\] and \[2, 4\]"):
        exact_search(np.ones((2, 3)), np.ones((2, 4)), 1)
    with pytest.raises(StageError, match="k must be at least 1"):
        exact_search(np.ones((2, 3)), np.ones((2, 3)), 0)
