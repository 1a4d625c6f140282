"""The Chinese plugin of langret, for simplified and traditional characters: jieba's words, OpenCC's scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_zh.catalogue import CATALOGUE, TRADITIONAL
from langret_zh.normalize import NORMALIZER, normalize
from langret_zh.questions import QUESTIONS
from langret_zh.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Chinese", "TraditionalChinese"]


class Chinese(Language):
    """Chinese in either script, segmented by jieba's dictionary. Its examples and its world are simplified."""

    code: ClassVar[str] = "zh"
    also: ClassVar[tuple[str, ...]] = ("cmn",)
    name: ClassVar[str] = "Chinese"
    script: ClassVar[str] = "Hans"
    package: ClassVar[str] = "langret[zh]"
    presegment: ClassVar[bool] = True
    scripts: ClassVar[tuple[str, ...]] = ("CJK", "IDEOGRAPHIC", "BOPOMOFO")
    backbones: ClassVar[tuple[str, ...]] = (
        "hfl/chinese-roberta-wwm-ext",
        "BAAI/bge-small-zh-v1.5",
        "google-bert/bert-base-chinese",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "雨一直下到傍晚，山路上的行人请注意安全。",
        "新图书馆离地铁站只有五分钟的步行路程。",
        "修改服务器的配置以后，一定要重新启动！",
        "医生说：“这种药最好饭后吃，一天两次。”",
        "申请表从2024年4月起可以在网站上下载（PDF格式）。",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the two packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_zh.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words of jieba's dictionary; see ``langret_zh.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms in simplified characters; see ``langret_zh.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_zh.world import WORLD

        return WORLD


class TraditionalChinese(Chinese):
    """Chinese as Taiwan and Hong Kong write it: the same rules, with examples, data and world of that script."""

    code: ClassVar[str] = "zh-Hant"
    name: ClassVar[str] = "Chinese (traditional)"
    dialect_of: ClassVar[str] = "zh"
    script: ClassVar[str] = "Hant"
    backbones: ClassVar[tuple[str, ...]] = ("google-bert/bert-base-chinese", "ckiplab/bert-base-chinese")
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = TRADITIONAL
    examples: ClassVar[tuple[str, ...]] = (
        "雨一直下到傍晚，山路上的行人請注意安全。",
        "新圖書館離捷運站只有五分鐘的步行路程。",
        "修改伺服器的設定以後，一定要重新啟動！",
        "醫生說：「這種藥最好飯後吃，一天兩次。」",
        "申請表從2024年4月起可以在網站上下載（PDF格式）。",
    )

    def world(self) -> WorldWords:
        """The world of ``zh``, in traditional characters."""
        from langret_zh.world_traditional import traditional_world

        return traditional_world()
