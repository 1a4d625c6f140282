"""What a training step sees, as a function of seed and step alone.

Nothing here has state: batch ``n`` of a set is the same whether the run was killed before it or not, on any machine
and for any number of loader workers. Exact continuation rests on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pyarrow as pa

from langret.data.records import Collection
from langret.errors import DataError
from langret.tokenizer import TokenStore

TARGET, NEGATIVE, IGNORED, HARD = 1, 0, -1, 2


@dataclass(frozen=True)
class Batch:
    """One step of contrastive training.

    Attributes:
        queries: Ids of each query.
        passages: Ids of each passage of the step; a passage that several queries need stands here once.
        labels: int8 of shape [queries, passages]: 1 the query's positive, 2 a hard negative of its own, 0 another
            query's passage and a negative, -1 to be ignored (another known positive of the query, or, without in-batch
            negatives, another query's passage).
        teacher: float32 of the same shape: the teacher's scores, NaN where it gave none. The passages that it scored
            for a query are those that the query learns from in distillation. None without a teacher.
        teacher_vectors: float32 of shapes [queries, size] and [passages, size]: the teacher's vectors. None without.
    """

    queries: list[np.ndarray]
    passages: list[np.ndarray]
    labels: np.ndarray
    teacher: np.ndarray | None = None
    teacher_vectors: tuple[np.ndarray, np.ndarray] | None = None


@dataclass(frozen=True)
class Ragged:
    """Lists of rows, end to end in one array."""

    offsets: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Ragged:
        """Pack lists of ints."""
        packed = [np.asarray(rows, dtype=np.int64) for rows in lists]
        offsets = np.zeros(len(packed) + 1, dtype=np.int64)
        np.cumsum([len(rows) for rows in packed], out=offsets[1:])
        return cls(offsets, np.concatenate(packed) if packed else np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        return self.values[self.offsets[index] : self.offsets[index + 1]]


@dataclass(frozen=True)
class TrainingSet:
    """Queries with their known positives and chosen hard negatives, as rows of two token stores.

    Attributes:
        query_ids: Token ids of queries.
        passage_ids: Token ids of passages.
        queries: Row of each training query in ``query_ids``.
        positives: Rows in ``passage_ids`` of every known positive of each training query.
        negatives: Rows of the hard negatives chosen for each training query.
        batch_size: Queries a step.
        hard: Hard negatives of each query in a step.
        in_batch: Whether passages of other queries are negatives too.
        group: Related queries that a batch takes together; 1 for plain shuffling.
        seed: Seed of order and draws.
    """

    query_ids: TokenStore
    passage_ids: TokenStore
    queries: np.ndarray
    positives: Ragged
    negatives: Ragged
    batch_size: int
    hard: int
    in_batch: bool
    group: int
    seed: int
    _grouped: dict[int, np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls,
        collection: Collection,
        negatives: pa.Table | None,
        query_ids: TokenStore,
        passage_ids: TokenStore,
        *,
        batch_size: int,
        hard: int,
        in_batch: bool,
        group: int = 1,
        seed: int,
    ) -> TrainingSet:
        """Join a collection, its mined negatives and its token ids.

        Args:
            collection: Row i of its tables is text i of the token stores. Queries without a kept positive are not
                trained on.
            negatives: Candidates table; rows with ``kept`` are used. None for no hard negatives.
            query_ids: Token ids of all rows of ``collection.queries``.
            passage_ids: Token ids of all rows of ``collection.passages``.
            batch_size: Queries a step; at most the number of queries is used.
            hard: Hard negatives of each query in a step.
            in_batch: Whether passages of other queries are negatives too.
            group: Related queries that a batch takes together.
            seed: Seed of order and draws.

        Raises:
            DataError: No query has a positive.
        """
        passage_row = {pid: row for row, pid in enumerate(collection.passages.column("id").to_pylist())}
        query_row = {qid: row for row, qid in enumerate(collection.queries.column("id").to_pylist())}
        positives = collection.positives()
        kept = [query.id for query in collection.kept_queries() if positives.get(query.id)]
        if not kept:
            raise DataError(
                "No training query has a positive passage.", hint="`langret check` shows the funnel."
            )
        chosen: dict[str, list[int]] = {}
        if negatives is not None:
            table = negatives.filter(negatives.column("kept"))
            for qid, pid in zip(
                table.column("query_id").to_pylist(), table.column("passage_id").to_pylist(), strict=True
            ):
                chosen.setdefault(qid, []).append(passage_row[pid])
        return cls(
            query_ids,
            passage_ids,
            np.asarray([query_row[qid] for qid in kept], dtype=np.int64),
            Ragged.of([passage_row[pid] for pid in positives[qid]] for qid in kept),
            Ragged.of(chosen.get(qid, []) for qid in kept),
            min(batch_size, len(kept)),
            hard,
            in_batch,
            group,
            seed,
        )

    @property
    def steps_per_epoch(self) -> int:
        """Full batches in one pass over the queries."""
        return max(1, len(self.queries) // self.batch_size)

    def _order(self, epoch: int) -> np.ndarray:
        """Order of the queries in an epoch: shuffled, or shuffled groups of related queries.

        A group is a query, others with the same positive, and others whose positive is one of its hard negatives.
        Together in a batch they are hard negatives for each other that cost nothing to encode, and share passages:
        topic-aware sampling (TAS-B, arXiv 2104.06967), with mined negatives in the place of k-means clusters.
        """
        shuffled = _permutation(len(self.queries), self.seed, epoch)
        if self.group == 1:
            return shuffled
        if epoch not in self._grouped:
            self._grouped.clear()
            self._grouped[epoch] = self._grouped_order(shuffled)
        return self._grouped[epoch]

    def _grouped_order(self, shuffled: np.ndarray) -> np.ndarray:
        asking: dict[int, list[int]] = {}
        for query in shuffled:
            for row in self.positives[query]:
                asking.setdefault(int(row), []).append(int(query))
        placed = np.zeros(len(shuffled), dtype=bool)
        groups: list[list[int]] = []
        for query in shuffled:
            if placed[query]:
                continue
            placed[query] = True
            group = [int(query)]
            for row in (*self.positives[query], *self.negatives[query]):
                for other in asking.get(int(row), ()):
                    if len(group) < self.group and not placed[other]:
                        placed[other] = True
                        group.append(other)
            groups.append(group)
        # late groups are small, because their relatives are placed: shuffling spreads them over the epoch
        order = np.random.default_rng([self.seed, 5, int(shuffled[0])]).permutation(len(groups))
        return np.asarray([query for g in order for query in groups[g]])

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0 over all epochs."""
        epoch, index = divmod(step, self.steps_per_epoch)
        order = self._order(epoch)
        members = order[index * self.batch_size : (index + 1) * self.batch_size]
        draw = np.random.default_rng([self.seed, 1, step])
        targets = np.empty(len(members), dtype=np.int64)
        own: list[np.ndarray] = []
        for i, query in enumerate(members):
            known, mined = self.positives[query], self.negatives[query]
            targets[i] = known[draw.integers(len(known))]
            own.append(draw.permutation(mined)[: self.hard] if len(mined) else mined)
        rows = np.unique(np.concatenate([targets, *own]))
        # sorted by length, so that chunks of neighbours pad little
        lengths = self.passage_ids.offsets[rows + 1] - self.passage_ids.offsets[rows]
        rows = rows[np.argsort(lengths, kind="stable")]
        column = {int(row): c for c, row in enumerate(rows)}
        start = NEGATIVE if self.in_batch else IGNORED
        labels = np.full((len(members), len(rows)), start, dtype=np.int8)
        for i, query in enumerate(members):
            for row in own[i]:
                labels[i, column[int(row)]] = HARD
            for row in self.positives[query]:
                if int(row) in column:
                    labels[i, column[int(row)]] = IGNORED
            labels[i, column[int(targets[i])]] = TARGET
        return Batch(
            [self.query_ids[int(self.queries[q])] for q in members],
            [self.passage_ids[int(row)] for row in rows],
            labels,
        )


