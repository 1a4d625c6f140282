"""The requests that quote and rank, and every way of answering them badly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.judging import Case
from langret.judging.prompts import RELEVANT
from langret.judging.support import (
    Quotes,
    Ranking,
    Shown,
    quote_prompt,
    rank_prompt,
    read_quotes,
    read_ranking,
    shown,
    support_verdicts,
    to_rank,
)
from langret.llm import Answer
from tests.judging.models import blocks, failed

CASE = Case(
    "q",
    "who?",
    [("x", "It was she.")],
    [("a", "It was\nshe, indeed."), ("b", "Perhaps she."), ("c", "Nobody.")],
)
PASSAGES = [Shown(p, t, p == "x") for p, t in (*CASE.candidates, *CASE.positives)]  # a 1, b 2, c 3, x 4


def answer(value: Any) -> Answer:
    return Answer(value, "", "", False, 0, 0)


def quotes(*entries: tuple[int, str | None]) -> list[Shown]:
    value = Quotes(passages=[{"number": n, "quote": q} for n, q in entries])  # type: ignore[list-item]
    return read_quotes(PASSAGES, answer(value))


def quote_of(text: str, quote: str) -> Shown:
    value = Quotes(passages=[{"number": 1, "quote": quote}])  # type: ignore[list-item]
    (found,) = read_quotes([Shown("a", text, False)], answer(value))
    return found


def test_the_prompts_do_not_tell_positives_from_candidates() -> None:
    passages = shown(CASE)
    assert sorted(p.id for p in passages) == ["a", "b", "c", "x"]
    assert passages == shown(CASE._replace(candidates=CASE.candidates[::-1]))
    prompt = quote_prompt(CASE, passages, "")
    assert blocks(prompt.user) == {"query": ["who?"], "passages": [p.text for p in passages]}
    assert prompt.answer is Quotes and RELEVANT in prompt.system and "passages 1 to 4" in prompt.user
    assert "Fill in passages:" in prompt.system
    ranking = rank_prompt(CASE, passages[:2], "A passage is relevant when it disagrees.")
    assert ranking.answer is Ranking and "Fill in groups:" in ranking.system and "1 to 2" in ranking.user
    assert "when it disagrees" in ranking.system and RELEVANT not in ranking.system


def test_the_positive_stands_anywhere() -> None:
    places = set()
    for i in range(60):
        passages = shown(CASE._replace(query_id=f"q{i}"))
        places.add([p.positive for p in passages].index(True))
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It was\n she, indeed.", "It was she"),
        ("Es war „sie“.", "„sie“"),
        ("It was she.", "“It was she.”"),
        ("It was she.", "…was she…"),
        ("京都の\n寺", "京都の寺"),
        ("cafe\u0301 crème", "café"),
        ('He said "she <b>did</b>" [sic].', 'said "she <b>did</b>" [sic]'),
        ('He said "she <b>did</b>" [sic].', r"said \"she \u003cb>did\u003c/b>\" \u005bsic]"),
        ("a\\b", "a\\b"),
    ],
)
def test_a_quotation_counts_where_it_stands_in_the_passage(text: str, quote: str) -> None:
    found = quote_of(text, quote)
    assert found.quote and not found.problem


@pytest.mark.parametrize("quote", ["it was he", "It  was … indeed", "…", '""', "NO ANSWER", "she did it \\"])
def test_a_quotation_that_is_not_there_is_no_answer(quote: str) -> None:
    found = quote_of("It was she, indeed.", quote)
    assert found.quote == "" and found.problem.startswith("quote_not_in_passage: ")


def test_a_quotation_from_another_passage_is_no_answer() -> None:
    found = quotes((1, "Perhaps she"), (2, "Perhaps she"), (3, ""), (4, "she"))
    assert [p.problem.partition(":")[0] for p in found] == ["quote_not_in_passage", "", "", ""]


def test_nothing_and_no_word_at_all_are_two_things() -> None:
    found = quotes((1, None), (2, "  "), (4, "she"))
    assert [(p.quote, p.problem) for p in found] == [("", ""), ("", ""), ("", "not_answered"), ("she", "")]


def test_two_entries_for_one_passage() -> None:
    found = quotes((1, "she"), (1, "indeed"), (2, "she"), (2, ""), (3, "he"), (3, "Nobody"), (4, ""), (4, ""))
    assert [(p.quote, p.problem) for p in found] == [
        ("she", ""),
        ("", "quoted_and_not"),
        ("Nobody", ""),
        ("", ""),
    ]


@pytest.mark.parametrize("number", [0, 5])
def test_a_number_that_is_not_there_spoils_the_answer(number: int) -> None:
    assert {p.problem for p in quotes((1, "she"), (number, ""))} == {"number_out_of_range"}
    ranked = read_ranking(PASSAGES, answer(Ranking(groups=[[1, 2, 3, 4, number]])))
    assert {(p.place, p.problem) for p in ranked} == {(None, "number_out_of_range")}


def test_an_answer_with_a_problem() -> None:
    assert {p.problem for p in read_quotes(PASSAGES, failed("cut_off"))} == {"cut_off"}
    assert {(p.place, p.problem) for p in read_ranking(PASSAGES, failed("budget"))} == {(None, "budget")}


def test_only_supported_candidates_are_ranked_and_every_positive() -> None:
    found = quotes((1, "she"), (2, ""), (3, "nowhere"), (4, ""))
    assert [p.id for p in to_rank(found)] == ["a", "x"]
    assert to_rank(quotes((1, ""), (2, ""), (3, "nowhere"), (4, "she"))) == []


def verdicts(
    groups: list[list[int]] | str,
    quoted: tuple[str, ...] = ("she", "she", "Nobody", "she"),
    positives: tuple[str, ...] = ("x",),
) -> dict[str, tuple[str, str]]:
    """Verdicts by passage where a ranking of all four came back; positives are the last ones."""
    case = Case("q", "?", [(p, "") for p in positives], [(p, "") for p in "abcx" if p not in positives])
    passages = [
        Shown(p.id, p.text, p.id in positives, q, problem="" if q or q == "" else "not_answered")
        for p, q in zip(PASSAGES, quoted, strict=True)
    ]
    ranked = to_rank(passages)
    said = failed(groups) if isinstance(groups, str) else answer(Ranking(groups=groups))
    placed = read_ranking(ranked, said) if ranked else []
    return {v.passage_id: (v.verdict, v.note) for v in support_verdicts(case, passages, placed)}


def test_above_and_beside_the_positive_is_false_and_below_is_partial() -> None:
    assert verdicts([[1], [2, 4], [3]]) == {
        "a": ("false_negative", "she"),
        "b": ("false_negative", "she"),
        "c": ("partial", "Nobody"),
    }


def test_the_best_of_several_positives_counts() -> None:
    assert verdicts([[4], [1], [3], [2]], positives=("c", "x")) == {
        "a": ("partial", "she"),
        "b": ("partial", "she"),
    }


def test_without_support_a_candidate_is_negative() -> None:
    assert verdicts([[1, 2], []], ("", "she", "", "she")) == {
        "a": ("negative", ""),
        "b": ("false_negative", "she"),
        "c": ("negative", ""),
    }


def test_the_ranking_decides_where_nothing_supports_the_positive() -> None:
    """What people marked is not overruled because a model overlooks the answer in it."""
    assert verdicts([[1], [3], [2]], ("she", "she", "", "")) == {
        "a": ("false_negative", "positive_unsupported: she"),
        "b": ("partial", "positive_unsupported: she"),
        "c": ("negative", "positive_unsupported"),
    }


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([[4], [1]], {"a": "partial", "b": "not_ranked", "c": "not_ranked"}),
        ([[1], [4], [1, 2], [3]], {"a": "ranked_twice", "b": "partial", "c": "partial"}),
        ([[4, 4], [1, 1], [2], [3]], {"a": "partial", "b": "partial", "c": "partial"}),
        ([[1], [2], [3]], dict.fromkeys("abc", "positive_not_ranked")),
        ([[4], [1], [2], [3, 4]], dict.fromkeys("abc", "positive_ranked_twice")),
        ([], dict.fromkeys("abc", "not_ranked")),
        ("timeout", dict.fromkeys("abc", "timeout")),
    ],
)
def test_a_ranking_with_holes_leaves_those_concerned_unknown(
    groups: list[list[int]] | str, expected: dict[str, str]
) -> None:
    found = verdicts(groups)
    assert {p: v if v == "partial" else n for p, (v, n) in found.items()} == expected
    assert all(v in ("partial", "unknown") for v, _ in found.values())


@given(st.lists(st.lists(st.integers(1, 4), max_size=4), max_size=5))
def test_no_ranking_makes_a_supported_candidate_clean(groups: list[list[int]]) -> None:
    assert all(verdict != "negative" for verdict, _ in verdicts(groups).values())
