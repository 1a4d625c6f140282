"""The stages of hard negatives: embed, search, fuse, score, select, judge, settle.

Each is a stage of its own, so that a killed run goes on where it stopped, and changing a rule runs the choice alone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from langret.errors import RecipeError
from langret.pipeline.fingerprint import code_hash
from langret.pipeline.plan_synthesis import PASSING
from langret.pipeline.rooms import BUILDING, CHOOSING, ENCODING, SEARCHING, rows_of
from langret.pipeline.stage import Stage
from langret.pipeline.work import choosing, mining
from langret.recipe.schema import SCORING, CrossEncoderJudge, Judge, LLMJudge, Miner

if TYPE_CHECKING:
    from langret.pipeline.plan import Planner

SHORTLIST = "shortlist"


def plan_negatives(
    planner: Planner, data: Stage, ids: Stage, backbone: Stage | None, counts: dict[str, Any]
) -> Stage | None:
    """The stage whose result is the hard negatives, or None where the recipe wants none."""
    rules = planner.recipe.negatives
    if rules.set is not None:
        return _drawn(planner, data)
    if not (rules.miners and rules.per_query):
        return None
    from langret.mining.select import miner_sources

    mined: dict[str, Stage] = {}
    for miner, source in zip(rules.miners, miner_sources(rules), strict=True):
        mined[source] = _mined(planner, miner, source, mined, data, ids, backbone, counts)
    inputs = [data, *mined.values()]
    if rules.scorer is not None:
        inputs.append(_scored(planner, mined, data))
    selecting = rules
    if rules.judges:
        selecting = rules.model_copy(update={"per_query": rules.judged or 2 * rules.per_query})
    sources = {stage.name: source for source, stage in mined.items()}
    params = selecting.model_dump(exclude={"judges", "judged", "false_negatives", "most_false", "set"})
    selected = planner.stage(
        SHORTLIST if rules.judges else "negatives",
        "Choosing what the judges see" if rules.judges else "Choosing hard negatives",
        partial(choosing.select, rules=selecting, miners=sources, seed=planner.seed),
        *CHOOSING,
        "pipeline.work.mining",
        inputs=tuple(inputs),
        params={"rules": params},
        cost={k: v for k, v in rows_of(counts).items() if k == "queries"},
    )
    return _judged(planner, data, selected) if rules.judges else selected


def _mined(
    planner: Planner,
    miner: Miner,
    source: str,
    before: dict[str, Stage],
    data: Stage,
    ids: Stage,
    backbone: Stage | None,
    counts: dict[str, Any],
) -> Stage:
    recipe = planner.recipe
    if miner.model is not None:
        miner = miner.model_copy(update={"model": planner.model(miner.model)})
    params: dict[str, Any] = {"kind": miner.kind, "last": miner.last, "source": source}
    inputs: tuple[Stage, ...] = (data,)
    embedded = None
    lengths = [recipe.training.query_tokens, recipe.training.passage_tokens]
    if miner.kind == "dense":
        own = miner.model is None
        origin = planner.origin(backbone) if own else {"model": planner.stamp(miner.model or "")}
        run = partial(
            mining.embed,
            miner=miner,
            backbone=planner.place(backbone),
            revision=recipe.backbone.revision,
            language=planner.language,
            recipe=recipe,
        )
        embedded = planner.stage(
            f"embed-{source}",
            f"Embeddings for {source}",
            run,
            "mining.embed",
            *sorted({*ENCODING, *BUILDING}),
            inputs=tuple(s for s in (data, ids, backbone) if s) if own else (data,),
            params={"lengths": lengths, **origin},
            cost=rows_of(counts),
        )
        inputs = (data, embedded)
        params["index"] = miner.index
    elif miner.kind == "colbert":
        params |= {"lengths": lengths, "index": miner.index, "model": planner.stamp(miner.model or "")}
    elif miner.kind == "fused":
        kinds = dict(zip(before, recipe.negatives.miners, strict=False))
        found = (name for name in before if kinds[name].kind in SCORING and kinds[name].kind != "fused")
        inputs = (data, *(before[name] for name in found))
    run = partial(
        mining.mine,
        miner=miner,
        source=source,
        embedded=embedded.name if embedded else None,
        language=planner.language,
        recipe=recipe,
    )
    return planner.stage(
        f"mine-{source}",
        f"Candidates from {source}",
        run,
        *SEARCHING[miner.kind],
        inputs=inputs,
        params=params,
        cost=rows_of(counts),
        plugin=miner.kind == "bm25",
    )


def _scored(planner: Planner, mined: dict[str, Stage], data: Stage) -> Stage:
    rules = planner.recipe.negatives
    scorer = planner.model(rules.scorer or "")
    miners = {stage.name: miner for stage, miner in zip(mined.values(), rules.miners, strict=True)}
    tokens = planner.recipe.training.query_tokens + planner.recipe.training.passage_tokens
    found = sum(int(planner.summary(stage).get("candidates", 0)) for stage in mined.values())
    return planner.stage(
        "score",
        "Scores of the cross-encoder",
        partial(mining.score, scorer=scorer, tokens=tokens, miners=miners),
        "judging.cross_encoder",
        "mining.embed",
        "pipeline.work.pairs",
        inputs=(data, *mined.values()),
        params={
            "model": planner.stamp(rules.scorer or ""),
            "tokens": tokens,
            "ranks": {name: [miner.first, miner.last] for name, miner in miners.items()},
        },
        cost={"pairs at most": found} if found else {},
    )


def _judged(planner: Planner, data: Stage, shortlist: Stage) -> Stage:
    from langret.judging import judge_names

    rules = planner.recipe.negatives
    summary = planner.summary(shortlist)
    stages: list[Stage] = []
    judges: dict[str, str] = {}
    for name, settings in zip(judge_names(rules.judges), rules.judges, strict=True):
        earlier = dict(judges)
        if isinstance(settings, CrossEncoderJudge):
            settings = settings.model_copy(update={"model": planner.model(settings.model)})
        stages.append(
            planner.stage(
                f"judge-{name}",
                f"Verdicts of {name}",
                partial(choosing.judge, settings=settings, name=name, earlier=earlier),
                "judging",
                "llm",
                inputs=(data, shortlist, *stages),
                params=_identity(planner, settings),
                cost=_judge_cost(settings, summary) if not stages else {},
            )
        )
        judges[stages[-1].name] = name
    return planner.stage(
        "negatives",
        "Settling false negatives",
        partial(choosing.settle, rules=rules, judges=judges, seed=planner.seed),
        "judging",
        inputs=(data, shortlist, *stages),
        params={
            "false_negatives": rules.false_negatives,
            "most_false": rules.most_false,
            "per_query": rules.per_query,
            "by_lot": rules.draw != "best",
        },
    )


def _identity(planner: Planner, settings: Judge) -> dict[str, Any]:
    """What a judge's verdicts depend on; how fast and how dearly an endpoint is asked is not among it."""
    if isinstance(settings, CrossEncoderJudge):
        return {**settings.model_dump(), "model": planner.stamp(settings.model)}
    if isinstance(settings, LLMJudge):
        return settings.model_dump(exclude={"llm": PASSING})
    module = settings.function.split(":")[0]
    try:
        return {**settings.model_dump(), "code": code_hash(module)}
    except ModuleNotFoundError as error:
        raise RecipeError(
            f'There is no module "{module}" in this environment.',
            where="negatives.judges",
            hint="Install the package, or put its folder on PYTHONPATH.",
        ) from error


def _judge_cost(settings: Judge, shortlist: dict[str, Any]) -> dict[str, Any]:
    if not shortlist:
        return {}
    pairs, queries = int(shortlist["kept"]), int(shortlist["queries"])
    if not isinstance(settings, LLMJudge):
        return {"pairs": pairs}
    a_query = max(1, -(-pairs // max(queries, 1)))
    asked = queries * -(-a_query // settings.at_once)
    return {"LLM calls at most": asked * (2 if settings.ask == "support" else 1)}


def _drawn(planner: Planner, data: Stage) -> Stage:
    from langret.data.mined import mined_source

    rules = planner.recipe.negatives
    source = mined_source(rules.set or "", planner.language, planner.base)
    files, _ = planner.files(source, "negatives.set")
    run = partial(
        choosing.draw,
        source=source,
        base=planner.base,
        rules=rules,
        language=planner.language,
        seed=planner.seed,
    )
    return planner.stage(
        "negatives",
        f"Negatives of {rules.set}",
        run,
        "data",
        "mining.candidates",
        inputs=(data,),
        params={
            "source": source.model_dump(exclude={"licence"}),
            "files": files,
            "per_query": rules.per_query,
        },
        plugin=True,
    )
