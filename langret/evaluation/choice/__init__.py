"""Exact or PLAID: which search of ColBERT vectors is cheaper for a corpus, from rates that were measured.

``rates.json`` beside this module is written by ``python benchmarks/search_choice.py``, with the machine that it ran on
and the times behind the rates. The work of each search is counted in multiplications, and a rate is seconds for each:

* exact search multiplies every query token with every passage token;
* building PLAID's index clusters a sample of the tokens in a few rounds and finds the nearest centroid of each token
  (Santhanam et al., arXiv 2205.09707; the counts are those of fast-plaid);
* a PLAID search compares the query with the centroids, and scores up to ``FULL`` passages in full.

All of it runs on all cores or on the GPU, so another machine of the same kind changes times but hardly their order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from langret.data.records import Passage, Query, full_text
from langret.evaluation.encoder import Encoder

Index = Literal["auto", "exact", "plaid"]
FULL = 8192
"""Passages that a PLAID search scores in full: up to here it saves nothing, and ``auto`` is exact."""
ROUNDS, DENSITY = 4, 256
"""Rounds of fast-plaid's k-means, and sampled tokens that it takes at most for each centroid."""
_SAMPLE = 64


class Work(NamedTuple):
    """Multiplications of each part of searching a corpus for so many queries."""

    exact: float
    build: float
    centroids: float
    full: float


def search_kind(
    retriever: Encoder, queries: Sequence[Query], passages: Sequence[Passage], index: Index = "auto"
) -> Literal["exact", "plaid"]:
    """Which search ``rank`` uses.

    Dense vectors are always searched exactly. For ColBERT ``auto`` takes what the rates say is cheaper, building the
    index included; how many tokens texts have is told from a sample of them. Where the rates know nothing of GPUs,
    those of the processor decide.
    """
    if retriever.head != "colbert":
        return "exact"
    if index != "auto":
        return index
    if len(passages) <= FULL or not queries:
        return "exact"
    asked = _tokens(retriever, [query.text for query in _spread(queries)], "query")
    held = _tokens(retriever, [full_text(p.title, p.text) for p in _spread(passages)], "passage")
    exact, plaid = seconds(len(queries) * asked, len(passages), len(passages) * held)
    return "plaid" if plaid < exact else "exact"


def seconds(query_tokens: float, passages: int, passage_tokens: float) -> tuple[float, float]:
    """How long exact search and PLAID take for vectors of 128 components, the index included.

    Args:
        query_tokens: Tokens of all queries.
        passages: Passages.
        passage_tokens: Tokens of all passages.

    Returns:
        Seconds of each, on the machine that the rates are of. More components make both slower alike.
    """
    needed = work(query_tokens, passages, passage_tokens)
    rate = rates()
    return needed.exact * rate["exact"], sum(
        rate[part] * getattr(needed, part) for part in ("build", "centroids", "full")
    )


def work(query_tokens: float, passages: int, passage_tokens: float, dimension: int = 128) -> Work:
    """Multiplications that searching a corpus takes; arguments as in ``seconds``."""
    tokens = max(passage_tokens, 1.0)
    centroids = 2 ** math.floor(math.log2(max(16 * math.sqrt(tokens), 1)))
    share = min(1.0, (1 + 16 * math.sqrt(120 * passages)) / max(passages, 1))
    sampled = min(share * tokens, DENSITY * centroids)
    scored = tokens * min(1.0, FULL / max(passages, 1))
    return Work(
        exact=query_tokens * tokens * dimension,
        build=(ROUNDS * sampled + tokens) * centroids * dimension,
        centroids=query_tokens * centroids * dimension,
        full=query_tokens * scored * dimension,
    )


def rates() -> Mapping[str, float]:
    """Seconds a multiplication of each part of ``Work``, for what this machine computes with."""
    import torch

    known = _file()["rates"]
    found: Mapping[str, float] = known.get("cuda" if torch.cuda.is_available() else "cpu", known["cpu"])
    return found


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__name__).joinpath("rates.json").read_text(encoding="utf-8"))
    return found


def _spread(items: Sequence[Any]) -> list[Any]:
    """Some items from all over a list, always the same ones."""
    return [items[i * len(items) // _SAMPLE] for i in range(_SAMPLE)] if len(items) > _SAMPLE else list(items)


def _tokens(retriever: Encoder, texts: Sequence[str], kind: Literal["query", "passage"]) -> float:
    vectors = retriever.encode(texts, kind)
    return sum(len(v) for v in vectors) / max(len(vectors), 1)
