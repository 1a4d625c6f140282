"""Turkish words by the word boundaries of Unicode, and BM25 terms by the Snowball stemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from langret.language.tools import Packages, uax29_words

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# str.lower makes two characters of İ and the wrong one of I.
_CASE = str.maketrans({"İ": "i", "I": "ı"})
_LETTERS = "çğıöşü"  # letters of their own, which lose no mark
_REPLACED = str.maketrans("șţț", "ştt")  # Romanian s with a comma, which fonts of old put for ş
_REMEMBERED = 500_000
_TOKEN = re.compile(r"\w+(?:'\w+)*")
# Arabic words that Turkish writes with an apostrophe inside; what follows it is no suffix.
_WHOLE = re.compile(
    r"(?:kur'an|mes'ut|mes'ele|san'at|ma'na|şer'i|neş'e|sun'i|kat'i|cür'et|cem'i)(?!\w)", re.I
)
# How suffixes of names and numbers begin, each with what may follow it.
_SUFFIX = re.compile(
    r"(?:[yns]?[ıiuü]n?|n?[dt][ae]n?|[yn]?[ae]|y?l[ae]|[dt][ıiuü]r?|n?[dt][ae]ki\w*|l[ae]r\w*|l[ıiuü]k?\w*"
    r"|(?:[ıiuü])?nc[ıiuü]\w*|ki\w*|s[ıiuü]z\w*|y?[dm][ıiuü]ş?|c[aeıiuü]\w*)(?!\w)"
)


PACKAGES = Packages("Turkish BM25 terms", ("PyStemmer", "regex"), extra="tr")


@cache
def _stem() -> Any:
    module = PACKAGES.load("Stemmer")
    # The memory of _Terms replaces the stemmer's own.
    return module.Stemmer("turkish", 0).stemWord


def lower(text: str) -> str:
    """Lower case by Turkish rules: İ becomes i, I becomes ı."""
    return text.translate(_CASE).lower()


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space. ``İstanbul'da`` is one word.
    """
    return uax29_words(text)


def _bare(word: str) -> str:
    """A lower-case word without the marks that are no letters of Turkish: â, î, û, é become a, i, u, e."""
    if word.isascii():
        return word
    found = []
    for char in word.translate(_REPLACED):
        base = unicodedata.normalize("NFD", char)[0]
        found.append(base if char not in _LETTERS and base.isascii() else char)
    return "".join(found)


def _words(token: str) -> list[str]:
    """The words of a token. What follows the apostrophe of a name or a number is a suffix, and is dropped."""
    inner = _WHOLE.match(token)
    if inner:
        return [inner.group().replace("'", "")]
    base, *rest = token.split("'")
    if not rest:
        return [base]
    if len(base) > 1 and base[0].isupper():
        # McDonald's and Charlie'nin, but not Mc'Donald; a whole word in capitals has its suffix in capitals.
        suffixed = rest[0][0].islower() or base.isupper()
    else:
        # 1923'te, and istanbul'da as people type it; not d'artagnan.
        suffixed = _SUFFIX.match(lower(rest[0])) is not None and (len(base) > 1 or base.isdigit())
    return [base] if suffixed else [base, *rest]


class _Terms(dict[str, tuple[str, ...]]):
    """From a token to its BM25 terms."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        stem = _stem()
        bare = (_bare(lower(word)).strip("_") for word in _words(token))
        terms = tuple(stem(word) or word for word in bare if word)
        if len(self) < _REMEMBERED:
            self[token] = terms
        return terms


_TERMS = _Terms()


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: Snowball stems of words in Turkish lower case.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur.

    Raises:
        MissingDependencyError: PyStemmer is not installed.
    """
    return [term for token in _TOKEN.findall(text) for term in _TERMS[token]]
