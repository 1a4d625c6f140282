"""Long documents as benchmarks: one for each length, read as far as each model can, and what was cut said."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from langret.data import read_source
from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import DataError, RecipeError
from langret.evaluation import evaluate, load_benchmark, slice_means
from langret.evaluation.benchmark import find_benchmark
from langret.language import get_language
from langret.recipe.schema import BenchmarkSource, Evaluation
from langret.report import results_table
from langret.report.table import cut_lines


def test_a_length_is_a_benchmark_and_expanding_twice_is_once():
    asked = {"name": "keys", "long": "passkey", "lengths": [1024, 256], "slices": ["domain:law"]}
    found = Evaluation.model_validate({"benchmarks": [asked]})
    assert [(b.name, b.lengths, b.slices) for b in found.benchmarks] == [
        ("keys-256", [256], ["domain:law", "length:256"]),
        ("keys-1024", [1024], ["domain:law", "length:1024"]),
    ]
    assert Evaluation.model_validate(found.model_dump()) == found
    lengths = [b.lengths[0] for b in BenchmarkSource(name="n", long="needle").by_length()]
    assert lengths == [2**n for n in range(8, 16)]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"path": "x", "lengths": [256]}, "lengths go with long"),
        ({"long": "passkey", "lengths": [256, 256]}, "a length twice"),
        ({"long": "passkey", "path": "x"}, "exactly one of path, hub, world, long"),
        ({"long": "haystack"}, "'passkey' or 'needle'"),
        ({"long": "needle", "lengths": [4]}, "greater than or equal to 16"),
        ({"path": "x.jsonl", "format": "jsonl", "whole": True}, "whole: true belongs to a folder"),
        ({"path": "x", "passage_tokens": "all"}, "longest"),
    ],
)
def test_what_no_source_can_mean_is_refused(asked, message):
    with pytest.raises(ValidationError, match=message):
        BenchmarkSource(name="b", **asked)


def test_a_name_stands_for_generated_documents():
    english = get_language("en")
    found = load_benchmark("needle-128", english)
    assert (found.passages.num_rows, found.queries.num_rows) == (100, 50)
    assert find_benchmark("passkey", english).by_length()[-1].name == "passkey-32768"
    with pytest.raises(RecipeError, match="one length are read at a time"):
        load_benchmark("passkey", english)
    with pytest.raises(DataError, match=r"Did you mean.*needle"):
        find_benchmark("needles", english)


def test_who_reads_how_far():
    plain, long = BenchmarkSource(name="a", path="x"), BenchmarkSource(name="b", long="passkey")
    whole, own = (
        BenchmarkSource(name="c", path="x", whole=True),
        BenchmarkSource(name="d", path="x", passage_tokens=300),
    )
    assert [s.reads for s in (plain, long, whole, own)] == [None, "longest", "longest", 300]


@pytest.fixture
def benchmark():
    passages = [Passage("p1", "abc " * 20), Passage("p2", "xyz"), Passage("p3", "abz " * 9)]
    return Collection.from_records([*passages, Query("q1", "abc"), Judgement("q1", "p1")])


def test_results_count_what_was_cut(fake, benchmark):
    reader = fake("dense")
    reader.cut = lambda texts: sum(len(text) > 30 for text in texts)
    results, _ = evaluate(
        {"short": reader, "whole": fake("dense")},
        "b",
        benchmark,
        ["R@1", "RR@10"],
        language=get_language("en"),
        seed=1,
    )
    assert {r.member: r.cut for r in results} == {"short": 2, "whole": None, "bm25": None}
    (line,) = cut_lines(results)
    assert line == "short read only the beginning of some passages: 2 of 3 on b"
    assert line in str(results_table(results).caption)


def test_lengths_stand_by_size(fake, benchmark):
    results = []
    for length in (32768, 256, 1024, 2048):
        found, _ = evaluate(
            {"m": fake("dense")},
            f"b-{length}",
            benchmark,
            ["R@1"],
            language=get_language("en"),
            slices=[f"length:{length}", "domain:law"],
            seed=1,
        )
        results += found
    named = [mean.slice for mean in slice_means(results) if not mean.slice.startswith("question")]
    assert named == ["", "domain:law", "length:256", "length:1024", "length:2048", "length:32768"]


def test_a_whole_document_is_one_passage_and_its_title_the_query(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: The harbour\n---\n# The harbour\n\nBoats lie here.\n\n## Fees\n\nTen crowns.\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text("Storks\n\nThey come in spring.\n\nThey leave in autumn.\n", "utf-8")
    (tmp_path / "c.md").write_text("No title, only text.\n", "utf-8")
    found = read_source(
        BenchmarkSource(name="w", path=str(tmp_path), whole=True),
        base=tmp_path,
        language=get_language("en"),
        seed=1,
    )
    texts = {p.id: (p.title, p.text) for p in found.kept_passages()}
    assert texts == {
        "a.md": ("", "Boats lie here.\n\nFees\n\nTen crowns."),
        "b.txt": ("", "They come in spring.\n\nThey leave in autumn."),
        "c.md": ("", "No title, only text."),
    }
    asked = {q.id: q.text for q in found.kept_queries()}
    answers = {asked[q]: p for q, p in found.positives().items()}
    assert answers == {"The harbour": ["a.md"], "Storks": ["b.txt"]}


def test_whole_is_for_folders_alone(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"query": "q", "positive": "p"}\n', "utf-8")
    with pytest.raises(RecipeError, match="whole: true"):
        read_source(
            BenchmarkSource(name="w", path=str(tmp_path / "a.jsonl"), whole=True),
            base=tmp_path,
            language=get_language("en"),
            seed=1,
        )


def test_the_documentation_as_whole_articles(langret_data):
    folder = langret_data / "ar" / "d365_docs"
    found = load_benchmark(BenchmarkSource(name="erp", path=str(folder), whole=True), get_language("ar"))
    assert found.passages.num_rows > 600
    lengths = sorted(len(p.text) for p in found.kept_passages())
    assert lengths[len(lengths) // 2] > 2000
