"""The German plugin of langret: umlauts kept, UAX 29 words, stems and parts of compounds, a catalogue, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_de.catalogue import CATALOGUE
from langret_de.normalize import NORMALIZER, normalize
from langret_de.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["German"]


class German(Language):
    """German, with words by Unicode's boundaries and BM25 terms by Snowball stems and split compounds."""

    code: ClassVar[str] = "de"
    name: ClassVar[str] = "German"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[de]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    backbones: ClassVar[tuple[str, ...]] = (
        "deepset/gbert-base",
        "dbmdz/bert-base-german-cased",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "Die Straßenbahn fährt über die Brücke zum Hauptbahnhof.",
        "Nach der Änderung müssen Sie den Server unbedingt neu starten.",
        "Weißt du, wie viele Äpfel die Köchin für den Kuchen braucht?",
        "Das Bundesverfassungsgericht hat am 24.12.2024 über die Größe der Wahlkreise entschieden.",
        "Öffnungszeiten und Übernachtungspreise stehen in der „Gästemappe“.",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_de.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words by UAX 29; see ``langret_de.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_de.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_de.world import WORLD

        return WORLD
