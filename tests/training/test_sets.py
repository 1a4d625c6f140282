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
    seen = [tuple(q) for step in range(examples.steps) for q in examples.batch(step).queries]
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
        for step in range(examples.steps):
            members = examples.order.batch(step)
            seen += members.tolist()
            targets = {int(row) for q in members for row in examples.positives[q]}
            found += sum(len(targets & set(examples.negatives[q].tolist())) for q in members)
        assert sorted(seen) == list(range(64))
        return found

    assert met(4) > 1.5 * met(1)
    a, b = make(small, group=4), make(small, group=4)
    assert a.order.batch(17).tolist() == b.order.batch(17).tolist() != a.order.batch(1).tolist()


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


def test_sources_never_mix_and_known_positives_stay_masked(small):
    """Two sources that share a passage; with groups, too."""
    numbers = np.arange(64) % 2
    examples = make(small, sources=numbers, group=3, batch_size=8)
    source_of = {tuple(small.queries[i]): numbers[i] for i in range(64)}
    names = {tuple(small.queries[i]): q for i, q in enumerate(small.data.queries["id"].to_pylist())}
    passages = {tuple(small.passages[i]): p for i, p in enumerate(small.data.passages["id"].to_pylist())}
    positives = small.data.positives()
    for step in range(20):
        batch = examples.batch(step)
        assert len({source_of[tuple(q)] for q in batch.queries}) == 1
        for query, row in zip(batch.queries, batch.labels, strict=True):
            wrong = {passages[tuple(p)] for p, label in zip(batch.passages, row, strict=True) if label == 0}
            assert not wrong & set(positives[names[tuple(query)]])
    facts = examples.facts(["wiki", "forum"])
    assert facts["steps"] == 8 == sum(facts["steps_by_source"].values())
    assert set(facts["steps_by_source"]) == {"wiki", "forum"}


def test_passages_of_a_step_stay_within_the_tokens(small):
    def longer(tokens):
        return np.minimum(tokens + 3, 24)

    examples = make(small, batch_tokens=700, passage_length=longer)
    sizes = set()
    for step in range(examples.steps * 2):
        batch = examples.batch(step)
        lengths = longer(np.array([len(p) for p in batch.passages]))
        assert len(lengths) * lengths.max() <= 700
        sizes.add(len(batch.queries))
    assert max(sizes) < 16 and min(sizes) >= 1
    assert make(small, batch_tokens=700).steps < make(small, batch_tokens=300).steps


@pytest.mark.parametrize(
    ("hardness", "begin", "end"), [("rising", [8, 9], [0, 1]), ("falling", [0, 1], [8, 9])]
)
def test_hardness_moves_from_one_end_to_the_other(small, hardness, begin, end):
    """Of ten negatives, the hardest first, two are drawn in a step."""
    table = negatives_for(small.data, per_query=10)
    examples = TrainingSet.build(
        small.data, table, small.queries, small.passages, batch_size=1, hard=2, in_batch=True, seed=5, epochs=2,
        hardness=hardness,
    )  # fmt: skip
    assert examples.steps == 128
    places = []
    for step in range(128):
        (query,) = examples.order.batch(step)
        texts = [tuple(small.passages[int(row)]) for row in examples.negatives[query]]
        batch = examples.batch(step)
        drawn = [
            texts.index(tuple(p)) for p, x in zip(batch.passages, batch.labels[0], strict=True) if x == HARD
        ]
        places.append(sorted(drawn))
    assert places[0] == begin and places[-1] == end
    firsts = [place[0] for place in places]
    assert firsts == sorted(firsts, reverse=hardness == "rising") and set(firsts) == set(range(9))


def test_queries_without_negatives_are_counted_and_used(small):
    table = negatives_for(small.data)
    without = pa.table(table.filter(pa.array([q != "q-red-house" for q in table["query_id"].to_pylist()])))
    examples = TrainingSet.build(
        small.data, without, small.queries, small.passages, batch_size=64, hard=2, in_batch=True, seed=1
    )
    assert examples.facts() == {"queries": 64, "steps": 1, "short_of_negatives": 1, "without_negatives": 1}
    assert make(small, hard=4).facts()["short_of_negatives"] == 64
    assert len(examples.batch(0).queries) == 64


def test_one_example_is_a_batch(small):
    queries = small.data.queries
    one = small.data.replace(queries=queries.set_column(2, "kept", pa.array([True] + [False] * 63)))
    examples = TrainingSet.build(
        one, None, small.queries, small.passages, batch_size=8, hard=0, in_batch=True, seed=1, epochs=3
    )
    assert examples.steps == 3
    assert examples.batch(2).labels.tolist() == [[TARGET]]


def test_teacher_scores_stand_where_a_pair_was_scored(small, tmp_path):
    from langret.training.teacher import SCORES, open_teacher

    mined = negatives_for(small.data)
    kept = mined.filter(mined["kept"])
    positives = [(q, p) for q, found in small.data.positives().items() for p in found]
    pairs = [*positives, *zip(kept["query_id"].to_pylist(), kept["passage_id"].to_pylist(), strict=True)]
    said = {pair: float(i) for i, pair in enumerate(pairs)}
    columns = [[q for q, _ in pairs], [p for _, p in pairs], pa.array(said.values(), pa.float32())]
    table = pa.table(columns, names=["query_id", "passage_id", "score"])
    with pa.OSFile(str(tmp_path / SCORES), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)
    examples = make(small, teacher=open_teacher(tmp_path, small.data))
    query_ids, passage_ids = small.data.queries["id"].to_pylist(), small.data.passages["id"].to_pylist()
    asked = {tuple(small.queries[i]): q for i, q in enumerate(query_ids)}
    read = {tuple(small.passages[i]): p for i, p in enumerate(passage_ids)}
    batch = examples.batch(3)
    assert batch.teacher.dtype == np.float32 and batch.teacher.shape == batch.labels.shape
    for i, query in enumerate(batch.queries):
        for j, passage in enumerate(batch.passages):
            wanted = said.get((asked[tuple(query)], read[tuple(passage)]), np.nan)
            assert np.array_equal(batch.teacher[i, j], wanted, equal_nan=True)
    assert np.isfinite(batch.teacher[batch.labels == TARGET]).all()
    assert (np.isfinite(batch.teacher).sum(axis=1) >= 3).all(), "the positive and two negatives"
    assert batch.teacher_vectors is None


def test_teacher_vectors_are_those_of_the_texts(small, tmp_path):
    from langret.training.teacher import open_teacher

    for kind, count in (("query", 64), ("passage", 64)):
        np.save(tmp_path / f"{kind}_rows.npy", np.arange(count))
        np.save(tmp_path / f"{kind}_vectors.npy", np.arange(count * 2, dtype=np.float32).reshape(count, 2))
    examples = make(small, teacher=open_teacher(tmp_path, small.data))
    batch = examples.batch(0)
    queries, passages = batch.teacher_vectors
    assert [tuple(small.queries[int(v[0] // 2)]) for v in queries] == [tuple(q) for q in batch.queries]
    assert [tuple(small.passages[int(v[0] // 2)]) for v in passages] == [tuple(p) for p in batch.passages]
    assert batch.teacher is None


def test_ragged():
    packed = Ragged.of([[1, 2], [], [3]])
    assert [packed[i].tolist() for i in range(len(packed))] == [[1, 2], [], [3]]
    assert len(Ragged.of([])) == 0
