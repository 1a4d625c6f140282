"""Words by UAX 29 and BM25 terms by a light stemmer of our own: no library that is kept up stems Swahili.

The stemmer joins what a reader would call one word (kitabu, vitabu; mwalimu, walimu; anasoma, walisoma, kusoma) and
leaves a word alone where it is not sure. It looks up no dictionary, so a stem need not be a word.
"""

from __future__ import annotations

import re
import unicodedata

from langret.language.tools import Packages, uax29_words

SEGMENTER = "stems-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# Connectives of all noun classes, copulas, prepositions, demonstratives and question words.
_STOP = """
    a ya wa la cha vya za kwa na ni si pa mwa katika kwenye au ama pia kama ili hii huyu hiyo hizo
    hizi huu hao hawa ile yule wale zile kile vile lile ule huo huko hapa hapo yake wake lake chake
    vyake zake kwake wao yao je nini gani ipi yupi upi zipi kipi wapi lini nani ngapi wangapi
    mangapi vipi ambayo ambaye ambao ambacho ambazo
"""
STOP = frozenset(_STOP.split())
_SIMPLE = "amerika italia asia maana mahali maisha kumbuka kubwa kunywa mwanamke"
# Words that look like a prefix and a stem, or whose plural no rule finds.
_WHOLE = {
    **{word: word for word in _SIMPLE.split()},
    "watu": "mtu",
    "macho": "jicho",
    "meno": "jino",
    "wanawake": "mwanamke",
    "wanaume": "mwanamume",
    "mwanaume": "mwanamume",
    "watanzania": "mtanzania",
    "watawala": "mtawala",
    "mambo": "jambo",
}
_CONSONANT = "(?=[bcdfghjklmnpqrstvwxyz])"
_VOWEL = "(?=[aeiou])"
# Subject and tense, with the relative that may follow: wa-na-soma, a-li-ye-soma, i-li-yo-jengwa. A verb ends in a
# (soma) except where it is borrowed (jibu); without a relative only the former is taken, for nouns look like the
# latter (wanafunzi).
_RELATIVE = re.compile(
    r"(?:ni|u|a|tu|m|wa|i|ki|vi|li|ya|zi|ku|pa)(?:li|na)(?:ye|yo|lo|cho|vyo|zo|po|ko|mo|o)([a-z']{4,})"
)
_VERB = re.compile(r"(?:ni|a|tu|wa|i|ki|vi|li|ya|zi)(?:li|na|me|ta)((?!na)[a-z']{3,}a)")
_INFINITIVE = re.compile(r"ku(?!mb)([a-z']{3,}a)")
_NOUN = (
    (re.compile(r"(?:mwana|wana)([a-z']{4,})"), ""),  # mwanafunzi, wanafunzi: child of, member of
    (re.compile(rf"vy{_VOWEL}([a-z']{{3,}})"), "ch"),  # vyama: chama
    (re.compile(r"vi([a-z']{3,})"), "ki"),  # vitabu: kitabu
    (re.compile(rf"mi{_VOWEL}([a-z']{{3,}})"), "mw"),  # miaka: mwaka
    (re.compile(rf"mi{_CONSONANT}([a-z']{{2,}})"), "m"),  # milima: mlima
    (re.compile(rf"(?:waa|mwa){_CONSONANT}([a-z']{{4,}})"), "m"),  # waandishi, mwandishi; walimu, mwalimu
    (re.compile(rf"wa{_VOWEL}([a-z']{{3,}})"), "mw"),  # waimbaji: mwimbaji
    (re.compile(rf"wa{_CONSONANT}([a-z']{{3,}})"), "m"),  # watoto: mtoto
)
_COLLECTION = re.compile(rf"ma{_CONSONANT}([a-z']{{4,}})")  # matunda: tunda, mawaziri: waziri
_PLACE = re.compile(r"([a-z']{3,})ni")  # mjini: mji
_REMEMBERED = 500_000
_TERM = re.compile(r"[^\W_]+(?:[\u0300-\u036f]|[^\W_])*(?:'[^\W\d_]+)*")


PACKAGES = Packages("Swahili words", ("regex",), extra="sw")


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation. The apostrophe of ng' is part of its word.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


def stem(word: str) -> str:
    """Join the forms of a lower-case word: singular and plural, tenses and persons, the locative.

    Args:
        word: Lower-case word of ASCII letters and apostrophes; anything else comes back as it is.
    """
    if word in _WHOLE:
        return _WHOLE[word]
    for verb in (_RELATIVE, _VERB, _INFINITIVE):
        if match := verb.fullmatch(word):
            root = match[1]
            # the passive: jengwa, built, is jenga, to build
            passive = len(root) > 4 and root.endswith("wa") and root[-3] not in "aeiouy"
            return root[:-2] + "a" if passive else root
    if match := _PLACE.fullmatch(word):
        word = match[1]
    if match := _COLLECTION.fullmatch(word):
        word = match[1]
    for noun, singular in _NOUN:
        if match := noun.fullmatch(word):
            return singular + match[1]
    return word


class _Terms(dict[str, str]):
    """From a word to its BM25 term, the empty string where it has none."""

    def __missing__(self, word: str) -> str:
        plain = word.casefold()
        if not plain.isascii():
            plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum() or c == "'")
        term = "" if plain in STOP else stem(plain)
        if len(self) < _REMEMBERED:
            self[word] = term
        return term


_TERMS = _Terms()


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: light stems, ng' with its apostrophe.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.
    """
    return [term for match in _TERM.finditer(text) if (term := _TERMS[match.group()])]
