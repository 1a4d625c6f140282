"""Opening a benchmark: a folder, a source of a recipe, or a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from langret.data.records import Collection, Passage
from langret.errors import DataError, nearest
from langret.language import Language
from langret.recipe.schema import BenchmarkSource, Filters, Format, Long, Source

if TYPE_CHECKING:
    from langret.data.tasks import TaskData


def load_benchmark(
    benchmark: str | Path | Source,
    language: Language,
    base: Path | None = None,
    *,
    query_language: Language | None = None,
    seed: int = 13,
    folder: Path | None = None,
) -> Collection:
    """Open a benchmark and normalise its text.

    Args:
        benchmark: A folder or file of any format that ``data`` reads (BEIR folders first of all), the name
            of a benchmark in the language's catalogue, ``passkey-1024`` or ``needle-1024`` for generated documents of
            that length, a hub name with a slash, or a source.
        language: Whose normaliser the text passes.
        base: Folder at which relative paths start; default: the working directory.
        query_language: Whose normaliser the queries pass, where they are in another language than the passages.
        seed: Seed of ``Source.limit``.
        folder: Where given, the normalised text is kept there and memory-mapped, so that memory does not grow
            with it.

    Raises:
        DataError: There is no such folder or name, or what is there has no queries or judgements.
    """
    from langret.data import clean, read_source
    from langret.data.judgements import must_be_benchmark

    base = base or Path()
    source = benchmark if isinstance(benchmark, Source) else find_benchmark(benchmark, language, base)
    raw = read_source(source, base=base, language=language, seed=seed)
    collection = clean(
        raw, language, Filters(), role="benchmark", query_language=query_language, folder=folder
    )
    must_be_benchmark(collection, source.path or source.hub or f"world {source.world}")
    if isinstance(source, BenchmarkSource) and source.task == "reranking":
        from langret.data.reranking import with_candidates

        collection = with_candidates(collection, source.name)
    return collection


def load_task(
    source: BenchmarkSource,
    language: Language,
    base: Path | None = None,
    *,
    query_language: Language | None = None,
    seed: int = 13,
) -> TaskData:
    """Read the examples of a task that ranks no passages, normalise their text, and set aside what is of no use.

    Args:
        source: The benchmark, with its task.
        language: Whose normaliser the texts pass; of pairs the second ones.
        base: Folder at which relative paths start; default: the working directory.
        query_language: Whose normaliser the first texts of pairs pass; default: ``language``.
        seed: Seed of what is drawn by lot.

    Raises:
        DataError: There is nothing readable, or nothing that the task can be measured on.
    """
    from langret.data.readers.tasks import read_task
    from langret.data.task_cleaning import SHOTS, clean_task

    data = read_task(source, base=base or Path(), language=language, seed=seed)
    first = query_language or language
    return clean_task(data, first, language, name=source.name, shots=source.shots or SHOTS)


def searched(benchmark: Collection) -> list[Passage]:
    """Passages of a benchmark, last id first: where the depth of a run cuts through a tie, it cuts as trec_eval."""
    return sorted(benchmark.kept_passages(), key=lambda passage: passage.id, reverse=True)


def find_benchmark(name: str | Path, language: Language, base: Path | None = None) -> BenchmarkSource:
    """Tell from a name where a benchmark is: a path that exists, the catalogue, generated documents, the hub.

    ``passkey`` or ``needle`` without a length stands for all lengths (``BenchmarkSource.by_length``).

    Raises:
        DataError: It is none of these.
    """
    called = _name(Path(name).name)
    if ((base or Path()) / name).exists():
        return BenchmarkSource(name=called, path=str(name))
    name = str(name)
    catalogue = {entry.name: entry for entry in language.benchmarks()}
    entry = catalogue.get(name)
    if entry is not None:
        if entry.hub and entry.format in get_args(Format):
            return BenchmarkSource(name=called, hub=entry.hub, format=entry.format)  # type: ignore[arg-type]
        raise DataError(
            f'benchmark "{name}" is not published in a form that can be read from the hub ({entry.format})',
            hint=f"Download it and give its folder. {entry.url}".strip(),
        )
    if generated := re.fullmatch(rf"({'|'.join(get_args(Long))})(?:-([1-9]\d{{1,6}}))?", name):
        lengths = [int(generated[2])] if generated[2] else []
        return BenchmarkSource.model_validate({"name": name, "long": generated[1], "lengths": lengths})
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        return BenchmarkSource(name=called, hub=name)
    raise DataError(
        f'there is no benchmark folder or name "{name}"', hint=nearest(name, [*catalogue, *get_args(Long)])
    )


def _name(text: str) -> str:
    """A name that a recipe could give, like the folder's or file's own."""
    return re.sub(r"[^A-Za-z0-9._-]+", "", text).lstrip("._-")[:64] or "benchmark"
