"""One written form for Turkish text.

Safe for a model, so done here: composed letters (NFC), one apostrophe, ligatures of old PDF files taken apart, no
control characters, single spaces, and the repair of ``i̇``: an i with a combining dot, which programs leave behind
that lower-case İ without knowing Turkish.

For BM25 only, so done in ``langret_tr.segment.analyze``: lower case by Turkish rules, â î û without their
circumflex, suffixes after an apostrophe, stems. I, ı, İ, i, ş, ğ, ç, ö and ü are letters of their own and are never
folded into one another: ``kır`` (meadow) is not ``kir`` (dirt). NFKC is not used: it turns m² into m2.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "tr-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_ONE_FORM = str.maketrans(
    {
        "\u2019": "'",  # RIGHT SINGLE QUOTATION MARK, which word processors put into İstanbul’da
        "\u2018": "'",  # LEFT SINGLE QUOTATION MARK
        "\u02bc": "'",  # MODIFIER LETTER APOSTROPHE
        "\u00b4": "'",  # ACUTE ACCENT, typed where the keyboard has it
        "\u2010": "-",  # HYPHEN
        "\u2011": "-",  # NON-BREAKING HYPHEN
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)
_DOTTED_TWICE = re.compile("i\u0307+")
# They change letters of Persian and Indic scripts, which a Turkish text may quote.
_JOINERS = "\u200c\u200d"
# What is neither white space nor ordinary Latin text needs a look at its category.
_UNUSUAL = re.compile(r"[^\s\x21-\x7e\u00c0-\u024f]")


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\u200b":  # ZERO WIDTH SPACE
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char not in _JOINERS else char


def normalize(text: str) -> str:
    """Return the one form of a Turkish text that everything downstream sees. Idempotent; case is kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text))
    # After the table, for a ligature may end in i; and the i without its dot may take the next mark.
    text = _DOTTED_TWICE.sub("i", text.translate(_ONE_FORM))
    return " ".join(unicodedata.normalize("NFC", text).split())
