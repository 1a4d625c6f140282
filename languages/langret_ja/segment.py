"""Words and BM25 terms by fugashi with unidic-lite.

fugashi's feature objects cost four times the segmentation itself (PEERS.md 8), so words come from MeCab's
``-Owakati`` string and terms from an output format of our own, whose lines repeat and are understood once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any

from langret.language.tools import Packages

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze``
returns."""

# MeCab slows down with the length of its input (to a half at 1 MB of prose) and takes time in the square of a
# run of one kind of letter (half a minute for 1 MB of digits): longer input is cut at a sentence end, else at
# a comma or space, else into short runs.
_LONGEST = 2048
_LONGEST_RUN = 512
_SENTENCE_ENDS = ("。", "! ", "? ", "!", "?", ". ", "、", " ")
# C strings end at NUL and UTF-8 has no surrogates. Both become this character for MeCab and come back
# afterwards.
_UNSAFE = re.compile("[\0\ud800-\udfff]")
_PLACEHOLDER = "\ufffd"
# Particles, auxiliaries, and light verbs and nouns of unidic (する, いる, こと...): grammar, not content.
_GRAMMAR = frozenset({"助詞", "助動詞"})
_LIGHT = "非自立可能"
_REMEMBERED = 500_000


PACKAGES = Packages("Japanese words", ("fugashi", "unidic-lite"), extra="ja")


def _tagger(options: str) -> Any:
    # The dictionary is named so that a full unidic, where one is installed too, does not change the words.
    folder = PACKAGES.load("unidic_lite").DICDIR
    return PACKAGES.load("fugashi").GenericTagger(f'-d "{folder}" -r "{folder}/mecabrc" {options}')


@cache
def _words() -> Any:
    return _tagger("-Owakati").parse


@cache
def _lines() -> Any:
    # -O "" undoes the dictionary's own output format, which would win over -F.
    return _tagger('-O "" -F "%m\\t%H\\n" -E ""').parse


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text into what MeCab takes at full speed."""
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        found = (at + len(mark) for mark in _SENTENCE_ENDS if (at := window.rfind(mark)) > 0)
        end = start + next(found, _LONGEST_RUN)
        yield text[start:end]
        start = end
    yield text[start:]


def segment(text: str) -> list[str]:
    """Split a text into words.

    Args:
        text: Any string; normalised text is what the dictionary knows best.

    Returns:
        Words which, joined, give the text without its white space. Nothing is lost or changed.

    Raises:
        MissingDependencyError: fugashi or unidic-lite is not installed.
    """
    if len(text) > _LONGEST:
        return [word for piece in _pieces(text) for word in segment(piece)]
    if _UNSAFE.search(text):
        words = _words()(_UNSAFE.sub(_PLACEHOLDER, text)).split()
        bare = "".join(text.split())
        return [
            bare[end - len(word) : end] for word, end in zip(words, accumulate(map(len, words)), strict=True)
        ]
    return _words()(text).split()


class _Terms(dict[str, str]):
    """From a line of MeCab's output to its BM25 term, the empty string where it has none."""

    def __missing__(self, line: str) -> str:
        surface, _, features = line.partition("\t")
        term = _term(surface, next(csv.reader([features]), []))
        if len(self) < _REMEMBERED:
            self[line] = term
        return term


_TERMS = _Terms()


def _term(surface: str, features: list[str]) -> str:
    """The dictionary form of a content word.

    unidic's lemma joins spellings (できる, 出来る) and inflections; of names it holds only the reading, so
    that names keep their orthographic base. Loan words carry their origin after a hyphen
    (マクスウェル-maxwell).
    """
    if not any(c.isalnum() for c in surface):
        return ""
    # 0 and 1: parts of speech; 7: lemma; 10: orthographic base. Unknown words have only the first six.
    if (features[:1] and features[0] in _GRAMMAR) or features[1:2] == [_LIGHT]:
        return ""
    base = ""
    if len(features) > 10:
        base = features[10] if features[1] == "固有名詞" else features[7].partition("-")[0]
    return (base if base not in ("", "*") else surface).lower()


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: dictionary forms of its content words, in lower case.

    Chosen on JaQuAD dev (3,939 questions, 1,431 passages, bm25s defaults, R@1 / nDCG@10): every surface form
    .823 / .908; surface forms of content words .829 / .913; orthographic base .827 / .912; lemma as here
    .828 / .913; surface and lemma together .811 / .902. The lemma ties with the best and alone joins
    spellings.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.

    Raises:
        MissingDependencyError: fugashi or unidic-lite is not installed.
    """
    terms: list[str] = []
    for piece in _pieces(_UNSAFE.sub(" ", text)):
        terms += filter(None, map(_TERMS.__getitem__, filter(None, _lines()(piece).split("\n"))))
    return terms
