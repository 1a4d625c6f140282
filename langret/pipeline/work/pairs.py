"""Pairs of query and passage, scored by a cross-encoder shard by shard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from langret.pipeline.stage import Context

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Collection

KEYS = ["query_id", "passage_id"]


def distinct_pairs(tables: Iterable[pa.Table]) -> pa.Table:
    """Every pair of the tables once, sorted, as ``query_id`` and ``passage_id``."""
    import pyarrow as pa

    schema = pa.schema([(key, pa.string()) for key in KEYS])
    found = pa.concat_tables([schema.empty_table(), *(table.select(KEYS).cast(schema) for table in tables)])
    return found.group_by(KEYS).aggregate([]).sort_by([(key, "ascending") for key in KEYS])


def score_pairs(
    ctx: Context,
    pairs: pa.Table,
    data: Collection,
    score: Callable[[Iterable[tuple[str, str]]], Iterator[float]],
) -> pa.Table:
    """The table of pairs with their ``score``; a killed stage goes on from the last shard.

    Args:
        ctx: Of the stage.
        pairs: ``query_id`` and ``passage_id``, the same in every run.
        data: Holds the texts.
        score: Scores pairs of texts, in their order.
    """
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Texts
    from langret.mining import embed_texts

    texts = Texts(data.passages)
    asked = dict(zip(data.queries["id"].to_pylist(), data.queries["text"].to_pylist(), strict=True))

    def encode(part: Any) -> np.ndarray:
        found = score((asked[q], texts[p]) for q, p in part)
        return np.fromiter(found, np.float32, len(part)).reshape(-1, 1)

    rows: Iterable[Any] = zip(*(pairs[key].to_pylist() for key in KEYS), strict=True)
    scored = embed_texts(
        rows, encode, ctx.scratch / "scores.f32", 1, progress=lambda n: ctx.progress(n, len(pairs), "pairs")
    )
    return pairs.append_column("score", pa.array(np.asarray(scored[:, 0])))
