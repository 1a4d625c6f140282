"""Words and BM25 terms by SudachiPy: the alternative to fugashi, with longer words and normalised spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from langret.language.tools import Packages

SEGMENTER = "sudachi-c-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# Sudachi refuses input above 49,149 bytes of UTF-8, and its normalised input may be longer than what it was given.
_LONGEST = 4096
_SENTENCE_ENDS = ("。", "! ", "? ", "!", "?", "、", " ")
_GRAMMAR = frozenset({"助詞", "助動詞", "補助記号", "空白"})
_LIGHT = "非自立可能"
_UNSAFE = re.compile("[\ud800-\udfff]")


PACKAGES = Packages("Japanese words of SudachiPy", ("sudachipy", "sudachidict-core"), extra="ja-sudachi")


@cache
def _tokenizer() -> Any:
    sudachipy = PACKAGES.load("sudachipy")
    return sudachipy.Dictionary(dict="core").create(sudachipy.SplitMode.C)


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        found = (at + len(mark) for mark in _SENTENCE_ENDS if (at := window.rfind(mark)) > 0)
        end = start + next(found, _LONGEST)
        yield text[start:end]
        start = end
    yield text[start:]


def _morphemes(text: str) -> Any:
    # an unpaired surrogate cannot be passed on; it comes back by position
    return _tokenizer().tokenize(_UNSAFE.sub("\ufffd", text))


def segment(text: str) -> list[str]:
    """Split a text into Sudachi's longest words (mode C), which joined give the text without its white space.

    Raises:
        MissingDependencyError: SudachiPy or its dictionary is not installed.
    """
    words: list[str] = []
    for piece in _pieces(text):
        # by position: Sudachi's own surface is of normalised input
        words += [piece[morpheme.begin() : morpheme.end()] for morpheme in _morphemes(piece)]
    return " ".join(words).split()


def analyze(text: str) -> list[str]:
    """Return BM25 terms: Sudachi's normalised form of content words, which joins spellings of one word.

    Raises:
        MissingDependencyError: SudachiPy or its dictionary is not installed.
    """
    terms = []
    for piece in _pieces(text):
        for morpheme in _morphemes(piece):
            kinds = morpheme.part_of_speech()
            surface = piece[morpheme.begin() : morpheme.end()]
            if kinds[0] in _GRAMMAR or kinds[1] == _LIGHT or not any(c.isalnum() for c in surface):
                continue
            terms += morpheme.normalized_form().lower().split()
    return terms
