"""`langret evaluate`, `langret search`: languages, output for people and for programs."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from langret.cli.main import app
from langret.cli.models import find_benchmarks, hit_text, language_for
from langret.errors import LanguageError, ModelError
from langret.evaluation.search import Hit
from langret.evaluation.spans import Span

VOCABULARY = "都首山川港祭塔"


class Characters:
    """A dense retriever that counts a few characters."""

    name = "toy"
    head = "dense"
    dimension = len(VOCABULARY) + 1

    def encode(self, texts, kind, *, batch_size=32, progress=False):
        counts = np.array([[t.count(c) for c in VOCABULARY] + [0.1] for t in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def model(tmp_path, monkeypatch):
    """A model folder made by langret, and a loader that needs no weights."""
    from langret.language import get_language

    folder = tmp_path / "model"
    folder.mkdir()
    facts = {"language": "ja", "version": get_language("ja").version, "head": "dense"}
    (folder / "langret.json").write_text(json.dumps(facts))
    monkeypatch.setattr("langret.modeling.load_model", lambda path, **lengths: Characters())
    return folder


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in (
        ("a", "この国の首都は山の上にある。"),
        ("b", "港では夏に祭がある。"),
        ("c", "塔は川のそばに立つ。"),
    ):
        (folder / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def benchmark_folder(tmp_path):
    folder = tmp_path / "bench"
    (folder / "qrels").mkdir(parents=True)
    texts = ["首都は山の上にある", "港では夏に祭がある", "塔は川のそばに立つ"]
    queries = ["首都はどこ", "祭はいつ", "塔はどこ"]

    def lines(rows):
        return "".join(json.dumps({"_id": i, "text": t}, ensure_ascii=False) + "\n" for i, t in rows)

    (folder / "corpus.jsonl").write_text(lines((f"p{i}", t) for i, t in enumerate(texts)), encoding="utf-8")
    (folder / "queries.jsonl").write_text(
        lines((f"q{i}", t) for i, t in enumerate(queries)), encoding="utf-8"
    )
    rows = "".join(f"q{i}\tp{i}\t1\n" for i in range(3))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows)
    return folder


def invoke(*args):
    return CliRunner().invoke(app, list(map(str, args)))


def test_search_prints_ranked_passages(model, documents):
    done = invoke("search", model, "--documents", documents, "祭はいつ", "-k", "2")
    assert done.exit_code == 0, done.output
    first, second = done.stdout.index("  1. "), done.stdout.index("  2. ")
    assert first < done.stdout.index("港では夏に祭がある") < second
    assert "2 of 3 passages" in done.stderr


def test_search_json(model, documents):
    done = invoke("search", model, "首都", "--documents", documents, "--json")
    found = json.loads(done.stdout)
    assert found["query"] == "首都" and found["passages"] == 3 and len(found["hits"]) == 3
    top = found["hits"][0]
    assert top["rank"] == 1 and "首都" in top["text"]
    assert {"start", "end", "weight"} == set(top["spans"][0])


def test_matching_parts_are_marked():
    text = hit_text(Hit(1, 0.5, "id", "abcdef", [Span(0, 2, 1.0), Span(3, 4, 0.4)]))
    marked = {text.plain[span.start : span.end]: str(span.style) for span in text.spans}
    assert marked["ab"] == "bold green underline" and marked["d"] == "bold green"


def test_an_empty_query_and_missing_documents_are_mistakes(model, documents, tmp_path):
    assert invoke("search", model, " ", "--documents", documents).exit_code == 2
    done = invoke("search", model, "首都", "--documents", tmp_path / "nothing")
    assert done.exit_code == 2 and "nothing" in done.stderr


def test_evaluate_json_has_the_schema_of_results(model, benchmark_folder, tmp_path):
    done = invoke(
        "evaluate",
        model,
        "--benchmark",
        benchmark_folder,
        "--json",
        "--metrics",
        "R@1,RR@10",
        "--metrics",
        "nDCG@10",
    )
    assert done.exit_code == 0, done.output
    (tmp_path / "results.json").write_text(done.stdout, encoding="utf-8")
    from langret.evaluation import read_results

    results = {(r.member, r.metric): r for r in read_results(tmp_path / "results.json")}
    assert {m for _, m in results} == {"R@1", "RR@10", "nDCG@10"}
    assert results["model", "R@1"].value == 1.0 and results["model", "R@1"].reference == "bm25"
    assert results["bm25", "R@1"].baseline and results["bm25", "R@1"].n == 3


def test_evaluate_prints_a_table(model, benchmark_folder):
    done = invoke("evaluate", model, "--benchmark", benchmark_folder, "--baseline", "none")
    assert done.exit_code == 0, done.output
    rows = [
        line.strip("│ ").split("│")[0].strip() for line in done.stdout.splitlines() if line.startswith("│")
    ]
    assert rows[0] == "model" and "bm25" not in done.stdout and "3 queries" in done.stdout


def test_evaluate_asks_other_tasks(model, tmp_path):
    rows = [("首都は山の上", "首都は山", 3), ("港の祭", "夏の港", 2), ("山", "海", 0)]
    lines = [json.dumps(dict(zip(("sentence1", "sentence2", "score"), row, strict=True))) for row in rows]
    (tmp_path / "sts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = invoke("evaluate", model, "--benchmark", tmp_path / "sts.jsonl", "--task", "sts")
    assert done.exit_code == 0, done.output
    assert "Spearman" in done.stdout and "sts, 3 examples" in done.stdout
    assert "bag_of_words" in done.stdout and "bm25 was not measured on sts.jsonl" in done.stdout
    found = json.loads(
        invoke("evaluate", model, "--benchmark", tmp_path / "sts.jsonl", "--task", "sts", "--json").stdout
    )
    assert [r["task"] for r in found["results"]] == ["sts", "sts"]
    assert [(a["member"], a["task"]) for a in found["not_measured"]] == [("bm25", "sts")]


def test_a_task_that_is_none_or_not_asked_for_here(model, suite, tmp_path):
    done = invoke("evaluate", model, "--benchmark", tmp_path, "--task", "cluster")
    assert done.exit_code == 2 and 'no task "cluster". Did you mean "clustering"?' in done.stderr
    done = invoke("evaluate", model, "--benchmark", suite, "--task", "sts")
    assert done.exit_code == 2 and "A recipe names the task of each" in done.stderr


RECIPE = """
name: suite
language: ja
data: {train: [{path: nothing-that-is-read.jsonl}]}
evaluation:
  metrics: [R@1]
  benchmarks:
    - {name: towns, path: bench, slices: ["domain:law"]}
    - name: crossed
      path: .
      format: parallel
      files: {queries: ask, passages: tell}
      query_language: en
      slices: ["cross-lingual:en"]
