"""One written form for Arabic text, safe for a model; the folds that only BM25 may make are in ``segment``.

Safe for a model, and done here: compatibility forms (NFKC: presentation forms and ligatures are letters again),
no tatweel, no vowel signs or Quranic marks, no hidden characters, single spaces. AraBERT and CAMeLBERT were
trained on text without tatweel and vowel signs, and people write neither in questions.

Not done here, because it joins words that mean different things: alef forms (فأر mouse, فار it boiled over),
alef maksura (على on, علي Ali), teh marbuta (كرة ball, كره he hated), hamza on waw and yeh, Arabic digits, case.
A model sees those letters; BM25 does not.

Hamza and madda are letters, not vowel signs: NFKC composes them, and where they cannot be composed they stay.
The rules are those of CAMeL Tools (``normalize_unicode``, ``dediac_ar``), written anew because camel-tools
requires torch and transformers; tests compare the two where it is installed.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import replacing, without_hidden

NORMALIZER = "ar-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_TATWEEL = "\u0640"
# Honorifics, vowel signs with dagger alef, Quranic marks of both blocks. Not U+0653-0655 (madda, hamza: letters),
# not U+06DE and U+06E9, which are signs of their own.
_MARKS = (
    "\u0610-\u061a\u064b-\u0652\u0656-\u065e\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
)
# Vowel signs that stand alone. NFKC writes most of them as a space and a sign, which would tear a word apart.
_LONE_MARKS = "\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f"
_DROPPED = re.compile(f"[{_TATWEEL}{_MARKS}{_LONE_MARKS}]")
# NFKC writes the rial sign with a Persian yeh and has nothing for the basmala (CAMeL Tools mends the same two).
_signs = replacing({0xFDFC: "ريال", 0xFDFD: "بسم الله الرحمن الرحيم"})
_shown = without_hidden()


def normalize(text: str) -> str:
    """Return the one form of an Arabic text that everything downstream sees.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8. Normalising it again changes nothing.
    """
    text = _signs(_DROPPED.sub("", _shown(text)))
    # Compatibility forms bring marks and tatweel back, and a dropped mark may have kept hamza from its alef.
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(unicodedata.normalize("NFC", text).split())
