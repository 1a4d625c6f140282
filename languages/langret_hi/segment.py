"""Words by UAX 29, and BM25 terms by Snowball's Hindi stemmer over folded spelling.

The folds of letters are those of indic-nlp-library's normaliser (nukta, chandrabindu and its kin, nasal
consonants), which a test compares. They are written anew because that package requires Sphinx, pandas and
Morfessor for what is one table and five expressions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from langret.language.tools import Packages, uax29_words
from langret_hi.normalize import NUKTA, VIRAMA

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

_REMEMBERED = 500_000
_FOLDED = str.maketrans(
    {
        NUKTA: "",
        "\u200c": "",
        "\u200d": "",
        "\u0900": "\u0902",
        "\u0901": "\u0902",  # chandrabindu as anusvara: चाँद as चांद
        "\u0945": "\u0947",
        "\u0949": "\u094b",  # कॉलेज as कोलेज
        "\u090d": "\u090f",
        "\u0911": "\u0913",
        "\u0972": "\u090f",
    }
)
_ELSE = str.maketrans({"\u0903": "", **{digit: str(n) for n, digit in enumerate("०१२३४५६७८९")}})
# A nasal consonant before a consonant of its own row is as often an anusvara: हिन्दी as हिंदी.
_ROWS = {"ङ": "क-घ", "ञ": "च-झ", "ण": "ट-ढ", "न": "त-ध", "म": "प-भ"}
_NASALS = re.compile("|".join(f"{nasal}{VIRAMA}(?=[{row}])" for nasal, row in _ROWS.items()))
_GLIDE = re.compile("(?<=.)य([ीे]ं?)$")
_VOWEL = {"ी": "ई", "े": "ए", "ीं": "ईं", "ें": "एं"}
# Grammar and question words, as folded below.
_STOP = frozenset(
    """
    का की के को में से पर ने तक है हैं था थी थे थीं हो होता होती होते हुआ हुई हुए और या तो ही भी न नहीं कि जो
    यह ये वह वे इस उस इन उन इसका इसकी इसके उसका उसकी उसके इसे उसे अपना अपनी अपने एक लिए साथ कर गया गई गए जाता
    जाती जाते रहा रही रहे क्या कौन किस कब कहां कैसे क्यों कितना कितनी कितने कौनसा सा सी
    """.split()  # noqa: SIM905
)


PACKAGES = Packages("Hindi BM25 terms", ("PyStemmer", "regex"), extra="hi")


@cache
def _stemmer() -> Any:
    module = PACKAGES.load("Stemmer")
    return module.Stemmer("hindi", 0).stemWord  # no cache of its own: ``_term`` remembers


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation; danda is punctuation, signs stay with their letters.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


def fold(word: str) -> str:
    """The spelling in which nukta, chandrabindu, chandra vowels and nasal consonants no longer differ."""
    return _NASALS.sub("\u0902", unicodedata.normalize("NFD", word).translate(_FOLDED))


@lru_cache(_REMEMBERED)
def _term(word: str) -> str:
    """The BM25 term of a word, the empty string where it has none."""
    folded = fold(unicodedata.normalize("NFKC", word).casefold()).translate(_ELSE)
    if not any(map(str.isalnum, folded)) or folded in _STOP:
        return ""
    folded = _GLIDE.sub(lambda match: _VOWEL[match[1]], folded)  # नयी as नई, चाहिये as चाहिए
    stem: str = _stemmer()(folded)
    return stem if sum(map(str.isalnum, stem)) > 1 else folded  # not नई as न


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: stems of its content words in folded spelling.

    Chosen on the quickstart's world for want of real text (400 test questions, 2,061 passages, R@1 / nDCG@10):
    words of UAX 29 .390 / .442; stems without folds .388 / .436; folds without stems .438 / .503; both, as here,
    .445 / .515; both, with function words .430 / .495; pairs of characters .432 / .486.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.

    Raises:
        MissingDependencyError: PyStemmer is not installed.
    """
    return [term for term in map(_term, segment(text)) if term]
