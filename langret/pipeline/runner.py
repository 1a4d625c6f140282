"""Running stages: skip the finished, write aside and rename, tell people what goes on."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from langret import __version__
from langret.errors import StageError, out_of_memory
from langret.pipeline.devices import call
from langret.pipeline.display import Display
from langret.pipeline.stage import Context, Stage, in_order
from langret.pipeline.store import SCHEMA, Finished, Store, full_disk_error, is_full_disk, size_of
from langret.report.words import human

if TYPE_CHECKING:
    from rich.console import Console

_RECORDED = (
    "torch",
    "transformers",
    "sentence-transformers",
    "pylate",
    "tokenizers",
    "datasets",
    "pyarrow",
    "numpy",
)


def run_stages(
    stages: Sequence[Stage], store: Store, *, console: Console | None = None, locked: bool = False
) -> dict[str, Finished]:
    """Run stages and what they need, in order, skipping those that the store has.

    Args:
        stages: Stages wanted; their inputs are added.
        store: Where results are found and written.
        console: Where to tell of it. Default: nowhere.
        locked: The caller holds ``store.lock()`` already.

    Returns:
        The finished stage of each name.

    Raises:
        StageError: The disk or the memory of the device is full, or another run is at work in the folder.
    """
    ordered = in_order(stages)
    if not locked:
        with store.lock():
            return run_stages(stages, store, console=console, locked=True)
    display = Display(console, len(ordered))
    if freed := store.sweep():
        display.line(f"Removed {human(freed)} that a stopped run had left half written.")
    done: dict[str, Finished] = {}
    for stage in ordered:
        finished = store.load(stage, display.line)
        if finished is not None:
            display.cached(stage.title, finished.seconds, one_line(finished.summary))
        else:
            finished = _run(stage, store, {s.name: done[s.name].folder for s in stage.inputs}, display)
        done[stage.name] = finished
    return done


def _run(stage: Stage, store: Store, inputs: Mapping[str, Path], display: Display) -> Finished:
    """Run one stage into a partial folder; the rename is its last act."""
    partial: Path | None = None
    lines: list[str] = []
    written = 0

    def log(text: str) -> None:
        lines.append(text)
        display.line(text)

    start = time.perf_counter()
    try:
        with display.running(stage.title) as progress:
            scratch = store.scratch(stage)
            scratch.mkdir(parents=True, exist_ok=True)
            with store.writing(stage) as partial:
                try:
                    context = Context(partial, scratch, inputs, store.cache, stage.params, progress, log)
                    call(stage)
                    summary = dict(stage.run(context) or {})
                    seconds = time.perf_counter() - start
                    facts = _facts(stage, partial, seconds, summary, lines)
                    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=2)
                    (partial / "stage.json").write_text(text + "\n", encoding="utf-8")
                except Exception:
                    written = size_of(partial)  # before the partial folder goes
                    raise
    except Exception as error:
        display.failed(stage.title)
        if is_full_disk(error) and not isinstance(error, StageError):
            raise full_disk_error(stage.title, store.root, written) from error
        if out_of_memory(error) and not isinstance(error, StageError):
            raise StageError(
                f"{stage.title}: the device ran out of memory.",
                hint="End other programs that use it (nvidia-smi lists them), or lower the tokens of a passage.",
            ) from error
        raise
    display.done(stage.title, seconds, one_line(summary))
    return Finished(store.folder(stage), seconds, summary)


def _facts(
    stage: Stage, folder: Path, seconds: float, summary: dict[str, object], lines: list[str]
) -> dict[str, object]:
    """Contents of ``stage.json``."""
    files = {p.relative_to(folder).as_posix(): p.stat().st_size for p in folder.rglob("*") if p.is_file()}
    return {
        "schema": SCHEMA,
        "name": stage.name,
        "title": stage.title,
        "fingerprint": stage.fingerprint,
        "params": dict(stage.params),
        "inputs": {s.name: s.fingerprint for s in stage.inputs},
        "code": stage.code,
        "language": stage.language,
        "seconds": round(seconds, 3),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "summary": summary,
        "log": lines,
        "files": files,
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    """Versions of what results depend on, read from metadata; nothing is imported."""
    found = {"langret": __version__, "python": platform.python_version()}
    for name in _RECORDED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def one_line(summary: Mapping[str, object], width: int = 100) -> str:
    """A stage's summary on one line.

    A funnel ``{"in": 10, "kept": 8}`` reads ``8 of 10``; nested mappings of other kinds are left to the
    report. A summary that has its own words under ``"line"`` is shown by them.
    """
    if isinstance(line := summary.get("line"), str):
        return line
    parts = []
    for key, value in summary.items():
        name = key.replace("_", " ")
        if isinstance(value, Mapping):
            if isinstance(value.get("in"), int) and isinstance(value.get("kept"), int):
                parts.append(f"{name} {value['kept']:,} of {value['in']:,}")
        elif isinstance(value, bool | str):
            parts.append(f"{name} {value}")
        elif isinstance(value, int):
            parts.append(f"{name} {value:,}")
        elif isinstance(value, float):
            parts.append(f"{name} {value:.4g}")
    text = ", ".join(parts)
    return text if len(text) <= width else text[: width - 1] + "…"
