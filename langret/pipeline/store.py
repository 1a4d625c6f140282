"""The store of finished stages in a run folder.

Layout of the folder::

    stages/<name>-<fingerprint>/            a finished result with its stage.json
    stages/<name>-<fingerprint>.partial-<pid>/   being written; renamed when finished
    stages/<name>-<fingerprint>.broken-<n>/      could not be read, moved aside
    scratch/<name>-<fingerprint>/           checkpoints of an unfinished stage
    cache/                                  answers of language models, kept whatever becomes of a stage
    .lock, .lock.json                       held by the process at work; who that is
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from langret.errors import StageError
from langret.pipeline.stage import PlanRow, Stage
from langret.report.words import human

SCHEMA = 1
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("no space left on device", "disk quota exceeded", "file too large", "os error 28")


class StoreWarning(UserWarning):
    """A result in the store was unreadable and will be made again."""


@dataclass(frozen=True)
class Finished:
    """A finished stage, as its ``stage.json`` tells it.

    Attributes:
        folder: Where the result lies.
        seconds: How long it took.
        summary: What ``run`` returned.
    """

    folder: Path
    seconds: float
    summary: dict[str, object]


class Store:
    """Finished stages under one run folder.

    Args:
        root: The run folder; it is made on the first write.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self.stages = self.root / "stages"
        self.cache = self.root / "cache"

    def folder(self, stage: Stage) -> Path:
        """Where the stage's result lies or will lie."""
        return self.stages / stage.key

    def scratch(self, stage: Stage) -> Path:
        """Where the stage keeps what lets it go on after a kill."""
        return self.root / "scratch" / stage.key

    def load(self, stage: Stage, tell: Callable[[str], None] | None = None) -> Finished | None:
        """Return the stage's result, or None where there is none that can be trusted.

        A result whose ``stage.json`` cannot be read, names another fingerprint, or lists files that are gone
        or of another size counts as absent. Nothing on disk is changed.

        Args:
            stage: The stage.
            tell: Hears why a result cannot be used; default: a ``StoreWarning``.
        """
        try:
            return self._read(stage)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            why = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"
            message = f"The result in {self.folder(stage)} cannot be used ({why}); the stage will run again."
            if tell is None:
                warnings.warn(message, StoreWarning, stacklevel=2)
            else:
                tell(message)
            return None

    def rows(self, stages: Iterable[Stage]) -> list[PlanRow]:
        """What ``langret plan`` prints about stages."""
        return [PlanRow(s.name, s.title, self.load(s) is not None, s.cost) for s in stages]

    def _read(self, stage: Stage) -> Finished | None:
        folder = self.folder(stage)
        if not folder.is_dir():
            return None
        facts = json.loads((folder / "stage.json").read_text(encoding="utf-8"))
        if facts["schema"] != SCHEMA or facts["fingerprint"] != stage.fingerprint:
            raise ValueError("it describes another stage")
        for name, size in facts["files"].items():
            if not (folder / name).is_file() or (folder / name).stat().st_size != size:
                raise ValueError(f"{name} is missing or has changed")
        return Finished(folder, float(facts["seconds"]), dict(facts["summary"]))

    def set_aside(self, stage: Stage) -> Path | None:
        """Move an unusable result out of the way; returns where it went, if it was there."""
        folder = self.folder(stage)
        if not folder.exists():
            return None
        number = 1
        while (aside := folder.with_name(f"{folder.name}.broken-{number}")).exists():
            number += 1
        folder.rename(aside)
        return aside

    @contextmanager
    def writing(self, stage: Stage) -> Iterator[Path]:
        """Give an empty folder that becomes the result when the block ends; it vanishes on failure."""
        partial = self.stages / f"{stage.key}.partial-{os.getpid()}"
        _remove(partial)  # in a container, process ids come back
        partial.mkdir(parents=True)
        try:
            yield partial
            self.set_aside(stage)
            partial.rename(self.folder(stage))
        except BaseException:
            _remove(partial)
            raise
        _remove(self.scratch(stage))

    def sweep(self) -> int:
        """Remove what killed processes left half written and return the bytes freed; only under the lock."""
        freed = 0
        for folder in self.stages.glob("*.partial-*"):
            freed += size_of(folder)
            _remove(folder)
        return freed

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the run folder; the operating system lets go of it when the process dies.

        Raises:
            StageError: Another process holds it, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.root / ".lock", timeout=0)
        note = self.root / ".lock.json"
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock.acquire()
            note.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")
        except Timeout:
            raise StageError(
                f"Another run is at work in this folder: {self._holder()}.",
                where=str(self.root),
                hint="Wait for it to end, or give another folder with --runs.",
            ) from None
        except OSError as error:
            lock.release()
            reason = error.strerror or str(error)
            hint = "Give another folder with --runs."
            raise StageError(
                f"The run folder cannot be written: {reason}.", where=str(self.root), hint=hint
            ) from error
        try:
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.release()

    def _holder(self) -> str:
        for _ in range(20):  # the other process may be between taking the lock and signing it
            try:
                facts = json.loads((self.root / ".lock.json").read_text(encoding="utf-8"))
                return f"process {facts['pid']}, since {facts['since']}"
            except (OSError, ValueError, KeyError, TypeError):
                time.sleep(0.01)
        return "a process that has not signed its lock"


def is_full_disk(error: BaseException) -> bool:
    """Whether an error, or what caused it, was a full disk or quota; libraries wrap it in their own types."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        if isinstance(link, OSError) and link.errno in _FULL:
            return True
        if any(words in str(link).lower() for words in _FULL_WORDS):
            return True
        link = link.__cause__ or link.__context__
    return False


def full_disk_error(title: str, root: Path, written: int) -> StageError:
    """Say how much is free, how much the stage had written, and that nothing finished is lost.

    Args:
        title: The stage, for people.
        root: The run folder.
        written: Bytes that the stage had written when it stopped.
    """
    free = shutil.disk_usage(root).free
    return StageError(
        f'The disk is full: "{title}" had written {human(written)} when it stopped and needs more than that; '
        f"{human(free)} are free now that it is removed. Finished stages are safe.",
        where=str(root),
        hint="Make room or give a larger disk with --runs, then run the same command again.",
    )


def size_of(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
