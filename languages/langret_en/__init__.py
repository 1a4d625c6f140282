"""The English plugin of langret: plain quotes and letters, UAX 29 words, Snowball stems, a catalogue, a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_en.catalogue import CATALOGUE
from langret_en.normalize import NORMALIZER, normalize
from langret_en.questions import QUESTIONS
from langret_en.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["English"]


class English(Language):
    """English, with words by Unicode's boundaries and BM25 terms by the Snowball stemmer."""

    code: ClassVar[str] = "en"
    name: ClassVar[str] = "English"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[en]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    backbones: ClassVar[tuple[str, ...]] = (
        "answerdotai/ModernBERT-base",
        "google-bert/bert-base-uncased",
        "microsoft/MiniLM-L12-H384-uncased",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "The café on the corner closes at six, but its owner doesn't mind late guests.",
        "Please restart the server after you have changed the well-known settings.",
        "A naïve reader wouldn't notice that the résumé was written by someone else.",
        "In 2024 the company's revenue rose by 1,452.4 million dollars.",
        'Children asked: "Why does the ferry-boat leave before our teachers\' train arrives?"',
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_en.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words by UAX 29; see ``langret_en.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_en.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_en.world import WORLD

        return WORLD
