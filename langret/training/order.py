"""Which queries share a batch, and in which order batches come: a function of the seed and the step.

A pass over some queries is a list of batches that holds each of them once. Without sources, training is one pass after
the other over all queries. With sources every batch is of one source: which one is drawn, and each source has passes of
its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from langret.training.ragged import Ragged

LENGTH_WINDOW = 50
"""Batches whose queries are sorted by length together, as in transformers' ``LengthGroupedSampler``: sorting all of
them would give every epoch the same batches."""


@dataclass(frozen=True)
class Related:
    """What makes queries related: rows of each query's known positives and chosen hard negatives."""

    positives: Ragged
    negatives: Ragged


@dataclass(frozen=True)
class Weights:
    """What the passages of each query weigh at most, whichever of them are drawn.

    Attributes:
        passages: int [queries]: passages that a query brings to a step.
        longest: int [queries]: tokens of the longest passage that it can bring.
        most: Passage tokens of a step, each passage counted as long as the longest.
    """

    passages: np.ndarray
    longest: np.ndarray
    most: int


@dataclass(frozen=True)
class Cut:
    """How a pass over queries is cut into batches.

    Attributes:
        batch_size: Most queries of a batch.
        seed: Seed of the order.
        group: Related queries that a batch takes together; 1 for plain shuffling.
        related: What makes queries related; needed for ``group``.
        lengths: int [queries]: queries of about the same length share a batch.
        weights: Keeps batches within a number of tokens.
    """

    batch_size: int
    seed: int
    group: int = 1
    related: Related | None = None
    lengths: np.ndarray | None = None
    weights: Weights | None = None

    def batches(self, queries: np.ndarray, key: tuple[int, ...]) -> list[np.ndarray]:
        """Batches of one pass: each query once, batches as equal as they can be.

        Args:
            queries: Numbers of the queries.
            key: What tells this pass from every other one of the seed.
        """
        order = queries[np.random.default_rng([self.seed, *key]).permutation(len(queries))]
        if self.group > 1 and self.related is not None:
            order = self._grouped(order, self.related)
        if self.lengths is not None:
            order = self._by_length(order, self.lengths)
        if self.weights is not None:
            batches = self._within(order, self.weights)
        else:
            batches = np.array_split(order, self.count(len(order)))
        if self.lengths is not None:
            shuffled = np.random.default_rng([self.seed, 8, int(order[0]), *key]).permutation(len(batches))
            batches = [batches[i] for i in shuffled]
        return batches

    def count(self, queries: int) -> int:
        """Batches of a pass over so many queries, where ``weights`` have no say."""
        return -(-queries // self.batch_size)

    def _grouped(self, shuffled: np.ndarray, related: Related) -> np.ndarray:
        """Shuffled groups of related queries.

        A group is a query, others with the same positive, and others whose positive is one of its hard negatives.
        Together in a batch they are hard negatives for each other that cost nothing to encode, and share passages:
        topic-aware sampling (TAS-B, arXiv 2104.06967), with mined negatives in the place of k-means clusters.
        """
        asking: dict[int, list[int]] = {}
        for query in shuffled:
            for row in related.positives[query]:
                asking.setdefault(int(row), []).append(int(query))
        placed: set[int] = set()
        groups: list[list[int]] = []
        for query in map(int, shuffled):
            if query in placed:
                continue
            placed.add(query)
            group = [query]
            for row in (*related.positives[query], *related.negatives[query]):
                for other in asking.get(int(row), ()):
                    if len(group) < self.group and other not in placed:
                        placed.add(other)
                        group.append(other)
            groups.append(group)
        # late groups are small, because their relatives are placed: shuffling spreads them over the pass
        order = np.random.default_rng([self.seed, 5, int(shuffled[0])]).permutation(len(groups))
        return np.asarray([query for g in order for query in groups[g]])

    def _by_length(self, order: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        window = LENGTH_WINDOW * self.batch_size
        parts = (order[start : start + window] for start in range(0, len(order), window))
        return np.concatenate([part[np.argsort(lengths[part], kind="stable")] for part in parts])

    def _within(self, order: np.ndarray, weights: Weights) -> list[np.ndarray]:
        """Neighbours together for as long as their passages fit."""
        batches: list[np.ndarray] = []
        start = passages = longest = 0
        counts, lengths = weights.passages[order].tolist(), weights.longest[order].tolist()
        for i, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            grown = max(longest, length)
            if i > start and (i - start == self.batch_size or (passages + count) * grown > weights.most):
                batches.append(order[start:i])
                start, passages, grown = i, 0, length
            passages, longest = passages + count, grown
        return [*batches, order[start:]]


@dataclass(frozen=True)
class Stream:
    """Pass after pass over the same queries, for ever.

    Attributes:
        cut: How a pass is cut.
        queries: Numbers of the queries.
        source: Number of their source, where a stream is of one source.
    """

    cut: Cut
    queries: np.ndarray
    source: int | None = None
    _pass: dict[int, list[np.ndarray]] = field(default_factory=dict, repr=False, compare=False)
    _ends: list[int] = field(default_factory=lambda: [0], repr=False, compare=False)

    def batch(self, number: int) -> np.ndarray:
        """Queries of a batch, counted from 0 over all passes."""
        if self.cut.weights is None:
            whole, index = divmod(number, self.size(0))
            return self._batches(whole)[index]
        while self._ends[-1] <= number:
            self._ends.append(self._ends[-1] + self.size(len(self._ends) - 1))
        whole = int(np.searchsorted(self._ends, number, side="right")) - 1
        return self._batches(whole)[number - self._ends[whole]]

    def size(self, number: int) -> int:
        """Batches of a pass. Only a limit on tokens makes passes differ."""
        return self.cut.count(len(self.queries)) if self.cut.weights is None else len(self._batches(number))

    def steps(self, passes: float) -> int:
        """Batches of so many passes."""
        whole = int(passes)
        rest = passes - whole
        full = sum(self.size(number) for number in range(whole))
        return max(1, full + (math.ceil(rest * self.size(whole) - 1e-9) if rest else 0))

    def _batches(self, number: int) -> list[np.ndarray]:
        if number not in self._pass:
            self._pass.clear()
            key = (0, number) if self.source is None else (6, number, self.source)
            self._pass[number] = self.cut.batches(self.queries, key)
        return self._pass[number]


@dataclass(frozen=True)
class BySource:
    """Batches of one source each (homogeneous task ordering, Linq, METHODS.md 1).

    The source of a step is drawn in proportion to its number of queries to the power ``power``. Every query of a source
    is seen once before any is seen again. An epoch is as many steps as one pass over each source has.

    Attributes:
        cut: How a pass over a source is cut. A source smaller than a batch is a batch.
        sources: int [queries]: number of each query's source.
        power: 1 draws a query of any source alike, 0 any source alike.
    """

    cut: Cut
    sources: np.ndarray
    power: float
    _drawn: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list, repr=False, compare=False)

    @cached_property
    def streams(self) -> list[Stream]:
        """The queries of each source that has any."""
        return [
            Stream(self.cut, np.flatnonzero(self.sources == source), int(source))
            for source in np.unique(self.sources)
        ]

    @cached_property
    def epoch(self) -> int:
        """Steps of an epoch."""
        return sum(stream.size(0) for stream in self.streams)

    def batch(self, number: int) -> np.ndarray:
        """Queries of a step."""
        epoch, index = divmod(number, self.epoch)
        drawn, places = self._draws(epoch)
        return self.streams[drawn[index]].batch(int(places[index]))

    def steps(self, passes: float) -> int:
        """Steps of so many epochs."""
        return max(1, math.ceil(self.epoch * passes - 1e-9))

    def counts(self, steps: int) -> dict[int, int]:
        """How many of the first steps each source gets, by the source's number."""
        drawn = [self._draws(epoch)[0] for epoch in range(-(-steps // self.epoch))]
        found = np.bincount(np.concatenate(drawn)[:steps], minlength=len(self.streams))
        return {int(stream.source or 0): int(n) for stream, n in zip(self.streams, found, strict=True)}

    def _draws(self, epoch: int) -> tuple[np.ndarray, np.ndarray]:
        """Stream of each step of an epoch, and which of that stream's batches it takes."""
        while len(self._drawn) <= epoch:
            weights = (
                np.array([len(stream.queries) for stream in self.streams], dtype=np.float64) ** self.power
            )
            lots = np.random.default_rng([self.cut.seed, 7, len(self._drawn)])
            drawn = lots.choice(len(weights), size=self.epoch, p=weights / weights.sum())
            places = np.empty(self.epoch, dtype=np.int64)
            for stream in range(len(weights)):
                here = np.flatnonzero(drawn == stream)
                before = sum(int((earlier == stream).sum()) for earlier, _ in self._drawn)
                places[here] = before + np.arange(len(here))
            self._drawn.append((drawn, places))
        return self._drawn[epoch]
