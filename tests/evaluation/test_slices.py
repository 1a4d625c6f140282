"""Slices of benchmarks and of queries, means over them, and questions in another language than the passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import clean, read_source
from langret.data.records import Collection, Judgement, Passage, Query
from langret.evaluation import (
    Result,
    SliceResult,
    benchmark_slices,
    evaluate,
    evaluate_runs,
    load_benchmark,
    question_slices,
    rank_bm25,
    slice_means,
)
from langret.language import CatalogueEntry, Language, get_language
from langret.recipe.schema import BenchmarkSource, Filters


class Plain(Language):
    """Words between spaces; who and when are told apart."""

    code, name, script = "xx", "Plain", "Latn"
    version = "1"
    questions = {"who": " who ", "when": " when | which year ", "what": " which "}  # noqa: RUF012
    catalogue = (
        CatalogueEntry("quiz", "benchmark", "a/quiz", "beir", "MIT", 1, slices=("domain:law", "dialect:yy")),
        CatalogueEntry("pairs", "train", "a/pairs", "jsonl", "MIT", 1, slices=("domain:news",)),
    )

    def normalize(self, text: str) -> str:
        return text.replace("æ", "ae").lower()

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


class Silent(Plain):
    """A language that tells no questions apart."""

    code = "yy"
    questions = {}  # noqa: RUF012


def source(name: str, **more: Any) -> BenchmarkSource:
    return BenchmarkSource(name=name, path="x", **more)


def test_a_name_of_the_catalogue_brings_its_slices():
    assert benchmark_slices(source("quiz"), Plain()) == ["domain:law", "dialect:yy"]
    assert benchmark_slices(source("quiz", slices=["culture:Egypt"]), Plain()) == ["culture:Egypt"]
    assert benchmark_slices(source("quiz", slices=[]), Plain()) == []
    assert benchmark_slices(source("pairs"), Plain()) == [], "training data is no benchmark"
    assert benchmark_slices(source("mine"), Plain()) == []


def test_queries_are_sorted_by_what_they_ask_for():
    asked = ["who built it", "in which year was it built", "is it old", "which who is it", "when"]
    found = question_slices([Query(f"q{n}", text) for n, text in enumerate(asked)], Plain())
    assert found == {
        "question:who": ["q0"],
        "question:when": ["q1", "q4"],
        "question:what": ["q3"],
        "question:other": ["q2"],
    }
    assert list(found) == ["question:who", "question:when", "question:what", "question:other"]
    assert question_slices([Query("q", "who")], Silent()) == {}


def test_titles_are_no_questions():
    titles = [Query(f"t{n}", "a title") for n in range(5)]
    questions = [Query(f"q{n}", "who") for n in range(5)]
    assert question_slices([*titles, *questions], Plain()) == {}
    assert question_slices([*titles, *questions, Query("one more", "who")], Plain())["question:other"]
    assert question_slices([], Plain()) == {}


@pytest.fixture
def benchmark() -> Collection:
    asked = {"q0": "who a", "q1": "who b", "q2": "when c", "q3": "d"}
    return Collection.from_records(
        [
            *(Passage(f"p{n}", text.split()[-1]) for n, text in enumerate(asked.values())),
            *(Query(qid, text) for qid, text in asked.items()),
            Query("unanswered", "who"),
            *(Judgement(f"q{n}", f"p{n}") for n in range(4)),
        ]
    )


def test_results_say_what_the_benchmark_shows_and_what_each_part_is_worth(benchmark):
    parts = question_slices(benchmark.kept_queries(), Plain())
    runs = {"a": {"q0": {"p0": 1.0}, "q1": {"p0": 1.0}, "q2": {"p2": 1.0}}, "b": {}}
    a, b = evaluate_runs(runs, "bench", benchmark, ["R@1"], "b", 1, slices=["domain:law"], parts=parts)
    assert a.slices == b.slices == ["domain:law"]
    # what cannot be answered is in no part, and every other query is in one
    assert [(p.slice, p.value, p.n) for p in a.parts] == [
        ("question:who", 0.5, 2), ("question:when", 1.0, 1), ("question:other", 0.0, 1),
    ]  # fmt: skip
    assert a.value == pytest.approx(sum(p.value * p.n for p in a.parts) / sum(p.n for p in a.parts))
    who = a.parts[0]
    assert (who.low, who.high) == (0.0, 1.0)
    assert {p.value for p in b.parts} == {0.0}
    (plain,) = evaluate_runs({"a": {}}, "bench", benchmark, ["R@1"], None, 1)
    assert (plain.slices, plain.parts) == ([], [])


def test_evaluate_asks_the_language_of_the_queries(fake, benchmark):
    def parts(**languages: Any) -> list[str]:
        results, _ = evaluate(
            {"m": fake("dense")}, "b", benchmark, ["R@1"], seed=1, baselines=[], **languages
        )
        return [p.slice for p in results[0].parts]

    assert parts(language=Plain()) == ["question:who", "question:when", "question:other"]
    assert parts(language=Plain(), query_language=Silent()) == []
    assert parts(language=Silent(), query_language=Plain()) == [
        "question:who",
        "question:when",
        "question:other",
    ]


# Means


def result(
    benchmark: str, member: str, value: float, slices: Sequence[str] = (), metric: str = "R@1", **parts: Any
):
    made = [
        SliceResult(slice=f"question:{kind}", value=v, n=n, low=v - 0.1, high=v + 0.1)
        for kind, (v, n) in parts.items()
    ]
    return Result(
        member=member, benchmark=benchmark, metric=metric, value=value, n=10, low=value - 0.1, high=value + 0.1,
        slices=list(slices), parts=made,
    )  # fmt: skip


def test_each_benchmark_counts_once():
    means = slice_means(
        [
            result("one", "a", 0.8, ["dialect:arz", "domain:law"], who=(0.9, 3), other=(0.7, 7)),
            result("one", "b", 0.6, ["dialect:arz", "domain:law"], who=(0.5, 3), other=(0.7, 7)),
            result("two", "a", 0.2, ["domain:law"], who=(0.1, 8), what=(0.3, 2)),
            result("two", "b", 0.4, ["domain:law"], who=(0.3, 8), what=(0.5, 2)),
            result("three", "a", 0.5),
            result("one", "a", 0.1, ["dialect:arz"], metric="nDCG@10"),
        ]
    )
    rounded = [(m.slice, m.benchmarks, m.n, {s: round(v, 6) for s, v in m.values.items()}) for m in means]
    assert rounded == [
        ("", 3, 30, {"a": 0.5}),  # b was not measured on three: its mean would be of something else
        ("dialect:arz", 1, 10, {"a": 0.8, "b": 0.6}),
        ("domain:law", 2, 20, {"a": 0.5, "b": 0.5}),
        ("question:who", 2, 11, {"a": 0.5, "b": 0.4}),
        ("question:what", 1, 2, {"a": 0.3, "b": 0.5}),
        ("question:other", 1, 7, {"a": 0.7, "b": 0.7}),
    ]
    alone = {m.slice: m.intervals for m in means}
    assert alone["domain:law"] == {} and alone["dialect:arz"]["a"] == pytest.approx((0.7, 0.9))


def test_a_benchmark_of_one_kind_of_question_counts_as_a_whole():
    (_, who) = slice_means([result("one", "a", 0.8, ["question:who"], who=(0.9, 3))])
    assert (who.slice, who.n, who.values) == ("question:who", 10, {"a": 0.8})


def test_nothing_measured_has_no_means():
    assert slice_means([]) == []
    assert [m.slice for m in slice_means([result("one", "a", 0.5)], "nDCG@10")] == []


SLICES = st.sets(st.sampled_from(["dialect:p", "domain:q"]))
ROW = st.tuples(st.sampled_from("xyz"), st.sampled_from("ab"), st.floats(0, 1), SLICES)


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, max_size=10, unique_by=lambda row: row[:2]))
def test_means_are_means(rows):
    results = [result(benchmark, member, value, sorted(slices)) for benchmark, member, value, slices in rows]
    means = {m.slice: m for m in slice_means(results)}
    for name, mean in means.items():
        mine = [r for r in results if not name or name in r.slices]
        assert mean.benchmarks == len({r.benchmark for r in mine})
        for system, value in mean.values.items():
            own = [r.value for r in mine if r.member == system]
            assert len(own) == mean.benchmarks and value == pytest.approx(sum(own) / len(own))


# Another language's questions


def test_bm25_puts_queries_of_another_language_through_the_normaliser_of_the_passages():
    # as a language left it that keeps case and æ; the passages' analyzer expects neither
    run = rank_bm25(Plain(), [Query("q", "æTHER")], [Passage("p", "aether"), Passage("o", "other")])
    assert list(run["q"]) == ["p"]


class Dictionary:
    """A dense retriever that knows both languages by a list of sentences; it counts what it was given."""

    head = "dense"

    def __init__(self, pairs: dict[str, str]) -> None:
        self.place = {text: n for n, both in enumerate(pairs.items()) for text in both}
        self.vectors = np.eye(len(pairs), dtype=np.float32)

    def encode(self, texts: Sequence[str], kind: str, **_: Any) -> np.ndarray:
        return self.vectors[[self.place[text] for text in texts]]


def test_whoever_knows_both_languages_finds_every_translation(langret_data):
    ja, en = get_language("ja"), get_language("en")
    lines = [
        (langret_data / f"multi/tatoeba/tatoeba.jpn-eng.{code}").read_text(encoding="utf-8").splitlines()
        for code in ("jpn", "eng")
    ]
    knows = Dictionary({ja.normalize(a): en.normalize(b) for a, b in zip(*lines, strict=True)})
    benchmark = load_benchmark(
        BenchmarkSource(
            name="tatoeba",
            path=str(langret_data / "multi/tatoeba"),
            format="parallel",
            files={"queries": "tatoeba.jpn-eng.jpn", "passages": "tatoeba.jpn-eng.eng"},
        ),
        en,
        query_language=ja,
    )
    results, _ = evaluate(
        {"dictionary": knows}, "tatoeba", benchmark, ["R@1"], language=en, query_language=ja,
        slices=["cross-lingual:ja"], seed=1,
    )  # fmt: skip
    found, bm25 = results
    assert (found.value, found.n, found.passages, found.slices) == (1.0, 1000, 1000, ["cross-lingual:ja"])
    assert bm25.value < 0.02, "words of one language are not in the other"


def test_each_side_passes_the_normaliser_of_its_own_language(tmp_path: Path):
    # NFKC folds ｶﾞ for Japanese; English keeps m² as it is, where NFKC would write m2
    (tmp_path / "ja").write_text("ｶﾞﾗｽ 5 m²\n", encoding="utf-8")
    (tmp_path / "en").write_text("Glass, 5 m²\n", encoding="utf-8")
    given = BenchmarkSource(
        name="t", path=str(tmp_path), format="parallel", files={"queries": "ja", "passages": "en"}
    )
    made = load_benchmark(given, get_language("en"), query_language=get_language("ja"))
    assert [q.text for q in made.kept_queries()] == ["ガラス 5 m2"]
    assert [p.text for p in made.kept_passages()] == ["Glass, 5 m²"]
    raw = read_source(given, base=tmp_path, language=get_language("en"), seed=1)
    alone = clean(raw, get_language("en"), Filters(), role="benchmark")
    assert [q.text for q in alone.kept_queries()] == ["ｶﾞﾗｽ 5 m²"]
