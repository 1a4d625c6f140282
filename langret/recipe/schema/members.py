"""The family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.errors import nearest
from langret.recipe.schema.backbone import Backbone
from langret.recipe.schema.base import Name, Part

COLBERT_DIMENSION = 128
"""Size of a ColBERT vector where the recipe gives none."""
DENSE_ONLY = ("pooling", "query_prefix", "passage_prefix")
COLBERT_ONLY = ("expansion", "attend_masks", "projection", "pool_tokens")


class Merge(Part):
    """Weights of other members, merged."""

    members: Annotated[list[Name], Field(min_length=2)]
    """Names of members with the same head and backbone."""
    how: Literal["mean", "slerp"] = "mean"
    """`mean`; `slerp`, spherical interpolation of two, which keeps the length of the weights."""
    weights: list[Annotated[float, Field(gt=0)]] | None = None
    """Share of each member; they count in proportion. Default: equal shares."""

    @model_validator(mode="after")
    def _consistent(self) -> Merge:
        if len(set(self.members)) != len(self.members):
            raise ValueError(f"each member can be merged once (found: {', '.join(self.members)})")
        if self.how == "slerp" and len(self.members) != 2:
            raise ValueError(f"slerp merges two members (found: {len(self.members)}); mean takes more")
        if self.weights is not None and len(self.weights) != len(self.members):
            raise ValueError(f"{len(self.members)} members need as many weights (found: {len(self.weights)})")
        return self

    @property
    def shares(self) -> list[float]:
        """Share of each member, together 1."""
        weights = self.weights or [1.0] * len(self.members)
        return [weight / sum(weights) for weight in weights]


class Member(Part):
    """One retriever of the family."""

    head: Literal["dense", "colbert"]
    """`dense`: one vector a text, cosine; `colbert`: one vector a token, MaxSim."""
    name: Name | None = None
    """Name of the member and its folder. Default: the head."""
    backbone: Backbone | None = None
    """Another encoder for this member than the recipe's. It is pretrained like the recipe's; negatives are mined with the recipe's."""
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
    """Merge other members instead of training. All but the `name` is theirs: the head has to be the same, and `training` does not apply."""
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

    @model_validator(mode="after")
    def _merges_or_trains(self) -> Member:
        if self.merge is not None:
            if self.training:
                raise ValueError("a member that merges others is not trained; leave training out")
            plain = Member(head=self.head)
            own = [key for key in _SHAPE if getattr(self, key) != getattr(plain, key)]
            if own:
                raise ValueError(
                    f"a member that merges others takes {', '.join(own)} from them; leave it out"
                )
        return self


# What members have to share to be merged.
_SHAPE = (
    "backbone",
    "dimension",
    "pooling",
    "query_prefix",
    "passage_prefix",
    "expansion",
    "attend_masks",
    "projection",
    "pool_tokens",
)


def trained_members(member: Member, members: Sequence[Member], above: tuple[str, ...] = ()) -> list[Member]:
    """The members whose training a member rests on: itself, or those that it merges, through merges of merges.

    Args:
        member: The member.
        members: All of the family.
        above: Names of merges that led here.

    Raises:
        ValueError: A merge names no member of the family, itself, or members that do not fit together.
    """
    if member.merge is None:
        return [member]
    by_name = {m.id: m for m in members}
    chain = (*above, member.id)
    found: dict[str, Member] = {}
    for name in member.merge.members:
        if name in chain:
            raise ValueError(f"members merge each other in a circle ({' -> '.join((*chain, name))})")
        if name not in by_name:
            others = [other for other in by_name if other != member.id]
            raise ValueError(
                f'member {member.id} merges "{name}", which is no member. {nearest(name, others)}'
            )
        found |= {m.id: m for m in trained_members(by_name[name], members, chain)}
    for other in found.values():
        _must_fit(member, next(iter(found.values())), other)
    return list(found.values())


def _must_fit(merged: Member, one: Member, other: Member) -> None:
    if other.head != merged.head:
        raise ValueError(
            f"member {merged.id} has head {merged.head} and merges {other.id}, whose head is {other.head}"
        )
    for key in _SHAPE:
        if getattr(one, key) != getattr(other, key):
            raise ValueError(
                f"member {merged.id} merges {one.id} and {other.id}, whose {key} differ "
                f"({getattr(one, key)} and {getattr(other, key)})"
            )
