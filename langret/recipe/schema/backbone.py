"""The encoder under both heads, and the training stages that all members share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Part


class Scratch(Part):
    """A ModernBERT-shaped encoder with random weights. A ColBERT head over it starts as a word matcher: its token embeddings are tilted by how rare each token is in the training passages."""

    layers: Annotated[int, Field(ge=1)] = 2
    """Transformer layers."""
    hidden: Annotated[int, Field(ge=8)] = 256
    """Width of the hidden states."""
    heads: Annotated[int, Field(ge=1)] = 4
    """Attention heads; must divide `hidden`."""
    intermediate: Annotated[int, Field(ge=8)] = 1024
    """Width of the feed-forward layers."""
    max_tokens: Annotated[int, Field(ge=16)] = 512
    """Longest input in tokens."""
    vocabulary: Annotated[int, Field(ge=300)] = 16_000
    """Size of the WordPiece vocabulary trained on the passages and queries."""
    lowercase: bool = False
    """Whether the tokenizer lower-cases what it reads, so that `Candi` at the start of a sentence is `candi`. For scripts with capitals; Unicode's rules do not fit Turkish."""

    @model_validator(mode="after")
    def _heads_divide(self) -> Scratch:
        if self.hidden % self.heads:
            raise ValueError(f"heads ({self.heads}) must divide hidden ({self.hidden})")
        if self.hidden // self.heads % 2 or self.hidden // self.heads < 8:
            raise ValueError(
                f"hidden / heads ({self.hidden} / {self.heads}) must be even and at least 8: positions are rotations of pairs"
            )
        return self


class Backbone(Part):
    """The encoder under both heads. Exactly one of `scratch` and `pretrained` is given."""

    scratch: Scratch | None = None
    """Train tokenizer and encoder from nothing on the recipe's own text."""
    pretrained: str | None = None
    """Folder or hub name of a pretrained encoder."""
    tokenizer: Literal["own", "trimmed", "transplanted"] = "own"
    """Of a pretrained encoder: `own` keeps its tokenizer; `trimmed` keeps the pieces that the recipe's text uses at least twice, which makes a multilingual model small and changes nothing else; `transplanted` trains a new tokenizer on the text and mixes its embeddings from the old ones (FOCUS), for a model that hardly knows the language. A new vocabulary needs `mlm` or `weak_pairs` pretraining to settle."""
    vocabulary: Annotated[int, Field(ge=300)] | None = None
    """Size of a transplanted vocabulary (default 16,000), or the most pieces that a trimmed one keeps for their use (default: all)."""
    revision: str | None = None
    """Revision of a hub model; the lock file fills it in."""

    @model_validator(mode="after")
    def _one_origin(self) -> Backbone:
        if (self.scratch is None) == (self.pretrained is None):
            raise ValueError("give exactly one of scratch, pretrained")
        if self.scratch is not None and self.tokenizer != "own":
            raise ValueError(
                f"tokenizer: {self.tokenizer} belongs to a pretrained encoder; scratch trains its own"
            )
        if self.vocabulary is not None and self.tokenizer == "own":
            raise ValueError(
                "vocabulary goes with tokenizer: trimmed or transplanted (of scratch: scratch.vocabulary)"
            )
        return self


class MaskedLanguageModel(Part):
    """Masked-language-model training on the passages."""

    objective: Literal["mlm"]
    """`mlm`."""
    steps: Annotated[int, Field(ge=1)] = 1000
    """Optimiser steps."""
    batch_size: Annotated[int, Field(ge=1)] = 64
    """Text windows a step."""
    tokens: Annotated[int, Field(ge=16)] = 128
    """Tokens of a window."""
    lr: Annotated[float, Field(gt=0)] = 1e-3
    """Peak learning rate."""
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.05
    """Share of the steps over which the learning rate rises."""
    mask: Annotated[float, Field(gt=0, lt=1)] = 0.3
    """Share of tokens masked."""


class WeakPairs(Part):
    """Contrastive training on pairs made from the passages alone, with a dense head that is thrown away.

    The query is a span of the passage (inverse cloze task) or its title. E5 calls this stage weakly supervised
    (METHODS.md 7); here the pairs need no labels at all.
    """

    objective: Literal["weak_pairs"]
    """`weak_pairs`."""
    steps: Annotated[int, Field(ge=1)] = 1000
    """Optimiser steps."""
    batch_size: Annotated[int, Field(ge=2)] = 128
    """Pairs a step; the other pairs of the batch are the negatives."""
    query_tokens: Annotated[int, Field(ge=8)] = 32
    """Longest query in tokens."""
    passage_tokens: Annotated[int, Field(ge=16)] = 128
    """Longest passage in tokens."""
    keep_span: Annotated[float, Field(ge=0, le=1)] = 0.5
    """How often the span stays in the passage; what is left in teaches exact matching."""
    lr: Annotated[float, Field(gt=0)] = 1e-3
    """Peak learning rate."""
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.05
    """Share of the steps over which the learning rate rises."""
    temperature: Annotated[float, Field(gt=0)] = 0.05
    """Temperature of the softmax over cosine similarities."""


Pretraining = Annotated[MaskedLanguageModel | WeakPairs, Field(discriminator="objective")]
