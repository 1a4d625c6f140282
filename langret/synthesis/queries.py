"""Queries that a passage answers, written by a language model: in given styles, or as people of a domain ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from langret.data.records import Judgement, Passage, Query, Record, Rejected, full_text
from langret.recipe.schema import Personas, WrittenQueries
from langret.synthesis.brainstorm import brainstorm
from langret.synthesis.checks import grounded
from langret.synthesis.job import Job, in_turn, unanswered
from langret.synthesis.prompts import QueryAnswer, people_prompt, persona_prompt, queries_prompt

if TYPE_CHECKING:
    from langret.llm import Answer, Prompt


def write_queries(job: Job, settings: WrittenQueries) -> Iterator[Record]:
    """Have queries written for drawn passages; the passage is their positive.

    The model must also quote the words that answer, and a query whose quotation does not stand in the passage is
    set aside as ``not_grounded``: the positive holds the answer (Linq-Embed-Mistral, METHODS.md 1). Other reasons
    are those of ``Checks.query``.

    Args:
        job: What there is.
        settings: Model, numbers and styles.
    """
    chosen = job.draw_passages(settings.passages)

    def asked() -> Iterator[tuple[Passage, Prompt]]:
        for passage in job.passages(chosen):
            styles = in_turn(settings.styles, job.lot("style", passage.id), settings.per_passage)
            shown = _shown(passage, settings.characters)
            yield passage, queries_prompt(job.language, shown, styles, settings.instruction)

    yield from _records(job, job.ask(asked(), len(chosen)), settings.per_passage, settings.characters)


def write_personas(job: Job, settings: Personas) -> Iterator[Record]:
    """Have people of a domain thought up, and written what they would ask of drawn passages.

    After FinPersona-E5, whose steps are known here from recollection only (METHODS.md 8): it writes the passages,
    too. Here the passages are the user's own, and each is asked about by people drawn for it.

    Args:
        job: What there is.
        settings: Model, domain and numbers.
    """

    def prompt(domain: str, count: int, have: Sequence[str]) -> Prompt:
        return people_prompt(job.language, domain, count, have)

    people = (yield from brainstorm(job, [settings.domain], settings.personas, prompt))[settings.domain]
    if not people:
        return
    chosen = job.draw_passages(settings.passages)
    each = min(settings.per_passage, len(people))

    def asked() -> Iterator[tuple[Passage, Prompt]]:
        for passage in job.passages(chosen):
            numbers = sorted(range(len(people)), key=lambda n: job.lot("people", passage.id, str(n)))[:each]
            shown = _shown(passage, settings.characters)
            drawn = [people[n] for n in numbers]
            yield passage, persona_prompt(job.language, shown, drawn, settings.instruction)

    yield from _records(job, job.ask(asked(), len(chosen)), each, settings.characters)


def _shown(passage: Passage, characters: int) -> str:
    return full_text(passage.title, passage.text)[:characters]


def _records(
    job: Job, answers: Iterable[tuple[Passage, Answer]], wanted: int, characters: int
) -> Iterator[Record]:
    """Queries that pass, with their judgement, and the others with the reason."""
    for passage, answer in answers:
        if answer.value is None:
            yield unanswered(job.id_of(passage.id), answer)
            continue
        given = cast(QueryAnswer, answer.value).queries
        for number, item in enumerate(given[:wanted], start=1):
            text, written = job.language.normalize(item.query), job.id_of(passage.id, number)
            quote = job.language.normalize(item.answer)
            reason = "" if grounded(quote, _shown(passage, characters)) else "not_grounded"
            reason = reason or job.checks.query(text, passage)
            if reason:
                yield Rejected(written, reason, text)
                continue
            yield Query(written, text)
            yield Judgement(written, passage.id)
        yield from job.uneven(passage.id, wanted, len(given))
