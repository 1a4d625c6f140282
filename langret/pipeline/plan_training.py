"""What the training of members stands on besides data: sources by name, teachers, and the order of members."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import RecipeError, nearest
from langret.pipeline.rooms import MERGING, TEACHING, WATCHED, WEIGHTS, rows_of
from langret.pipeline.stage import Stage
from langret.pipeline.work import teaching, training
from langret.recipe.schema import Member, Recipe, Training
from langret.training.extras import must_have_extras

if TYPE_CHECKING:
    from langret.pipeline.plan import Planner


def taught_last(recipe: Recipe) -> list[Member]:
    """The members in an order in which each stands behind those that it learns from, or is merged from.

    Raises:
        RecipeError: Members need each other in a circle.
    """
    members = {member.id: member for member in recipe.members}
    ordered: dict[str, Member] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            raise RecipeError(
                f"Members learn from each other in a circle: {circle}.",
                where=f"{recipe.name}: members",
                hint="A teacher has to be trained first. Phases of one member go on from its own weights.",
            )
        if name in ordered:
            return
        for needed in needs(recipe, members[name]):
            if needed in members:
                visit(needed, (*path, name))
        ordered[name] = members[name]

    for name in members:
        visit(name, ())
    return list(ordered.values())


def needs(recipe: Recipe, member: Member) -> list[str]:
    """Names of what a member is merged from, or of its teachers."""
    if member.merge is not None:
        return list(member.merge.members)
    return [phase.distill.teacher for phase in recipe.training_of(member).phases if phase.distill]


def plan_members(
    planner: Planner,
    data: Stage,
    ids: Stage,
    negatives: Stage | None,
    backbone: Stage | None,
    counts: dict[str, Any],
) -> dict[str, Stage]:
    """The last stage of every member, in the order of the recipe.

    Each phase of a training is a stage that starts from the one before, so that changing the last one repeats it alone.

    Raises:
        RecipeError: A teacher is unknown, two stages would have one name, or members need each other in a circle.
        MissingDependencyError: A package that the training wants is not installed.
    """
    recipe = planner.recipe
    made: dict[str, Stage] = {}
    taken: dict[str, str] = {}
    encoders = {recipe.backbone.model_dump_json(): (ids, backbone)}
    for member in taught_last(recipe):
        if member.merge is not None:
            made[member.id] = _merged(planner, member, [made[name] for name in member.merge.members])
            continue
        its, mine = planner, (ids, backbone)
        if member.backbone is not None:
            key = member.backbone.model_dump_json()
            its = planner.with_encoder(member.backbone, member.id)
            if key not in encoders:
                encoders[key] = its.encoder(data, counts)
            mine = encoders[key]
        stage = None
        for number in range(len(recipe.training_of(member).phases)):
            teacher = teacher_stage(
                planner,
                member,
                recipe.training_of(member).phase(number),
                number,
                data,
                negatives,
                made,
                counts,
            )
            stage = _phase(its, member, number, stage, data, mine, negatives, teacher, counts)
            if taken.setdefault(stage.name, member.id) != member.id:
                raise RecipeError(
                    f"A phase of one of the members {taken[stage.name]} and {member.id} is named as the other.",
                    where=f"{recipe.name}: members",
                    hint="Give one of them another name.",
                )
        assert stage is not None
        made[member.id] = stage
    return {member.id: made[member.id] for member in recipe.members}


def _phase(
    planner: Planner,
    member: Member,
    number: int,
    before: Stage | None,
    data: Stage,
    encoder: tuple[Stage, Stage | None],
    negatives: Stage | None,
    teacher: Stage | None,
    counts: dict[str, Any],
) -> Stage:
    """One phase of training a member, counted from 0."""
    recipe = planner.recipe
    phases = recipe.training_of(member).phases
    settings = phases[number]
    must_have_extras(settings)
    ids, backbone = encoder
    run = partial(
        training.train,
        recipe=recipe,
        member=member,
        number=number,
        before=before.name if before else None,
        ids=ids.name,
        backbone=planner.place(backbone),
        revision=recipe.backbone.revision,
        language=planner.language,
        wanted=chosen_sources(recipe, settings),
        teacher=teacher.name if teacher else None,
        watch=planner.watch.name if planner.watch else None,
    )
    used = negatives if _uses_negatives(settings) else None
    params = {
        "training": settings.model_dump(exclude={"report_to", "then", "sources", "shard"}),
        "member": member.model_dump(exclude={"training", "backbone"}),
        "from_scratch": recipe.backbone.scratch is not None,
        **source_params(recipe, settings),
        **planner.origin(backbone),
    }
    title = f"Training {member.id} ({member.head})"
    if len(phases) > 1:
        title += f", phase {number + 1} of {len(phases)}"
    return planner.stage(
        f"train-{member.id}-{number + 1}" if number else f"train-{member.id}",
        title,
        run,
        *WEIGHTS,
        *(WATCHED if settings.average_by == "best" else ()),
        inputs=tuple(s for s in (data, ids, used, teacher, backbone, before, planner.watch) if s is not None),
        params=params,
        cost=step_cost(settings, rows_of(counts).get("queries", 0)),
        together=True,
    )


def _merged(planner: Planner, member: Member, merged: Sequence[Stage]) -> Stage:
    """A member made of the weights of others."""
    assert member.merge is not None
    return planner.stage(
        f"merge-{member.id}",
        f"Merging {' and '.join(member.merge.members)} into {member.id}",
        partial(training.merge, member=member, models=[stage.name for stage in merged]),
        *MERGING,
        inputs=tuple(merged),
        params={"how": member.merge.how, "shares": member.merge.shares, "of": [s.name for s in merged]},
    )


def _uses_negatives(settings: Training) -> bool:
    """Hard negatives are trained on as they are, or decide which queries share a batch."""
    return settings.step_passages > 1 or settings.group > 1


def check_sources(recipe: Recipe) -> None:
    """Refuse a member that wants a source that is not there, before anything runs.

    Raises:
        RecipeError: There is no such source.
    """
    for member in recipe.members:
        for phase in recipe.training_of(member).phases:
            for name in map(str, phase.sources or []):
                if name not in recipe.source_names:
                    raise RecipeError(
                        f'There is no source "{name}".',
                        where=f"{recipe.name}: training.sources of member {member.id}",
                        hint=nearest(name, recipe.source_names),
                    )


def chosen_sources(recipe: Recipe, settings: Training) -> list[int] | None:
    """Numbers of the sources that are trained on; None for all."""
    names = recipe.source_names
    if settings.sources is None:
        return None
    return sorted({names.index(str(name)) for name in settings.sources})


def source_params(recipe: Recipe, settings: Training) -> dict[str, Any]:
    """What a training stage's fingerprint says of sources: numbers, because a name may move to another source."""
    chosen = chosen_sources(recipe, settings)
    return {} if chosen is None else {"sources": chosen}


