"""A shape of answers, a rule-based model for it, and prompts, for the tests of this room."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from langret.llm import Prompt, quoted
from tests.llm.loopback import texts_of


class Verdict(BaseModel):
    """Which passages are about lakes, and how sure that is."""

    relevant: list[bool]
    sure: float = Field(ge=0, le=1)


def judge(body: dict[str, Any]) -> dict[str, Any]:
    return {"relevant": ["lake" in text for text in texts_of(body)["passages"]], "sure": 0.5}


def prompt(number: int, *more: str) -> Prompt:
    texts = [f"{number}: {'a lake' if number % 2 else 'a hill'}", *more]
    return Prompt("Which of the passages are about lakes?", quoted("passages", texts), Verdict)


def prompts(n: int) -> list[Prompt]:
    return [prompt(number) for number in range(n)]
