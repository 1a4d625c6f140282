from __future__ import annotations

import numpy as np
import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import DataError, RecipeError
from langret.evaluation import evaluate, evaluate_runs, rank_bm25
from langret.evaluation.measure import Ranking
from langret.language import Language

METRICS = ["nDCG@10", "R@1"]
WORDS = ["river", "bread", "bridge", "winter", "music", "glass", "stone", "paper", "iron", "salt"]


class Plain(Language):
    """A language of words between spaces."""

    code, name, script = "xx", "Plain", "Latn"
    version = "1"

    def normalize(self, text: str) -> str:
        return text

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.lower().split()


@pytest.fixture
def benchmark() -> Collection:
    return Collection.from_records(
        [
            *(
                Passage(f"p{i}", f"about {word} and {word} not {WORDS[i - 1]}")
                for i, word in enumerate(WORDS)
            ),
            *(Query(f"q{i}", f"about {word}") for i, word in enumerate(WORDS)),
            Query("unanswered", "nothing"),
            *(Judgement(f"q{i}", f"p{i}") for i in range(len(WORDS))),
        ]
    )


def test_runs_are_scored_and_compared_with_the_reference(benchmark):
    right = {f"q{i}": {f"p{i}": 1.0} for i in range(10)}
    wrong = {f"q{i}": {f"p{(i + 1) % 10}": 1.0} for i in range(10)}
    results = evaluate_runs(
        {"good": right, "bad": wrong},
        "bench",
        benchmark,
        METRICS,
        "bad",
        1,
        context={"bad": Ranking("bm25", 2.0, True)},
    )
    assert [(r.member, r.metric, r.value) for r in results] == [
        ("good", "nDCG@10", 1.0), ("good", "R@1", 1.0), ("bad", "nDCG@10", 0.0), ("bad", "R@1", 0.0),
    ]  # fmt: skip
    good, bad = results[0], results[2]
    assert (good.reference, good.difference, good.difference_low) == ("bad", 1.0, 1.0)
    assert good.p_value is not None and good.p_value < 0.01
    assert (bad.reference, bad.difference, bad.p_value) == (None, None, None)
    assert (bad.search, bad.seconds, bad.baseline) == ("bm25", 2.0, True)
    assert {(r.n, r.left_out, r.passages, r.benchmark) for r in results} == {(10, 1, 10, "bench")}


def test_no_reference_compares_nothing(benchmark):
    (result,) = evaluate_runs({"a": {}}, "bench", benchmark, ["R@1"], None, 1)
    assert (result.value, result.low, result.high, result.reference, result.p_value) == (0, 0, 0, None, None)


def test_errors(benchmark):
    with pytest.raises(RecipeError, match=r'reference "bm52".*Did you mean "bm25"'):
        evaluate_runs({"bm25": {}}, "bench", benchmark, METRICS, "bm52", 1)
    empty = Collection.from_records([Passage("p", "x"), Query("q", "x"), Judgement("q", "p", 0)])
    with pytest.raises(DataError, match="benchmark bench: none of the 1 queries has a relevant passage"):
        evaluate_runs({"bm25": {}}, "bench", empty, METRICS, None, 1)


def test_a_family_beside_bm25(fake, benchmark):
    retrievers = {"dense": fake("dense"), "colbert": fake("colbert")}
    results, runs = evaluate(retrievers, "bench", benchmark, METRICS, language=Plain(), seed=1)
    assert list(runs) == ["dense", "colbert", "bm25"]
    assert [r.member for r in results] == ["dense", "dense", "colbert", "colbert", "bm25", "bm25"]
    assert [r.search for r in results[::2]] == ["exact", "exact", "bm25"]
    assert [r.baseline for r in results[::2]] == [False, False, True]
    assert [r.reference for r in results[::2]] == ["bm25", "bm25", None]
    assert all(r.value > 0.5 and r.seconds is not None for r in results if r.metric == "nDCG@10")
    # nothing is encoded twice, and a query that cannot be scored is not searched
    for retriever in retrievers.values():
        assert len(retriever.encoded) == len(set(retriever.encoded)) == 20


def test_runs_reach_as_deep_as_the_metrics(fake, benchmark):
    _, runs = evaluate(
        {"a": fake("colbert")}, "b", benchmark, ["R@7"], language=Plain(), baselines=[], seed=1, k=2
    )
    assert {len(hits) for hits in runs["a"].values()} == {7}


