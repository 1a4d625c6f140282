"""What the family is measured on and against."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from langret.errors import nearest
from langret.language.contract import AXES
from langret.recipe.schema.base import Name, Part
from langret.recipe.schema.data import Source

LEXICAL = ("bm25", "bag_of_words")
"""Baselines that need no model."""
Long = Literal["passkey", "needle"]
LENGTHS = (256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
"""Lengths of LongEmbed's passkey and needle tests, in tokens."""

Task = Literal[
    "retrieval",
    "reranking",
    "bitext-mining",
    "sts",
    "pair-classification",
    "classification",
    "clustering",
    "summarization",
]


class BenchmarkSource(Source):
    """A benchmark: passages, queries and qrels, or what its task takes instead. Exactly one of `path`, `hub`, `world` and `long` is given."""

    places: ClassVar[tuple[str, ...]] = (*Source.places, "long")

    name: Name
    """Name under which results are reported."""
    task: Task = "retrieval"
    """What is asked of a model: `retrieval` and `reranking` rank passages, `bitext-mining` finds translations, `sts` and `pair-classification` compare two texts, `classification` and `clustering` sort texts, `summarization` scores summaries."""
    shots: Annotated[int, Field(ge=1)] | None = None
    """Of `task: classification`: samples of each class that a classifier is trained on. Default: 8."""
    labels: dict[str, Literal[0, 1]] = {}
    """Of `task: pair-classification`: what the labels of the publisher mean, `1` for alike and `0` for not. Pairs with other labels are set aside. Default: the labels are 1 and 0."""
    slices: list[str] | None = None
    """What it shows, as `axis:value`: `dialect:arz`, `domain:finance`, `culture:Egypt`, `script:Hant`, `cross-lingual:en`, `length:1024`, `question:factoid`. Default: those of the language's catalogue, where it has a benchmark of this name."""
    passage_language: str | None = None
    """Code of the language that the passages are in, where it is not the recipe's."""
    query_language: str | None = None
    """Code of the language that the queries are in, where it is not the recipe's."""
    long: Long | None = None
    """Long documents that the language's plugin generates, each with one sentence to be found (LongEmbed's tests): `passkey` hides a number under a name among sentences that state nothing, `needle` a fact among passages about other things."""
    lengths: list[Annotated[int, Field(ge=16)]] = []
    """Lengths of the documents of `long` in tokens, at 0.75 words each. Each becomes a benchmark called `NAME-LENGTH`, with the slice `length:LENGTH`. Default: 256, 512, 1024, 2048, 4096, 8192, 16384 and 32768."""
    passage_tokens: Annotated[int, Field(ge=16)] | Literal["longest"] | None = None
    """Longest passage on this benchmark; `longest` is the most that each model was made for. Default: `longest` where the benchmark is `long` or `whole`, else `evaluation.passage_tokens` for members and what other models were saved with."""

    @field_validator("slices")
    @classmethod
    def _known_axes(cls, slices: list[str] | None) -> list[str] | None:
        for name in slices or ():
            axis, _, value = name.partition(":")
            if axis not in AXES or not value.strip():
                raise ValueError(f'a slice is written axis:value (found: "{name}"); {nearest(axis, AXES)}')
        return slices

    @model_validator(mode="after")
    def _keys_of_its_task(self) -> BenchmarkSource:
        for key, given, task in (
            ("shots", self.shots, "classification"),
            ("labels", self.labels, "pair-classification"),
        ):
            if given and self.task != task:
                raise ValueError(f"{key} belongs to task: {task} (found: task: {self.task})")
        return self

    @model_validator(mode="after")
    def _lengths_of_long(self) -> BenchmarkSource:
        if self.lengths and self.long is None:
            raise ValueError("lengths go with long: passkey or long: needle")
        if self.long and self.task != "retrieval":
            raise ValueError(f"long goes with task: retrieval (found: task: {self.task})")
        if self.reads and self.task not in ("retrieval", "reranking", "bitext-mining"):
            raise ValueError(
                f"passage_tokens and whole are about ranking passages (found: task: {self.task})"
            )
        if len(set(self.lengths)) != len(self.lengths):
            raise ValueError(f"lengths names a length twice (found: {self.lengths})")
        return self

    @property
    def reads(self) -> int | Literal["longest"] | None:
        """Longest passage that the benchmark itself asks for; a test of long documents asks for all that there is."""
        return self.passage_tokens or ("longest" if self.long or self.whole else None)

    def by_length(self) -> list[BenchmarkSource]:
        """The benchmark itself; one of long documents as a benchmark for each length, shortest first."""
        if self.long is None:
            return [self]
        found = []
        for length in sorted(self.lengths or LENGTHS):
            name = f"{self.name.removesuffix(f'-{length}')}-{length}"
            slices = dict.fromkeys([*(self.slices or ()), f"length:{length}"])
            found.append(self.model_copy(update={"name": name, "lengths": [length], "slices": list(slices)}))
        return found


