from __future__ import annotations

import json

import pytest

from langret.errors import DataError


def squad(*questions, context="文脈。", title="題") -> dict:
    return {"data": [{"title": title, "paragraphs": [{"context": context, "qas": list(questions)}]}]}


def test_a_file_and_a_folder(write, read):
    write("train/a.json", json.dumps(squad({"id": 1, "question": "一?"}), indent=1))
    write("train/b.json", json.dumps(squad({"id": 2, "question": "二?"}, context="別の文脈。")))
    write("dev/c.json", json.dumps(squad({"id": 3, "question": "三?"})))
    assert read("train/a.json").queries["id"].to_pylist() == ["1"]
    assert read("train").queries["id"].to_pylist() == ["1", "2"]
    assert read(".").queries["id"].to_pylist() == ["1", "2"], "training data is taken from train"
    assert read(".", benchmark=True).queries["id"].to_pylist() == ["3"]
    assert read("train").passages["title"].to_pylist() == ["題", "題"]


def test_unanswerable_questions_have_no_positive(write, read):
    write(
        "a.json",
        json.dumps(squad({"id": 1, "question": "一?"}, {"id": 2, "question": "二?", "is_impossible": True})),
    )
    got = read("a.json")
    assert got.queries["reason"].to_pylist() == ["", "no_positive"]
    assert got.judgements.num_rows == 1


def test_plain_lists_of_paragraphs(write, read):
    write("cmrc.json", json.dumps([{
        "context_id": "C", "context_text": "文脈", "title": "題",
        "qas": [{"query_text": "何?", "query_id": "C_0", "answers": ["文"]}],
    }]))  # fmt: skip
    got = read("cmrc.json")
    assert got.passages["id"].to_pylist() == ["C"]
    assert got.queries["id"].to_pylist() == ["C_0"]
    assert got.passages["title"].to_pylist() == ["題"]


def test_broken_places_are_named(write, read):
    made = squad({"id": 1, "question": "一?"}, {"id": 2}, {"id": "", "question": "三?"}, "何")
    made["data"] += [
        {"title": "x", "paragraphs": [{"qas": []}, {"context": "c", "qas": [{"id": 9, "question": "九?"}]}]},
        5,
    ]
    path = write("a.json", json.dumps(made))
    got = read("a.json")
    assert [(r["where"].removeprefix(f"{path}: "), r["reason"]) for r in got.rejected.to_pylist()] == [
        ("article 1, paragraph 1, question 2", "bad_query"),
        ("article 1, paragraph 1, question 3", "missing_id"),
        ("article 1, paragraph 1, question 4", "bad_query"),
        ("article 2, paragraph 1", "no_context"),
        ("article 3", "not_an_object"),
    ]
    assert got.queries["id"].to_pylist() == ["1", "9"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"data": [', r"a\.json:1: The file is not JSON"),
        ('{"rows": []}', "Expected `data` to hold a list of articles, found a mapping of rows"),
        ('{"data": []}', "no paragraph with questions"),
        ("日本".encode("cp932"), "0x93.*not UTF-8.*cp932"),
    ],
)
def test_wrong_files(write, read, content, message):
    write("a.json", content)
    with pytest.raises(DataError, match=message):
        read("a.json", format="squad")


def test_real_files(langret_data, read):
    """Numbers as the README of the data states them; five of JaQuAD's 34 files are read."""
    dev = read(str(langret_data / "ja" / "jaquad" / "dev"))
    assert (dev.queries.num_rows, dev.passages.num_rows) == (3939, 1431)
    assert dev.funnel()["queries"]["kept"] == 3939 and not dev.rejected.num_rows
    malay = read(str(langret_data / "id" / "idk_mrc" / "valid.json"))
    assert (malay.queries.num_rows, malay.passages.num_rows) == (764, 358)
    assert malay.funnel()["queries"]["no_positive"] > 100
    chinese = read(str(langret_data / "zh" / "cmrc2018" / "cmrc2018_trial.json"))
    assert (chinese.queries.num_rows, chinese.passages.num_rows) == (1002, 256)
    thai = read(str(langret_data / "th" / "iapp_wiki_qa"), split="valid")
    assert thai.queries.num_rows == 742 and thai.funnel()["queries"]["kept"] == 742


REPORT = {
    "table": {"uid": "t", "table": [["", "2019"], ["Sales", "5"]]},
    "paragraphs": [
        {"uid": "a", "order": 1, "text": "Sales rose."},
        {"uid": "b", "order": 2, "text": "Costs fell."},
    ],
    "questions": [
        {"uid": "1", "question": "What rose?", "rel_paragraphs": ["1"], "answer_from": "text"},
        {"uid": "2", "question": "How much in 2019?", "rel_paragraphs": [], "answer_from": "table"},
        {"uid": "3", "question": "Why?", "rel_paragraphs": ["2", "7"], "answer_from": "table-text"},
        {"uid": "", "question": "Who?", "rel_paragraphs": []},
        {"uid": "5"},
    ],
}


def test_reports_with_a_table_and_paragraphs(write, read):
    path = write("tatqa.json", json.dumps([REPORT]))
    got = read("tatqa.json")
    assert got.passages["text"].to_pylist() == ["Sales rose.", "Costs fell.", " | 2019\nSales | 5"]
    assert got.positives() == {"1": ["a"], "2": ["t"], "3": ["b", "t"]}
    assert [(r["where"].removeprefix(f"{path}: "), r["reason"]) for r in got.rejected.to_pylist()] == [
        ("article 1, question 3", "unknown_passage"),
        ("article 1, question 4", "missing_id"),
        ("article 1, question 5", "bad_query"),
    ]


def test_the_published_reports_are_read_whole(langret_data, read):
    got = read(str(langret_data / "en" / "tatqa"))
    assert got.queries.num_rows == 1668 and got.passages.num_rows > 1500
    assert len(got.positives()) > 1600
