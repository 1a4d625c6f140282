"""Texts that stand in a corpus more than once, word for word or nearly so.

Exact duplicates are found by a 64-bit hash. Near duplicates are found by MinHash signatures of character
5-grams in bands (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4), and what the
bands propose is verified by its true Jaccard similarity. Which text of a group stays depends on the texts and
their ids alone, never on the order of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

GRAM = 5
PERMUTATIONS = 128
MISSED = 1e-3  # accepted chance that the bands miss a pair exactly at the threshold
_MARKS = np.uint64(1 << 18)
_BLOCK = 1 << 18  # characters whose hashes are permuted at once; keeps the work in the processor's cache

_random = np.random.Generator(np.random.PCG64(20240229))
_PLACES = _random.integers(0, 2**63, GRAM, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_FACTORS = _random.integers(0, 2**31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_SHIFTS = _random.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32)

Fetch = Callable[[np.ndarray], tuple[list[str], list[str]]]


@dataclass(frozen=True)
class Duplicates:
    """Which rows repeat another.

    Attributes:
        exact: int64 [n], the row that stays where this row has the same text, else -1.
        near: int64 [n], the row that stays where this row has nearly the same text, else -1.
    """

    exact: np.ndarray
    near: np.ndarray


def text_hashes(texts: Sequence[str]) -> np.ndarray:
    """64-bit hashes of whole texts, uint64 [n]; among ten million texts the chance of a collision is 3e-6."""
    return np.frombuffer(b"".join(blake2b(t.encode(), digest_size=8).digest() for t in texts), np.uint64)


def shingles(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of the character 5-grams of many texts.

    Args:
        texts: Texts; those shorter than five characters are one gram.

    Returns:
        The hashes of all texts after one another (uint64) and the place where each text begins (int64 [n]).
        A gram that repeats in a text repeats here.
    """
    padded = [t if len(t) >= GRAM else t.ljust(GRAM, "\0") for t in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, padded), np.int64, len(padded))
    windows = max(len(codes) - GRAM + 1, 0)
    hashes = np.zeros(windows, np.uint64)
    for place, factor in enumerate(_PLACES):
        hashes += codes[place : place + windows] * factor
    inside = np.ones(len(codes), bool)
    ends = np.cumsum(lengths)
    inside[(ends[:, None] - np.arange(1, GRAM)).ravel()] = False  # grams that run over into the next text
    starts = np.cumsum(lengths - GRAM + 1) - (lengths - GRAM + 1)
    return _mix(hashes[inside[:windows]]), starts


