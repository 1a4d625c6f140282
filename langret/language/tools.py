"""What several plugins need: words by the rules of Unicode, and libraries that may not be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from langret.errors import MissingDependencyError

if TYPE_CHECKING:
    import regex


_REMEMBERED = 100_000
_LONGEST = 64

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What a function makes of each short string, computed once: a dictionary that fills itself.

    It holds at most 100,000 strings of at most 64 characters. When it is full it begins anew, and what is frequent is
    soon back.

    Args:
        function: Its result must depend on the string alone.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> T:
        result = self._function(text)
        if len(text) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = result
        return result


def uax29_words(text: str) -> list[str]:
    """Split a text into words and punctuation by the word boundaries of Unicode (UAX 29).

    Args:
        text: Any string.

    Returns:
        Words which, joined, give the text without its white space. Equal words are often the same object, which
        makes them small to keep and to send to another process.
    """
    try:
        # Tokens repeat. No boundary within one depends on what stands beyond the white space around it, unless it
        # begins with a mark that joins that space (rule WB4).
        return [*chain.from_iterable(map(_TOKENS.__getitem__, text.split()))]
    except _JoinsSpaceError:
        return [word for piece in _boundary().split(text) for word in piece.split()]


class _JoinsSpaceError(Exception):
    pass


def _token_words(token: str) -> tuple[str, ...]:
    if token.isascii() and token.isalnum():
        return (token,)
    if _joins_space().match(token):
        raise _JoinsSpaceError
    return tuple(filter(None, _boundary().split(token)))


_TOKENS = Remembered(_token_words)


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
