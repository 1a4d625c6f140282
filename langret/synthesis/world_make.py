"""Putting a world together: entities with names and values, passages that state facts, questions about them.

Every choice comes from a `random.Random` seeded with a string that names the choice, so nothing depends on
the process, on the order of other choices, or on hash randomisation.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from langret.errors import LanguageError, nearest
from langret.synthesis.world import GAP, Attribute, Kind, Word, WorldWords, has, shapes

Split = Literal["train", "dev", "test"]
Shapes = Mapping[str, str]
Fact = tuple[str, str]  # key of the entity, name of the attribute


@dataclass(frozen=True, eq=False)
class Entity:
    """A thing of the world. ``ways`` are the forms of its name, the one that passages use first."""

    key: str
    kind: Kind
    parts: tuple[Word, ...]
    ways: tuple[Shapes, ...]
    place: str
    place_ways: tuple[Shapes, ...]
    values: dict[str, Word]


@dataclass(frozen=True)
class Stated:
    """A passage and the facts it states, each with the very form in which the value stands in the text."""

    id: str
    title: str
    text: str
    facts: dict[Fact, str]
    about: str  # key of the entity or place
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question on one fact, and the pattern it was made from."""

    id: str
    split: Split
    text: str
    fact: Fact
    pattern: str


@dataclass(frozen=True, eq=False)
class World:
    """Everything that was generated, with its truth."""

    entities: dict[str, Entity]
    passages: list[Stated]
    questions: list[Asked]
    stating: dict[Fact, list[str]] = field(default_factory=dict)


def fill(pattern: str, **given: Shapes) -> str:
    """Fill the gaps of a pattern.

    Args:
        pattern: Sentence with gaps such as ``{name}`` or ``{place.loc}``.
        **given: Shapes of the form chosen for each gap. The shape ``cap`` (first letter upper case) is made
            from the plain one where the form lacks it.

    Raises:
        LanguageError: The pattern has a gap that is not given, or asks for a shape that the form lacks.
    """

    def one(match: re.Match[str]) -> str:
        gap, shape = match[1], match[2] or ""
        if gap not in given:
            raise LanguageError(f'Unknown gap "{{{gap}}}" in "{pattern}".', hint=nearest(gap, given))
        form = given[gap]
        if shape in form:
            return form[shape]
        if shape == "cap":
            return form[""][:1].upper() + form[""][1:]
        raise LanguageError(
            f'"{form.get("", form)}" has no shape "{shape}", which "{pattern}" asks for.',
            hint=nearest(shape, form),
        )

    return GAP.sub(one, pattern)


def ways_of(parts: Sequence[Word], joiner: str) -> tuple[Shapes, ...]:
    """The forms of a name: all parts as usually written, then all in another form, with and without the last.

    A shape is made of that shape of every part that has it and the plain shape of the others.
    """
    found: list[Shapes] = []
    for k in range(max(len(p.forms) for p in parts)):
        for spared in (0, 1) if k and len(parts) > 1 else (0,):
            chosen = [
                shapes(p.forms[min(k, len(p.forms) - 1) if i < len(parts) - spared else 0])
                for i, p in enumerate(parts)
            ]
            names = dict.fromkeys(name for form in chosen for name in form)
            way = {n: joiner.join(form.get(n, form[""]) for form in chosen) for n in names}
            if way not in found:
                found.append(way)
    return tuple(found)


