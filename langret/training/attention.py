"""Attention in fp32 where a processor computes all else in bf16.

torch's fused attention for processors goes back up to three times slower in bf16 than in fp32
(benchmarks/attention.py), which took a quarter of a training step. Matrix products of the other layers stay in bf16.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

NAME = "langret_fp32"


def _forward(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, **kwargs: Any
) -> tuple[Tensor, None]:
    if mask is not None and mask.is_floating_point():
        mask = mask.float()
    with torch.autocast(query.device.type, enabled=False):
        return sdpa_attention_forward(module, query.float(), key.float(), value.float(), mask, **kwargs)


AttentionInterface.register(NAME, _forward)
AttentionMaskInterface.register(NAME, sdpa_mask)


@contextmanager
def fp32_attention(model: nn.Module) -> Iterator[None]:
    """Let the encoders in a model that use torch's fused attention do so in fp32 for as long as this lasts."""
    chosen = [
        module.config
        for module in model.modules()
        if isinstance(module, PreTrainedModel)
        and module.config._attn_implementation == "sdpa"
        and _asks_the_interface(type(module))
    ]
    # not set_attn_implementation, which refuses ModernBERT (transformers 5.3) although it asks the interface
    for config in chosen:
        config._attn_implementation = NAME
    try:
        yield
    finally:
        for config in chosen:
            config._attn_implementation = "sdpa"


def _asks_the_interface(kind: type) -> bool:
    """Whether a class looks its attention up by name; one of a repository's own code may not."""
    own = (c for c in kind.__mro__ if issubclass(c, PreTrainedModel) and c is not PreTrainedModel)
    return any(hasattr(sys.modules.get(c.__module__), "ALL_ATTENTION_FUNCTIONS") for c in own)
