"""Language models that follow rules: they read a prompt as data and answer what a test wants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from langret.llm import Answer, Estimate, Prompt

BLOCK = re.compile(r"^<data ([a-z_]+) (\w+)>\n(.*?)^</data \1 \2>$", re.S | re.M)


def blocks(user: str) -> dict[str, list[str]]:
    """The texts of each block of a prompt, as a careful reader finds them."""
    found = {}
    for name, _, body in BLOCK.findall(user):
        rows = [json.loads(line) for line in body.split("\n")[:-1]]
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        found[name] = [row["text"] for row in rows]
    return found


def answered(prompt: Prompt, value: dict[str, Any]) -> Answer:
    return Answer(prompt.answer.model_validate(value), "", json.dumps(value), False, 1, 1)


def failed(problem: Any) -> Answer:
    return Answer(None, problem, "", False, 0, 0)


class Model:
    """Asks a rule instead of a language model.

    Args:
        rule: Blocks of a prompt and the name of its answer's type, to the answer or a problem.
    """

    def __init__(self, rule: Callable[[dict[str, list[str]], str], dict[str, Any] | str]) -> None:
        self._rule = rule
        self.asked: list[Prompt] = []

    def ask(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        for prompt in prompts:
            self.asked.append(prompt)
            said = self._rule(blocks(prompt.user), prompt.answer.__name__)
            yield failed(said) if isinstance(said, str) else answered(prompt, said)

    def estimate(self, prompts: Iterable[Prompt]) -> Estimate:
        return Estimate(sum(1 for _ in prompts), 0, 0, 0, None)


def honest(found: dict[str, list[str]], kind: str) -> dict[str, Any]:
    """Takes passages with "full answer" for answers, and those with "half answer" for worse ones."""
    if kind == "Comparison":
        lists: dict[str, list[dict[str, Any]]] = {"full": [], "half": []}
        for number, text in enumerate(found["candidates"], 1):
            for grade, listed in lists.items():
                if f"{grade} answer" in text:
                    listed.append({"number": number, "reason": f"a {grade} one"})
        return {"thinking": "", "better_or_equal": lists["full"], "worse": lists["half"]}
    grades = [re.search("(full|half) answer", text) for text in found["passages"]]
    if kind == "Quotes":
        return {
            "passages": [
                {"number": n, "quote": grade[0] if grade else ""} for n, grade in enumerate(grades, 1)
            ]
        }
    assert kind == "Ranking"
    groups: dict[str, list[int]] = {"full": [], "half": [], "": []}
    for number, grade in enumerate(grades, 1):
        groups[grade[1] if grade else ""].append(number)
    return {"groups": [group for group in groups.values() if group]}