def test_a_query_that_is_a_passage_still_gets_k_others(fake):
    texts = {f"t{i}": f"{word} {word}" for i, word in enumerate(WORDS)}
    collection = Collection.from_records(
        [*(Passage(*t) for t in texts.items()), *(Query(*t) for t in texts.items()), Judgement("t0", "t1")]
    )
    results, runs = evaluate(
        {"a": fake("colbert")}, "b", collection, ["R@9"], language=Plain(), baselines=[], seed=1
    )
    assert next(iter(runs["a"]["t0"])) == "t0"
    assert results[0].value == 1.0
    _, runs = evaluate(
        {"a": fake("colbert")}, "b", collection, ["R@3"], language=Plain(), baselines=[], seed=1, k=3
    )
    assert len(runs["a"]["t0"]) == 4


def test_a_member_can_be_the_baseline(fake, benchmark):
    retrievers = {"new": fake("dense"), "old": fake("dense", 8)}
    results, _ = evaluate(retrievers, "b", benchmark, ["R@1"], language=Plain(), baselines=["old"], seed=1)
    assert [(r.member, r.reference, r.baseline) for r in results] == [
        ("new", "old", False),
        ("old", None, True),
    ]


def test_bm25_ranks_by_the_analyzer():
    passages = [Passage("a", "old RIVER"), Passage("b", "bread"), Passage("c", "text", "Bread and salt")]
    run = rank_bm25(Plain(), [Query("1", "river"), Query("2", "bread"), Query("3", "glass")], passages, 5)
    assert list(run) == ["1", "2", "3"]
    assert list(run["1"]) == ["a"]
    assert set(run["2"]) == {"b", "c"}
    assert list(run["2"].values()) == sorted(run["2"].values(), reverse=True)
    assert run["3"] == {}


def test_judged_says_how_much_of_the_top_is_known(benchmark):
    half = {f"q{i}": {f"p{i}": 2.0, f"p{(i + 1) % 10}": 1.0} for i in range(10)}
    results = evaluate_runs({"half": half, "none": {}}, "bench", benchmark, METRICS, None, 1)
    assert {(r.member, r.judged) for r in results} == {("half", 0.5), ("none", 0.0)}


def test_lexical_baselines_and_fusion_stand_beside_a_member(benchmark):
    class Blind:
        head = "dense"

        def encode(self, texts, kind, **_):
            return np.ones((len(texts), 2), dtype=np.float32)

    results, _ = evaluate(
        {"blind": Blind()}, "bench", benchmark, METRICS, language=Plain(), seed=1,
        baselines=["bm25", "bag_of_words"], fusion=True,
    )  # fmt: skip
    first = {r.member: r for r in results if r.metric == "nDCG@10"}
    assert list(first) == ["blind", "bm25", "bag_of_words", "blind+bm25"]
    assert [r.search for r in first.values()] == ["exact", "bm25", "bag_of_words", "fused"]
    assert not first["blind+bm25"].baseline and first["bag_of_words"].baseline
    assert first["blind"].value < first["blind+bm25"].value <= first["bm25"].value


def test_queries_that_training_has_seen_are_counted_and_measured_apart(benchmark):
    qrels = [q.id for q in benchmark.kept_queries()]
    run = {"mine": {q: dict.fromkeys(benchmark.positives().get(q, [])[:1], 1.0) for q in qrels}}
    first, second = [q for q in qrels if q in benchmark.positives()][:2]
    leaked = {first: "near_question", second: "passage", "not-in-the-benchmark": "question"}
    (one,) = evaluate_runs(run, "b", benchmark, ["R@1"], None, 1, leaked=leaked)
    assert one.leaked == {"question": 0, "near_question": 1, "passage": 1, "near_passage": 0}
    assert one.seen == 2
    parts = {part.slice: part.n for part in one.parts}
    assert parts == {"leakage:question": 1, "leakage:passage": 1, "leakage:clean": one.n - 2}

    (none,) = evaluate_runs(run, "b", benchmark, ["R@1"], None, 1, leaked={})
    assert (none.seen, none.parts, none.clean) == (0, [], None) and none.leaked is not None
    (unknown,) = evaluate_runs(run, "b", benchmark, ["R@1"], None, 1)
    assert unknown.leaked is None


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_every_text_is_encoded_once_for_all_metrics_and_slices(fake, benchmark, head):
    retriever = fake(head)
    metrics = ["nDCG@10", "RR@10", "R@1", "R@100", "AP@10"]
    evaluate({"m": retriever}, "b", benchmark, metrics, language=Plain(), slices=["domain:x"], seed=1)
    assert len(retriever.encoded) == len(set(retriever.encoded))


def test_a_benchmark_without_passages_is_an_error(fake):
    gone = Collection.from_records([Query("q", "bread"), Judgement("q", "gone")])
    with pytest.raises(DataError, match="benchmark b: there is no passage"):
        evaluate({"m": fake("dense")}, "b", gone, ["nDCG@10"], language=Plain(), seed=1)
