"""Asking for a quotation that answers, then for a ranking of what has one (ARHN, METHODS.md 2.10)."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from langret.judging.prompts import RULES, definition, out_of_range, problem_of, short
from langret.judging.verdicts import Case, Ruling, Verdict
from langret.llm import Answer, Prompt, quoted
from langret.mining.candidates import lot

QUOTE = """\
You check the training data of a search engine. You see a query and numbered passages. Find in every passage the \
shortest piece of its text that makes it relevant to the query.

{definition}

Fill in passages: one entry for every passage, with its number and the quote. Copy the quote out of that passage \
letter by letter, in its own language and spelling, without leaving anything out in the middle, without translating, \
correcting or adding. Where a passage has no such piece, leave the quote empty; many passages have none.

{rules}"""

RANK = """\
You check the training data of a search engine. You see a query and numbered passages. Rank the passages by how \
directly and completely each one, read alone, is relevant to the query.

{definition}

Fill in groups: lists of numbers, the best group first. Passages that are equally good stand in one group. Every \
passage stands in exactly one group. Length, style and the order in which passages are given do not count.

{rules}"""

QUOTATION_MARKS = "\"'“”‘’«»‹›「」『』…. "


class Quote(BaseModel):
    """The piece of a passage that makes it relevant; empty where there is none."""

    number: int
    quote: str | None


class Quotes(BaseModel):
    """What the model answers first."""

    passages: list[Quote]


class Ranking(BaseModel):
    """What the model answers second: numbers of passages, the best group first."""

    groups: list[list[int]]


class Shown(NamedTuple):
    """A passage of a request.

    Attributes:
        id: Id of the passage.
        text: Its text.
        positive: Whether it is a known positive; the model is not told.
        quote: What supports it, where it was asked for and found.
        place: Number of its group in the ranking, 0 for the best.
        problem: Why quote or place are not known.
    """

    id: str
    text: str
    positive: bool
    quote: str = ""
    place: int | None = None
    problem: str = ""


def shown(case: Case) -> list[Shown]:
    """Positives and candidates of a case in one list, in an order that says nothing of which is which."""
    passages = [Shown(*p, True) for p in case.positives] + [Shown(*c, False) for c in case.candidates]
    return sorted(dict.fromkeys(passages), key=lambda p: lot(0, case.query_id, p.id))


def quote_prompt(case: Case, passages: Sequence[Shown], instruction: str) -> Prompt:
    """The first request about a case.

    Args:
        case: With at least one positive and one candidate.
        passages: From ``shown``.
        instruction: What relevant means; empty: that a passage answers the query.
    """
    task = f"Quote from each of the passages 1 to {len(passages)}."
    return Prompt(
        QUOTE.format(definition=definition(instruction), rules=RULES), _user(case, passages, task), Quotes
    )


def read_quotes(passages: Sequence[Shown], answer: Answer) -> list[Shown]:
    """Fill in what supports each passage.

    A quotation counts where it stands in that passage, white space and quotation marks around it aside. A model that
    quotes what is not there, gives a passage no answer, or says both that something and that nothing supports it, has
    not answered.

    Args:
        passages: Those of the request.
        answer: What came back.

    Returns:
        The passages with ``quote`` or ``problem``; neither where nothing supports one.
    """
    problem = problem_of(answer)
    said: dict[int, list[str]] = {}
    if not problem:
        assert isinstance(answer.value, Quotes)
        for one in answer.value.passages:
            said.setdefault(one.number, []).append(one.quote or "")
        if out_of_range(said, len(passages)):
            problem = "number_out_of_range"
    if problem:
        return [passage._replace(problem=problem) for passage in passages]
    return [_supported(passage, said.get(number, [])) for number, passage in enumerate(passages, 1)]


def _supported(passage: Shown, quotes: list[str]) -> Shown:
    if not quotes:
        return passage._replace(problem="not_answered")
    given = [quote for quote in quotes if quote.strip()]
    if not given:
        return passage
    if len(given) < len(quotes):
        return passage._replace(problem="quoted_and_not")
    text = _bare(passage.text)
    for quote in given:
        if any(needle and needle in text for needle in _readings(quote)):
            return passage._replace(quote=quote.strip())
    return passage._replace(problem=f"quote_not_in_passage: {given[0]}")


def _readings(quote: str) -> Iterator[str]:
    """A quotation without the marks around it; also with the escapes resolved in which the model saw the passage."""
    yield _bare(quote.strip().strip(QUOTATION_MARKS))
    if "\\" in quote:
        with contextlib.suppress(json.JSONDecodeError):
            yield _bare(json.loads(f'"{quote.strip()}"', strict=False).strip(QUOTATION_MARKS))


def _bare(text: str) -> str:
    """Text without white space: scripts that write none have it at line ends, where models drop it."""
    return "".join(unicodedata.normalize("NFC", text).split())


def to_rank(passages: Sequence[Shown]) -> list[Shown]:
    """What the second request ranks: supported candidates and every positive; nothing where no candidate is."""
    if not any(p.quote and not p.positive for p in passages):
        return []
    return [p for p in passages if p.positive or p.quote]


def rank_prompt(case: Case, passages: Sequence[Shown], instruction: str) -> Prompt:
    """The second request about a case.

    Args:
        case: The case of the first one.
        passages: From ``to_rank``.
        instruction: What relevant means.
    """
    task = f"Rank the passages 1 to {len(passages)}."
    return Prompt(
        RANK.format(definition=definition(instruction), rules=RULES), _user(case, passages, task), Ranking
    )


def _user(case: Case, passages: Sequence[Shown], task: str) -> str:
    return "\n\n".join(
        [quoted("query", [case.query]), quoted("passages", [passage.text for passage in passages]), task]
    )


def read_ranking(passages: Sequence[Shown], answer: Answer) -> list[Shown]:
    """Fill in the place of each passage.

    Args:
        passages: Those of the request.
        answer: What came back.

    Returns:
        The passages with ``place`` or ``problem``.
    """
    problem = problem_of(answer)
    places: dict[int, set[int]] = {}
    if not problem:
        assert isinstance(answer.value, Ranking)
        for place, group in enumerate(answer.value.groups):
            for number in group:
                places.setdefault(number, set()).add(place)
        if out_of_range(places, len(passages)):
            problem = "number_out_of_range"
    found = []
    for number, passage in enumerate(passages, 1):
        own = places.get(number, set())
        if problem or len(own) != 1:
            why = problem or ("ranked_twice" if own else "not_ranked")
            found.append(passage._replace(problem=why))
        else:
            found.append(passage._replace(place=own.pop()))
    return found


def support_verdicts(case: Case, passages: Sequence[Shown], ranked: Sequence[Shown]) -> list[Verdict]:
    """Verdicts on the candidates of a case, from quotations and ranking.

    A candidate without support is ``negative``. A supported one is a ``false_negative`` where it stands above the best
    positive or beside it, and ``partial`` below. So it is too where nothing was found to support a positive: a model
    that overlooks the answer in a passage which people marked does not overrule them, its ranking decides. The notes of
    such a case begin with ``positive_unsupported``. Where a positive has no place, no candidate is above or below it.

    Args:
        case: The case.
        passages: From ``read_quotes``.
        ranked: From ``read_ranking``; empty where there was nothing to rank.

    Returns:
        One verdict a candidate, in their order. The note is the quotation, or why the verdict is unknown.
    """
    asked = [p for p in passages if p.positive]
    missed = not any(p.quote or p.problem for p in asked)
    positives = [p for p in ranked if p.positive]
    lost = next((f"positive_{p.problem}" for p in positives if p.place is None), "")
    best = min((p.place for p in positives if p.place is not None), default=-1)
    by_id = {p.id: p for p in (*passages, *ranked) if not p.positive}

    def verdict(passage: Shown) -> Verdict:
        ruling: Ruling = "negative"
        note = passage.quote
        if passage.problem or (passage.quote and lost):
            ruling, note = "unknown", passage.problem or lost
        elif passage.quote:
            assert passage.place is not None
            ruling = "false_negative" if passage.place <= best else "partial"
        if missed:
            note = f"positive_unsupported: {note}" if note else "positive_unsupported"
        return Verdict(case.query_id, passage.id, ruling, None, short(note))

    return [verdict(by_id[passage_id]) for passage_id, _ in case.candidates]
