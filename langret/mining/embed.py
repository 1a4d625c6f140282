"""Embeddings on disk, shard by shard, so that a killed run repeats one shard at most."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from langret.errors import StageError

if TYPE_CHECKING:
    import numpy as np

SHARD = 4096


def embed_texts(
    texts: Iterable[str],
    encode: Callable[[list[str]], np.ndarray],
    path: Path,
    dimension: int,
    *,
    shard: int = SHARD,
    progress: Callable[[int], None] | None = None,
) -> np.ndarray:
    """Encode texts into one file of float32 rows, and map it.

    The file grows by a whole shard at a time and is forced to disk before the next begins. What a killed run left is
    taken up again: whole shards stay, a torn one is cut off and made again. The caller keeps one folder for one
    model and one list of texts.

    Args:
        texts: Texts in their order.
        encode: Turns a list of n texts into float32 [n, dimension].
        path: The file; its folder exists.
        dimension: Size of a vector.
        shard: Texts a shard.
        progress: Called with the number of texts done.

    Returns:
        float32 [texts, dimension], memory-mapped and not writable.

    Raises:
        StageError: ``encode`` gave another shape, or the file is of another list.
        OSError: The file cannot be written: a full disk, a folder that is not there.
    """
    import numpy as np

    row = dimension * 4
    size = path.stat().st_size if path.exists() else 0
    done = size // (shard * row) * shard
    rest = iter(texts)
    if sum(1 for _ in islice(rest, done)) < done:
        raise StageError("The file holds more embeddings than there are texts.", where=str(path))
    part = list(islice(rest, shard))
    if len(part) < shard and size == (done + len(part)) * row:
        done, part = done + len(part), []  # the last shard is there too, and shorter than the others
    with path.open("ab") as file:
        file.truncate(done * row)
        while part:
            vectors = np.ascontiguousarray(encode(part), dtype=np.float32)
            if vectors.shape != (len(part), dimension):
                raise StageError(
                    f"Embeddings [{len(part)}, {dimension}] are expected (found: {list(vectors.shape)})."
                )
            file.write(vectors.tobytes())
            file.flush()
            os.fsync(file.fileno())
            done += len(part)
            if progress is not None:
                progress(done)
            part = list(islice(rest, shard))
    if not done:
        return np.zeros((0, dimension), dtype=np.float32)
    return np.memmap(path, np.float32, "r", shape=(done, dimension))