def _mix(values: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def signatures(texts: Sequence[str]) -> np.ndarray:
    """MinHash signatures, uint32 [n, PERMUTATIONS]."""
    out = np.empty((len(texts), PERMUTATIONS), np.uint32)
    begin = 0
    while begin < len(texts):
        end, size = begin, 0
        while end < len(texts) and (size == 0 or size + len(texts[end]) <= _BLOCK):
            size += max(len(texts[end]), GRAM)
            end += 1
        hashes, starts = shingles(texts[begin:end])
        short = (hashes >> np.uint64(32)).astype(np.uint32)
        turned = np.empty_like(short)
        for number in range(PERMUTATIONS):
            np.multiply(short, _FACTORS[number], out=turned)
            turned += _SHIFTS[number]
            out[begin:end, number] = np.minimum.reduceat(turned, starts)
        begin = end
    return out


def bands_for(threshold: float) -> tuple[int, int]:
    """Number of bands and rows a band: the most selective that miss at most `MISSED` at the threshold."""
    for rows in range(PERMUTATIONS, 1, -1):
        bands = PERMUTATIONS // rows
        if (1 - threshold**rows) ** bands <= MISSED:
            return bands, rows
    return PERMUTATIONS, 1


def band_keys(texts: Sequence[str], bands: int, rows: int) -> np.ndarray:
    """One hash a band of the signatures, uint64 [n, bands]; near duplicates agree in some band, nearly surely."""
    signed = signatures(texts)[:, : bands * rows].reshape(len(texts), bands, rows)
    keys = np.zeros((len(texts), bands), np.uint64)
    for column in range(rows):
        keys = _mix(keys * np.uint64(0x9E3779B97F4A7C15) + signed[:, :, column])
    return keys


class DuplicateFinder:
    """Collects texts batch by batch, then says which are duplicates.

    Between batches it holds 8 bytes a text, and 8 more a band where near duplicates are wanted (16 bands at
    0.9).

    Args:
        threshold: Jaccard similarity from which two texts are near duplicates; None: only exact ones count.
    """

    def __init__(self, threshold: float | None) -> None:
        self.threshold = threshold
        self.bands, self.rows = bands_for(threshold) if threshold is not None else (0, 0)
        self._hashes: list[np.ndarray] = [np.zeros(0, np.uint64)]
        self._bands: list[np.ndarray] = [np.zeros((0, self.bands), np.uint64)]

    def add(self, texts: Sequence[str]) -> None:
        """Take the next texts; they are numbered from 0 in the order of all calls."""
        self._hashes.append(text_hashes(texts))
        if self.bands and texts:
            self._bands.append(band_keys(texts, self.bands, self.rows))

    def find(self, fetch: Fetch) -> Duplicates:
        """Compare all texts.

        Args:
            fetch: Gives ids and texts of rows (int64 [m]) again; it is asked only for rows that may be
                duplicates, a few thousand at a time.
        """
        exact = self._exact(fetch)
        near = np.full(len(exact), -1, np.int64)
        if self.bands:
            self._near(np.flatnonzero(exact < 0), fetch, near)
            moved = exact >= 0
            # The text that an exact duplicate repeats may itself give way to a near duplicate.
            onward = near[exact[moved]]
            exact[moved] = np.where(onward >= 0, onward, exact[moved])
        return Duplicates(exact, near)

    def _exact(self, fetch: Fetch) -> np.ndarray:
        hashes = np.concatenate(self._hashes)
        target = np.full(len(hashes), -1, np.int64)
        _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
        rows = np.flatnonzero(counts[inverse] > 1)
        stays: dict[int, tuple[str, int]] = {}
        for part in _parts(rows):
            for row, pid in zip(part.tolist(), fetch(part)[0], strict=True):
                group = int(inverse[row])
                stays[group] = min(stays.get(group, (pid, row)), (pid, row))
        for row in rows.tolist():
            kept = stays[int(inverse[row])][1]
            if kept != row:
                target[row] = kept
        return target

    def _near(self, rows: np.ndarray, fetch: Fetch, near: np.ndarray) -> None:
        """In the order of `_Compared`, each text gives way to the most similar one that stays, or stays."""
        assert self.threshold is not None
        bands = np.concatenate(self._bands)[rows]
        shared = np.zeros(bands.shape, bool)
        for band in range(self.bands):
            _, inverse, counts = np.unique(bands[:, band], return_inverse=True, return_counts=True)
            shared[:, band] = counts[inverse] > 1
        some = shared.any(axis=1)
        rows, bands, shared = rows[some], bands[some], shared[some]
        texts = _Compared(rows, fetch)
        rows, bands, shared = rows[texts.order], bands[texts.order], shared[texts.order]
        buckets: dict[tuple[int, int], list[int]] = {}
        for number in range(len(rows)):
            keys = [(int(band), int(bands[number, band])) for band in np.flatnonzero(shared[number])]
            proposed = set().union(*(buckets.get(key, ()) for key in keys))
            similar = texts.most_similar(number, np.array(sorted(proposed), np.int64), self.threshold)
            if similar >= 0:
                near[rows[number]] = rows[similar]
            else:
                for key in keys:
                    buckets.setdefault(key, []).append(number)


class _Compared:
    """Grams and signatures of the texts that share a band with another: longest text first, ties by id.

    Attributes:
        order: int64 [n], which of the given rows stands at each place.
    """

    def __init__(self, rows: np.ndarray, fetch: Fetch) -> None:
        keys: list[tuple[int, str]] = []
        grams: list[np.ndarray] = []
        signed = [np.zeros((0, PERMUTATIONS), np.uint8)]
        for part in _parts(rows):
            ids, texts = fetch(part)
            keys += [(-len(text), pid) for pid, text in zip(ids, texts, strict=True)]
            hashes, starts = shingles(texts)
            grams += [np.unique(own) for own in np.split(hashes, starts[1:])]
            signed.append(signatures(texts).astype(np.uint8))
        self.order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
        self.grams = [grams[row] for row in self.order]
        self.sizes = np.fromiter(map(len, self.grams), np.int64, len(grams))
        self.signatures = np.concatenate(signed)[self.order]
        self.marks = np.zeros(int(_MARKS), bool)

    def most_similar(self, number: int, others: np.ndarray, threshold: float) -> int:
        """The text of ``others`` with the highest Jaccard similarity of at least ``threshold``, else -1."""
        if not len(others):
            return -1
        own, sizes = self.grams[number], self.sizes[others]
        fits = np.minimum(sizes, len(own)) >= threshold * np.maximum(sizes, len(own)) - 1e-9
        # What the signatures estimate far below the threshold (4.3 sigma) is spared the exact comparison;
        # that loses about one true pair in ten thousand.
        agree = (self.signatures[others] == self.signatures[number]).mean(axis=1)
        fits &= agree >= threshold - 4.3 * np.sqrt(threshold * (1 - threshold) / PERMUTATIONS) - 1e-9
        others = others[fits]
        # Marks of shortened hashes never count too few common grams, and are ten times faster than a search.
        places = (own % _MARKS).astype(np.int64)
        self.marks[places] = True
        others = self._above(
            others, own, threshold, lambda grams: self.marks[(grams % _MARKS).astype(np.int64)]
        )[0]
        self.marks[places] = False
        others, jaccard = self._above(
            others,
            own,
            threshold,
            lambda grams: own[np.minimum(np.searchsorted(own, grams), len(own) - 1)] == grams,
        )
        return int(others[np.argmax(jaccard)]) if len(others) else -1

    def _above(
        self,
        others: np.ndarray,
        own: np.ndarray,
        threshold: float,
        is_own: Callable[[np.ndarray], np.ndarray],
    ) -> tuple[np.ndarray, np.ndarray]:
        """The texts with at least the threshold's Jaccard similarity, and the similarities."""
        if not len(others):
            return others, np.zeros(0)
        sizes = self.sizes[others]
        hits = is_own(np.concatenate([self.grams[other] for other in others]))
        common = np.add.reduceat(hits, np.cumsum(sizes) - sizes, dtype=np.int64)
        jaccard = common / (sizes + len(own) - common)
        high = jaccard >= threshold - 1e-9
        return others[high], jaccard[high]


def _parts(rows: np.ndarray, size: int = 4096) -> list[np.ndarray]:
    return [rows[i : i + size] for i in range(0, len(rows), size)]
