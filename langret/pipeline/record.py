"""What a run says about itself before it begins: ``run.json``, from which the report is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from langret import __version__
from langret.pipeline.plan import rank_name, system_name
from langret.recipe.load import resolved_yaml
from langret.report.card import DataSource
from langret.report.record import (
    BenchmarkRecord,
    MemberRecord,
    RunRecord,
    SourceRecord,
    StageRecord,
    write_record,
)
from langret.report.set_card import OWN_WORDS

if TYPE_CHECKING:
    from langret.language import Language
    from langret.pipeline.plan import Plan
    from langret.recipe.schema import Recipe


def record_run(plan: Plan) -> Path:
    """Write ``run.json`` into the run folder, which must be there.

    Args:
        plan: What is about to run.

    Returns:
        The file.
    """
    recipe, language = plan.recipe, plan.language
    baselines = [system_name(name, plan.models) for name in recipe.evaluation.baselines]
    systems = [*plan.models, *recipe.evaluation.baselines]
    benchmarks = [
        BenchmarkRecord(
            name=name,
            place=next(s.name for s in stage.inputs if not s.name.startswith("rank-")),
            stage=stage.name,
            ranked={system_name(system, plan.models): rank_name(name, system) for system in systems},
        )
        for name, stage in plan.scores.items()
    ]
    record = RunRecord(
        langret=__version__,
        name=recipe.name,
        about=recipe.about,
        seed=recipe.seed,
        language=language.code,
        language_name=language.name,
        plugin=language.version,
        recipe=resolved_yaml(recipe, plan.loaded.base),
        sources=[
            SourceRecord(name=s.name, licence=s.licence, url=s.url) for s in data_sources(recipe, language)
        ],
        members=[MemberRecord(name=m.id, head=m.head, stage=plan.models[m.id].name) for m in recipe.members],
        benchmarks=benchmarks,
        baselines=baselines,
        stages=[StageRecord(name=s.name, title=s.title, key=s.key) for s in plan.stages],
    )
    return write_record(record, plan.store.root)


def data_sources(recipe: Recipe, language: Language) -> list[DataSource]:
    """Where a recipe's training text comes from, with the licences that the language's catalogue knows."""
    found = []
    for source in recipe.data.train:
        name = f"generated world, {source.world}" if source.world else source.hub or source.path or ""
        entry = next((e for e in language.catalogue if source.hub and e.hub == source.hub), None)
        licence, url = (entry.licence, entry.url) if entry else (OWN_WORDS if source.world else "", "")
        found.append(DataSource(name, licence, url, source.hub or ""))
    return found
