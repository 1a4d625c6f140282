"""Stages of benchmarks that rank no passages: asking every system, and the scores of their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.data.task_cleaning import SHOTS
from langret.evaluation.tasks.kinds import refusal, task_baselines
from langret.pipeline.names import rank_name, system_name
from langret.pipeline.rooms import ENCODING
from langret.pipeline.work import scoring
from langret.recipe.schema import LEXICAL

if TYPE_CHECKING:
    from langret.pipeline.plan import Planner
    from langret.pipeline.stage import Stage
    from langret.recipe.schema import BenchmarkSource


def plan_task(
    planner: Planner,
    place: Stage,
    models: Mapping[str, Stage],
    source: BenchmarkSource,
    slices: Sequence[str],
    trained: Stage | None,
) -> Stage:
    """Plan a benchmark.

    Members and lexical baselines that cannot do the task are not asked; whether a baseline model can is known when it
    is loaded. The stage of the scores keeps every reason.

    Args:
        planner: The planner of the recipe.
        place: The stage that holds the examples.
        models: The stage that made each member.
        source: The benchmark.
        slices: What it shows.
        trained: The stage of the training data, which knows which texts were seen; None where nothing is trained.

    Returns:
        The stage of the scores.
    """
    recipe = planner.recipe
    heads: dict[str, str] = {member.id: member.head for member in recipe.members}
    named = task_baselines(source.task, recipe.evaluation.baselines)
    answered: dict[str, str] = {}
    refused: dict[str, str] = {}
    stages = []
    for system in dict.fromkeys([*models, *recipe.evaluation.baselines, *named]):
        called = system_name(system, models)
        if reason := refusal(source.task, heads.get(system, system)):
            refused[called] = reason
            continue
        stage = _asked(planner, system, place, models, source)
        stages.append(stage)
        answered[called] = stage.name
    baselines = [system_name(b, models) for b in named]
    run = partial(
        scoring.score_answers,
        name=source.name,
        answered=answered,
        refused=refused,
        benchmark=place.name,
        recipe=recipe,
        baselines=baselines,
        slices=slices,
    )
    return planner.stage(
        f"score-{source.name}",
        f"Scores on {source.name}",
        run,
        "evaluation",
        inputs=(place, *stages, *([trained] if trained else [])),
        params={"baselines": baselines, "slices": list(slices), "refused": refused},
    )


def _asked(
    planner: Planner, system: str, place: Stage, models: Mapping[str, Stage], source: BenchmarkSource
) -> Stage:
    recipe, (passages, _) = planner.recipe, planner.sides(source)
    lexical = system in LEXICAL
    shots = source.shots or SHOTS
    run = partial(
        scoring.answer,
        system=system if system in models or lexical else planner.model(system),
        recipe=recipe,
        language=passages,
        benchmark=place.name,
        shots=shots,
    )
    params: dict[str, Any] = {
        "shots": shots,
        "lengths": [recipe.evaluation.query_tokens, recipe.evaluation.passage_tokens],
    }
    if system not in models:
        params["model"] = system if lexical else planner.stamp(system)
    rooms = ("mining", "text", "evaluation") if lexical else ("evaluation", *ENCODING)
    return planner.stage(
        rank_name(source.name, system),
        f"Asking {Path(system).name} on {source.name}",
        run,
        *rooms,
        inputs=(place, models[system]) if system in models else (place,),
        params=params,
        plugin=lexical,
        languages=planner.others(passages=passages) if lexical else {},
    )
