"""One written form for Vietnamese text.

Safe for a model, and done here: letters composed (Vietnamese keyboards and web pages write ế in at least three
ways), đ where a font or a code page put the Icelandic ð, marks in the wrong order put right, and one place for the
tone mark of the open syllables oa, oe and uy. Both hòa and hoà are correct and mean the same; the newer place (hoà,
thuỷ) is kept, as the published preprocessing for Vietnamese models has it. Hidden characters are dropped and runs of
white space are one space. Tones, hooks, circumflexes and case stay: ma, má, mà, mả, mã and mạ are six words.

For BM25 only, and done in ``langret_vi.segment.analyze``: case, y for i (kỹ, kĩ), and terms without any marks.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import TWINS, replacing, without_hidden
from langret.language.tools import Remembered

NORMALIZER = "vi-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_unified = replacing(
    {
        0x00D0: "Đ",  # LATIN CAPITAL LETTER ETH, which looks the same
        0x0189: "Đ",  # LATIN CAPITAL LETTER AFRICAN D, which looks the same
        0x00F0: "đ",  # LATIN SMALL LETTER ETH, which the Western code page has in its place
        **TWINS,
    }
)
_shown = without_hidden(selectors=True)

# Unicode never reorders a tone typed before the circumflex or the breve, since both stand above the letter.
_WRONG_ORDER = re.compile("([AEOaeo])([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = "ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx]"
# A whole syllable, decomposed: hòa, thúy, and the mistake qúy. With an end consonant (hoàn) there is one place only.
_OLD_PLACE = re.compile(
    rf"(?<!\w)((?:{_ONSET})?)(o|u)([{_TONES}])([aey])(?![\w{_TONES}\u0302\u0306\u031b])", re.I
)


def _new_place(match: re.Match[str]) -> str:
    onset, first, tone, second = match.groups()
    pair = (first + second).lower()
    return onset + first + second + tone if pair in ("oa", "oe", "uy") else match[0]


def normalize(text: str) -> str:
    """Return the one form of a Vietnamese text that everything downstream sees.

    NFKC, with đ in place of its look-alikes, tone marks after the mark of the vowel, and the tone of an open oa, oe
    or uy on its second vowel; dashes are one character; control, format and other hidden characters and unpaired
    surrogates are dropped; runs of white space are one space, with none at the ends. Case is kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    return " ".join(" ".join(map(_SYLLABLES.__getitem__, text.split())).split())


def _syllable(text: str) -> str:
    """The form of what stands between white space, which nothing beyond it changes; some characters become spaces."""
    text = _unified(_shown(text))
    text = _unified(unicodedata.normalize("NFKD", text))
    text = _WRONG_ORDER.sub(r"\1\3\2", text)
    text = _OLD_PLACE.sub(_new_place, text)
    return _unified(unicodedata.normalize("NFKC", text))


_SYLLABLES = Remembered(_syllable)
