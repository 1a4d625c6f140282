"""Answers on disk, so that nothing is paid for twice; and what the batch API still owes.

One SQLite file, ``answers.sqlite``. Every write is a transaction: a process killed at any moment leaves a whole file
behind, and several processes may share it. The journal is a rollback journal, which works on network folders too.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langret.errors import StageError
from langret.llm.answer import Problem

VERSION = 1
_APPLICATION = 0x6C6C6D31  # marks the file as ours
_BUSY = 60.0  # seconds to wait for another process that is writing
_TABLES = """
CREATE TABLE answers (
    key BLOB PRIMARY KEY, problem TEXT NOT NULL, text TEXT NOT NULL,
    input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE batches (token TEXT PRIMARY KEY, base_url TEXT NOT NULL, batch TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE owed (key BLOB PRIMARY KEY, token TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept: problem, the model's words, and the tokens that it cost."""

    problem: Problem
    text: str
    input_tokens: int
    output_tokens: int


class Cache:
    """Kept answers, found by the key of their request. Any thread may use it.

    Args:
        folder: Where the file lies or will lie.
        create: Make folder and file where there are none; without it such a cache is empty.

    Raises:
        StageError: The file is of another version, no cache, damaged, or cannot be written.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self.path = folder / "answers.sqlite"
        self._lock = threading.Lock()
        self._queue: list[tuple[bytes, Kept]] = []
        self._queue_lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        if create or self.path.exists():
            with self._explained():
                folder.mkdir(parents=True, exist_ok=True)
                self._file = sqlite3.connect(
                    self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False
                )
                self._prepare(self._file)

    def _prepare(self, file: sqlite3.Connection) -> None:
        file.execute("PRAGMA journal_mode = TRUNCATE")
        if _marks(file) == (_APPLICATION, VERSION):
            return
        with _transaction(file):
            application, version = _marks(file)  # another process may have come first
            (tables,) = file.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables and not application:
                for statement in _TABLES.split(";"):
                    file.execute(statement)
                file.execute(f"PRAGMA application_id = {_APPLICATION}")
                file.execute(f"PRAGMA user_version = {VERSION}")
            elif application != _APPLICATION:
                raise StageError(
                    "This is no cache of answers.", where=str(self.path), hint="Name another folder."
                )
            elif version != VERSION:
                raise StageError(
                    f"This cache of answers has format {version}; this langret reads and writes {VERSION}.",
                    where=str(self.path),
                    hint="Move it away, or use the langret that wrote it.",
                )

    def get(self, key: bytes) -> Kept | None:
        """Return the answer kept under a key."""
        row = self._read("SELECT problem, text, input_tokens, output_tokens FROM answers WHERE key = ?", key)
        return Kept(*row) if row else None

    def put(self, key: bytes, kept: Kept) -> None:
        """Keep an answer; it is on disk when this returns.

        Calls that come while another one writes share the next transaction.
        """
        with self._queue_lock:
            self._queue.append((key, kept))

        def write(file: sqlite3.Connection) -> None:
            with self._queue_lock:
                rows, self._queue = self._queue, []
            if rows:
                with _transaction(file):
                    _insert(file, rows)

        self._write(write)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    # What the batch API owes. A batch has a token of ours before it has an id of the endpoint's.

    def owed(self, key: bytes) -> str | None:
        """Return the token of the batch that is to answer a request."""
        row = self._read("SELECT token FROM owed WHERE key = ?", key)
        return str(row[0]) if row else None

    def batches(self, base_url: str) -> dict[str, str]:
        """Batches of an endpoint that were not collected: token to id, empty where it is not known yet."""
        with self._explained(), self._lock:
            if self._file is None:
                return {}
            rows = self._file.execute("SELECT token, batch FROM batches WHERE base_url = ?", (base_url,))
            return dict(rows.fetchall())

    def open_batch(self, token: str, base_url: str, keys: Iterable[bytes]) -> None:
        """Write down a batch before the endpoint hears of it."""

        def write(file: sqlite3.Connection) -> None:
            with _transaction(file):
                file.execute("INSERT INTO batches VALUES (?, ?, '')", (token, base_url))
                file.executemany("INSERT OR REPLACE INTO owed VALUES (?, ?)", ((key, token) for key in keys))

        self._write(write)

    def name_batch(self, token: str, batch: str) -> None:
        """Write down the id that the endpoint gave a batch."""
        self._write(lambda file: file.execute("UPDATE batches SET batch = ? WHERE token = ?", (batch, token)))

    def close_batch(self, token: str, answers: Iterable[tuple[bytes, Kept]] = ()) -> None:
        """Keep a batch's answers and forget the batch, both or neither."""

        def write(file: sqlite3.Connection) -> None:
            with _transaction(file):
                _insert(file, answers)
                file.execute("DELETE FROM owed WHERE token = ?", (token,))
                file.execute("DELETE FROM batches WHERE token = ?", (token,))

        self._write(write)

    def _read(self, query: str, key: bytes) -> tuple[Any, ...] | None:
        with self._explained(), self._lock:
            if self._file is None:
                return None
            row: tuple[Any, ...] | None = self._file.execute(query, (key,)).fetchone()
            return row

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        with self._explained(), self._lock:
            assert self._file is not None
            work(self._file)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = str(error).rstrip(".")
            if "is full" in reason:
                hint = "Make room and run the same command again; what was kept is safe."
            elif "malformed" in reason or "not a database" in reason:
                hint = "Delete the file; what it held is asked again."
            else:
                hint = "Answers must be kept, or they would be paid for again: see that the folder can be written."
            raise StageError(
                f"The cache of answers cannot be used: {reason}.", where=str(self.path), hint=hint
            ) from error


def _marks(file: sqlite3.Connection) -> tuple[int, int]:
    (application,) = file.execute("PRAGMA application_id").fetchone()
    (version,) = file.execute("PRAGMA user_version").fetchone()
    return application, version


def _insert(file: sqlite3.Connection, rows: Iterable[tuple[bytes, Kept]]) -> None:
    file.executemany(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
        ((key, kept.problem, kept.text, kept.input_tokens, kept.output_tokens) for key, kept in rows),
    )


@contextmanager
def _transaction(file: sqlite3.Connection) -> Iterator[None]:
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
        file.execute("COMMIT")
    except BaseException:
        if file.in_transaction:  # a full disk may have ended it already
            file.execute("ROLLBACK")
        raise
