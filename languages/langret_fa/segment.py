"""Words by UAX 29, and BM25 terms in which the spellings of one Persian word meet.

An affix is written joined, with a zero width non-joiner, or with a space: میروم, می‌روم and می روم are one
word. Which affixes these are is hazm's knowledge (its ``correct_spacing`` and its stemmer); hazm itself asks
for an old numpy, so the rules are written anew here. Snowball's Persian stemmer was tried: it leaves
کتاب‌هایش, cuts رودخانه to رودخ, and makes different stems of دریا and دریای.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.metadata import version

from langret.language.tools import uax29_words
from langret_fa.normalize import ZWNJ

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

_REMEMBERED = 500_000


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# As in Lucene's PersianAnalyzer: letters that people type for one another, marks and the lone hamza.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ةۀہەھ", "ه"),
        **dict.fromkeys("ئيىے", "ی"),
        "ؤ": "و",
        "ك": "ک",
        **dict.fromkeys("ءـ\u0653\u0654\u0655", ""),
        **{digit: str(n) for n, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
        **{digit: str(n) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    }
)
_PREFIXES = frozenset({"می", "نمی", "همی"})
_PLURAL = r"ها(?:ی|یی|یم|یت|یش|یمان|یتان|یشان)?"
_COMPARATIVE = r"تر(?:ین|ی|ها|های|ینها|ینهای)?"
# No word of their own: an affix even after a space. The others are affixes only after a non-joiner.
_LOOSE = re.compile(f"(?:{_PLURAL}|{_COMPARATIVE})$")
_TIED = _listed("ی ای ام ات اش ایم اید اند است م ت ش مان تان شان یم ید ند یی ترند")
_JOINED = re.compile(f"(.{{2,}})(?:{_PLURAL}|ترین|ترینها|ترینهای)$")
_COMPARED = re.compile("(.{3,})تر$")
_WHOLE = _listed(
    """
    تنها تنهای تنهایی انتها انتهای انتهایی منتها اشتها اشتهای التهای دکترین ویترین
    دفتر دختر کبوتر اختر خاکستر بستر گستر فیلتر دکتر پوستر توییتر کامپیوتر تیاتر پارامتر سنتر فاکتر مشتر
    هلیکوپتر رادیاتر رپرتر روتر اسکوتر ژنراتر موتر پیشتر
    """
)
_UNITS = ("متر", "لیتر", "گستر")  # سانتیمتر, میلی‌لیتر, دادگستر
# Grammar and question words, as folded below.
_STOP = _listed(
    """
    و در به از که این ان را با است برای یک تا هم خود بر یا بود شد شده شود نیز ولی اما اگر پس هر همه دیگر
    او من تو ما شما ایشان ان انها اینها هست هستند بودند باشد نیست کرد کند کنند کرده دارد دارند داشت
    چه چی چیست کی کیست کجا کجاست کدام ایا چرا چگونه چطور چند چقدر
    """
)


@cache
def installed() -> str:
    """Version of the library that knows the word boundaries, read from metadata."""
    return f"regex-{version('regex')}"


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation; a zero width non-joiner stays inside its word.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


@lru_cache(_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    """The folded parts of a word between its non-joiners; none for punctuation."""
    folded = unicodedata.normalize("NFKC", word).casefold().translate(_FOLDED)
    return tuple(part for part in folded.split(ZWNJ) if any(map(str.isalnum, part)))


@lru_cache(_REMEMBERED)
def _stem(word: str) -> str:
    """Cut plural and comparative suffixes, and the ی that only links a word in ا or و to the next."""
    if word in _WHOLE or word.endswith(_UNITS):
        return word
    if found := _JOINED.match(word):
        return _stem(found[1])
    if (found := _COMPARED.match(word)) is not None:
        return found[1]
    if len(word) > 4 and word.endswith(("ایی", "ویی")):
        return word[:-2]
    if len(word) > 3 and word.endswith(("ای", "وی")):
        return word[:-1]
    return word


def _words(text: str) -> list[list[str]]:
    """The parts of each word, verb prefixes put before their verbs and suffixes left out."""
    found: list[list[str]] = []
    prefix = ""
    after_word = False
    for word in segment(text):
        parts = _parts(word)
        if not parts:
            found += [[prefix]] if prefix else []
            prefix, after_word = "", False
            continue
        kept: list[str] = []
        for number, part in enumerate(parts):
            if prefix:
                kept.append(prefix + part)
                prefix = ""
            elif part in _PREFIXES:
                prefix = part
            elif (_LOOSE.match(part) and (number or after_word)) or (number and part in _TIED):
                continue
            else:
                kept.append(part)
        if kept:
            found.append(kept)
        after_word = True
    return [*found, [prefix]] if prefix else found


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: stems of its content words, letters and digits folded.

    A compound with a non-joiner gives its parts and the whole, so that دانش‌آموز meets دانش آموز and
    دانشآموز.

    Chosen on the quickstart's world for want of real text (400 test questions, R@1 / nDCG@10): words of UAX 29
    .390 / .450; folded parts of words .405 / .428; with the rules for affixes and compounds, as here,
    .475 / .572; the same with function words .485 / .563; pairs of characters .302 / .320.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.
    """
    terms: list[str] = []
    for parts in _words(text):
        stems = [_stem(part) for part in parts if part not in _STOP]
        terms += stems
        if len(stems) > 1:
            terms.append(_stem("".join(parts)))
    return terms
