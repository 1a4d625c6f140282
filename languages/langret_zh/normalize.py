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

from langret.language.normalizing import TWINS, replacing, without_hidden

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
_unified = replacing(
    {
        **TWINS,
        0x301C: "~",  # WAVE DASH; its twin FULLWIDTH TILDE (U+FF5E) becomes ~ by NFKC
        0x2015: "\u2014",  # HORIZONTAL BAR: GBK and Big5 map their dash to it or to EM DASH
        0x22EF: "\u2026",  # MIDLINE ELLIPSIS, as Taiwan sets it
        # The dot in 约翰·史密斯: hyphenation point, katakana dot and its half-width twin
        0x2027: "\u00b7",
        0x30FB: "\u00b7",
        **str.maketrans(_RADICALS),
    }
)
# NFKC makes ASCII of these and three full stops of the ellipsis; nothing else becomes one of them by NFKC.
_KEPT = re.compile("([！（），：；？…]+)")
_shown = without_hidden(selectors=True)


def normalize(text: str) -> str:
    """Return the one form of a Chinese text, in its own script, that everything downstream sees.

    The module's docstring says what changes. Runs of white space become one space, with none at the ends. Case
    and the choice between simplified and traditional characters are kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    parts = _KEPT.split(_unified(_shown(text)))
    parts[::2] = [_unified(unicodedata.normalize("NFKC", part)) for part in parts[::2]]
    return " ".join("".join(parts).split())
