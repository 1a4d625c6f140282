"""Mining, judging and choosing hard negatives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Part
from langret.recipe.schema.endpoint import Endpoint

SCORING = ("bm25", "dense", "colbert", "fused")
"""Kinds of miners that score what they find."""


class Miner(Part):
    """Where hard-negative candidates come from."""

    kind: Literal["bm25", "dense", "colbert", "fused", "given", "random"]
    """`bm25`: the language's analyzer; `dense`, `colbert`: search with a model; `fused`: reciprocal-rank fusion of the miners above it; `given`: negatives that the data itself names; `random`: any passage."""
    model: str | None = None
    """Model of a dense or ColBERT miner: folder or hub name. Default of a dense one: the recipe's backbone after pretraining, pooled as a dense member is by default."""
    index: Literal["auto", "exact", "hnsw", "plaid"] = "auto"
    """How vectors are searched. `auto` is exact for `dense`, and for `colbert` exact or PLAID, whichever is cheaper for so many queries and passages; `hnsw` is FAISS's approximate index for `dense`."""
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
