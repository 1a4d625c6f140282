"""torch's fused attention in fp32 and bf16: why ``langret/training/attention.py`` keeps it in fp32 on a processor.

    python benchmarks/attention.py

Forward and backward of ``scaled_dot_product_attention`` alone, in milliseconds, fused and unfused, on texts of which
some are padded. Prints a table; it has no target. For processors: work of a GPU is not waited for.
"""

from __future__ import annotations

import time

import torch
from _machine import chip
from torch.nn.attention import SDPBackend, sdpa_kernel

SHAPES = ((32, 4, 84, 64), (32, 4, 180, 64), (32, 12, 180, 32), (32, 6, 256, 64))
ROUNDS, WARM = 8, 2


def milliseconds(shape: tuple[int, int, int, int], kind: torch.dtype, backend: SDPBackend) -> float:
    """Mean time of a forward and a backward pass."""
    texts, _, tokens, _ = shape
    real = tokens - torch.arange(texts) % 20
    mask = (torch.arange(tokens) < real[:, None])[:, None, None, :].expand(texts, 1, tokens, tokens)
    query, key, value, above = (torch.randn(shape, dtype=kind) for _ in range(4))
    for tensor in (query, key, value):
        tensor.requires_grad_()
    for number in range(WARM + ROUNDS):
        if number == WARM:
            start = time.perf_counter()
        with sdpa_kernel(backend):
            found = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        torch.autograd.grad(found, (query, key, value), above)
    return 1000 * (time.perf_counter() - start) / ROUNDS


def main() -> None:
    torch.manual_seed(13)
    print(f"{chip()}, torch {torch.__version__}")
    print("texts, heads, tokens, size of a head     fp32   bf16   bf16, unfused")
    fused, unfused = SDPBackend.FLASH_ATTENTION, SDPBackend.MATH
    for shape in SHAPES:
        kinds = ((torch.float32, fused), (torch.bfloat16, fused), (torch.bfloat16, unfused))
        found = [milliseconds(shape, kind, backend) for kind, backend in kinds]
        print(
            f"{', '.join(map(str, shape)):<38}{found[0]:>7.1f}{found[1]:>7.1f}{found[2]:>16.1f}", flush=True
        )


if __name__ == "__main__":
    main()
