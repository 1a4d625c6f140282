"""Words by PyThaiNLP's newmm, and BM25 terms from them.

newmm is maximal matching over a dictionary of 62,000 words, held to the bounds of character clusters. It needs no
model and no download, and gives the same words everywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from langret.language.tools import Packages, uax29_words

SEGMENTER = "newmm-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# newmm copies the rest of its input for every cluster, so its time grows with the square of the length. Longer
# input goes through a window; words near its end are found again with more text after them.
_WINDOW = 512
_UNSURE = 48
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NO_DOTS = str.maketrans("", "", ".ฯ")
_SIGNS = frozenset(("ๆ", "ฯ", "ฯลฯ"))
_PAIR = "_"
"""Before a pair of clusters, to tell it from a word of two clusters."""
# Thai letters and marks, with the dots of abbreviations (พ.ศ.), which the dictionary knows.
_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+(?:\.+[\u0e01-\u0e3a\u0e40-\u0e4e]+)*\.?")


PACKAGES = Packages("Thai words", ("pythainlp",), extra="th")


@cache
def _pythainlp() -> tuple[Callable[[str], list[str]], Callable[[str], list[str]]]:
    """Functions that find words and clusters."""
    # Importing PyThaiNLP makes ~/pythainlp-data for corpora to download. newmm downloads nothing, so it is told
    # to leave the home folder alone, unless the user has said something.
    name = "PYTHAINLP_READ_ONLY"
    silent = name not in os.environ and "PYTHAINLP_READ_MODE" not in os.environ
    if silent:
        os.environ[name] = "1"
    try:
        from pythainlp.tokenize import newmm, tcc_p
    except ImportError as error:
        raise PACKAGES.missing(error) from error
    finally:
        if silent:
            del os.environ[name]
    return newmm.segment, tcc_p.segment


@lru_cache(maxsize=10_000)
def _thai(run: str) -> tuple[str, ...]:
    """Words of a run without spaces. Remembered, for a text is often segmented and then analysed."""
    newmm, _ = _pythainlp()
    found: list[str] = []
    start = 0
    while len(run) - start > _WINDOW:
        sure = 0
        for word in newmm(run[start : start + _WINDOW]):
            if sure and sure + len(word) > _WINDOW - _UNSURE:
                break
            sure += len(word)
            found.append(word)
        start += sure
    return (*found, *newmm(run[start:]))


def _runs(text: str) -> Iterator[tuple[bool, Iterable[str]]]:
    """Words of each run of Thai letters, and of what stands between the runs."""
    end = 0
    for match in _RUN.finditer(text):
        yield False, uax29_words(text[end : match.start()])
        yield True, _thai(match.group())
        end = match.end()
    yield False, uax29_words(text[end:])


def segment(text: str) -> list[str]:
    """Split a text into words.

    Args:
        text: Any string; normalised text is what the dictionary knows best.

    Returns:
        Words which, joined, give the text without its white space. Nothing is lost or changed.

    Raises:
        MissingDependencyError: PyThaiNLP is not installed.
    """
    return [word for _, words in _runs(text) for word in words]


@lru_cache(maxsize=200_000)
def _clusters(word: str) -> tuple[str, ...]:
    _, clusters = _pythainlp()
    return tuple(clusters(word))


def _pairs(words: list[str]) -> Iterator[str]:
    """Neighbouring character clusters of a run, across the bounds of words."""
    clusters = [cluster for word in words for cluster in _clusters(word)]
    return (f"{_PAIR}{a}{b}" for a, b in pairwise(clusters))


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: its words, and its pairs of neighbouring character clusters.

    Thai digits are European ones here, Latin letters small, abbreviations and numbers without their dots and commas
    (พ.ศ. as พศ, กรุงเทพฯ as กรุงเทพ); ๆ and ฯลฯ are no terms. The pairs are there for names: a dictionary does not know
    them and cuts them by what stands next to them, in a question otherwise than in a passage.

    Chosen on iapp_wiki_qa (R@1 / nDCG@10, bm25s defaults) by valid (742 questions, 190 passages) and a quarter of
    train (1,441 on 1,522): words and pairs .953 / .974 and .918 / .946; words alone .945 / .967 and .908 / .938; words
    without PyThaiNLP's stop words .939 / .965 on valid; character 4-grams .949 / .971 and .892 / .930.

    Args:
        text: Normalised text.

    Returns:
        Terms, those of a run of Thai letters together, repeated as often as they occur.

    Raises:
        MissingDependencyError: PyThaiNLP is not installed.
    """
    terms: list[str] = []
    for thai, found in _runs(text):
        if thai:
            words = [word for w in found if w not in _SIGNS and (word := w.translate(_NO_DOTS))]
            terms += filter(_spoken, words)
            terms += _pairs(words)
        else:
            terms += filter(_spoken, (w.translate(_DIGITS).casefold().replace(",", "") for w in found))
    return terms


def _spoken(word: str) -> bool:
    return any(c.isalnum() for c in word)
