"""A model whose weights are dealt out to the devices that train it together (FSDP2)."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch.distributed.checkpoint.state_dict import (
    StateDictOptions,
    get_model_state_dict,
    get_optimizer_state_dict,
    set_model_state_dict,
    set_optimizer_state_dict,
)
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

from langret.training.layers import depths_of
from langret.training.together import rank, size

_WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True)


class Sharded:
    """A member in two forms: whole in the processor's memory, and dealt out over the devices.

    Every device holds its share of weights, gradients and optimiser state (arXiv 2304.11277). A layer's weights are
    brought together when it computes, and let go afterwards. Gradients come back as the mean over processes. Whoever
    reads or writes files does it with the whole form, which is current after ``gather``; all processes call ``gather``
    and ``scatter`` together.

    Args:
        whole: The member, in every process with the same weights.

    Attributes:
        whole: The same object.
        model: A copy of it, dealt out, which is what trains.
    """

    def __init__(self, whole: SentenceTransformer) -> None:
        self.whole = whole
        self.model: Any = copy.deepcopy(whole)
        mesh = init_device_mesh("cuda" if torch.cuda.is_available() else "cpu", (size(),))
        for name in depths_of(whole).layers:
            fully_shard(self.model.get_submodule(name), mesh=mesh)
        fully_shard(self.model, mesh=mesh)

    def gather(self) -> None:
        """Bring the weights into the first process's whole form."""
        found = get_model_state_dict(self.model, options=_WHOLE)
        if rank() == 0:
            self.whole.load_state_dict(found)

    def scatter(self) -> None:
        """Deal out the weights of the whole form, which is the same in every process."""
        set_model_state_dict(self.model, self.whole.state_dict(), options=_WHOLE)

    def save_optimizer(self, optimizer: Any, path: Path) -> None:
        """Write the optimiser's whole state; the first process does."""
        found = get_optimizer_state_dict(self.model, optimizer, options=_WHOLE)
        if rank() == 0:
            torch.save(found, path)

    def load_optimizer(self, optimizer: Any, path: Path) -> None:
        """Read again what ``save_optimizer`` wrote; every process does."""
        found = torch.load(path, map_location="cpu", weights_only=True)
        set_optimizer_state_dict(self.model, optimizer, found, options=_WHOLE)
