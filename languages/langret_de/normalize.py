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

from langret.language.normalizing import PLAIN, composed, replacing, without_hidden

NORMALIZER = "de-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_plain = replacing({**PLAIN, **dict.fromkeys((0x2039, 0x203A), "'")})  # and ‹single› quotation marks
_shown = without_hidden()


def normalize(text: str) -> str:
    """Return the one form of a German text that everything downstream sees. Case, umlauts and ß are kept.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    return " ".join(composed(_shown(text), _plain).split())