class Suite(Part):
    """A named set of benchmarks with one mean."""

    name: Name
    """Name of the suite in tables and reports."""
    benchmarks: list[Name] = []
    """Names of its benchmarks. Default: all of the recipe."""
    mean: Literal["task", "benchmark"] = "task"
    """What counts once in the mean: each `task`, as in MTEB, or each `benchmark`."""
    weights: dict[Name, Annotated[float, Field(gt=0)]] = {}
    """Weights of single benchmarks instead; one that is not named weighs 1."""

    @model_validator(mode="after")
    def _one_weighting(self) -> Suite:
        if self.weights and "mean" in self.model_fields_set and self.mean == "task":
            raise ValueError(f"suite {self.name}: weights weigh benchmarks, and mean: task weighs tasks")
        twice = {name for name in self.benchmarks if self.benchmarks.count(name) > 1}
        if twice:
            raise ValueError(f"suite {self.name} names {min(twice)} twice")
        return self


class Evaluation(Part):
    """What the family is measured on and against."""

    benchmarks: list[BenchmarkSource] = []
    """Benchmarks. Default: the queries held out of training."""
    watch: BenchmarkSource | None = None
    """A small benchmark, such as a light set of development data, that is scored while training in the place of the held-out queries; `training.average_by: best` chooses checkpoints by it. Nothing is reported on it: who chooses by a benchmark has trained on it a little."""
    metrics: list[str] = ["nDCG@10", "RR@10", "R@1", "R@10", "R@100"]
    """Measures of `task: retrieval` in ir-measures notation; the first one is used for significance. Other tasks have theirs."""
    baselines: list[str] = ["bm25"]
    """`bm25` or `bag_of_words` (cosine of term counts) with the language's analyzer, or folders and hub names of models. Everything is compared with the first. In a task that asks for no ranking `bag_of_words` stands for `bm25`."""
    fusion: bool = False
    """Measure each member also fused with BM25 by reciprocal rank: what it adds to the search that is there already."""
    suites: list[Suite] = []
    """Sets of benchmarks, each with one mean for every system."""
    query_tokens: Annotated[int, Field(ge=8)] | None = None
    """Longest query; default: as in training."""
    passage_tokens: Annotated[int, Field(ge=16)] | None = None
    """Longest passage; default: as in training."""
    memory: Annotated[int, Field(ge=1)] = 512
    """MiB of passage vectors that a search holds at once, about. Less makes no other result."""

    @field_validator("benchmarks")
    @classmethod
    def _one_a_length(cls, benchmarks: list[BenchmarkSource]) -> list[BenchmarkSource]:
        return [each for benchmark in benchmarks for each in benchmark.by_length()]

    @field_validator("watch")
    @classmethod
    def _one_thing_to_watch(cls, watch: BenchmarkSource | None) -> BenchmarkSource | None:
        if watch is not None and watch.long is not None:
            raise ValueError(
                "watch is one small benchmark, and long stands for one a length; give a path, hub or world"
            )
        return watch

    @model_validator(mode="after")
    def _something_to_fuse_with(self) -> Evaluation:
        if self.fusion and "bm25" not in self.baselines:
            raise ValueError("fusion: true needs bm25 among the baselines")
        return self

    @model_validator(mode="after")
    def _suites_name_benchmarks(self) -> Evaluation:
        known = [benchmark.name for benchmark in self.benchmarks]
        names = [suite.name for suite in self.suites]
        if len(set(names)) != len(names):
            raise ValueError(f"suites need different names (found: {', '.join(names)})")
        for suite in self.suites:
            if not known:
                raise ValueError(f"suite {suite.name} needs benchmarks, and the recipe names none")
            for name in suite.benchmarks:
                if name not in known:
                    raise ValueError(f"suite {suite.name}: no benchmark {name}; {nearest(name, known)}")
            for name in suite.weights:
                there = suite.benchmarks or known
                if name not in there:
                    raise ValueError(f"suite {suite.name}: a weight of {name}; {nearest(name, there)}")
        return self
