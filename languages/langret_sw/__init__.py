"""The Swahili plugin of langret: one apostrophe, a light stemmer for BM25, a catalogue, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_sw.catalogue import CATALOGUE
from langret_sw.normalize import NORMALIZER, normalize
from langret_sw.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Swahili"]


class Swahili(Language):
    """Swahili, with words by UAX 29 and terms by a light stemmer of our own."""

    code: ClassVar[str] = "sw"
    also: ClassVar[tuple[str, ...]] = ("swh",)
    name: ClassVar[str] = "Swahili"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[sw]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    backbones: ClassVar[tuple[str, ...]] = (
        "intfloat/multilingual-e5-small",
        "Davlan/afro-xlmr-base",
        "castorini/afriberta_base",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "Ng'ombe wawili wanakunywa maji kando ya mto.",
        "Wanafunzi walisoma vitabu vipya katika maktaba ya shule yetu.",
        "Je, ng'ambo ya ziwa kuna kituo cha basi kinachofunguliwa saa kumi na mbili asubuhi?",
        "Mwalimu alisema kwamba mitihani itaanza tarehe 4 mwezi Juni.",
        "Tafadhali weka alama ya vidole kwenye fomu kabla ya kuituma!",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the word finder, read without importing it."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_sw.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words by UAX 29; see ``langret_sw.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_sw.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_sw.world import WORLD

        return WORLD
