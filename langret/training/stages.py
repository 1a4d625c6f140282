"""The contrastive training stages: weak pairs for a backbone, fine-tuning for a member."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sentence_transformers import SentenceTransformer

from langret.data.records import Collection
from langret.language import Language
from langret.modeling.backbone import Backbone, open_backbone, save_backbone
from langret.modeling.heads import build_member, shared_head
from langret.recipe.schema import Member, Training, WeakPairs
from langret.tokenizer import TokenStore
from langret.training.objectives import Contrastive, temperature_of
from langret.training.sets import TrainingSet, WeakPairSet
from langret.training.shapes import shapes_of
from langret.training.trainer import Report, Schedule, StepLoader, fit
from langret.training.watch import HeldOut

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
    loss = Contrastive(model, settings.temperature)
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
    held_out: Collection | None = None,
    seed: int,
    report: Report | None = None,
) -> tuple[SentenceTransformer, list[dict[str, Any]]]:
    """Train one member of the family.

    Args:
        backbone: The encoder that members share.
        member: The head and its options.
        language: The recipe's language.
        training: Settings of the stage.
        collection: Training passages, queries and judgements; row i is text i of the token stores.
        negatives: Mined candidates; rows with ``kept`` are trained on.
        query_ids: Token ids of the queries.
        passage_ids: Token ids of the passages.
        scratch: Where checkpoints live until the stage has finished.
        from_scratch: Whether the backbone was made here; decides the default learning rate, and whether heads start as
            word matchers.
        held_out: Queries for early sight of quality; they stand in ``collection`` too, set aside.
        seed: Seed of order, draws and new weights.
        report: Called with step, steps and figures.

    Returns:
        The trained model and the training log.

    Raises:
        StageError: The loss is not finite, or the device is out of memory.
    """
    lengths = {"query_tokens": training.query_tokens, "passage_tokens": training.passage_tokens}
    model = build_member(
        backbone, member, language, **lengths, seed=seed, from_scratch=from_scratch, passages=passage_ids
    )
    examples = TrainingSet.build(
        collection,
        negatives,
        query_ids,
        passage_ids,
        batch_size=training.batch_size,
        hard=training.negatives,
        in_batch=training.in_batch,
        group=training.group,
        seed=seed,
    )
    shapes = shapes_of(model, backbone, **lengths)
    loss = Contrastive(model, temperature_of(training, member.head, from_scratch=from_scratch)).to(
        model.device
    )
    watch = None
    if held_out is not None and held_out.positives():
        watch = HeldOut(held_out, collection, query_ids, passage_ids, *shapes, loss, seed)
    steps = max(1, math.ceil(examples.steps_per_epoch * training.epochs))
    schedule = Schedule(
        steps,
        training.lr or (SCRATCH_LR if from_scratch else PRETRAINED_LR),
        training.warmup,
        training.weight_decay,
        training.precision,
        training.checkpoints,
        training.evaluations if watch else 0,
        seed,
        tuple(training.report_to),
    )
    log = fit(
        model, loss, StepLoader(examples, *shapes, steps), schedule, scratch, evaluator=watch, report=report
    )
    return model, log
