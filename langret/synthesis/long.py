"""Long documents, each with one sentence to be found: passkeys and needles in any language that has a world.

The tests are LongEmbed's (arXiv 2404.12096, section 3.2): for each length as many candidate documents as all its
queries share, a sentence hidden in each at a depth of its own, and the share of queries that find their document first.
Filler, names and facts come from the plugin's world, so that no language model and no download is needed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, cycle
from typing import NamedTuple

from langret.data.records import Collection, Judgement, Passage, Query, Record
from langret.errors import DataError, LanguageError
from langret.language import Language
from langret.recipe.schema import Long
from langret.synthesis.world import WorldWords, gaps, shapes
from langret.synthesis.world_make import Entity, World, fill, make_world

WORDS_PER_TOKEN = 0.75
"""Words that LongEmbed counts for a token. A length has to mean the same for every model, and each has tokens of its
own; words of the plugin's segmenter belong to the language."""
SEED = 11
"""Another country than the quickstart's, so that a member trained on that one has seen none of the names and facts."""

Count = Callable[[str], int]


class _Hidden(NamedTuple):
    """What is hidden in a document: the entity, the sentence, and the question that only this sentence answers."""

    entity: Entity
    sentence: str
    question: str


def build_long(
    language: Language, kind: Long, length: int, *, queries: int = 50, documents: int = 100, seed: int = SEED
) -> Collection:
    """Generate the documents and queries of one length.

    ``passkey``: sentences that state no fact, the same in all documents, and a number under a name; the query asks for
    the number of the name. ``needle``: passages of the world, in another order in each document, and one fact about an
    entity that none of them names; the query asks for the fact and names the entity. The hidden sentences are the same
    at every length, so that nothing but the length differs, and their depths are spread evenly from the beginning to
    the end.

    Args:
        language: Plugin whose ``world()`` gives names, filler and facts.
        kind: ``passkey`` or ``needle``.
        length: Length of every document in tokens, at 0.75 words of the plugin's segmenter for a token.
        queries: Queries; each has one relevant document.
        documents: Documents, which all queries share.
        seed: Another seed gives another country, other names and other numbers.

    Returns:
        Documents as passages, queries, and a judgement for each query. Nothing depends on the process or the machine.

    Raises:
        LanguageError: The plugin has no world, or its world has too few names.
        DataError: The documents are too short for what is hidden in them, or there are fewer than queries.
    """
    where = f"{kind} of {length} tokens in {language.name}"
    if not 1 <= queries <= documents:
        raise DataError(
            f"{queries} queries need as many documents of their own; there are {documents}.", where=where
        )
    words = language.world()
    world = make_world(words, seed)
    hidden = (_passkeys if kind == "passkey" else _needles)(words, world, documents, seed, where)
    hidden = [one._replace(sentence=language.normalize(one.sentence)) for one in hidden]
    count = cache(lambda text: len(language.segment(text)))
    filler = _asides(words) if kind == "passkey" else _passages(words, world, hidden)
    filler = [[language.normalize(sentence) for sentence in part] for part in filler]
    if not any(filler):
        raise LanguageError(
            "The world has nothing to fill documents with: "
            + (
                "every aside names something." if kind == "passkey" else "every passage names what is hidden."
            ),
            where=where,
        )
    budget = int(length * WORDS_PER_TOKEN)
    needed = max(count(one.sentence) for one in hidden) + 1
    if budget < needed:
        raise DataError(
            f"A document has {budget} words, and what is hidden in it has up to {needed - 1}.",
            where=where,
            hint=f"The shortest that works is {-(-needed * 4 // 3)} tokens.",
        )
    return Collection.from_records(
        _records(language, words.joiner, kind, hidden, filler, queries, budget, count, seed)
    )


