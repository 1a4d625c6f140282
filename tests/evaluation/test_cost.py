from __future__ import annotations

import json

import numpy as np
import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import DataError, MissingDependencyError, RecipeError, StageError
from langret.evaluation import cost as module
from langret.evaluation import rank, score
from langret.evaluation.cost import measure_costs, overlap, split_ways

TEXTS = [
    "the river freezes in winter",
    "bread is baked from rye",
    "four bridges cross it",
    "a hill by the sea",
]
BENCHMARK = Collection.from_records(
    [
        *(Passage(f"p{i}", text) for i, text in enumerate(TEXTS * 5)),
        *(Query(f"q{i}", text[4:16]) for i, text in enumerate(TEXTS)),
        *(Judgement(f"q{i}", f"p{i}") for i in range(4)),
        Query("unasked", "nothing is relevant to it"),
    ]
)


@pytest.fixture
def here(monkeypatch):
    """Ways are measured in this process: what a process of its own adds is tested once."""
    monkeypatch.setattr(module, "_apart", module._measure)


@pytest.mark.parametrize(("head", "searches"), [("dense", ["cut:8"]), ("colbert", ["int8", "pool:2"])])
def test_costs_stand_beside_quality(fake, here, head, searches):
    told = []
    costs, encoding = measure_costs(fake(head), "m", BENCHMARK, "b", searches, seed=3, tell=told.append)
    assert [c.search for c in costs] == ["exact", *searches]
    assert told == ["queries", "passages", "exact", *searches]
    exact, *others = costs
    run = rank(fake(head), list(BENCHMARK.kept_queries()), list(BENCHMARK.kept_passages()), 101)
    mine = score(run, BENCHMARK, ["nDCG@10"])["nDCG@10"]
    # equal scores stand in the order of the passages here, and by their ids where scores are scored
    assert exact.score == pytest.approx(sum(mine.values()) / 4, abs=0.5)
    assert (exact.difference, exact.p_value) == (None, None)
    assert exact.overlap_10 == exact.overlap_100 == 1
    for one in others:
        assert one.difference == pytest.approx(one.score - exact.score)
        assert 0 < one.p_value <= 1 and 0 <= one.overlap_10 <= 1 and one.bytes < exact.bytes
    for one in costs:
        assert (one.queries, one.passages, one.head) == (4, 20, head)
        assert one.queries_per_second > 0 and one.low <= one.score <= one.high
        json.dumps(one._asdict())
    assert encoding.passages_per_second > 0 and encoding.queries_per_second > 0


def test_a_process_of_its_own_measures_memory(fake, tmp_path):
    costs, _ = measure_costs(fake("dense"), "m", BENCHMARK, "b", ["exact"], seed=3)
    (only,) = costs
    assert only.memory is not None and 0 <= only.memory < 2**30
    assert only.bytes == 20 * 64 * 4


def test_more_queries_than_wanted_are_spread(fake, here):
    costs, _ = measure_costs(fake("dense"), "m", BENCHMARK, "b", ["exact"], most_queries=2, seed=3)
    assert costs[0].queries == 2


def test_mistakes_are_found_before_anything_is_encoded(fake, here):
    retriever = fake("dense")
    with pytest.raises(RecipeError, match="can only be cut to fewer"):
        measure_costs(retriever, "m", BENCHMARK, "b", ["cut:64"], seed=3)
    assert len(retriever.encoded) == 1, "one query tells the size"
    empty = Collection.from_records([Query("q", "x"), Judgement("q", "gone")])
    with pytest.raises(DataError, match="0 passages"):
        measure_costs(retriever, "m", empty, "b", seed=3)
    unjudged = Collection.from_records([Query("q", "x"), Passage("p", "y")])
    with pytest.raises(DataError, match="0 queries"):
        measure_costs(retriever, "m", unjudged, "b", seed=3)


def test_a_process_that_dies_is_told_of(fake, monkeypatch):
    class Dying:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def submit(self, *_):
            raise module.BrokenProcessPool("killed")

    monkeypatch.setattr(module, "ProcessPoolExecutor", Dying)
    with pytest.raises(StageError, match=r'"exact" was ended.*memory'):
        measure_costs(fake("dense"), "m", BENCHMARK, "b", ["exact"], seed=3)


def test_overlap_counts_what_both_find():
    exact = np.array([[3, 1, 2, 9], [5, 6, -1, -1]])
    assert overlap(exact, exact, 2) == 1
    assert overlap(exact, np.array([[1, 7, 3, 2], [5, -1, -1, -1]]), 2) == pytest.approx((0.5 + 0.5) / 2)
    assert overlap(exact, np.array([[1, 7, 3, 2], [5, -1, -1, -1]]), 4) == pytest.approx((0.75 + 0.5) / 2)
    assert overlap(np.full((2, 3), -1), exact, 3) == 1


def test_named_ways_go_to_the_models_that_they_fit(fake):
    both = {"d": fake("dense"), "c": fake("colbert")}
    assert split_ways(["exact", "hnsw", "pool:2"], both) == {"d": ["exact", "hnsw"], "c": ["exact", "pool:2"]}
    with pytest.raises(RecipeError, match=r'no search "plad" for.*Did you mean "plaid"\?'):
        split_ways(["plad"], both)
    with pytest.raises(RecipeError, match='no search "plaid" for a dense model'):
        split_ways(["plaid"], {"d": fake("dense")})


def test_a_missing_faiss_stops_it_at_once(fake, here, monkeypatch):
    def missing(what, instead):
        raise MissingDependencyError(f"{what} needs FAISS.", hint="pip install 'langret[faiss]'")

    monkeypatch.setattr("langret.evaluation.ways.load_faiss", missing)
    retriever = fake("dense")
    with pytest.raises(MissingDependencyError, match="pip install"):
        measure_costs(retriever, "m", BENCHMARK, "b", seed=3)
    assert len(retriever.encoded) == 1
