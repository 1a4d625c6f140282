"""Where training data comes from, and the checks on it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Name, Part

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


class Source(Part):
    """Where passages, queries and judgements come from. Exactly one of `path`, `hub` and `world` is given."""

    places: ClassVar[tuple[str, ...]] = ("path", "hub", "world")

    name: Name | None = None
    """Name by which `training.sources` and reports call the source. Default: its number, from 0."""
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
    """`false` reads the passages alone; queries and judgements of the source are never seen, and a title stays with its passage."""
    links: bool = False
    """Of a folder of Markdown: the text of a link, too, becomes a query, whose positives are the sections it points to."""
    licence: str | None = None
    """Licence of the text, as SPDX id or the publisher's words. Default: that of the language's catalogue, where it knows the hub name."""
    whole: bool = False
    """Of a folder: a document is one passage, however long, and its title the query."""
    limit: Annotated[int, Field(ge=1)] | None = None
    """Read at most this many queries (with all passages), drawn by the recipe's seed."""

    @model_validator(mode="after")
    def _one_place(self) -> Source:
        given = [k for k in self.places if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(
                f"give exactly one of {', '.join(self.places)} (found: {', '.join(given) or 'none'})"
            )
        if self.links and (self.path is None or self.format not in ("auto", "folder")):
            raise ValueError("links: true belongs to a folder of Markdown: a path with format auto or folder")
        if self.whole and (self.format not in ("auto", "folder") or self.links):
            raise ValueError(
                "whole: true belongs to a folder of documents, with format auto or folder, without links"
            )
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
