"""The recipe as typed data.

A recipe reads from top to bottom as a story: language, data, synthesis, backbone, negatives,
members, training, evaluation.
Everything has a default except what only the user knows, so the shortest useful recipe is a language and a folder.
Field descriptions end up in the JSON Schema and in the recipe reference of the documentation.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator

from langret.recipe.licences import must_be_licence
from langret.recipe.schema.backbone import Backbone, MaskedLanguageModel, Pretraining, Scratch, WeakPairs
from langret.recipe.schema.base import Name, Part
from langret.recipe.schema.data import Data, Filters, Format, Source, Split
from langret.recipe.schema.endpoint import Budget, Endpoint, Price
from langret.recipe.schema.evaluation import LEXICAL, BenchmarkSource, Evaluation, Long, Suite, Task
from langret.recipe.schema.members import COLBERT_DIMENSION, Member, trained_members
from langret.recipe.schema.negatives import (
    SCORING,
    CrossEncoderJudge,
    Judge,
    LLMJudge,
    Miner,
    Negatives,
    PythonJudge,
)
from langret.recipe.schema.synthesis import (
    Cloze,
    Consistency,
    Dialect,
    Personas,
    Synthesis,
    Triplets,
    Writer,
    WrittenNegatives,
    WrittenQueries,
    writer_id,
)
from langret.recipe.schema.training import Distill, Training

__all__ = [
    "LEXICAL",
    "SCORING",
    "Backbone",
    "BenchmarkSource",
    "Budget",
    "Cloze",
    "Consistency",
    "CrossEncoderJudge",
    "Data",
    "Dialect",
    "Distill",
    "Endpoint",
    "Evaluation",
    "Filters",
    "Format",
    "Judge",
    "LLMJudge",
    "Long",
    "MaskedLanguageModel",
    "Member",
    "Miner",
    "Name",
    "Negatives",
    "Part",
    "Personas",
    "Pretraining",
    "Price",
    "PythonJudge",
    "Recipe",
    "Scratch",
    "Source",
    "Split",
    "Suite",
    "Synthesis",
    "Task",
    "Training",
    "Triplets",
    "WeakPairs",
    "Writer",
    "WrittenNegatives",
    "WrittenQueries",
    "writer_id",
]


class Recipe(Part):
    """One file that says how a family of retrievers is made and measured."""

    extends: str | None = None
    """Another recipe to build on: a path relative to this file, or the name of a shipped recipe. Mappings are merged, everything else is replaced."""
    name: Name
    """Name of the run and of its folder."""
    about: str = ""
    """What the recipe is for, in a sentence; shown by `langret recipes`."""
    language: str
    """Code of a language plugin, such as `ja`."""
    licence: str | None = None
    """Licence that the models are given away under, as the hub's identifier, such as `cc-by-sa-4.0`. Default: the strictest of what they are made of, or none where one of those is not known."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 13
    """Seed of everything that draws lots."""
    data: Data
    """Training data."""
    synthesis: Synthesis | None = None
    """Training pairs written from the passages, by rules or by a language model."""
    backbone: Backbone = Backbone(scratch=Scratch())
    """The encoder under both heads."""
    pretraining: list[Pretraining] = []
    """Stages that every member shares, in order."""
    negatives: Negatives = Negatives()
    """Hard negatives, mined once for all members."""
    members: list[Member] = [Member(head="dense"), Member(head="colbert")]
    """The family. An empty list trains nothing and measures the baselines alone."""
    training: Training = Training()
    """Training of the members; a member may differ in single keys."""
    evaluation: Evaluation = Evaluation()
    """Benchmarks, metrics and baselines."""

    @field_validator("licence")
    @classmethod
    def _known_licence(cls, value: str | None) -> str | None:
        return value if value is None else must_be_licence(value)

    @model_validator(mode="after")
    def _names_differ(self) -> Recipe:
        names = [m.id for m in self.members]
        if len(set(names)) != len(names):
            raise ValueError(f"members need different names (found: {', '.join(names)})")
        # results call a baseline by the last part of its folder or hub name
        called = {baseline: baseline.rstrip("/").rsplit("/", 1)[-1] for baseline in self.evaluation.baselines}
        systems = [*names, *(name for baseline, name in called.items() if baseline not in names)]
        if twice := sorted({name for name in systems if systems.count(name) > 1}):
            raise ValueError(
                f"members and baselines need different names in results (twice: {', '.join(twice)}); "
                "give the member a name, or rename the baseline's folder"
            )
        benchmarks = [b.name for b in self.evaluation.benchmarks]
        if self.evaluation.watch is not None:
            benchmarks.append(self.evaluation.watch.name)
        if len(set(benchmarks)) != len(benchmarks):
            raise ValueError(f"benchmarks need different names (found: {', '.join(benchmarks)})")
        sources = self.source_names
        if len(set(sources)) != len(sources):
            raise ValueError(
                f"sources and writers need different names (found: {', '.join(sources)}); "
                "a source without a name is called by its number"
            )
        for member in self.members:
            trained_members(member, self.members)
            if member.merge is not None:
                continue
            try:
                self._training_fits(member)
            except ValidationError as error:
                said = error.errors()[0]["msg"].removeprefix("Value error, ")
                raise ValueError(f"training of member {member.id}: {said}") from error
            if self.training_of(member).lora is not None and self.backbone_of(member).scratch is not None:
                raise ValueError(
                    f"member {member.id}: training.lora leaves the encoder's weights as they are, and one from scratch "
                    "has only random ones; take backbone.pretrained, or train all weights"
                )
            if member.pooling == "bm25" and self.backbone_of(member).scratch is None:
                raise ValueError(
                    f"member {member.id}: pooling: bm25 rewrites the first layer of an encoder from scratch; "
                    "a pretrained one takes mean, idf, cls or last"
                )
        return self

    def _training_fits(self, member: Member) -> None:
        scratch = self.backbone_of(member).scratch
        usual = scratch.hidden if scratch is not None else None
        size = member.dimension or (COLBERT_DIMENSION if member.head == "colbert" else usual)
        for phase in self.training_of(member).phases:
            if member.head != "dense" and phase.distill is not None and phase.distill.loss == "vectors":
                raise ValueError(
                    f"member {member.id}: distill.loss: vectors needs head: dense, whose texts have one vector each"
                )
            too_large = [cut for cut in phase.matryoshka if size is not None and cut >= size]
            if too_large:
                raise ValueError(
                    f"member {member.id}: matryoshka: {too_large[0]} is no cut of vectors of {size} components"
                )

    @property
    def source_names(self) -> list[str]:
        """Names of the sources of training queries: those of ``data.train``, or their numbers, then the writers'."""
        names = [source.name or str(number) for number, source in enumerate(self.data.train)]
        return [*names, *(writer_id(writer) for writer in (self.synthesis.writers if self.synthesis else ()))]

    def backbone_of(self, member: Member) -> Backbone:
        """The encoder under a member: its own, or the recipe's."""
        return member.backbone or self.backbone

    def training_of(self, member: Member) -> Training:
        """Training settings of a member: the recipe's, with the member's own keys laid over them."""
        return Training.model_validate({**self.training.model_dump(), **member.training})

    def trained(self, member: Member) -> list[Member]:
        """The members whose training a member rests on: itself, or those that it merges."""
        return trained_members(member, self.members)
