from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import StageError
from langret.evaluation import maxsim_search
from langret.evaluation.maxsim import search_packed


def naive(queries, passages):
    out = np.full((len(queries), len(passages)), -np.inf)
    for i, q in enumerate(queries):
        for j, p in enumerate(passages):
            if len(q) and len(p):
                out[i, j] = sum(max(p @ a) for a in q)
    return out


def texts(rng, count, longest, shortest=0):
    return [
        rng.standard_normal((rng.integers(shortest, longest + 1), 6)).astype(np.float32) for _ in range(count)
    ]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    q=st.integers(0, 7),
    n=st.integers(0, 12),
    k=st.integers(1, 15),
    query_block=st.integers(1, 9),
    token_block=st.integers(1, 60),
    device=st.sampled_from([None, "cpu"]),
)
def test_equals_a_double_loop_whatever_the_blocks(seed, q, n, k, query_block, token_block, device):
    rng = np.random.default_rng(seed)
    queries, passages = texts(rng, q, 5), texts(rng, n, 9)
    scores, indices = maxsim_search(
        queries, passages, k, query_block=query_block, token_block=token_block, device=device
    )
    expected = naive(queries, passages)
    assert scores.shape == indices.shape == (q, min(k, n))
    assert scores.dtype == np.float32 and indices.dtype == np.int64
    np.testing.assert_allclose(scores, -np.sort(-expected, axis=1)[:, : min(k, n)], atol=1e-4)
    np.testing.assert_allclose(scores, np.take_along_axis(expected, indices, axis=1), atol=1e-4)
    assert all(len(set(row)) == len(row) for row in indices.tolist())


@pytest.mark.parametrize("device", [None, "cpu"])
def test_ties_go_to_the_lower_index(device):
    passage = np.eye(4, dtype=np.float32)
    other = -np.ones((1, 4), dtype=np.float32)
    scores, indices = maxsim_search([passage], [other, passage, other, passage, passage], 4, device=device)
    assert indices.tolist() == [[1, 3, 4, 0]]
    assert scores.tolist() == [[4.0, 4.0, 4.0, -4.0]]


def test_padding_never_beats_negative_similarities():
    query = np.array([[1.0, 0.0]], dtype=np.float32)
    short = np.array([[-0.5, 0.0]], dtype=np.float32)
    long = np.array([[-0.9, 0.0]] * 5, dtype=np.float32)
    for device in (None, "cpu"):
        scores, indices = maxsim_search([query], [long, short], 2, device=device)
        assert indices.tolist() == [[1, 0]]
        np.testing.assert_allclose(scores, [[-0.5, -0.9]])


def test_packed_tokens_of_any_precision_and_from_disk(tmp_path):
    rng = np.random.default_rng(3)
    queries, passages = texts(rng, 20, 5), texts(rng, 50, 9)
    lengths = np.array([len(p) for p in passages])
    expected = maxsim_search(queries, passages, 7)
    tokens = np.concatenate(passages)
    np.save(tmp_path / "tokens.npy", tokens)
    mapped = np.load(tmp_path / "tokens.npy", mmap_mode="r")
    scores, indices = search_packed(queries, mapped, lengths, 7, query_block=3, token_block=20)
    np.testing.assert_array_equal(indices, expected[1])
    np.testing.assert_allclose(scores, expected[0], rtol=1e-6)
    for precision, tolerance in ((np.float16, 0.05), (np.float64, 1e-4)):
        close, _ = search_packed(queries, tokens.astype(precision), lengths, 7)
        np.testing.assert_allclose(close, expected[0], atol=tolerance)


def test_vectors_of_another_size_are_refused():
    rng = np.random.default_rng(3)
    queries, passages = texts(rng, 3, 5, 1), texts(rng, 4, 9, 1)
    with pytest.raises(StageError, match="vectors of 6 components, query row 1 of 4"):
        maxsim_search([queries[0], queries[1][:, :4]], passages, 2)
    with pytest.raises(StageError, match=r"not of one size.*\[4, 6\]"):
        maxsim_search(queries, [*passages, passages[0][:, :4]], 2)


@pytest.mark.parametrize("device", [None, "cpu"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_named(device, value):
    rng = np.random.default_rng(3)
    queries, passages = texts(rng, 20, 5, 1), texts(rng, 9, 9, 1)
    passages.insert(2, passages[0][:0])
    bad = [p.copy() for p in passages]
    bad[5][0, 2] = value
    with pytest.raises(StageError, match="passage row 5 hold NaN"):
        maxsim_search(queries, bad, 2, device=device)
    asked = [q.copy() for q in queries]
    asked[17][0] = value
    with pytest.raises(StageError, match="query row 17 hold NaN"):
        maxsim_search(asked, passages, 2, device=device)
