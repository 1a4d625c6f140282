"""The contrastive training stages: weak pairs for a backbone, fine-tuning for a member."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sentence_transformers import SentenceTransformer
from transformers import set_seed

from langret.data.records import Collection
from langret.errors import StageError
from langret.language import Language
from langret.modeling.adapters import add_adapters, merge_adapters
from langret.modeling.backbone import Backbone, open_backbone, save_backbone
from langret.modeling.heads import build_member, shared_head
from langret.modeling.trained import open_member
from langret.recipe.schema import Member, Training, WeakPairs
from langret.tokenizer import TokenStore
from langret.training.encoder import Encoder
from langret.training.extras import must_have_extras
from langret.training.layers import freeze_lowest
from langret.training.objectives import Contrastive, Objective, objective_of
from langret.training.sets import TrainingSet, WeakPairSet
from langret.training.shapes import shapes_of
from langret.training.teacher import Teacher
from langret.training.together import size
from langret.training.trainer import Report, Schedule, StepLoader, fit
from langret.training.watch import HeldOut, Watched

SCRATCH_LR = 5e-4
PRETRAINED_LR = 2e-5


def pretrain_weak_pairs(
    backbone: Backbone,
    passages: TokenStore,
    language: Language,
    settings: WeakPairs,
    folder: Path,
    scratch: Path,
    *,
    from_scratch: bool,
    rows: np.ndarray | None = None,
    seed: int,
    report: Report | None = None,
) -> tuple[Backbone, list[dict[str, Any]]]:
    """Train a backbone on spans of passages and their passages (inverse cloze), under a dense head.

    Args:
        backbone: Where to start.
        passages: Token ids of the passages.
        language: The recipe's language.
        settings: Steps, batch size, learning rate and lengths.
        folder: Where the result is saved.
        scratch: Where checkpoints live until the stage has finished.
        from_scratch: Whether the backbone was made here; decides how the dense head pools.
        rows: Rows of ``passages`` to use; default: all with at least 8 tokens.
        seed: Seed of spans and order.
        report: Called with step, steps and figures.

    Returns:
        The new backbone and the training log.

    Raises:
        StageError: There are fewer than two passages to make pairs of.
    """
    lengths: dict[str, Any] = {
        "query_tokens": settings.query_tokens,
        "passage_tokens": settings.passage_tokens,
    }
    model = build_member(
        backbone, shared_head(from_scratch=from_scratch), language, **lengths, seed=seed, passages=passages
    )
    if rows is None:
        rows = np.flatnonzero(np.diff(passages.offsets) >= 8)
    if len(rows) < 2:
        raise StageError(
            f"weak_pairs needs at least two passages of 8 tokens: one is the other's negative (found: {len(rows)}).",
            hint="Leave the weak_pairs stage out, or give more passages.",
        )
    pairs = WeakPairSet(
        passages,
        rows,
        settings.batch_size,
        settings.query_tokens,
        settings.passage_tokens,
        settings.keep_span,
        seed,
    )
    shapes = shapes_of(model, backbone, **lengths)
    schedule = Schedule(settings.steps, settings.lr, settings.warmup, checkpoints=4, seed=seed)
    loss = Objective(Encoder(model), [(1.0, Contrastive(settings.temperature))])
    log = fit(model, loss, StepLoader(pairs, *shapes, settings.steps), schedule, scratch, report=report)
    save_backbone(model[0].auto_model, backbone.tokenizer, backbone.language, folder)
    return open_backbone(folder), log


def train_member(
    backbone: Backbone,
    member: Member,
    language: Language,
    training: Training,
    collection: Collection,
    negatives: pa.Table | None,
    query_ids: TokenStore,
    passage_ids: TokenStore,
    scratch: Path,
    *,
    from_scratch: bool,
    trained: Path | None = None,
    held_out: Collection | None = None,
    watched: Watched | None = None,
    seed: int,
    report: Report | None = None,
    sources: np.ndarray | None = None,
    teacher: Teacher | None = None,
    tell: Callable[[TrainingSet], None] | None = None,
) -> tuple[SentenceTransformer, list[dict[str, Any]]]:
    """Train one member of the family, or train it further.

    Args:
        backbone: The encoder that members share.
        member: The head and its options.
        language: The recipe's language.
        training: Settings of the stage.
        collection: Training passages, queries and judgements; row i is text i of the token stores.
        negatives: Mined candidates; rows with ``kept`` are trained on, the hardest of a query first.
        query_ids: Token ids of the queries.
        passage_ids: Token ids of the passages.
        scratch: Where checkpoints live until the stage has finished.
        from_scratch: Whether the backbone was made here; decides the default learning rate, and whether heads start as
            word matchers.
        trained: Folder of the member as an earlier phase left it, head included. Default: a new head on the backbone.
        held_out: Queries for early sight of quality; they stand in ``collection`` too, set aside.
        watched: A benchmark to look at in their place.
        seed: Seed of order, draws and new weights.
        report: Called with step, steps and figures.
        sources: Number of each query's source; every batch is then of one source.
        teacher: What the member learns from.
        tell: Called with the training set before the first step.

    Returns:
        The trained model and the training log.

    Raises:
        MissingDependencyError: The optimiser or the adapters are in a package that is not installed.
        StageError: The loss is not finite, the device is out of memory, ``scratch`` holds checkpoints of another
            training, or there are no held-out queries to find the best checkpoints by.
    """
    must_have_extras(training)
    lengths = {"query_tokens": training.query_tokens, "passage_tokens": training.passage_tokens}
    if trained is not None:
        model = open_member(trained, member.head, **lengths)
    else:
        model = build_member(
            backbone, member, language, **lengths, seed=seed, from_scratch=from_scratch, passages=passage_ids
        )
    freeze_lowest(model, training.freeze)
    shapes = shapes_of(model, backbone, **lengths)
    examples = TrainingSet.build(
        collection,
        negatives,
        query_ids,
        passage_ids,
        batch_size=training.batch_size,
        hard=training.step_passages - 1,
        in_batch=training.in_batch,
        seed=seed,
        epochs=training.epochs,
        group=training.group,
        sources=sources,
        source_power=training.source_power,
        batch_tokens=training.batch_tokens,
        by_length=training.by_length,
        passage_length=shapes[1].lengths,
        hardness=training.hardness,
        teacher=teacher,
    )
    if tell is not None:
        tell(examples)
    if training.lora is not None:
        set_seed(seed)  # of adapters; a member that was opened again has drawn nothing yet
        add_adapters(model, training.lora, backbone)
    given = examples.batch(0).teacher_vectors
    loss = objective_of(
        model,
        training,
        member.head,
        from_scratch=from_scratch,
        teacher_size=None if given is None else given[0].shape[1],
        seed=seed,
    )
    watch = None
    if watched is not None:
        theirs = (watched.collection, watched.queries, watched.passages)
        watch = HeldOut(watched.collection, *theirs, *shapes, loss.encoder, seed, others=None)
    elif held_out is not None and held_out.positives():
        watch = HeldOut(held_out, collection, query_ids, passage_ids, *shapes, loss.encoder, seed)
    elif training.average_by == "best":
        raise StageError(
            "average_by: best compares held-out queries, and there are none.", hint="Raise data.holdout."
        )
    schedule = Schedule(
        examples.steps,
        training.lr or (SCRATCH_LR if from_scratch else PRETRAINED_LR),
        training.warmup,
        training.weight_decay,
        training.precision,
        training.checkpoints,
        training.evaluations if watch else 0,
        seed,
        tuple(training.report_to),
        schedule=training.schedule,
        optimizer=training.optimizer,
        clip=training.clip,
        layer_decay=training.layer_decay,
        average=training.average,
        average_by=training.average_by,
        gradient_checkpointing=training.gradient_checkpointing,
        shard=training.shard and size() > 1,
    )
    loader = StepLoader(examples, *shapes, examples.steps, training.micro_batch)
    log = fit(model, loss, loader, schedule, scratch, evaluator=watch, report=report)
    if training.lora is not None:
        merge_adapters(model)
    return model, log
