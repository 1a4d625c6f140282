"""The family."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from langret.recipe.schema.base import Name, Part


class Member(Part):
    """One retriever of the family."""

    head: Literal["dense", "colbert"]
    """`dense`: one vector a text, cosine; `colbert`: one vector a token, MaxSim."""
    name: Name | None = None
    """Name of the member and its folder. Default: the head."""
    dimension: Annotated[int, Field(ge=8)] | None = None
    """Size of the vectors. Default: the backbone's for `dense`, 128 for `colbert`."""
    pooling: Literal["mean", "idf", "bm25", "cls"] | None = None
    """How a dense head pools token states: `mean`; `idf`, the mean weighted by the root of each token's inverse document frequency in the training passages; `bm25`, the same over an encoder from scratch whose first layer begins by counting a token's repetitions less and less; `cls`, the first token. Default: `bm25` for an encoder from scratch, `mean` for a pretrained one."""
    query_prefix: str = ""
    """Text before every query of a dense head, such as E5's `query: `."""
    passage_prefix: str = ""
    """Text before every passage of a dense head."""
    training: dict[str, object] = {}
    """Keys of `training` that differ for this member."""

    @property
    def id(self) -> str:
        """The member's name, or its head."""
        return self.name or self.head
