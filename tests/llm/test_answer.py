"""What an endpoint says is read with suspicion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.llm.answer import check_shape, read_completion
from tests.llm.shapes import Verdict

GOOD = '{"relevant": [true], "sure": 0.5}'
OTHER = '{"relevant": [false], "sure": 0.1}'


def body(**message: Any) -> dict[str, Any]:
    choice = {"message": {"role": "assistant", **message}, "finish_reason": "stop"}
    return {"choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"<think>The first one? {OTHER} No: {{it is}} a lake.</think>\n{GOOD}",
        f"Here you are: {GOOD} I hope that helps {{really}}.",
        '{"relevant": ["yes"], "sure": 0.5, "extra": {}}',
    ],
)
def test_the_last_object_that_fits_is_the_answer(text: str) -> None:
    found = check_shape(text, Verdict)
    assert found is not None and found.model_dump() == {"relevant": [True], "sure": 0.5}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "relevant",
        "[true]",
        '{"relevant": [true], "sure": 0.5',
        '{"relevant": [true], "sure": 1.5}',
        '{"relevant": [true], "sure": NaN}',
        '{"relevant": [true], "sure": 1e999}',
        '{"relevant": "all", "sure": 0.5}',
        '{"relevant": [true]}',
        f'{{"verdict": {GOOD}}}',
        "{" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_does_not_fit_is_no_answer(text: str) -> None:
    assert check_shape(text, Verdict) is None


@given(st.text('{}[]":,atrue \\0', max_size=60))
def test_no_words_break_the_reader(text: str) -> None:
    found = check_shape(text + GOOD, Verdict)
    assert found is None or found.model_dump() == {"relevant": [True], "sure": 0.5}
    check_shape(text, Verdict)


def test_refusals_and_cut_answers_are_told_apart() -> None:
    refused = read_completion(body(content=None, refusal="I cannot."))
    assert refused is not None and (refused.problem, refused.text) == ("refused", "I cannot.")
    for finish, problem in (("content_filter", "refused"), ("length", "cut_off"), ("stop", ""), (None, "")):
        made = body(content=GOOD)
        made["choices"][0]["finish_reason"] = finish
        found = read_completion(made)
        assert found is not None and found.problem == problem


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": GOOD[:5]}, {"type": "text", "text": GOOD[5:]}, "?", {"type": "image"}]
    found = read_completion(body(content=parts))
    assert found is not None and found.text == GOOD


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "ok",
        {},
        {"choices": []},
        {"choices": None},
        {"choices": ["x"]},
        {"choices": [{}]},
        {"choices": [{"message": "x"}]},
        {"choices": [{"message": {"content": 5}}]},
    ],
)
def test_what_is_no_completion_is_none(broken: Any) -> None:
    assert read_completion(broken) is None


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        ({"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}, (5, 7)),
        (
            {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 40},
            (5, 35),
        ),  # reasoning in the total alone
        ({"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 1}, (5, 7)),
        ({"prompt_tokens": 5}, (5, None)),
        ({"prompt_tokens": "5", "completion_tokens": -7}, (None, None)),
        ({"prompt_tokens": True, "completion_tokens": 1.5}, (None, None)),
        (None, (None, None)),
        ("many", (None, None)),
    ],
)
def test_usage_is_believed_only_where_it_is_a_count(usage: Any, counts: Any) -> None:
    found = read_completion({**body(content=GOOD), "usage": usage})
    assert found is not None and (found.input_tokens, found.output_tokens) == counts


def test_lone_surrogates_in_an_answer_become_characters_that_can_be_stored() -> None:
    said = json.loads('"\\ud800 x"')
    found = read_completion(body(content=said))
    assert found is not None and found.text == "\ufffd x"
