"""What the family is measured on and against."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from langret.errors import nearest
from langret.language.contract import AXES
from langret.recipe.schema.base import Name, Part
from langret.recipe.schema.data import Source

LEXICAL = ("bm25", "bag_of_words")
"""Baselines that need no model."""


class BenchmarkSource(Source):
    """A benchmark: passages, queries and qrels."""

    name: Name
    """Name under which results are reported."""
    slices: list[str] | None = None
    """What it shows, as `axis:value`: `dialect:arz`, `domain:finance`, `culture:Egypt`, `script:Hant`, `cross-lingual:en`, `question:factoid`. Default: those of the language's catalogue, where it has a benchmark of this name."""
    passage_language: str | None = None
    """Code of the language that the passages are in, where it is not the recipe's."""
    query_language: str | None = None
    """Code of the language that the queries are in, where it is not the recipe's."""

    @field_validator("slices")
    @classmethod
    def _known_axes(cls, slices: list[str] | None) -> list[str] | None:
        for name in slices or ():
            axis, _, value = name.partition(":")
            if axis not in AXES or not value.strip():
                raise ValueError(f'a slice is written axis:value (found: "{name}"); {nearest(axis, AXES)}')
        return slices


class Evaluation(Part):
    """What the family is measured on and against."""

    benchmarks: list[BenchmarkSource] = []
    """Benchmarks. Default: the queries held out of training."""
    metrics: list[str] = ["nDCG@10", "RR@10", "R@1", "R@10", "R@100"]
    """Measures in ir-measures notation; the first one is used for significance."""
    baselines: list[str] = ["bm25"]
    """`bm25` or `bag_of_words` (cosine of term counts) with the language's analyzer, or folders and hub names of models. Everything is compared with the first."""
    fusion: bool = False
    """Measure each member also fused with BM25 by reciprocal rank: what it adds to the search that is there already."""
    query_tokens: Annotated[int, Field(ge=8)] | None = None
    """Longest query; default: as in training."""
    passage_tokens: Annotated[int, Field(ge=16)] | None = None
    """Longest passage; default: as in training."""
    memory: Annotated[int, Field(ge=1)] = 512
    """MiB of passage vectors that a search holds at once, about. Less makes no other result."""

    @model_validator(mode="after")
    def _something_to_fuse_with(self) -> Evaluation:
        if self.fusion and "bm25" not in self.baselines:
            raise ValueError("fusion: true needs bm25 among the baselines")
        return self
