"""The layers of an encoder: which rate each learns at, and which keep their weights."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sentence_transformers import SentenceTransformer
from torch import nn

from langret.errors import StageError


class Depths(NamedTuple):
    """Where the parts of an encoder stand, as names of modules in a ``SentenceTransformer``.

    Attributes:
        embeddings: Everything between token ids and the first layer.
        layers: The layers, lowest first.
    """

    embeddings: str
    layers: tuple[str, ...]


def depths_of(model: SentenceTransformer) -> Depths:
    """Find embeddings and layers, whatever the architecture calls them.

    The layers are the list of modules that is as long as the configuration says: ``encoder.layer`` of BERT, ``layers``
    of ModernBERT, Qwen2 and Mistral. The embeddings are the outermost module around the table of token embeddings that
    does not hold the layers too.

    Raises:
        StageError: There is no such list, as in an encoder whose layers share their weights.
    """
    encoder: Any = model[0].auto_model
    modules = dict(encoder.named_modules())
    count = getattr(encoder.config, "num_hidden_layers", None)
    lists = [name for name, part in modules.items() if isinstance(part, nn.ModuleList) and len(part) == count]
    if not lists:
        raise StageError(
            f"{type(encoder).__name__} has no list of {count} layers, which layer_decay and freeze need.",
            hint="Leave training.layer_decay at 1 and training.freeze at 0.",
        )
    layers = min(lists, key=lambda name: name.count("."))
    table = encoder.get_input_embeddings()
    path = next(name for name, part in modules.items() if part is table).split(".")
    around = layers.split(".")
    shared = 0
    while shared < min(len(path) - 1, len(around)) and path[shared] == around[shared]:
        shared += 1
    inside = "0.auto_model."
    return Depths(
        inside + ".".join(path[: shared + 1]), tuple(f"{inside}{layers}.{i}" for i in range(count or 0))
    )


def layer_rates(model: SentenceTransformer, lr: float, decay: float) -> dict[str, float]:
    """The ``learning_rate_mapping`` of sentence-transformers for rates that fall from layer to layer (ULMFiT,
    arXiv 1801.06146, section 3.2).

    Args:
        model: The member.
        lr: Rate of the head and of whatever stands above the layers.
        decay: The topmost layer learns at ``lr * decay``, each below at this fraction of the one above it, and the
            embeddings at the lowest rate.

    Returns:
        Rates by patterns of parameter names.
    """
    embeddings, layers = depths_of(model)
    parts = [*reversed(layers), embeddings]
    return {rf"\b{re.escape(part)}\.": lr * decay ** (below + 1) for below, part in enumerate(parts)}


def freeze_lowest(model: SentenceTransformer, count: int) -> None:
    """Take the embeddings and the lowest layers out of training.

    Args:
        model: The member.
        count: How many layers; 0 freezes nothing, the embeddings neither.

    Raises:
        StageError: The encoder has fewer layers, or nothing would be left to train.
    """
    if not count:
        return
    embeddings, layers = depths_of(model)
    if count > len(layers):
        raise StageError(
            f"{count} layers are to be frozen, the encoder has {len(layers)}.", hint="Lower training.freeze."
        )
    for name in (embeddings, *layers[:count]):
        model.get_submodule(name).requires_grad_(False)
    if not any(p.requires_grad for p in model.parameters()):
        raise StageError("every weight is frozen; there is nothing to train.", hint="Lower training.freeze.")
