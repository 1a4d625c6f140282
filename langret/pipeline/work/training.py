"""Stages that train: the shared backbone, and the members of the family."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from langret.pipeline.stage import Context
from langret.pipeline.work.examples import load_examples
from langret.pipeline.work.shared import Summary, backbone_folder, logged, quiet, reporter
from langret.recipe.schema import MaskedLanguageModel, Member, Recipe, WeakPairs

if TYPE_CHECKING:
    from langret.language import Language
    from langret.modeling import Backbone
    from langret.training.watch import Watched


def pretrain(
    ctx: Context,
    settings: MaskedLanguageModel | WeakPairs,
    ids: str,
    backbone: str,
    revision: str | None,
    from_scratch: bool,
    language: Language,
    seed: int,
) -> Summary:
    """One shared training stage of the backbone."""
    import numpy as np

    from langret.data.records import Collection
    from langret.modeling import open_backbone
    from langret.tokenizer import TokenStore
    from langret.training import pretrain_mlm, pretrain_weak_pairs

    quiet()
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    passages = TokenStore.open(ctx.inputs[ids] / "passages")
    data = Collection.load(ctx.inputs["data"] / "train")
    kept = np.asarray(data.passages.column("kept").to_pylist())
    rows = np.flatnonzero(kept & (np.diff(passages.offsets) >= 8))
    target = ctx.folder / "backbone"
    common: dict[str, Any] = {"rows": rows, "seed": seed, "report": reporter(ctx)}
    if isinstance(settings, MaskedLanguageModel):
        _, log = pretrain_mlm(start, passages, settings, target, ctx.scratch, **common)
    else:
        common |= {"from_scratch": from_scratch}
        _, log = pretrain_weak_pairs(start, passages, language, settings, target, ctx.scratch, **common)
    return logged(ctx, log)


def train(
    ctx: Context,
    recipe: Recipe,
    member: Member,
    number: int,
    before: str | None,
    ids: str,
    backbone: str,
    revision: str | None,
    language: Language,
    wanted: Sequence[int] | None,
    teacher: str | None,
    watch: str | None = None,
) -> Summary:
    """One phase of training a member, counted from 0, from the result of the phase ``before``.

    It trains on the queries of the wanted sources (None for all), and perhaps from a teacher. ``watch`` is the stage of
    the benchmark that it looks at on the way.
    """
    from langret.data.records import Collection
    from langret.modeling import open_backbone, save_member
    from langret.tokenizer import TokenStore
    from langret.training import train_member
    from langret.training.teacher import open_teacher

    quiet()
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    training = recipe.training_of(member).phase(number)
    examples = load_examples(ctx, wanted, recipe.negatives.scorer is not None)
    facts: dict[str, Any] = {}
    with _tensorboard(ctx, f"{member.id}-{number + 1}" if number else member.id):
        model, log = train_member(
            start,
            member,
            language,
            training,
            examples.data,
            examples.negatives,
            TokenStore.open(ctx.inputs[ids] / "queries"),
            TokenStore.open(ctx.inputs[ids] / "passages"),
            ctx.scratch,
            from_scratch=recipe.backbone.scratch is not None,
            trained=ctx.inputs[before] / "model" if before else None,
            held_out=Collection.load(ctx.inputs["data"] / "held-out"),
            watched=_watched(ctx, watch, start) if watch else None,
            seed=recipe.seed + number,  # a phase with the same data meets it in another order
            report=reporter(ctx),
            sources=examples.sources if training.one_source else None,
            teacher=open_teacher(ctx.inputs[teacher], examples.data) if teacher else None,
            tell=lambda examples: facts.update(examples.facts(recipe.source_names)),
        )
    identity = {
        "language": language.code,
        "version": language.version,
        "segmented": start.language is not None,
        "head": member.head,
        "member": member.id,
        "recipe": recipe.name,
        **({"matryoshka": sorted(training.matryoshka)} if training.matryoshka else {}),
    }
    save_member(model, ctx.folder / "model", identity)
    if short := facts.get("short_of_negatives"):
        ctx.log(
            f"Of {facts['queries']:,} queries {short:,} have fewer hard negatives than a step takes "
            f"({training.step_passages - 1}), {facts.get('without_negatives', 0):,} of them none."
        )
    if by_source := facts.get("steps_by_source"):
        ctx.log(f"Steps: {', '.join(f'{name} {steps:,}' for name, steps in by_source.items())}.")
    return {**facts, **logged(ctx, log)}


def _watched(ctx: Context, stage: str, start: Backbone) -> Watched:
    """The benchmark to look at, in the token ids of the member; it is small, so that they are computed here."""
    from langret.data.records import Collection
    from langret.pipeline.work.ids import encode_collection
    from langret.training.watch import Watched

    data = Collection.load(ctx.inputs[stage])
    # beside the checkpoints; every process of a training on several devices has its own
    place = ctx.scratch / f"watched-{os.getpid()}"
    passages, queries = encode_collection(data, start, place / "tokenizer", place)
    return Watched(data, queries, passages)


def merge(ctx: Context, member: Member, models: Sequence[str]) -> Summary:
    """Make a member of the weights of others, which the stages ``models`` made."""
    from langret.modeling.identity import read_identity, write_identity
    from langret.modeling.merging import merge_folders

    assert member.merge is not None
    target = ctx.folder / "model"
    folders = [ctx.inputs[name] / "model" for name in models]
    merge_folders(folders, target, how=member.merge.how, shares=member.merge.shares)
    write_identity(target, {**(read_identity(target) or {}), "member": member.id})
    return {"merged": f"{member.merge.how} of {', '.join(member.merge.members)}"}


@contextmanager
def _tensorboard(ctx: Context, name: str) -> Iterator[None]:
    """A folder of its own for each training, beside the results: scratch goes when the stage has finished."""
    key = "TENSORBOARD_LOGGING_DIR"
    given = os.environ.get(key)
    os.environ[key] = given or str(ctx.scratch.parent.parent / "logs" / name)
    try:
        yield
    finally:
        if given is None:
            del os.environ[key]
