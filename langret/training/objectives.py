"""The contrastive objective, for both heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import torch
import torch.nn.functional as F
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from langret.errors import StageError
from langret.recipe.schema import Training
from langret.training.maxsim import maxsim
from langret.training.sets import IGNORED, TARGET
from langret.training.together import gather, size

# Cosines lie in [-1, 1] and want a sharp softmax; MaxSim sums some thirty cosines and wants none. An encoder from
# scratch starts with sums that differ by the weight of a word or two, and learns faster with a sharper one.
TEMPERATURE = {"dense": 0.05, "colbert": 1.0}
SCRATCH_TEMPERATURE = {"dense": 0.05, "colbert": 0.25}


class Contrastive(nn.Module):
    """InfoNCE over in-batch and hard negatives, with known positives masked by id.

    For the dense head the score is the cosine, for ColBERT MaxSim. ``pylate.losses.Contrastive`` and
    ``MultipleNegativesRankingLoss`` take one column of passages for each negative and cannot ignore single pairs;
    here all passages of the step come as one list with a label for every pair, so that nothing is encoded twice and
    no known positive is ever a negative.

    Args:
        model: The member being trained.
        temperature: Divides the scores.
    """

    def __init__(self, model: SentenceTransformer, temperature: float) -> None:
        super().__init__()
        self.model = model
        self.temperature = temperature
        self.late = isinstance(model, ColBERT)
        if isinstance(model, ColBERT):
            wanted = torch.ones(len(model.tokenizer), dtype=torch.bool)
            wanted[torch.tensor(model.skiplist, dtype=torch.long)] = False
            self.wanted: Tensor
            self.register_buffer("wanted", wanted, persistent=False)

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Return the mean loss of a step.

        Args:
            features: Queries first, then the passages in chunks whose rows follow each other as in ``labels``.
            labels: [queries, passages]: 1 positive, 0 negative, -1 ignored.

        Raises:
            StageError: The loss is not finite.
        """
        queries, *chunks = features
        score = self.scores if size() == 1 else partial(self.scores_together, count=labels.shape)
        scores = score(queries, chunks) / self.temperature
        scores = scores.masked_fill(labels == IGNORED, torch.finfo(scores.dtype).min)
        loss = F.cross_entropy(scores, (labels == TARGET).to(torch.int8).argmax(dim=1))
        if not torch.isfinite(loss):
            raise StageError(
                f"the training loss became {loss.item()}.",
                hint="Lower training.lr, raise training.temperature, or set training.precision: fp32.",
            )
        return loss

    def scores(self, queries: dict[str, Tensor], chunks: Sequence[dict[str, Tensor]]) -> Tensor:
        """Score every query against every passage: float32 of shape [queries, passages]."""
        asked = self.embed(queries)
        return torch.cat([self.compare(asked, self.embed(chunk), chunk) for chunk in chunks], dim=1)

    def scores_together(
        self, queries: dict[str, Tensor], chunks: Sequence[dict[str, Tensor]], count: Sequence[int]
    ) -> Tensor:
        """The same for the shares of several processes, which hold so many queries and passages together."""
        asked = gather([self.embed(queries)], count[0])
        found = gather([self.embed(chunk) for chunk in chunks], count[1])
        if not self.late:
            return asked @ found.T
        return maxsim(asked, found, gather([self.mask(chunk) for chunk in chunks], count[1]))

    def embed(self, features: dict[str, Tensor]) -> Tensor:
        """L2-normalised float32 vectors: [texts, size] for dense, [texts, tokens, size] for ColBERT."""
        key = "token_embeddings" if self.late else "sentence_embedding"
        return F.normalize(self.model(dict(features))[key].float(), dim=-1)

    def compare(self, queries: Tensor, passages: Tensor, features: dict[str, Tensor]) -> Tensor:
        """Scores of embedded queries and passages; ``features`` say which passage tokens count."""
        if not self.late:
            return queries @ passages.T
        return maxsim(queries, passages, self.mask(features))

    def mask(self, features: dict[str, Tensor]) -> Tensor:
        """Passage tokens that count: bool of shape [passages, tokens]."""
        return features["attention_mask"].bool() & self.wanted[features["input_ids"]]


def temperature_of(training: Training, head: str, *, from_scratch: bool) -> float:
    """The recipe's temperature, or the head's own."""
    if training.temperature is not None:
        return training.temperature
    return (SCRATCH_TEMPERATURE if from_scratch else TEMPERATURE)[head]
