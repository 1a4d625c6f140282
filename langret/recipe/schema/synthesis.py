"""Training pairs written from the passages, by rules or by a language model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Name, Part
from langret.recipe.schema.endpoint import Endpoint


class Cloze(Part):
    """Sentences of passages as queries for the passage they stand in: the inverse cloze task, without any LLM."""

    kind: Literal["cloze"]
    """`cloze`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    per_passage: Annotated[int, Field(ge=1)] = 1
    """Sentences of a passage that become queries."""
    most: Annotated[int, Field(ge=1)] | None = 100_000
    """Pairs at most; the passages are drawn by the recipe's seed. Null takes every passage."""
    keep_span: Annotated[float, Field(ge=0, le=1)] = 1.0
    """Share of passages that keep the sentence. For each of the others a copy without it is written into the corpus, and both are positives of the query. `weak_pairs` pretraining takes spans out without copies."""
    min_words: Annotated[int, Field(ge=1)] = 5
    """Shorter sentences are no query; words as the language segments them."""
    max_words: Annotated[int, Field(ge=1)] = 40
    """Longer sentences are no query."""

    @model_validator(mode="after")
    def _range(self) -> Cloze:
        if self.min_words > self.max_words:
            raise ValueError(f"min_words ({self.min_words}) must not be above max_words ({self.max_words})")
        return self


class WrittenQueries(Part):
    """A language model writes queries that a passage answers."""

    kind: Literal["queries"]
    """`queries`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    llm: Endpoint
    """The model and where it answers."""
    passages: Annotated[int, Field(ge=1)] = 1000
    """Passages asked about, drawn by the recipe's seed."""
    per_passage: Annotated[int, Field(ge=1)] = 2
    """Queries asked for each passage."""
    styles: Annotated[list[str], Field(min_length=1)] = ["question", "keyword"]
    """Kinds of queries, taken in turn: `question`, `keyword`, `paraphrase` (other words than the passage's), `situation`, or a description of your own."""
    instruction: str = ""
    """What else the model should know: who searches, and for what."""
    characters: Annotated[int, Field(ge=100)] = 2000
    """Characters of a passage that the model reads, from its start; what you train reads only the first tokens, too."""


class WrittenNegatives(Part):
    """A language model writes passages that look right for a query and do not answer it. Mined ones were better in a careful comparison (METHODS.md 6): give these a minority share, by a miner of the kind `given`."""

    kind: Literal["negatives"]
    """`negatives`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    llm: Endpoint
    """The model and where it answers."""
    queries: Annotated[int, Field(ge=1)] = 1000
    """Queries asked about, drawn by the recipe's seed from those with a positive."""
    per_query: Annotated[int, Field(ge=1)] = 1
    """Negatives asked for each query."""
    see: Literal["query", "positive"] = "positive"
    """What the model sees: the `query` alone, or the `positive` with it."""
    instruction: str = ""
    """What else the model should know."""
    characters: Annotated[int, Field(ge=100)] = 2000
    """Characters of the positive that the model reads, and the most that a negative may have."""


class Triplets(Part):
    """A language model writes everything, for one retrieval task after another: queries, and for each a positive and a hard negative. No documents are needed."""

    kind: Literal["triplets"]
    """`triplets`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    llm: Endpoint
    """The model and where it answers."""
    tasks: list[str] = []
    """Retrieval tasks, each in a sentence: `Given a symptom, find the page of the handbook that says what to do`."""
    brainstorm: Annotated[int, Field(ge=1)] | None = None
    """So many tasks are thought up by the model, in place of `tasks`."""
    domain: str = ""
    """What the tasks are about; empty for any subject."""
    per_task: Annotated[int, Field(ge=1)] = 20
    """Triplets asked for each task."""
    instruction: str = ""
    """What else the model should know."""
    characters: Annotated[int, Field(ge=100)] = 2000
    """The most characters that a passage may have."""

    @model_validator(mode="after")
    def _tasks_from_somewhere(self) -> Triplets:
        if bool(self.tasks) == (self.brainstorm is not None):
            raise ValueError("give exactly one of tasks, brainstorm")
        return self


class Personas(Part):
    """A language model thinks up people of a domain, then writes what each of them would ask of a passage."""

    kind: Literal["personas"]
    """`personas`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    llm: Endpoint
    """The model and where it answers."""
    domain: Annotated[str, Field(min_length=1)]
    """Field that the people work in or ask about, such as `accounting of retail companies`."""
    personas: Annotated[int, Field(ge=1)] = 20
    """People thought up."""
    passages: Annotated[int, Field(ge=1)] = 1000
    """Passages asked about, drawn by the recipe's seed."""
    per_passage: Annotated[int, Field(ge=1)] = 2
    """People drawn for each passage; one for whom it holds nothing gives no query."""
    instruction: str = ""
    """What else the model should know."""
    characters: Annotated[int, Field(ge=100)] = 2000
    """Characters of a passage that the model reads, from its start."""


class Dialect(Part):
    """A language model rewrites queries, or passages, in a dialect. Numbers and names must stay."""

    kind: Literal["dialect"]
    """`dialect`."""
    name: Name | None = None
    """Name in the ids and counts of what is written. Default: the kind."""
    llm: Endpoint
    """The model and where it answers."""
    dialect: Annotated[str, Field(min_length=1)]
    """Code of a plugin of the same language, such as `arz`, or the dialect's name in English."""
    rewrite: Literal["queries", "passages"] = "queries"
    """What is rewritten. The new text takes over the judgements of the old one."""
    most: Annotated[int, Field(ge=1)] = 1000
    """Texts at most, drawn by the recipe's seed from those with a judgement."""
    instruction: str = ""
    """What else the model should know."""
    characters: Annotated[int, Field(ge=100)] = 2000
    """Longer passages are not rewritten."""


Writer = Annotated[
    Cloze | WrittenQueries | WrittenNegatives | Triplets | Personas | Dialect, Field(discriminator="kind")
]


class Consistency(Part):
    """A query stays when a first model finds one of its positives for it (E5, METHODS.md 7)."""

    pairs: Literal["written", "all"] = "written"
    """Which pairs are asked about: those that the writers wrote, or `all` of the training data, as E5 does with pairs gathered from the web."""

    by: str = "bm25"
    """`bm25` with the language's analyzer, or the folder or hub name of a model."""
    top: Annotated[int, Field(ge=1)] = 2
    """Last rank that the positive may have; other positives of the query do not count."""
    among: Annotated[int, Field(ge=1)] | None = 1_000_000
    """Passages searched at most, drawn by the recipe's seed; null searches all."""


class Synthesis(Part):
    """Training pairs written from the passages. They are added to the data, under ids that say which writer wrote them."""

    writers: list[Writer] = []
    """Writers, in order; each sees the queries that those before it wrote."""
    consistency: Consistency | None = Consistency()
    """Filter for what was written, or for all pairs; null lets everything through."""

    @model_validator(mode="after")
    def _something_to_do(self) -> Synthesis:
        if not self.writers and (self.consistency is None or self.consistency.pairs == "written"):
            raise ValueError("give at least one writer, or consistency with pairs: all")
        names = [writer_id(w) for w in self.writers]
        if len(set(names)) != len(names):
            raise ValueError(f"writers need different names (found: {', '.join(names)})")
        return self


def writer_id(writer: Writer) -> str:
    """The name of a writer, or its kind: what stands before the colon in the ids it writes."""
    return writer.name or writer.kind
