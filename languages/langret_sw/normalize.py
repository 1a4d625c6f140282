"""One written form for Swahili text.

Safe for a model, and done here: composed letters (NFC), one apostrophe inside words (ng’ombe, ngʼombe,
ng`ombe are ng'ombe), one hyphen, Latin ligatures of PDF files as letters, no hidden characters, single spaces.
The apostrophe is a letter here: ng'oa (pull out) is not ngoa (desire), so nothing may remove it.

For BM25 only, and left to ``analyze``: case, noun-class and verb prefixes, the locative -ni.
"""

from __future__ import annotations

from langret.language.normalizing import (
    HYPHENS,
    LIGATURES,
    ST_LIGATURES,
    composed,
    inner_apostrophes,
    replacing,
    without_hidden,
)

NORMALIZER = "sw-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_folded = replacing({**HYPHENS, **LIGATURES, **ST_LIGATURES})
_shown = without_hidden()


def normalize(text: str) -> str:
    """Return the one form of a Swahili text that everything downstream sees. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8. Case is kept.
    """
    return " ".join(inner_apostrophes(composed(_shown(text), _folded)).split())
