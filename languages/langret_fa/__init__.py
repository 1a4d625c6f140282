"""The Persian plugin of langret: one spelling with its non-joiners, BM25 terms without affixes, a world."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_fa.catalogue import CATALOGUE
from langret_fa.normalize import NORMALIZER, ZWNJ, normalize
from langret_fa.segment import SEGMENTER, analyze, installed, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Persian"]


class Persian(Language):
    """Persian as written in Iran, words as UAX 29 finds them."""

    code: ClassVar[str] = "fa"
    also: ClassVar[tuple[str, ...]] = ("pes",)
    name: ClassVar[str] = "Persian"
    script: ClassVar[str] = "Arab"
    package: ClassVar[str] = "langret[fa]"
    scripts: ClassVar[tuple[str, ...]] = ("ARABIC",)
    backbones: ClassVar[tuple[str, ...]] = (
        "HooshvareLab/bert-fa-zwnj-base",
        "intfloat/multilingual-e5-small",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "دانش‌آموزان هر روز صبح به کتابخانهٔ مدرسه می‌روند و کتاب‌های تازه می‌خوانند.",
        "آیا می‌دانید قطار تهران ساعت ۷:۳۰ از کدام سکو حرکت می‌کند؟",
        "مسئول پروژه، گزارش ژرف‌تری دربارهٔ آب‌وهوای منطقه نوشته است.",
        "پزشک گفت: «این قرص را پس از غذا بخورید؛ خواب‌آور است.»",
        "نسخهٔ ۲ نرم‌افزار در سال ۱۴۰۳ منتشر شد و از فونت‌های فارسی پشتیبانی می‌کند.",
    )

    @property
    def version(self) -> str:
        """Versions of our rules and of the library that knows the word boundaries."""
        return f"{NORMALIZER} {SEGMENTER} {installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_fa.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words and punctuation; see ``langret_fa.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_fa.segment.analyze``."""
        return analyze(text)

    def skip_piece(self, piece: str) -> bool:
        """As for every language, and the pieces in which nothing but a non-joiner is left."""
        bare = piece.replace(ZWNJ, "")
        nothing_left = not bare.removeprefix("##").strip("▁Ġ ")
        return super().skip_piece(bare) or (nothing_left and bare != piece)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_fa.world import WORLD

        return WORLD
