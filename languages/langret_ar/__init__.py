"""The Arabic plugin of langret: Modern Standard Arabic, and its dialects of Egypt and Morocco."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_ar.catalogue import CATALOGUE, EGYPTIAN_CATALOGUE, MOROCCAN_CATALOGUE
from langret_ar.normalize import NORMALIZER, normalize
from langret_ar.questions import EGYPTIAN, MOROCCAN, QUESTIONS
from langret_ar.segment import SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Arabic", "EgyptianArabic", "MoroccanArabic"]


class Arabic(Language):
    """Modern Standard Arabic. Words by spaces and punctuation, BM25 terms by light stems and pieces of words."""

    code: ClassVar[str] = "ar"
    also: ClassVar[tuple[str, ...]] = ("arb",)
    name: ClassVar[str] = "Arabic"
    script: ClassVar[str] = "Arab"
    package: ClassVar[str] = "langret"  # regex, its only dependency, is langret's own
    scripts: ClassVar[tuple[str, ...]] = ("ARABIC",)
    backbones: ClassVar[tuple[str, ...]] = (
        "UBC-NLP/ARBERTv2",
        "aubmindlab/bert-base-arabertv02",
        "CAMeL-Lab/bert-base-arabic-camelbert-msa",
        "intfloat/multilingual-e5-small",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "أعلنت وزارة التربية والتعليم عن موعد الامتحانات النهائية.",
        "إلى أين يؤدي الطريق الذي يمرّ بجانب مكتبة القرية؟",
        "قرأتُ في الصحيفة أنّ سعر الخبز لم يتغيّر منذ آذار 2019.",
        "يضيء القمر شاطئ البحر الهادئ، والناس نيام.",
        "سافر عليّ على متن آخر رحلة إلى مدينة آسفي ثمّ عاد مساءً.",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of the library that knows the boundaries of words."""
        return f"{NORMALIZER} {SEGMENTER} regex-{installed('regex')}"

    def normalize(self, text: str) -> str:
        """See ``langret_ar.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words and punctuation; see ``langret_ar.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_ar.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_ar.world import WORLD

        return WORLD


class EgyptianArabic(Arabic):
    """Egyptian Arabic: the rules of Arabic, its own data sets, and questions as Egyptians ask them."""

    code: ClassVar[str] = "arz"
    also: ClassVar[tuple[str, ...]] = ()
    name: ClassVar[str] = "Egyptian Arabic"
    dialect_of: ClassVar[str] = "ar"
    backbones: ClassVar[tuple[str, ...]] = (
        "UBC-NLP/MARBERTv2",
        "CAMeL-Lab/bert-base-arabic-camelbert-mix",
        "UBC-NLP/ARBERTv2",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = EGYPTIAN_CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "إيه أحسن مطعم كشري قريب من هنا؟",
        "أنا ماكنتش أعرف إن المكتبة بتقفل بدري النهارده.",
        "هنسافر إسكندرية بكرة عشان نزور ستي.",
        "العربية بتاعتي عطلانة ومحتاجة حد يصلّحها.",
        "القاهره عاصمة مصر و اكبر مدينه فى افريقيا.",
    )
    questions: ClassVar[Mapping[str, str]] = EGYPTIAN

    def world(self) -> WorldWords:
        """The encyclopaedia in Modern Standard Arabic, asked about in Egyptian."""
        from langret_ar.world import EGYPTIAN_WORLD

        return EGYPTIAN_WORLD


class MoroccanArabic(Arabic):
    """Moroccan Arabic (Darija) in Arabic letters: the rules of Arabic, and questions as Moroccans ask them."""

    code: ClassVar[str] = "ary"
    also: ClassVar[tuple[str, ...]] = ()
    name: ClassVar[str] = "Moroccan Arabic"
    dialect_of: ClassVar[str] = "ar"
    backbones: ClassVar[tuple[str, ...]] = (
        "SI2M-Lab/DarijaBERT",
        "UBC-NLP/MARBERTv2",
        "CAMeL-Lab/bert-base-arabic-camelbert-mix",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = MOROCCAN_CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "شنو هي أحسن بلاصة باش نشري الكتوبة؟",
        "غادي نمشيو لأݣادير السيمانة الجاية.",
        "ما عرفتش فين كاين الطوبيس ديال المدينة القديمة.",
        "واش كتسالي الخدمة بكري نهار الجمعة؟",
        "الدراري كيلعبو فالزنقة حدا الدار ديالنا.",
    )
    questions: ClassVar[Mapping[str, str]] = MOROCCAN

    def world(self) -> WorldWords:
        """The encyclopaedia in Modern Standard Arabic, asked about in Darija and in Standard Arabic."""
        from langret_ar.world import MOROCCAN_WORLD

        return MOROCCAN_WORLD
