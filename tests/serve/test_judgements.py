"""Judgements are saved at once, survive what happens to files, and are read by everything that reads BEIR."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import read_source
from langret.data.records import Passage
from langret.errors import DataError, StageError
from langret.evaluation import load_benchmark
from langret.language import get_language
from langret.recipe.schema import Source
from langret.serve import judgements as room
from langret.serve.judgements import JudgementBook

PASSAGES = [Passage(f"docs/{i}.md#part {i}", f"text {i}", f"title {i}" if i % 2 else "") for i in range(4)]
A, B, C, D = (p.id for p in PASSAGES)


def book(folder, passages=PASSAGES) -> JudgementBook:
    by_id = {p.id: p for p in passages}
    return JudgementBook(folder, lambda: passages, by_id.get)


def grades(found, query) -> dict[str, int]:
    return {pid: mark.grade for pid, mark in found.of_query(query).items()}


def test_a_judgement_is_there_for_whoever_opens_the_folder_next(tmp_path) -> None:
    first = book(tmp_path / "j")
    assert not (tmp_path / "j").exists(), "looking makes no folder"
    first.set("where is it", A, 2, "ana")
    first.set("where is it", B, 0, "ana")
    first.set("and this", A, 1, "bo\tb\n")
    again = book(tmp_path / "j")
    assert grades(again, "where is it") == {A: 2, B: 0} and grades(again, "and this") == {A: 1}
    assert again.judged() == [("and this", [1]), ("where is it", [0, 2])]
    mark = again.of_query("and this")[A]
    assert mark.by == "bo b" and mark.at[:3] == "202" and mark.at[10] == "T"


def test_it_can_be_changed_and_taken_back(tmp_path) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    found.set("q", A, 1, "ana")
    assert grades(found, "q") == {A: 1}
    found.set("q", A, None, "ana")
    found.set("q", A, None, "ana")
    assert grades(found, "q") == {} and found.judged() == []
    assert (tmp_path / "queries.jsonl").read_text() == ""


def test_the_folder_is_a_benchmark_and_training_data(tmp_path) -> None:
    found = book(tmp_path / "j")
    for query, passage, grade in [("one", A, 2), ("one", B, 0), ("two", C, 1), ("three", D, 0)]:
        found.set(query, passage, grade, "ana")
    language = get_language("und")
    benchmark = load_benchmark(tmp_path / "j", language)
    ids = {q.text: q.id for q in benchmark.kept_queries()}
    assert benchmark.positives() == {ids["one"]: [A], ids["two"]: [C]}
    kept = {(j.passage_id, j.relevance) for j in benchmark.kept_judgements()}
    assert kept == {(A, 2), (B, 0), (C, 1)}, "a question with nothing relevant measures nothing"
    assert list(benchmark.kept_passages()) == PASSAGES
    training = read_source(Source(path=str(tmp_path / "j")), base=tmp_path, language=language, seed=1)
    assert training.positives() == benchmark.positives() and not training.rejected.num_rows


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("qrels/test.tsv", "\t2\t", "\t3\t", r"test\.tsv:2: A grade is 2, 1 or 0 \(found: '3'\)"),
        ("qrels/test.tsv", "\t2\t", "\tyes\t", r"test\.tsv:2: A grade is"),
        ("qrels/test.tsv", "q-", "p-", r"test\.tsv:2: There is no query \"p-.*Did you mean \"q-"),
        ("qrels/test.tsv", "docs/0.md", "docs/9.md", r"test\.tsv:2: There is no passage"),
        ("qrels/test.tsv", "query-id\t", "", r"test\.tsv:1: The first line names the columns"),
        ("qrels/test.tsv", "\t2\t", " 2 ", r"test\.tsv:2: A grade is"),
        ("qrels/test.tsv", "\tana\t", "\tana\t\t\t", r"test\.tsv:2: 6 columns are expected \(found: 8\)"),
        ("queries.jsonl", '"_id"', '"id"', r'queries\.jsonl:1: A line has "_id" and "text"'),
        ("queries.jsonl", "}", "", r"queries\.jsonl:1: This is no JSON"),
    ],
)
def test_a_mistake_by_hand_is_named_and_nothing_is_written_over_it(tmp_path, name, old, new, said) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    path = tmp_path / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(DataError, match=said):
        book(tmp_path)
    with pytest.raises(DataError, match=said):  # the one that is open notices as well
        found.set("q", B, 1, "ana")
    assert path.read_text() == text.replace(old, new)
    path.write_text(text)
    found.set("q", B, 1, "ana")
    assert grades(book(tmp_path), "q") == {A: 2, B: 1}


def test_a_pair_given_twice_by_hand_is_a_mistake(tmp_path) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    path = tmp_path / "qrels" / "test.tsv"
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    with pytest.raises(DataError, match=r"test\.tsv:3: q-.* are judged a second time"):
        book(tmp_path)


def test_what_is_written_by_hand_counts(tmp_path) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    (tmp_path / "queries.jsonl").write_text('{"_id": "mine", "text": "by hand", "lang": "und"}\r\n')
    (tmp_path / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\r\nmine\t{B}\t1\r\n")
    assert grades(found, "by hand") == {B: 1} and grades(found, "q") == {}
    found.set("by hand", C, 2, "ana")
    assert grades(book(tmp_path), "by hand") == {B: 1, C: 2}
    assert '"lang": "und"' in (tmp_path / "queries.jsonl").read_text()


@pytest.mark.parametrize("grade", [3, -1, True, 1.5, "2"])
def test_there_are_three_grades(tmp_path, grade) -> None:
    with pytest.raises(DataError, match="A grade is 2, 1, 0 or nothing"):
        book(tmp_path).set("q", A, grade, "ana")


def test_an_id_that_qrels_cannot_hold_is_refused(tmp_path) -> None:
    odd = [Passage('"quoted', "x"), Passage("with\ttab", "y")]
    for passage in odd:
        with pytest.raises(DataError, match="cannot stand in qrels"):
            book(tmp_path, odd).set("q", passage.id, 1, "ana")
    with pytest.raises(DataError, match='no passage "nowhere"'):
        book(tmp_path).set("q", "nowhere", 1, "ana")


def test_another_text_and_a_passage_that_is_gone(tmp_path) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    found.set("q", B, 2, "ana")
    found.set("q", C, 2, "ana")
    later = book(tmp_path, [PASSAGES[0]._replace(text="rewritten"), PASSAGES[1]])
    assert later.stale() == 2
    marks = later.of_query("q")
    assert [later.is_stale(pid, marks[pid]) for pid in (A, B, C)] == [True, False, True]
    later.set("q", A, 1, "ana")  # judged again, by what stands there now
    assert later.stale() == 1
    benchmark = load_benchmark(tmp_path, get_language("und"))
    assert {p.id: p.text for p in benchmark.kept_passages()} == {A: "rewritten", B: "text 1", C: "text 2"}
    assert sorted(benchmark.positives().popitem()[1]) == [A, B, C]


def test_a_disk_that_fails_leaves_what_was_there(tmp_path, monkeypatch) -> None:
    found = book(tmp_path)
    found.set("q", A, 2, "ana")
    real = room.replace_file

    def full(folder, path, lines):
        if path.name == "test.tsv":
            raise OSError(28, "No space left on device", str(path))
        real(folder, path, lines)

    monkeypatch.setattr(room, "replace_file", full)
    with pytest.raises(StageError, match="The judgement was not saved: No space left on device"):
        found.set("another", B, 1, "ana")
    monkeypatch.undo()
    for each in (found, book(tmp_path)):
        assert grades(each, "q") == {A: 2} and grades(each, "another") == {}
    assert load_benchmark(tmp_path, get_language("und")).positives()
    found.set("another", B, 1, "ana")
    assert grades(book(tmp_path), "another") == {B: 1}


def test_two_servers_on_one_folder_lose_nothing(tmp_path) -> None:
    pages = [PASSAGES[i % 4]._replace(id=f"p{i}") for i in range(40)]
    books = [book(tmp_path, pages) for _ in range(2)]
    failed = []

    def judge(number: int) -> None:
        try:
            for i in range(number, 40, 2):
                books[number].set("q", f"p{i}", i % 3, f"judge {number}")
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=judge, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert grades(book(tmp_path, pages), "q") == {f"p{i}": i % 3 for i in range(40)}


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
            .map(lambda t: " ".join(t.split()))
            .filter(bool),
            st.sampled_from([A, B, C, D]),
            st.sampled_from([None, 0, 1, 2]),
        ),
        max_size=8,
    )
)
def test_any_sequence_ends_as_the_last_word_on_each_pair(tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("any")
    found, expected = book(folder), {}
    for query, passage, grade in steps:
        found.set(query, passage, grade, "ana")
        expected.pop((query, passage), None)
        if grade is not None:
            expected[query, passage] = grade
    again = book(folder)
    for query in {query for query, _, _ in steps}:
        assert grades(again, query) == {p: g for (q, p), g in expected.items() if q == query}
    assert sum(len(found) for _, found in again.judged()) == len(expected)
