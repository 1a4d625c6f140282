"""One written form for Japanese text: NFKC with its known traps mended (METHODS.md 11.2)."""

from __future__ import annotations

import unicodedata

from langret.language.normalizing import TWINS, replacing, without_hidden

NORMALIZER = "ja-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

# NFKC folds the full-width twin of each of these to ASCII but leaves the character itself alone, so that the
# same 東京〜大阪 typed on two systems stays two strings: code pages disagree on which of the twins is JIS's.
_UNIFIED = {
    0x301C: "~",  # WAVE DASH; its twin FULLWIDTH TILDE (U+FF5E) becomes ~ by NFKC
    0x3030: "~",  # WAVY DASH
    0x223C: "~",  # TILDE OPERATOR
    **TWINS,
    0x2015: "\u2014",  # HORIZONTAL BAR and EM DASH are JIS 01-29 in two code pages
    0x2225: "\u2016",  # PARALLEL TO and DOUBLE VERTICAL LINE are JIS 01-34 in two code pages
}
# NFKC writes a spacing voicing mark as a space and a combining mark, which tears か゛ apart instead of making
# が.
_VOICING = {0x309B: "\u3099", 0x309C: "\u309a"}
_before = replacing({**_UNIFIED, **_VOICING})
_after = replacing(_UNIFIED)
# Variation selectors tell 葛󠄀 from 葛, which no query does.
_shown = without_hidden(selectors=True)


def normalize(text: str) -> str:
    """Return the one form of a Japanese text that everything downstream sees.

    NFKC (full-width Latin and half-width kana folded, marks composed), with four traps mended: wave dashes,
    hyphens and bars that code pages confuse are one character; spacing voicing marks join the kana before
    them; control characters, zero-width and other format characters, variation selectors and unpaired
    surrogates are dropped; runs of white space are one space, with none at the ends. Case is kept.
    Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = _before(_shown(text))
    text = _after(unicodedata.normalize("NFKC", text))
    return " ".join(text.split())