def _records(
    language: Language,
    joiner: str,
    kind: Long,
    hidden: Sequence[_Hidden],
    filler: list[list[str]],
    queries: int,
    budget: int,
    count: Count,
    seed: int,
) -> Iterator[Record]:
    for number, (_, sentence, question) in enumerate(hidden):
        name = f"{kind}-{number:03d}"
        order = list(filler)
        if kind == "needle":
            random.Random(f"{seed}|{name}").shuffle(order)
        around = _fill_up(language, order, budget - count(sentence), count)
        depth = (number % queries + 0.5) / queries
        place = _boundary([count(text) for text in around], depth)
        yield Passage(name, joiner.join([*around[:place], sentence, *around[place:]]))
        if number < queries:
            query = f"q-{number:03d}"
            yield Query(query, question)
            yield Judgement(query, name)


def _passkeys(words: WorldWords, world: World, documents: int, seed: int, where: str) -> list[_Hidden]:
    rng = random.Random(f"{seed}|passkey")
    said, asked = words.passkey
    numbers = rng.sample(range(10_000, 100_000), documents)
    return [
        _Hidden(e, fill(said, name=e.ways[0], value={"": str(n)}), fill(asked, name=e.ways[0]))
        for e, n in zip(_drawn(_apart(words, world), documents, rng, where), numbers, strict=True)
    ]


def _needles(words: WorldWords, world: World, documents: int, seed: int, where: str) -> list[_Hidden]:
    """Facts with a question that writes the name as the fact does: readings of names are another test."""
    rng = random.Random(f"{seed}|needle")
    asked: dict[str, list[tuple[str, str]]] = {}
    for question in world.questions:
        key, attribute = question.fact
        if any(name in question.text for name in world.entities[key].ways[0].values()):
            asked.setdefault(key, []).append((attribute, question.text))
    found = []
    able = [entity for entity in _apart(words, world) if entity.key in asked]
    for entity in _drawn(able, documents, rng, where):
        name, text = rng.choice(asked[entity.key])
        fact = next(a for a in entity.kind.attributes if a.name == name)
        sentence = fill(
            rng.choice(fact.mentioned),
            name=entity.ways[0],
            place=entity.place_ways[0],
            value=shapes(entity.values[name].forms[0]),
        )
        found.append(_Hidden(entity, sentence, text))
    return found


def _apart(words: WorldWords, world: World) -> list[Entity]:
    """Entities that are no other's place: passages about others would name them all the time."""
    places = {kind.place for kind in words.kinds if isinstance(kind.place, str)}
    return [entity for entity in world.entities.values() if entity.kind.name not in places]


def _drawn(entities: list[Entity], documents: int, rng: random.Random, where: str) -> list[Entity]:
    if len(entities) < documents:
        raise LanguageError(
            f"{documents} documents need as many names, and the world has {len(entities)}.",
            where=where,
            hint="Ask for fewer documents, or raise `count` of its kinds.",
        )
    return rng.sample(entities, documents)


def _asides(words: WorldWords) -> list[list[str]]:
    return [[text for kind in words.kinds for text in kind.asides if not any(gaps(text))]]


def _passages(words: WorldWords, world: World, hidden: Sequence[_Hidden]) -> list[list[str]]:
    names = {text for one in hidden for way in one.entity.ways for text in way.values()}
    return [list(p.sentences) for p in world.passages if not any(name in p.text for name in names)]


def _fill_up(language: Language, parts: Sequence[Sequence[str]], budget: int, count: Count) -> list[str]:
    """Sentences of the parts in order, and from the beginning again, until there are ``budget`` words; the last one is
    cut there."""
    found: list[str] = []
    for sentence in (sentence for part in cycle(parts) for sentence in part):
        size = count(sentence)
        if size >= budget:
            return [*found, _first_words(language, sentence, budget)]
        found.append(sentence)
        budget -= size
    return found


def _first_words(language: Language, text: str, wanted: int) -> str:
    """The beginning of a text up to the end of its word number ``wanted``."""
    left = sum(map(len, language.segment(text)[:wanted]))
    for end, char in enumerate(text):
        if not left:
            return text[:end].rstrip()
        left -= not char.isspace()
    return text


def _boundary(sizes: Sequence[int], depth: float) -> int:
    """Before which sentence the words that stand in front are nearest to a share ``depth`` of all."""
    before = [0, *accumulate(sizes)]
    return min(range(len(before)), key=lambda place: abs(before[place] - depth * before[-1]))
