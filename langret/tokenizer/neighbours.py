"""Static vectors of tokens, from the company that they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langret.tokenizer.store import TokenStore

if TYPE_CHECKING:
    import numpy as np

LEAST = 10
"""A token that occurs less often has no vector."""


def token_vectors(
    store: TokenStore, vocabulary: int, *, size: int = 100, window: int = 4, seed: int
) -> np.ndarray:
    """Singular vectors of the positive pointwise mutual information between tokens and their neighbours.

    That is what skip-gram with negative sampling factorises implicitly (Levy and Goldberg, NeurIPS 2014); contexts are
    smoothed with the exponent .75 as there.

    Args:
        store: Token ids of texts.
        vocabulary: Number of tokens.
        size: Components of a vector.
        window: Neighbours on each side.
        seed: Seed of the decomposition.

    Returns:
        float32 of shape [vocabulary, at most ``size``], rows of length 1, or of zeros where a token is too rare.
    """
    import numpy as np
    from scipy.sparse import coo_matrix, csr_matrix
    from scipy.sparse.linalg import svds

    together = csr_matrix((vocabulary, vocabulary), dtype=np.float64)
    ids = np.concatenate(
        [np.asarray(store[row]) for row in range(len(store))] or [np.zeros(0, dtype=np.int64)]
    )
    text = np.repeat(np.arange(len(store)), np.diff(store.offsets))
    for distance in range(1, window + 1):
        same = text[distance:] == text[:-distance] if len(text) > distance else np.zeros(0, dtype=bool)
        left, right = ids[:-distance][same].astype(np.int64), ids[distance:][same].astype(np.int64)
        # a near neighbour counts for more, as in word2vec, where the window's size is drawn
        weights = np.full(len(left), 1 / distance)
        together = together + coo_matrix((weights, (left, right)), shape=together.shape).tocsr()
    together = (together + together.T).tocoo()
    often = np.bincount(ids, minlength=vocabulary) >= LEAST
    rows, columns, counts = together.row, together.col, together.data
    totals = np.asarray(together.sum(axis=1)).ravel()
    smooth = totals**0.75
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(counts * smooth.sum() / (totals[rows] * smooth[columns]))
    good = often[rows] & (pmi > 0)
    matrix = csr_matrix((pmi[good], (rows[good], columns[good])), shape=together.shape)
    size = min(size, vocabulary - 1, max(1, int(often.sum()) - 1))
    start = np.random.default_rng(seed).standard_normal(vocabulary)
    left_vectors, values, _ = svds(matrix, k=size, v0=start)
    vectors = left_vectors * np.sqrt(values)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.where(often[:, None] & (length > 1e-9), vectors / np.maximum(length, 1e-9), 0).astype(
        np.float32
    )
