"""A language model as a judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from langret.judging.cases import windows
from langret.judging.compare import compare_prompt, read_comparison
from langret.judging.prompts import all_unknown
from langret.judging.support import (
    quote_prompt,
    rank_prompt,
    read_quotes,
    read_ranking,
    shown,
    support_verdicts,
    to_rank,
)
from langret.judging.verdicts import Case, Progress, Verdict, silent
from langret.llm import Answer, Estimate, Prompt

if TYPE_CHECKING:
    from langret.recipe.schema import LLMJudge

WINDOW = 1024
"""Cases whose requests are under way together. A request of the second kind waits for one of the first."""
BATCH_WINDOW = 50_000
"""The same for a batch API, which takes that many requests and answers within a day."""
NO_POSITIVE = "no_positive"
"""Note of the verdicts on a query without a positive: there is nothing to compare with."""


class Asks(Protocol):
    """What this room needs of ``langret.llm.LLM``."""

    def ask(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """One answer a prompt, in their order."""

    def estimate(self, prompts: Iterable[Prompt]) -> Estimate:
        """What asking would cost at most."""


class ByLanguageModel:
    """Judges by a language model: ``compare`` as RLHN does, ``support`` as ARHN does (METHODS.md 2.2, 2.10).

    ``compare`` is one request: which candidates are as good as the positives or better (``false_negative``), which are
    relevant but worse (``partial``). ``support`` asks for a quotation from every passage, positives among them, and
    then ranks the supported candidates with the positives, where there are any: above the best positive or beside it
    is ``false_negative``, below it ``partial``; without a quotation ``negative``.

    An answer that cannot be used leaves its candidates ``unknown``, with the reason in the note. Nothing is taken for
    clean because a model failed.

    Args:
        settings: What to ask, and how many candidates at once; positives are repeated in each request.
        llm: Who is asked; what was spent is its ``usage``.
    """

    def __init__(self, settings: LLMJudge, llm: Asks) -> None:
        self._settings = settings
        self.llm = llm
        self._round = self._compare if settings.ask == "compare" else self._support

    def judge(self, cases: Iterable[Case], progress: Progress = silent) -> Iterator[list[Verdict]]:
        """Judge cases, a window of them at a time."""
        done = 0
        for window in windows(cases, BATCH_WINDOW if self._settings.llm.batch else WINDOW):
            parts = [part for case in window for part in self._parts(case)]

            def advance(
                parts_done: float, done: int = done, step: float = len(window) / (len(parts) or 1)
            ) -> None:
                progress(done + parts_done * step, None, "queries judged")

            said = iter(self._round(parts, advance))
            for case in window:
                yield [verdict for _ in self._parts(case) for verdict in next(said)]
            done += len(window)
            progress(done, None, "queries judged")

    def estimate(self, cases: Iterable[Case]) -> Estimate:
        """What judging would cost at most: for ``support``, as if every candidate were supported."""
        instruction = self._settings.instruction

        def prompts() -> Iterator[Prompt]:
            for part in (part for case in cases if case.positives for part in self._parts(case)):
                if self._settings.ask == "compare":
                    yield compare_prompt(part, instruction)
                else:
                    passages = shown(part)
                    yield quote_prompt(part, passages, instruction)
                    yield rank_prompt(part, passages, instruction)

        return self.llm.estimate(prompts())

    def _parts(self, case: Case) -> list[Case]:
        """The case as often as its candidates need requests."""
        size = self._settings.at_once
        return [
            case._replace(candidates=case.candidates[at : at + size])
            for at in range(0, len(case.candidates), size)
        ]

    def _compare(self, parts: Sequence[Case], advance: Callable[[float], None]) -> list[list[Verdict]]:
        instruction = self._settings.instruction
        found = [all_unknown(part, NO_POSITIVE) for part in parts]
        asked = [at for at, part in enumerate(parts) if part.positives]
        answers = self.llm.ask(compare_prompt(parts[at], instruction) for at in asked)
        for at, answer in zip(asked, answers, strict=True):
            found[at] = read_comparison(parts[at], answer)
            advance(at + 1)
        return found

    def _support(self, parts: Sequence[Case], advance: Callable[[float], None]) -> list[list[Verdict]]:
        instruction = self._settings.instruction
        found = [all_unknown(part, NO_POSITIVE) for part in parts]
        asked = [at for at, part in enumerate(parts) if part.positives]
        passages = {at: shown(parts[at]) for at in asked}
        answers = self.llm.ask(quote_prompt(parts[at], passages[at], instruction) for at in asked)
        for at, answer in zip(asked, answers, strict=True):
            passages[at] = read_quotes(passages[at], answer)
            advance((at + 1) / 2)
        ranked = {at: to_rank(passages[at]) for at in asked}
        again = [at for at in asked if ranked[at]]
        answers = self.llm.ask(rank_prompt(parts[at], ranked[at], instruction) for at in again)
        for at, answer in zip(again, answers, strict=True):
            ranked[at] = read_ranking(ranked[at], answer)
            advance((len(parts) + at + 1) / 2)
        for at in asked:
            found[at] = support_verdicts(parts[at], passages[at], ranked[at])
        return found
