"""The Thai plugin of langret: NFKC that spares sara am, words by PyThaiNLP's newmm, a catalogue, a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from langret.language.contract import CatalogueEntry, Language
from langret_th.catalogue import CATALOGUE
from langret_th.normalize import NORMALIZER, normalize
from langret_th.questions import QUESTIONS
from langret_th.segment import PACKAGES, SEGMENTER, analyze, segment

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

__all__ = ["Thai"]


class Thai(Language):
    """Thai, segmented by newmm with the dictionary of PyThaiNLP."""

    code: ClassVar[str] = "th"
    name: ClassVar[str] = "Thai"
    script: ClassVar[str] = "Thai"
    package: ClassVar[str] = "langret[th]"
    presegment: ClassVar[bool] = True
    scripts: ClassVar[tuple[str, ...]] = ("THAI",)
    backbones: ClassVar[tuple[str, ...]] = (
        "intfloat/multilingual-e5-small",
        "airesearch/wangchanberta-base-att-spm-uncased",
        "FacebookAI/xlm-roberta-base",
    )
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = CATALOGUE
    examples: ClassVar[tuple[str, ...]] = (
        "แม่น้ำสายนี้ไหลผ่านหมู่บ้านเล็ก ๆ ก่อนจะลงสู่ทะเล",
        "ห้องสมุดแห่งใหม่อยู่ห่างจากสถานีรถไฟเพียงห้านาทีถ้าเดินเท้า",
        "กรุณาดื่มน้ำมาก ๆ และกินยาหลังอาหารตามที่แพทย์สั่ง (วันละ ๓ ครั้ง)",
        "บริษัทเปิดรับสมัครพนักงานตั้งแต่วันที่ 1 เม.ย. พ.ศ. 2567 เป็นต้นไป",
        "ฤๅษีผู้เฒ่าเล่าว่า “สัตว์ป่าทุกชนิด เช่น ช้าง เสือ ฯลฯ เคยอยู่ในหุบเขานี้”",
    )
    questions: ClassVar[Mapping[str, str]] = QUESTIONS

    @property
    def version(self) -> str:
        """Versions of our rules and of PyThaiNLP, read without importing it."""
        return f"{NORMALIZER} {SEGMENTER} {PACKAGES.installed()}"

    def normalize(self, text: str) -> str:
        """See ``langret_th.normalize.normalize``."""
        return normalize(text)

    def segment(self, text: str) -> list[str]:
        """Words of newmm; see ``langret_th.segment.segment``."""
        return segment(text)

    def analyze(self, text: str) -> list[str]:
        """BM25 terms; see ``langret_th.segment.analyze``."""
        return analyze(text)

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country."""
        from langret_th.world import WORLD

        return WORLD
