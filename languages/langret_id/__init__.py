"""The Indonesian plugin of langret: one apostrophe, Snowball stems for BM25, a catalogue, a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_id.catalogue import CATALOGUE
from langret_id.normalize import NORMALIZER, normalize
from langret_id.questions import QUESTIONS
from langret_id.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Indonesian"]


class Indonesian(Language):
    """Indonesian, with words by UAX 29 and terms by the Snowball stemmer."""

    code: ClassVar[str] = "id"
    name: ClassVar[str] = "Indonesian"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[id]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    backbones: ClassVar[tuple[str, ...]] = (
        "intfloat/multilingual-e5-small",
        "indobenchmark/indobert-base-p1",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "Anak-anak bermain layang-layang di lapangan setelah hujan reda.",
        "Setiap hari Jum'at, pasar itu buka sampai pukul 21.30.",
        "Bacalah petunjuknya dahulu, lalu tekan tombol hijau selama lima detik!",
        "Kafé di sudut jalan itu menjual kue lapis seharga Rp12.500,00.",
        "Apakah permohonan e-KTP dapat diajukan tanpa datang ke kelurahan?",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_id.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words by UAX 29; see ``langret_id.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_id.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_id.world import WORLD

        return WORLD
