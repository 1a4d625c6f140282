"""A run folder as the report reads it: ``run.json``, and the finished stages that it names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from langret.errors import LangretError
from langret.report.record import RunRecord, StageRecord, read_record

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.evaluation.results import NotMeasured, Result, SuiteResult


@dataclass(frozen=True)
class StageFacts:
    """A finished stage.

    Attributes:
        name: Short name, such as ``train-dense``.
        title: The same for people.
        folder: Where its result lies.
        seconds: How long it took.
        finished: When it finished, in ISO 8601.
        summary: What it said.
        log: Lines that it printed.
        versions: Packages that it ran under.
    """

    name: str
    title: str
    folder: Path
    seconds: float
    finished: str
    summary: dict[str, Any]
    log: list[str]
    versions: dict[str, str]


@dataclass(frozen=True)
class RunFolder:
    """The latest run of a folder.

    Attributes:
        root: The folder.
        record: What the run was asked for.
        stages: Its finished stages by name, inputs first.
        missing: Stages that are not there, with the reason where it is more than that.
    """

    root: Path
    record: RunRecord
    stages: dict[str, StageFacts]
    missing: dict[str, str]

    @cached_property
    def recipe(self) -> dict[str, Any]:
        """The recipe's values, every default among them."""
        return yaml.safe_load(self.record.recipe)

    def summary(self, name: str) -> dict[str, Any]:
        """What a stage said; nothing where it is missing."""
        return self.stages[name].summary if name in self.stages else {}

    def title(self, name: str) -> str:
        """A stage for people, finished or not."""
        return next((s.title for s in self.record.stages if s.name == name), name)

    def stage(self, name: str) -> StageFacts:
        """A finished stage.

        Raises:
            LangretError: It is missing.
        """
        if name not in self.stages:
            reason = self.missing.get(name, "")
            raise LangretError(f'the stage "{self.title(name)}" is missing{reason and f" ({reason})"}')
        return self.stages[name]

    def text(self, place: str) -> Collection:
        """The benchmark, or the held-out queries, that a stage holds.

        Raises:
            LangretError: The stage or a file of it is gone.
        """
        folder = self.stage(place).folder
        return load_collection(folder / "held-out" if place == "data" else folder)

    def training_text(self) -> Collection:
        """The cleaned training data, with the rows that were set aside.

        Raises:
            LangretError: The stage or a file of it is gone.
        """
        return load_collection(self.stage("data").folder / "train")

    def results(self) -> list[Result]:
        """Every measurement that is there.

        Raises:
            DataError: A file of results cannot be read.
        """
        from langret.evaluation.results import read_results

        found: list[Result] = []
        for benchmark in self.record.benchmarks:
            if benchmark.stage in self.stages:
                found += read_results(self.stages[benchmark.stage].folder / "results.json")
        return found

    def not_measured(self) -> list[NotMeasured]:
        """Systems that a benchmark was not put to, and why.

        Raises:
            DataError: A file of results cannot be read.
        """
        from langret.evaluation.results import read_not_measured

        found: list[NotMeasured] = []
        for benchmark in self.record.benchmarks:
            if benchmark.stage in self.stages:
                found += read_not_measured(self.stages[benchmark.stage].folder / "results.json")
        return found

    def suites(self, results: list[Result]) -> list[SuiteResult]:
        """Means over the suites that the recipe names, of the results that are there."""
        from langret.evaluation.suites import suite_means
        from langret.recipe.schema import Suite

        asked = self.recipe["evaluation"].get("suites", [])
        return suite_means(results, [Suite.model_validate(suite) for suite in asked])

    def metric(self) -> str:
        """The metric that the recipe names first; significance is by it."""
        return str(self.recipe["evaluation"]["metrics"][0])


def open_run(path: str | Path) -> RunFolder:
    """Open a run folder, finished or not.

    Raises:
        LangretError: It is no run folder, or another version wrote it.
    """
    root = Path(path)
    record = read_record(root)
    stages: dict[str, StageFacts] = {}
    missing: dict[str, str] = {}
    for entry in record.stages:
        try:
            found = _stage(root / "stages" / entry.key, entry)
        except (OSError, ValueError, KeyError, TypeError) as error:
            missing[entry.name] = f"its stage.json cannot be read: {error}"
            continue
        if found is None:
            missing[entry.name] = ""
        else:
            stages[entry.name] = found
    return RunFolder(root, record, stages, missing)


def load_collection(folder: Path) -> Collection:
    """Memory-map a collection.

    Raises:
        LangretError: A file is gone or broken.
    """
    from langret.data.records import Collection

    try:
        return Collection.load(folder)
    except (OSError, ValueError) as error:
        raise LangretError(f"the text in {folder} cannot be read ({type(error).__name__})") from error


def read_arrow(path: Path) -> Any:
    """Memory-map an Arrow file.

    Raises:
        LangretError: It is gone or broken.
    """
    import pyarrow as pa

    try:
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    except (OSError, ValueError) as error:
        raise LangretError(f"{path} cannot be read ({type(error).__name__})") from error


def _stage(folder: Path, entry: StageRecord) -> StageFacts | None:
    path = folder / "stage.json"
    if not path.is_file():
        return None
    facts = json.loads(path.read_text(encoding="utf-8"))
    return StageFacts(
        entry.name,
        entry.title,
        folder,
        float(facts["seconds"]),
        str(facts["finished"]),
        dict(facts["summary"]),
        [str(line) for line in facts["log"]],
        dict(facts["versions"]),
    )
