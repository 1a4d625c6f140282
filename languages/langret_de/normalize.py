"""One written form for German text: composed letters, plain quotes and spaces, nothing that a reader would miss.

Safe for a model, and done here: NFC (ä as one character, not as a with a mark), ligatures of typesetting (ﬁ),
full-width ASCII, one form of apostrophe, quotation mark („…“, »…«), hyphen and space, no hidden characters
(soft hyphens above all, which German web pages are full of).

Only for BM25, and done in `langret_de.segment.analyze`: ß as ss, umlauts and their ae, oe, ue spellings, case,
endings, parts of compounds, signs of gender (Lehrer*innen). A model reads them: Maße are no Masse, schon is not
schön, and the case tells Weg from weg.

Not done anywhere: NFKC as a whole, which makes m² into m2 and ½ into 1⁄2.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "de-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2039\u203a\uff07"
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
    """Return the one form of a German text that everything downstream sees. Case, umlauts and ß are kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    # NFC before the table, because it turns other characters into those of the table, and after it, because
    # what was hidden may have stood between a letter and its mark.
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text)).translate(_TABLE)
    return " ".join(unicodedata.normalize("NFC", text).split())
