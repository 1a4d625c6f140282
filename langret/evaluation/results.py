"""Results as data: what was measured, on what, how surely, and the file they are kept in.

``results.json`` is one object::

    {
      "schema": 1,
      "results": [
        {"member": "dense", "benchmark": "dev", "metric": "nDCG@10", "value": 0.81, "n": 300,
         "low": 0.78, "high": 0.84, "baseline": false,
         "reference": "bm25", "difference": 0.02, "difference_low": 0.00, "difference_high": 0.04,
         "p_value": 0.03, "p_corrected": 0.06, "judged": 0.12, "left_out": 0, "passages": 2100,
         "search": "exact", "seconds": 1.9, "slices": ["domain:finance"], "leaked": {"question": 2, ...},
         "parts": [{"slice": "question:who", "value": 0.78, "n": 60, "low": 0.70, "high": 0.86}, ...]},
        ...
      ],
      "about": {"langret": "0.1.0", ...}
    }

``results_schema`` gives the same as JSON Schema. ``about`` is free for whoever writes the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from langret.data.records import Leak, dumps
from langret.errors import DataError, nearest
from langret.evaluation.slices import CLEAN
from langret.evaluation.tasks.kinds import Asked

SCHEMA = 1


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False, strict=True
    )


class SliceResult(_Part):
    """The same system, benchmark and metric on those queries that belong to a slice."""

    slice: str
    """The slice, such as ``question:who``; ``question:other`` has the queries of no kind that was recognised."""
    value: float
    """Mean over its queries."""
    n: Annotated[int, Field(ge=1)]
    """Queries in the mean."""
    low: float
    """Lower end of the 95 % bootstrap interval of the mean."""
    high: float
    """Upper end of it."""


class Result(_Part):
    """One system, one benchmark, one metric."""

    member: str
    """Name of the system: a member of the family, or a baseline."""
    benchmark: str
    """Name of the benchmark."""
    metric: str
    """Metric in ir-measures notation, or that of the task."""
    task: Asked = "retrieval"
    """Task of the benchmark."""
    value: float
    """Mean over queries; of a task that asks no queries, the metric over its examples."""
    n: Annotated[int, Field(ge=1)]
    """Queries in the mean, or examples."""
    low: float | None
    """Lower end of the 95 % bootstrap interval of the value; null where there is none."""
    high: float | None
    """Upper end of it."""
    baseline: bool = False
    """Whether the system is there for comparison only."""
    reference: str | None = None
    """System that this one is compared with; null for the reference itself."""
    difference: float | None = None
    """Mean of this system minus mean of the reference."""
    difference_low: float | None = None
    """Lower end of the 95 % bootstrap interval of the difference."""
    difference_high: float | None = None
    """Upper end of it."""
    p_value: Annotated[float, Field(gt=0, le=1)] | None = None
    """Two-sided paired randomisation test against the reference, as if it were the only comparison; null where there is
    none."""
    p_corrected: Annotated[float, Field(gt=0, le=1)] | None = None
    """The same, corrected by Holm's method for all comparisons of this metric and task that were made together, over
    systems and benchmarks."""
    judged: Annotated[float, Field(ge=0, le=1)] | None = None
    """Judged@10: how much of the first ten has a judgement, relevant or not. Where it is low, a system may be better
    than its score."""
    left_out: Annotated[int, Field(ge=0)] = 0
    """Queries left out because no passage is relevant to them; of other tasks, examples set aside."""
    passages: Annotated[int, Field(ge=0)] | None = None
    """Passages searched."""
    cut: Annotated[int, Field(ge=0)] | None = None
    """Passages of which the system read the beginning only, because they are longer than what it reads; null where
    that was not counted."""
    search: Literal["bm25", "bag_of_words", "fused", "candidates", "exact", "plaid"] | None = None
    """How they were searched; `candidates` were given for each query and put in order."""
    seconds: Annotated[float, Field(ge=0)] | None = None
    """Time to encode and search the benchmark."""
    slices: list[str] = []
    """What the benchmark shows, as `axis:value`: `dialect:arz`, `domain:finance`, `cross-lingual:en`."""
    leaked: dict[Leak, Annotated[int, Field(ge=0)]] | None = None
    """Queries in the mean that the training data of the run has seen, by what was seen: the `question`, a
    `near_question`, a relevant `passage`, a `near_passage`. A query counts once, by the first of these. Null where the
    training data is not known."""
    parts: list[SliceResult] = []
    """The same measure by slices of the queries: kinds of questions, and, where some were seen in training,
    `leakage:question`, `leakage:passage` and `leakage:clean`. Every query is in one part of each axis."""

    @property
    def p(self) -> float | None:
        """The corrected p-value where there is one, else that of the single comparison."""
        return self.p_value if self.p_corrected is None else self.p_corrected

    @property
    def seen(self) -> int:
        """Queries in the mean that the training data has seen, 0 where that is not known."""
        return sum((self.leaked or {}).values())

    @property
    def clean(self) -> SliceResult | None:
        """The same measure without the queries that were seen; None where none was, or all were."""
        return next((part for part in self.parts if part.slice == CLEAN), None)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two results the same measurement."""
        return self.benchmark, self.member, self.metric


class NotMeasured(_Part):
    """A system that a benchmark was not put to."""

    member: str
    """Name of the system."""
    benchmark: str
    """Name of the benchmark."""
    task: str
    """Its task."""
    reason: str
    """Why the system cannot do it."""