def teacher_stage(
    planner: Planner,
    member: Member,
    settings: Training,
    number: int,
    data: Stage,
    negatives: Stage | None,
    models: Mapping[str, Stage],
    counts: dict[str, Any],
) -> Stage | None:
    """The stage of the teacher of one phase, or None where the phase has none.

    Members and phases that want the same of the same teacher share the stage, so that nothing is scored twice.

    Args:
        planner: Of the recipe.
        member: Who learns.
        settings: Settings of the phase.
        number: Number of the phase, from 0.
        data: The stage of the training data.
        negatives: The stage of hard negatives.
        models: Finished plans of the members before.
        counts: Summary of ``data``, as far as it is known.

    Raises:
        RecipeError: The teacher is no member, folder or hub name, or cannot teach this member.
    """
    distill = settings.distill
    if distill is None:
        return None
    where = f"{planner.recipe.name}: training.distill of member {member.id}"
    vectors = distill.loss == "vectors"
    heads = {m.id: m.head for m in planner.recipe.members}
    if not vectors and negatives is None:
        raise RecipeError(
            f"distill.loss: {distill.loss} compares a query's positive with its hard negatives; there are none.",
            where=where,
            hint="Give negatives.miners and negatives.per_query, or negatives.set.",
        )
    trained = distill.teacher in heads
    if trained and vectors and heads[distill.teacher] != "dense":
        raise RecipeError(
            f"distill.loss: vectors needs a dense teacher; member {distill.teacher} is {heads[distill.teacher]}.",
            where=where,
            hint="Take kl.",
        )
    lengths = (settings.query_tokens, settings.passage_tokens)
    sources = chosen_sources(planner.recipe, settings)
    by_score = planner.recipe.negatives.scorer is not None
    params: dict[str, Any] = {"vectors": vectors, "sources": sources, "by_score": by_score}
    inputs = [stage for stage in (data, negatives) if stage is not None]
    if trained:
        inputs.append(models[distill.teacher])
        teacher = models[distill.teacher].name
    else:
        teacher = _outside(planner, distill.teacher, heads, where)
        params |= {"model": planner.stamp(distill.teacher), "lengths": lengths}
    safe = "".join(c if c.isalnum() or c in "._-" else "-" for c in Path(distill.teacher.split("@")[0]).name)
    names = [f"teacher-{safe}", f"teacher-{safe}-for-{member.id}", f"teacher-{safe}-for-{member.id}-{number}"]
    for name in names:
        stage = planner.stage(
            name,
            f"{'Vectors' if vectors else 'Scores'} of the teacher {safe}",
            partial(
                teaching.teach,
                teacher=teacher,
                trained=trained,
                lengths=lengths,
                vectors=vectors,
                wanted=sources,
                by_score=by_score,
            ),
            *TEACHING,
            inputs=tuple(inputs),
            params=params,
            cost=_cost(planner, vectors, negatives, counts),
        )
        known = planner.teachers.setdefault(name, stage)
        if known.fingerprint == stage.fingerprint:
            return known
    raise AssertionError(f"more than one teacher stage of phase {number} of {member.id}")


