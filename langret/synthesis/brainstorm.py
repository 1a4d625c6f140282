"""Having a language model think up many different things: tasks, people, queries."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from langret.data.leakage import text_key
from langret.data.records import Rejected
from langret.synthesis.job import Job, unanswered
from langret.synthesis.prompts import Listed

if TYPE_CHECKING:
    from langret.llm import Prompt

AT_ONCE = 25
"""Things asked for in one request; models repeat themselves in longer lists."""
LONGEST = 500


def brainstorm(
    job: Job,
    subjects: Sequence[str],
    wanted: int,
    prompt: Callable[[str, int, Sequence[str]], Prompt],
    check: Callable[[str], str] | None = None,
) -> Generator[Rejected, None, dict[str, list[str]]]:
    """Ask for things about each subject, again and again, until there are enough or nothing new comes.

    Args:
        job: What there is.
        subjects: What to think about.
        wanted: Things for each subject.
        prompt: Makes the prompt from a subject, how many things are still to be named, at most ``AT_ONCE``, and
            those that are there.
        check: Says why a thing is of no use, or ``""``.

    Yields:
        What was set aside: ``empty``, ``not_asked_for``, ``too_long``, ``duplicate``, what ``check`` says, requests
        without an answer, and ``not_written`` for each thing that is missing in the end.

    Returns:
        By subject, at most ``wanted`` things.
    """
    found: dict[str, list[str]] = {subject: [] for subject in subjects}
    keys: dict[str, set[str]] = {subject: set() for subject in subjects}
    place = {subject: str(number) for number, subject in enumerate(found, start=1)}
    going = list(found)

    def asked() -> Iterator[tuple[str, Prompt]]:
        for subject in going:
            left = min(AT_ONCE, wanted - len(found[subject]))
            yield subject, prompt(subject, left, found[subject])

    while going:
        more = []
        for subject, answer in job.ask(asked(), len(going)):
            if answer.value is None:
                yield unanswered(job.id_of(place[subject]), answer)
                continue
            before = len(found[subject])
            most = min(wanted, before + AT_ONCE)
            for item in cast(Listed, answer.value).items:
                text, key = " ".join(item.split()), text_key(item)
                reason = "" if key else "empty"
                reason = reason or ("not_asked_for" if len(found[subject]) == most else "")
                reason = reason or ("too_long" if len(text) > LONGEST else "")
                reason = reason or ("duplicate" if key in keys[subject] else "")
                reason = reason or (check(text) if check is not None else "")
                if reason:
                    yield Rejected(job.id_of(place[subject]), reason, text)
                else:
                    keys[subject].add(key)
                    found[subject].append(text)
            if before < len(found[subject]) < wanted:
                more.append(subject)
        going = more
    for subject, things in found.items():
        yield from job.uneven(place[subject], wanted, len(things))
    return found
