"""One written form for Japanese text: NFKC with its known traps mended (METHODS.md 11.2)."""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "ja-1"

# NFKC folds the full-width forms on the right of a pair to ASCII but leaves the look-alikes on the left alone, so that
# 東京〜大阪 typed on two systems would be two strings. Values are what NFKC makes of the other form.
_UNIFIED = {
    0x301C: "~",  # WAVE DASH; FULLWIDTH TILDE (U+FF5E) becomes ~ by NFKC
    0x3030: "~",  # WAVY DASH
    0x223C: "~",  # TILDE OPERATOR
    0x2010: "-",  # HYPHEN
    0x2011: "-",  # NON-BREAKING HYPHEN
    0x2012: "-",  # FIGURE DASH
    0x2013: "-",  # EN DASH
    0x2212: "-",  # MINUS SIGN; FULLWIDTH HYPHEN-MINUS (U+FF0D) becomes - by NFKC
    0x2015: "—",  # HORIZONTAL BAR; Japanese code pages disagree on this pair
}
# Stand-alone voiced marks: NFKC writes ゛ and ﾞ as a space with a combining mark; put back on the kana they voice.
_VOICED = {0x309B: "\u3099", 0x309C: "\u309a", 0xFF9E: "\u3099", 0xFF9F: "\u309a"}
_BEFORE = str.maketrans({**_UNIFIED, **_VOICED})
_AFTER = str.maketrans(_UNIFIED)
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[^\s\x20-\x7e\u3000-\u30ff\u4e00-\u9fff]")


def _keep(match: re.Match[str]) -> str:
    char = match.group()
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char


def normalize(text: str) -> str:
    """Return the one form of a text."""
    text = _INVISIBLE.sub(_keep, text).translate(_BEFORE)
    text = unicodedata.normalize("NFKC", text).translate(_AFTER)
    return _SPACE.sub(" ", text).strip()
