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

from langret.language.normalizing import (
    APOSTROPHES,
    HYPHENS,
    JOINERS,
    LIGATURES,
    ZERO_WIDTH_SPACE,
    replacing,
    without_hidden,
)

NORMALIZER = "tr-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_one_form = replacing({**APOSTROPHES, **HYPHENS, **LIGATURES})
_DOTTED_TWICE = re.compile("i\u0307+")
# Joiners stay, for the Persian or Hindi that a Turkish text may quote.
_shown = without_hidden(keep=JOINERS)


def normalize(text: str) -> str:
    """Return the one form of a Turkish text that everything downstream sees. Idempotent; case is kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = unicodedata.normalize("NFC", _shown(text.replace(ZERO_WIDTH_SPACE, " ")))
    # After the table, for a ligature may end in i; and the i without its dot may take the next mark.
    text = _DOTTED_TWICE.sub("i", _one_form(text))
    return " ".join(unicodedata.normalize("NFC", text).split())
