"""Laying out what a person takes away: models with their cards, results, and the recipe as it ran."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret import __version__
from langret.pipeline.fingerprint import fingerprint
from langret.pipeline.plan import Plan
from langret.pipeline.provenance import data_sources, made_of
from langret.pipeline.stage import Stage, in_order
from langret.pipeline.store import Finished
from langret.recipe.licences import licence_warnings, model_licence
from langret.recipe.load import resolved_yaml
from langret.recipe.lock import lock_path

if TYPE_CHECKING:
    from langret.evaluation.results import NotMeasured, Result, SuiteResult
    from langret.recipe.schema import Member, Training

MARK = ".published"
RECIPE = "recipe.yaml"


@dataclass(frozen=True)
class RunResult:
    """What came out of a run.

    Attributes:
        folder: The run folder.
        results: Every measurement.
        models: Folder of each member.
        not_measured: Systems that a benchmark was not put to, and why.
        suites: Means over suites.
        costs: What the training of each member cost, in a line.
    """

    folder: Path
    results: list[Result]
    models: dict[str, Path] = field(default_factory=dict)
    not_measured: list[NotMeasured] = field(default_factory=list)
    suites: list[SuiteResult] = field(default_factory=list)
    costs: dict[str, str] = field(default_factory=dict)


def publish(plan: Plan, finished: Mapping[str, Finished]) -> RunResult:
    """Lay out ``<run>/<member>/``; does nothing where all is current.

    Each member's folder, and the run's own, has ``results.json``, the recipe as it ran in ``recipe.yaml``, and its lock
    file where it names anything on the hub.

    Args:
        plan: The plan that ran.
        finished: Its finished stages by name.

    Returns:
        Where everything lies.
    """
    from langret.evaluation.results import (
        correct_results,
        merge_results,
        read_not_measured,
        read_results,
        write_results,
    )
    from langret.evaluation.suites import suite_means
    from langret.report.cost import cost_line

    results: list = []
    absent: list[NotMeasured] = []
    for stage in plan.scores.values():
        file = finished[stage.name].folder / "results.json"
        results = merge_results(results, read_results(file))
        absent += read_not_measured(file)
    results = correct_results(results)
    suites = suite_means(results, plan.recipe.evaluation.suites)
    root = plan.store.root
    models = {name: root / name for name in plan.models}
    given = [
        plan.recipe.licence,
        [source.licence for source in plan.recipe.data.train],
        [suite.model_dump() for suite in plan.recipe.evaluation.suites],
    ]
    mark = fingerprint(
        [__version__, given, [s.fingerprint for s in (*plan.models.values(), *plan.scores.values())]]
    )
    marker = root / MARK
    current = marker.is_file() and marker.read_text(encoding="utf-8") == mark
    if not current or not all(folder.is_dir() for folder in models.values()):
        for member in plan.recipe.members:
            folder = models[member.id]
            stage = plan.models[member.id]
            _copy(finished[stage.name].folder / "model", folder)
            _card(plan, member, finished, RunResult(root, results, {}, absent, suites), folder)
        about = {"recipe": plan.recipe.name, "language": plan.language.version, "langret": __version__}
        lock = lock_path(plan.loaded.path)
        for folder in (root, *models.values()):
            write_results(results, folder / "results.json", not_measured=absent, suites=suites, about=about)
            # a model is made to be given away: paths are as the recipe has them, and a home folder stays at home
            recipe = resolved_yaml(plan.recipe, plan.loaded.base if folder == root else None)
            (folder / RECIPE).write_text(recipe, encoding="utf-8")
            if lock.is_file():
                shutil.copyfile(lock, lock_path(folder / RECIPE))
        marker.write_text(mark, encoding="utf-8")
    costs = {name: cost_line(*_cost(stage, finished)) for name, stage in plan.models.items()}
    return RunResult(root, results, models, absent, suites, costs)


def _cost(model: Stage, finished: Mapping[str, Finished]) -> tuple[list[Any], float]:
    """What the stages that made a model cost, and their seconds; pretraining is shared, and counts for each model."""
    weights = ("pretrain-", "train-", "merge-")
    made_by = [finished[s.name] for s in in_order([model]) if s.name.startswith(weights)]
    costs = [stage.summary["cost"] for stage in made_by if "cost" in stage.summary]
    return costs, sum(stage.seconds for stage in made_by)


def _copy(source: Path, target: Path) -> None:
    """Hard links cost no space; where they cannot be made, files are copied."""
    shutil.rmtree(target, ignore_errors=True)

    def link(a: str, b: str) -> None:
        try:
            os.link(a, b)
        except OSError:
            shutil.copy2(a, b)

    shutil.copytree(source, target, copy_function=link)


def _card(
    plan: Plan, member: Member, finished: Mapping[str, Finished], measured: RunResult, folder: Path
) -> None:
    from langret.report.card import CardFacts, write_card
    from langret.report.cost import cost_rows

    recipe, language = plan.recipe, plan.language
    # a merge has the lengths of what it merges; of several phases the last one says what the model reads
    trained = recipe.trained(member)
    phases = recipe.training_of(trained[0]).phases
    training = phases[-1]
    data = finished["data"].summary
    facts = json.loads((folder / "langret.json").read_text(encoding="utf-8"))
    settings: dict[str, Any] = {}
    if member.merge is not None:
        shares = zip(member.merge.members, member.merge.shares, strict=True)
        parts = ", ".join(f"{name} ({share:.3g})" for name, share in shares)
        settings["merged"] = f"{member.merge.how} of {parts}"
    elif len(phases) == 1:
        settings |= _settings(training)
    else:
        for number, phase in enumerate(phases, start=1):
            settings[f"phase {number}"] = ", ".join(f"{k} {v}" for k, v in _settings(phase).items())
    settings["pretraining"] = (
        ", ".join(f"{p.objective} {p.steps} steps" for p in recipe.pretraining) or "none"
    )
    settings["hard negatives from"] = ", ".join(m.kind for m in recipe.negatives.miners) or "none"
    costs, seconds = _cost(plan.models[member.id], finished)
    settings |= cost_rows(costs)
    stage_facts = json.loads((finished[plan.models[member.id].name].folder / "stage.json").read_text("utf-8"))
    funnel = data.get("funnel", {})
    made = made_of(recipe, language, plan.loaded.base)
    target = folder / "README.md"
    target.unlink(missing_ok=True)  # a hard link into the store must not be written through
    write_card(
        folder,
        CardFacts(
            name=f"{recipe.name}-{member.id}",
            head=member.head,
            language=language.code,
            language_name=language.name,
            presegment=bool(facts.get("segmented")),
            results=measured.results,
            not_measured=measured.not_measured,
            suites=measured.suites,
            member=member.id,
            recipe=resolved_yaml(recipe),
            sources=data_sources(recipe, language),
            funnel=funnel if isinstance(funnel, dict) else {},
            training=settings,
            seed=recipe.seed,
            seconds=round(seconds, 1),
            versions={**stage_facts.get("versions", {}), "language plugin": language.version},
            backbone=recipe.backbone_of(trained[0]).pretrained or "",
            query_tokens=training.query_tokens,
            passage_tokens=training.passage_tokens,
            expansion=facts.get("expansion", ""),
            pool_tokens=facts.get("pool_tokens", 1),
            licence=recipe.licence or model_licence(source.licence for source in made),
            decided=recipe.licence is not None,
            warnings=licence_warnings(made, recipe.licence or ""),
            benchmarks={source.name: source for source in recipe.evaluation.benchmarks},
            about=recipe.about,
        ),
    )


def _settings(training: Training) -> dict[str, Any]:
    """What a card tells of a training."""
    names = ("epochs", "batch_size", "negatives", "in_batch", "lr", "temperature", "warmup")
    settings = {name: getattr(training, name) for name in names if getattr(training, name) is not None}
    if training.average > 1:
        settings["average of"] = f"{training.average} checkpoints"
    return settings
