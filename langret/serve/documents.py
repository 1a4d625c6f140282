"""Documents to search in: read and normalised once, kept on disk, found again by what they were read from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from langret.data.records import Collection, Passage, full_text
from langret.errors import DataError
from langret.language import Language

if TYPE_CHECKING:
    from langret.serve.target import Target

Tell = Callable[[str, int, int | None], None]
"""Hears what is being done, how many texts are done, and of how many."""
SEED = 13
_SCHEMA = 1
_DIGITS = 12


@dataclass(frozen=True)
class Documents:
    """Passages to search in, in the order of their rows.

    Attributes:
        name: What the page calls them; also the name of their folders.
        folder: Where all that is computed from them is kept.
        collection: The text, normalised.
    """

    name: str
    folder: Path
    collection: Collection

    @cached_property
    def rows(self) -> np.ndarray:
        """Rows of the table that are searched, int64."""
        return np.flatnonzero(self.collection.passages.column("kept").to_numpy(zero_copy_only=False))

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each passage among those searched, by id."""
        ids = self.collection.passages.column("id").take(self.rows).to_pylist()
        return {pid: place for place, pid in enumerate(ids)}

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def notes(self) -> list[str]:
        """What was set aside, in a sentence a table; rows that could not be read first."""
        funnel = self.collection.funnel()
        said = []
        for table, what in (
            ("rejected", "rows could not be read"),
            ("passages", "passages are not searched"),
        ):
            reasons = {k: n for k, n in funnel.get(table, {}).items() if k not in ("in", "kept")}
            if reasons:
                listed = ", ".join(f"{reason} {n:,}" for reason, n in reasons.items())
                said.append(f"{sum(reasons.values()):,} {what} ({listed}).")
        return said

    def passage(self, place: int) -> Passage:
        """The passage at a place."""
        table, row = self.collection.passages, int(self.rows[place])
        return Passage(*(table.column(name)[row].as_py() for name in ("id", "text", "title")))

    def find(self, passage_id: object) -> Passage | None:
        """The passage of an id, None where it is not searched."""
        place = self.places.get(passage_id) if isinstance(passage_id, str) else None
        return None if place is None else self.passage(place)

    def texts(self) -> Iterator[str]:
        """What models and BM25 read of each passage."""
        for passage in self.collection.kept_passages():
            yield full_text(passage.title, passage.text)


def open_documents(target: Target, path: Path | None, tell: Tell) -> Documents:
    """Read documents, or find them as they were read before.

    Documents are known by the names, sizes and times of their files and by the version of the language plugin. What was
    kept for an earlier state of the same documents is removed.

    Args:
        target: The run or model that is served.
        path: A file or folder of any format that training reads; None for the run's own benchmark.
        tell: Hears what is being done.

    Raises:
        DataError: Nothing is there, or nothing that can be searched.
    """
    if path is None:
        own = target.own_text()
        found = Documents(own.name, fresh_folder(target.index, own.name, stamp_of(own.key)), own.text)
    else:
        if not path.exists():
            raise DataError("There are no such documents.", where=str(path), hint="Give a file or a folder.")
        key = stamp_of(target.language.version, str(path.resolve()), *file_stamps(path))
        name = re.sub(r"[^\w.-]+", "-", path.resolve().name).strip("-.") or "documents"
        folder = fresh_folder(target.index, name, key)
        if not (folder / "text").is_dir():
            tell(f"Reading {path}", 0, None)
            _read(path, target.language, folder)
        found = Documents(name, folder, Collection.load(folder / "text"))
    if not len(found):
        raise DataError("There is no passage to search in: every text is empty.", where=str(path or ""))
    return found


def stamp_of(*facts: object) -> str:
    """Twelve hex digits that change with the facts, fit for the name of a folder."""
    return sha256(repr((_SCHEMA, *facts)).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def file_stamps(path: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of a file, or of every file under a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    stats = ((p.relative_to(path).as_posix(), p.stat()) for p in files)
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]


def fresh_folder(root: Path, name: str, key: str) -> Path:
    """The folder ``name-key``, made where it is missing; those of the same name with other keys are removed."""
    folder = root / f"{name}-{key}"
    pattern = re.compile(re.escape(name) + rf"-[0-9a-f]{{{_DIGITS}}}")
    if not folder.is_dir():
        for other in root.iterdir() if root.is_dir() else ():
            if other.is_dir() and pattern.fullmatch(other.name):
                shutil.rmtree(other)
        folder.mkdir(parents=True)
    return folder


def _read(path: Path, language: Language, folder: Path) -> None:
    from langret.data import clean, read_source
    from langret.recipe.schema import BenchmarkSource, Filters

    source = BenchmarkSource(name="documents", path=str(path.absolute()), queries=False)
    raw = read_source(source, base=Path(), language=language, seed=SEED)
    partial = folder / "text.partial"
    shutil.rmtree(partial, ignore_errors=True)
    clean(raw, language, Filters(), role="benchmark", folder=partial)
    partial.rename(folder / "text")
