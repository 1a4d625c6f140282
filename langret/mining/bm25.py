"""BM25 over the language's own terms: a miner without training, and the baseline of every evaluation."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.data.records import CANDIDATES, Passage, Query, full_text
from langret.errors import DataError, LanguageError, StageError, nearest
from langret.language.contract import Language
from langret.text import map_texts

if TYPE_CHECKING:
    import bm25s
    import numpy as np
    import pyarrow as pa
    import scipy.sparse as sp

K1 = 1.5
B = 0.75
_ABOUT = "langret-bm25.json"
_QUERIES_A_BATCH = 1024
_LOOKUPS_AT_ONCE = 2_000_000


class BM25Index:
    """An inverted index whose postings hold finished BM25 scores (the eager index of bm25s).

    The variant is Lucene's (idf = ln(1 + (N - df + 0.5) / (df + 0.5)), no factor k1 + 1), with k1 = 1.5 and b
    = 0.75 unless told otherwise: the defaults of bm25s, tuned on nothing. A term that a query says twice
    counts twice.

    bm25s builds and stores the index. Searching is done here, over its arrays: bm25s returns passages with
    score 0 for a query whose terms are all unknown, raises for an empty query and for k above the number of
    passages (PEERS.md 8), and does not say how it orders ties. Adding the postings term by term into one
    array is as fast as bm25s and, on 10,000 passages, faster than scipy's sparse product.

    Examples:
        >>> from langret.language import get_language, known_languages
        >>> language = get_language(known_languages()[0])
        >>> index = BM25Index.build(language, [Passage("p1", language.examples[0])])
        >>> index.search([Query("q1", language.examples[0])], k=10).column("passage_id").to_pylist()
        ['p1']
    """

    def __init__(self, language: Language, passage_ids: Sequence[str], engine: bm25s.BM25) -> None:
        self.language = language
        self.passage_ids = list(passage_ids)
        self._engine = engine
        self._vocabulary: dict[str, int] = engine.vocab_dict

    def __len__(self) -> int:
        return len(self.passage_ids)

    @classmethod
    def build(
        cls, language: Language, passages: Iterable[Passage], *, k1: float = K1, b: float = B
    ) -> BM25Index:
        """Index passages.

        Args:
            language: Its ``analyze`` gives the terms.
            passages: Normalised passages with distinct ids; title and text are joined as ``full_text`` does.
            k1: How slowly repeating a term stops paying, >= 0.
            b: How much long passages are held back, 0 to 1.

        Raises:
            DataError: There is no passage, or two passages share an id.
        """
        import bm25s
        import numpy as np

        ids: list[str] = []

        def texts() -> Iterator[str]:
            for passage in passages:
                ids.append(passage.id)
                yield full_text(passage.title, passage.text)

        # Numbered by first sight, not by set order: the index must not depend on Python's hash seed.
        vocabulary: dict[str, int] = {}
        documents = [
            array("i", [vocabulary.setdefault(term, len(vocabulary)) for term in terms])
            for terms in map_texts(language, texts(), "analyze")
        ]
        if not documents:
            raise DataError("There are no passages to index.", hint="At least one is needed for BM25.")
        if len(set(ids)) != len(ids):
            twice, count = Counter(ids).most_common(1)[0]
            raise DataError(f'Passage ids must differ, and "{twice}" is given {count} times.')
        if not vocabulary:
            vocabulary[""] = 0  # every passage is without terms: an index that finds nothing
        engine = bm25s.BM25(k1=k1, b=b, method="lucene", csc_backend="scipy")
        with np.errstate(invalid="ignore"):  # mean length 0 where no passage has a term
            engine.index((documents, vocabulary), create_empty_token=False, show_progress=False)
        return cls(language, ids, engine)

    def search(self, queries: Sequence[Query], k: int) -> pa.Table:
        """Find the best passages of each query.

        Args:
            queries: Normalised queries.
            k: Passages wanted for each query; fewer are returned where fewer share a term with it.

        Returns:
            A table of ``records.CANDIDATES`` with source ``bm25``, queries in the order given, best first,
            ties in the order of the passages. A query's rows do not depend on the other queries.

        Raises:
            StageError: ``k`` is below 1.
        """
        import numpy as np
        import pyarrow as pa

        if k < 1:
            raise StageError(f"k must be at least 1 (found: {k}).")
        passage_ids = pa.array(self.passage_ids, pa.string())
        batches = []
        for start in range(0, len(queries), _QUERIES_A_BATCH):
            part = queries[start : start + _QUERIES_A_BATCH]
            found = [_best(scores, k) for scores in self._scores(self._query_weights(part))]
            sizes = [len(columns) for columns, _ in found]
            n = sum(sizes)
            arrays = [
                pa.array(np.repeat(np.array([query.id for query in part], dtype=object), sizes), pa.string()),
                passage_ids.take(pa.array(np.concatenate([columns for columns, _ in found]))),
                pa.array(np.concatenate([np.arange(1, size + 1, dtype=np.int32) for size in sizes])),
                pa.array(np.concatenate([values for _, values in found])),
                pa.repeat("bm25", n),
                pa.repeat(True, n),
                pa.repeat("", n),
            ]
            batches.append(pa.record_batch(arrays, schema=CANDIDATES))
        return pa.Table.from_batches(batches, CANDIDATES)

    def positive_scores(
        self, queries: Sequence[Query], positives: Mapping[str, Sequence[str]]
    ) -> dict[str, float]:
        """Score each query against its known positives, found by a search or not.

        Args:
            queries: Normalised queries.
            positives: Ids of the relevant passages by query id.

        Returns:
            By query id the highest score among its positives, 0.0 where they share no term with the query.
            Queries without positives are left out.

        Raises:
            DataError: A positive is not in the index.
        """
        pairs = [(i, pid) for i, query in enumerate(queries) for pid in positives.get(query.id, ())]
        best: dict[str, float] = {}
        for (i, _), score in zip(pairs, self.score_pairs(queries, pairs).tolist(), strict=True):
            best[queries[i].id] = max(score, best.get(queries[i].id, 0.0))
        return best

    def score_pairs(self, queries: Sequence[Query], pairs: Sequence[tuple[int, str]]) -> np.ndarray:
        """Score given pairs without a search.

        Args:
            queries: Normalised queries.
            pairs: Position in ``queries`` and passage id.

        Returns:
            float32 [len(pairs)], the scores a search would give; 0 where no term is shared.

        Raises:
            DataError: A passage is not in the index.
        """
        import numpy as np

        rows = np.fromiter((self._row(pid) for _, pid in pairs), np.int64, len(pairs))
        which = np.fromiter((i for i, _ in pairs), np.int64, len(pairs))
        weights = self._query_weights(queries)
        sizes = np.diff(weights.indptr).astype(np.int64)[which]
        scores = np.zeros(len(pairs), dtype=np.float32)
        ends = np.cumsum(sizes)
        start = 0
        while start < len(pairs):
            done = ends[start] - sizes[start]
            stop = max(start + 1, int(np.searchsorted(ends, done + _LOOKUPS_AT_ONCE, side="right")))
            size = sizes[start:stop]
            pair = np.repeat(np.arange(start, stop), size)
            place = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size)
            entry = np.repeat(weights.indptr[which[start:stop]], size) + place
            values = weights.data[entry] * self._lookup(weights.indices[entry], rows[pair])
            np.add.at(scores, pair, values)  # in the order of the terms, as a search adds them
            start = stop
        return scores

    def save(self, folder: str | Path) -> None:
        """Write the index into ``folder``: plain arrays and JSON, no pickles."""
        folder = Path(folder)
        self._engine.save(str(folder), show_progress=False)
        about = {
            "language": self.language.code,
            "version": self.language.version,
            "passage_ids": self.passage_ids,
        }
        (folder / _ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: str | Path, language: Language) -> BM25Index:
        """Open what ``save`` wrote; the postings stay on disk, memory-mapped.

        Raises:
            StageError: ``folder`` holds no index.
            LanguageError: The index was made by another language or another version of its plugin, so that
                queries would be analysed differently from the passages.
        """
        import bm25s

        path = Path(folder) / _ABOUT
        if not path.exists():
            raise StageError(
                "No BM25 index is here.", where=str(folder), hint="Build one with BM25Index.build."
            )
        about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_by = (about["language"], about["version"])
        if made_by != (language.code, language.version):
            raise LanguageError(
                f"The index was made for {made_by[0]} ({made_by[1]}), "
                f"and now the language is {language.code} ({language.version}).",
                where=str(folder),
                hint="Build it again.",
            )
        engine = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)
        return cls(language, about["passage_ids"], engine)

    @cached_property
    def _postings(self) -> sp.csr_matrix:
        """Score of each term in each passage, [terms, passages]; passages ascend within a term."""
        import scipy.sparse as sp

        held = self._engine.scores
        shape = (len(held["indptr"]) - 1, len(self))
        return sp.csr_matrix((held["data"], held["indices"], held["indptr"]), shape=shape)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {pid: row for row, pid in enumerate(self.passage_ids)}

    def _row(self, passage_id: str) -> int:
        try:
            return self._rows[passage_id]
        except KeyError:
            hint = nearest(passage_id, self.passage_ids)
            raise DataError(f'Passage "{passage_id}" is not in the index.', hint=hint) from None

    def _query_weights(self, queries: Sequence[Query]) -> sp.csr_matrix:
        """How often each query says each known term, [queries, terms], terms in the order first said."""
        import numpy as np
        import scipy.sparse as sp

        indices, data, indptr = array("i"), array("f"), array("q", [0])
        known = self._vocabulary
        for terms in map_texts(self.language, (query.text for query in queries), "analyze"):
            counts = Counter(known[term] for term in terms if term in known)
            indices.extend(counts.keys())
            data.extend(counts.values())
            indptr.append(len(indices))
        arrays = (np.array(data, np.float32), np.array(indices, np.int32), np.array(indptr, np.int64))
        return sp.csr_matrix(arrays, shape=(len(queries), self._postings.shape[0]))

    def _scores(self, weights: sp.csr_matrix) -> Iterator[np.ndarray]:
        """Scores of every passage for one query after another; the array is used again for the next one."""
        import numpy as np

        postings = self._postings
        scores = np.empty(len(self), dtype=np.float32)
        bounds, terms, counts = weights.indptr.tolist(), weights.indices, weights.data
        for start, stop in pairwise(bounds):
            scores.fill(0)
            for term, count in zip(terms[start:stop].tolist(), counts[start:stop].tolist(), strict=True):
                span = slice(postings.indptr[term], postings.indptr[term + 1])
                values = postings.data[span]
                np.add.at(
                    scores, postings.indices[span], values if count == 1 else values * np.float32(count)
                )
            yield scores

    def _lookup(self, terms: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Posting scores of (term, passage) pairs by one binary search for all, 0 where there is none."""
        import numpy as np

        postings = self._postings
        low = postings.indptr[terms].astype(np.int64)
        end = postings.indptr[terms + 1].astype(np.int64)
        high = end.copy()
        while (open_ := low < high).any():
            middle = (low + high) // 2
            below = open_ & (postings.indices[np.where(open_, middle, 0)] < rows)
            low = np.where(below, middle + 1, low)
            high = np.where(open_ & ~below, middle, high)
        found = low < end
        low = np.where(found, low, 0)
        found &= postings.indices[low] == rows
        return np.where(found, postings.data[low], np.float32(0))


def _best(scores: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions and values of the ``k`` highest positive scores, best first, ties by lower position."""
    import numpy as np

    hits = np.flatnonzero(scores > 0)  # of booleans: a sixth of the time it takes for floats
    values = scores[hits]
    if len(hits) > k:
        # at least k: everything tied with the last one is in
        in_reach = values >= np.partition(values, len(values) - k)[len(values) - k]
        hits, values = hits[in_reach], values[in_reach]
    order = np.argsort(-values, kind="stable")[:k]
    return hits[order], values[order]
