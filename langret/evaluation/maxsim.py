"""Exact late-interaction search: for every query token its best passage token, summed (ColBERT's MaxSim)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from langret.errors import StageError

QUERY_BLOCK = 16
"""Queries a block. 16 queries of 32 tokens by 4,096 passage tokens are 8 MiB of similarities, which stay in
cache."""
TOKEN_BLOCK = 4096
"""Passage tokens a block, about."""
_GPU_BLOCKS = (64, 1 << 16)
"""The same on a GPU, which waits for small kernels: 64 queries of 32 tokens by 65,536 passage tokens are 512 MiB."""
_WORTH_A_GPU = 2e11  # multiplications; below, moving the vectors there costs more than it saves


def maxsim_search(
    queries: Sequence[np.ndarray],
    passages: Sequence[np.ndarray],
    k: int,
    *,
    query_block: int | None = None,
    token_block: int | None = None,
    device: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Find the best passages of each query by exact MaxSim.

    Args:
        queries: One array of shape [tokens, dimension] a query.
        passages: One array of shape [tokens, dimension] a passage.
        k: How many passages to return for each query.
        query_block: Queries a block. Default: what suits the device.
        token_block: Passage tokens a block, likewise.
        device: A torch device to compute on. Default: the GPU where there is one and the work is worth it,
            else numpy.

    Returns:
        Scores, float32 [queries, k'], and passage indices, int64 [queries, k'], with k' = min(k, passages),
        best first, ties by lower index. A passage or query without tokens scores minus infinity.

    Raises:
        StageError: Vectors are not of one size, or hold NaN or infinity (the row is named).
    """
    lengths = np.array([len(passage) for passage in passages], dtype=np.int64)
    filled = [np.asarray(passage, dtype=np.float32) for passage in passages if len(passage)]
    sizes = sorted({vectors.shape[1] for vectors in filled})
    if len(sizes) > 1:
        raise StageError(f"Token vectors of passages are not of one size (found: {sizes}).")
    tokens = np.concatenate(filled) if filled else np.zeros((0, 1), dtype=np.float32)
    return search_packed(
        queries, tokens, lengths, k, query_block=query_block, token_block=token_block, device=device
    )


def search_packed(
    queries: Sequence[np.ndarray],
    tokens: np.ndarray,
    lengths: np.ndarray,
    k: int,
    *,
    query_block: int | None = None,
    token_block: int | None = None,
    device: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Do what ``maxsim_search`` does for passages whose tokens lie in one matrix, one passage after another.

    A block of queries meets a block of the matrix in one product, and ``np.maximum.reduceat`` takes the maxima
    passage by passage. That runs close to the bare matrix product, and about 5 times as fast as the usual padded
    tensor of all passages. Above its inputs numpy holds the blocks and ``query_block`` rows of scores; a GPU holds
    the matrix too.

    Args:
        queries: One array of shape [tokens, dimension] a query.
        tokens: [all tokens, dimension] of any precision, may be memory-mapped; computed in float32, block by block.
        lengths: How many rows of ``tokens`` each passage has, int64 [passages].
        k: How many passages to return for each query.
        query_block: As in ``maxsim_search``.
        token_block: As in ``maxsim_search``.
        device: As in ``maxsim_search``.

    Returns:
        As ``maxsim_search``.

    Raises:
        StageError: Queries and passages are not of one size, or hold NaN or infinity (the row is named).
    """
    n = len(lengths)
    k = min(k, n)
    scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
    indices = np.tile(np.arange(k, dtype=np.int64), (len(queries), 1))
    # empty passages own no rows of the packed matrix, so they are left out here and stay at minus infinity
    filled = np.flatnonzero(lengths)
    if not len(filled) or not len(queries) or k < 1:
        return scores, indices
    for row, query in enumerate(queries):
        if len(query) and query.shape[1] != tokens.shape[1]:
            raise StageError(
                f"The passages have vectors of {tokens.shape[1]} components, query row {row} of {query.shape[1]}.",
                hint="They come from different models, or one of them is cut.",
            )
    if device is None:
        work = float(sum(len(q) for q in queries)) * tokens.size
        device = _gpu() if work > _WORTH_A_GPU else None
    wide, long = (QUERY_BLOCK, TOKEN_BLOCK) if device in (None, "cpu") else _GPU_BLOCKS
    query_block = query_block or wide
    blocks = _blocks(lengths[filled], token_block or long)
    compute = (
        _NumpyBlocks(tokens, lengths[filled], blocks)
        if device is None
        else _TorchBlocks(tokens, lengths[filled], blocks, device)
    )
    for start in range(0, len(queries), query_block):
        chosen = queries[start : start + query_block]
        block = np.full((len(chosen), n), -np.inf, dtype=np.float32)
        found = compute.scores(_padded(chosen, tokens.shape[1]))
        if not np.isfinite(found).all():
            _refuse(found, filled, start)
        block[:, filled] = found
        block[[i for i, q in enumerate(chosen) if not len(q)]] = -np.inf
        order = np.argsort(-block, axis=1, kind="stable")[:, :k]
        scores[start : start + len(chosen)] = np.take_along_axis(block, order, axis=1)
        indices[start : start + len(chosen)] = order
    return scores, indices


def _refuse(scores: np.ndarray, filled: np.ndarray, start: int) -> None:
    """Name whose vectors are not finite: a query's where none of its scores is, else a passage's."""
    bad = ~np.isfinite(scores)
    rows = np.flatnonzero(bad.all(axis=1))
    what = (
        f"query row {start + int(rows[0])}"
        if len(rows)
        else f"passage row {filled[int(np.flatnonzero(bad.any(axis=0))[0])]}"
    )
    raise StageError(
        f"The token vectors of {what} hold NaN or infinity.",
        hint="The model that made them has probably diverged in training.",
    )


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
            with np.errstate(invalid="ignore"):  # infinity is found in the scores, with its row
                similarities = flat @ self.tokens[rows].astype(np.float32, copy=False).T
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
        self.tokens = torch.from_numpy(np.asarray(tokens, dtype=np.float32)).to(device)
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
