"""One written form for Indonesian text.

Safe for a model, and done here: composed letters (NFC), one apostrophe inside words (Jum’at, Jumʼat, Jum'at),
one hyphen (anak‑anak, anak-anak), Latin ligatures of PDF files as letters, no hidden characters, single spaces.

For BM25 only, and left to ``analyze``: case, diacritics (kafé), reduplication (anak-anak, anak², anak2), clitics
and affixes. NFKC would turn ² into 2 and with it the square metre into a number, so it is not used.
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

NORMALIZER = "id-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_folded = replacing({**HYPHENS, **LIGATURES, **ST_LIGATURES})
_shown = without_hidden()


def normalize(text: str) -> str:
    """Return the one form of an Indonesian text that everything downstream sees. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8. Case and diacritics are kept.
    """
    return " ".join(inner_apostrophes(composed(_shown(text), _folded)).split())
