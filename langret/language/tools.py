"""What several plugins need: words by the rules of Unicode, and libraries that may not be there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from langret.errors import MissingDependencyError

if TYPE_CHECKING:
    import regex


def uax29_words(text: str) -> list[str]:
    """Split a text into words and punctuation by the word boundaries of Unicode (UAX 29).

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space.
    """
    return [word for piece in _boundary().split(text) for word in piece.split()]


def asked(words: str) -> str:
    """A pattern of ``Language.questions`` for languages whose question word comes first or goes with a question mark.

    A query without either is no question, whatever words are in it: "the man who sold the world".

    Args:
        words: Question words as a regular expression, such as ``"where|in which country"``.

    Returns:
        A pattern that finds them as whole words: at the beginning, or before a question mark.
    """
    return f"^ (?:{words}) | (?:{words}) (?=.*[?؟])"


@cache
def _boundary() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"(?V1w)\b")  # w: the default word boundaries of Unicode (UAX 29), not those of \w


@dataclass(frozen=True)
class Packages:
    """Libraries that a plugin uses and langret does not bring.

    Attributes:
        purpose: What cannot be done without them, such as ``English BM25 terms``.
        names: Distributions, as pip calls them.
        extra: Extra of langret that installs them.
    """

    purpose: str
    names: tuple[str, ...]
    extra: str

    def installed(self) -> str:
        """Their versions, such as ``PyStemmer-3.1.0 regex-2026.11.15``, read from metadata without importing them.

        Raises:
            MissingDependencyError: One of them is not installed.
        """
        try:
            return " ".join(f"{name}-{version(name)}" for name in self.names)
        except PackageNotFoundError as error:
            raise self.missing(error) from error

    def load(self, module: str) -> Any:
        """Import a module of theirs.

        Raises:
            MissingDependencyError: It cannot be imported.
        """
        try:
            return import_module(module)
        except ImportError as error:
            raise self.missing(error) from error

    def missing(self, error: ImportError) -> MissingDependencyError:
        """The error for people, with the command that mends it."""
        return MissingDependencyError(
            f"{self.purpose} cannot be had without {' and '.join(self.names)} ({error}).",
            hint=f"Run: pip install 'langret[{self.extra}]'",
        )