@dataclass(frozen=True)
class WeakPairSet:
    """Pairs made from passages alone: a span of a passage is the query, the passage the positive.

    The inverse cloze task; ``keep_span`` is how often the span stays in the passage, where it teaches exact matching.
    Passages are cut at a random place, so that long ones are seen whole over time.
    """

    passage_ids: TokenStore
    rows: np.ndarray
    batch_size: int
    query_tokens: int
    passage_tokens: int
    keep_span: float
    seed: int

    def batch(self, step: int) -> Batch:
        """The batch of a step."""
        draw = np.random.default_rng([self.seed, 2, step])
        size = min(self.batch_size, len(self.rows))
        picked = draw.choice(self.rows, size=size, replace=False)
        queries, passages = [], []
        for row in picked:
            ids = np.asarray(self.passage_ids[int(row)])
            if len(ids) > self.passage_tokens:
                start = int(draw.integers(len(ids) - self.passage_tokens + 1))
                ids = ids[start : start + self.passage_tokens]
            longest = max(2, min(self.query_tokens, len(ids) // 2))
            length = int(draw.integers(min(4, longest), longest + 1))
            start = int(draw.integers(max(1, len(ids) - length + 1)))
            span = ids[start : start + length]
            # a question repeats some words of its passage, never all of them in a row
            queries.append(span[draw.random(len(span)) < 0.7] if len(span) > 4 else span)
            whole = draw.random() < self.keep_span
            passages.append(ids if whole else np.concatenate([ids[:start], ids[start + length :]]))
        order = np.argsort([len(p) for p in passages], kind="stable")
        labels = np.full((size, size), NEGATIVE, dtype=np.int8)
        for column, i in enumerate(order):
            labels[i, column] = TARGET
        return Batch(queries, [passages[i] for i in order], labels)


@lru_cache(maxsize=2)
def _permutation(count: int, seed: int, epoch: int) -> np.ndarray:
    return np.random.default_rng([seed, 0, epoch]).permutation(count)
