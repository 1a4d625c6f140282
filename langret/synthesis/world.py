"""The words from which a language plugin builds the encyclopaedia of an invented country.

The engine knows kinds of things, their names, their attributes, and sentences with gaps; it knows no grammar.
A language whose words change their shape gives each word the shapes that its sentences ask for
(``{name.gen}``) and writes whole sentences otherwise. The plugin owns the words,
`langret.synthesis.world_make` puts them together, and `langret.synthesis.world_check` proves that what came
out is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Form = str | Mapping[str, str]
"""One way of writing a word: the text, or its shapes by name, the plain one under ``""``."""

GAP = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


@dataclass(frozen=True)
class Word:
    """One thing that can be said, with every way of saying it.

    Attributes:
        forms: Ways that stand for the word anywhere: first the usual spelling, then readings and synonyms.
            Passages name entities by the first form of each part of the name; questions use the others too.
        hints: Ways that only questions use: paraphrases from which a reader would recognise the word.
    """

    forms: tuple[Form, ...]
    hints: tuple[Form, ...] = ()


def words(text: str) -> tuple[Word, ...]:
    """Read a word list, one word a line: ``form|other form|… # hint|other hint|…``.

    Args:
        text: The list. Empty lines are skipped; spaces around forms and hints do not count.

    Returns:
        The words in order.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        forms, _, hints = line.partition("#")
        found.append(Word(_split(forms), _split(hints)))
    return tuple(found)


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split("|"))))


@dataclass(frozen=True)
class Attribute:
    """Something a kind of entity has: the length of rivers, the uniform of schools.

    Attributes:
        name: Short name, unique within the kind.
        values: What it can be. No two values may share a form.
        said: Sentences of an entity's own passages, at least two wordings. Gap ``{value}``; the entity has
            been named before, but ``{name}`` and ``{place}`` may be used.
        mentioned: Sentences that stand on their own in other entities' passages. Gaps ``{name}`` and
            ``{value}``.
        asked: Questions, in other words than ``said``. ``{name}`` names the entity; without it, ``{place}``
            and ``{value}`` must tell which is meant, and the engine uses the question only where they do. One
            wording in five may repeat the passages' words; that keeps BM25 useful but beatable.
    """

    name: str
    values: tuple[Word, ...]
    said: tuple[str, ...]
    mentioned: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of entity: towns, rivers, dishes.

    Attributes:
        name: Short name, used in passage ids.
        names: Lists of parts, one drawn from each to build a name. Few parts in many names make names similar
            and readings learnable.
        place: Where entities of this kind are: the name of another kind, or words.
        opened: First sentences of a passage. Gaps ``{name}`` and ``{place}``, both needed.
        asides: Sentences that state no fact, at least four. May use ``{name}`` and ``{place}``.
        attributes: What entities of this kind have, at least three.
        count: Number of entities.
        namesake: Chance that an entity shares all parts of its name but the last with its place.
    """

    name: str
    names: tuple[tuple[Word, ...], ...]
    place: str | tuple[Word, ...]
    opened: tuple[str, ...]
    asides: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    count: int = 45
    namesake: float = 0.0


@dataclass(frozen=True, eq=False)
class WorldWords:
    """All words of one language's invented country. Compared by identity, so keep one instance.

    Attributes:
        kinds: Kinds of entities; a kind stands after the kind in which its places are.
        guide_titles: Titles of passages that mention several entities of one place. Gap ``{place}``.
        guide_opened: First sentences of those passages. Gap ``{place}``.
        neighbours: Sentences that bring another entity of the same place into a passage. Gap ``{mention}``,
            filled with one of its ``mentioned`` sentences.
        joiner: What stands between two sentences.
        name_joiner: What stands between two parts of a name.
        spaced: Whether the script separates words. Then a form is found in a text only as whole words.
        readings: Share of questions that write a name in another form than the passages do.
        length: Fewest and most characters of a passage.
        dev: Number of development questions.
        test: Number of test questions.
        train_each: Questions on each fact that is left for training, in different wordings where there are
            enough.
        passkey: Sentence that gives a name a number, with the gaps ``{name}`` and ``{value}``, and the question for
            the number, with the gap ``{name}``; for tests of long documents (``synthesis.long``). Names of every kind
            of entity are filled in. The default has no words and serves any language.
    """

    kinds: tuple[Kind, ...]
    guide_titles: tuple[str, ...]
    guide_opened: tuple[str, ...]
    neighbours: tuple[str, ...]
    joiner: str = ""
    name_joiner: str = ""
    spaced: bool = False
    readings: float = 0.2
    length: tuple[int, int] = (60, 250)
    dev: int = 200
    test: int = 400
    train_each: int = 2
    passkey: tuple[str, str] = ("{name}: {value}.", "{name}")


def shapes(form: Form) -> dict[str, str]:
    """The shapes of a form by name; a plain string has only the one under ``""``."""
    return {"": form} if isinstance(form, str) else dict(form)


def gaps(pattern: str) -> Iterator[tuple[str, str]]:
    """Gap and shape of each ``{gap.shape}`` in a pattern; shape ``""`` where none is named."""
    for match in GAP.finditer(pattern):
        yield match[1], match[2] or ""


def has(pattern: str, gap: str) -> bool:
    """Whether a pattern has the gap."""
    return any(name == gap for name, _ in gaps(pattern))
