from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import RecipeError
from langret.evaluation import parse_metrics, qrels_of, score
from langret.evaluation.metrics import deepest

METRICS = ["nDCG@10", "RR@10", "R@1", "R@10", "AP"]


def benchmark(judgements: list[tuple[str, str, int]], queries: list[str] | None = None) -> Collection:
    queries = queries if queries is not None else list(dict.fromkeys(j[0] for j in judgements))
    passages = dict.fromkeys(j[1] for j in judgements)
    return Collection.from_records(
        [
            *(Passage(p, "text") for p in passages),
            *(Query(q, "text") for q in queries),
            *(Judgement(*j) for j in judgements),
        ]
    )


def test_by_hand():
    judged = benchmark([("q", "a", 1), ("q", "b", 1), ("q", "n", 0)])
    values = score({"q": {"x": 4.0, "a": 3.0, "n": 2.0, "b": 1.0}}, judged, METRICS)
    ideal = 1 + 1 / math.log2(3)
    assert values["nDCG@10"]["q"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert values["RR@10"]["q"] == 0.5
    assert values["R@1"]["q"] == 0.0
    assert values["R@10"]["q"] == 1.0
    assert values["AP"]["q"] == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_grades_are_gains_and_negative_grades_are_not_relevant():
    judged = benchmark([("q", "a", 3), ("q", "b", 1), ("q", "bad", -2)])
    values = score({"q": {"bad": 3.0, "b": 2.0, "a": 1.0}}, judged, ["nDCG@10", "RR@10"])
    found = 1 / math.log2(3) + 3 / math.log2(4)
    assert values["nDCG@10"]["q"] == pytest.approx(found / (3 + 1 / math.log2(3)))
    assert values["RR@10"]["q"] == 0.5


def test_queries_without_hits_count_zero_and_those_without_positives_are_left_out():
    judged = benchmark(
        [("q1", "a", 1), ("q2", "a", 1), ("q3", "a", 0), ("q4", "a", 1)], ["q1", "q2", "q3", "q5", "q4"]
    )
    values = score({"q1": {"a": 1.0}, "q2": {}, "q3": {"a": 1.0}, "other": {"a": 1.0}}, judged, METRICS)
    for per_query in values.values():
        assert per_query == {"q1": 1.0, "q2": 0.0, "q4": 0.0}
        assert list(per_query) == ["q1", "q2", "q4"]
    assert qrels_of(judged)[1] == 2


def test_rows_set_aside_do_not_count():
    judged = benchmark([("q1", "a", 1), ("q2", "a", 1)])
    kept = judged.queries.column("kept").to_pylist()
    queries = judged.queries.set_column(2, "kept", [[False, *kept[1:]]])
    assert list(qrels_of(judged.replace(queries=queries))[0]) == ["q2"]


def test_a_query_does_not_find_itself_unless_the_judgements_say_so():
    judged = benchmark([("q", "a", 1), ("7", "7", 1)])
    values = score({"q": {"q": 9.0, "a": 1.0}, "7": {"7": 1.0}}, judged, ["RR@10"])
    assert values["RR@10"] == {"q": 1.0, "7": 1.0}


def test_ties_stand_in_descending_order_of_id_for_every_metric():
    judged = benchmark([("q", "b", 1)])
    for metric in ("nDCG@10", "RR@10", "RR", "AP"):
        (value,) = score({"q": {"a": 1.0, "b": 1.0, "c": 1.0}}, judged, [metric])[metric].values()
        expected = 1 / math.log2(3) if metric == "nDCG@10" else 0.5
        assert value == pytest.approx(expected), metric


def test_names_are_kept_as_given():
    values = score({"q": {"a": 1.0}}, benchmark([("q", "a", 1)]), ["MRR@10", "RR@10", "Recall@5"])
    assert values == {"MRR@10": {"q": 1.0}, "RR@10": {"q": 1.0}, "Recall@5": {"q": 1.0}}


@pytest.mark.parametrize(
    "name, hint",
    [
        ("nDGC@10", '"nDCG@10"'),
        ("ndcg@10", '"nDCG@10"'),
        ("Recal@5", '"Recall@5"'),
        ("mrr", '"MRR"'),
        ("R", "R@10"),
        ("nDCG@x", "@"),
        ("alpha_nDCG@10", "nDCG@10"),
        ("", "Valid"),
    ],
)
def test_unknown_metrics_name_the_nearest(name, hint):
    with pytest.raises(RecipeError) as caught:
        parse_metrics([name])
    assert hint in str(caught.value)
    assert name in caught.value.message


def test_deepest_cutoff():
    assert deepest(["nDCG@10", "R@1000", "AP"]) == 1000
    assert deepest(["AP"]) == 0


def naive(hits: dict[str, float], judged: dict[str, int]) -> dict[str, float]:
    order = [p for _, p in sorted(((s, p) for p, s in hits.items()), reverse=True)]
    gains = [max(judged.get(p, 0), 0) for p in order]
    relevant = sum(r > 0 for r in judged.values())
    ideal = sorted((max(r, 0) for r in judged.values()), reverse=True)[:10]
    dcg, best = (sum(g / math.log2(i + 2) for i, g in enumerate(x)) for x in (gains[:10], ideal))
    first = next((i for i, g in enumerate(gains[:10]) if g), None)
    precisions = [sum(g > 0 for g in gains[: i + 1]) / (i + 1) for i, g in enumerate(gains) if g]
    return {
        "nDCG@10": dcg / best,
        "RR@10": 0.0 if first is None else 1 / (first + 1),
        "R@1": sum(g > 0 for g in gains[:1]) / relevant,
        "R@10": sum(g > 0 for g in gains[:10]) / relevant,
        "AP": sum(precisions) / relevant,
    }


@settings(max_examples=60, deadline=None)
@given(
    hits=st.dictionaries(
        st.integers(0, 25).map(str), st.sampled_from([0.0, 0.5, 1.0, -3.25, 1e6, 1e-9]), max_size=20
    ),
    judged=st.dictionaries(st.integers(0, 25).map(str), st.integers(-2, 4), min_size=1, max_size=12).filter(
        lambda judged: max(judged.values()) > 0
    ),
)
def test_equals_the_definitions(hits, judged):
    values = score({"q": hits}, benchmark([("q", p, r) for p, r in judged.items()]), METRICS)
    for metric, expected in naive(hits, judged).items():
        assert values[metric]["q"] == pytest.approx(expected, abs=1e-6), metric
