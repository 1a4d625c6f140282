"""Finnish words by the word boundaries of Unicode, and BM25 terms by the Snowball stemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from langret.language.tools import Packages, uax29_words

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

_LETTERS = "äöå"  # letters of their own, which lose no mark
_LONG = 8  # a stem this long is probably a compound
_FIRST, _LAST = 5, 4  # the last part has mostly lost its last vowel with its ending
_REMEMBERED = 500_000
_WORD = re.compile(r"\w+(?:[:']\w+)*")
# Endings that stand after a colon (EU:n, USA:ssa, 5:ttä) or after an apostrophe (Bordeaux'n).
_ENDING = re.compile(
    r"(?:n|t|a|ä|ta|tä|tta|ttä|ksi|n?a|n?ä|s+a|s+ä|l+a|l+ä|st[aä]|lt[aä]|l+e|h?[aeiouyäö]n|i?d?en|i?s+[aä]|i?st[aä]"
    r"|i?l+[aä]|i?lt[aä]|i?l+e|i?ksi|nt[aä]|s|nnen|nteen|nnes|nneksi)(?:ki?n|k[aä]{2}n|k[oö])?"
)


PACKAGES = Packages("Finnish BM25 terms", ("PyStemmer", "regex"), extra="fi")


@cache
def _stem() -> Any:
    module = PACKAGES.load("Stemmer")
    # The memory of _Terms replaces the stemmer's own.
    return module.Stemmer("finnish", 0).stemWord


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space. ``EU:n`` and ``vaa'an`` are one word each,
        ``1990-luvulla`` is three.
    """
    return uax29_words(text)


def _bare(word: str) -> str:
    """A lower-case word without the marks that only loan words have: é, ü, š and ž become e, u, s and z."""
    if word.isascii():
        return word
    found = []
    for char in word:
        base = unicodedata.normalize("NFD", char)[0]
        found.append(base if char not in _LETTERS and base.isascii() else char)
    return "".join(found)


def _words(token: str) -> list[str]:
    """The parts of a token that are words: endings after a colon or an apostrophe are none."""
    base, *rest = re.split("[:']", token)
    if len(rest) == 1 and "'" in token and base[-1:] == rest[0][:1]:
        return [base + rest[0]]  # vaa'an: the apostrophe only parts two syllables
    return [base, *(part for part in rest if not _ENDING.fullmatch(part))]


class _Terms(dict[str, tuple[str, ...]]):
    """From a token in lower case to its BM25 terms."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        stem, terms = _stem(), []
        for word in filter(None, (part.strip("_") for part in _words(_bare(token)))):
            found = stem(word) or word
            terms.append(found)
            if len(found) >= _LONG:
                terms += (f"{found[:_FIRST]}-", f"-{found[-_LAST:]}")
        if len(self) < _REMEMBERED:
            self[token] = tuple(terms)
        return tuple(terms)


_TERMS = _Terms()


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: Snowball stems, and the two ends of long ones.

    Finnish writes compounds as one word; ``rautatieasema`` (railway station) should meet ``rautatie`` and
    ``linja-autoasema``. A stem of eight letters or more is therefore also indexed by its first five and its last
    four letters. What that is worth is in docs/languages/fi.md.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur.

    Raises:
        MissingDependencyError: PyStemmer is not installed.
    """
    return [term for token in _WORD.findall(text.lower()) for term in _TERMS[token]]
