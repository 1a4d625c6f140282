"""Late interaction with a backward pass that touches only what won.

``pylate.scores.colbert_scores`` builds the similarity of every query token with every passage token and lets autograd
go back through all of it. The maximum passes its gradient to one passage token for each query token, so the backward
pass does not need the similarities: on a processor two gathers a passage are enough, and a GPU, which waits longer for
small kernels than for large products, multiplies by where the maxima were. The values are the same.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

BLOCK = 1 << 24
"""Similarities held at a time, so that memory does not grow with the batch."""


def maxsim(queries: Tensor, passages: Tensor, mask: Tensor) -> Tensor:
    """Score every query against every passage: the sum over query tokens of the best passage token.

    Args:
        queries: Float of shape [queries, query tokens, size]; every token counts.
        passages: Float of shape [passages, passage tokens, size].
        mask: Bool of shape [passages, passage tokens]; False for tokens that do not count.

    Returns:
        Float of shape [queries, passages]; 0 where a passage has no token that counts.
    """
    result: Any = _MaxSim.apply(queries, passages, mask)
    return result


class _MaxSim(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, queries: Tensor, passages: Tensor, mask: Tensor) -> Tensor:
        count, length, size = queries.shape
        flat = queries.reshape(count * length, size)
        best = queries.new_empty(len(passages), count * length)
        where = torch.empty(best.shape, dtype=torch.long, device=queries.device)
        closed = torch.zeros(mask.shape, dtype=queries.dtype, device=queries.device)
        closed = closed.masked_fill(~mask, torch.finfo(queries.dtype).min)
        block = max(1, BLOCK // max(1, flat.shape[0] * passages.shape[1]))
        for start in range(0, len(passages), block):
            part = slice(start, start + block)
            similar = torch.matmul(flat, passages[part].transpose(1, 2))
            similar += closed[part, None, :]
            best[part], where[part] = similar.max(dim=2)
        empty = ~mask.any(dim=1)
        best[empty] = 0
        ctx.save_for_backward(queries, passages, where, empty)
        return best.view(len(passages), count, length).sum(dim=2).T

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None]:
        queries, passages, where, empty = ctx.saved_tensors
        count, length, size = queries.shape
        weight = grads[0].T.masked_fill(empty[:, None], 0)  # [passages, queries]
        flat = queries.reshape(count * length, size)
        back = _products if queries.is_cuda else _gathers
        for_queries, for_passages = back(flat, passages, where, weight.repeat_interleave(length, dim=1))
        return for_queries.view_as(queries), for_passages, None


def _gathers(flat: Tensor, passages: Tensor, where: Tensor, share: Tensor) -> tuple[Tensor, Tensor]:
    """Gradients of query tokens and passage tokens, passage by passage: no more work than there are maxima."""
    for_queries, for_passages = torch.zeros_like(flat), torch.zeros_like(passages)
    for p in range(len(passages)):
        for_queries.addcmul_(passages[p][where[p]], share[p, :, None])
        for_passages[p].index_add_(0, where[p], flat * share[p, :, None])
    return for_queries, for_passages


def _products(flat: Tensor, passages: Tensor, where: Tensor, share: Tensor) -> tuple[Tensor, Tensor]:
    """The same by matrix products with a matrix of the maxima: few kernels, and sums in an order that stays."""
    for_queries, for_passages = torch.zeros_like(flat), torch.zeros_like(passages)
    block = max(1, BLOCK // max(1, len(flat) * passages.shape[1]))
    for start in range(0, len(passages), block):
        part = slice(start, start + block)
        won = share.new_zeros(*where[part].shape, passages.shape[1])
        won.scatter_(2, where[part, :, None], share[part, :, None])
        for_queries += torch.matmul(won, passages[part]).sum(dim=0)
        for_passages[part] = torch.matmul(won.transpose(1, 2), flat)
    return for_queries, for_passages
