"""The Finnish plugin of langret: words by UAX 29, Snowball stems and the ends of compounds for BM25, a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_fi.catalogue import CATALOGUE
from langret_fi.normalize import NORMALIZER, normalize
from langret_fi.questions import QUESTIONS
from langret_fi.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Finnish"]


class Finnish(Language):
    """Finnish, with spaces between words, many cases and long compounds."""

    code: ClassVar[str] = "fi"
    name: ClassVar[str] = "Finnish"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[fi]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    letters: ClassVar[float] = 0.7
    backbones: ClassVar[tuple[str, ...]] = (
        "TurkuNLP/bert-base-finnish-cased-v1",
        "intfloat/multilingual-e5-small",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "Äidin öljylamppu jäi yöksi pöydälle, eikä kukaan huomannut sitä.",
        "Åbo on Turun ruotsinkielinen nimi, ja Ahvenanmaan Åland kuullaan usein uutisissa.",
        "1990-luvulla EU:n jäseneksi liittyi myös Itävalta.",
        "Vaa'an lukema näytti kaksi kiloa liikaa, joten šakkilaudan lähetys viivästyi.",
        "Lentokonesuihkuturbiinimoottorin huolto kestää yleensä noin viikon.",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_fi.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words and punctuation by UAX 29; see ``langret_fi.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_fi.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_fi.world import WORLD

        return WORLD
