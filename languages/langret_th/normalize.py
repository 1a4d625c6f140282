"""One written form for Thai text: NFKC that spares sara am, and the order of vowel and tone marks.

What is here is safe for a model: it joins byte sequences that a reader cannot tell apart or that no Thai word
has. What loses something (Thai digits, case, the dots of abbreviations) happens in ``analyze`` for BM25 only.
Spaces are neither removed nor invented: a space is where Thai ends a clause, and the broken spaces of text taken
from PDF files (``ส าหรับ``) cannot be mended without a guess.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import without_hidden

NORMALIZER = "th-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

# NFKC splits ำ (U+0E33) into U+0E4D U+0E32 and never puts it together again; the same holds for Lao.
_NOT_SARA_AM = re.compile("[^\u0e33\u0eb3]+")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")
_shown = without_hidden(selectors=True)

# Where the marks over and under one consonant stand: vowels first, then a tone, then the mark of silence.
# Unicode orders only some of them (its classes 9, 103 and 107, which this order agrees with), keyboards none.
_PLACES = {
    mark: place
    for place, marks in enumerate(
        (
            "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d",  # vowels above, maitaikhu, nikhahit
            "\u0e3a",  # phinthu
            "\u0e38\u0e39",  # vowels below
            "\u0e48\u0e49\u0e4a\u0e4b",  # tones
            "\u0e4c\u0e4e",  # thanthakhat, yamakkan
        )
    )
    for mark in marks
}
_TONE = 3
_MARKS = re.compile(f"[{''.join(_PLACES)}]{{2,}}")
# The look-behind makes a match start where the run starts, or a long run would take time in its square.
_TONE_TOO_LATE = re.compile(
    "(?<![\u0e30\u0e32\u0e33\u0e48-\u0e4b])[\u0e30\u0e32\u0e33]+[\u0e48-\u0e4b][\u0e30\u0e32\u0e33\u0e48-\u0e4b]*"
)
_REPEATED = re.compile("([\u0e30\u0e32\u0e33\u0e41-\u0e44])\\1+")  # ะ า ำ แ โ ใ ไ
_LONG_TAIL = re.compile("(?<![\u0e24\u0e26])\u0e45")  # ๅ, which only ฤ and ฦ take; elsewhere a mistyped า


def _compatible(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _ordered(match: re.Match[str]) -> str:
    """Marks in their order, none twice, of several tones the last one typed."""
    marks = sorted(match.group(), key=_PLACES.__getitem__)
    kept = {("tone" if _PLACES[mark] == _TONE else mark): mark for mark in marks}
    return "".join(kept.values())


def _tone_first(match: re.Match[str]) -> str:
    """Tones before the vowels after which they were typed."""
    return "".join(sorted(match.group(), key=_PLACES.__contains__, reverse=True))


def _pass(text: str) -> str:
    text = _NOT_SARA_AM.sub(_compatible, text)
    text = _MARKS.sub(_ordered, text)
    text = _SARA_AM.sub("\\1\u0e33", text)
    text = _LONG_TAIL.sub("\u0e32", text.replace("\u0e40\u0e40", "\u0e41"))
    text = _TONE_TOO_LATE.sub(_tone_first, _REPEATED.sub(r"\1", text))
    return " ".join(text.split())


def normalize(text: str) -> str:
    """Return the one form of a Thai text that everything downstream sees.

    NFKC for everything but ำ; ํ and า become ำ; vowel marks stand before tone marks and tones before ะ า ำ; a mark or
    vowel typed twice is there once, and of two tones on one consonant the last counts; two เ are แ; ๅ is า except
    after ฤ and ฦ; zero-width and other format characters, control characters, variation selectors and unpaired
    surrogates are dropped; runs of white space are one space, with none at the ends. Thai digits, case, ๆ and ฯ are
    kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = _shown(text)
    # One pass can bring marks together that the next one orders. It ends: marks only move to their place or go.
    while (after := _pass(text)) != text:
        text = after
    return text
