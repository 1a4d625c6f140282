"""One step on several devices.

Every process encodes its share of the step's texts, and all of them see the vectors of all. What follows, scores and
loss, is then the same in every process, and the same as in one process that has encoded everything: it needs to know
nothing of devices, and no label can point at another process's text.

A text's gradient comes to the process that encoded it. The mean of the gradients over processes, as in data-parallel
training everywhere, is therefore taken of gradients that are so many times as large.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor

T = TypeVar("T", bound="Sequence[Any] | np.ndarray")
BUCKET = 1 << 24
"""Numbers of gradients that are sent at a time."""


def size() -> int:
    """Number of processes that train together."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def rank() -> int:
    """Number of this process among them."""
    return dist.get_rank() if size() > 1 else 0


def share(texts: T) -> T:
    """What this process encodes: every so many-th text, so that all have as much of the long ones.

    Every process has at least one text, so that the same weights have gradients everywhere; where there are too few, a
    text is encoded once more and ``gather`` drops it.
    """
    own: Any = texts[rank() :: size()]
    return own if len(own) else texts[:1]  # type: ignore[return-value]


def gather(parts: Sequence[Tensor], total: int) -> Tensor:
    """Bring together what all processes have made of their shares, in the order of the texts.

    Args:
        parts: This process's, in chunks whose second dimension may differ: [texts, tokens, size] or [texts, tokens].
        total: Number of texts of all processes.

    Returns:
        First dimension ``total``; the second is that of the longest, filled up with zeros. Gradients flow back.
    """
    if size() == 1:
        return _joined(parts, max(part.shape[1] for part in parts))
    longest = torch.tensor([max(part.shape[1] for part in parts)], device=parts[0].device)
    dist.all_reduce(longest, dist.ReduceOp.MAX)
    own = _joined(parts, int(longest))
    most = -(-total // size())
    own = F.pad(own, (0, 0) * (own.ndim - 1) + (0, most - len(own)))
    found: Any = _Gather.apply(own if own.is_floating_point() else own.to(torch.uint8))
    return (
        found.transpose(0, 1).flatten(0, 1)[:total].to(own.dtype)
    )  # text i is number i // size of process i % size


def average_gradients(parameters: Iterable[Tensor]) -> None:
    """Replace every gradient by its mean over processes.

    In the place of ``DistributedDataParallel``, which wants every weight used and one forward pass for each backward
    pass; a step here encodes in chunks, and may compute them twice.
    """
    waiting: list[Tensor] = []
    for parameter in parameters:
        if parameter.grad is not None:
            waiting.append(parameter.grad)
            if sum(grad.numel() for grad in waiting) >= BUCKET:
                _average(waiting)
                waiting = []
    if waiting:
        _average(waiting)


def _average(grads: list[Tensor]) -> None:
    flat = torch.cat([grad.reshape(-1) for grad in grads])
    dist.all_reduce(flat)
    flat /= size()
    for grad, mean in zip(grads, flat.split([grad.numel() for grad in grads]), strict=True):
        grad.copy_(mean.view_as(grad))


def _joined(parts: Sequence[Tensor], length: int) -> Tensor:
    rooms = [(0, 0) * (part.ndim - 2) + (0, length - part.shape[1]) for part in parts]
    return torch.cat([F.pad(part, room) for part, room in zip(parts, rooms, strict=True)])


class _Gather(torch.autograd.Function):
    """[...] of each process to [processes, ...]; the gradient of a loss that is the same in every process."""

    @staticmethod
    def forward(ctx: Any, own: Tensor) -> Tensor:
        found = own.new_empty(size(), *own.shape)
        dist.all_gather(list(found.unbind(0)), own.contiguous())
        return found

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        return grads[0][rank()] * size()  # the mean over processes divides by as much
