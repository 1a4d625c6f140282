"""Finnish words by the word boundaries of Unicode, and BM25 terms by the Snowball stemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from langret.errors import MissingDependencyError

if TYPE_CHECKING:
    import regex

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


@cache
def installed() -> str:
    """Versions of the two packages, such as ``PyStemmer-3.1.0 regex-2026.11.15``, read from metadata.

    Raises:
        MissingDependencyError: One of them is not installed.
    """
    try:
        return " ".join(f"{name}-{version(name)}" for name in ("PyStemmer", "regex"))
    except PackageNotFoundError as error:
        raise _missing(error) from error


def _missing(error: ImportError) -> MissingDependencyError:
    return MissingDependencyError(
        f"BM25 terms of Finnish text need PyStemmer ({error}).", hint="Run: pip install 'langret[fi]'"
    )


@cache
def _boundary() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"(?V1w)\b")  # w: the default word boundaries of Unicode (UAX 29)


@cache
def _stem() -> Any:
    try:
        module = import_module("Stemmer")
    except ImportError as error:
        raise _missing(error) from error
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
    return [word for piece in _boundary().split(text) for word in piece.split()]


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
