"""What several plugins need: words by the rules of Unicode, and libraries that may not be there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import TYPE_CHECKING, Any

from langret.errors import MissingDependencyError

if TYPE_CHECKING:
    import regex


_REMEMBERED = 100_000
_LONGEST = 64


def uax29_words(text: str) -> list[str]:
    """Split a text into words and punctuation by the word boundaries of Unicode (UAX 29).

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space. Equal words are often the same object, which
        makes them small to keep and to send to another process.
    """
    try:
        return [*chain.from_iterable(map(_TOKENS.__getitem__, text.split()))]
    except _JoinsSpaceError:
        return [word for piece in _boundary().split(text) for word in piece.split()]


class _JoinsSpaceError(Exception):
    """A token begins with a mark that belongs to the white space before it."""


class _Tokens(dict[str, tuple[str, ...]]):
    """From what stands between white space to its words.

    No boundary within a token depends on what stands beyond the white space around it, unless the token begins with
    a mark (rule WB4). Tokens repeat, so that most are looked up.
    """

    def __missing__(self, token: str) -> tuple[str, ...]:
        if token.isascii() and token.isalnum():
            words: tuple[str, ...] = (token,)
        elif _joins_space().match(token):
            raise _JoinsSpaceError
        else:
            words = tuple(filter(None, _boundary().split(token)))
        if len(token) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()  # the frequent ones are soon back
            self[token] = words
        return words


_TOKENS = _Tokens()


@cache
def _boundary() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"(?V1w)\b")  # w: the default word boundaries of Unicode (UAX 29), not those of \w


@cache
def _joins_space() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]")


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
