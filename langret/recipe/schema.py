"""The recipe as typed data.

A recipe reads from top to bottom as a story: language, data, synthesis, backbone, negatives, members, training, evaluation.
Everything has a default except what only the user knows, so the shortest useful recipe is a language and a folder.
Field descriptions end up in the JSON Schema and in the recipe reference of the documentation.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from langret.errors import nearest
from langret.language.contract import AXES

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
    "parallel",
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
    """Which file of a folder or hub repository plays which part: `passages`, `queries`, `qrels`, `triples`. Of `format: parallel` the parts `queries` and `passages` are two files of lines, or two folders of documents."""
    columns: dict[str, str] = {}
    """Which column plays which part: `query`, `positive`, `negatives`, `query_id`, `passage_id`, `title`, `text`, `relevance`."""
    queries: bool = True
    """`false` reads the passages alone; queries and judgements of the source are never seen."""
    links: bool = False
    """Of a folder of Markdown: the text of a link, too, becomes a query, whose positives are the sections it points to."""
    limit: Annotated[int, Field(ge=1)] | None = None
    """Read at most this many queries (with all passages), drawn by the recipe's seed."""

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        given = [k for k in ("path", "hub", "world") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of path, hub, world (found: {', '.join(given) or 'none'})")
        if self.links and (self.path is None or self.format not in ("auto", "folder")):
            raise ValueError("links: true belongs to a folder of Markdown: a path with format auto or folder")
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


class Budget(Part):
    """What a job may spend at an endpoint. It is never exceeded: what does not fit is not asked, and counted."""

    calls: Annotated[int, Field(ge=0)] | None = None
    """Most requests that reach the endpoint, repeated ones included."""
    tokens: Annotated[int, Field(ge=0)] | None = None
    """Most tokens, of prompts and answers together."""
    money: Annotated[float, Field(ge=0)] | None = None
    """Most money, in the currency of `price`."""


class Price(Part):
    """What an endpoint charges."""

    input: Annotated[float, Field(ge=0)]
    """Money for a million tokens of prompts."""
    output: Annotated[float, Field(ge=0)]
    """Money for a million tokens of answers."""


class Endpoint(Part):
    """A language model behind the OpenAI protocol: hosted, or your own vLLM, Ollama or llama.cpp."""

    # what is given for a key by mistake must not come back in an error
    model_config = ConfigDict(hide_input_in_errors=True)

    model: Annotated[str, Field(min_length=1)]
    """Name of the model as the endpoint knows it."""
    base_url: str = "https://api.openai.com/v1"
    """Address of the endpoint, up to and with its version."""
    key: str | None = "OPENAI_API_KEY"
    """Name of the environment variable that holds the key (never the key itself); null where none is needed."""
    temperature: Annotated[float, Field(ge=0)] | None = 0.0
    """Sampling temperature; null leaves it to the endpoint, as some reasoning models demand."""
    max_tokens: Annotated[int, Field(ge=1)] = 2048
    """Longest answer in tokens."""
    structured: Literal["json_schema", "json_object", "none"] = "json_schema"
    """How the endpoint is asked for JSON: by its schema, as any JSON object, or by the prompt alone."""
    concurrency: Annotated[int, Field(ge=1)] = 8
    """Requests under way at once."""
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds that one request may take."""
    retries: Annotated[int, Field(ge=0)] = 5
    """How often a request is repeated after a passing failure, with growing pauses."""
    batch: bool = False
    """Use the batch API, which hosted endpoints sell at half price and answer within a day."""
    price: Price | None = None
    """What a million tokens cost; needed for `budget.money` and for the price of a dry run."""
    budget: Budget = Budget()
    """What this job may spend."""

    @field_validator("base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ValueError(f"this is no address: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or len(url.split()) != 1:
            raise ValueError(
                "expected an address that begins with http:// or https://, such as http://localhost:8000/v1"
            )
        if parts.username is not None or parts.query or parts.fragment:
            raise ValueError(
                "expected an address without name, password or query; the key stands in the variable that `key` names"
            )
        if parts.path.rstrip("/").endswith("/chat/completions"):
            raise ValueError("leave /chat/completions out: the address ends with the version, such as /v1")
        return url.rstrip("/")

    @field_validator("key")
    @classmethod
    def _name_of_key(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ValueError(
                "expected the name of an environment variable, such as OPENAI_API_KEY; never write the key itself here"
            )
        return name

    @model_validator(mode="after")
    def _priced(self) -> Endpoint:
        if self.budget.money is not None and self.price is None:
            raise ValueError("budget.money needs price: without it nothing can be counted")
        return self


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
    """A written query stays when a first model finds one of its positives for it (E5, METHODS.md 7)."""

    by: str = "bm25"
    """`bm25` with the language's analyzer, or the folder or hub name of a model."""
    top: Annotated[int, Field(ge=1)] = 2
    """Last rank that the positive may have; other positives of the query do not count."""
    among: Annotated[int, Field(ge=1)] | None = 1_000_000
    """Passages searched at most, drawn by the recipe's seed; null searches all."""


class Synthesis(Part):
    """Training pairs written from the passages. They are added to the data, under ids that say which writer wrote them."""

    writers: Annotated[list[Writer], Field(min_length=1)]
    """Writers, in order; each sees the queries that those before it wrote."""
    consistency: Consistency | None = Consistency()
    """Filter for what was written; null lets everything through."""

    @model_validator(mode="after")
    def _names_differ(self) -> Synthesis:
        names = [writer_id(w) for w in self.writers]
        if len(set(names)) != len(names):
            raise ValueError(f"writers need different names (found: {', '.join(names)})")
        return self


def writer_id(writer: Writer) -> str:
    """The name of a writer, or its kind: what stands before the colon in the ids it writes."""
    return writer.name or writer.kind


SCORING = ("bm25", "dense", "colbert", "fused")
"""Kinds of miners that score what they find."""


class Miner(Part):
    """Where hard-negative candidates come from."""

    kind: Literal["bm25", "dense", "colbert", "fused", "given", "random"]
    """`bm25`: the language's analyzer; `dense`, `colbert`: search with a model; `fused`: reciprocal-rank fusion of the miners above it; `given`: negatives that the data itself names; `random`: any passage."""
    model: str | None = None
    """Model of a dense or ColBERT miner: folder or hub name. Default of a dense one: the recipe's backbone after pretraining, pooled as a dense member is by default."""
    index: Literal["auto", "exact", "hnsw", "plaid"] = "auto"
    """How vectors are searched. `auto` is exact for `dense`, and for `colbert` up to 20,000 passages, PLAID above; `hnsw` is FAISS's approximate index for `dense`."""
    share: Annotated[float, Field(ge=0)] = 1.0
    """Weight of this miner in the mix; 0 gives none and serves a `fused` miner only."""
    first: Annotated[int, Field(ge=1)] = 1
    """First rank that may become a negative. Known positives of the query do not count as ranks."""
    last: Annotated[int, Field(ge=1)] = 100
    """Last rank that may become a negative, counted likewise."""
    min_score: float | None = None
    """A candidate stays when its score, in the miner's own units, is at least this."""
    max_score: float | None = None
    """A candidate stays when its score, in the miner's own units, is at most this."""

    @model_validator(mode="after")
    def _range(self) -> Miner:
        if self.first > self.last:
            raise ValueError(f"first ({self.first}) must not be above last ({self.last})")
        if self.model is not None and self.kind not in ("dense", "colbert"):
            raise ValueError(f"model belongs to dense and colbert miners, not to {self.kind}")
        if self.kind == "colbert" and self.model is None:
            raise ValueError("a colbert miner needs a model: folder or hub name")
        fits = {"hnsw": "dense", "plaid": "colbert", "exact": "dense or colbert"}
        if self.index != "auto" and self.kind not in fits[self.index]:
            raise ValueError(f"index: {self.index} belongs to {fits[self.index]} miners, not to {self.kind}")
        if self.kind in ("given", "random") and (self.min_score, self.max_score) != (None, None):
            raise ValueError(f"min_score and max_score belong to miners that score, not to {self.kind}")
        if None not in (self.min_score, self.max_score) and self.min_score > self.max_score:  # type: ignore[operator]
            raise ValueError(f"min_score ({self.min_score}) must not be above max_score ({self.max_score})")
        return self


class CrossEncoderJudge(Part):
    """A reranker reads query and passage together. A candidate that scores near the positive is a false negative."""

    kind: Literal["cross_encoder"]
    """`cross_encoder`."""
    model: str
    """Folder or hub name of a sentence-transformers CrossEncoder that gives one score a pair."""
    max_of_positive: Annotated[float, Field(gt=0)] = 0.95
    """A candidate is a false negative when its score reaches this fraction of the best positive's. Scores are between 0 and 1: logits pass a sigmoid."""
    tokens: Annotated[int, Field(ge=16)] = 512
    """Longest input in tokens, query and passage together."""


class LLMJudge(Part):
    """A language model reads the query, its positives and the candidates."""

    kind: Literal["llm"]
    """`llm`."""
    llm: Endpoint
    """The model and where it answers."""
    ask: Literal["compare", "support"] = "support"
    """`compare`: which candidates answer as well as the positive or better (RLHN); `support`: quote what answers the query, then rank everything that does (ARHN)."""
    instruction: str = ""
    """What relevant means, where it is not "answers the query": counter-arguments, papers to cite."""
    at_once: Annotated[int, Field(ge=1)] = 25
    """Candidates in one request; the positives are repeated in each."""


class PythonJudge(Part):
    """A function of your own. It gets each query with its positives and candidates (`langret.judging.Case`) and returns one value a candidate: a verdict (`negative`, `false_negative`, `partial`, `unknown`), or a number from 0 to 1, from 0.5 a false negative."""

    kind: Literal["python"]
    """`python`."""
    function: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")]
    """Installed module and name, such as `mypackage.judges:by_rules`."""


Judge = Annotated[CrossEncoderJudge | LLMJudge | PythonJudge, Field(discriminator="kind")]


class Negatives(Part):
    """Mining, judging and choosing hard negatives. Known positives are always excluded, by id.

    A string instead of these keys names a mined set: of the language's catalogue, a folder that `langret mine` wrote, or a hub name.
    """

    set: str | None = None
    """A set that was mined before; nothing is mined or judged, only drawn."""
    miners: list[Miner] = [Miner(kind="bm25")]
    """Sources of candidates, mixed by `share`. An empty list trains on in-batch negatives alone."""
    per_query: Annotated[int, Field(ge=0)] = 4
    """Hard negatives chosen for each query."""
    max_of_positive: Annotated[float, Field(gt=0)] | None = 0.95
    """A candidate stays when its score is below this fraction of the positive's (NV-Retriever, METHODS.md 10); sign-safe. Null turns the rule off."""
    margin: Annotated[float, Field(ge=0)] | None = None
    """A candidate stays when its score is below the positive's by at least this much, in the miner's own units."""
    near_positive: Annotated[float, Field(gt=0, le=1)] | None = 0.9
    """Jaccard similarity of character 5-grams from which a candidate repeats a positive of its query and is set aside; null turns the rule off."""
    scorer: str | None = None
    """A cross-encoder (folder or hub name) whose scores, between 0 and 1, replace the miners' in the score rules and in the order of the draw."""
    draw: Literal["best", "random", "softmax", "quantiles"] = "best"
    """Which of the eligible candidates are taken: the best; any; any, by softmax of the score; one from each score quantile."""
    temperature: Annotated[float, Field(gt=0)] = 1.0
    """Temperature of `draw: softmax`, in units of the standard deviation of a query's scores."""
    judges: list[Judge] = []
    """The cascade, cheap to strong: each judge sees only what the one before flagged."""
    judged: Annotated[int, Field(ge=1)] | None = None
    """Candidates of each query that the first judge sees. Default: twice `per_query`."""
    false_negatives: Literal["remove", "drop", "relabel", "rank"] = "rank"
    """What becomes of a false negative: `remove` sets its query aside, `drop` takes it out of the negatives, `relabel` makes it a positive; for these three whatever is relevant is one. `rank` makes a positive of what is as good as the positive or better, and drops what is relevant but worse."""
    most_false: Annotated[int, Field(ge=0)] = 7
    """A query with more false negatives than this is set aside: it is too broad. With `rank`, those worse than the positive do not count."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        return {"set": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _consistent(self) -> Negatives:
        if self.set is not None and (self.judges or "miners" in self.model_fields_set):
            raise ValueError(
                "set names negatives that are mined and judged already; it goes without miners and judges"
            )
        if self.miners and not any(m.share for m in self.miners):
            raise ValueError("one miner at least needs a share above 0")
        for place, miner in enumerate(self.miners):
            if miner.kind == "fused" and not any(
                m.kind in SCORING and m.kind != "fused" for m in self.miners[:place]
            ):
                raise ValueError("a fused miner stands after the bm25, dense or colbert miners that it fuses")
        if self.judged is not None and self.judged < self.per_query:
            raise ValueError(f"judged ({self.judged}) must not be below per_query ({self.per_query})")
        return self


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
