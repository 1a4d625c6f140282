"""A recipe with several tasks: what is planned, what comes out, and how the page and the terminal tell of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from rich.console import Console

from langret.cli.console import print_results
from langret.evaluation import read_not_measured, read_results, read_suites
from langret.pipeline.check import check_recipe
from langret.pipeline.plan import plan_recipe
from langret.pipeline.publish import RunResult
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe
from langret.report import compare_runs, open_run, write_report

THINGS = {"駅": "鉄道と電車", "寺": "仏像と鐘"}
TOWNS = [f"{a}{b}" for a in "青赤白黒金銀" for b in "木川浜"]


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def measured(encoders: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunResult]:
    """A recipe over small files whose baselines are two models, run."""
    folder = tmp_path_factory.mktemp("tasks")
    texts = [
        (f"{town}の{thing}は{about}で知られる。", thing) for town in TOWNS for thing, about in THINGS.items()
    ]
    write(folder / "labels.jsonl", [{"text": text, "label": label} for text, label in texts])
    pairs = [(texts[i][0], texts[(i * 5) % len(texts)]) for i in range(len(texts))]
    write(
        folder / "sts.jsonl",
        [{"sentence1": a, "sentence2": b, "score": i % 4} for i, (a, (b, _)) in enumerate(pairs)],
    )
    rows = [
        {
            "query": f"{t}の駅",
            "positive": f"{t}の駅は古い。",
            "negatives": [f"{t}の寺は新しい。", f"{t}の港。"],
        }
        for t in TOWNS
    ]
    write(folder / "rerank.jsonl", [*rows, {"query": "海", "positive": "海は青い。"}])
    recipe = {
        "name": "tasks",
        "language": "ja",
        "data": {"train": [{"path": "rerank.jsonl"}]},
        "members": [],
        "evaluation": {
            "metrics": ["nDCG@10"],
            "baselines": ["bm25", str(encoders.dense), str(encoders.colbert)],
            "benchmarks": [
                {"name": "retrieval", "path": "rerank.jsonl"},
                {"name": "rerank", "task": "reranking", "path": "rerank.jsonl"},
                {"name": "sts", "task": "sts", "path": "sts.jsonl"},
                {"name": "labels", "task": "classification", "path": "labels.jsonl", "shots": 3},
            ],
            "suites": [{"name": "all"}, {"name": "ranked", "benchmarks": ["retrieval", "rerank"]}],
        },
    }
    (folder / "tasks.yaml").write_text(yaml.safe_dump(recipe, allow_unicode=True), encoding="utf-8")
    return folder, run_recipe(load_recipe(folder / "tasks.yaml"), runs=folder / "runs")


def test_what_is_measured_and_what_is_not(measured):
    _, result = measured
    systems: dict[str, set[str]] = {}
    for one in result.results:
        systems.setdefault(one.benchmark, set()).add(one.member)
    everyone = {"bm25", "dense", "colbert"}
    assert systems == {
        "retrieval": everyone,
        "rerank": everyone,
        "sts": {"bag_of_words", "dense", "colbert"},
        "labels": {"bag_of_words", "dense"},
    }
    assert {(a.member, a.benchmark) for a in result.not_measured} == {
        ("bm25", "sts"), ("bm25", "labels"), ("colbert", "labels"),
    }  # fmt: skip
    # a query without another candidate leaves nothing to put in order
    assert {r.n for r in result.results if r.benchmark == "rerank"} == {len(TOWNS)}
    assert {r.n for r in result.results if r.benchmark == "retrieval"} == {len(TOWNS) + 1}


def test_the_file_says_so_too(measured):
    _, result = measured
    path = result.folder / "results.json"
    assert read_results(path) == result.results
    assert read_not_measured(path) == result.not_measured
    suites = read_suites(path)
    assert suites == result.suites
    values = {(s.suite, s.member): s.value for s in suites}
    assert values["all", "dense"] is not None and values["all", "colbert"] is values["all", "bm25"] is None
    assert values["ranked", "bm25"] is not None


def test_the_terminal_has_a_table_for_each_task(measured):
    _, result = measured
    text = io.StringIO()
    console = Console(file=text, width=110)
    print_results(console, result.results, result.not_measured, result.suites)
    shown = text.getvalue()
    for part in ("Spearman", "Accuracy", "suite all", "suite ranked", "sts: sts, 36 examples"):
        assert part in shown
    assert "colbert was not measured on labels: one vector a text is needed" in shown


def test_the_page_tells_of_every_task(measured):
    _, result = measured
    page = write_report(open_run(result.folder), shown=1).read_text(encoding="utf-8")
    for part in ("Suite all", "bm25 was not measured on sts, labels", "sts asks no queries", "36 examples"):
        assert part in page
    assert "AP of single queries" in page  # reranking, query by query
    assert "None" not in page.replace("None of", "")


def test_a_change_of_a_suite_asks_nobody_again(measured):
    folder, _ = measured
    loaded = load_recipe(folder / "tasks.yaml", ["evaluation.suites=[{name: other}]"])
    assert all(row.cached for row in plan_recipe(loaded, runs=folder / "runs").rows())
    again = run_recipe(loaded, runs=folder / "runs")
    assert {s.suite for s in read_suites(again.folder / "results.json")} == {"other"}


def test_runs_side_by_side_know_other_examples(measured):
    folder, result = measured
    rows = [json.loads(line) for line in (folder / "sts.jsonl").read_text(encoding="utf-8").splitlines()]
    write(folder / "sts2.jsonl", [{**row, "score": 3 - row["score"]} for row in rows])
    values = yaml.safe_load((folder / "tasks.yaml").read_text(encoding="utf-8"))
    values["evaluation"]["benchmarks"] = [values["evaluation"]["benchmarks"][2] | {"path": "sts2.jsonl"}]
    values["evaluation"] |= {"suites": [], "baselines": ["bag_of_words"]}
    (folder / "other.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    other = run_recipe(load_recipe(folder / "other.yaml"), runs=folder / "runs-2")
    found = compare_runs([open_run(result.folder), open_run(other.folder)])
    # the texts are the same and the scores are not
    assert any("sts is not the same text" in note for note in found.notes)


def test_check_finds_what_cannot_be_measured(measured):
    folder, _ = measured
    write(folder / "flat.jsonl", [{"sentence1": "青い駅", "sentence2": "赤い駅", "score": 1}] * 3)
    change = f"evaluation.benchmarks=[{{name: flat, task: sts, path: {folder / 'flat.jsonl'}}}]"
    loaded = load_recipe(folder / "tasks.yaml", [change, "evaluation.suites=[]"])
    (problem,) = check_recipe(loaded, runs=folder / "runs-3")
    assert problem.where == "benchmark flat" and "All 3 pairs have the same score" in problem.message


def test_training_text_is_compared_with_the_texts_of_tasks(measured):
    folder, _ = measured
    rows = [json.loads(line) for line in (folder / "sts.jsonl").read_text(encoding="utf-8").splitlines()]
    write(
        folder / "leaky.jsonl",
        [{"query": rows[i]["sentence1"], "positive": f"答えは{i}です。" * 3} for i in range(4)],
    )
    change = [f"data.train=[{{path: {folder / 'leaky.jsonl'}}}]", "members=[{head: dense, name: mine}]"]
    loaded = load_recipe(folder / "tasks.yaml", change)
    check_recipe(loaded, runs=folder / "runs-4")
    plan = plan_recipe(loaded, runs=folder / "runs-4")
    summary = plan.store.load(plan.data).summary
    assert summary["leakage"]["sts"]["queries_shared"] == 4
