"""A language model that follows rules, for tests of writers: it reads its prompts as they are sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from pydantic import BaseModel

from langret.llm import Answer, Estimate, Prompt

Blocks = dict[str, list[str]]


def blocks_of(prompt: Prompt) -> Blocks:
    """Texts of the data in a prompt, by the name of their block."""
    found = re.findall(r"^<data (\w+) (\w+)>\n(.*?)\n</data \1 \2>$", prompt.user, re.M | re.S)
    return {name: [json.loads(line)["text"] for line in body.split("\n")] for name, _, body in found}


class FakeLLM:
    """Answers with what ``reply`` makes of a prompt and its blocks; an exception's words become the problem."""

    def __init__(self, reply: Callable[[Prompt, Blocks], BaseModel]) -> None:
        self.reply = reply
        self.prompts: list[Prompt] = []

    def ask(
        self, prompts: Iterable[Prompt], progress: Callable[[int], None] | None = None
    ) -> Iterator[Answer]:
        for done, prompt in enumerate(prompts, start=1):
            self.prompts.append(prompt)
            value, problem = None, ""
            try:
                value = self.reply(prompt, blocks_of(prompt))
            except ValueError as error:
                problem = str(error)
            if progress is not None:
                progress(done)
            yield Answer(value, problem, "what it said", False, 1, 1)

    def estimate(self, prompts: Iterable[Prompt]) -> Estimate:
        self.prompts = list(prompts)
        return Estimate(len(self.prompts), 0, sum(len(p.system) + len(p.user) for p in self.prompts), 0, None)
