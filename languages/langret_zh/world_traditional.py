"""The invented country in traditional characters: OpenCC's conversion of the words of ``zh``."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from langret.synthesis.world import Form, Kind, Word, WorldWords
from langret_zh.segment import converter
from langret_zh.world import WORLD

# Taiwan's characters (裡, 群), but no exchange of words for Taiwan's: texts stay those of ``zh``.
_CONFIG = "s2tw"


def _text(text: Form) -> str:
    return converter(_CONFIG)(str(text))


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_text, texts))


def _word(word: Word) -> Word:
    return Word(tuple(map(_text, word.forms)), tuple(map(_text, word.hints)))


def _name(word: Word) -> Word:
    """A part of a name: its traditional form becomes the first one, and the others stay readings."""
    simplified, traditional, *more = word.forms
    return Word((traditional, simplified, *more))


def _kind(kind: Kind) -> Kind:
    attributes = tuple(
        replace(
            a,
            values=tuple(map(_word, a.values)),
            said=_texts(a.said),
            mentioned=_texts(a.mentioned),
            asked=_texts(a.asked),
        )
        for a in kind.attributes
    )
    return replace(
        kind,
        names=tuple(tuple(map(_name, part)) for part in kind.names),
        place=kind.place if isinstance(kind.place, str) else tuple(map(_name, kind.place)),
        opened=_texts(kind.opened),
        asides=_texts(kind.asides),
        attributes=attributes,
    )


@cache
def traditional_world() -> WorldWords:
    """The words of ``zh``'s world in traditional characters; the same instance every time."""
    return replace(
        WORLD,
        kinds=tuple(map(_kind, WORLD.kinds)),
        guide_titles=_texts(WORLD.guide_titles),
        guide_opened=_texts(WORLD.guide_opened),
        neighbours=_texts(WORLD.neighbours),
        passkey=(_text(WORLD.passkey[0]), _text(WORLD.passkey[1])),
    )
