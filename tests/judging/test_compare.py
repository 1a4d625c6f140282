"""The request that compares candidates with the positives, and every way of answering it badly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.judging import Case
from langret.judging.compare import Comparison, compare_prompt, read_comparison
from langret.judging.prompts import NOTE_CHARACTERS, RELEVANT
from langret.llm import Answer
from tests.judging.models import blocks, failed

CASE = Case("q", "who?", [("x", "she did")], [("a", "first"), ("b", "second"), ("c", "third")])


def read(better: list[int], worse: list[int], reason: str = "why") -> list[tuple[str, str]]:
    lists = [[{"number": n, "reason": reason} for n in numbers] for numbers in (better, worse)]
    value = Comparison(thinking="", better_or_equal=lists[0], worse=lists[1])  # type: ignore[arg-type]
    verdicts = read_comparison(CASE, Answer(value, "", "", False, 0, 0))
    assert [v.passage_id for v in verdicts] == ["a", "b", "c"] and {v.query_id for v in verdicts} == {"q"}
    return [(v.verdict, v.note) for v in verdicts]


def test_the_prompt_holds_query_positives_and_candidates_apart() -> None:
    case = Case("q", "who?", [("x", "she did"), ("y", "so she did")], CASE.candidates)
    prompt = compare_prompt(case, "")
    assert blocks(prompt.user) == {
        "query": ["who?"],
        "known_passages": ["she did", "so she did"],
        "candidates": ["first", "second", "third"],
    }
    assert prompt.answer is Comparison and RELEVANT in prompt.system
    assert all(f"- {field}:" in prompt.system for field in Comparison.model_fields)
    assert not any(text in prompt.system for text in ("who?", "she did", "first"))


def test_an_instruction_replaces_what_relevant_means() -> None:
    system = compare_prompt(CASE, "A passage is relevant when it argues against the query.").system
    assert "argues against the query" in system and RELEVANT not in system


def test_lists_are_verdicts() -> None:
    assert read([2], [3]) == [("negative", ""), ("false_negative", "why"), ("partial", "why")]
    assert read([], []) == [("negative", "")] * 3


def test_a_number_twice_counts_once() -> None:
    assert read([2, 2], [3, 3])[1:] == [("false_negative", "why"), ("partial", "why")]


def test_a_candidate_in_both_lists_is_unknown() -> None:
    assert read([1, 2], [2]) == [("false_negative", "why"), ("unknown", "in_both_lists"), ("negative", "")]


@pytest.mark.parametrize("number", [0, -1, 4, 10**12])
def test_a_number_that_is_not_there_spoils_the_answer(number: int) -> None:
    """RLHN's parser turned 0 into the last candidate; who counts from 0 is off by one everywhere."""
    assert read([1, number], []) == [("unknown", "number_out_of_range")] * 3
    assert read([], [number]) == [("unknown", "number_out_of_range")] * 3


@pytest.mark.parametrize("problem", ["refused", "cut_off", "invalid", "timeout", "budget"])
def test_an_answer_with_a_problem_is_unknown_and_never_clean(problem: str) -> None:
    verdicts = read_comparison(CASE, failed(problem))
    assert [(v.verdict, v.note) for v in verdicts] == [("unknown", problem)] * 3


def test_notes_stay_short() -> None:
    ((_, note), *_) = read([1], [], "because \n" * 200)
    assert len(note) <= NOTE_CHARACTERS and "\n" not in note and note.endswith("…")


@given(st.lists(st.integers(-1, 5)), st.lists(st.integers(-1, 5)))
def test_no_answer_makes_a_candidate_clean_that_it_names(better: list[int], worse: list[int]) -> None:
    verdicts: list[Any] = [verdict for verdict, _ in read(better, worse)]
    for number, verdict in enumerate(verdicts, 1):
        if number in better or number in worse or not {*better, *worse} <= {1, 2, 3}:
            assert verdict != "negative"
        else:
            assert verdict == "negative"
