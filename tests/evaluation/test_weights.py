from __future__ import annotations

import numpy as np
import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import DataError
from langret.evaluation.weights import FULL, measure_weights
from langret.modeling import precision

PLACES = 6


class Axes:
    """Passage n and query n lie on axis n; with ``lost`` axes, the last ones look like the first."""

    head = "dense"

    def __init__(self, lost: int = 0) -> None:
        self.lost = lost

    def encode(self, texts, kind, **rest):
        axes = [int(text) if int(text) < PLACES - self.lost else 0 for text in texts]
        return np.eye(PLACES, dtype=np.float32)[axes]


@pytest.fixture
def smaller(monkeypatch):
    """Precisions by name that lose so many axes; a model is as large as what it keeps."""
    lost = {"bf16": 0, "int8": 3}
    monkeypatch.setattr(precision, "must_be_possible", lambda name: None)
    monkeypatch.setattr(precision, "reduce_weights", lambda retriever, name: Axes(lost[name]))
    monkeypatch.setattr(precision, "weights_size", lambda retriever: 100 * (PLACES - retriever.lost))


def places(count=PLACES):
    rows = [str(i) for i in range(count)]
    return Collection.from_records(
        [
            *(Passage(f"p{i}", i) for i in rows),
            *(Query(f"q{i}", i) for i in rows),
            *(Judgement(f"q{i}", f"p{i}") for i in rows),
        ]
    )


def test_each_precision_is_compared_with_the_weights_as_saved(smaller):
    told = []
    found = measure_weights(Axes(), "axes", places(), "b", ["bf16", "int8", "bf16"], seed=1, tell=told.append)
    assert [one.weights for one in found] == [FULL, "bf16", "int8"]
    assert told == [f"weights {name}" for name in (FULL, "bf16", "int8")]
    full, same, worse = found
    assert full.score == 1 and full.difference is None and full.p_value is None
    assert same.score == 1 and same.difference == 0 and same.p_value == 1
    assert worse.score < 1 and worse.difference == pytest.approx(worse.score - 1)
    assert worse.low <= worse.score <= worse.high and 0 < worse.p_value <= 1
    assert (full.bytes, worse.bytes) == (600, 300)
    assert all(one.passages_per_second > 0 and one.queries_per_second > 0 for one in found)


def test_so_many_queries_are_asked(smaller):
    (full, worse) = measure_weights(Axes(), "axes", places(), "b", ["int8"], most_queries=2, seed=1)
    assert full.score == 1
    # of six, numbers 0 and 3 are asked; 3 is lost among the four that lie on the first axis
    assert 0 < worse.score < 1


def test_nothing_to_ask_is_said(smaller):
    with pytest.raises(DataError, match="nothing to measure"):
        measure_weights(Axes(), "axes", Collection.from_records([Passage("p", "0")]), "b", ["int8"], seed=1)
