"""Words by UAX 29 and BM25 terms by the Snowball stemmer for Indonesian."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from langret.language.tools import Packages, uax29_words

SEGMENTER = "stems-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# Particles, prepositions and question words. The last are in nearly every question and in few answers.
_STOP = """
    yang di ke dari dan atau pada untuk dengan oleh dalam adalah ialah merupakan itu ini para sang
    si juga akan telah sudah sebagai karena bahwa serta apa apakah siapa siapakah berapa berapakah
    kapan kapankah dimana dimanakah mana manakah bagaimana bagaimanakah mengapa mengapakah kenapa
"""
STOP = frozenset(_STOP.split())
_REMEMBERED = 500_000
_TERM = re.compile(r"[^\W_]+(?:[\u0300-\u036f]|[^\W_])*(?:'[^\W\d_]+)*")
# Written by hand and in messages: anak² and anak2 for anak-anak. Two letters are units (km²), capitals are
# formulas (CO2).
_TWICE = re.compile(r"([A-Z]?[a-z]{3,})[2²]((?:nya)?)")


PACKAGES = Packages("Indonesian BM25 terms", ("PyStemmer", "regex"), extra="id")


@cache
def _stemmer() -> Callable[[str], str]:
    module = PACKAGES.load("Stemmer")
    stem: Callable[[str], str] = module.Stemmer("indonesian").stemWord
    return stem


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation. Hyphens end a word: ``anak-anak`` is ``anak``, ``-``, ``anak``.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


def _plain(word: str) -> str:
    """A word in lower case without diacritics and apostrophes: Kafé is kafe, Jum'at is jumat."""
    word = word.casefold().replace("'", "")
    if not word.isascii():
        marked = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in marked if c.isalnum())
    return word


class _Terms(dict[str, str]):
    """From a word to its BM25 term, the empty string where it has none."""

    def __missing__(self, word: str) -> str:
        twice = _TWICE.fullmatch(word)
        plain = _plain(twice[1] + twice[2] if twice else word)
        term = "" if plain in STOP else _stemmer()(plain)
        if len(self) < _REMEMBERED:
            self[word] = term
        return term


_TERMS = _Terms()


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: stems without diacritics, each reduplication once.

    Chosen on IDK-MRC; the figures are in ``docs/languages/id.md``.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.

    Raises:
        MissingDependencyError: PyStemmer is not installed.
    """
    terms: list[str] = []
    end, before = -1, ""
    for match in _TERM.finditer(text):
        term = _TERMS[match.group()]
        # rumah-rumah, bermain-main, buku-bukunya: two words that a hyphen joins and a stem shares are one
        again = term == before and match.start() == end + 1 and text[end] == "-"
        if term and not again:
            terms.append(term)
        end, before = match.end(), term
    return terms
