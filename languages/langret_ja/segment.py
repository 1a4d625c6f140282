"""Words and BM25 terms by fugashi with unidic-lite, without touching its slow feature objects (PEERS.md 8)."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from langret.errors import MissingDependencyError

if TYPE_CHECKING:
    import fugashi

SEGMENTER = "mecab-1"


@cache
def installed() -> str:
    """Names and versions of segmenter and dictionary, read from their metadata."""
    try:
        return " ".join(f"{name}-{version(name)}" for name in ("fugashi", "unidic-lite"))
    except PackageNotFoundError as error:
        raise _missing(error) from error


def _missing(error: ImportError) -> MissingDependencyError:
    return MissingDependencyError(
        f"Japanese text needs fugashi and unidic-lite ({error}).", hint="Run: pip install 'langret[ja]'"
    )


@cache
def _tagger() -> fugashi.Tagger:
    try:
        import fugashi
        import unidic_lite  # noqa: F401  # fugashi finds the dictionary itself
    except ImportError as error:
        raise _missing(error) from error
    return fugashi.Tagger("-Owakati")


def segment(text: str) -> list[str]:
    """Split text into words."""
    return _tagger().parse(text.replace("\0", "")).split()


def analyze(text: str) -> list[str]:
    """BM25 terms of normalised text."""
    return segment(text)
