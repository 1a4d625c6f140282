"""`datasets` on the hub and on disk, and hub repositories read file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from langret.data import hub
from langret.data.readers.job import Job, Row, Table
from langret.data.readers.parts import part_records
from langret.data.readers.paths import choose_split
from langret.data.readers.rows import row_records
from langret.data.readers.triples import mmarco_files
from langret.data.records import Record
from langret.errors import DataError, nearest

_PATTERNS = {
    "jsonl": ("*.jsonl", "*.jsonl.gz", "*.json", "*.ndjson"),
    "csv": ("*.csv",),
    "tsv": ("*.tsv",),
    "parquet": ("*.parquet",),
    "squad": ("*.json",),
    "beir": ("corpus.jsonl*", "queries.jsonl*", "qrels/*"),
    "folder": ("*.md", "*.txt"),
    "triples": ("*triples*", "collection*", "queries*"),
}


def hub_format(job: Job) -> str:
    """Return the format of a hub repository: what the recipe says, else what its files say."""
    source = job.source
    if source.format != "auto":
        return source.format
    if source.files:
        return "triples" if "triples" in source.files else "beir"
    names = hub.repository_files(source.hub or "", "dataset", source.revision)
    if any(n.startswith("data/google/collections/") for n in names):
        return "mmarco"
    stems = {n.removesuffix(".gz") for n in names}
    if {"corpus.jsonl", "queries.jsonl"} <= stems and any(n.startswith("qrels/") for n in names):
        return "beir"
    return "datasets"


def fetch_source(job: Job, kind: str) -> Path:
    """Fetch the files that a source of format ``kind`` needs.

    Raises:
        DataError: The repository has none of them.
    """
    source = job.source
    name = source.hub or ""
    if kind == "mmarco":
        wanted = {**mmarco_files(source.config or job.language), **source.files}
        return hub.fetch(name, "dataset", wanted.values(), source.revision)
    if source.files and kind == "parallel":
        there = hub.repository_files(name, "dataset", source.revision)
        sides = [
            f if f in there else f"{f.rstrip('/')}/*" for f in source.files.values()
        ]  # a file, or a folder
        return hub.fetch(name, "dataset", sides, source.revision)
    if source.files:
        return hub.fetch(name, "dataset", source.files.values(), source.revision)
    there = hub.repository_files(name, "dataset", source.revision)
    patterns = [p for p in _PATTERNS.get(kind, ()) if any(Path(n).match(p) for n in there)]
    if not patterns:
        raise DataError(
            f"No file of the repository looks like `format: {kind}`.",
            where=f"hub: {name}",
            hint=f"Name the files with `files:`. Found: {', '.join(there[:20])}.",
        )
    return hub.fetch(name, "dataset", patterns, source.revision)


def hub_records(job: Job) -> Iterator[Record]:
    """Read a data set of the hub through ``datasets``.

    Repositories in the shape that MTEB uses (configurations ``corpus``, ``queries`` and ``qrels`` or
    ``default``, with the language before them where there are several) are read as passages, queries and
    judgements; all others as rows.
    """
    source = job.source
    name = source.hub or ""
    configs = hub.dataset_configs(name, source.revision)
    parts = _part_configs(job, configs)
    if parts:
        yield from part_records(job, {part: _tables(job, config, part) for part, config in parts.items()})
        return
    yield from row_records(job, _row_table(job, configs))


def hub_table(job: Job) -> Table:
    """Rows of a hub data set, for those that want columns and no records."""
    return _row_table(job, hub.dataset_configs(job.source.hub or "", job.source.revision))


def _row_table(job: Job, configs: list[str]) -> Table:
    source = job.source
    name = source.hub or ""
    config = source.config
    if config is None and "default" not in configs and len(configs) > 1:
        near = [c for c in configs if c in (job.code, job.language)]
        if not near:
            raise DataError(
                f"It has several configurations: {', '.join(configs[:20])}.",
                where=f"hub: {name}",
                hint="Say which with `config:`.",
            )
        config = near[0]
    elif config is not None and config not in configs:
        raise DataError(
            f"There is no configuration {config!r}.", where=f"hub: {name}", hint=nearest(config, configs)
        )
    return _tables(job, config, "rows")[0]


def disk_records(job: Job) -> Iterator[Record]:
    """Read what ``save_to_disk`` of ``datasets`` wrote: one data set, or several splits."""
    yield from row_records(job, disk_table(job))


def disk_table(job: Job) -> Table:
    """Rows of the split wanted, of what ``save_to_disk`` wrote."""
    opened = hub.disk_dataset(job.root)
    name = str(job.root)
    if isinstance(opened, dict):
        split = choose_split(opened, job.source.split, job.role, name)
        opened, name = opened[split], f"{name}/{split}"
    return Table(name, lambda: _rows(name, lambda: hub.rows_of(opened)))


def _part_configs(job: Job, configs: list[str]) -> dict[str, str]:
    """Configurations that hold passages, queries and judgements, or nothing."""
    prefixes = [job.source.config] if job.source.config else ["", job.code, job.language]
    for prefix in prefixes:
        for shape in ("{p}-{x}", "{x}-{p}") if prefix else ("{x}",):
            named = {x: shape.format(p=prefix, x=x) for x in ("corpus", "queries", "qrels")}
            if named["corpus"] not in configs or named["queries"] not in configs:
                continue
            qrels = [named["qrels"], prefix, "default", "qrels"]
            found = next((q for q in qrels if q and q in configs), None)
            if found is None:
                raise DataError(
                    f"It has passages and queries, but no judgements (found: {', '.join(configs[:20])}).",
                    where=f"hub: {job.source.hub}",
                    hint="Copy the judgements beside it and read all three with `path:` and `files:`.",
                )
            parts = {"passages": named["corpus"], "queries": named["queries"], "qrels": found}
            ranked = shape.format(p=prefix, x="top_ranked")
            return {**parts, "candidates": ranked} if job.candidates and ranked in configs else parts
    return {}


def _tables(job: Job, config: str | None, part: str) -> list[Table]:
    """The split of a part that is wanted; of passages all splits, because what is searched is the whole collection.

    In mteb/mrtidy the passages' split ``test`` holds little more than the answers to its questions; what stands in
    several splits under one id is one passage.
    """
    source = job.source
    name = source.hub or ""
    splits = hub.dataset_splits(name, config, source.revision)
    where = f"hub: {name}" + (f" ({config})" if config else "")
    named = [s for s in splits if s in ("corpus", "queries")]
    if part in ("passages", "queries") and (len(splits) == 1 or named):
        wanted = [(named or splits)[0]]
    elif part == "passages":
        wanted = splits
    else:
        wanted = [choose_split(splits, source.split, job.role, where)]
    return [_table(f"{where} {split}", name, config, split, source.revision) for split in wanted]


def _table(where: str, name: str, config: str | None, split: str, revision: str | None) -> Table:
    return Table(where, lambda: _rows(where, partial(hub.dataset_rows, name, config, split, revision)))


def _rows(name: str, rows: Callable[[], Iterator[dict[str, Any]]]) -> Iterator[Row]:
    for number, value in enumerate(rows(), 1):
        yield Row(f"{name}: row {number}", value)