class SuiteResult(_Part):
    """One system's mean over a suite of benchmarks."""

    suite: str
    """Name of the suite."""
    member: str
    """Name of the system."""
    baseline: bool = False
    """Whether the system is there for comparison only."""
    value: float | None
    """Mean over all benchmarks of the suite by their main metrics; null where the system was not measured on all."""
    shared: float | None
    """The same over those benchmarks alone on which every member was measured; null where there are none."""
    tasks: dict[str, float]
    """Mean by task, of what was measured."""
    measured: list[str]
    """Benchmarks that the system was measured on."""
    left_out: list[str]
    """Benchmarks that it was not measured on."""


class _File(_Part):
    schema_: Annotated[Literal[1], Field(alias="schema")]
    """Version of this format."""
    results: list[Result]
    """Every measurement."""
    not_measured: list[NotMeasured] = []
    """Systems that a benchmark was not put to."""
    suites: list[SuiteResult] = []
    """Means over suites."""
    about: dict[str, Any] = {}
    """Whatever the writer wants to say about the run."""


def results_schema() -> dict[str, Any]:
    """JSON Schema of ``results.json``."""
    schema = _File.model_json_schema(by_alias=True)
    return {**schema, "title": "results.json", "description": "Results of langret."}


def write_results(
    results: Iterable[Result],
    path: str | Path,
    *,
    not_measured: Iterable[NotMeasured] = (),
    suites: Iterable[SuiteResult] = (),
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write ``results.json`` aside and move it into place.

    Args:
        results: What was measured.
        path: The file.
        not_measured: What was not, and why.
        suites: Means over suites.
        about: Facts about the run, kept as they are.
    """
    path = Path(path)
    value = results_value(results, not_measured, suites, about or {})
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(dumps(value) + "\n", encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def results_value(
    results: Iterable[Result],
    not_measured: Iterable[NotMeasured],
    suites: Iterable[SuiteResult],
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """What ``results.json`` holds, as plain data."""
    value: dict[str, Any] = {
        "schema": SCHEMA,
        "results": [result.model_dump(mode="json") for result in results],
        "about": dict(about),
    }
    for key, rows in (("not_measured", list(not_measured)), ("suites", list(suites))):
        if rows:
            value[key] = [row.model_dump(mode="json") for row in rows]
    return value


def read_results(path: str | Path) -> list[Result]:
    """Read the measurements of ``results.json``.

    Raises:
        DataError: The file is missing, no JSON, of another version, or a field is wrong; says which.
    """
    return _read(path).results


def read_not_measured(path: str | Path) -> list[NotMeasured]:
    """Read from ``results.json`` which systems were not measured on what, and why.

    Raises:
        DataError: As for ``read_results``.
    """
    return _read(path).not_measured


def read_suites(path: str | Path) -> list[SuiteResult]:
    """Read the means over suites of ``results.json``.

    Raises:
        DataError: As for ``read_results``.
    """
    return _read(path).suites


def _read(path: str | Path) -> _File:
    where = str(path)
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError("there is no such file", where=where) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", where=where) from error
    except json.JSONDecodeError as error:
        raise DataError(f"not valid JSON: {error.msg}", where=f"{where}:{error.lineno}") from error
    if not isinstance(value, dict) or "schema" not in value:
        raise DataError('expected an object with "schema", "results" and "about"', where=where)
    if value["schema"] != SCHEMA:
        raise DataError(
            f"schema {value['schema']!r} is not the one of this langret, which is {SCHEMA}", where=where
        )
    try:
        return _File.model_validate(value)
    except ValidationError as error:
        raise _readable(error, where) from error


def merge_results(old: Iterable[Result], new: Iterable[Result]) -> list[Result]:
    """Join results; of the same benchmark, member and metric the newer one stays, in the older one's
    place."""
    merged = {result.key: result for result in old}
    merged.update({result.key: result for result in new})
    return list(merged.values())


def correct_results(results: Iterable[Result]) -> list[Result]:
    """Fill in ``p_corrected``: for each metric of a task, over all systems and benchmarks that are given."""
    from langret.evaluation.significance import holm
    from langret.evaluation.tasks.kinds import family

    results = list(results)
    kinds = [(family(result.task), result.metric) for result in results]
    for kind in dict.fromkeys(kinds):
        places = [i for i, r in enumerate(results) if kinds[i] == kind and r.p_value is not None]
        corrected = holm([float(results[i].p_value or 1) for i in places])
        for i, value in zip(places, corrected, strict=True):
            results[i] = results[i].model_copy(update={"p_corrected": value})
    return results


def _readable(error: ValidationError, where: str) -> DataError:
    first = error.errors()[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    if first["type"] == "extra_forbidden":
        parts: dict[str, type[BaseModel]] = {
            "results": Result,
            "not_measured": NotMeasured,
            "suites": SuiteResult,
        }
        known = SliceResult if "parts" in first["loc"][:-1] else parts.get(str(first["loc"][0]))
        fields = known.model_fields if known and len(first["loc"]) > 1 else (*parts, "schema", "about")
        return DataError(
            "unknown key", where=f"{where}: {place}", hint=nearest(str(first["loc"][-1]), fields)
        )
    found = json.dumps(first["input"], ensure_ascii=False, default=str)[:80]
    return DataError(f"{first['msg']}, found {found}", where=f"{where}: {place}")
