"""The Korean plugin of langret: composed hangul, kiwipiepy's morphemes for BM25, a catalogue, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_ko.catalogue import CATALOGUE
from langret_ko.normalize import NORMALIZER, normalize
from langret_ko.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Korean"]


class Korean(Language):
    """Korean: words as they are spaced, BM25 terms by kiwipiepy."""

    code: ClassVar[str] = "ko"
    name: ClassVar[str] = "Korean"
    script: ClassVar[str] = "Kore"
    package: ClassVar[str] = "langret[ko]"
    scripts: ClassVar[tuple[str, ...]] = ("HANGUL", "CJK")
    backbones: ClassVar[tuple[str, ...]] = (
        "klue/roberta-base",
        "BAAI/bge-m3",
        "intfloat/multilingual-e5-small",
        "klue/bert-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "아침부터 눈이 내려서 산길을 걸을 때는 조심해야 합니다.",
        "새 도서관은 역에서 걸어서 오 분 거리에 있다.",
        "서버 설정을 바꾼 뒤에는 반드시 다시 시작해 주세요.",
        "ㅋㅋㅋ 그 영화 진짜 웃겼어, 값도 싸고 자리도 넓었고!",
        "홈페이지 신청서는 2024년 4월부터 쓸 수 있게 되었습니다.",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_ko.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words as they are spaced; see ``langret_ko.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_ko.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_ko.world import WORLD

        return WORLD
