"""Batches are functions of seed and step, and no known positive is ever a negative."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from langret.data.records import CANDIDATES, Collection, Passage, Query
from langret.errors import DataError
from langret.training.sets import HARD, IGNORED, NEGATIVE, TARGET, Ragged, TrainingSet, WeakPairSet


def negatives_for(data, per_query=3, seed=0):
    rng = np.random.default_rng(seed)
    ids = data.passages.column("id").to_pylist()
    positives = data.positives()
    rows = []
    for qid in data.queries.column("id").to_pylist():
        drawn = [p for p in rng.permutation(ids) if p not in positives[qid]][:per_query]
        rows += [(qid, str(p), i + 1, 1.0, "bm25", True, "") for i, p in enumerate(drawn)]
        rows.append((qid, positives[qid][0], 9, 1.0, "bm25", False, "positive"))
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=CANDIDATES)


def make(small, **changes):
    settings = {"batch_size": 16, "hard": 2, "in_batch": True, "seed": 5} | changes
    return TrainingSet.build(small.data, negatives_for(small.data), small.queries, small.passages, **settings)


def test_every_query_once_an_epoch(small):
    examples = make(small)
    seen = [tuple(q) for step in range(examples.steps_per_epoch) for q in examples.batch(step).queries]
    assert len(seen) == len(set(seen)) == 64


def test_epochs_differ_and_steps_repeat_exactly(small):
    first, again, other = make(small), make(small), make(small, seed=6)
    a, b = first.batch(0), again.batch(0)
    assert [q.tolist() for q in a.queries] == [q.tolist() for q in b.queries]
    assert (a.labels == b.labels).all()
    assert [q.tolist() for q in a.queries] != [q.tolist() for q in first.batch(4).queries]
    assert [q.tolist() for q in a.queries] != [q.tolist() for q in other.batch(0).queries]


def test_groups_bring_hard_negatives_together(small):
    """Grouped, each query is still seen once an epoch, and far more of its mined negatives are in its batch."""

    def met(group):
        examples = make(small, hard=0, batch_size=4, group=group)
        found, seen = 0, []
        for step in range(examples.steps_per_epoch):
            members = examples._order(0)[step * 4 : (step + 1) * 4]
            seen += members.tolist()
            targets = {int(row) for q in members for row in examples.positives[q]}
            found += sum(len(targets & set(examples.negatives[q].tolist())) for q in members)
        assert sorted(seen) == list(range(64))
        return found

    assert met(4) > 1.5 * met(1)
    a, b = make(small, group=4), make(small, group=4)
    assert a._order(1).tolist() == b._order(1).tolist() != a._order(0).tolist()


def test_known_positives_are_never_negatives(small):
    examples = make(small, batch_size=64)
    positives = small.data.positives()
    passage_of = {
        tuple(small.passages[i]): p for i, p in enumerate(small.data.passages.column("id").to_pylist())
    }
    query_of = {tuple(small.queries[i]): q for i, q in enumerate(small.data.queries.column("id").to_pylist())}
    ignored = 0
    for step in range(6):
        batch = examples.batch(step)
        columns = [passage_of[tuple(p)] for p in batch.passages]
        assert len(set(columns)) == len(columns), "a passage is encoded once a step"
        for query, row in zip(batch.queries, batch.labels, strict=True):
            known = set(positives[query_of[tuple(query)]])
            assert (row == TARGET).sum() == 1
            assert columns[int(np.argmax(row == TARGET))] in known
            assert not known & {c for c, label in zip(columns, row, strict=True) if label in (NEGATIVE, HARD)}
            ignored += int((row == IGNORED).sum())
    assert ignored, "the second known positive of q-red-house was in some batch"


def test_without_in_batch_negatives_only_own_passages_count(small):
    batch = make(small, in_batch=False).batch(0)
    assert ((batch.labels == HARD).sum(axis=1) == 2).all()
    assert ((batch.labels == TARGET).sum(axis=1) == 1).all()


def test_set_aside_candidates_are_not_drawn(small):
    examples = make(small, hard=50)
    assert max(len(examples.negatives[i]) for i in range(64)) == 3


def test_passages_are_sorted_by_length(small):
    lengths = [len(p) for p in make(small).batch(0).passages]
    assert lengths == sorted(lengths)


def test_batch_larger_than_data_takes_all(small):
    assert len(make(small, batch_size=1000).batch(0).queries) == 64


def test_no_positive_anywhere_is_an_error(small):
    data = Collection.from_records([Passage("p", "x"), Query("q", "y")])
    with pytest.raises(DataError, match="No training query"):
        TrainingSet.build(
            data, None, small.queries, small.passages, batch_size=2, hard=0, in_batch=True, seed=1
        )


def test_weak_pairs_come_from_their_passage(small):
    pairs = WeakPairSet(small.passages, np.arange(64), 8, 8, 32, 1.0, seed=3)
    batch = pairs.batch(7)
    assert (batch.labels == TARGET).sum() == 8
    for query, row in zip(batch.queries, batch.labels, strict=True):
        passage = batch.passages[int(np.argmax(row == TARGET))]
        assert set(query.tolist()) <= set(passage.tolist())
    again = WeakPairSet(small.passages, np.arange(64), 8, 8, 32, 1.0, seed=3).batch(7)
    assert [q.tolist() for q in again.queries] == [q.tolist() for q in batch.queries]


def test_ragged():
    packed = Ragged.of([[1, 2], [], [3]])
    assert [packed[i].tolist() for i in range(len(packed))] == [[1, 2], [], [3]]
    assert len(Ragged.of([])) == 0
