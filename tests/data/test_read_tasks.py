"""Examples of tasks in the publishers' shapes, and what is wrong with them said row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from langret.data import read_source
from langret.data.readers.tasks import read_task
from langret.data.task_cleaning import clean_task
from langret.data.tasks import TaskData
from langret.errors import DataError, RecipeError
from langret.language import get_language
from langret.recipe.schema import BenchmarkSource

EN = get_language("en")


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path, task: str, **rest: Any) -> TaskData:
    source = BenchmarkSource(name="own", task=task, path=str(path), **rest)
    return read_task(source, base=path.parent, language=EN, seed=5)


def values(data: TaskData, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in data.examples()]


def rejected(data: TaskData) -> list[tuple[str, str]]:
    return [(row["where"].rpartition("/")[2], row["reason"]) for row in data.rejected.to_pylist()]


def test_sentences_with_a_score(tmp_path):
    path = tmp_path / "sts.csv"
    path.write_text(
        "sentence1,sentence2,score\na dog,a cat,2.5\nrain,snow,nan\nsun,moon,\nsea,lake,4\n", "utf-8"
    )
    data = read(path, "sts")
    assert values(data, "first", "second", "gold") == [("a dog", "a cat", 2.5), ("sea", "lake", 4.0)]
    assert rejected(data) == [("sts.csv:3", "bad_score"), ("sts.csv:4", "bad_score")]
    assert data.funnel()["rejected"] == {"in": 2, "kept": 0, "bad_score": 2}


def test_columns_of_other_names_are_named_or_found(tmp_path):
    path = lines(tmp_path / "x.jsonl", [{"a": "one", "b": "two", "grade": 3}])
    with pytest.raises(DataError, match=r"No column holds the sentence1.*Columns found: a, b, grade"):
        read(path, "sts")
    given = read(path, "sts", columns={"sentence1": "a", "sentence2": "b", "score": "grade"})
    assert values(given, "first", "gold") == [("one", 3.0)]
    with pytest.raises(RecipeError, match=r"no part 'scor'.*Did you mean .score"):
        read(path, "sts", columns={"scor": "grade"})


def test_labels_of_pairs(tmp_path):
    rows = [{"sent1": "a", "sent2": "b", "labels": label} for label in (1, 0, True, "0", None)]
    data = read(lines(tmp_path / "p.jsonl", rows), "pair-classification")
    assert [gold for (gold,) in values(data, "gold")] == [1.0, 0.0, 1.0, 0.0]
    assert rejected(data) == [("p.jsonl:5", "missing_label")]


def test_three_labels_are_never_read_as_two(tmp_path):
    rows = [{"premise": "a", "hypothesis": "b", "label": label} for label in (0, 1, 2, 0)]
    path = lines(tmp_path / "nli.jsonl", rows)
    with pytest.raises(DataError, match=r"nli.jsonl:3: Column label holds the label '2'.*labels: "):
        read(path, "pair-classification")
    data = read(path, "pair-classification", labels={"0": 1, "2": 0})
    assert [gold for (gold,) in values(data, "gold")] == [1.0, 0.0, 1.0]
    assert rejected(data) == [("nli.jsonl:2", "other_label")]


def test_a_whole_split_in_one_row_of_lists(tmp_path):
    row = {"sentence1": ["a", "b", "c"], "sentence2": ["d", "e", "f"], "labels": [1, 0, 1]}
    data = read(lines(tmp_path / "p.jsonl", [row]), "pair-classification")
    assert values(data, "first", "second", "gold") == [("a", "d", 1.0), ("b", "e", 0.0), ("c", "f", 1.0)]
    assert [i for (i,) in values(data, "id")] == ["0", "1", "2"]


def test_lists_of_unequal_length_are_not_cut(tmp_path):
    rows = [
        {"sentences": ["a", "b"], "labels": ["x", "y"]},
        {"sentences": ["c", "d"], "labels": ["x"]},
        {"sentences": ["e", "f"], "labels": ["x", "y"]},
    ]
    data = read(lines(tmp_path / "c.jsonl", rows), "clustering")
    assert [text for (text,) in values(data, "text")] == ["a", "b", "e", "f"]
    assert len({group for (group,) in values(data, "group")}) == 2
    assert rejected(data) == [("c.jsonl:2", "unequal_lengths")]


def test_clusters_with_levels_of_labels(tmp_path):
    rows = [
        {"sentences": "a", "labels": ["x", "x1"]},
        {"sentences": "b", "labels": 3},
        {"sentences": "c", "labels": []},
    ]
    data = read(lines(tmp_path / "c.jsonl", rows), "clustering")
    assert values(data, "text", "group", "labels") == [("a", "", ["x", "x1"]), ("b", "", ["3"])]
    assert rejected(data) == [("c.jsonl:3", "missing_label")]


def test_training_samples_are_those_of_the_publisher(tmp_path):
    lines(tmp_path / "set" / "train.jsonl", [{"text": f"t{i}", "label": i % 2} for i in range(6)])
    lines(tmp_path / "set" / "test.jsonl", [{"text": f"e{i}", "label": i % 2} for i in range(4)])
    data = read(tmp_path / "set", "classification", limit=3)
    split = {row["text"]: row["split"] for row in data.examples()}
    assert sorted(t for t, s in split.items() if s == "train") == [f"t{i}" for i in range(6)]
    assert sum(s == "test" for s in split.values()) == 3


def test_or_they_are_drawn(tmp_path):
    path = lines(tmp_path / "all.jsonl", [{"text": f"t{i}", "label": i % 2} for i in range(20)])
    one, again = read(path, "classification"), read(path, "classification")
    assert one.table.equals(again.table)
    assert [s for (s,) in values(one, "split")].count("train") == 10


def test_a_column_may_say_the_split(tmp_path):
    rows = [{"text": f"t{i}", "label": i % 2, "split": "train" if i < 3 else "test"} for i in range(5)]
    data = read(lines(tmp_path / "all.jsonl", rows), "classification")
    assert [s for (s,) in values(data, "split")] == ["train"] * 3 + ["test"] * 2


def test_folders_are_the_labels_of_documents(tmp_path):
    for name, text in (
        ("tax/a.md", "# A\n\none\n\n## B\n\ntwo\n"),
        ("law/x/b.md", "# C\n\nthree\n"),
        ("top.md", "# D\n\nfour\n"),
    ):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    data = read(tmp_path / "docs", "clustering")
    found = {row["id"]: (row["labels"], row["text"]) for row in data.examples()}
    assert found["law/x/b.md"][0] == ["law", "x"]
    # a document is one text, so that no part of it is in training while another is tested
    assert found["tax/a.md"][0] == ["tax"] and "one" in found["tax/a.md"][1] and "two" in found["tax/a.md"][1]
    assert rejected(data) == [("top.md", "missing_label")]


def test_parallel_text_is_bitext(tmp_path):
    (tmp_path / "a").write_text("Hund\nKatze\nHund\n", encoding="utf-8")
    (tmp_path / "b").write_text("dog\ncat\nhound\n", encoding="utf-8")
    data = read(tmp_path, "bitext-mining", format="parallel", files={"queries": "a", "passages": "b"})
    assert values(data, "first", "second") == [("Hund", "dog"), ("Katze", "cat"), ("Hund", "hound")]


def test_judged_passages_are_pairs(tmp_path):
    rows = [{"query": "q1", "positive": "p1", "negatives": ["n1", "n2"]}, {"query": "q2", "positive": "p2"}]
    path = lines(tmp_path / "rows.jsonl", rows)
    data = read(path, "pair-classification")
    assert values(data, "first", "second", "gold") == [
        ("q1", "p1", 1.0), ("q1", "n1", 0.0), ("q1", "n2", 0.0), ("q2", "p2", 1.0),
    ]  # fmt: skip
    assert len(read(path, "bitext-mining").examples()) == 2


def test_pairs_that_are_not_alike_are_drawn_where_none_are_given(tmp_path):
    path = lines(tmp_path / "rows.jsonl", [{"query": f"q{i % 3}", "positive": f"p{i}"} for i in range(6)])
    data = read(path, "pair-classification")
    alike = {(a, b) for a, b, gold in values(data, "first", "second", "gold") if gold}
    other = {(a, b) for a, b, gold in values(data, "first", "second", "gold") if not gold}
    assert len(alike) == 6 and len(other) == 3 and not alike & other
    assert {a for a, _ in other} == {"q0", "q1", "q2"}


def test_summaries_of_both_shapes(tmp_path):
    rows = [
        {"text": "doc", "human_summaries": ["h"], "machine_summaries": ["m1", "m2"], "relevance": [1, 3]},
        {"text": "doc", "human_summaries": ["h"], "machine_summaries": ["m1", "m2"], "relevance": [1]},
        {
            "text": "doc",
            "human_summaries": ["h"],
            "machine_summaries": ["m1", "m2"],
            "relevance": [1, float("nan")],
        },
        {"text": "doc", "human_summaries": ["g"], "machine_summaries": ["m1", "m2"], "relevance": [2, 3]},
    ]
    data = read(lines(tmp_path / "s.jsonl", rows), "summarization")
    assert values(data, "references", "scores") == [(["h"], [1.0, 3.0]), (["g"], [2.0, 3.0])]
    assert rejected(data) == [("s.jsonl:2", "unequal_lengths"), ("s.jsonl:3", "bad_score")]
    flat = read(lines(tmp_path / "f.jsonl", [{"text": "doc", "summary": "s", "score": 0.5}]), "summarization")
    assert values(flat, "references", "summaries", "scores") == [(["doc"], ["s"], [0.5])]


def test_what_holds_no_labels_is_refused(tmp_path):
    (tmp_path / "a").write_text("Hund\n", encoding="utf-8")
    (tmp_path / "b").write_text("dog\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"Read as parallel, it does not hold what task clustering needs.*text, label"
    ):
        read(tmp_path, "clustering", format="parallel", files={"queries": "a", "passages": "b"})


def test_candidates_of_reranking(tmp_path):
    folder = tmp_path / "beir"
    lines(folder / "corpus.jsonl", [{"_id": f"d{i}", "text": f"text {i}"} for i in range(5)])
    lines(folder / "queries.jsonl", [{"_id": "q", "text": "text"}])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td1\t1\n", encoding="utf-8")
    lines(folder / "top_ranked.jsonl", [{"query-id": "q", "corpus-ids": ["d1", "d3"]}])
    judged = {}
    for task in ("retrieval", "reranking"):
        source = BenchmarkSource(name="own", task=task, path=str(folder))
        data = read_source(source, base=tmp_path, language=EN, seed=5)
        judged[task] = {(j.passage_id, j.relevance) for j in data.kept_judgements()}
    assert judged == {"retrieval": {("d1", 1)}, "reranking": {("d1", 1), ("d3", 0)}}


def test_the_paragraphs_of_a_report_are_candidates(langret_data):
    source = BenchmarkSource(name="tatqa", task="reranking", path=str(langret_data / "en" / "tatqa"))
    data = read_source(source, base=Path(), language=EN, seed=5)
    grades = [j.relevance for j in data.kept_judgements()]
    assert grades.count(0) > 5000 and sum(grades) > 1600


def test_graded_judgements_of_abstracts(langret_data, tmp_path):
    """Cranfield's grades as similarity: 1 is a complete answer, 4 of minimum interest."""
    folder = langret_data / "en" / "cranfield"
    parts = {}
    for name, mark in (("cran.qry", "\n.W\n"), ("cran.all.1400", "\n.W\n")):
        blocks = (folder / name).read_text(encoding="utf-8", errors="replace").split("\n.I ")
        parts[name] = [block.partition(mark)[2].strip() for block in blocks]
    rows = []
    for line in (folder / "cranqrel").read_text(encoding="utf-8").splitlines():
        query, document, grade = map(int, line.split())
        if grade > 0:
            pair = {
                "sentence1": parts["cran.qry"][query - 1],
                "sentence2": parts["cran.all.1400"][document - 1],
            }
            rows.append({**pair, "score": 5 - grade})
    data = clean_task(read(lines(tmp_path / "cran.jsonl", rows), "sts"), EN, EN, name="cranfield")
    counts = data.funnel()["examples"]
    assert counts["in"] == len(rows) > 1600 and counts["kept"] + counts.get("empty_text", 0) == counts["in"]
    assert {gold for (gold,) in values(data, "gold")} == {1.0, 2.0, 3.0, 4.0}
