"""Token vectors on disk: what ``embed`` does for one vector a text, for texts with as many vectors as tokens."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from langret.errors import StageError
from langret.mining.embed import SHARD

if TYPE_CHECKING:
    import numpy as np


class TokenVectors(NamedTuple):
    """Vectors of many texts, packed.

    Attributes:
        vectors: float32 [tokens of all texts, dimension].
        lengths: int32 [texts], how many of them belong to each text.
    """

    vectors: np.ndarray
    lengths: np.ndarray


def embed_tokens(
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Sequence[np.ndarray]],
    folder: Path,
    dimension: int,
    *,
    shard: int = SHARD,
    progress: Callable[[int], None] | None = None,
) -> TokenVectors:
    """Encode texts into ``vectors.f32`` and ``lengths.i32``, and map the vectors.

    A shard's vectors are on disk before its lengths are, so the lengths say what a killed run finished: whole shards
    stay, a torn one is cut off and made again. The caller keeps one folder for one model and one list of texts.

    Args:
        texts: Texts in their order.
        encode: Turns n texts into n arrays, float32 [tokens, dimension]; a text may have no token.
        folder: Where the two files go; it exists.
        dimension: Size of a vector.
        shard: Texts a shard.
        progress: Called with the number of texts done.

    Returns:
        The vectors, memory-mapped and not writable, and the lengths.

    Raises:
        StageError: ``encode`` gave another shape, or the files are of another list.
        OSError: A file cannot be written.
    """
    import numpy as np

    paths = folder / "vectors.f32", folder / "lengths.i32"
    row = dimension * 4
    lengths = np.fromfile(paths[1], np.int32) if paths[1].exists() else np.zeros(0, np.int32)
    if len(lengths) > len(texts):
        raise StageError("The file holds more embeddings than there are texts.", where=str(paths[1]))
    done = len(lengths) if len(lengths) == len(texts) else len(lengths) // shard * shard
    size = paths[0].stat().st_size if paths[0].exists() else 0
    if int(lengths[:done].sum()) * row > size:
        done = 0  # the vectors were cut off by somebody else
    with paths[0].open("ab") as vectors, paths[1].open("ab") as counts:
        vectors.truncate(int(lengths[:done].sum()) * row)
        counts.truncate(done * 4)
        while done < len(texts):
            part = texts[done : done + shard]
            found = [np.ascontiguousarray(v, dtype=np.float32) for v in encode(part)]
            wrong = next((v.shape for v in found if v.ndim != 2 or v.shape[1] != dimension), None)
            if wrong is not None or len(found) != len(part):
                said = list(wrong) if wrong is not None else f"{len(found)} arrays"
                raise StageError(f"{len(part)} arrays [tokens, {dimension}] are expected (found: {said}).")
            for file, data in (
                (vectors, found),
                (counts, [np.array([len(v) for v in found], dtype=np.int32)]),
            ):
                file.writelines(array.tobytes() for array in data)
                file.flush()
                os.fsync(file.fileno())
            done += len(part)
            if progress is not None:
                progress(done)
    lengths = np.fromfile(paths[1], np.int32)
    total = int(lengths.sum())
    if not total:
        return TokenVectors(np.zeros((0, dimension), dtype=np.float32), lengths)
    return TokenVectors(np.memmap(paths[0], np.float32, "r", shape=(total, dimension)), lengths)
