"""Passages written by a language model: hard negatives of queries that are there, and whole triplets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from langret.data.records import Judgement, Passage, Query, Record, Rejected, full_text
from langret.recipe.schema import Triplets, WrittenNegatives
from langret.synthesis.brainstorm import brainstorm
from langret.synthesis.job import Job, in_turn, texts_of, unanswered
from langret.synthesis.prompts import (
    NegativeAnswer,
    TripletAnswer,
    negatives_prompt,
    task_queries_prompt,
    tasks_prompt,
    triplet_prompt,
)

if TYPE_CHECKING:
    from langret.llm import Prompt

_LENGTHS = (200, 400, 800)
"""About how many characters the passages of triplets have, in turn."""


def write_negatives(job: Job, settings: WrittenNegatives) -> Iterator[Record]:
    """Have passages written that seem to answer a query and do not (arXiv 2504.21015, METHODS.md 6).

    The model sees the query alone, arm (a) of the paper, or a positive with it, arm (b). A passage that repeats a
    positive is set aside as ``near_duplicate``; whether one answers after all is for the judges to say. What passes
    becomes a passage with a judgement of relevance 0: a negative that the data itself gives.

    Args:
        job: What there is, with queries and judgements.
        settings: Model and numbers.
    """
    positives = job.collection.positives()
    asking = (query.id for query in job.collection.kept_queries() if query.id in positives)
    chosen = job.draw(asking, settings.queries)
    texts = texts_of(job.collection, (pid for qid in chosen for pid in positives[qid]))

    def asked() -> Iterator[tuple[str, Prompt]]:
        for query in job.collection.kept_queries():
            if query.id in chosen:
                first = texts[positives[query.id][0]]
                whole = full_text(first.title, first.text)[: settings.characters]
                size = max(100, min(len(first.text), settings.characters))
                yield (
                    query.id,
                    negatives_prompt(
                        job.language,
                        query.text,
                        whole if settings.see == "positive" else None,
                        settings.per_query,
                        size - size % 50,
                        bool(first.title),
                        settings.instruction,
                    ),
                )

    for qid, answer in job.ask(asked(), len(chosen)):
        if answer.value is None:
            yield unanswered(job.id_of(qid), answer)
            continue
        own = [texts[pid] for pid in positives[qid]]
        unlike = [passage.text for passage in own]
        given = cast(NegativeAnswer, answer.value).passages
        for number, item in enumerate(given[: settings.per_query], start=1):
            # a title that positives do not have would tell the negatives from them
            title = job.language.normalize(item.title) if own[0].title else ""
            text, written = job.language.normalize(item.text), job.id_of(qid, number)
            reason = job.checks.passage(text, settings.characters, unlike)
            if reason:
                yield Rejected(written, reason, text)
                continue
            unlike.append(text)
            yield Passage(written, text, title)
            yield Judgement(qid, written, 0)
        yield from job.uneven(qid, settings.per_query, len(given))


def write_triplets(job: Job, settings: Triplets) -> Iterator[Record]:
    """Have queries, positives and hard negatives written for retrieval tasks, without any document.

    Tasks are given or thought up first; then each task's queries; then for each query a passage that answers it and
    one that is related and of less use (Linq-Embed-Mistral and Swan, METHODS.md 1 and 5). A triplet of which one
    text fails a check is set aside as a whole. The ids are ``triplets:TASK#NUMBER``, for the passages with
    ``/positive`` and ``/negative`` after it.

    Args:
        job: What there is; it may be empty.
        settings: Model, tasks and numbers.
    """

    def think(domain: str, count: int, have: Sequence[str]) -> Prompt:
        return tasks_prompt(job.language, domain, count, have)

    def ask(task: str, count: int, have: Sequence[str]) -> Prompt:
        return task_queries_prompt(job.language, task, count, have, settings.instruction)

    tasks = settings.tasks
    if settings.brainstorm is not None:
        tasks = (yield from brainstorm(job, [settings.domain], settings.brainstorm, think))[settings.domain]

    def check(query: str) -> str:
        return job.checks.query(job.language.normalize(query))

    queries = yield from brainstorm(job, tasks, settings.per_task, ask, check)

    def asked() -> Iterator[tuple[tuple[str, str], Prompt]]:
        for place, (task, texts) in enumerate(queries.items(), start=1):
            lengths = in_turn(_LENGTHS, job.lot("length", task), len(texts))
            for number, (query, length) in enumerate(zip(texts, lengths, strict=True), start=1):
                size = min(length, settings.characters)
                written = job.id_of(str(place), number)
                prompt = triplet_prompt(job.language, task, query, size, settings.instruction)
                yield (written, job.language.normalize(query)), prompt

    for (written, query), answer in job.ask(asked(), sum(map(len, queries.values()))):
        if answer.value is None:
            yield unanswered(written, answer)
            continue
        triplet = cast(TripletAnswer, answer.value)
        positive, negative = map(job.language.normalize, (triplet.positive, triplet.negative))
        reason, found = job.checks.passage(positive, settings.characters, [query]), positive
        if not reason:
            reason, found = job.checks.passage(negative, settings.characters, [positive, query]), negative
        if reason:
            yield Rejected(written, reason, found)
            continue
        yield Query(written, query)
        for kind, text, grade in (("positive", positive, 1), ("negative", negative, 0)):
            yield Passage(f"{written}/{kind}", text)
            yield Judgement(written, f"{written}/{kind}", grade)
