"""Azerbaijani for langret."""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from langret.language import Language

# --8<-- [start:rules]
_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]+")
_HIDDEN = ("Cc", "Cf", "Cs")  # control characters, zero-width characters, unpaired surrogates


def _visible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _HIDDEN


def _lower(word: str) -> str:
    """Lower case as Azerbaijani has it: I becomes ı, and İ becomes i. Python's own lower() does not know that."""
    return word.replace("I", "ı").replace("İ", "i").lower()


# --8<-- [end:rules]


# --8<-- [start:facts]
class Azerbaijani(Language):
    """Azerbaijani, which writes spaces between words and stacks suffixes behind them."""

    code: ClassVar[str] = "az"
    name: ClassVar[str] = "Azerbaijani"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret-az"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    letters: ClassVar[float] = 0.8
    examples: ClassVar[tuple[str, ...]] = (
        "Kitabxana həftə içi saat doqquzda açılır.",
        "İçərişəhər Bakının ən qədim hissəsidir.",
        "Isti bir axşam sahildə uzun-uzadı gəzdik.",
    )
    # --8<-- [end:facts]

    # --8<-- [start:methods]
    @property
    def version(self) -> str:
        """Raised with every change of what the three methods below return."""
        return "az-1"

    def normalize(self, text: str) -> str:
        """Composed letters, no hidden characters, single spaces."""
        text = "".join(filter(_visible, text))
        return unicodedata.normalize("NFC", " ".join(text.split()))

    def segment(self, text: str) -> list[str]:
        """Words and punctuation; joined they are the text without its spaces."""
        return _WORD.findall(text)

    def analyze(self, text: str) -> list[str]:
        """First five letters of each word, in lower case, without what follows an apostrophe."""
        stems = (re.split("['’]", word)[0] for word in self.segment(text) if word[0].isalnum())
        return [_lower(stem)[:5] for stem in stems]

    # --8<-- [end:methods]
