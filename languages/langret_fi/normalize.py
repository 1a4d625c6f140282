"""One written form for Finnish text.

Safe for a model, so done here: composed letters (NFC: a and a combining diaeresis are ä), one apostrophe and one
hyphen, ligatures of old PDF files taken apart, no control characters, single spaces.

For BM25 only, so done in ``langret_fi.segment.analyze``: lower case, é ü š ž without their marks, case endings,
parts of compounds. ä, ö and å are letters of their own (``sade`` is rain, ``säde`` a ray; ``tämä`` is not
``tama``) and are never folded, not even for BM25. NFKC is not used: it turns m² into m2 and ½ into 1⁄2.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "fi-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_ONE_FORM = str.maketrans(
    {
        "\u2019": "'",  # RIGHT SINGLE QUOTATION MARK, which word processors put into vaa'an
        "\u2018": "'",  # LEFT SINGLE QUOTATION MARK
        "\u02bc": "'",  # MODIFIER LETTER APOSTROPHE
        "\u00b4": "'",  # ACUTE ACCENT, typed where the keyboard has it
        "\u2010": "-",  # HYPHEN
        "\u2011": "-",  # NON-BREAKING HYPHEN; the en dash stays: 1990–1995 and Helsinki–Turku are ranges
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)
# They change letters of Persian and Indic scripts, which a Finnish text may quote.
_JOINERS = "\u200c\u200d"
# What is neither white space nor ordinary Latin text needs a look at its category.
_UNUSUAL = re.compile(r"[^\s\x21-\x7e\u00c0-\u024f]")


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\u200b":  # ZERO WIDTH SPACE
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in _JOINERS else char


def normalize(text: str) -> str:
    """Return the one form of a Finnish text that everything downstream sees. Idempotent; case is kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text))
    # The canonical form of some characters is one of those that have one form here: compose once more.
    text = unicodedata.normalize("NFC", text.translate(_ONE_FORM))
    return " ".join(text.split())
