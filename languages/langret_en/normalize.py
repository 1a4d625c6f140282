"""One written form for English text: composed letters, plain quotes and spaces, nothing that a reader would miss.

Safe for a model, and done here: NFC, ligatures of typesetting (ﬁ), full-width ASCII, one form of apostrophe,
quotation mark, hyphen and space, and no hidden characters. They are accidents of keyboards and PDF files.

Only for BM25, and done in `langret_en.segment.analyze`: case, accents, plurals and endings, possessives, British
and American spelling, function words. A model reads them (US is not us, a résumé is not to resume).

Not done anywhere: NFKC as a whole, which makes m² into m2 and ½ into 1⁄2.
"""

from __future__ import annotations

from langret.language.normalizing import PLAIN, composed, replacing, without_hidden

NORMALIZER = "en-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_plain = replacing(PLAIN)
_shown = without_hidden()


def normalize(text: str) -> str:
    """Return the one form of an English text that everything downstream sees. Case and accents are kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    return " ".join(composed(_shown(text), _plain).split())
