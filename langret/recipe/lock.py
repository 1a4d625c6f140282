"""The lock file: which commit of each hub repository a recipe stands on.

It lies beside the recipe, ``<recipe>.lock.yaml``, with two mappings from names to commits: ``models`` and
``datasets``. A name to which the recipe gives a revision of its own (a branch, a tag) is locked as
``name@revision``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import yaml

from langret.errors import RecipeError
from langret.recipe.schema import LEXICAL, Backbone, Consistency, CrossEncoderJudge, Recipe, Source, Training

Lock = dict[str, dict[str, str]]
Kind = Literal["model", "dataset"]
_KINDS: dict[Kind, str] = {"model": "models", "dataset": "datasets"}
_HUB_NAME = re.compile(r"^[A-Za-z0-9][\w.-]*(/[\w.-]+)?$")
_COMMIT = re.compile(r"^[0-9a-f]{40}$")
_HEADER = "# Written by `langret lock`: the commits of the hub repositories that the recipe names.\n"


def lock_path(recipe: Path) -> Path:
    """Return where the lock file of a recipe file is: ``ja.lock.yaml`` beside ``ja.yaml``."""
    return recipe.with_name(f"{recipe.stem}.lock.yaml")


def split_revision(name: str) -> tuple[str, str | None]:
    """Split ``owner/name@revision`` into name and revision; a local path or a bare name has no revision.

    Miners and baselines name models in one string, so this is how a locked one is written.
    """
    bare, at, revision = name.rpartition("@")
    if at and revision and _HUB_NAME.match(bare) and not Path(name).exists():
        return bare, revision
    return name, None


def is_hub_name(name: str, base: Path) -> bool:
    """Whether a model's name means a hub repository and not a folder on this machine.

    Args:
        name: As the recipe gives it, without a revision.
        base: Folder at which the recipe's relative paths start.
    """
    if not _HUB_NAME.match(name) or os.path.expandvars(name) != name:
        return False
    return not (base / name).exists() and not Path(name).exists()


def hub_names(recipe: Recipe, base: Path) -> list[tuple[Kind, str, str | None]]:
    """Return kind, name and wanted revision of every hub repository that a recipe names, each once."""
    return list(dict.fromkeys(_hub_names(recipe, base)))


def _hub_names(recipe: Recipe, base: Path) -> Iterator[tuple[Kind, str, str | None]]:
    for backbone in (recipe.backbone, *(m.backbone for m in recipe.members if m.backbone)):
        if backbone.pretrained and is_hub_name(backbone.pretrained, base):
            yield "model", backbone.pretrained, backbone.revision
    rules = recipe.negatives
    models = [m.model for m in rules.miners if m.model]
    models += [j.model for j in rules.judges if isinstance(j, CrossEncoderJudge)]
    models += [rules.scorer] if rules.scorer else []
    if (filtered := _consistency(recipe)) is not None and filtered.by != "bm25":
        models.append(filtered.by)
    for text in (*models, *_teachers(recipe), *(b for b in recipe.evaluation.baselines if b not in LEXICAL)):
        name, revision = split_revision(text)
        if is_hub_name(name, base):
            yield "model", name, revision
    evaluation = recipe.evaluation
    for source in (*recipe.data.train, *evaluation.benchmarks, evaluation.watch, _set_source(recipe, base)):
        if source is not None and source.hub is not None:
            yield "dataset", source.hub, source.revision


def _teachers(recipe: Recipe) -> list[str]:
    """Teachers that are no members of the family."""
    members = {member.id for member in recipe.members}
    phases = [phase for member in recipe.members for phase in recipe.training_of(member).phases]
    found = [phase.distill.teacher for phase in phases if phase.distill]
    return [teacher for teacher in found if teacher not in members]


def _with_teachers(keys: Any, model: Callable[[str], str]) -> Any:
    """Keys of ``training`` as plain data, with the name of every teacher mapped: of its phases, too."""
    if isinstance(keys, list):
        return [_with_teachers(phase, model) for phase in keys]
    found = dict(keys)
    if isinstance(distill := found.get("distill"), dict) and isinstance(distill.get("teacher"), str):
        found["distill"] = {**distill, "teacher": model(distill["teacher"])}
    if found.get("then"):
        found["then"] = _with_teachers(found["then"], model)
    return found


def _consistency(recipe: Recipe) -> Consistency | None:
    return recipe.synthesis.consistency if recipe.synthesis else None


def _set_source(recipe: Recipe, base: Path) -> Source | None:
    """The mined set that a recipe names, if any; a catalogue knows the repository behind its short name."""
    if recipe.negatives.set is None:
        return None
    from langret.data.mined import mined_source
    from langret.language import get_language

    return mined_source(recipe.negatives.set, get_language(recipe.language), base)


def _key(name: str, revision: str | None) -> str:
    return f"{name}@{revision}" if revision else name


def missing_names(recipe: Recipe, lock: Lock, base: Path) -> list[tuple[Kind, str, str | None]]:
    """Return those hub names of a recipe that a lock says nothing about; a full commit needs no lock."""
    return [
        (kind, name, revision)
        for kind, name, revision in hub_names(recipe, base)
        if _key(name, revision) not in lock[_KINDS[kind]] and not (revision and _COMMIT.match(revision))
    ]


def resolve_lock(recipe: Recipe, *, base: Path, known: Lock | None = None) -> Lock:
    """Look up on the hub the commit of every repository that a recipe names.

    Args:
        recipe: The recipe.
        base: Folder at which its relative paths start.
        known: A lock whose entries are kept; only what it lacks is looked up. None looks everything up anew.

    Raises:
        DataError: A data set is not there, or the hub cannot be reached (ModelError for a model).
    """
    from langret.data.hub import resolve_revision

    lock: Lock = {part: dict((known or {}).get(part, {})) for part in _KINDS.values()}
    for kind, name, revision in missing_names(recipe, lock, base):
        lock[_KINDS[kind]][_key(name, revision)] = resolve_revision(name, kind, revision)
    return lock


def read_lock(path: Path) -> Lock | None:
    """Read a lock file; None where there is none.

    Raises:
        RecipeError: It is not a lock file.
    """
    try:
        content: Any = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RecipeError(f"The lock file cannot be read: {error}.", where=str(path)) from error
    content = {} if content is None else content
    parts = set(_KINDS.values())
    if not isinstance(content, dict) or not set(content) <= parts:
        raise RecipeError(
            "A lock file holds `models` and `datasets`.",
            where=str(path),
            hint="`langret lock` writes a new one.",
        )
    lock: Lock = {part: content.get(part) or {} for part in sorted(parts)}
    for part, entries in lock.items():
        for name, commit in entries.items() if isinstance(entries, dict) else [(part, entries)]:
            if not isinstance(name, str) or not isinstance(commit, str) or not _COMMIT.match(commit):
                raise RecipeError(
                    f"Expected a commit of 40 hexadecimal digits, found {commit!r}.",
                    where=f"{path}: {part}.{name}",
                    hint="`langret lock` writes a new one.",
                )
    return lock


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock file, aside and renamed."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(_HEADER + yaml.safe_dump(lock, sort_keys=True), "utf-8")
    aside.replace(path)


def apply_lock(recipe: Recipe, lock: Lock, *, base: Path) -> Recipe:
    """Return the recipe with the locked commit of every hub repository filled in.

    Sources and backbone get it as ``revision``; the models of miners, judges, teachers and baselines and a mined set as
    ``name@commit``. What the lock does not know stays as it is.
    """
    models, sets = lock.get("models", {}), lock.get("datasets", {})

    def model(text: str) -> str:
        name, revision = split_revision(text)
        commit = models.get(_key(name, revision)) if is_hub_name(name, base) else None
        return f"{name}@{commit}" if commit else text

    ids = {member.id for member in recipe.members}

    def teacher(text: str) -> str:
        return text if text in ids else model(text)

    def source(part: Any) -> Any:
        commit = sets.get(_key(part.hub, part.revision)) if part.hub is not None else None
        return part.model_copy(update={"revision": commit}) if commit else part

    def encoder(part: Backbone) -> Backbone:
        if not (part.pretrained and is_hub_name(part.pretrained, base)):
            return part
        commit = models.get(_key(part.pretrained, part.revision))
        return part.model_copy(update={"revision": commit}) if commit else part

    rules = recipe.negatives
    negatives = {
        "miners": [m.model_copy(update={"model": model(m.model)}) if m.model else m for m in rules.miners],
        "judges": [
            j.model_copy(update={"model": model(j.model)}) if isinstance(j, CrossEncoderJudge) else j
            for j in rules.judges
        ],
        "scorer": model(rules.scorer) if rules.scorer else None,
    }
    mined = _set_source(recipe, base)
    if mined is not None and (commit := source(mined).revision) and rules.set:
        negatives = {"set": f"{split_revision(rules.set)[0]}@{commit}"}
    training = Training.model_validate(_with_teachers(recipe.training.model_dump(), teacher))
    members = [
        m.model_copy(
            update={
                "training": _with_teachers(m.training, teacher),
                "backbone": encoder(m.backbone) if m.backbone else None,
            }
        )
        for m in recipe.members
    ]
    data, evaluation, synthesis = recipe.data, recipe.evaluation, recipe.synthesis
    if synthesis is not None and (filtered := synthesis.consistency) is not None and filtered.by != "bm25":
        by = filtered.model_copy(update={"by": model(filtered.by)})
        synthesis = synthesis.model_copy(update={"consistency": by})
    return recipe.model_copy(
        update={
            "backbone": encoder(recipe.backbone),
            "synthesis": synthesis,
            "members": members,
            "training": training,
            "negatives": rules.model_copy(update=negatives),
            "data": data.model_copy(update={"train": [source(s) for s in data.train]}),
            "evaluation": evaluation.model_copy(
                update={
                    "benchmarks": [source(s) for s in evaluation.benchmarks],
                    "watch": source(evaluation.watch) if evaluation.watch else None,
                    "baselines": [b if b in LEXICAL else model(b) for b in evaluation.baselines],
                }
            ),
        }
    )


def locked(recipe: Recipe, path: Path, *, base: Path) -> Recipe:
    """Return the recipe as its lock file has it; what the file lacks is looked up and written first.

    A recipe without hub names needs no lock file, and none is written.

    Args:
        recipe: The recipe.
        path: The lock file, usually ``lock_path(recipe file)``.
        base: Folder at which the recipe's relative paths start.

    Raises:
        DataError: A name that is not locked yet cannot be looked up (ModelError for a model).
    """
    known = read_lock(path) or {"models": {}, "datasets": {}}
    if missing_names(recipe, known, base):
        known = resolve_lock(recipe, base=base, known=known)
        write_lock(path, known)
    return apply_lock(recipe, known, base=base)
