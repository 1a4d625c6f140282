"""The recipe as typed data.

A recipe reads from top to bottom as a story: language, data, backbone, negatives, members, training, evaluation.
Everything has a default except what only the user knows, so the shortest useful recipe is a language and a folder.
Field descriptions end up in the JSON Schema and in the recipe reference of the documentation.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Format = Literal[
    "auto",
    "jsonl",
    "csv",
    "tsv",
    "parquet",
    "squad",
    "beir",
    "trec",
    "folder",
    "datasets",
    "triples",
    "mmarco",
]
Split = Literal["train", "dev", "test"]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)]


class Part(BaseModel):
    """Base of every part of a recipe: unknown keys are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


class Source(Part):
    """Where passages, queries and judgements come from. Exactly one of `path`, `hub` and `world` is given."""

    path: str | None = None
    """File or folder. `${LANGRET_DATA}` and other environment variables are filled in; a relative path starts at the recipe's folder."""
    hub: str | None = None
    """Data set repository on the Hugging Face hub, such as `bclavie/mmarco-japanese-hard-negatives`."""
    world: Split | None = None
    """Split of the encyclopaedia of an invented country that the language's plugin generates."""
    format: Format = "auto"
    """Format of the files; `auto` looks at names and contents."""
    config: str | None = None
    """Configuration (subset) of a hub data set."""
    split: str | None = None
    """Split of a hub data set or of the qrels of a BEIR folder."""
    revision: str | None = None
    """Revision of a hub data set; the lock file fills it in."""
    files: dict[str, str] = {}
    """Which file of a folder or hub repository plays which part: `passages`, `queries`, `qrels`, `triples`."""
    columns: dict[str, str] = {}
    """Which column plays which part: `query`, `positive`, `negatives`, `query_id`, `passage_id`, `title`, `text`, `relevance`."""
    queries: bool = True
    """`false` reads the passages alone; queries and judgements of the source are never seen."""
    limit: Annotated[int, Field(ge=1)] | None = None
    """Read at most this many queries (with all passages), drawn by the recipe's seed."""

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        given = [k for k in ("path", "hub", "world") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of path, hub, world (found: {', '.join(given) or 'none'})")
        return self


class Filters(Part):
    """Checks on passages and queries. A row that fails one is annotated and counted, never lost."""

    min_characters: Annotated[int, Field(ge=0)] = 10
    """Shorter passages are set aside as `too_short`."""
    max_characters: Annotated[int, Field(ge=1)] = 100_000
    """Longer passages are set aside as `too_long`; the model itself reads only its first tokens."""
    language: bool = True
    """Set passages aside whose letters are mostly of another script (`wrong_language`)."""
    near_duplicates: Annotated[float, Field(gt=0, le=1)] | None = 0.9
    """Jaccard similarity of character 5-grams from which two passages are near duplicates; null leaves them in."""
    leakage: Literal["annotate", "drop"] = "drop"
    """Training queries that also stand in a benchmark: `drop` sets them aside, `annotate` only reports them."""


class Data(Part):
    """Training data."""

    train: list[Source] = Field(min_length=1)
    """Sources of training passages, queries and judgements. Documents without queries are welcome: titles and headings become queries."""
    filters: Filters = Filters()
    """Checks on what was read."""
    holdout: Annotated[int, Field(ge=0)] = 200
    """Queries held out of training to watch quality while training; at most a tenth of the queries is taken."""


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


class Miner(Part):
    """Where hard-negative candidates come from."""

    kind: Literal["bm25", "dense", "given", "random"]
    """`bm25`: the language's analyzer; `dense`: exact search with a model; `given`: negatives that the data itself names; `random`: any passage."""
    model: str | None = None
    """Model of a dense miner: folder or hub name. Default: the recipe's backbone after pretraining, pooled as a dense member is by default."""
    share: Annotated[float, Field(gt=0)] = 1.0
    """Weight of this miner in the mix."""
    first: Annotated[int, Field(ge=1)] = 1
    """First rank that may become a negative."""
    last: Annotated[int, Field(ge=1)] = 100
    """Last rank that may become a negative."""

    @model_validator(mode="after")
    def _range(self) -> Miner:
        if self.first > self.last:
            raise ValueError(f"first ({self.first}) must not be above last ({self.last})")
        if self.model is not None and self.kind != "dense":
            raise ValueError(f"model belongs to dense miners, not to {self.kind}")
        return self


class Negatives(Part):
    """Mining and choosing hard negatives. Known positives are always excluded, by id."""

    miners: list[Miner] = [Miner(kind="bm25")]
    """Sources of candidates, mixed by `share`. An empty list trains on in-batch negatives alone."""
    per_query: Annotated[int, Field(ge=0)] = 4
    """Hard negatives chosen for each query."""
    max_of_positive: Annotated[float, Field(gt=0)] | None = 0.95
    """A candidate stays when its score is below this fraction of the positive's (NV-Retriever, METHODS.md 10); sign-safe. Null turns the rule off."""


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


class BenchmarkSource(Source):
    """A benchmark: passages, queries and qrels."""

    name: Name
    """Name under which results are reported."""


class Evaluation(Part):
    """What the family is measured on and against."""

    benchmarks: list[BenchmarkSource] = []
    """Benchmarks. Default: the queries held out of training."""
    metrics: list[str] = ["nDCG@10", "RR@10", "R@1", "R@10", "R@100"]
    """Measures in ir-measures notation; the first one is used for significance."""
    baselines: list[str] = ["bm25"]
    """`bm25` with the language's analyzer, or folders and hub names of models."""
    query_tokens: Annotated[int, Field(ge=8)] | None = None
    """Longest query; default: as in training."""
    passage_tokens: Annotated[int, Field(ge=16)] | None = None
    """Longest passage; default: as in training."""


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
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 13
    """Seed of everything that draws lots."""
    data: Data
    """Training data."""
    backbone: Backbone = Backbone(scratch=Scratch())
    """The encoder under both heads."""
    pretraining: list[Pretraining] = []
    """Stages that every member shares, in order."""
    negatives: Negatives = Negatives()
    """Hard negatives, mined once for all members."""
    members: list[Member] = [Member(head="dense"), Member(head="colbert")]
    """The family."""
    training: Training = Training()
    """Training of the members; a member may differ in single keys."""
    evaluation: Evaluation = Evaluation()
    """Benchmarks, metrics and baselines."""

    @model_validator(mode="after")
    def _names_differ(self) -> Recipe:
        names = [m.id for m in self.members]
        if len(set(names)) != len(names):
            raise ValueError(f"members need different names (found: {', '.join(names)})")
        benchmarks = [b.name for b in self.evaluation.benchmarks]
        if len(set(benchmarks)) != len(benchmarks):
            raise ValueError(f"benchmarks need different names (found: {', '.join(benchmarks)})")
        for member in self.members:
            self.training_of(member)
            if member.pooling == "bm25" and self.backbone.scratch is None:
                raise ValueError(
                    f"member {member.id}: pooling: bm25 rewrites the first layer of an encoder from scratch; "
                    "a pretrained one takes mean, idf or cls"
                )
        return self

    def training_of(self, member: Member) -> Training:
        """Training settings of a member: the recipe's, with the member's own keys laid over them."""
        return Training.model_validate({**self.training.model_dump(), **member.training})
