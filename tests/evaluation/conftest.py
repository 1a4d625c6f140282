"""A tiny retriever with the interface of ``langret.modeling.Retriever`` and no model behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest


class FakeRetriever:
    """Character bigrams hashed into vectors; similar strings are near each other, as in a trained model."""

    def __init__(self, head: str, dimension: int = 64) -> None:
        self.head = head
        self.dimension = dimension
        self.encoded: list[str] = []
        self.calls = 0

    def _gram(self, gram: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big")
        vector = np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)

    def _tokens(self, text: str) -> np.ndarray:
        grams = [text[i : i + 2] for i in range(max(1, len(text) - 1))] if text else []
        return np.array([self._gram(g) for g in grams], dtype=np.float32).reshape(-1, self.dimension)

    def encode(self, texts: Sequence[str], kind: str, *, batch_size: int = 32, progress: bool = False) -> Any:
        self.encoded += texts
        self.calls += 1
        tokens = [self._tokens(text) for text in texts]
        if self.head == "colbert":
            return tokens
        pooled = np.array([t.sum(axis=0) for t in tokens], dtype=np.float32).reshape(-1, self.dimension)
        return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def fake():
    return FakeRetriever
