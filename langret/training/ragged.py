"""Lists of different lengths in one array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Ragged:
    """Lists of rows, end to end in one array."""

    offsets: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Ragged:
        """Pack lists of ints."""
        packed = [np.asarray(rows, dtype=np.int64) for rows in lists]
        offsets = np.zeros(len(packed) + 1, dtype=np.int64)
        np.cumsum([len(rows) for rows in packed], out=offsets[1:])
        return cls(offsets, np.concatenate(packed) if packed else np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    def largest(self, of: np.ndarray) -> np.ndarray:
        """The largest of ``of[row]`` over the rows of each list; 0 for an empty list."""
        found = np.zeros(len(self), dtype=of.dtype)
        filled = np.flatnonzero(np.diff(self.offsets))
        if len(filled):
            found[filled] = np.maximum.reduceat(of[self.values], self.offsets[filled])
        return found
