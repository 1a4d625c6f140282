"""Splitting German compounds with the letter statistics of the package compound-split.

The package is used for its table alone. Its own functions also load the table of Dutch, sort every possible
split, and read their word list letter by letter, so that the list knows no words.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from langret.errors import MissingDependencyError

# Chosen on the hand-made lists of tests/languages/test_de.py: below .4 come verbs (ver|stehen .30), names
# (Mer|kel .07) and derivations (Hand|lung .07).
_LEAST_SCORE = 0.4
_LEAST_WORD = 7
_LONGEST_WORD = 40  # the time of one split grows with the square of the length
_LEAST_PART = 3
# Not first parts of compounds but prefixes, which change the meaning of what follows.
_PREFIXES_TEXT = """
ab an auf aus auseinander be bei dar durch ein emp ent entgegen er fehl fest fort frei ge gegen gegenüber
gleich her herab heran herauf heraus herbei herein herum herunter hervor hin hinab hinauf hinaus hinein
hinter hinzu los miss miß mit nach nieder ohne statt teil tot über um un unter ver vor voran voraus vorbei
vorher vorüber weg weiter wider wieder zer zu zurück zusammen zwischen
"""
_PREFIXES = frozenset(_PREFIXES_TEXT.split())
# Not last parts but endings that make words of words, where they look like words themselves.
_ENDINGS = frozenset(["bar", "innen", "reich", "voll"])


@cache
def _table() -> ModuleType:
    try:
        return import_module("compound_split.de_ngram_probs")
    except ImportError as error:
        raise MissingDependencyError(
            f"Splitting German compounds needs compound-split ({error}).",
            hint="Run: pip install 'langret[de]'",
        ) from error


def _without_link(part: str) -> str:
    """The part without the s that links it to the next: Gründungs(jahr), Arbeits(platz)."""
    linked = len(part) > 3 and part.endswith(("ts", "gs", "ks", "hls", "ns"))
    return part[:-1] if linked else part


def _best(word: str) -> tuple[float, int]:
    """Score and place of the best split into two, by CharSplit (Tuggener 2016).

    A good place has before it what often ends words, after it what often begins them, and the latter is rare
    inside of words.
    """
    table = _table()
    prefix, infix, suffix = table.prefix, table.infix, table.suffix
    best = (-9.0, 0)
    for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        first, rest = _without_link(word[:at]), word[at:]
        if first in _PREFIXES or rest in _PREFIXES or rest in _ENDINGS:
            continue
        ends, begins = suffix.get(first, -1.0), prefix.get(_without_link(rest), -1.0)
        if ends + begins <= max(best[0], _LEAST_SCORE):  # what is subtracted below is never negative
            continue
        inside = min(infix.get(word[at:end], 1.0) for end in range(at + 3, len(word) + 1))
        best = max(best, (begins - inside + ends, at))
    return best


def split(word: str) -> tuple[str, ...]:
    """Split a word in lower case into the parts of the compound that it is.

    Args:
        word: Letters in lower case.

    Returns:
        The parts in order, without a linking s and without the -innen of -erinnen; the word alone where it is no
        compound that the table knows.
    """
    if not _LEAST_WORD <= len(word) <= _LONGEST_WORD:
        return (word,)
    # Fachlehrerinnen is Fach and Lehrer, not Fach, Lehre and Rinnen.
    bare = word[:-5] if word.endswith("erinnen") else word
    score, at = _best(bare)
    if score <= _LEAST_SCORE:
        return (word,)
    return (*split(_without_link(bare[:at])), *split(bare[at:]))
