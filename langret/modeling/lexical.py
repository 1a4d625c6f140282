"""Heads that begin as word matchers.

A backbone made from nothing knows no word. What it can do at once is tell the same token from another, and that is
most of what BM25 does; what is missing is that rare tokens count for more. Each head has its own place for that.
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
