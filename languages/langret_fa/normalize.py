"""One written form for Persian text (METHODS.md 11.2); what only BM25 may fold is in ``segment.analyze``.

Safe for a model, and done here: compatibility forms (NFKC: Arabic presentation forms, full-width Latin),
Arabic yeh and kaf as Persian ی and ک, Arabic-Indic digits as Persian ones, no tatweel, no vowel signs (which
hazm's normaliser removes by default too), and the zero width non-joiner kept
where it stands between letters, as it is part of Persian spelling. For BM25 alone: alef with madda or hamza,
hamza on its carriers, teh marbuta, case, ASCII digits, the writing of affixes.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import replacing, without_hidden

NORMALIZER = "fa-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

ZWNJ = "\u200c"
_letters = replacing(
    str.maketrans(
        {
            "ي": "ی",
            "ى": "ی",  # alef maksura, typed for ی on Arabic keyboards
            "ك": "ک",
            "ڪ": "ک",
            "\u06d5": "ه",  # ae, a Kurdish letter that looks like the final heh
            "\u06c0": "ه\u0654",  # the one code point for the heh of خانهٔ
            **dict(zip("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True)),
        }
    )
)
# Vowel signs, tanween, shadda, sukun, superscript alef, tatweel. Madda and hamza signs (U+0653-0655) stay.
_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670]")
# NFKC would write these spacing vowel signs as a space and the sign, which tears a word apart.
_SPACED_SIGNS = re.compile("[\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f]")
_shown = without_hidden(keep=ZWNJ)
_JOINERS = re.compile(f"{ZWNJ}{{2,}}")
_STRAY = re.compile(rf"{ZWNJ}(?:(?!\w)|(?<![\w\u0654].))")


def normalize(text: str) -> str:
    """Return the one form of a Persian text that everything downstream sees.

    Control and format characters other than the zero width non-joiner are dropped, and unpaired surrogates;
    runs of white space are one space, with none at the ends. Case is kept. Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = _SPACED_SIGNS.sub("", _shown(text))
    text = _letters(unicodedata.normalize("NFKC", text))
    text = _STRAY.sub("", _JOINERS.sub(ZWNJ, _SIGNS.sub("", text)))
    # What was dropped may have stood between two spaces, or between a letter and its hamza.
    return _letters(unicodedata.normalize("NFKC", " ".join(text.split())))
