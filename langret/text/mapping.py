"""Apply a method of a language to many texts, in as many processes as that pays for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Literal

from langret.errors import LangretError, LanguageError, nearest
from langret.language import get_language, known_languages
from langret.language.contract import Language
from langret.text.workers import cores, make_task, run_chunks

Method = Literal["normalize", "segment", "segmented", "analyze"]
_METHODS = ("normalize", "segment", "segmented", "analyze")
Chunk = tuple[int, list[str]]
"""Number of the first text, and texts."""

# A chunk is some tenths of a second of work. Starting workers costs about as much as the smallest inputs
# take.
_CHUNK_CHARACTERS = 100_000
_CHUNK_TEXTS = 4096
_WORTH_WORKERS = 4 * _CHUNK_CHARACTERS


def chunked(texts: Iterable[str]) -> Iterator[Chunk]:
    """Group texts into chunks of about 100,000 characters; longer texts are chunks of their own."""
    start, size, chunk = 0, 0, list[str]()
    for text in texts:
        if chunk and (size + len(text) > _CHUNK_CHARACTERS or len(chunk) >= _CHUNK_TEXTS):
            yield start, chunk
            start, size, chunk = start + len(chunk), 0, []
        chunk.append(text)
        size += len(text)
    if chunk:
        yield start, chunk


def text_task(function: Callable[[str], Any], what: str) -> Callable[[Chunk], list[Any]]:
    """From a function of one text to a function of a chunk that says which text it failed on."""

    def task(chunk: Chunk) -> list[Any]:
        start, texts = chunk
        results: list[Any] = []
        try:
            results.extend(map(function, texts))
        except LangretError:
            raise
        except Exception as error:
            where = start + len(results)
            found = ascii(texts[len(results)])[:80]
            raise LanguageError(
                f"{what} failed with {type(error).__name__}: {error} (found: {found}).", where=f"text {where}"
            ) from error
        return results

    return task


def language_task(code: str, method: str) -> Callable[[Chunk], list[Any]]:
    """The task of a worker: a method of the language registered under ``code``."""
    language = get_language(code)
    return text_task(getattr(language, method), f"{type(language).__name__}.{method}")


def is_registered(language: Language) -> bool:
    """Whether a worker process finds the same plugin under the language's code."""
    return language.code in known_languages() and type(get_language(language.code)) is type(language)


def run_task(
    task: str, arguments: tuple[Any, ...], texts: Iterable[str], *, processes: int | None
) -> Iterator[Any]:
    """Do a task on chunks of texts: in this process while there is little to do, else in workers.

    Args:
        task: ``module:function`` of a factory, as ``run_chunks`` takes it.
        arguments: Its arguments, picklable.
        texts: Read lazily, once.
        processes: Number of workers; None for one a core, 1 for this process.

    Returns:
        One result a chunk, in order.
    """
    processes = cores() if processes is None else processes
    chunks = chunked(texts)
    first: list[Chunk] = []
    if processes > 1:
        size = 0
        for chunk in chunks:
            first.append(chunk)
            size += sum(map(len, chunk[1]))
            if size > _WORTH_WORKERS and len(first) > 1:
                yield from run_chunks(task, arguments, chain(first, chunks), processes)
                return
    yield from map(make_task(task, arguments), chain(first, chunks))


def map_texts(
    language: Language, texts: Iterable[str], method: Method, *, processes: int | None = None
) -> Iterator[Any]:
    """Apply a method of a language to many texts, in order, with bounded memory.

    Large inputs are shared out to worker processes, which find the plugin by its code; a language that is not
    registered under its code is worked on in this process.

    Args:
        language: The plugin.
        texts: Read lazily, once.
        method: ``normalize`` and ``segmented`` give strings; ``segment`` and ``analyze`` give lists of
            strings.
        processes: Number of worker processes; None for one a core, 1 for none.

    Returns:
        One result a text. Closing the iterator ends the workers.

    Raises:
        LanguageError: No such method; or the plugin failed on a text, which the message names by its number.
        StageError: A worker process died.
    """
    if method not in _METHODS:
        raise LanguageError(f'A language has no method "{method}" for texts.', hint=nearest(method, _METHODS))
    if is_registered(language):
        task = "langret.text.mapping:language_task"
        return _flat(run_task(task, (language.code, method), texts, processes=processes))
    local = text_task(getattr(language, method), f"{type(language).__name__}.{method}")
    return _flat(map(local, chunked(texts)))


def _flat(chunks: Iterator[list[Any]]) -> Iterator[Any]:
    """The results one by one; a generator, so that a consumer who stops early can close it."""
    for chunk in chunks:
        yield from chunk
