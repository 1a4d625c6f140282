"""Words by the boundaries of Unicode, BM25 terms by Snowball stems of words and of the parts of compounds."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from langret.language.tools import Packages, uax29_words
from langret_de.compounds import split

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# Thousands may be set off by dots and decimals are by a comma: 1.452,4 is one number, 24.12. are two.
_TERM = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d,])|\d+(?:,\d+)?|[^\W\d_]+(?:'?[^\W_]+)*")
_GENDER = re.compile(r"(?<=[^\W\d_])[*:_/](?=in(?:nen)?(?!\w))")
_MARKS = re.compile("(?<![aou])\u0308|[\u0300-\u0307\u0309-\u036f]")  # all but the dots of umlauts
_SPELT_OUT = re.compile("ae|oe|(?<![aeq])ue")  # not the ue of neue, Bauer and Quelle
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
# Function words. Negations stay.
_STOP_TEXT = """
aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dabei damit dann das
dass daß dazu dein deine dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch
dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gibt hab habe haben hat hatte
hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins ist ja jede jedem jeden
jeder jedes kann können könnte man mein meine mich mir mit nach noch nun nur ob oder schon sehr sein seine
seinem seinen seiner seines seit sich sie sind so solche soll sollen sowie über um und uns unser unter vom
von vor war waren warum was welche welchem welchen welcher welches wem wen wenn wer werden weshalb wessen
wie wieso wir wird wo wobei wodurch wofür woher wohin womit worden woran woraus worin wurde wurden während
zu zum zur zwischen
"""
_STOP = frozenset(_STOP_TEXT.split())
_REMEMBERED = 500_000


PACKAGES = Packages("German BM25 terms", ("PyStemmer", "compound-split", "regex"), extra="de")


@cache
def _stemmer() -> Any:
    module = PACKAGES.load("Stemmer")
    return module.Stemmer("german")


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation by UAX 29. Compounds stay whole: models read them in pieces anyway.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


def _plain(text: str) -> str:
    """Lower case with umlauts and ß, without other accents. Compatibility forms (², ½) become plain ones too."""
    text = _GENDER.sub("", text)
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text).lower()))


class _Terms(dict[str, tuple[str, ...]]):
    """From a word in lower case to its BM25 terms."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        terms = _terms(word)
        if len(self) < _REMEMBERED:
            self[word] = terms
        return terms


_TERMS = _Terms()


def _terms(word: str) -> tuple[str, ...]:
    """The stem of a word and, of a compound, the stems of its parts."""
    if word in _STOP:
        return ()
    if word[0].isdigit():
        return (word.replace(".", ""),)
    word = word.replace("'", "")
    parts = split(word)
    if len(parts) == 1 and _SPELT_OUT.search(word):
        # the table knows Häuserblock only, not Haeuserblock
        parts = split(_SPELT_OUT.sub(lambda match: _UMLAUTS[match.group()], word))
    stems = _stemmer().stemWords([word, *parts] if len(parts) > 1 else [word])
    return tuple(filter(None, stems))


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: stems of its words and of the parts of compounds.

    Snowball's stems know no umlauts and no ß, so that Straße, Strasse and STRASSE, or Müller, Mueller and Muller,
    are the same term.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.

    Raises:
        MissingDependencyError: PyStemmer or compound-split is not installed.
    """
    return [term for word in _TERM.findall(_plain(text)) for term in _TERMS[word]]
