"""How members are trained."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from langret.recipe.schema.base import Part


class Training(Part):
    """Contrastive training of a member: in-batch negatives, hard negatives, known positives masked by id."""

    epochs: Annotated[float, Field(gt=0)] = 1.0
    """Passes over the training queries."""
    batch_size: Annotated[int, Field(ge=1)] = 32
    """Queries a step."""
    negatives: Annotated[int, Field(ge=0)] = 1
    """Hard negatives of each query in a step, drawn anew each epoch from those chosen."""
    group: Annotated[int, Field(ge=1)] = 1
    """Related queries that a batch takes together: those that share a positive, or whose positive is another's hard negative. They are hard negatives for each other at no cost; 1 shuffles freely."""
    in_batch: bool = True
    """Whether the passages of other queries in the batch are negatives too."""
    query_tokens: Annotated[int, Field(ge=8)] = 32
    """Longest query in tokens, markers included."""
    passage_tokens: Annotated[int, Field(ge=16)] = 180
    """Longest passage in tokens, markers included."""
    lr: Annotated[float, Field(gt=0)] | None = None
    """Peak learning rate. Default: 5e-4 from scratch, 2e-5 from pretrained weights (3e-6 is JaColBERT's for ColBERT)."""
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    """Share of the steps over which the learning rate rises."""
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    """AdamW weight decay."""
    temperature: Annotated[float, Field(gt=0)] | None = None
    """Temperature of the softmax. Default: 0.05 for `dense` (cosine), 1.0 for `colbert` (a sum over query tokens), 0.25 for `colbert` from scratch."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """`auto` takes bf16 where the hardware computes in it."""
    evaluations: Annotated[int, Field(ge=0)] = 4
    """How often the held-out queries are scored during training."""
    checkpoints: Annotated[int, Field(ge=0)] = 10
    """How often the state is saved during training; a killed run goes on from the last one."""
    report_to: list[Literal["tensorboard", "wandb"]] = []
    """Trackers of the transformers trainer."""
