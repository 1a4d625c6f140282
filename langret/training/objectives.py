"""The loss of a training step: what the scores of both heads are asked to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from langret.errors import RecipeError, StageError
from langret.recipe.schema import Training
from langret.training import together
from langret.training.distillation import ScoreDistillation, VectorDistillation
from langret.training.embedded import Step, gathered
from langret.training.encoder import Encoder
from langret.training.sets import HARD, IGNORED, NEGATIVE
from langret.training.targets import Targets

# Cosines lie in [-1, 1] and want a sharp softmax; MaxSim sums some thirty cosines and wants none. An encoder from
# scratch starts with sums that differ by the weight of a word or two, and learns faster with a sharper one.
TEMPERATURE = {"dense": 0.05, "colbert": 1.0}
SCRATCH_TEMPERATURE = {"dense": 0.05, "colbert": 0.25}

MASKED = "masked_negatives"
"""Share of in-batch negatives that ``mask_above`` leaves out, as it stands in the training log."""


class Objective(nn.Module):
    """A weighted sum of terms, each a function of a step's scores, taken over whole vectors and over cuts of them.

    Args:
        encoder: The member being trained.
        terms: Modules from a ``Step`` to a loss, with their weights.
        matryoshka: Sizes that vectors are also cut to; the loss is the mean over all sizes (arXiv 2205.13147).
    """

    def __init__(
        self, encoder: Encoder, terms: Sequence[tuple[float, nn.Module]], matryoshka: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.weights = [weight for weight, _ in terms]
        self.terms = nn.ModuleList([term for _, term in terms])
        self.matryoshka = tuple(matryoshka)
        self._shares: dict[str, list[Tensor]] = {}

    @property
    def model(self) -> nn.Module:
        """The member; sentence-transformers looks for it under this name."""
        return self.encoder.model

    def forward(self, features: Iterable[dict[str, Tensor]], targets: Targets) -> Tensor:
        """Return the mean loss of a step.

        Args:
            features: Queries first, then the passages in chunks whose rows follow each other as in ``targets``.
            targets: What the step learns from.

        Raises:
            StageError: The loss is not finite.
        """
        queries, *chunks = [self.encoder(part) for part in features]
        if together.size() > 1:
            # what follows is then the same in every process
            asked, found = targets.labels.shape
            queries, chunks = gathered([queries], asked), [gathered(chunks, found)]
        whole = Step(queries, chunks, targets)
        losses = [self._at(step) for step in (whole, *(whole.cut(size) for size in self.matryoshka))]
        loss = losses[0] if len(losses) == 1 else torch.stack(losses).mean()
        if not torch.isfinite(loss):
            raise StageError(
                f"the training loss became {loss.item()}.",
                hint="Lower training.lr, raise training.temperature, or set training.precision: fp32.",
            )
        return loss

    def shares(self) -> dict[str, float]:
        """What share terms left out since the last call, by name."""
        found = {name: float(part) / max(1, int(whole)) for name, (part, whole) in self._shares.items()}
        self._shares.clear()
        return found

    def own_state(self) -> dict[str, Tensor]:
        """Weights that are the objective's and not the model's."""
        return dict(self.terms.state_dict())

    def _at(self, step: Step) -> Tensor:
        parts = [
            term(step) if weight == 1 else weight * term(step)
            for weight, term in zip(self.weights, self.terms, strict=True)
        ]
        for name, (part, whole) in step.shares.items():
            seen = self._shares.setdefault(name, [torch.zeros_like(part), torch.zeros_like(whole)])
            seen[0] += part
            seen[1] += whole
        return parts[0] if len(parts) == 1 else torch.stack(parts).sum()


class Contrastive(nn.Module):
    """InfoNCE over in-batch and hard negatives, with known positives masked by id.

    ``pylate.losses.Contrastive`` and ``MultipleNegativesRankingLoss`` take one column of passages for each negative and
    cannot ignore single pairs; here all passages of the step come as one list with a label for every pair, so that
    nothing is encoded twice and no known positive is ever a negative.

    ``mask_above`` and ``beside`` are Qwen3-Embedding's (arXiv 2506.05176). What it masks are guesses about texts of
    other queries; a query's own hard negatives were chosen against its positive when they were mined, and stay.

    Args:
        temperature: Divides the scores.
        mask_above: In-batch negatives that score above the positive by more than this are left out. In units of a
            cosine.
        beside: ``queries``: the other queries are negatives of a query too; ``passages``: the negatives of a query are
            also kept away from its positive.
    """

    def __init__(
        self, temperature: float, mask_above: float | None = None, beside: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.temperature = temperature
        self.mask_above = mask_above
        self.beside = frozenset(beside)

    def forward(self, step: Step) -> Tensor:
        """Return the mean loss of a step."""
        labels, scores = step.targets.labels, step.scores
        open_ = labels != IGNORED
        limit = None
        if self.mask_above is not None:
            limit = scores.detach().gather(1, step.positive[:, None]) + self.mask_above * step.unit
            doubtful = (labels == NEGATIVE) & (scores > limit)
            step.shares[MASKED] = doubtful.sum(), (labels == NEGATIVE).sum()
            open_ = open_ & ~doubtful
        blocks = [(scores, open_)]
        if "queries" in self.beside:
            others = step.between_queries
            apart = ~step.related
            blocks.append((others, apart if limit is None else apart & (others <= limit)))
        if "passages" in self.beside:
            blocks.append((step.from_positives, open_ & ((labels == NEGATIVE) | (labels == HARD))))
        logits = [
            (found / self.temperature).masked_fill(~keep, torch.finfo(found.dtype).min)
            for found, keep in blocks
        ]
        return F.cross_entropy(torch.cat(logits, dim=1) if len(logits) > 1 else logits[0], step.positive)


def objective_of(
    model: SentenceTransformer,
    training: Training,
    head: str,
    *,
    from_scratch: bool,
    teacher_size: int | None = None,
    seed: int = 0,
) -> Objective:
    """The objective that the settings of a training stage ask for.

    Args:
        model: The member.
        training: Its settings.
        head: ``dense`` or ``colbert``.
        from_scratch: Whether the backbone was made here; decides the default temperature.
        teacher_size: Size of the teacher's vectors; needed for ``distill.loss: vectors``.
        seed: Seed of weights that are the objective's own.

    Raises:
        RecipeError: A Matryoshka size is not below the size of the vectors.
        StageError: ``distill.loss: vectors`` without a teacher's vectors.
    """
    size = int(model.get_sentence_embedding_dimension() or 0)
    too_large = [cut for cut in training.matryoshka if cut >= size]
    if too_large:
        raise RecipeError(
            f"{too_large[0]} is no cut of vectors of {size} components.",
            where="training.matryoshka",
            hint=f"Give sizes below {size}; the loss over whole vectors is always taken.",
        )
    temperature = temperature_of(training, head, from_scratch=from_scratch)
    contrastive = Contrastive(temperature, training.mask_above, training.contrast)
    distill = training.distill
    terms: list[tuple[float, nn.Module]] = []
    if distill is None:
        terms.append((1.0, contrastive))
    else:
        if distill.loss == "vectors":
            if teacher_size is None:
                raise StageError("the batches hold no vectors of a teacher.", where="training.distill")
            terms.append((1.0, VectorDistillation(size, teacher_size, seed)))
        else:
            settings = (distill.loss, temperature, distill.normalize, distill.temperature)
            terms.append((1.0, ScoreDistillation(*settings)))
        if distill.contrastive:
            terms.append((distill.contrastive, contrastive))
    return Objective(Encoder(model, training.micro_batch), terms, training.matryoshka).to(model.device)


def temperature_of(training: Training, head: str, *, from_scratch: bool) -> float:
    """The recipe's temperature, or the head's own."""
    if training.temperature is not None:
        return training.temperature
    return (SCRATCH_TEMPERATURE if from_scratch else TEMPERATURE)[head]
