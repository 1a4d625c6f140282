"""The Vietnamese plugin of langret: one spelling for each syllable, pyvi's compounds for BM25, a catalogue, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_vi.catalogue import CATALOGUE
from langret_vi.normalize import NORMALIZER, normalize
from langret_vi.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Vietnamese"]


class Vietnamese(Language):
    """Vietnamese: syllables as they are spaced, BM25 compounds by pyvi."""

    code: ClassVar[str] = "vi"
    name: ClassVar[str] = "Vietnamese"
    script: ClassVar[str] = "Latn"
    package: ClassVar[str] = "langret[vi]"
    scripts: ClassVar[tuple[str, ...]] = ("LATIN",)
    backbones: ClassVar[tuple[str, ...]] = (
        "FacebookAI/xlm-roberta-base",
        "BAAI/bge-m3",
        "intfloat/multilingual-e5-small",
        "vinai/phobert-base-v2",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "Đường lên núi rất trơn vì tuyết rơi từ sáng sớm.",
        "Thư viện mới cách nhà ga năm phút đi bộ.",
        "Sau khi đổi cấu hình máy chủ, hãy nhớ khởi động lại.",
        "Chị Thuỷ bảo thuốc này nên uống sau bữa ăn để khoẻ hơn.",
        "Từ tháng 4 năm 2024, mẫu đăng ký trên trang chủ đã dùng được ở Thừa Thiên Huế.",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the packages, read without importing them."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_vi.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Syllables as they are spaced; see ``langret_vi.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_vi.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_vi.world import WORLD

        return WORLD
