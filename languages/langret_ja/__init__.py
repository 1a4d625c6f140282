"""The Japanese plugin of langret: NFKC with its traps mended, fugashi with unidic-lite, a catalogue, a
world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_ja import sudachi
from langret_ja.catalogue import CATALOGUE
from langret_ja.normalize import NORMALIZER, normalize
from langret_ja.questions import QUESTIONS
from langret_ja.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Japanese", "JapaneseSudachi"]


class Japanese(Language):
    """Japanese, segmented by fugashi with the dictionary unidic-lite."""

    code: ClassVar[str] = "ja"
    name: ClassVar[str] = "Japanese"
    script: ClassVar[str] = "Jpan"
    package: ClassVar[str] = "langret[ja]"
    presegment: ClassVar[bool] = True
    scripts: ClassVar[tuple[str, ...]] = ("HIRAGANA", "KATAKANA", "CJK", "IDEOGRAPHIC")
    backbones: ClassVar[tuple[str, ...]] = (
        "tohoku-nlp/bert-base-japanese-v3",
        "sbintuitions/modernbert-ja-130m",
        "cl-nagoya/ruri-v3-30m",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "朝から雪が降り続いているので、山道の通行には注意が必要です。",
        "新しい図書館は駅から歩いて五分のところにあります。",
        "サーバーの設定を変更したあとは、必ず再起動してください。",
        "この薬は食後に飲んだほうがよいと医者が言っていました。",
        "ウェブサイトの申し込みフォームは2024年4月から使えるようになりました。",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_ja.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words of fugashi with unidic-lite; see ``langret_ja.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_ja.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_ja.world import WORLD

        return WORLD


class JapaneseSudachi(Japanese):
    """Japanese, segmented by SudachiPy into its longest words: fewer, and compounds stay whole."""

    code: ClassVar[str] = "ja-sudachi"
    name: ClassVar[str] = "Japanese (SudachiPy)"
    dialect_of: ClassVar[str] = "ja"
    package: ClassVar[str] = "langret[ja-sudachi]"

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {sudachi.SEGMENTER} {sudachi.PACKAGES.installed()}"

    def segment(self, text: str) -> list[str]:
        """Words of SudachiPy, mode C; see ``langret_ja.sudachi.segment``."""
        return sudachi.segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_ja.sudachi.analyze``."""
        return sudachi.analyze(text)
