"""Learning from a teacher: from its scores, or from its vectors.

A student's score is divided by ``training.temperature`` first, as in the contrastive loss, so that both heads come to
logits of the usual size: a cosine over 0.05 spans 40, a MaxSim of 32 tokens over 1.0 spans 64.
"""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from langret.errors import StageError
from langret.training.embedded import Step

Normalize = Literal["both", "teacher", "student", "none"]

FLAT = 1e-6
"""Scores of a query that differ by no more than this are all the same and cannot be stretched."""
UNUSED = "teacher_unused"
"""Share of queries that a teacher's scores say nothing about, as it stands in the training log."""


class ScoreDistillation(nn.Module):
    """Distance of the student's scores from the teacher's, over the passages that the teacher scored for each query.

    Args:
        loss: ``kl`` or ``margin_mse``.
        scale: Temperature that the student's scores are divided by first.
        normalize: Whose scores ``kl`` stretches.
        temperature: Of both softmaxes of ``kl``.
    """

    def __init__(
        self,
        loss: Literal["kl", "margin_mse"],
        scale: float,
        normalize: Normalize = "both",
        temperature: float = 1.0,
    ) -> None:
        super().__init__()
        self.loss, self.scale = loss, scale
        self.normalize: Normalize = normalize
        self.temperature = temperature

    def forward(self, step: Step) -> Tensor:
        """Return the mean loss of a step."""
        teacher = step.targets.teacher
        if teacher is None:
            raise StageError("the batches hold no scores of a teacher.", where="training.distill")
        scores = step.scores / self.scale
        if self.loss == "margin_mse":
            found, used = margin_mse(scores, teacher, step.positive)
        else:
            found, used = kl(scores, teacher, self.normalize, self.temperature)
        step.shares[UNUSED] = (~used).sum(), torch.ones_like(used).sum()
        return found


class VectorDistillation(nn.Module):
    """1 - cosine of the student's vectors, projected linearly, and the teacher's: the mean over all texts of a step.

    Stella and jina-embeddings-v5 (arXiv 2602.15547) begin with it. The projection is trained and thrown away. Where the
    student's vectors are cut (Matryoshka), the first columns of the projection are used.

    Args:
        size: Size of the student's vectors.
        teacher_size: Size of the teacher's.
        seed: Seed of the projection.
    """

    def __init__(self, size: int, teacher_size: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.projection = nn.Parameter(torch.empty(teacher_size, size))
        nn.init.orthogonal_(self.projection, generator=generator)

    def forward(self, step: Step) -> Tensor:
        """Return the mean loss of a step."""
        teacher = step.targets.teacher_vectors
        if teacher is None:
            raise StageError("the batches hold no vectors of a teacher.", where="training.distill")
        student = torch.cat([step.queries.vectors, *(chunk.vectors for chunk in step.chunks)])
        projected = F.linear(student, self.projection[:, : student.shape[1]])
        return (1 - F.cosine_similarity(projected, torch.cat(teacher), dim=1)).mean()


def kl(
    student: Tensor, teacher: Tensor, normalize: Normalize = "both", temperature: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Kullback-Leibler divergence of the student's softmax from the teacher's, over each query's scored passages.

    ``both`` is JaColBERTv2.5's (arXiv 2407.20750), ``student`` at temperature 1 ``pylate.losses.Distillation``.

    Args:
        student: Float of shape [queries, passages].
        teacher: The same; NaN where the teacher gave no score.
        normalize: Whose scores of a query are stretched to run from 0 to 1.
        temperature: Divides both after that.

    Returns:
        The mean over the queries that are used (0 without any), and which they are: bool of shape [queries]. Not used
        are queries with fewer than two scored passages, and those whose scores should be stretched and are all alike.
    """
    scored = ~teacher.isnan()
    used = scored.sum(dim=1) > 1
    sides = []
    for scores, stretched in (
        (student, normalize in ("both", "student")),
        (teacher, normalize in ("both", "teacher")),
    ):
        if stretched:
            scores, differ = stretch(scores, scored)
            used = used & differ
        closed = torch.finfo(scores.dtype).min
        sides.append((scores / temperature).masked_fill(~scored, closed).log_softmax(dim=1))
    ours, theirs = sides
    each = F.kl_div(ours, theirs, reduction="none", log_target=True)
    each = each.masked_fill(~(scored & used[:, None]), 0)
    return each.sum() / used.sum().clamp_min(1), used


def stretch(scores: Tensor, scored: Tensor) -> tuple[Tensor, Tensor]:
    """Min-max normalisation of each row over the entries that are scored.

    Args:
        scores: Float of shape [queries, passages].
        scored: Bool of the same shape.

    Returns:
        The scores with each row's smallest at 0 and largest at 1 (0 where not scored), and which rows differ at all:
        bool of shape [queries]. The other rows are 0 throughout.
    """
    low = scores.masked_fill(~scored, torch.inf).amin(dim=1, keepdim=True)
    span = scores.masked_fill(~scored, -torch.inf).amax(dim=1, keepdim=True) - low
    differ = span > FLAT  # False for a row without scores, whose span is -inf
    safe = torch.where(scored & differ, scores - low, scores.new_zeros(()))
    return safe / torch.where(differ, span, span.new_ones(())), differ[:, 0]


def margin_mse(student: Tensor, teacher: Tensor, positive: Tensor) -> tuple[Tensor, Tensor]:
    """Mean squared difference of the margins between each query's positive and its other scored passages.

    MarginMSE (arXiv 2010.02666). The margins are taken as they are: teacher and student must score on one scale.

    Args:
        student: Float of shape [queries, passages].
        teacher: The same; NaN where the teacher gave no score.
        positive: Column of each query's positive.

    Returns:
        The mean over all margins (0 without any), and which queries are used: bool of shape [queries]. Not used are
        queries whose positive has no score, or nothing else has.
    """
    column = positive[:, None]
    known = teacher.gather(1, column)
    pairs = ~teacher.isnan() & ~known.isnan()
    pairs = pairs.scatter(1, column, torch.zeros_like(column, dtype=torch.bool))
    wanted = torch.where(pairs, known - teacher, teacher.new_zeros(()))
    found = torch.where(pairs, student.gather(1, column) - student, student.new_zeros(()))
    return (found - wanted).square().sum() / pairs.sum().clamp_min(1), pairs.any(dim=1)
