"""Readers: from what people have to passages, queries and judgements.

``read_source`` is the one door. It finds the format, streams the reader's records to Arrow files, and
returns them memory-mapped; what could not be read is in ``rejected`` with file and line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from langret.data.readers.documents import folder_records
from langret.data.readers.formats import detect_format, row_files, squad_files
from langret.data.readers.hubsets import disk_records, fetch_source, hub_format, hub_records
from langret.data.readers.job import Job
from langret.data.readers.parallel import parallel_records
from langret.data.readers.parts import PARTS, part_records, part_tables
from langret.data.readers.paths import must_exist, resolve_path
from langret.data.readers.rows import ROLES, row_records
from langret.data.readers.squad import squad_records
from langret.data.readers.tables import file_table
from langret.data.readers.triples import mmarco_local, triple_files, triple_records
from langret.data.records import Collection, Record
from langret.data.store import draw_queries, write_collection
from langret.errors import DataError, RecipeError, nearest
from langret.language.contract import Language
from langret.recipe.schema import BenchmarkSource, Source

__all__ = ["detect_format", "read_source", "resolve_path"]


def read_source(source: Source, *, base: Path, language: Language, seed: int) -> Collection:
    """Read a source as it is: nothing is normalised, nothing is dropped in silence.

    Args:
        source: Entry of ``data.train`` or ``evaluation.benchmarks``. Where a data set has several splits
            and the source names none, training data is taken from ``train`` and a benchmark from ``test``,
            else ``dev``.
        base: Folder at which relative paths start.
        language: Names the subset of data sets that hold several languages, and makes the ``world``.
        seed: Seed of the draw that ``limit`` asks for.

    Returns:
        Passages, queries and judgements with their annotations, memory-mapped from files that vanish with
        them.

    Raises:
        DataError: Nothing is there, nothing is readable, or the data is plainly of another format.
        RecipeError: The source asks for what cannot be: an unset variable, an unknown part in ``files`` or
            ``columns``.
    """
    for part in source.files:
        if part not in PARTS:
            raise RecipeError(f"`files` has no part {part!r}.", hint=nearest(part, PARTS))
    for role in source.columns:
        if role not in ROLES:
            raise RecipeError(f"`columns` has no part {role!r}.", hint=nearest(role, ROLES))
    if source.world is not None:
        from langret.synthesis import build_world

        collection: Collection = build_world(language, source.world)
    elif isinstance(source, BenchmarkSource) and source.long is not None:
        from langret.synthesis import build_long

        if len(source.lengths) != 1:
            raise RecipeError(
                f"Documents of one length are read at a time; `lengths` names {len(source.lengths) or 'none'}.",
                where=source.name,
            )
        collection = build_long(language, source.long, source.lengths[0])
    else:
        job = Job(
            source,
            Path(),
            "test" if isinstance(source, BenchmarkSource) else "train",
            language.name.lower(),
            language.code,
        )
        # The files are gone when the block ends; what is mapped stays readable until its last table goes.
        with tempfile.TemporaryDirectory(prefix="langret-read-", ignore_cleanup_errors=True) as folder:
            collection = write_collection(_records(job, base), Path(folder), here=lambda: job.here)
        if not collection.passages.num_rows:
            raise DataError("Not one passage was found.", where=source.path or f"hub: {source.hub}")
    return draw_queries(collection, source.limit, seed) if source.limit is not None else collection


def _records(job: Job, base: Path) -> Iterator[Record]:
    try:
        yield from _open(job, base)
    except OSError as error:
        where = str(error.filename or job.source.path or job.source.hub)
        raise DataError(f"It cannot be read: {error.strerror or error}.", where=where) from error


def _open(job: Job, base: Path) -> Iterator[Record]:
    source = job.source
    if source.hub is not None:
        kind = hub_format(job)
        if kind == "datasets":
            return hub_records(job)
        job.root = fetch_source(job, kind)
    else:
        job.root = must_exist(resolve_path(source.path or "", base))
        kind = detect_format(job)
    for key in ("links", "whole"):
        if getattr(source, key) and kind != "folder":
            raise RecipeError(f"`{key}: true` belongs to a folder of Markdown, and this is read as {kind}.")
    if kind == "squad":
        return squad_records(job, squad_files(job))
    if kind in ("beir", "trec"):
        return part_records(job, part_tables(job))
    if kind == "triples":
        return triple_records(job, triple_files(job))
    if kind == "mmarco":
        return triple_records(job, mmarco_local(job))
    if kind == "folder":
        return folder_records(job)
    if kind == "parallel":
        return parallel_records(job)
    if kind == "datasets":
        return disk_records(job)
    return _rows(job, kind)


def _rows(job: Job, kind: str) -> Iterator[Record]:
    """Rows of one file, or of all files of a folder that belong to the split wanted."""
    for path in row_files(job, kind):
        yield from row_records(job, file_table(path, "auto" if job.root.is_dir() else kind))
