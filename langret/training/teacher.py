"""What a teacher said of queries and passages, by their rows in a collection."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import Collection

SCORES = "teacher.arrow"
"""Table of scores: ``query_id``, ``passage_id``, ``score``, each pair once."""
VECTORS = ("query", "passage")
"""Of each kind ``KIND_vectors.npy``, float32 [texts, dimension], and ``KIND_rows.npy``, those texts' sorted rows."""


@dataclass(frozen=True)
class TeacherScores:
    """Scores of pairs.

    Attributes:
        keys: int64, sorted: row of the query times ``passages``, plus row of the passage.
        values: float32 score of each key.
        passages: Rows of the table of passages.
    """

    keys: np.ndarray
    values: np.ndarray
    passages: int

    def of(self, queries: np.ndarray, passages: np.ndarray) -> dict[str, Any]:
        """Fields of a ``Batch``: ``teacher``, float32 [queries, passages], NaN where a pair was not scored."""
        wanted = queries[:, None] * self.passages + passages[None, :]
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.where(self.keys[place] == wanted, self.values[place], np.float32(np.nan))
        return {"teacher": found.astype(np.float32)}


@dataclass(frozen=True)
class TeacherVectors:
    """Vectors of texts, memory-mapped.

    Attributes:
        rows: int64, sorted: rows of the queries, and of the passages, that have a vector.
        vectors: Their vectors, float32 [texts, dimension].
    """

    rows: tuple[np.ndarray, np.ndarray]
    vectors: tuple[np.ndarray, np.ndarray]

    def of(self, queries: np.ndarray, passages: np.ndarray) -> dict[str, Any]:
        """Fields of a ``Batch``: ``teacher_vectors`` of the queries and of the passages."""
        found = []
        for rows, vectors, wanted in zip(self.rows, self.vectors, (queries, passages), strict=True):
            place = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
            if (rows[place] != wanted).any():
                raise ValueError("a text of the step has no vector: the teacher saw other training data")
            found.append(np.ascontiguousarray(vectors[place], dtype=np.float32))
        return {"teacher_vectors": tuple(found)}


Teacher = TeacherScores | TeacherVectors


def open_teacher(folder: Path, collection: Collection) -> Teacher:
    """Open what the stage of a teacher wrote.

    Args:
        folder: Its folder.
        collection: The collection whose texts it scored.
    """
    if not (folder / SCORES).exists():
        rows, vectors = (
            tuple(np.load(folder / f"{kind}_{what}.npy", mmap_mode="r") for kind in VECTORS)
            for what in ("rows", "vectors")
        )
        return TeacherVectors((rows[0], rows[1]), (vectors[0], vectors[1]))
    with pa.memory_map(str(folder / SCORES)) as source:
        table = pa.ipc.open_file(source).read_all()
    queries, passages = rows_of_pairs(table, collection)
    keys = queries * collection.passages.num_rows + passages
    order = np.argsort(keys)
    return TeacherScores(
        keys[order], table["score"].to_numpy()[order].astype(np.float32), collection.passages.num_rows
    )


def rows_of_pairs(pairs: pa.Table, collection: Collection) -> tuple[np.ndarray, np.ndarray]:
    """Rows, int64, of the queries and of the passages of a table of pairs."""
    queries, passages = (
        pc.index_in(pairs[name], value_set=table["id"].combine_chunks()).to_numpy().astype(np.int64)
        for name, table in (("query_id", collection.queries), ("passage_id", collection.passages))
    )
    return queries, passages
