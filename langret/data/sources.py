"""Which source a query came from.

Ids do not say it: with one source they are the publisher's, and may look like a writer's. Rows do. A collection is its
sources, and what the writers added, one behind the other, and on its way no row is deleted or moved, so that the number
of queries of each is all that has to be remembered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from langret.data.records import QUERIES, Collection

FILE = "sources.json"
ASIDE = "other_source"


def write_counts(folder: Path, counts: Sequence[int]) -> None:
    """Remember the number of queries of each source, in the order of their rows."""
    (folder / FILE).write_text(json.dumps(list(counts)) + "\n", encoding="utf-8")


def read_counts(folder: Path) -> list[int]:
    """What ``write_counts`` wrote."""
    return [int(count) for count in json.loads((folder / FILE).read_text(encoding="utf-8"))]


def query_sources(folder: Path) -> np.ndarray:
    """Number of each query's source, int64, in the order of the rows."""
    counts = read_counts(folder)
    return np.repeat(np.arange(len(counts)), counts)


def only_sources(collection: Collection, sources: np.ndarray, wanted: Sequence[int]) -> Collection:
    """Set the queries of all other sources aside, as ``other_source``.

    Args:
        collection: Training data.
        sources: Number of each query's source.
        wanted: Numbers of the sources to keep.
    """
    queries = collection.queries
    kept = queries["kept"].to_numpy()
    here = np.isin(sources, wanted)
    reasons = np.where(kept & ~here, ASIDE, queries["reason"].to_numpy(zero_copy_only=False))
    table = pa.table(
        [queries["id"], queries["text"], pa.array(kept & here), pa.array(reasons.tolist(), pa.string())],
        schema=QUERIES,
    )
    return collection.replace(queries=table)
