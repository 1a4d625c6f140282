"""What a stage is: an ordinary function over folders, with all that its result depends on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from langret.pipeline.fingerprint import DIGITS, code_hashes, fingerprint

T = TypeVar("T")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

Progress = Callable[[float, "float | None", str], None]
"""``progress(done, total, note)``; total may be None where it is unknown."""


def _silent(done: float, total: float | None, note: str) -> None:
    pass


@dataclass(frozen=True)
class Context:
    """What a stage is given while it runs.

    Attributes:
        folder: Empty folder to write the result into. It becomes the result when the stage returns.
        scratch: Folder whose contents survive a kill, for checkpoints; removed when the stage finishes.
        inputs: Folder of each finished input, by stage name. Only to be read.
        cache: Folder of what outlives stages: the answers of language models, which are paid for once.
        params: The stage's own parameters.
        progress: ``progress(done, total, note)`` moves the bar.
        log: Prints a line for people; it is kept in ``stage.json`` too.
    """

    folder: Path
    scratch: Path
    inputs: Mapping[str, Path]
    cache: Path
    params: Mapping[str, object]
    progress: Progress = _silent
    log: Callable[[str], None] = print

    def track(self, items: Iterable[T], total: int | None = None, note: str = "") -> Iterator[T]:
        """Yield items and move the bar; the total is ``len(items)`` where that is known."""
        if total is None and isinstance(items, Sequence):
            total = len(items)
        done = 0
        for item in items:
            yield item
            done += 1
            if done % 64 == 0:
                self.progress(done, total, note)
        self.progress(done, total, note)


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of a recipe.

    Two stages with the same fingerprint have the same result, whoever made them.

    Attributes:
        name: Short name, unique in a plan: ``mine``, ``train-dense``.
        title: The same for people: ``Mining hard negatives``.
        run: Makes the result. It may return a JSON-able dict, kept as the stage's summary. Heavy libraries
            are imported inside it, so that a finished recipe needs none of them.
        inputs: Stages whose results it reads.
        params: JSON-able parameters that change the result.
        sources: Rooms or files whose code takes part: ``("langret.mining", "langret_ja")``.
        language: Version of the language plugin, where the stage uses it.
        cost: What the stage will take, for ``langret plan``: ``{"rows": "31,748", "steps": "2,000"}``.
        together: Whether all processes of a run on several devices take part in it.
    """

    name: str
    title: str
    run: Callable[[Context], dict[str, object] | None]
    inputs: tuple[Stage, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[str | Path, ...] = ()
    language: str = ""
    cost: Mapping[str, object] = field(default_factory=dict)
    together: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or ".partial-" in self.name:
            raise ValueError(f"not a stage name: {self.name!r}")
        names = [stage.name for stage in self.inputs]
        if len(set(names)) != len(names):
            raise ValueError(f"stage {self.name}: inputs need different names (found: {', '.join(names)})")

    @cached_property
    def code(self) -> dict[str, str]:
        """Hash of each room that takes part."""
        return code_hashes(self.sources)

    @cached_property
    def fingerprint(self) -> str:
        """64 hex digits over name, parameters, code, language version and the fingerprints of the inputs."""
        try:
            return fingerprint(
                {
                    "name": self.name,
                    "params": dict(self.params),
                    "code": self.code,
                    "language": self.language,
                    "inputs": {stage.name: stage.fingerprint for stage in self.inputs},
                }
            )
        except (TypeError, ValueError) as error:
            raise type(error)(f"stage {self.name}: params must be JSON: {error}") from error

    @property
    def key(self) -> str:
        """Name and short fingerprint, the name of the stage's folder."""
        return f"{self.name}-{self.fingerprint[:DIGITS]}"


class PlanRow(NamedTuple):
    """A stage as ``langret plan`` shows it."""

    name: str
    title: str
    cached: bool
    cost: Mapping[str, object]


def in_order(targets: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return the targets with everything they need, inputs first, each stage once.

    Args:
        targets: Stages wanted.

    Returns:
        Stages in an order in which they can run. Of several with the same fingerprint the first stands.

    Raises:
        ValueError: Two different stages have one name.
    """
    ordered: dict[str, Stage] = {}
    names: dict[str, str] = {}

    def visit(stage: Stage) -> None:
        if stage.fingerprint in ordered:
            return
        for needed in stage.inputs:
            visit(needed)
        if names.setdefault(stage.name, stage.fingerprint) != stage.fingerprint:
            raise ValueError(f"two different stages are named {stage.name}")
        ordered[stage.fingerprint] = stage

    for target in targets:
        visit(target)
    return tuple(ordered.values())
