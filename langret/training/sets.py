"""What a training step sees, as a function of seed and step alone.

Nothing here has state: batch ``n`` of a set is the same whether the run was killed before it or not, on any machine
and for any number of loader workers. Exact continuation rests on that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from langret.data.records import Collection
from langret.errors import DataError
from langret.tokenizer import TokenStore
from langret.training.order import BySource, Cut, Related, Stream, Weights
from langret.training.ragged import Ragged
from langret.training.teacher import Teacher

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
class TrainingSet:
    """Queries with their known positives and chosen hard negatives, as rows of two token stores.

    Attributes:
        query_ids: Token ids of queries.
        passage_ids: Token ids of passages.
        queries: Row of each training query in ``query_ids``.
        positives: Rows in ``passage_ids`` of every known positive of each training query.
        negatives: Rows of the hard negatives chosen for each training query, the hardest first.
        order: Which queries share a batch, and when.
        steps: Steps of the whole training.
        hard: Hard negatives of each query in a step.
        in_batch: Whether passages of other queries are negatives too.
        hardness: Which of a query's hard negatives are drawn: ``any``, or those in a window that moves from the easiest
            to the hardest while training goes on (``rising``), or back (``falling``).
        seed: Seed of the draws.
        teacher: Scores or vectors to be learned.
    """

    query_ids: TokenStore
    passage_ids: TokenStore
    queries: np.ndarray
    positives: Ragged
    negatives: Ragged
    order: Stream | BySource
    steps: int
    hard: int
    in_batch: bool
    hardness: Literal["any", "rising", "falling"]
    seed: int
    teacher: Teacher | None = None

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
        seed: int,
        epochs: float = 1.0,
        group: int = 1,
        sources: np.ndarray | None = None,
        source_power: float = 1.0,
        batch_tokens: int | None = None,
        by_length: bool = False,
        passage_length: Callable[[np.ndarray], np.ndarray] = np.asarray,
        hardness: Literal["any", "rising", "falling"] = "any",
        teacher: Teacher | None = None,
    ) -> TrainingSet:
        """Join a collection, its mined negatives and its token ids.

        Args:
            collection: Row i of its tables is text i of the token stores. Queries without a kept positive are not
                trained on.
            negatives: Candidates table; rows with ``kept`` are used, the hardest of a query first. None for no hard
                negatives.
            query_ids: Token ids of all rows of ``collection.queries``.
            passage_ids: Token ids of all rows of ``collection.passages``.
            batch_size: Queries a step; at most the number of queries is used.
            hard: Hard negatives of each query in a step.
            in_batch: Whether passages of other queries are negatives too.
            seed: Seed of order and draws.
            epochs: Passes over the queries.
            group: Related queries that a batch takes together.
            sources: int [rows of ``collection.queries``]: number of each query's source. Every batch is then of one
                source.
            source_power: A source of n queries is drawn in proportion to n to this power.
            batch_tokens: Most passage tokens of a step, padding included; one query is taken however long its
                passages are.
            by_length: Whether queries whose positives are about equally long share a batch.
            passage_length: Tokens of passages once they are laid out for the model, from tokens without special ones.
            hardness: Which hard negatives are drawn.
            teacher: Scores or vectors to be learned.

        Raises:
            DataError: No query has a positive.
        """
        passage_row = {pid: row for row, pid in enumerate(collection.passages.column("id").to_pylist())}
        query_row = {qid: row for row, qid in enumerate(collection.queries.column("id").to_pylist())}
        known = collection.positives()
        kept = [query.id for query in collection.kept_queries() if known.get(query.id)]
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
        queries = np.asarray([query_row[qid] for qid in kept], dtype=np.int64)
        positives = Ragged.of([passage_row[pid] for pid in known[qid]] for qid in kept)
        mined = Ragged.of(chosen.get(qid, []) for qid in kept)
        cut = Cut(batch_size, seed, group, Related(positives, mined) if group > 1 else None)
        if by_length or batch_tokens is not None:
            lengths = passage_length(np.diff(passage_ids.offsets))
            longest = positives.largest(lengths)
            if by_length:
                cut = replace(cut, lengths=longest)
            if batch_tokens is not None:
                brought = 1 + np.minimum(np.diff(mined.offsets), hard)
                longest = np.maximum(longest, mined.largest(lengths)) if hard else longest
                cut = replace(cut, weights=Weights(brought, longest, batch_tokens))
        order: Stream | BySource = Stream(cut, np.arange(len(kept)))
        if sources is not None:
            order = BySource(cut, sources[queries], source_power)
        return cls(
            query_ids,
            passage_ids,
            queries,
            positives,
            mined,
            order,
            order.steps(epochs),
            hard,
            in_batch,
            hardness,
            seed,
            teacher,
        )

    def facts(self, names: Sequence[str] = ()) -> dict[str, Any]:
        """Figures for a stage's summary.

        Args:
            names: Names of the sources by number.

        Returns:
            ``queries``, ``steps``; ``short_of_negatives``, queries with fewer hard negatives than a step takes, and
            ``without_negatives``, those of them with none; and ``steps_by_source``, where batches are of one source.
        """
        found: dict[str, Any] = {"queries": len(self.queries), "steps": self.steps}
        counts = np.diff(self.negatives.offsets)
        for name, short in (("short_of_negatives", counts < self.hard), ("without_negatives", counts == 0)):
            if self.hard and short.any():
                found[name] = int(short.sum())
        if isinstance(self.order, BySource):
            found["steps_by_source"] = {
                names[number] if number < len(names) else str(number): steps
                for number, steps in self.order.counts(self.steps).items()
            }
        return found

    def batch(self, step: int) -> Batch:
        """The batch of a step, counted from 0 over all epochs."""
        members = self.order.batch(step)
        draw = np.random.default_rng([self.seed, 1, step])
        targets = np.empty(len(members), dtype=np.int64)
        own: list[np.ndarray] = []
        for i, query in enumerate(members):
            known, mined = self.positives[query], self._window(self.negatives[query], step)
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
            **(self.teacher.of(self.queries[members], rows) if self.teacher else {}),
        )

    def _window(self, mined: np.ndarray, step: int) -> np.ndarray:
        """Those hard negatives of a query, the hardest first, that may be drawn in a step."""
        room = len(mined) - self.hard
        if self.hardness == "any" or room <= 0:
            return mined
        done = min(1.0, step / max(1, self.steps - 1))
        start = round(room * (done if self.hardness == "falling" else 1.0 - done))
        return mined[start : start + self.hard]


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