"""


@pytest.fixture
def suite(benchmark_folder, tmp_path):
    (tmp_path / "ask").write_text("a hill\nthe harbour\n", encoding="utf-8")
    (tmp_path / "tell").write_text("首都は山の上にある\n港では夏に祭がある\n", encoding="utf-8")
    (tmp_path / "suite.yaml").write_text(RECIPE, encoding="utf-8")
    return tmp_path / "suite.yaml"


def test_a_recipe_is_all_its_benchmarks(model, suite, tmp_path):
    done = invoke("evaluate", model, "--benchmark", suite, "--json")
    assert done.exit_code == 0, done.output
    (tmp_path / "results.json").write_text(done.stdout, encoding="utf-8")
    from langret.evaluation import read_results

    results = {(r.benchmark, r.member): r for r in read_results(tmp_path / "results.json")}
    assert set(results) == {(b, m) for b in ("towns", "crossed") for m in ("model", "bm25")}
    assert {r.metric for r in results.values()} == {"R@1"}, "the recipe's metrics"
    assert results["towns", "model"].slices == ["domain:law"]
    crossed = results["crossed", "bm25"]
    assert (crossed.slices, crossed.n, crossed.passages, crossed.value) == (["cross-lingual:en"], 2, 2, 0.0)
    # the questions of the towns are Japanese ones; titles in English are none
    assert {p.slice for p in results["towns", "model"].parts} == {"question:when", "question:where"}
    assert not crossed.parts

    shown = invoke("evaluate", model, "--benchmark", suite)
    assert "2 benchmarks" in shown.stdout and "R@1 by slice" in shown.stdout
    assert "cross-lingual:en" in shown.stdout and "question:where" in shown.stdout


def test_the_lock_of_a_recipe_is_honoured(model, suite):
    text = RECIPE.replace("path: bench,", "hub: someone/towns,")
    suite.write_text(text, encoding="utf-8")
    commit = "0123456789" * 4
    suite.with_name("suite.lock.yaml").write_text(
        f'datasets: {{someone/towns: "{commit}"}}\n', encoding="utf-8"
    )
    found = find_benchmarks(str(model), str(suite), None)
    assert [source.revision for _, source in found.benchmarks] == [commit, None]


def test_a_recipe_that_cannot_be_measured_on(model, suite, tmp_path):
    done = invoke("evaluate", model, "--benchmark", suite, "--language", "fi")
    assert done.exit_code == 2 and 'The recipe is in "ja"' in done.stderr
    text = RECIPE.split("evaluation:")[0]
    (tmp_path / "bare.yaml").write_text(text, encoding="utf-8")
    done = invoke("evaluate", model, "--benchmark", tmp_path / "bare.yaml")
    assert done.exit_code == 2 and "names no benchmark" in done.stderr
    assert invoke("evaluate", model, "--benchmark", tmp_path / "none.yaml").exit_code == 2


def test_an_unknown_metric_is_found_before_anything_is_loaded(model, tmp_path):
    done = invoke("evaluate", model, "--benchmark", tmp_path / "nothing", "--metrics", "nDGC@10")
    assert done.exit_code == 2 and "nDGC@10" in done.stderr


def test_a_model_of_unknown_origin_needs_a_language(tmp_path, documents):
    other = tmp_path / "other"
    other.mkdir()
    done = invoke("search", other, "首都", "--documents", documents)
    assert done.exit_code == 2 and "--language" in done.stderr and "ja" in done.stderr
    assert invoke("search", other, "首都", "--documents", documents, "--language", "ja").exit_code == 0


def test_languages_must_agree(model):
    assert language_for(str(model), None).code == language_for(str(model), "ja").code == "ja"
    with pytest.raises(LanguageError, match="made for"):
        language_for(str(model), "fi")
    (model / "langret.json").write_text("{")
    with pytest.raises(ModelError):
        language_for(str(model), None)


def test_mteb_lists_the_tasks_of_the_models_language(model):
    pytest.importorskip("mteb", reason="mteb needs Python 3.11 and the extra [mteb]")
    found = json.loads(CliRunner().invoke(app, ["mteb", str(model), "--json"]).stdout)
    assert {"task": "JaQuADRetrieval", "type": "Retrieval", "metric": "ndcg_at_10"} in found
    assert {"STS", "Classification"} <= {row["type"] for row in found}  # a dense model does more than search


def test_export_names_a_wrong_form(model, tmp_path):
    done = CliRunner().invoke(app, ["export", str(model), "--to", "onx", "--output", str(tmp_path / "out")])
    assert done.exit_code == 2 and 'Did you mean "onnx"' in done.stderr
