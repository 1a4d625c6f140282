"""One written form for Chinese text that keeps its script: NFKC without harm to Chinese punctuation.

Safe for a model, and done here: full-width letters and digits become ASCII (ＡＢＣ１２), compatibility ideographs
and the radicals that PDF files are full of become the characters they stand for (⻓ is 长), dashes and middle dots
that code pages confuse become one, hidden characters go. Full-width punctuation (，。：；？！（）…) stays: Chinese
backbones were pretrained on it, and those whose SentencePiece model folds it still do.

For BM25 only, and done in ``analyze``: traditional to simplified characters, lower case, stop words. The two
scripts are not mixed here: 乾, 幹 and 干 are three words of traditional Chinese and one character of simplified.
"""

from __future__ import annotations

import re
import unicodedata

NORMALIZER = "zh-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

# Radicals that stand for a whole character and that NFKC, which folds the block U+2F00, leaves as they are.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "民虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)
_UNIFIED = str.maketrans(
    {
        "\u301c": "~",  # WAVE DASH; its twin FULLWIDTH TILDE (U+FF5E) becomes ~ by NFKC
        "\u2212": "-",  # MINUS SIGN; its twin FULLWIDTH HYPHEN-MINUS (U+FF0D) becomes - by NFKC
        "\u2010": "-",  # HYPHEN
        "\u2011": "-",  # NON-BREAKING HYPHEN
        "\u2012": "-",  # FIGURE DASH
        "\u2013": "-",  # EN DASH
        "\u2015": "\u2014",  # HORIZONTAL BAR: GBK and Big5 map their dash to it or to EM DASH
        "\u22ef": "\u2026",  # MIDLINE ELLIPSIS, as Taiwan sets it
        "\u2044": "/",  # FRACTION SLASH, which NFKC writes into ½
        # The dot in 约翰·史密斯: hyphenation point, katakana dot and its half-width twin
        "\u2027": "\u00b7",
        "\u30fb": "\u00b7",
        **_RADICALS,
    }
)
# NFKC makes ASCII of these and three full stops of the ellipsis; nothing else becomes one of them by NFKC.
_KEPT = re.compile("([！（），：；？…]+)")
_SPACES = re.compile(r"\s+")
# What is neither white space nor in the blocks that hold most of Chinese text needs a look at its category.
_UNUSUAL = re.compile(r"[^\s\x21-\x7e\u3001-\u3029\u4e00-\u9fff\uff01-\uff9f]")
# Variation selectors are marks (Mn), not format characters; no query types them.
_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs") or ord(char) in _SELECTORS
    return "" if hidden else char


def normalize(text: str) -> str:
    """Return the one form of a Chinese text, in its own script, that everything downstream sees.

    The module's docstring says what changes. Runs of white space become one space, with none at the ends. Case
    and the choice between simplified and traditional characters are kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    parts = _KEPT.split(_UNUSUAL.sub(_visible, text).translate(_UNIFIED))
    parts[::2] = [unicodedata.normalize("NFKC", part).translate(_UNIFIED) for part in parts[::2]]
    return _SPACES.sub(" ", "".join(parts)).strip()
