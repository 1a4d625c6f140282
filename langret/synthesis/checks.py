"""What written text must pass before it becomes training data; what fails says why."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from langret.data.duplicates import shingles, text_hashes
from langret.data.leakage import text_key
from langret.data.records import Passage
from langret.language.contract import Language
from langret.language.tools import uax29_sentences
from langret.recipe.schema import Filters

QUERY_CHARACTERS = 300
"""A query that is longer is an essay."""
NEAR = 0.9
"""Jaccard similarity of character 5-grams from which a written passage repeats another."""
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")


class Checks:
    """Checks of one writer's texts, in the order in which they are written.

    It remembers a hash of eight bytes for each query there was and each text that it let pass.

    Args:
        language: Plugin of the text to be written.
        queries: Table of the queries that are there, kept or not: what is held out must not be written again.
    """

    def __init__(self, language: Language, queries: pa.Table) -> None:
        self.language = language
        known = [np.zeros(0, np.uint64)]
        for batch in queries.to_batches():
            known.append(text_hashes([text_key(text) for text in batch.column("text").to_pylist()]))
        self._known = np.unique(np.concatenate(known))
        self._written: set[int] = set()

    def query(self, text: str, passage: Passage | None = None, *, longest: int = QUERY_CHARACTERS) -> str:
        """Why a normalised query is of no use, or ``""``.

        Args:
            text: The query.
            passage: What answers it; a query must be neither its title nor one of its sentences.
            longest: Most characters.

        Returns:
            ``empty``, ``too_long``, ``wrong_language``, ``copy``, ``duplicate`` (it differs at most in case,
            punctuation and spaces from another query), or ``""``: then it counts as written.
        """
        key = text_key(text)
        reason = self._text(text, longest) or ("" if key else "empty")
        if not reason and passage is not None:
            parts = (passage.title, passage.text, *uax29_sentences(passage.text))
            reason = "copy" if any(text_key(part) == key for part in parts) else ""
        return reason or self.fresh(text)

    def sentence(self, text: str, fewest: int, most: int) -> str:
        """Why a sentence makes no query, or ``""``: ``too_short``, ``too_long`` (words), or what ``query`` says."""
        words = count_words(self.language, text)
        if not fewest <= words <= most:
            return "too_short" if words < fewest else "too_long"
        return self.query(text, longest=len(text))

    def passage(self, text: str, longest: int, unlike: Iterable[str]) -> str:
        """Why a normalised passage is of no use, or ``""``.

        Args:
            text: The passage.
            longest: Most characters.
            unlike: Passages of which it must be no near duplicate.

        Returns:
            ``empty``, ``too_short``, ``too_long``, ``wrong_language``, ``near_duplicate`` (of ``unlike``),
            ``duplicate`` (written before), or ``""``: then it counts as written.
        """
        reason = self._text(text, longest)
        if not reason and len(text) < Filters().min_characters:
            reason = "too_short"
        if not reason and any(similarity(text, other) >= NEAR for other in unlike):
            reason = "near_duplicate"
        return reason or self.fresh(text)

    def fresh(self, text: str) -> str:
        """``duplicate`` where such a text was there or has been let pass, else ``""``, and it is remembered."""
        key = text_hashes([text_key(text)])[0]
        place = min(int(np.searchsorted(self._known, key)), len(self._known) - 1)
        if int(key) in self._written or (place >= 0 and self._known[place] == key):
            return "duplicate"
        self._written.add(int(key))
        return ""

    def _text(self, text: str, longest: int) -> str:
        if not text.strip():
            return "empty"
        if len(text) > longest:
            return "too_long"
        return "wrong_language" if self.language.in_script(text) < self.language.letters else ""


def count_words(language: Language, text: str) -> int:
    """Words of a text that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in language.segment(text))


def grounded(quote: str, passage: str) -> bool:
    """Whether words that are said to stand in a passage do, but for case, punctuation and spaces."""
    key = text_key(quote)
    return bool(key) and key in text_key(passage)


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the character 5-grams of two texts, 0 to 1."""
    a, b = (np.unique(shingles([text])[0]) for text in (one, other))
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


def same_facts(original: str, rewritten: str, scripts: Sequence[str]) -> bool:
    """Whether a rewritten text has the numbers of the original, and its Latin words where the script is another.

    Names and figures are what a retriever must find again, and what a model that rewrites may lose.
    """
    if _numbers(original) != _numbers(rewritten):
        return False
    return not scripts or "LATIN" in scripts or _latin(original) == _latin(rewritten)


def _numbers(text: str) -> Counter[str]:
    found = (re.sub(r"\D", "", number) for number in _NUMBER.findall(text))
    return Counter("".join(str(unicodedata.digit(c)) for c in number) for number in found)


def _latin(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _LATIN.findall(text))
