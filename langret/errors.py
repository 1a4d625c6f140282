"""Errors that a person can act on.

Every mistake in what the user gave (a recipe, a file, a name) ends here and nowhere else, so that the command
line can print one sentence instead of a traceback. A bug in langret is any other exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LangretError(Exception):
    """Something the user can mend.

    Args:
        message: What was found and what was expected, in one or two sentences.
        where: File, line, row or recipe key: ``corpus.jsonl:17``, ``recipe.yaml: training.stages[0].lr``.
        hint: What to do about it, such as the nearest valid name or the command to run.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.message = message
        self.where = where
        self.hint = hint
        text = f"{where}: {message}" if where else message
        super().__init__(f"{text} {hint}" if hint else text)


class RecipeError(LangretError):
    """The recipe is wrong: a key, a type, a value, a name."""


class DataError(LangretError):
    """The user's data is wrong: a broken line, an unknown id, a missing column."""


class LanguageError(LangretError):
    """A language or its plugin is missing, or a model was made under another normaliser."""


class MissingDependencyError(LangretError):
    """An optional package is needed; the hint names the extra to install."""


class StageError(LangretError):
    """A stage could not finish: NaN loss, full disk, another run at work in the same folder."""


class ModelError(LangretError):
    """A model folder cannot be read, or is not what was asked for."""


def first_line(error: BaseException) -> str:
    """Return the first line of what a library's exception says, or its name where it says nothing."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def out_of_memory(error: BaseException) -> bool:
    """Whether a device had no room: torch's allocator found none, or CUDA itself did, beside other programs.

    Told by name, so that it costs no import of torch.
    """
    return type(error).__name__ in ("OutOfMemoryError", "AcceleratorError") and "out of memory" in str(error)


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return a hint naming the valid names, nearest first.

    Args:
        name: What the user wrote.
        valid: Every name that would have been accepted.

    Returns:
        ``Did you mean "languages"?`` where something is near, else the list of valid names.
    """
    names = sorted({str(v) for v in valid})
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    if not names:
        return "There are none."
    shown = ", ".join(names[:20])
    return f"Valid: {shown}{', …' if len(names) > 20 else ''}."
