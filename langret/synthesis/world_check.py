"""Proof that a generated world is what it claims: its truth holds in the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from langret.errors import LanguageError
from langret.language import Language
from langret.synthesis.world import Attribute, Kind, Word, WorldWords, gaps, has, shapes
from langret.synthesis.world_make import World, make_world

_START = 3
LEAST = {"passages": 2000, "train": 1500, "dev": 150, "test": 300}


def world_validate(language: Language, *, seed: int = 7, least: Mapping[str, int] = LEAST) -> None:
    """Check the words of a language's world, and the truth of the world they make.

    Words: every pattern has only gaps it may have and those it needs, there are enough wordings, no two
    values of an attribute share a form, and no pattern holds a form of a value by itself. World: every
    passage that is said to state a fact names the entity and holds a form of the value; no other passage
    holds both; nothing occurs twice; passages have the promised length; splits share no fact and have at
    least the promised sizes.

    Args:
        language: Plugin whose ``world()`` is checked.
        seed: Seed of the world.
        least: Fewest passages and fewest questions of each split.

    Raises:
        LanguageError: The first thing that is wrong, with where it stands.
    """
    words = language.world()
    place = f"world of {language.name}"
    _check_words(words, place)
    _check_world(words, make_world(words, seed), place, least)


def _texts(word: Word) -> set[str]:
    return {text for form in word.forms for text in shapes(form).values()}


def _found(form: str, text: str, spaced: bool) -> bool:
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not spaced or not (_in_word(text[at - 1 : at]) or _in_word(text[end : end + 1])):
            return True
        at = text.find(form, at + 1)
    return False


def _in_word(char: str) -> bool:
    """Whether a neighbour of a form makes it a part of a longer word: letters, digits, marks and joiners do."""
    return bool(char) and (char.isalnum() or char in "_\u200c\u200d" or unicodedata.category(char)[0] == "M")


def _by_start(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their first letters, so that a passage is not searched for all of them."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name[:_START], []).append(name)
    return found


def _named_in(text: str, by_start: Mapping[str, list[str]]) -> list[str]:
    """Names that stand in a text, longest first."""
    starts = {text[i : i + size] for size in range(1, _START + 1) for i in range(len(text))}
    here = [name for start in starts for name in by_start.get(start, ()) if name in text]
    return sorted(here, key=lambda name: (-len(name), name))


def _check_pattern(pattern: str, where: str, allowed: Iterable[str], needed: Iterable[str] = ()) -> None:
    allowed = set(allowed)
    for gap, _ in gaps(pattern):
        if gap not in allowed:
            raise LanguageError(
                f'"{pattern}" has the gap {{{gap}}}; allowed: {sorted(allowed)}.', where=where
            )
    for gap in needed:
        if not has(pattern, gap):
            raise LanguageError(f'"{pattern}" lacks the gap {{{gap}}}.', where=where)
    if "{" in re.sub(r"\{\w+(?:\.\w+)?\}", "", pattern):
        raise LanguageError(f'"{pattern}" has a brace that opens no gap.', where=where)


def _check_attribute(attribute: Attribute, where: str) -> None:
    for name, least in (("values", 2), ("said", 2), ("mentioned", 1), ("asked", 1)):
        if len(getattr(attribute, name)) < least:
            raise LanguageError(f"`{name}` needs at least {least}.", where=where)
    for pattern in attribute.said:
        _check_pattern(pattern, where, ("name", "place", "value"), ("value",))
    for pattern in attribute.mentioned:
        _check_pattern(pattern, where, ("name", "place", "value"), ("name", "value"))
    for pattern in attribute.asked:
        _check_pattern(pattern, where, ("name", "place", "value"))
        if not any(gaps(pattern)):
            raise LanguageError(f'The question "{pattern}" has no gap.', where=where)
        if has(pattern, "name") and has(pattern, "value"):
            raise LanguageError(
                f'The question "{pattern}" gives both the entity and the answer.', where=where
            )
    if not any(has(pattern, "name") for pattern in attribute.asked):
        raise LanguageError("No question of `asked` has the gap {name}.", where=where)
    seen: dict[str, Word] = {}
    for value in attribute.values:
        for text in _texts(value):
            if seen.setdefault(text, value) is not value:
                raise LanguageError(f'Two values share the form "{text}".', where=where)


def _check_kind(kind: Kind, where: str) -> None:
    for name, least in (("opened", 2), ("asides", 4), ("attributes", 3), ("names", 1)):
        if len(getattr(kind, name)) < least:
            raise LanguageError(f"`{name}` needs at least {least}.", where=where)
    for pattern in kind.opened:
        _check_pattern(pattern, where, ("name", "place"), ("name", "place"))
    for pattern in kind.asides:
        _check_pattern(pattern, where, ("name", "place"))
    for attribute in kind.attributes:
        _check_attribute(attribute, f"{where}, attribute {attribute.name}")
    pattern, count = Counter(p for a in kind.attributes for p in a.asked).most_common(1)[0]
    if count > 1:
        raise LanguageError(f'Two attributes ask "{pattern}".', where=where)


def _check_words(words: WorldWords, place: str) -> None:
    patterns = [("guide_opened", p) for p in words.guide_opened] + [
        ("guide_titles", p) for p in words.guide_titles
    ]
    for name, pattern in patterns:
        _check_pattern(pattern, f"{place}, {name}", ("place",), ("place",))
    for pattern in words.neighbours:
        _check_pattern(pattern, f"{place}, neighbours", ("mention",), ("mention",))
    patterns += [("neighbours", p) for p in words.neighbours]
    said, asked = words.passkey
    _check_pattern(said, f"{place}, passkey", ("name", "value"), ("name", "value"))
    _check_pattern(asked, f"{place}, passkey", ("name",), ("name",))
    for kind in words.kinds:
        where = f"kind {kind.name}"
        _check_kind(kind, f"{place}, {where}")
        patterns += [(where, p) for p in (*kind.opened, *kind.asides)]
        for attribute in kind.attributes:
            patterns += [
                (f"{where}, attribute {attribute.name}", p) for p in (*attribute.said, *attribute.mentioned)
            ]
    _check_bare(words, patterns, place)


def _check_bare(words: WorldWords, patterns: list[tuple[str, str]], place: str) -> None:
    """No sentence may hold a value outside its gap: it would state a fact that the truth does not know."""
    forms = {
        text: f"{kind.name}.{attribute.name}"
        for kind in words.kinds
        for attribute in kind.attributes
        for value in attribute.values
        for text in _texts(value)
    }
    bare = [(where, p, re.sub(r"\{[^}]*\}", "\n", p)) for where, p in patterns]
    everything = "\n".join(text for _, _, text in bare)
    for form, owner in forms.items():
        if form not in everything:
            continue
        for where, pattern, text in bare:
            if _found(form, text, words.spaced):
                raise LanguageError(
                    f'"{pattern}" holds "{form}", a value of {owner}; it would state facts by itself.',
                    where=f"{place}, {where}",
                )


def _check_world(words: WorldWords, world: World, place: str, least: Mapping[str, int]) -> None:
    """The truth holds in the text: names and values are looked for there, whatever the maker noted."""
    low, high = words.length
    owner = {t: key for key, entity in world.entities.items() for way in entity.ways for t in way.values()}
    by_start = _by_start(owner)
    asked = {question.fact for question in world.questions}
    facts_of: dict[str, list[tuple[str, set[str]]]] = {}
    for key, entity in world.entities.items():
        facts_of[key] = [(a, _texts(v)) for a, v in entity.values.items() if (key, a) in asked]
    for passage in world.passages:
        where = f"{place}, passage {passage.id}"
        if not low <= len(passage.text) <= high:
            raise LanguageError(
                f"{len(passage.text)} characters; `length` promises {low} to {high}: {passage.text}",
                where=where,
            )
        here = _named_in(passage.text, by_start)
        named = {owner[form] for form in here if _found(form, passage.text, words.spaced)}
        left = passage.text
        for form in here:
            left = left.replace(form, "\n")
        for (key, attribute), form in passage.facts.items():
            value = world.entities[key].values[attribute]
            known = _texts(value)
            if form not in known | {t[:1].upper() + t[1:] for t in known} or not _found(
                form, passage.text, words.spaced
            ):
                raise LanguageError(f'Is said to state {attribute} of {key} but lacks "{form}".', where=where)
            if key not in named:
                raise LanguageError(
                    f"Is said to state {attribute} of {key} but does not name it.", where=where
                )
        for form in sorted(set(passage.facts.values()), key=len, reverse=True):
            left = left.replace(form, "\n")
        for key in named:
            for attribute, forms in facts_of[key]:
                if (key, attribute) in passage.facts:
                    continue
                for form in forms:
                    if _found(form, left, words.spaced):
                        message = (
                            f'States {attribute} of {key} ("{form}") though it is not said to: {passage.text}'
                        )
                        raise LanguageError(message, where=where)
    _check_questions(world, words.spaced, place)
    sizes = Counter(question.split for question in world.questions)
    for name, wanted in least.items():
        size = len(world.passages) if name == "passages" else sizes[name]  # type: ignore[index]
        if size < wanted:
            raise LanguageError(
                f"{size} {name}; at least {wanted} are wanted.", where=place, hint="Raise `count`."
            )


def _check_questions(world: World, spaced: bool, place: str) -> None:
    for what, texts in (
        ("passage id", [p.id for p in world.passages]),
        ("passage", [p.text for p in world.passages]),
        ("question", [q.text for q in world.questions]),
    ):
        text, count = Counter(texts).most_common(1)[0]
        if count > 1:
            raise LanguageError(f'The {what} "{text}" occurs {count} times.', where=place)
    splits: dict[tuple[str, str], set[str]] = {}
    for question in world.questions:
        splits.setdefault(question.fact, set()).add(question.split)
        if not world.stating.get(question.fact):
            raise LanguageError(f"No passage answers {question.id}: {question.text}", where=place)
        entity = world.entities[question.fact[0]]
        left = question.text
        for way in (*entity.ways, *entity.place_ways):
            for name in way.values():
                left = left.replace(name, "\n")
        given = has(question.pattern, "value")
        for form in _texts(entity.values[question.fact[1]]):
            if not given and _found(form, left, spaced):
                raise LanguageError(f'{question.id} holds its answer "{form}": {question.text}', where=place)
    shared = [fact for fact, found in splits.items() if len(found) > 1]
    if shared:
        raise LanguageError(f"Splits share the fact {shared[0]}.", where=place)
