"""Cases from mined candidates, and what one judge passes on to the next."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import StageError
from langret.judging import VERDICTS, Case, Verdict, flagged, make_cases, verdict_table
from langret.judging import cases as cases_module
from tests.judging.tables import SHORT, one_query, said, selected


def collection() -> Collection:
    return Collection.from_records(
        [
            *(Passage(p, f"text of {p}", title="Title" if p == "b" else "") for p in "abcdxyz"),
            Query("q1", "first?"),
            Query("q2", "second?"),
            Query("q3", "third?"),
            Judgement("q1", "x"),
            Judgement("q1", "a", 0),
            Judgement("q2", "y"),
            Judgement("q2", "x"),
        ]
    )


def test_cases_have_the_texts_that_retrievers_see() -> None:
    table = selected(("q2", "c", 2, "bm25"), ("q1", "b", 1, "bm25"), ("q2", "d", 1, "bm25"))
    assert list(make_cases(table, collection())) == [
        Case("q1", "first?", [("x", "text of x")], [("b", "Title text of b")]),
        Case(
            "q2",
            "second?",
            [("y", "text of y"), ("x", "text of x")],
            [("d", "text of d"), ("c", "text of c")],
        ),
    ]


def test_only_selected_candidates_are_judged_and_each_once() -> None:
    table = pa.concat_tables([one_query("abc", "q1"), selected(("q1", "c", 1, "dense"))])
    table = table.set_column(5, "kept", pa.array([True, False, True, True]))
    (case,) = make_cases(table, collection())
    assert [p for p, _ in case.candidates] == ["a", "c"]


def test_a_query_without_positives_is_still_a_case() -> None:
    assert next(make_cases(one_query("a", "q3"), collection())).positives == []


def test_a_candidate_that_is_not_in_the_data_is_an_error() -> None:
    with pytest.raises(StageError, match='The passage "lost"'):
        list(make_cases(selected(("q1", "lost", 1, "bm25")), collection()))
    with pytest.raises(StageError, match='The query "q9"'):
        list(make_cases(one_query("a", "q9"), collection()))


def test_windows_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    table = selected(*((f"q{i}", p, 1, "bm25") for i, p in itertools.product((1, 2, 3), "abcd")))
    whole = list(make_cases(table, collection()))
    monkeypatch.setattr(cases_module, "WINDOW", 1)
    assert list(make_cases(table, collection())) == whole and len(whole) == 3


def test_no_candidates_no_cases() -> None:
    assert list(make_cases(selected(), collection())) == []


def case_of(query: str, passages: str) -> Case:
    return Case(query, "?", [], [(p, p) for p in passages])


def test_everything_but_a_clear_negative_passes_on() -> None:
    cases = [case_of("q", "nfpu?c"), case_of("clean", "n"), case_of("unseen", "a")]
    table = pa.concat_tables(
        [said("llm", [*((v, v) for v in "nfpu"), ("c", "n"), ("c", "f")]), said("llm", {"n": "n"}, "clean")]
    )
    assert list(flagged(cases, table)) == [case_of("q", "fpu?c"), case_of("unseen", "a")]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("nfpu"))))
def test_flagging_is_the_same_in_any_order_of_verdicts(rows: list[tuple[str, str, str]]) -> None:
    cases = [case_of(q, "xyz") for q in "abc"]
    tables = [
        verdict_table("llm", [[Verdict(q, p, SHORT[v])] for q, p, v in order])  # type: ignore[arg-type]
        for order in (rows, rows[::-1])
    ]
    passed = {(c.query_id, p) for c in flagged(cases, tables[0]) for p, _ in c.candidates}
    assert list(flagged(cases, tables[0])) == list(flagged(cases, tables[1]))
    cleared = {(q, p) for q, p, _ in rows} - {(q, p) for q, p, v in rows if v != "n"}
    assert passed == set(itertools.product("abc", "xyz")) - cleared


def test_flagging_streams() -> None:
    """A case comes out before the next is asked for."""
    asked: list[str] = []

    def endless():
        for number in itertools.count():
            asked.append(f"q{number}")
            yield case_of(f"q{number}", "a")

    out = flagged(endless(), said("llm", {"a": "f"}))
    assert next(out).query_id == "q0" and asked == ["q0"]


def test_a_table_of_verdicts_holds_what_was_said() -> None:
    table = verdict_table(
        "llm-2", iter([[Verdict("q", "a", "partial", 0.5, "why")], [], [Verdict("q", "b", "unknown")]])
    )
    assert table.schema == VERDICTS
    assert table.to_pylist() == [
        {
            "query_id": "q",
            "passage_id": "a",
            "judge": "llm-2",
            "verdict": "partial",
            "score": 0.5,
            "note": "why",
        },
        {
            "query_id": "q",
            "passage_id": "b",
            "judge": "llm-2",
            "verdict": "unknown",
            "score": None,
            "note": "",
        },
    ]
    assert verdict_table("llm", []).schema == VERDICTS
