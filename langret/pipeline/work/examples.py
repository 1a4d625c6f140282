"""What is trained on: cleaned data, what judges found, hard negatives, and the sources that a member wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from langret.errors import DataError
from langret.pipeline.stage import Context
from langret.pipeline.work.shared import read_table

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.data.records import Collection


class Examples(NamedTuple):
    """Training data of a member.

    Attributes:
        data: Cleaned data, with the positives that judges found; queries of other sources are set aside.
        negatives: Candidates that were kept, the hardest of a query first; None without the stage.
        sources: Number of each query's source, by row.
    """

    data: Collection
    negatives: pa.Table | None
    sources: np.ndarray


def load_examples(ctx: Context, wanted: Sequence[int] | None, by_score: bool) -> Examples:
    """Read the training data of a stage with the input ``data`` and perhaps ``negatives``.

    Args:
        ctx: Of the stage.
        wanted: Numbers of the sources whose queries are trained on; None for all.
        by_score: Whether the scores of negatives say how hard they are: one scorer gave them. Else ranks do.

    Raises:
        DataError: None of these sources has a query left.
    """
    from langret.data.merge import with_verdicts
    from langret.data.records import Collection
    from langret.data.sources import only_sources, query_sources

    data, negatives = Collection.load(ctx.inputs["data"] / "train"), None
    sources = query_sources(ctx.inputs["data"])
    if "negatives" in ctx.inputs:
        chosen = ctx.inputs["negatives"]
        negatives = hardest_first(read_table(chosen / "negatives.arrow"), by_score)
        if (chosen / "relabelled.arrow").exists():
            aside = read_table(chosen / "aside.arrow") if (chosen / "aside.arrow").exists() else None
            data = with_verdicts(data, read_table(chosen / "relabelled.arrow"), aside)
    if wanted is not None:
        data = only_sources(data, sources, wanted)
        if not any(data.queries["kept"].to_pylist()):
            raise DataError(
                "The sources in training.sources have no query that is trained on.",
                hint="`langret check` shows the funnel; a source with `queries: false` has none.",
            )
    return Examples(data, negatives, sources)


def hardest_first(candidates: pa.Table, by_score: bool) -> pa.Table:
    """Kept candidates, the hardest of a query first: by score, or by rank; passages drawn by chance come last."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = candidates.filter(candidates["kept"])
    chance = pc.equal(kept["source"], "random")
    keys = kept.append_column("chance", chance.cast(pa.int8()))
    order = [("rank", "ascending")]
    order = [("score", "descending"), *order] if by_score else order
    found = pc.sort_indices(keys, sort_keys=[("chance", "ascending"), *order])
    return kept.take(found)
