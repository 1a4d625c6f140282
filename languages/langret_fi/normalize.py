"""One written form for Finnish text.

Safe for a model, so done here: composed letters (NFC: a and a combining diaeresis are ä), one apostrophe and one
hyphen, ligatures of old PDF files taken apart, no control characters, single spaces.

For BM25 only, so done in ``langret_fi.segment.analyze``: lower case, é ü š ž without their marks, case endings,
parts of compounds. ä, ö and å are letters of their own (``sade`` is rain, ``säde`` a ray; ``tämä`` is not
``tama``) and are never folded, not even for BM25. NFKC is not used: it turns m² into m2 and ½ into 1⁄2.
"""

from __future__ import annotations

from langret.language.normalizing import (
    APOSTROPHES,
    HYPHENS,
    JOINERS,
    LIGATURES,
    ZERO_WIDTH_SPACE,
    composed,
    replacing,
    without_hidden,
)

NORMALIZER = "fi-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

# The en dash stays: 1990–1995 and Helsinki–Turku are ranges.
_one_form = replacing({**APOSTROPHES, **HYPHENS, **LIGATURES})
# Joiners stay too, for the Persian or Hindi that a Finnish text may quote.
_shown = without_hidden(keep=JOINERS)


def normalize(text: str) -> str:
    """Return the one form of a Finnish text that everything downstream sees. Idempotent; case is kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    return " ".join(composed(_shown(text.replace(ZERO_WIDTH_SPACE, " ")), _one_form).split())
