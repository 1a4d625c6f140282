"""The Turkish plugin of langret: Turkish case, suffixes after apostrophes, Snowball stems for BM25, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_tr.catalogue import CATALOGUE
from langret_tr.normalize import NORMALIZER, normalize
from langret_tr.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Turkish"]


class Turkish(Language):
    """Turkish, with spaces between words, dotted and dotless i, and chains of suffixes."""

    code: ClassVar[str] = "tr"
    name: ClassVar[str] = "Turkish"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[tr]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    letters: ClassVar[float] = 0.7
    backbones: ClassVar[tuple[str, ...]] = (
        "dbmdz/bert-base-turkish-cased",
        "intfloat/multilingual-e5-small",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "İstanbul'da ılık bir sonbahar günüydü; Iğdır'dan gelen yolcular İzmir'e gidiyordu.",
        "Çocuğun ağacın altındaki şapkası rüzgârda uçup göle düştü.",
        "Resmî belgeleri kâğıda yazıp dosyaya koymanız gerekiyor.",
        "1923'te kurulan fabrikanın işçileri öğleyin bahçede toplanırdı.",
        "ISPARTA'NIN GÜLLERİ, DÜZCE'NİN FINDIĞI MEŞHURDUR.",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_tr.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words and punctuation by UAX 29; see ``langret_tr.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_tr.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_tr.world import WORLD

        return WORLD
