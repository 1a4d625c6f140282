"""One written form for Korean text.

Safe for a model, and done here: syllables composed (macOS file names and old web pages hold them as loose jamo),
full-width Latin letters and digits and half-width hangul as everyone else types them, the dots and dashes that
code pages confuse, hidden characters dropped, single spaces. Two things that plain NFKC destroys are kept:
compatibility jamo (ㅋㅋㅋ, ㄱㄴㄷ), which it turns into other characters and, where a vowel follows, into
syllables; and ㆍ, which Koreans write as a middle dot and NFKC turns into an obsolete vowel.

For BM25 only, and done in ``langret_ko.segment.analyze``: case, particles and endings, spacing of compounds.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.normalizing import TWINS, replacing, without_hidden

NORMALIZER = "ko-1"
"""Name and version of these rules. Raise it with every change of what ``normalize`` returns."""

_unified = replacing(
    {
        0x301C: "~",  # WAVE DASH; its twin FULLWIDTH TILDE becomes ~ by NFKC
        0x223C: "~",  # TILDE OPERATOR, which the Korean code page has for 1∼3월
        **TWINS,
        0x2015: "\u2014",  # HORIZONTAL BAR and EM DASH are one character of KS X 1001
        0x318D: "·",  # HANGUL LETTER ARAEA, typed as a middle dot: 서울ㆍ부산
        0x30FB: "·",  # KATAKANA MIDDLE DOT; its half-width twin becomes this by NFKC
        0x2027: "·",  # HYPHENATION POINT
        0x3164: " ",  # HANGUL FILLER, a blank that is a letter to Unicode
        0xFFA0: " ",  # its half-width twin
    }
)
_shown = without_hidden(selectors=True)

_HALF_RUN = re.compile(r"[\uffa1-\uffdc]+")
_TYPED = re.compile(r"([ㄱ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㅎ](?![ㅏ-ㅣ]))?")
_NOT_COMPATIBILITY = re.compile(r"[^\u3131-\u318e]+")
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_LOOSE = {
    **{0x1100 + i: c for i, c in enumerate(_LEADS)},
    **{0x1161 + i: c for i, c in enumerate(_VOWELS)},
    **{0x11A8 + i: c for i, c in enumerate(_TAILS)},
}
_ANY_JAMO = re.compile("[\u1100-\u11c2]")
_JAMO = r"\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"
# A run of one sort of modern jamo that belongs to no syllable: what NFKC leaves of ㅋㅋㅋ. Runs of several sorts
# are old Korean, whose syllables have no characters of their own, and stay.
_ALONE = re.compile(
    rf"(?<![{_JAMO}])(?:[\u1100-\u1112]+|[\u1161-\u1175]+|(?<![가-힣])[\u11a8-\u11c2]+)(?![{_JAMO}])"
)


def _syllable(match: re.Match[str]) -> str:
    lead, vowel, tail = _LEADS.find(match[1]), _VOWELS.find(match[2]), match[3]
    end = _TAILS.find(tail) + 1 if tail else 0
    if lead < 0 or (tail and not end):
        return match[0]
    return chr(0xAC00 + (lead * 21 + vowel) * 28 + end)


def _full_width(match: re.Match[str]) -> str:
    """Half-width hangul are the letters of a syllable one after the other, and composed as a keyboard does."""
    letters = (unicodedata.decomposition(c).rpartition(" ")[2] for c in match[0])
    return _TYPED.sub(_syllable, "".join(chr(int(code, 16)) for code in letters if code))


def _nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def normalize(text: str) -> str:
    """Return the one form of a Korean text that everything downstream sees.

    NFKC but for compatibility jamo, which stay; loose jamo that form no syllable become compatibility jamo; dots,
    dashes and tildes that code pages confuse are one character; control, format and other hidden characters and
    unpaired surrogates are dropped; runs of white space are one space, with none at the ends. Case is kept.
    Idempotent.

    Args:
        text: Any string.

    Returns:
        The normalised text, which can always be written as UTF-8.
    """
    text = _unified(_shown(text))
    text = _HALF_RUN.sub(_full_width, text)
    text = _unified(_NOT_COMPATIBILITY.sub(_nfkc, text))
    if _ANY_JAMO.search(text):
        text = _ALONE.sub(lambda match: match[0].translate(_LOOSE), text)
    return " ".join(text.split())