def _outside(planner: Planner, name: str, members: Sequence[str] | Mapping[str, str], where: str) -> str:
    """A folder or a hub name. A bare word is a member that is not there: retrievers on the hub have an owner."""
    if "/" not in name and not (planner.base / name).is_dir() and not Path(name).is_dir():
        raise RecipeError(
            f'There is no member and no folder "{name}".',
            where=where,
            hint=f"{nearest(name, members)} A model on the hub has an owner: owner/name.",
        )
    return planner.model(name)


def _cost(planner: Planner, vectors: bool, negatives: Stage | None, counts: dict[str, Any]) -> dict[str, Any]:
    """What there is to score, at most."""
    rows = rows_of(counts)
    if not rows:
        return {}
    if vectors:
        return {f"{name} at most": count for name, count in rows.items()}
    mined = planner.summary(negatives) if negatives else {}
    kept = mined.get("kept", rows["queries"] * planner.recipe.negatives.per_query)
    positives = max(rows["queries"], counts["funnel"].get("judgements", {}).get("kept", 0))
    return {"pairs at most": int(kept) + positives + int(mined.get("relabelled", 0))}


def step_cost(settings: Training, queries: int) -> dict[str, Any]:
    """Steps and tokens of training on so many queries."""
    if not queries:
        return {"epochs": settings.epochs}
    steps = math.ceil(math.ceil(queries / settings.batch_size) * settings.epochs - 1e-9)
    tokens = settings.query_tokens + settings.passage_tokens * settings.step_passages
    # what fits into a batch, and how many queries a source has, is known when training begins
    more, fewer = settings.batch_tokens or settings.one_source, settings.sources is not None
    name = (
        "steps, roughly"
        if more and fewer
        else "steps at least"
        if more
        else "steps at most"
        if fewer
        else "steps"
    )
    return {name: steps, "M tokens at most": f"{queries * settings.epochs * tokens / 1e6:.1f}"}
