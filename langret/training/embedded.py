"""A step after encoding: vectors of its texts, and the scores between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import torch
import torch.nn.functional as F
from torch import Tensor

from langret.training.maxsim import maxsim
from langret.training.sets import IGNORED, TARGET
from langret.training.targets import Targets
from langret.training.together import gather


@dataclass(frozen=True)
class Texts:
    """Encoded texts.

    Attributes:
        vectors: L2-normalised float32: [texts, size] for a dense head, [texts, tokens, size] for ColBERT.
        counts: Bool of shape [texts, tokens]: tokens that can be found when the text is searched, which padding,
            the masks that fill up a query and skipped pieces are not. None for a dense head.
    """

    vectors: Tensor
    counts: Tensor | None = None

    @classmethod
    def join(cls, parts: Sequence[Texts]) -> Texts:
        """Put texts behind each other, padded to the longest."""
        if parts[0].counts is None:
            return cls(torch.cat([part.vectors for part in parts]))
        longest = max(part.vectors.shape[1] for part in parts)
        vectors, counts = [], []
        for part in parts:
            assert part.counts is not None
            room = longest - part.vectors.shape[1]
            vectors.append(F.pad(part.vectors, (0, 0, 0, room)))
            counts.append(F.pad(part.counts, (0, room)))
        return cls(torch.cat(vectors), torch.cat(counts))

    def cut(self, size: int) -> Texts:
        """Keep the first components of each vector, normalised again."""
        return Texts(F.normalize(self.vectors[..., :size], dim=-1), self.counts)

    def asking(self, rows: Tensor, tokens: float) -> Texts:
        """Texts of these rows laid out to be compared like queries of so many tokens.

        A ColBERT score is a sum over the tokens that ask, so that a passage would ask with a hundred. Each of its
        tokens that count is given the weight at which they sum to ``tokens``, and the others none.
        """
        if self.counts is None:
            return Texts(self.vectors[rows])
        counts = self.counts[rows]
        weight = tokens * counts / counts.sum(dim=1, keepdim=True).clamp_min(1)
        return Texts(self.vectors[rows] * weight[..., None], counts)


def gathered(parts: Sequence[Texts], total: int) -> Texts:
    """The texts of all processes, of which this one has encoded ``parts``, in the order of the step."""
    vectors = gather([part.vectors for part in parts], total)
    if parts[0].counts is None:
        return Texts(vectors)
    return Texts(vectors, gather([part.counts for part in parts if part.counts is not None], total))


def compare(queries: Texts, passages: Texts) -> Tensor:
    """Score every query against every passage, float32 of shape [queries, passages]: cosines, or MaxSim for ColBERT."""
    if passages.counts is None:
        return queries.vectors @ passages.vectors.T
    return maxsim(queries.vectors, passages.vectors, passages.counts)


@dataclass
class Step:
    """One step's encoded texts, and what they should be.

    Scores are computed when an objective asks for them, and once.

    Attributes:
        queries: The queries.
        chunks: The passages, in chunks that follow each other as the columns of ``targets``.
        targets: What the objectives learn from.
        size: Components of a vector that count, None for all (Matryoshka).
        shares: Filled by objectives: by name, how many of how many were left out.
    """

    queries: Texts
    chunks: list[Texts]
    targets: Targets
    size: int | None = None
    shares: dict[str, tuple[Tensor, Tensor]] = field(default_factory=dict)

    def cut(self, size: int) -> Step:
        """The same step over the first components of each vector."""
        return Step(self.queries.cut(size), [chunk.cut(size) for chunk in self.chunks], self.targets, size)

    @cached_property
    def positive(self) -> Tensor:
        """Column of each query's positive: int64 of shape [queries]."""
        return (self.targets.labels == TARGET).to(torch.int8).argmax(dim=1)

    @cached_property
    def scores(self) -> Tensor:
        """Every query against every passage: [queries, passages]."""
        return self._against(self.queries, self.chunks)

    @cached_property
    def between_queries(self) -> Tensor:
        """Every query against every other, as though that were a passage: [queries, queries]."""
        return compare(self.queries, self.queries)

    @cached_property
    def from_positives(self) -> Tensor:
        """The positive of every query against every passage, on the scale of ``scores``: [queries, passages]."""
        return self._against(Texts.join(self.chunks).asking(self.positive, self.unit), self.chunks)

    @property
    def unit(self) -> float:
        """What a cosine of 1 is worth in ``scores``: 1 for a dense head, the query's tokens for ColBERT."""
        return 1.0 if self.queries.counts is None else float(self.queries.vectors.shape[1])

    @cached_property
    def related(self) -> Tensor:
        """Queries of which one's positive is no negative of the other: bool of shape [queries, queries]."""
        labels = self.targets.labels[:, self.positive]
        one_way = (labels == TARGET) | (labels == IGNORED)
        return one_way | one_way.T

    @staticmethod
    def _against(asking: Texts, chunks: Iterable[Texts]) -> Tensor:
        return torch.cat([compare(asking, chunk) for chunk in chunks], dim=1)
