"""``run.json``: what a run was asked for and which of the stages in its folder are its own.

A run folder keeps the stages of every recipe and every version that ever ran in it. This file, written when a run
begins and read by the report, names those of the latest run, the finished and the missing ones alike.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from langret.data.records import dumps
from langret.errors import LangretError, nearest

FILE = "run.json"
SCHEMA = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class StageRecord(_Part):
    """One stage of the run."""

    name: str
    """Short name, such as ``train-dense``."""
    title: str
    """The same for people."""
    key: str
    """Name of its folder in ``stages/``."""


class MemberRecord(_Part):
    """One member of the family."""

    name: str
    """Its name in the results."""
    head: Literal["dense", "colbert"]
    """What kind of model it is."""
    stage: str
    """The stage that made it; the model lies in that stage's ``model/``."""


class BenchmarkRecord(_Part):
    """One benchmark, and who was measured on it."""

    name: str
    """Its name in the results."""
    task: str = "retrieval"
    """What is asked of the systems."""
    metric: str = ""
    """Its main metric; empty for the first one that the recipe names."""
    place: str
    """The stage that holds its text."""
    stage: str
    """The stage of its scores."""
    ranked: dict[str, str]
    """The stage of each system's ranking or answers, by the system's name in the results."""


class SourceRecord(_Part):
    """Where training text came from."""

    name: str
    """Path, hub name, or the part of the generated world."""
    licence: str = ""
    """As the language's catalogue has it; empty where it is not known."""
    url: str = ""
    """Where to read about it."""


class RunRecord(_Part):
    """A run as ``run.json`` tells it."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    """Version of this format."""
    langret: str
    """Version of langret that ran."""
    name: str
    """Name of the recipe."""
    about: str = ""
    """What the recipe is for, in a sentence."""
    seed: int
    """Seed of the run."""
    language: str
    """Code of the language."""
    language_name: str
    """Its English name."""
    plugin: str
    """Version of its plugin."""
    recipe: str
    """The recipe with every default written out, as YAML."""
    sources: list[SourceRecord]
    """Training text."""
    made_of: list[SourceRecord] = []
    """All that the models are made of: training text and pretrained models."""
    members: list[MemberRecord]
    """The family."""
    benchmarks: list[BenchmarkRecord]
    """What it is measured on."""
    baselines: list[str]
    """Systems that are there for comparison; the first is the one that all are compared with."""
    stages: list[StageRecord]
    """All stages, inputs first."""


def write_record(record: RunRecord, folder: Path) -> Path:
    """Write ``run.json`` into a run folder, aside first and then moved into place."""
    path = folder / FILE
    aside = path.with_name(f".{FILE}.{os.getpid()}")
    aside.write_text(dumps(record.model_dump(mode="json", by_alias=True)) + "\n", encoding="utf-8")
    aside.replace(path)
    return path


def read_record(folder: Path) -> RunRecord:
    """Read the ``run.json`` of a run folder.

    Raises:
        LangretError: There is no such folder, it is no run folder, or another version wrote it.
    """
    path = folder / FILE
    again = (
        f"`langret run RECIPE --runs {folder.parent}` goes on with it; finished stages of this version stay."
    )
    if not folder.is_dir():
        raise LangretError("There is no such run folder.", where=str(folder), hint=_beside(folder))
    if not path.is_file():
        if (folder / "stages").is_dir():
            raise LangretError(
                f"The folder has stages and no {FILE}: no recipe was run here by this version of langret.",
                where=str(folder),
                hint=again,
            )
        raise LangretError(
            f"This is no run folder: it has no {FILE}.", where=str(folder), hint=_beside(folder)
        )
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(value, dict) and value.get("schema") != SCHEMA:
            raise LangretError(
                f"Another version of langret wrote it: schema {value.get('schema')!r}, expected {SCHEMA}.",
                where=str(path),
                hint=again,
            )
        return RunRecord.model_validate(value)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise LangretError(f"It cannot be read: {error}.", where=str(path), hint=again) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise LangretError(f"{place}: {first['msg']}.", where=str(path), hint=again) from error


def _beside(folder: Path) -> str:
    """Run folders near the one that was asked for."""
    inside = folder if folder.is_dir() else folder.parent
    places = [inside, Path("runs")]
    found = {str(p.parent) for place in places if place.is_dir() for p in place.glob(f"*/{FILE}")}
    return nearest(str(folder), found) if found else "`langret run RECIPE` makes one."
