"""Apply a method of a language to many texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from langret.language.contract import Language

Method = Literal["normalize", "segment", "segmented", "analyze"]


def map_texts(
    language: Language, texts: Iterable[str], method: Method, *, processes: int | None = None
) -> Iterator[str | list[str]]:
    """Apply a method of a language to many texts, in order."""
    return map(getattr(language, method), texts)
