"""Words by the boundaries of Unicode, BM25 terms by the Snowball stemmer of PyStemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from langret.language.tools import Packages, uax29_words

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze`` returns."""

# A number keeps its decimals (1,452.4 is one term); a word keeps its apostrophes until possessives are gone.
_TERM = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
# Function words and the words that questions are made of. Negations and words that are also names of things
# (may, will, can, us) stay.
_STOP_TEXT = """
a about an and any are as at be been being but by could did do does doing for from had has have having he
her here hers him his how i i'd i'll i'm i've if in into is isn't it its itself me my of on or our ours out
over shall she should so some such than that the their theirs them then there these they this those to under
up was wasn't we were what when where which while who whom whose why with would you your yours
"""
_STOP = frozenset(_STOP_TEXT.split())
# British spellings to American ones, on the stem: organis -> organiz, colour -> color, theatr -> theater.
_ISE = re.compile(r"(?<=[a-z]{4})is$|(?<=[a-z]{3}ly)s$")
_SPELLINGS_TEXT = """
aluminium/aluminum armour/armor behaviour/behavior catalogu/catalog centr/center chequ/check colour/color
defenc/defens dialogu/dialog favour/favor favourit/favorit fibr/fiber flavour/flavor grey/gray
harbour/harbor honour/honor humour/humor jewelleri/jewelri kerb/curb labour/labor licenc/licens litr/liter
metr/meter mould/mold neighbour/neighbor neighbourhood/neighborhood odour/odor offenc/offens plough/plow
programm/program pyjama/pajama rumour/rumor sulphur/sulfur theatr/theater tyre/tire vapour/vapor
vigour/vigor
"""
_SPELLINGS = dict(pair.split("/") for pair in _SPELLINGS_TEXT.split())


PACKAGES = Packages("English BM25 terms", ("PyStemmer", "regex"), extra="en")


@cache
def _stemmer() -> Any:
    module = PACKAGES.load("Stemmer")
    return module.Stemmer("english")


def segment(text: str) -> list[str]:
    """Split a text into words and punctuation by UAX 29: ``don't`` is one word, ``well-known`` is three pieces.

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return uax29_words(text)


def _plain(text: str) -> str:
    """Lower case without accents. Compatibility forms (², ½) become plain ones too."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in folded if not unicodedata.combining(c))


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: stems of its words, without function words.

    Args:
        text: Normalised text.

    Returns:
        Terms in text order, repeated as often as they occur; empty for a text without content words.

    Raises:
        MissingDependencyError: PyStemmer is not installed.
    """
    words = [word for word in _TERM.findall(_plain(text)) if word not in _STOP]
    bare = [(word[:-2] if word.endswith("'s") else word).replace("'", "").replace(",", "") for word in words]
    stems = _stemmer().stemWords([word for word in bare if word])
    return [_SPELLINGS.get(stem) or _ISE.sub(_american, stem) for stem in stems]


def _american(match: re.Match[str]) -> str:
    return "iz" if match.group() == "is" else "z"
