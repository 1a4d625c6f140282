"""The budget holds, whatever happens at once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.llm import LLM, Answer, Usage
from langret.llm import live as live_module
from langret.llm.answer import Completion
from langret.llm.ledger import Ledger
from langret.llm.wire import Failure
from langret.recipe.schema import Budget, Endpoint, Price
from tests.llm.shapes import prompts


class Endless:
    """A wire whose requests take random time, cost random tokens and fail at random; it counts what it charges."""

    def __init__(self, seed: int, failing: float) -> None:
        self.random, self.failing = random.Random(seed), failing
        self.calls, self.tokens, self.money = 0, 0, 0.0
        self.most: Callable[[], None] = lambda: None

    async def chat(self, request: Any) -> Completion | Failure:
        self.calls += 1
        used_in = self.random.randint(0, request.input_tokens)
        used_out = self.random.randint(0, request.output_tokens)
        fails = self.random.random() < self.failing
        free = fails and self.random.random() < 0.5
        silent = self.random.random() < 0.3
        if not free:
            self.tokens += used_in + used_out
            self.money += (used_in * PRICE.input + used_out * PRICE.output) / 1e6
        self.most()
        await asyncio.sleep(self.random.random() * 0.002)
        if fails:
            return Failure("unavailable", "no luck", charged=not free)
        if silent:
            return Completion("", '{"relevant": [], "sure": 0}', None, None)
        return Completion("", '{"relevant": [], "sure": 0}', used_in, used_out)

    async def close(self) -> None:
        pass

    def failed(self, message: str) -> Exception:
        return AssertionError(message)


PRICE = Price(input=1.0, output=3.0)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    calls=st.none() | st.integers(0, 40),
    tokens=st.none() | st.integers(0, 60_000),
    money=st.none() | st.floats(0, 0.1),
    concurrency=st.integers(1, 12),
    failing=st.sampled_from([0.0, 0.3]),
)
def test_no_budget_is_ever_exceeded(
    seed: int, calls: int | None, tokens: int | None, money: float | None, concurrency: int, failing: float
) -> None:
    budget = Budget(calls=calls, tokens=tokens, money=money)
    endpoint = Endpoint(
        model="m", key=None, price=PRICE, budget=budget, concurrency=concurrency, max_tokens=500, retries=2
    )
    wire = Endless(seed, failing)

    def within() -> None:
        assert calls is None or wire.calls <= calls
        assert tokens is None or wire.tokens <= tokens
        assert money is None or wire.money <= money * (1 + 1e-9)

    wire.most = within
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_module, "Wire", lambda endpoint: wire)
        patch.setattr(live_module, "GIVEN_UP", 10**6)
        patch.setattr(live_module.wires, "SECOND", 0.0001)
        llm = LLM(endpoint, None)
        answers = list(llm.ask(prompts(30)))
    within()
    usage = llm.usage
    assert len(answers) == 30 and usage.calls == wire.calls
    assert (
        usage.input_tokens + usage.output_tokens >= wire.tokens
    )  # what is not known is counted at its bound
    assert tokens is None or usage.input_tokens + usage.output_tokens <= tokens
    assert money is None or usage.money is None or usage.money <= money
    assert usage.problems.get("budget", 0) == sum(answer.problem == "budget" for answer in answers)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), tokens=st.integers(0, 40_000))
def test_what_a_budget_buys_does_not_depend_on_concurrency(seed: int, tokens: int) -> None:
    """With the same costs the same prompts are asked, one by one or twelve at once."""

    class Fixed(Endless):
        async def chat(self, request: Any) -> Completion | Failure:
            share = random.Random(seed ^ hash(request.key)).random()
            await asyncio.sleep(self.random.random() * 0.002)
            counts = int(share * request.input_tokens), int(share * request.output_tokens)
            return Completion("", '{"relevant": [], "sure": 0}', *counts)

    def asked(concurrency: int) -> list[str]:
        endpoint = Endpoint(
            model="m", key=None, budget=Budget(tokens=tokens), concurrency=concurrency, max_tokens=500
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(live_module, "Wire", lambda endpoint: Fixed(seed, 0))
            return [answer.problem for answer in LLM(endpoint, None).ask(prompts(25))]

    assert asked(1) == asked(12)


def test_a_request_waits_for_what_others_may_leave() -> None:
    ledger = Ledger(Budget(tokens=100), None, "here")
    assert ledger.reserve(40, 20) == "yes"
    assert ledger.reserve(40, 20) == "later" and ledger.reserve(90, 20) == "no"
    assert ledger.settle((40, 20), (10, 10)) is None
    assert ledger.reserve(40, 20) == "yes"
    assert ledger.settle((40, 20), (40, 20)) is None
    assert ledger.reserve(10, 10) == "yes" and ledger.reserve(1, 0) == "later"
    assert ledger.usage == Usage(3, 0, 50, 30, None, {})


def test_calls_are_gone_when_they_are_made() -> None:
    ledger = Ledger(Budget(calls=1), Price(input=1, output=1), "here")
    assert ledger.reserve(1, 1) == "yes" and ledger.reserve(1, 1) == "no"
    ledger.note(Answer(None, "budget", "", False, 0, 0))
    assert ledger.usage.problems == {"budget": 1} and ledger.usage.money == 0


def test_an_endpoint_that_takes_more_than_it_may_ends_the_job() -> None:
    ledger = Ledger(Budget(tokens=100), None, "here")
    assert ledger.reserve(40, 20) == "yes"
    assert ledger.settle((40, 20), (50, 30)) is None  # more than it could take, and still within the budget
    assert ledger.reserve(10, 5) == "yes"
    error = ledger.settle((10, 5), (10, 900))
    assert error is not None and "900" in str(error) and "here" in str(error)
    assert ledger.usage.output_tokens == 930


def test_answers_are_read_by_need() -> None:
    """Prompts are taken a few times ``concurrency`` ahead of the answer that is next, and no further."""
    taken = 0

    def source() -> Iterator[Any]:
        nonlocal taken
        for prompt in prompts(1000):
            taken += 1
            yield prompt

    endpoint = Endpoint(model="m", key=None, concurrency=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_module, "Wire", lambda endpoint: Endless(1, 0))
        answers = LLM(endpoint, None).ask(source())
        assert taken == 0
        for number in range(1, 6):
            next(answers)
            assert taken <= number + 4 * 3
        answers.close()  # type: ignore[attr-defined]
    assert taken < 30
