"""``seeds.json``: how scores vary over several seeds of one recipe, as report and comparison show it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from langret.data.records import dumps
from langret.errors import LangretError

if TYPE_CHECKING:
    from langret.report.folder import RunFolder
    from langret.report.record import RunRecord

FILE = "seeds.json"


class Spread(NamedTuple):
    """One system, benchmark and metric over several seeds.

    Attributes:
        member: Name of the system.
        benchmark: Name of the benchmark.
        metric: Metric in ir-measures notation.
        mean: Mean over the seeds.
        deviation: Standard deviation over the seeds (n - 1).
        values: One value a seed, in the order of the seeds.
    """

    member: str
    benchmark: str
    metric: str
    mean: float
    deviation: float
    values: list[float]


def write_spreads(folder: Path, record: RunRecord, seeds: Sequence[int], spreads: Sequence[Spread]) -> Path:
    """Write ``seeds.json`` into a run folder, with the stages of scores that it belongs to."""
    path = folder / FILE
    about = {
        "seeds": list(seeds),
        "spreads": [spread._asdict() for spread in spreads],
        "stages": _score_keys(record),
    }
    path.write_text(dumps(about) + "\n", encoding="utf-8")
    return path


def read_spreads(run: RunFolder) -> list[Spread]:
    """The spreads of a run's scores.

    Returns:
        Nothing where the latest run of the folder had one seed; a file that an earlier recipe left there does not
        count.

    Raises:
        LangretError: The file cannot be read.
    """
    path = run.root / FILE
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value.get("stages") != _score_keys(run.record):
            return []
        return [Spread(**row) for row in value["spreads"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        hint = "`langret run RECIPE --seeds N` writes it again."
        raise LangretError(f"It cannot be read: {error}.", where=str(path), hint=hint) from error


def _score_keys(record: RunRecord) -> dict[str, str]:
    """The stage of scores of each benchmark, by its fingerprint."""
    keys = {stage.name: stage.key for stage in record.stages}
    return {benchmark.name: keys[benchmark.stage] for benchmark in record.benchmarks}