class _Names:
    """Names taken so far. No form of a name may be part of a form of another, or a text could name both."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        self.pieces: set[str] = set()

    def take(self, ways: Sequence[Shapes]) -> bool:
        texts = {text for way in ways for text in way.values()}
        pieces = {t[i:j] for t in texts for i in range(len(t)) for j in range(i + 1, len(t) + 1)}
        if texts & self.pieces or pieces & self.forms:
            return False
        self.forms |= texts
        self.pieces |= pieces
        return True


def _entities(words: WorldWords, seed: int) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    taken = _Names()
    for kind in words.kinds:
        rng = random.Random(f"{seed}|entities|{kind.name}")
        homes = [e for e in found.values() if e.kind.name == kind.place]
        if isinstance(kind.place, str):
            places = [(e.key, e.ways, e.parts) for e in homes]
        else:
            places = [(f"{kind.name}-place-{i}", ways_of([w], ""), (w,)) for i, w in enumerate(kind.place)]
        if not places:
            raise LanguageError(
                f'Kind "{kind.name}" lies in "{kind.place}", which is no earlier kind.',
                hint=nearest(str(kind.place), {e.kind.name for e in found.values()}),
            )
        rng.shuffle(places)
        for i in range(kind.count):
            place, place_ways, place_parts = places[i % len(places)]
            for attempt in range(500):
                parts = tuple(rng.choice(part) for part in kind.names)
                if attempt == 0 and rng.random() < kind.namesake:
                    parts = (*place_parts[:-1], parts[-1])
                ways = ways_of(parts, words.name_joiner)
                if taken.take(ways):
                    break
            else:
                raise LanguageError(
                    f'The parts of the names of "{kind.name}" do not make {kind.count} different names.',
                    hint="Add parts, or lower `count`.",
                )
            values: dict[str, Word] = {}
            for attribute in kind.attributes:
                free = [v for v in attribute.values if v not in values.values()]
                values[attribute.name] = rng.choice(free or attribute.values)
            key = f"{kind.name}-{i:03d}"
            found[key] = Entity(key, kind, parts, ways, place, place_ways, values)
    return found


class _Writer:
    """Writes the passages; a fact stated again takes another wording and another form of its value."""

    def __init__(self, words: WorldWords, entities: dict[str, Entity], seed: int) -> None:
        self.words, self.entities, self.seed = words, entities, seed
        self.passages: list[Stated] = []
        self.used: dict[tuple[str, str, str], int] = defaultdict(int)
        self.at: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities.values():
            self.at[entity.place].append(entity)

    def _next(
        self, entity: Entity, attribute: Attribute, patterns: tuple[str, ...], use: str
    ) -> tuple[str, str]:
        """A sentence that states the fact, and the form of the value in it."""
        rng = random.Random(f"{self.seed}|{entity.key}|{attribute.name}|{use}")
        turn = self.used[entity.key, attribute.name, use]
        self.used[entity.key, attribute.name, use] += 1
        pattern = rng.sample(patterns, len(patterns))[turn % len(patterns)]
        forms = entity.values[attribute.name].forms
        form = shapes(rng.sample(forms, len(forms))[turn % len(forms)])
        shape = next((m[2] or "" for m in GAP.finditer(pattern) if m[1] == "value"), "")
        text = fill(pattern, name=entity.ways[0], place=entity.place_ways[0], value=form)
        return text, fill("{value." + shape + "}" if shape else "{value}", value=form)

    def own(self, entity: Entity) -> None:
        """Passages about one entity: each fact once, some again in other words."""
        rng = random.Random(f"{self.seed}|{entity.key}|own")
        order = list(entity.kind.attributes)
        rng.shuffle(order)
        chunks = [order[i : i + 2] for i in range(0, len(order), 2)] + [[]]
        asides = rng.sample(entity.kind.asides, len(entity.kind.asides))
        openings = rng.sample(entity.kind.opened, len(entity.kind.opened))
        for n, chunk in enumerate(chunks):
            others = [a for a in order if a not in chunk]
            rng.shuffle(others)
            told = [*chunk, *others[: min(3, len(order) - 1) - len(chunk)]]
            rng.shuffle(told)
            facts: dict[Fact, str] = {}
            sentences = [fill(openings[n % len(openings)], name=entity.ways[0], place=entity.place_ways[0])]
            for attribute in told:
                text, form = self._next(entity, attribute, attribute.said, "said")
                sentences.append(text)
                facts[entity.key, attribute.name] = form
            if rng.random() < 0.2:
                self._neighbour(entity, sentences, facts, rng)
            self._asides(entity, sentences, asides[n:] + asides[:n], rng)
            text = self.words.joiner.join(sentences)
            self.passages.append(
                Stated(f"{entity.key}-{n}", entity.ways[0][""], text, facts, entity.key, tuple(sentences))
            )

    def _neighbour(
        self, entity: Entity, sentences: list[str], facts: dict[Fact, str], rng: random.Random
    ) -> None:
        near = [e for e in self.at[entity.place] if e is not entity]
        if not near or not self.words.neighbours:
            return
        other = rng.choice(near)
        attribute = rng.choice(other.kind.attributes)
        text, form = self._next(other, attribute, attribute.mentioned, "mentioned")
        text = fill(rng.choice(self.words.neighbours), mention={"": text})
        if len(self.words.joiner.join([*sentences, text])) <= self.words.length[1]:
            sentences.append(text)
            facts[other.key, attribute.name] = form

    def _asides(self, entity: Entity, sentences: list[str], asides: list[str], rng: random.Random) -> None:
        """Add one or two sentences without facts, more where the shortest length needs them."""
        low, high = self.words.length
        wanted = rng.choice((1, 1, 2))
        while asides and (wanted > 0 or len(self.words.joiner.join(sentences)) < low):
            wanted -= 1
            text = fill(asides.pop(), name=entity.ways[0], place=entity.place_ways[0])
            if len(self.words.joiner.join([*sentences, text])) > high:
                return
            sentences.insert(rng.randrange(1, len(sentences)), text)

    def guides(self, place: str) -> None:
        """Passages that mention three entities of one place each, one fact of each entity."""
        rng = random.Random(f"{self.seed}|{place}|guides")
        here = list(self.at[place])
        rng.shuffle(here)
        name = here[0].place_ways[0]
        openings = rng.sample(self.words.guide_opened, len(self.words.guide_opened))
        for n, start in enumerate(range(0, len(here) - 1, 3)):
            sentences = [fill(openings[n % len(openings)], place=name)]
            facts: dict[Fact, str] = {}
            for entity in here[start : start + 3]:
                attribute = rng.choice(entity.kind.attributes)
                text, form = self._next(entity, attribute, attribute.mentioned, "mentioned")
                sentences.append(text)
                facts[entity.key, attribute.name] = form
            text = self.words.joiner.join(sentences)
            title = fill(self.words.guide_titles[n % len(self.words.guide_titles)], place=name)
            if len(text) >= self.words.length[0]:
                self.passages.append(
                    Stated(f"guide-{place}-{n}", title, text, facts, place, tuple(sentences))
                )


def _question(
    words: WorldWords,
    peers: list[Entity],
    entity: Entity,
    attribute: Attribute,
    pattern: str,
    rng: random.Random,
) -> str:
    """Fill a question in, or return ``""`` where it would not tell which of its peers is meant."""
    value = entity.values[attribute.name]
    if not has(pattern, "name"):
        by_place, by_value = has(pattern, "place"), has(pattern, "value")
        for peer in peers:
            differs = by_place and peer.place != entity.place
            differs = differs or (by_value and peer.values[attribute.name] is not value)
            if peer is not entity and not differs:
                return ""

    def way(ways: Sequence[Shapes]) -> Shapes:
        other = len(ways) > 1 and rng.random() < words.readings
        return rng.choice(ways[1:]) if other else ways[0]

    form = shapes(rng.choice(value.hints or value.forms[1:] or value.forms))
    return fill(pattern, name=way(entity.ways), place=way(entity.place_ways), value=form)


def _questions(words: WorldWords, entities: dict[str, Entity], seed: int) -> list[Asked]:
    facts = [(e, a) for e in entities.values() for a in e.kind.attributes if a.asked]
    random.Random(f"{seed}|splits").shuffle(facts)
    peers: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities.values():
        peers[entity.kind.name].append(entity)
    found: list[Asked] = []
    counts: dict[Split, int] = {"train": 0, "dev": 0, "test": 0}
    for i, (entity, attribute) in enumerate(facts):
        split: Split = "test" if i < words.test else "dev" if i < words.test + words.dev else "train"
        rng = random.Random(f"{seed}|{entity.key}|{attribute.name}|asked")
        wanted = words.train_each if split == "train" else 1
        for pattern in rng.sample(attribute.asked, len(attribute.asked)):
            if not wanted:
                break
            text = _question(words, peers[entity.kind.name], entity, attribute, pattern, rng)
            if text:
                wanted -= 1
                found.append(
                    Asked(f"{split}-{counts[split]:04d}", split, text, (entity.key, attribute.name), pattern)
                )
                counts[split] += 1
    return found


@lru_cache(maxsize=4)
def make_world(words: WorldWords, seed: int) -> World:
    """Generate the world of a language: the same words and seed give the same world in every process.

    Raises:
        LanguageError: The words do not make a world: an unknown gap, a missing shape, too few parts of names.
    """
    entities = _entities(words, seed)
    writer = _Writer(words, entities, seed)
    for entity in entities.values():
        writer.own(entity)
    for place in list(writer.at):
        writer.guides(place)
    passages = writer.passages
    random.Random(f"{seed}|order").shuffle(passages)
    stating: dict[Fact, list[str]] = defaultdict(list)
    for passage in passages:
        for fact in passage.facts:
            stating[fact].append(passage.id)
    return World(entities, passages, _questions(words, entities, seed), dict(stating))
