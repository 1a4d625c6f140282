"""What langret's ColBERT does beyond PyLate's: queries filled up by their length, and pooled passages.

PyLate's folder has no place for either. They travel as facts in ``langret.json``, and on the loaded model as one
attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from pylate.models import ColBERT
from scipy.cluster.hierarchy import fcluster, linkage
from torch.nn.functional import normalize
from tqdm.autonotebook import tqdm

STEP, LEAST = 32, 8
_NAME = "_langret_late"


@dataclass(frozen=True)
class Late:
    """How a ColBERT model treats queries and passages where PyLate has no setting for it.

    Attributes:
        dynamic: Whether a query is filled up to a length that depends on its own.
        pool_tokens: One vector is kept for so many tokens of a passage.
    """

    dynamic: bool = False
    pool_tokens: int = 1

    def facts(self) -> dict[str, Any]:
        """What ``langret.json`` says of it."""
        return {
            **({"expansion": "dynamic"} if self.dynamic else {}),
            **({"pool_tokens": self.pool_tokens} if self.pool_tokens > 1 else {}),
        }

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> Late:
        """The same, read again."""
        return cls(facts.get("expansion") == "dynamic", int(facts.get("pool_tokens", 1)))


def late_of(model: Any) -> Late:
    """How a model treats queries and passages; plain PyLate models: as PyLate does."""
    found: Late = getattr(model, _NAME, Late())
    return found


def set_late(model: ColBERT, late: Late) -> None:
    """Say how a model treats queries and passages."""
    setattr(model, _NAME, late)


def query_length(model: ColBERT, tokens: int) -> int:
    """Length of a query, masks included, where the longest of its batch has so many tokens.

    Dynamic is JaColBERTv2.5's (METHODS.md 4.3): the next multiple of 32, and 8 more where fewer than 8 masks would fit;
    never more than the longest text that the model is made for.
    """
    if not model.do_query_expansion:
        return tokens
    longest: int = model.query_length  # type: ignore[assignment]  # PyLate has filled in what was None
    if not late_of(model).dynamic:
        return longest
    filled = -(-tokens // STEP) * STEP
    if filled - tokens < LEAST:
        filled += LEAST
    return max(tokens, min(filled, max(longest, model.document_length or 0)))


def pool_vectors(passages: Sequence[np.ndarray], tokens: int) -> list[np.ndarray]:
    """Keep one vector for so many tokens: means of clusters (Clavié et al., arXiv 2409.14683, with Ward's linkage).

    The first vector, of the first special token, stays as it is. A mean is shorter than 1. PyLate has the same
    method, but stops where rounding makes the cosine of two equal vectors larger than 1.

    Args:
        passages: One float32 array [tokens, dimension] a passage.
        tokens: Tokens a vector; 1 keeps all.
    """
    return [_pooled(vectors, tokens) for vectors in passages] if tokens > 1 else list(passages)


def _pooled(vectors: np.ndarray, tokens: int) -> np.ndarray:
    first, rest = vectors[:1], vectors[1:]
    count = max(len(rest) // tokens, 1)
    if count >= len(rest):
        return vectors
    distances = np.maximum(1 - rest @ rest.T, 0)[np.triu_indices(len(rest), k=1)]
    cluster = fcluster(linkage(distances, method="ward"), t=count, criterion="maxclust") - 1
    sums = np.zeros((cluster.max() + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, cluster, rest)
    return np.concatenate([first, sums / np.bincount(cluster)[:, None].astype(np.float32)])


def encode_dynamic(model: ColBERT, texts: Sequence[str], batch_size: int, progress: bool) -> list[np.ndarray]:
    """Encode queries, each filled up by its own length, so that its vectors depend on no other query.

    Returns:
        One float32 array a query, of shape [tokens, dimension], L2-normalised, masks included.
    """
    model.eval()
    rows = [ids for start in range(0, len(texts), 1024) for ids in _ids(model, texts[start : start + 1024])]
    lengths = np.array([query_length(model, len(ids)) for ids in rows])
    order = np.argsort(-lengths, kind="stable")
    found: dict[int, np.ndarray] = {}
    with tqdm(total=len(rows), desc="Queries", disable=not progress) as bar, torch.inference_mode():
        for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
            for start in range(0, len(group), batch_size):
                chosen = group[start : start + batch_size]
                features = _filled(model, [rows[i] for i in chosen], int(lengths[chosen[0]]))
                vectors = normalize(model(features)["token_embeddings"].float(), p=2, dim=-1)
                found |= dict(zip(chosen.tolist(), vectors.cpu().numpy(), strict=True))
                bar.update(len(chosen))
    return [found[i] for i in range(len(rows))]


def _ids(model: ColBERT, texts: Sequence[str]) -> list[torch.Tensor]:
    """Ids of queries, markers included and cut to the longest query, without any mask."""
    expands, attends = model.do_query_expansion, model.attend_to_expansion_tokens
    model.do_query_expansion = model.attend_to_expansion_tokens = False
    try:
        features = model.tokenize(list(texts), is_query=True)
    finally:
        model.do_query_expansion, model.attend_to_expansion_tokens = expands, attends
    pairs = zip(features["input_ids"], features["attention_mask"], strict=True)
    return [ids[mask.bool()] for ids, mask in pairs]


def _filled(model: ColBERT, rows: Sequence[torch.Tensor], length: int) -> dict[str, torch.Tensor]:
    input_ids = torch.full((len(rows), length), int(model.tokenizer.pad_token_id))
    mask = torch.full((len(rows), length), int(bool(model.attend_to_expansion_tokens)))
    for i, ids in enumerate(rows):
        input_ids[i, : len(ids)] = ids
        mask[i, : len(ids)] = 1
    return {"input_ids": input_ids.to(model.device), "attention_mask": mask.to(model.device)}
