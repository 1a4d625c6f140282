"""Models whose weights take fewer bits: bfloat16 by torch, 8 and 4 bits by torchao."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import chain
from typing import Any

import torch

from langret.errors import MissingDependencyError, ModelError, RecipeError, nearest
from langret.modeling.retriever import Retriever

BITS = {"bf16": 16, "int8": 8, "int4": 4}
"""Bits of a weight; of 8 and 4, those of linear layers alone: embeddings, norms and biases stay as they are."""
_GROUP = 32  # weights of a row that share a scale, where they have 4 bits


def must_be_possible(weights: str) -> None:
    """Refuse a precision before anything is loaded.

    Raises:
        RecipeError: There is no such precision.
        MissingDependencyError: It needs torchao, which is not installed.
        ModelError: It needs a GPU, and there is none.
    """
    if weights not in BITS:
        raise RecipeError(f'there are no weights "{weights}".', hint=nearest(weights, BITS))
    if weights != "bf16" and find_spec("torchao") is None:
        raise MissingDependencyError(
            f"weights of {BITS[weights]} bits need torchao.", hint="Run: pip install 'langret[quantize]'"
        )
    if weights == "int4" and not torch.cuda.is_available():
        raise ModelError("Weights of 4 bits are computed with on a GPU, and there is none here.")


def reduce_weights(retriever: Retriever, weights: str) -> Retriever:
    """The same model with smaller weights; the given one stays as it is.

    ``int8`` has one scale for each row of a layer's weights, ``int4`` one for 32 of them; activations stay as they are.

    Args:
        retriever: A dense or ColBERT model.
        weights: ``bf16``, ``int8`` or ``int4``.

    Raises:
        RecipeError: There is no such precision.
        MissingDependencyError: It needs torchao, which is not installed.
        ModelError: It needs a GPU, and there is none.
    """
    must_be_possible(weights)
    smaller = copy.copy(retriever)
    smaller.model = copy.deepcopy(retriever.model)
    if weights != "int8":
        smaller.model.bfloat16()
    if weights != "bf16":
        from torchao.quantization import Int4WeightOnlyConfig, Int8WeightOnlyConfig, quantize_

        quantize_(
            smaller.model,
            Int8WeightOnlyConfig() if weights == "int8" else Int4WeightOnlyConfig(group_size=_GROUP),
        )
    return smaller


def weights_size(retriever: Retriever) -> int:
    """Bytes of all weights."""
    model = retriever.model
    return sum(
        part.nbytes for tensor in chain(model.parameters(), model.buffers()) for part in _parts(tensor)
    )


def _parts(tensor: Any) -> Iterator[torch.Tensor]:
    """The tensors that a quantised one is made of, or the tensor itself."""
    if hasattr(tensor, "__tensor_flatten__"):
        for name in tensor.__tensor_flatten__()[0]:
            yield from _parts(getattr(tensor, name))
    else:
        yield tensor
