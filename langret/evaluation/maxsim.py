"""Exact late-interaction search: for every query token its best passage token, summed (ColBERT's MaxSim)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

QUERY_BLOCK = 16
"""Queries a block. 16 queries of 32 tokens by 4,096 passage tokens are 8 MiB of similarities, which stay in
cache."""
TOKEN_BLOCK = 4096
"""Passage tokens a block, about."""
_WORTH_A_GPU = 2e11  # multiplications; below, moving the vectors there costs more than it saves


def maxsim_search(
    queries: Sequence[np.ndarray],
    passages: Sequence[np.ndarray],
    k: int,
    *,
    query_block: int = QUERY_BLOCK,
    token_block: int = TOKEN_BLOCK,
    device: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Find the best passages of each query by exact MaxSim.

    All passage tokens lie in one packed matrix; a block of queries meets a block of it in one matrix
    product, and ``np.maximum.reduceat`` takes the maxima passage by passage. That runs close to the bare
    matrix product, and about 5 times as fast as the usual padded tensor of all passages. Peak memory is one
    copy of the passage vectors, the blocks, and ``query_block`` rows of scores.

    Args:
        queries: One array of shape [tokens, dimension] a query.
        passages: One array of shape [tokens, dimension] a passage.
        k: How many passages to return for each query.
        query_block: Queries a block.
        token_block: Passage tokens a block.
        device: A torch device to compute on. Default: the GPU where there is one and the work is worth it,
            else numpy.

    Returns:
        Scores, float32 [queries, k'], and passage indices, int64 [queries, k'], with k' = min(k, passages),
        best first, ties by lower index. A passage or query without tokens scores minus infinity.
    """
    n = len(passages)
    k = min(k, n)
    scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
    indices = np.tile(np.arange(k, dtype=np.int64), (len(queries), 1))
    # empty passages own no rows of the packed matrix, so they are left out here and stay at minus infinity
    filled = np.array([i for i, p in enumerate(passages) if len(p)], dtype=np.int64)
    if not len(filled) or not len(queries) or k < 1:
        return scores, indices
    lengths = np.array([len(passages[i]) for i in filled], dtype=np.int64)
    tokens = np.concatenate([np.asarray(passages[i], dtype=np.float32) for i in filled])
    blocks = _blocks(lengths, token_block)
    if device is None:
        work = float(sum(len(q) for q in queries)) * tokens.size
        device = _gpu() if work > _WORTH_A_GPU else None
    compute = (
        _NumpyBlocks(tokens, lengths, blocks)
        if device is None
        else _TorchBlocks(tokens, lengths, blocks, device)
    )
    for start in range(0, len(queries), query_block):
        chosen = queries[start : start + query_block]
        block = np.full((len(chosen), n), -np.inf, dtype=np.float32)
        block[:, filled] = compute.scores(_padded(chosen, tokens.shape[1]))
        block[[i for i, q in enumerate(chosen) if not len(q)]] = -np.inf
        order = np.argsort(-block, axis=1, kind="stable")[:, :k]
        scores[start : start + len(chosen)] = np.take_along_axis(block, order, axis=1)
        indices[start : start + len(chosen)] = order
    return scores, indices


def _padded(queries: Sequence[np.ndarray], dimension: int) -> np.ndarray:
    """Queries as [queries, longest, dimension]; a vector of zeros has the maximum 0 and adds nothing to the
    sum."""
    out = np.zeros((len(queries), max(1, max(len(q) for q in queries)), dimension), dtype=np.float32)
    for i, query in enumerate(queries):
        if len(query):
            out[i, : len(query)] = query
    return out


def _blocks(lengths: np.ndarray, token_block: int) -> list[tuple[int, int]]:
    """Cut passages into runs of about ``token_block`` tokens, at least one passage each."""
    blocks: list[tuple[int, int]] = []
    start = size = 0
    for i, length in enumerate(lengths):
        if i > start and size + length > token_block:
            blocks.append((start, i))
            start, size = i, 0
        size += int(length)
    blocks.append((start, len(lengths)))
    return blocks


class _NumpyBlocks:
    def __init__(self, tokens: np.ndarray, lengths: np.ndarray, blocks: list[tuple[int, int]]) -> None:
        self.tokens, self.blocks = tokens, blocks
        self.offsets = np.concatenate([[0], np.cumsum(lengths)])

    def scores(self, queries: np.ndarray) -> np.ndarray:
        """MaxSim of [q, t, d] queries with every passage: [q, passages]."""
        q, t, d = queries.shape
        flat = queries.reshape(q * t, d)
        out = np.empty((q, len(self.offsets) - 1), dtype=np.float32)
        for first, last in self.blocks:
            rows = slice(self.offsets[first], self.offsets[last])
            similarities = flat @ self.tokens[rows].T
            starts = self.offsets[first:last] - self.offsets[first]
            best = np.maximum.reduceat(similarities, starts, axis=1)
            out[:, first:last] = best.reshape(q, t, last - first).sum(axis=1)
        return out


class _TorchBlocks:
    """The same on a torch device, where padding a block is cheaper than ragged maxima.

    A passage is padded with its own last token, which leaves its maxima as they are.
    """

    def __init__(
        self, tokens: np.ndarray, lengths: np.ndarray, blocks: list[tuple[int, int]], device: str
    ) -> None:
        import torch

        self.torch, self.device, self.count = torch, device, len(lengths)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        order = np.argsort(lengths, kind="stable")
        self.tokens = torch.from_numpy(tokens).to(device)
        self.groups: list[tuple[Any, Any, int]] = []
        for first, last in blocks:
            members = order[first:last]
            longest = int(lengths[members].max())
            within = np.minimum(np.arange(longest)[None, :], lengths[members][:, None] - 1)
            rows = torch.from_numpy((starts[members][:, None] + within).ravel()).to(device)
            self.groups.append((rows, torch.from_numpy(members).to(device), longest))

    def scores(self, queries: np.ndarray) -> np.ndarray:
        """MaxSim of [q, t, d] queries with every passage: [q, passages]."""
        q, t, d = queries.shape
        flat = self.torch.from_numpy(queries.reshape(q * t, d)).to(self.device)
        out = self.torch.empty((q, self.count), dtype=self.torch.float32, device=self.device)
        for rows, members, longest in self.groups:
            similarities = self.tokens[rows] @ flat.T
            best = similarities.view(len(members), longest, q, t).amax(dim=1)
            out[:, members] = best.sum(dim=2).T
        return out.cpu().numpy()


def _gpu() -> str | None:
    import torch

    return "cuda" if torch.cuda.is_available() else None
