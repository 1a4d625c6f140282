"""What a language plugin provides: data and few methods.

A plugin is a class with the facts about one language. Importing it must be cheap: its segmenter is imported on
first use, inside the method that needs it.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from langret.errors import LanguageError

if TYPE_CHECKING:
    from langret.synthesis.world import WorldWords

AXES = ("dialect", "domain", "culture", "script", "cross-lingual", "length", "question")
"""What a slice can be about; it is written ``axis:value``, such as ``domain:finance``."""
QUESTIONS = ("who", "when", "where", "why", "how-many", "how", "what")
"""Kinds of questions that a plugin may tell apart, the values of ``question:`` for single queries."""


@dataclass(frozen=True)
class CatalogueEntry:
    """A published data set of the language, as a fact to cite and a source to read.

    Attributes:
        name: Short name used in recipes, such as ``jsquad``.
        role: ``train`` (pairs or triples), ``negatives`` (mined hard negatives) or ``benchmark``.
        hub: Repository name on the Hugging Face hub, or ``""`` where it is published elsewhere.
        format: One of the reader formats of ``langret.data.readers``, or a sentence naming the publisher's own.
        licence: SPDX id or the publisher's words. Never empty.
        queries: Number of queries, 0 where not published.
        passages: Number of passages, 0 where not published.
        url: Where a person can read about it.
        note: What a user must know: which split, which metric, which defect.
        slices: What part of the language it shows, as ``axis:value`` with an axis of ``AXES``: ``dialect:arz``,
            ``domain:finance``, ``culture:Egypt``, ``script:Hant``, ``cross-lingual:en``, ``question:factoid``. Empty
            for the language at large. Dialects and languages are ISO 639-3 or 639-1 codes, scripts ISO 15924 codes.
    """

    name: str
    role: Literal["train", "negatives", "benchmark"]
    hub: str
    format: str
    licence: str
    queries: int = 0
    passages: int = 0
    url: str = ""
    note: str = ""
    slices: tuple[str, ...] = ()


class Language(ABC):
    """A language as the core sees it. Subclass it, fill in the class attributes, and register the class.

    Attributes:
        code: ISO 639-1 or 639-3 code, the name under which recipes ask for the language.
        name: English name.
        dialect_of: Code of the language that this is a dialect or another treatment of: ``arz`` is a dialect of
            ``ar``. Such a plugin is a subclass of the other's class, registered under its own code.
        also: Further ISO 639-3 codes under which benchmarks keep the language: a macrolanguage often stands for its
            largest member.
        script: ISO 15924 code of the usual script.
        package: Distribution to install when a dependency is missing, such as ``langret[ja]``.
        presegment: Whether text is segmented into words, joined by spaces, before a tokenizer trained by langret
            sees it. True for scripts that write no spaces.
        letters: Share of characters of a normal text expected to be in ``scripts``; below it a passage is
            annotated ``wrong_language``.
        scripts: Prefixes of Unicode character names that belong to the language, such as ``("HIRAGANA", "CJK")``.
        query_marker: Text before a query in the ColBERT head.
        passage_marker: Text before a passage in the ColBERT head.
        backbones: Hub names of sensible pretrained backbones, best first.
        catalogue: Published data sets.
        examples: A few ordinary sentences, used by the conformance suite and the documentation.
        questions: Question words that leave no doubt, by the kind of question (``QUESTIONS``): a regular expression
            searched in the words of a text, which are joined by spaces with one more at either end; case does not
            count. Empty where the plugin does not tell questions apart.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    dialect_of: ClassVar[str] = ""
    also: ClassVar[tuple[str, ...]] = ()
    script: ClassVar[str]
    package: ClassVar[str] = ""
    presegment: ClassVar[bool] = False
    scripts: ClassVar[tuple[str, ...]] = ()
    letters: ClassVar[float] = 0.3
    query_marker: ClassVar[str] = "[Q] "
    passage_marker: ClassVar[str] = "[D] "
    backbones: ClassVar[tuple[str, ...]] = ()
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = ()
    examples: ClassVar[tuple[str, ...]] = ()
    questions: ClassVar[Mapping[str, str]] = {}

    @property
    @abstractmethod
    def version(self) -> str:
        """Version of normaliser, segmenter and dictionary, such as ``ja-1 fugashi-1.5 unidic-lite-1.0``.

        It is recorded in fingerprints and in every model folder; two texts treated under different versions may
        differ.
        """

    @abstractmethod
    def normalize(self, text: str) -> str:
        """Return the one form of a text that everything downstream sees. Idempotent."""

    @abstractmethod
    def segment(self, text: str) -> list[str]:
        """Split normalised text into words. Joined without spaces they give the text without its spaces."""

    @abstractmethod
    def analyze(self, text: str) -> list[str]:
        """Return the BM25 terms of normalised text."""

    def segmented(self, text: str) -> str:
        """Text as a tokenizer trained by langret expects it: words joined by spaces where ``presegment`` is set."""
        return " ".join(self.segment(text)) if self.presegment else text

    def in_script(self, text: str) -> float:
        """Share of the letters of ``text`` that belong to the language's scripts, 1.0 where it has no letters."""
        letters = [c for c in text[:2000] if c.isalpha()]
        if not letters or not self.scripts:
            return 1.0
        return sum(unicodedata.name(c, "").startswith(self.scripts) for c in letters) / len(letters)

    def skip_piece(self, piece: str) -> bool:
        """Whether the ColBERT head ignores a vocabulary piece in passages.

        The default drops pieces that hold nothing but Unicode punctuation and symbols (METHODS.md 11.3); a list of
        ASCII punctuation would miss most of what other scripts write.
        """
        bare = piece.removeprefix("##").replace("▁", "").replace("Ġ", "").strip()
        return bool(bare) and all(unicodedata.category(c)[0] in "PS" for c in bare)

    def question_type(self, text: str) -> str:
        """Tell what a query asks for, by its question word; of several the one that stands first decides.

        Args:
            text: Normalised text of a query; its first 2,000 characters are looked at.

        Returns:
            One of ``QUESTIONS``, or ``""`` where no question word was found.
        """
        if not self.questions:
            return ""
        words = f" {' '.join(self.segment(text[:2000]))} "
        found = [
            (match.start(), place, kind)
            for place, (kind, pattern) in enumerate(self.questions.items())
            if (match := re.search(pattern, words, re.IGNORECASE))
        ]
        return min(found)[2] if found else ""

    def world(self) -> WorldWords:
        """Word lists and sentence patterns of the invented country that the quickstart is about.

        Raises:
            LanguageError: The plugin has none.
        """
        raise LanguageError(
            f"The plugin of {self.name} has no quickstart world.", hint="Give `path:` or `hub:` data."
        )

    @cached_property
    def entries(self) -> dict[str, CatalogueEntry]:
        """The catalogue by name."""
        return {entry.name: entry for entry in self.catalogue}

    def benchmarks(self) -> Sequence[CatalogueEntry]:
        """The language's own benchmarks, from its catalogue."""
        return [entry for entry in self.catalogue if entry.role == "benchmark"]
