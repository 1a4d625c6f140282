"""Candidates that repeat a positive of their query nearly word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_HELD = 20_000  # passages whose grams are kept at hand, some 50 MB of them


class Repeats:
    """Compares candidates with the positives of their query by the Jaccard similarity of character 5-grams.

    Args:
        positives: Ids of all known relevant passages by query id.
        texts: Text by passage id; positives without a text are passed over.
        threshold: Similarity from which a candidate repeats a positive.
    """

    def __init__(
        self, positives: Mapping[str, Sequence[str]], texts: Mapping[str, str], threshold: float
    ) -> None:
        self.positives, self.texts, self.threshold = positives, texts, threshold
        self._grams = lru_cache(maxsize=_HELD)(self._grams_of)

    def among(self, query_ids: Sequence[str], passage_ids: Sequence[str]) -> np.ndarray:
        """Say of each pair of query and candidate whether the candidate repeats a positive, bool [n]."""
        import numpy as np

        return np.fromiter(
            (
                any(self._alike(pid, positive) for positive in self.positives.get(qid, ()))
                for qid, pid in zip(query_ids, passage_ids, strict=True)
            ),
            bool,
            len(query_ids),
        )

    def _alike(self, one: str, other: str) -> bool:
        import numpy as np

        a, b = self._grams(one), self._grams(other)
        small, large = sorted((len(a), len(b)))
        if not small or small < self.threshold * large:
            return False
        common = np.intersect1d(a, b, assume_unique=True).size
        return bool(common >= self.threshold * (small + large - common) - 1e-9)

    def _grams_of(self, passage_id: str) -> np.ndarray:
        import numpy as np

        from langret.data.duplicates import shingles

        text = self.texts.get(passage_id, "")
        return np.unique(shingles([text])[0]) if text else np.zeros(0, np.uint64)
