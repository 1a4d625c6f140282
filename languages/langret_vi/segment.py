"""Syllables by UAX 29, and BM25 terms with the compounds that pyvi finds."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from langret.language.tools import Packages, uax29_words

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

_LONGEST = 4096
_UNSAFE = re.compile("[_\0\ud800-\udfff]")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_OPEN_Y = re.compile("^(qu|[hklmst])([yýỳỷỹỵ])$")


PACKAGES = Packages("Vietnamese BM25 terms", ("pyvi",), extra="vi")


@cache
def _pyvi() -> Any:
    try:
        with warnings.catch_warnings():
            # its source has escapes that newer Pythons warn of, and its model was pickled by an older scikit-learn
            warnings.simplefilter("ignore")
            return import_module("pyvi.ViTokenizer")
    except ImportError as error:
        raise PACKAGES.missing(error) from error


def segment(text: str) -> list[str]:
    """Split a text at its spaces and at punctuation (UAX 29): Vietnamese puts a space between syllables.

    Args:
        text: Any string.

    Returns:
        Syllables which, joined, give the text without its white space.
    """
    return uax29_words(text)


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text.

    Four kinds, all in lower case: each syllable; the compounds that pyvi finds (``đại_học``); each syllable without
    its marks (``~dai``), and each two neighbours without them (``~dai hoc``), for queries typed without tones. A bare
    syllable alone means little (ma, má, mà, mả, mã, mạ), which BM25 sees from its frequency; pairs tell much. At
    the end of an open syllable y is i (kỹ, kĩ; lý, lí).

    Chosen on the test questions of this plugin's own world (400 questions, 2,240 passages, R@1 / nDCG@10), for want
    of openly licensed Vietnamese questions at hand: character pairs .200 / .271; syllables .295 / .327; pyvi's words
    .323 / .399; syllables and compounds .372 / .480; with bare pairs .450 / .592; with bare syllables too, as here,
    .445 / .582. The same questions typed without any marks: syllables .003 / .014; with bare pairs .365 / .530; as
    here .388 / .541, and only so a single bare syllable (hue) finds anything.

    Args:
        text: Normalised text.

    Returns:
        Terms, repeated as often as they occur; empty for a text without words.

    Raises:
        MissingDependencyError: pyvi is not installed.
    """
    terms: list[str] = []
    # Corpora made for PhoBERT hold compounds joined already: đại_học.
    for piece in _pieces(_UNSAFE.sub(" ", text)):
        syllables = [_folded(word) for word in segment(piece) if any(c.isalnum() for c in word)]
        plain = list(map(_bare, syllables))
        terms += syllables
        terms += _compounds(piece)
        terms += (f"~{word}" for word in plain)
        terms += (f"~{one} {two}" for one, two in pairwise(plain))
    return terms


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at a space: the time that the segmenter takes for one call is not bounded otherwise."""
    start = 0
    while len(text) - start > _LONGEST:
        end = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield text[start:end]
        start = end
    yield text[start:]


def _compounds(text: str) -> Iterator[str]:
    words = _pyvi().tokenize(text).split()
    return ("_".join(map(_folded, word.split("_"))) for word in words if "_" in word)


@lru_cache(maxsize=50_000)
def _folded(syllable: str) -> str:
    low = syllable.lower()
    return _OPEN_Y.sub(lambda m: m[1] + _I_FOR_Y[m[2]], low)


@lru_cache(maxsize=50_000)
def _bare(syllable: str) -> str:
    marks = unicodedata.normalize("NFD", syllable.replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c)) or syllable
