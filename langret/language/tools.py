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


def uax29_sentences(text: str) -> list[str]:
    """Split a text into sentences by the sentence boundaries of Unicode (UAX 29), line ends included.

    One rule is tailored: an opening bracket belongs to the sentence that it opens, not to the one before. Where a
    script writes no full stop, as Thai does, a line is one sentence.

    Args:
        text: Any string.

    Returns:
        Sentences with the white space after them: joined, they give the text.
    """
    stop, more, lower = _sentence_rules()
    found, start = [], 0
    for match in stop.finditer(text):
        end = match.end()
        if not match["line"]:
            if more.match(text, end):  # SB8a: "what?!", "wait ..., then"
                continue
            if match["dot"] and (lower.match(text, end) or _inside(text, match)):
                continue
        found.append(text[start:end])
        start = end
    return [*found, text[start:]] if start < len(text) else found


def _inside(text: str, match: regex.Match[str]) -> bool:
    """Rules SB6 and SB7: the full stop stands in a number, or between a letter and a capital, as in U.S."""
    after = text[match.end() : match.end() + 1]
    return not match["space"] and (after.isdecimal() or bool(match["letter"] and after.isupper()))


@cache
def _sentence_rules() -> tuple[regex.Pattern[str], ...]:
    """Where a sentence may end (SB4, SB9 to SB11), what goes on with it (SB8a), and what does after a dot (SB8)."""
    import regex

    line = r"(?P<line>\r\n|[\p{SB=Sep}\p{SB=CR}\p{SB=LF}])"
    extend = r"[\p{SB=Extend}\p{SB=Format}]*+"
    cased = r"[\p{SB=Upper}\p{SB=Lower}]"
    space = rf"(?P<space>(?:[\p{{SB=Close}}--\p{{Ps}}]{extend})*+(?:\p{{SB=Sp}}{extend})*+)"
    dot = rf"(?P<letter>{cased}{extend})?+(?P<dot>\p{{SB=ATerm}})"
    letters = r"\p{SB=OLetter}\p{SB=Upper}\p{SB=Lower}\p{SB=Sep}\p{SB=CR}\p{SB=LF}\p{SB=STerm}\p{SB=ATerm}"
    return (
        regex.compile(rf"(?V1){line}|(?:\p{{SB=STerm}}|{dot}){extend}{space}{line}?+"),
        regex.compile(r"[\p{SB=SContinue}\p{SB=STerm}\p{SB=ATerm}]"),
        # 100 characters are more than any real text has between a full stop and the next letter
        regex.compile(rf"[^{letters}]{{0,100}}+\p{{SB=Lower}}"),
    )


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
