"""One written form for English text: composed letters, plain quotes and spaces, nothing that a reader would miss.

Safe for a model, and done here: NFC, ligatures of typesetting (ﬁ), full-width ASCII, one form of apostrophe,
quotation mark, hyphen and space, and no hidden characters. They are accidents of keyboards and PDF files.

Only for BM25, and done in `langret_en.segment.analyze`: case, accents, plurals and endings, possessives, British
and American spelling, function words. A model reads them (US is not us, a résumé is not to resume).

Not done anywhere: NFKC as a whole, which makes m² into m2 and ½ into 1⁄2.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "en-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_HYPHENS = "\u2010\u2011\u2212"  # hyphen, non-breaking hyphen, minus; dashes between clauses stay
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_FULL_WIDTH = {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)}
_TABLE = {
    **_FULL_WIDTH,
    **_LIGATURES,
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
}
_UNUSUAL = re.compile(r"[^\s\x21-\x7e\u00a1-\u00ac\u00ae-\u024f]")


def _visible(match: re.Match[str]) -> str:
    return "" if unicodedata.category(match.group()) in ("Cc", "Cf", "Cs") else match.group()


def normalize(text: str) -> str:
    """Return the one form of an English text that everything downstream sees. Case and accents are kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    # NFC before the table, because it turns other characters into those of the table, and after it, because
    # what was hidden may have stood between a letter and its accent.
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text)).translate(_TABLE)
    return " ".join(unicodedata.normalize("NFC", text).split())
