"""One written form for Swahili text.

Safe for a model, and done here: composed letters (NFC), one apostrophe inside words (ng’ombe, ngʼombe,
ng`ombe are ng'ombe), one hyphen, Latin ligatures of PDF files as letters, no hidden characters, single spaces.
The apostrophe is a letter here: ng'oa (pull out) is not ngoa (desire), so nothing may remove it.

For BM25 only, and left to ``analyze``: case, noun-class and verb prefixes, the locative -ni.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "sw-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_FOLDED = str.maketrans(
    {
        0x2010: "-",  # HYPHEN
        0x2011: "-",  # NON-BREAKING HYPHEN
        **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},  # ﬀ to ﬆ
    }
)
# Letters (no digit, no underscore) on both sides: quotation marks around words stay as they are.
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])[\u2018\u2019\u02bb\u02bc\u02b9\u2032\u00b4`](?=[^\\W\\d_])")
_UNUSUAL = re.compile(r"[^\s\x21-\x7e\u00a1-\u00ac\u00ae-\u024f]")


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def normalize(text: str) -> str:
    """Return the one form of a Swahili text that everything downstream sees. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8. Case is kept.
    """
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text)).translate(_FOLDED)
    return " ".join(_APOSTROPHE.sub("'", unicodedata.normalize("NFC", text)).split())
