"""What is spent: budgets that hold while requests run side by side."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from langret.errors import StageError

if TYPE_CHECKING:
    from langret.llm.answer import Answer
    from langret.recipe.schema import Budget, Price


@dataclass(frozen=True)
class Usage:
    """What was spent so far.

    Attributes:
        calls: Requests sent, repeated ones included.
        cached: Answers that needed none.
        input_tokens: Tokens of prompts. What the endpoint did not report is counted at its upper bound.
        output_tokens: Tokens of answers, likewise.
        money: What they cost by ``price``; None without one.
        problems: Answers without a value, by problem.
    """

    calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    money: float | None
    problems: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """What prompts can cost at most, without repeated requests and whatever the budget.

    Attributes:
        calls: Prompts that are not in the cache.
        cached: Prompts that are.
        input_tokens: Most tokens of the prompts to ask; real counts are usually well below.
        output_tokens: Most tokens of their answers: ``max_tokens`` each.
        money: Most money by ``price``; None without one.
    """

    calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    money: float | None


def cost(price: Price | None, input_tokens: int, output_tokens: int) -> float | None:
    """Money for tokens, or None without a price."""
    if price is None:
        return None
    return (input_tokens * price.input + output_tokens * price.output) / 1_000_000


class Ledger:
    """Counts what is spent and what may still be spent; any thread may use it.

    Before a request the most that it can cost is set aside; afterwards what it did cost takes its place. Spent and
    set aside together never exceed the budget, so the budget holds however many requests run side by side.

    Args:
        budget: Limits.
        price: Money for tokens; the schema requires it where money is limited.
        where: The endpoint, for errors.
    """

    def __init__(self, budget: Budget, price: Price | None, where: str) -> None:
        self._budget, self._price, self._where = budget, price, where
        self._lock = threading.Lock()
        self._spent = (0, 0)
        self._held = (0, 0)
        self._calls = self._cached = 0
        self._problems: Counter[str] = Counter()

    def reserve(self, input_tokens: int, output_tokens: int) -> Literal["yes", "later", "no"]:
        """Set aside what one request can cost at most, and count the call.

        Returns:
            ``yes``; or ``later``: it may fit when requests under way cost less than was set aside for them; or
            ``no``: it fits no more.
        """
        budget = self._budget
        with self._lock:
            if budget.calls is not None and self._calls >= budget.calls:
                return "no"
            if not self._fits(self._spent, (input_tokens, output_tokens)):
                return "no"
            held = _sum(self._held, (input_tokens, output_tokens))
            if not self._fits(self._spent, held):
                return "later"
            self._hold(held)
            return "yes"

    def claim(self, input_tokens: int, output_tokens: int) -> None:
        """Set aside what a request can cost that an earlier run sent already, whatever the budget."""
        with self._lock:
            self._hold(_sum(self._held, (input_tokens, output_tokens)))

    def settle(self, held: tuple[int, int], used: tuple[int, int]) -> StageError | None:
        """Put what a request cost in the place of what was set aside for it.

        Args:
            held: Tokens in and out as they were set aside.
            used: Tokens in and out as they were counted.

        Returns:
            None; or, where it cost more than it could and the budget is overrun by that, the error with which the job
            ends once the answer is kept. It takes an endpoint that honours ``max_tokens`` to keep a budget.
        """
        with self._lock:
            self._held = (self._held[0] - held[0], self._held[1] - held[1])
            self._spent = _sum(self._spent, used)
            more = used[0] > held[0] or used[1] > held[1]
            overrun = more and not self._fits(self._spent, self._held)
        if not overrun:
            return None
        return StageError(
            f"The budget is overrun: the endpoint counts {used[0]:,} tokens of prompt and {used[1]:,} of answer "
            f"for a request that can take {held[0]:,} and {held[1]:,} at most.",
            where=self._where,
            hint="Check that the endpoint honours max_tokens; budget.calls holds in any case.",
        )

    def note(self, answer: Answer) -> None:
        """Count an answer that is handed out."""
        with self._lock:
            self._cached += answer.cached
            if answer.problem:
                self._problems[answer.problem] += 1

    @property
    def usage(self) -> Usage:
        """What was spent so far; of requests under way the calls alone."""
        with self._lock:
            return Usage(
                self._calls,
                self._cached,
                *self._spent,
                cost(self._price, *self._spent),
                dict(sorted(self._problems.items())),
            )

    def _hold(self, held: tuple[int, int]) -> None:
        self._held = held
        self._calls += 1

    def _fits(self, spent: tuple[int, int], more: tuple[int, int]) -> bool:
        tokens = _sum(spent, more)
        if self._budget.tokens is not None and sum(tokens) > self._budget.tokens:
            return False
        money = cost(self._price, *tokens)
        return self._budget.money is None or (money is not None and money <= self._budget.money)


def _sum(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]
