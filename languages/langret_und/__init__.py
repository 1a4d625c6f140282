"""Any language that has no plugin of its own, by the word boundaries that Unicode gives every script."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from langret.language import Language
from langret.language.normalizing import JOINERS, ZERO_WIDTH_SPACE, without_hidden
from langret.language.tools import uax29_words

_shown = without_hidden(keep=JOINERS)


class Undetermined(Language):
    """Words as UAX 29 finds them. Scripts that write no spaces get short pieces where a dictionary would be needed."""

    code: ClassVar[str] = "und"
    name: ClassVar[str] = "any other language"
    script: ClassVar[str] = "Zyyy"
    package: ClassVar[str] = "langret"
    # scripts without spaces are broken where UAX 29 can, and 3.14 stays whole
    presegment: ClassVar[bool] = True
    backbones: ClassVar[tuple[str, ...]] = ("intfloat/multilingual-e5-small", "FacebookAI/xlm-roberta-base")
    examples: ClassVar[tuple[str, ...]] = (
        "አዲስ አበባ የኢትዮጵያ ዋና ከተማ ናት።",
        "თბილისი საქართველოს დედაქალაქია.",
        "Höfuðborg Íslands heitir Reykjavík.",
        "ירושלים היא עיר עתיקה.",
    )

    @property
    def version(self) -> str:
        """The rules, and the library that knows the boundaries."""
        import regex

        return f"und-1 regex-{regex.__version__}"

    def normalize(self, text: str) -> str:
        """Composed letters (NFC), single spaces, no hidden characters but the joiners.

        Nothing else is folded: which letters are the same is knowledge of a language.
        """
        # with a zero width space Khmer and Burmese texts mark the end of a word
        text = unicodedata.normalize("NFC", _shown(text.replace(ZERO_WIDTH_SPACE, " ")))
        return unicodedata.normalize("NFC", " ".join(text.split()))

    def segment(self, text: str) -> list[str]:
        """Words and punctuation by UAX 29."""
        return uax29_words(text)

    def analyze(self, text: str) -> list[str]:
        """Words with a letter or a digit, case folded, in compatibility form (NFKC)."""
        folded = (unicodedata.normalize("NFKC", word.casefold()) for word in self.segment(text))
        return [term for word in folded for term in word.split() if any(c.isalnum() for c in term)]
