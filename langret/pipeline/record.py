"""What a run says about itself before it begins: ``run.json``, from which the report is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from langret import __version__
from langret.evaluation.tasks.kinds import metrics_of, task_baselines, task_of
from langret.pipeline.names import rank_name, system_name
from langret.pipeline.provenance import data_sources, made_of
from langret.recipe.load import resolved_yaml
from langret.report.record import (
    BenchmarkRecord,
    MemberRecord,
    RunRecord,
    SourceRecord,
    StageRecord,
    write_record,
)

if TYPE_CHECKING:
    from langret.pipeline.plan import Plan


def record_run(plan: Plan) -> Path:
    """Write ``run.json`` into the run folder, which must be there.

    Args:
        plan: What is about to run.

    Returns:
        The file.
    """
    recipe, language = plan.recipe, plan.language
    baselines = [system_name(name, plan.models) for name in recipe.evaluation.baselines]
    asked = {source.name: source for source in recipe.evaluation.benchmarks}
    benchmarks = []
    for name, stage in plan.scores.items():
        task = task_of(asked.get(name), language.code)
        systems = [*plan.models, *task_baselines(task, recipe.evaluation.baselines)]
        stages = {s.name for s in stage.inputs}
        benchmarks.append(
            BenchmarkRecord(
                name=name,
                task=task,
                metric=metrics_of(task, recipe.evaluation.metrics)[0],
                place=stage.inputs[0].name,  # the training data may stand behind it, for what leaked
                stage=stage.name,
                ranked={
                    system_name(system, plan.models): rank_name(name, system)
                    for system in systems
                    if rank_name(name, system) in stages
                },
            )
        )
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
        made_of=[
            SourceRecord(name=s.source, licence=s.licence)
            for s in made_of(recipe, language, plan.loaded.base)
        ],
        members=[MemberRecord(name=m.id, head=m.head, stage=plan.models[m.id].name) for m in recipe.members],
        benchmarks=benchmarks,
        baselines=baselines,
        stages=[StageRecord(name=s.name, title=s.title, key=s.key) for s in plan.stages],
    )
    return write_record(record, plan.store.root)
