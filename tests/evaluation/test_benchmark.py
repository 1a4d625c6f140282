from __future__ import annotations

import json
from dataclasses import replace

import pytest

from langret.errors import DataError
from langret.evaluation import load_benchmark
from langret.evaluation.benchmark import find_benchmark
from langret.language import CatalogueEntry, Language
from langret.recipe.schema import BenchmarkSource, Source

ENTRY = CatalogueEntry("quiz", "benchmark", "someone/quiz", "beir", "MIT")


class Small(Language):
    """A language that lower-cases."""

    code, name, script = "xx", "Small", "Latn"
    version = "1"
    catalogue = (
        ENTRY,
        replace(ENTRY, name="odd", format="the publisher's own XML", url="https://example.org/odd"),
        replace(ENTRY, name="train-set", role="train"),
    )

    def normalize(self, text: str) -> str:
        return text.lower()

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


def write_beir(folder, qrels: str) -> None:
    (folder / "qrels").mkdir(parents=True)
    passages = [{"_id": "a", "title": "T", "text": "A"}, {"_id": "b", "title": "", "text": "Long passage B"}]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(p) + "\n" for p in passages))
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "1", "text": "Which B?"}) + "\n")
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}")


def test_a_beir_folder_is_normalised_and_kept_as_published(tmp_path):
    write_beir(tmp_path / "bench", "1\tb\t2\n1\ta\t0\n")
    for benchmark, base in (
        (tmp_path / "bench", None),
        ("bench", tmp_path),
        (Source(path="bench", format="beir"), tmp_path),
    ):
        collection = load_benchmark(benchmark, Small(), base)
        assert [p.id for p in collection.kept_passages()] == ["a", "b"]
        assert [q.text for q in collection.kept_queries()] == ["which b?"]
        assert collection.positives() == {"1": ["b"]}


def test_a_folder_with_splits_is_measured_on_test(tmp_path):
    write_beir(tmp_path / "bench", "1\tb\t1\n")
    (tmp_path / "bench" / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n")
    assert load_benchmark("bench", Small(), tmp_path).positives() == {"1": ["b"]}


def test_a_folder_that_is_no_benchmark(tmp_path):
    write_beir(tmp_path / "bench", "1\ta\t0\n")
    with pytest.raises(DataError, match="not a benchmark: 2 passages and 1 queries"):
        load_benchmark("bench", Small(), tmp_path)


def test_names(tmp_path):
    assert find_benchmark("quiz", Small()) == BenchmarkSource(name="quiz", hub="someone/quiz", format="beir")
    assert find_benchmark("who/what", Small()) == BenchmarkSource(name="what", hub="who/what")
    (tmp_path / "quiz").mkdir()
    assert find_benchmark("quiz", Small(), tmp_path) == BenchmarkSource(name="quiz", path="quiz")
    for name, called in (("評価", "benchmark"), ("_.評価-x y", "xy"), ("a" * 80, "a" * 64)):
        (tmp_path / name).mkdir()
        assert find_benchmark(name, Small(), tmp_path).name == called
    with pytest.raises(DataError, match=r'"quizz".*Did you mean "quiz"'):
        find_benchmark("quizz", Small())
    with pytest.raises(DataError, match=r"publisher's own XML.*https://example\.org/odd"):
        find_benchmark("odd", Small())
    with pytest.raises(DataError, match='"train-set"'):
        find_benchmark("train-set", Small())
    with pytest.raises(DataError, match="missing"):
        find_benchmark("./missing", Small())
