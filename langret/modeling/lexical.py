"""Heads that begin as word matchers.

A backbone made from nothing knows no word. What it can do at once is tell the same token from another, and that is
most of what BM25 does; what is missing is that rare tokens count for more, and that a token's repetitions count for
less and less. Each head has its own places for that. MaxSim takes a maximum and needs no help with repetitions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from sentence_transformers.models import WordWeights
from torch import Tensor
from torch.nn.functional import normalize

SPREAD = 0.1
"""Standard deviation of a tilted embedding's components: five times transformers' own, so that the first hundreds of
Adam's steps refine what the embeddings start from instead of replacing it."""


def token_weights(tokenizer: Any, rarity: np.ndarray) -> WordWeights:
    """Module that weights token states before a dense head takes their mean, by the square root of their rarity.

    The root, because queries and passages are weighted both: what a shared token adds is its rarity.

    Args:
        tokenizer: The backbone's.
        rarity: Of each token, in [0, 1], from ``langret.tokenizer.rarity``: [vocabulary].
    """
    pieces = {i: piece for piece, i in tokenizer.get_vocab().items()}
    vocabulary = [pieces.get(i, "") for i in range(len(rarity))]
    weights = np.sqrt(rarity.astype(float)).round(4).tolist()
    module = WordWeights(vocabulary, dict(zip(vocabulary, weights, strict=True)), unknown_word_weight=0.0)
    # it saves the weights that it was made with, never what training made of them
    module.emb_layer.requires_grad_(False)
    return module


MATCH, SINK = 9.0, 9.3
"""Attention logits of a token with its own repetitions, and of every token with the sink. Found on JaQuAD by
`benchmarks/untrained.py`; anything from 8 to 11 does about as well."""
TAKEN = 0.9
"""How much of what attention finds is taken away from a token."""
MASS = 2.0
"""Norm of what all tokens share, over the norm of what is their own."""


def saturate(encoder: Any, sink: int, seed: int) -> None:
    """Let the first layer of a new encoder count repetitions as BM25 does: each adds less than the one before.

    A mean of token states counts linearly: what stands ten times in a passage weighs ten times, and drowns the rest.
    Here every token looks for its repetitions and for a sink, which is always found. The share of attention that goes
    to k repetitions is about k / (k + 1), and that share of the token's state is taken away again, so that their sum
    grows like a logarithm of k. Three components of the state make it work: two hold the same mass in every token, so
    that layer norms keep the differences in length that arise, and the third marks the sink. The last norm hides them.

    Args:
        encoder: A new ModernBERT, changed in place.
        sink: Id of a token that stands in every text and counts for nothing, such as [CLS].
        seed: Seed of the directions in which heads compare tokens.
    """
    size, heads = encoder.config.hidden_size, encoder.config.num_attention_heads
    width = size // heads
    pairs = width // 2
    # rotary positions turn pairs of components (i, i + pairs); the last are so slow that distance does not matter
    slow = range(round(pairs * 9 / 16), pairs - 1)
    compared = [*slow, *(i + pairs for i in slow)]
    mass, own = MASS * (size / 2) ** 0.5, size**0.5  # norms before the embedding norm shrinks both
    shrink = (1 + MASS**2) ** -0.5
    generator = torch.Generator().manual_seed(seed)
    attention = encoder.layers[0].attn
    with torch.no_grad():
        embeddings = encoder.get_input_embeddings().weight
        states = embeddings - embeddings.mean(dim=0)
        states[:, :3] = 0
        states = normalize(states, dim=1) * own
        states[sink] = 0
        states[:, 0], states[:, 1], states[sink, 2] = mass, -mass, mass
        embeddings.copy_(states * SPREAD)

        attention.Wqkv.weight.zero_()
        queries, keys, values = attention.Wqkv.weight.chunk(3)
        strength = (MATCH * width**0.5 * size / len(compared)) ** 0.5 / (own * shrink)
        for head in range(heads):
            directions = torch.linalg.qr(torch.randn(size - 3, len(compared), generator=generator))[0].T
            for component, direction in zip(compared, directions, strict=True):
                row = head * width + component
                queries[row, 3:] = keys[row, 3:] = strength * direction
            last = head * width + pairs - 1
            queries[last, 0] = SINK * width**0.5 / (mass * shrink) ** 2
            keys[last, 2] = 1
        rest = torch.arange(3, size)
        values[rest, rest] = 1
        attention.Wo.weight.zero_()
        attention.Wo.weight[rest, rest] = -TAKEN
        encoder.final_norm.weight[:3] = 0


def tilt(embeddings: Tensor, rarity: np.ndarray, seed: int) -> Tensor:
    """Token embeddings under which MaxSim counts shared words, rare ones for more.

    Unit vectors have no length in which to keep a token's weight, but their angles can. Every token keeps its own
    direction and is tilted towards one that all tokens share, the further the more common it is. The similarity of a
    common token with any passage is then high whether or not the passage has it, and having it adds only what is left
    to 1: the square of its rarity. A rare token is like nothing but itself.

    Args:
        embeddings: The backbone's: [vocabulary, size].
        rarity: Of each token, in [0, 1], from ``langret.tokenizer.rarity``: [at most vocabulary].
        seed: Seed of the shared direction.

    Returns:
        float32 of shape [vocabulary, size]; rows that ``rarity`` does not reach point in the shared direction.
    """
    count, size = embeddings.shape
    shared = normalize(torch.randn(size, generator=torch.Generator().manual_seed(seed)), dim=0)
    own = embeddings.detach().float().cpu()
    own = own - own.mean(dim=0)
    own = normalize(own - (own @ shared)[:, None] * shared, dim=1)
    rare = torch.zeros(count)
    rare[: len(rarity)] = torch.as_tensor(rarity, dtype=torch.float32)
    common = (1 - rare**2)[:, None]
    return ((1 - common**2).sqrt() * own + common * shared) * SPREAD * size**0.5
