"""The Hindi plugin of langret: one form of Devanagari, stems in folded spelling for BM25, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_hi.catalogue import CATALOGUE
from langret_hi.normalize import NORMALIZER, normalize
from langret_hi.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Hindi"]


class Hindi(Language):
    """Hindi in Devanagari, words as UAX 29 finds them, Snowball stems for BM25."""

    code: ClassVar[str] = "hi"
    name: ClassVar[str] = "Hindi"
    script: ClassVar[str] = "Deva"
    package: ClassVar[str] = "langret[hi]"
    scripts: ClassVar[tuple[str, ...]] = ("DEVANAGARI",)
    backbones: ClassVar[tuple[str, ...]] = (
        "google/muril-base-cased",
        "intfloat/multilingual-e5-small",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "पुस्तकालय स्टेशन से पाँच मिनट की दूरी पर है और रोज़ सुबह खुलता है।",
        "क्या आप जानते हैं कि यह दवा खाने के बाद लेनी चाहिए?",
        "सर्वर की सेटिंग बदलने के बाद उसे फिर से चालू करना ज़रूरी है।",
        "पहाड़ों में बर्फ़ गिरने से सड़कें बन्द हैं, इसलिए सावधानी से गाड़ी चलाएँ।",
        "विश्वविद्यालय ने सन् २०२४ से नया ऑनलाइन फ़ॉर्म शुरू किया; शुल्क ₹500 है।",
    )

    @property
    def version(self) -> str:
        """Versions of our rules, of the stemmer and of the library that knows the word boundaries."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_hi.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words and punctuation; see ``langret_hi.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_hi.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_hi.world import WORLD

        return WORLD
