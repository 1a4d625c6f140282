"""Finding out what a file or folder is, and which of its files belong to the source."""

from __future__ import annotations

import json
from pathlib import Path

from langret.data.readers.documents import SUFFIXES, document_files
from langret.data.readers.job import Job
from langret.data.readers.paths import bare_suffix, canonical, split_of
from langret.data.readers.tables import TABLE_SUFFIXES, Line, first_bytes, is_json_list, text_lines
from langret.errors import DataError

_KIND = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
_SQUAD_HEAD = 1 << 18


def detect_format(job: Job) -> str:
    """Return the format of a source on this machine: what the recipe says, else what names and contents say.

    Raises:
        DataError: Nothing in the folder is of a known format.
    """
    source, root = job.source, job.root
    if source.format != "auto":
        return source.format
    if source.files:
        return "triples" if "triples" in source.files else "beir"
    if root.is_file():
        return _file_kind(root)
    names = {p.name for p in root.iterdir()}
    if "dataset_dict.json" in names or {"dataset_info.json", "state.json"} <= names:
        return "datasets"
    if (root / "data" / "google" / "collections").is_dir():
        return "mmarco"
    has = {
        part: any(n.startswith(part) for n in names)
        for part in ("corpus", "queries", "qrels", "topics", "collection")
    }
    if has["qrels"] and (has["queries"] or has["topics"]):
        return "trec" if has["topics"] else "beir"
    if has["queries"] and any("triples" in n for n in names):
        return "triples"
    tables = _table_files(root)
    if tables:
        return "squad" if is_squad(tables[0]) else _file_kind(tables[0])
    if document_files(root):
        return "folder"
    known = ", ".join((*TABLE_SUFFIXES, *SUFFIXES))
    raise DataError(
        "No file in the folder is of a known format.",
        where=str(root),
        hint=f"Found: {', '.join(sorted(names)[:20]) or 'nothing'}. Known: {known}.",
    )


def _file_kind(path: Path) -> str:
    suffix = bare_suffix(path)
    if suffix in SUFFIXES:
        return "folder"
    if not first_bytes(path):
        raise DataError("The file is empty.", where=str(path))
    if suffix in (".json", "") and is_squad(path):
        return "squad"
    if "triples" in path.name:
        return "triples"
    if suffix in _KIND:
        return _KIND[suffix]
    if first_bytes(path).startswith((b"{", b"[")):
        return "jsonl"
    raise DataError(
        "Neither its name nor its content says what it is.",
        where=str(path),
        hint=f"Give `format:`. Known names end in {', '.join((*TABLE_SUFFIXES, *SUFFIXES))}.",
    )


def is_squad(path: Path) -> bool:
    """Whether a file is SQuAD JSON or one of its relatives: told from its beginning."""
    if bare_suffix(path) not in (".json", ""):
        return False
    head = first_bytes(path, _SQUAD_HEAD)
    marks = (b'"qas"', b'"rel_paragraphs"')
    if not head.startswith((b"{", b"[")) or not any(mark in head for mark in marks):
        return False
    if head.startswith(b"["):
        return is_json_list(path)
    first = next((x.text for x in text_lines(path) if isinstance(x, Line) and x.text.strip()), "")
    try:
        return "data" in json.loads(first)
    except ValueError:
        return True


def _table_files(root: Path) -> list[Path]:
    """Files of rows under a folder; those without an ending count when they begin like JSON."""
    found = []
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or not path.is_file():
            continue
        nameless = not path.suffix or path.suffix[1:].isdigit()
        if bare_suffix(path) in _KIND or (nameless and first_bytes(path)[:1] == b"{"):
            found.append(path)
    return found


def squad_files(job: Job) -> list[Path]:
    """Return the SQuAD files of a source: one file, or those of a folder."""
    return (
        [job.root]
        if job.root.is_file()
        else _of_split(job, [p for p in _table_files(job.root) if is_squad(p)])
    )


def row_files(job: Job, kind: str) -> list[Path]:
    """Return the files of rows of a source: one file, or those of a folder that have the kind asked for."""
    if job.root.is_file():
        return [job.root]
    found = [p for p in _table_files(job.root) if _KIND.get(bare_suffix(p), "jsonl") == kind]
    return _of_split(job, found)


def _of_split(job: Job, files: list[Path]) -> list[Path]:
    """Files of the split wanted, where the names of files or folders tell splits apart.

    Raises:
        DataError: There are none, or the names tell of several splits and it is not clear which is wanted.
    """
    if not files:
        raise DataError(f"No file of the folder is `format: {job.source.format}`.", where=str(job.root))
    by_split: dict[str | None, list[Path]] = {}
    for path in files:
        by_split.setdefault(split_of(path, job.root), []).append(path)
    wanted = job.source.split
    if wanted is not None:
        chosen = by_split.get(canonical(wanted))
        if chosen is None:
            there = ", ".join(str(s) for s in by_split if s) or "none"
            raise DataError(
                f"No file belongs to the split {wanted!r}; splits found in the names: {there}.",
                where=str(job.root),
            )
        return chosen
    named = [s for s in by_split if s is not None]
    if len(named) > 1:
        for split in ("train",) if job.role == "train" else ("test", "dev"):
            if split in by_split:
                return by_split[split]
        raise DataError(
            f"The files belong to several splits: {', '.join(named)}.",
            where=str(job.root),
            hint="Say which with `split:`, or give one file.",
        )
    return files
