"""One written form for Hindi text (METHODS.md 11.2); what only BM25 may fold is in ``segment.analyze``.

Safe for a model, and done here: NFC, which writes क़ always as क and nukta; a nukta typed after its vowel sign
put before it; vowels typed in pieces (अ and ा) as one letter, as the Unicode Standard (12.1) asks; joiners only
beside a virama, where they choose between क्‍ष and क्ष; single spaces. For BM25 alone: nukta, chandrabindu,
nasal consonants, visarga, digits, the spelling of ये and यी, case. indic-nlp-library's normaliser does more
before any use of a text: it drops every joiner and makes of a colon after a letter a visarga (समय: becomes
समयः), which a model cannot undo.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import JOINERS, without_hidden
from langret.language.tools import Remembered

NORMALIZER = "hi-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

VIRAMA = "\u094d"
NUKTA = "\u093c"
# The letters that the standard names, by the pieces that look the same.
_VOWELS = {
    "अा": "आ",
    "अॅ": "ॲ",
    "अॉ": "ऑ",
    "आॅ": "ऑ",
    "अो": "ओ",
    "आे": "ओ",
    "अौ": "औ",
    "आै": "औ",
    "उु": "ऊ",
    "एे": "ऐ",
    "एॅ": "ऍ",
}
_PIECES = re.compile("|".join(_VOWELS))
_LATE_NUKTA = re.compile(f"([\u093e-\u094c\u0962\u0963])({NUKTA}+)")
# A run of joiners is one; it stays only after a virama, or before one (the eyelash र of र‍्).
_RUN = re.compile(f"([{JOINERS}])[{JOINERS}]+")
_STRAY = re.compile(f"(?<!{VIRAMA})[{JOINERS}](?!{VIRAMA})")
_shown = without_hidden(keep=JOINERS)


def normalize(text: str) -> str:
    """Return the one form of a Hindi text that everything downstream sees.

    Control and format characters other than the two joiners are dropped, and unpaired surrogates; runs of
    white space are one space, with none at the ends. Case is kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    return " ".join(" ".join(map(_WORDS.__getitem__, text.split())).split())


def _one_form(text: str) -> str:
    text = unicodedata.normalize("NFC", _LATE_NUKTA.sub(r"\2\1", text))
    text = _PIECES.sub(lambda match: _VOWELS[match.group()], text)
    return _STRAY.sub("", _RUN.sub(r"\1", text))


def _word(text: str) -> str:
    """The form of what stands between white space, which nothing beyond it changes."""
    text = _shown(text)
    while (form := _one_form(text)) != text:  # a letter made of pieces may be a piece of the next
        text = form
    return text


_WORDS = Remembered(_word)
