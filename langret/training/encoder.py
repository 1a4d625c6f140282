"""Texts in, vectors out, for either head; all at once or so many at a time."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from langret.training.embedded import Texts


class Encoder(nn.Module):
    """A member being trained, as the objectives see it.

    Args:
        model: The member.
        micro_batch: Texts encoded at a time, None for all that come together. The activations of such a part are
            dropped after the forward pass, and computed again, under the same dropout, when the gradients of its
            vectors are known. That is GradCache (arXiv 2101.06983): memory holds the vectors of the whole batch and the
            activations of one part, and the gradients are those of the whole batch. ``torch.utils.checkpoint`` around
            each part does just this, random state and autocast included.
    """

    def __init__(self, model: SentenceTransformer, micro_batch: int | None = None) -> None:
        super().__init__()
        self.model = model
        self.micro_batch = micro_batch
        self.late = isinstance(model, ColBERT)
        if isinstance(model, ColBERT):
            wanted = torch.ones(len(model.tokenizer), dtype=torch.bool)
            wanted[torch.tensor(model.skiplist, dtype=torch.long)] = False
            self.wanted: Tensor
            self.register_buffer("wanted", wanted, persistent=False)

    def forward(self, features: dict[str, Tensor]) -> Texts:
        """Encode texts that are padded to one length, in parts where ``micro_batch`` says so."""
        if self.micro_batch is None:
            return self.embed(features)
        count = len(features["input_ids"])
        parts: list[Texts] = []
        for start in range(0, count, self.micro_batch):
            part = {key: value[start : start + self.micro_batch] for key, value in features.items()}
            parts.append(checkpoint(self.embed, part, use_reentrant=False))
        return Texts.join(parts)

    def embed(self, features: dict[str, Tensor]) -> Texts:
        """Encode texts that are padded to one length."""
        key = "token_embeddings" if self.late else "sentence_embedding"
        vectors = F.normalize(self.model(dict(features))[key].float(), dim=-1)
        if not isinstance(self.model, ColBERT):
            return Texts(vectors)
        if not self.model.do_query_expansion:
            # padding is no mask then: a vector of zeros adds nothing to a sum
            vectors = vectors * features["attention_mask"][..., None]
        return Texts(vectors, features["attention_mask"].bool() & self.wanted[features["input_ids"]])

    def halve(self) -> int | None:
        """Halve ``micro_batch`` and return it; None where it is not set or already 1."""
        if self.micro_batch is None or self.micro_batch == 1:
            return None
        self.micro_batch //= 2
        return self.micro_batch
