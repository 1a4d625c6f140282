"""The family."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Name, Part

DENSE_ONLY = ("pooling", "query_prefix", "passage_prefix")
COLBERT_ONLY = ("expansion", "attend_masks", "projection", "pool_tokens")


class Merge(Part):
    """Weights of other members, merged."""

    members: Annotated[list[Name], Field(min_length=2)]
    """Names of members with the same head and backbone."""
    how: Literal["mean", "slerp"] = "mean"
    """`mean`; `slerp`, spherical interpolation of two, which keeps the length of the weights."""
    weights: list[Annotated[float, Field(gt=0)]] | None = None
    """Share of each member. Default: equal shares."""


class Member(Part):
    """One retriever of the family."""

    head: Literal["dense", "colbert"]
    """`dense`: one vector a text, cosine; `colbert`: one vector a token, MaxSim."""
    name: Name | None = None
    """Name of the member and its folder. Default: the head."""
    dimension: Annotated[int, Field(ge=8)] | None = None
    """Size of the vectors. Default: the backbone's for `dense`, 128 for `colbert`."""
    pooling: Literal["mean", "idf", "bm25", "cls", "last"] | None = None
    """How a dense head pools token states: `mean`; `idf`, the mean weighted by the root of each token's inverse document frequency in the training passages; `bm25`, the same over an encoder from scratch whose first layer begins by counting a token's repetitions less and less; `cls`, the first token; `last`, the last one, for decoders. Default: `bm25` for an encoder from scratch, `last` for a decoder, `mean` for any other pretrained one."""
    query_prefix: str = ""
    """Text before every query of a dense head, such as E5's `query: `."""
    passage_prefix: str = ""
    """Text before every passage of a dense head."""
    expansion: Literal["fixed", "dynamic", "none"] = "fixed"
    """How a ColBERT query is filled up with mask tokens: `fixed`, to `query_tokens`; `dynamic`, in training the longest query of a batch decides and in search each query for itself: to the next multiple of 32, and 8 more where fewer than 8 masks would fit (JaColBERTv2.5, METHODS.md 4.3), while `query_tokens` is where a query is cut; `none`."""
    attend_masks: bool = False
    """Whether the tokens of a ColBERT query see the masks that fill it up."""
    projection: Literal["linear", "two_layers"] = "linear"
    """What a ColBERT head puts token states through: one linear layer, or two with a GELU between, the first to twice the encoder's width."""
    pool_tokens: Annotated[int, Field(ge=1)] = 1
    """Of a ColBERT passage only one in so many token vectors is kept, each the mean of a cluster (hierarchical pooling, arXiv 2409.14683). Training is the same."""
    merge: Merge | None = None
    """Merge other members instead of training; `training` does not apply."""
    training: dict[str, object] = {}
    """Keys of `training` that differ for this member."""

    @model_validator(mode="after")
    def _fits_its_head(self) -> Member:
        other = DENSE_ONLY if self.head == "colbert" else COLBERT_ONLY
        for key in other:
            if getattr(self, key) != Member.model_fields[key].default:
                raise ValueError(f"{key} is an option of the other head, and this one is {self.head}")
        if self.attend_masks and self.expansion == "none":
            raise ValueError("attend_masks needs masks: expansion: fixed or dynamic")
        return self

    @property
    def id(self) -> str:
        """The member's name, or its head."""
        return self.name or self.head
