"""A generated world as a collection, and its truth."""

from __future__ import annotations

import random
from collections.abc import Iterator

from langret.data.records import Collection, Judgement, Passage, Query, Record
from langret.errors import LanguageError, nearest
from langret.language import Language
from langret.synthesis.world_make import Split, World, make_world


def build_world(language: Language, split: Split, *, seed: int = 7) -> Collection:
    """Generate the encyclopaedia of the language's invented country, with the questions of one split.

    Training questions have exactly one labelled positive, as published data sets have; other passages that
    state the same fact are false negatives, and `world_truth` knows them. Development and test questions have
    all positives labelled, and passages about the same entity that lack the fact judged 0. The splits ask
    about different facts in the same wordings, about the same passages.

    Args:
        language: Plugin whose ``world()`` gives the words.
        split: ``train``, ``dev`` or ``test``.
        seed: Another seed gives another country.

    Returns:
        All passages of the world (the same in every split, ids stable), and the split's questions and
        judgements.

    Raises:
        LanguageError: The plugin has no world, its words do not make one, or the split has another name.
    """
    if split not in ("train", "dev", "test"):
        raise LanguageError(f'A world has no split "{split}".', hint=nearest(split, ("train", "dev", "test")))
    return Collection.from_records(_records(make_world(language.world(), seed), split, seed))


def _records(world: World, split: Split, seed: int) -> Iterator[Record]:
    about: dict[str, list[str]] = {}
    for passage in world.passages:
        yield Passage(passage.id, passage.text, passage.title)
        about.setdefault(passage.about, []).append(passage.id)
    for question in world.questions:
        if question.split != split:
            continue
        yield Query(question.id, question.text)
        stating = world.stating[question.fact]
        if split == "train":
            yield Judgement(question.id, random.Random(f"{seed}|{question.id}|label").choice(stating))
            continue
        for passage_id in stating:
            yield Judgement(question.id, passage_id)
        for passage_id in about[question.fact[0]]:
            if passage_id not in stating:
                yield Judgement(question.id, passage_id, 0)


def world_truth(language: Language, *, seed: int = 7) -> dict[str, list[str]]:
    """Every passage that answers each question of every split, labelled or not.

    Returns:
        Question id to the ids of all passages that state its fact.

    Raises:
        LanguageError: As `build_world`.
    """
    world = make_world(language.world(), seed)
    return {question.id: list(world.stating[question.fact]) for question in world.questions}
