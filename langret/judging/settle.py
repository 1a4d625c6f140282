"""What becomes of candidates once every judge has spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import CANDIDATES, JUDGEMENTS
from langret.errors import StageError, nearest
from langret.judging.verdicts import RULINGS, ruling_codes
from langret.mining.candidates import lot, place_in_group
from langret.mining.select import selection_summary

Treatment = Literal["remove", "drop", "relabel", "rank"]
QUERIES_ASIDE = pa.schema([("id", pa.string()), ("reason", pa.string())])
NEGATIVE, FALSE, PARTIAL, UNKNOWN = map(RULINGS.index, ("negative", "false_negative", "partial", "unknown"))


class Settled(NamedTuple):
    """What ``settle`` decided.

    Attributes:
        candidates: ``records.CANDIDATES``, the rows that came in, with ``kept`` and ``reason`` brought up to date.
        relabelled: ``records.JUDGEMENTS``: new positives with relevance 1; the reason is the verdict that made them.
        queries_aside: Id and reason (``false_negatives``, ``too_many_false``) of queries that are not to be trained
            on.
    """

    candidates: pa.Table
    relabelled: pa.Table
    queries_aside: pa.Table


def settle(
    candidates: pa.Table,
    verdicts: Sequence[pa.Table],
    treatment: Treatment,
    most_false: int,
    per_query: int,
    *,
    seed: int | None = None,
) -> Settled:
    """Apply the verdicts of a cascade to the candidates that mining selected.

    The verdict of a candidate is that of the last judge that saw it, so a later judge can clear what an earlier one
    flagged. Where no judge saw it, or the last one contradicts itself, it is ``unknown``: neither a negative nor a
    positive.

    Treatments are those of RLHN (METHODS.md 2.4) and ARHN (2.10):

    - ``remove``: a query with a false negative is set aside with all its candidates.
    - ``drop``: false negatives are no negatives any more.
    - ``relabel``: false negatives become positives.
    - ``rank``: those as good as the positive become positives; ``partial`` ones are dropped.

    RLHN takes everything relevant for a false negative, better or worse than the positive. So ``remove``, ``drop`` and
    ``relabel`` count ``partial`` as one too; ``rank`` does not.

    What is left is drawn down to ``per_query``. The miners keep the shares in which they came in: each gives its best
    rank first, in turn.

    The outcome for a query depends on its own rows and verdicts alone, not on their order.

    Args:
        candidates: ``records.CANDIDATES``; the rows kept are the negatives that mining selected and judges saw.
        verdicts: ``VERDICTS`` of each judge, in the order of the cascade. None at all: every candidate is clean.
        treatment: What becomes of false negatives.
        most_false: A query with more of them is set aside.
        per_query: Negatives wanted a query.
        seed: Draw by lot among a miner's clean candidates instead of by rank, for candidates that mining itself did
            not draw best first.

    Returns:
        The same rows in the same order. A row that came in kept stays so, or is not kept with one of the reasons
        ``false_negatives`` and ``too_many_false`` (its query is set aside), ``unknown``, ``relabelled``,
        ``false_negative``, ``partial``, ``duplicate`` (the passage is kept in another row), ``not_drawn``.

    Raises:
        StageError: A verdict is about a candidate that was not selected or has an unknown name, or the treatment has.

    Examples:
        >>> from langret.judging import Verdict, verdict_table
        >>> from langret.mining import random_candidates
        >>> found = random_candidates(["q"], ["a", "b"], k=2, seed=13)
        >>> said = [[Verdict("q", "a", "false_negative"), Verdict("q", "b", "negative")]]
        >>> done = settle(found, [verdict_table("llm", said)], "rank", most_false=7, per_query=4)
        >>> sorted(zip(done.candidates["passage_id"].to_pylist(), done.candidates["reason"].to_pylist()))
        [('a', 'relabelled'), ('b', '')]
    """
    if treatment not in get_args(Treatment):
        raise StageError(
            f'There is no treatment "{treatment}".', hint=nearest(treatment, get_args(Treatment))
        )
    rows = _Rows(candidates)
    ruling = rows.final(verdicts)
    n_queries = len(rows.query_ids)
    pair_query = rows.pairs // rows.width
    false = ruling == FALSE if treatment == "rank" else (ruling == FALSE) | (ruling == PARTIAL)
    count = np.bincount(pair_query[false], minlength=n_queries)
    too_many = count > most_false
    removed = ~too_many & (count > 0) if treatment == "remove" else np.zeros(n_queries, dtype=bool)
    positive = np.zeros(len(RULINGS), dtype=bool)
    positive[[FALSE, PARTIAL] if treatment == "relabel" else [FALSE] if treatment == "rank" else []] = True
    aside = too_many | removed

    said = ruling[rows.of_pair]
    in_ = np.flatnonzero(rows.open)
    rows.set_aside(in_[too_many[rows.query[in_]]], "too_many_false")
    rows.set_aside(in_[removed[rows.query[in_]]], "false_negatives")
    rows.set_aside(in_[said == UNKNOWN], "unknown")
    rows.set_aside(in_[positive[said]], "relabelled")
    rows.set_aside(in_[said == FALSE], "false_negative")
    rows.set_aside(in_[said == PARTIAL], "partial")
    rows.draw(in_, per_query, seed)

    new = positive[ruling] & ~aside[pair_query]
    n_new = int(new.sum())
    relabelled = pa.table(
        [
            pa.array(rows.query_ids, pa.string()).take(pa.array(pair_query[new])),
            pa.array(rows.passage_ids, pa.string()).take(pa.array(rows.pairs[new] % rows.width)),
            pa.array(np.ones(n_new, dtype=np.int32)),
            pa.array(np.ones(n_new, dtype=bool)),
            pa.array(RULINGS, pa.string()).take(pa.array(ruling[new])),
        ],
        schema=JUDGEMENTS,
    )
    which = np.flatnonzero(aside)
    queries_aside = pa.table(
        [
            pa.array(rows.query_ids, pa.string()).take(pa.array(which)),
            pa.array(np.where(too_many[which], "too_many_false", "false_negatives"), pa.string()),
        ],
        schema=QUERIES_ASIDE,
    )
    return Settled(rows.table(), relabelled, queries_aside)


def settle_summary(
    settled: Settled, verdicts: Mapping[str, pa.Table], per_query: int, n_queries: int
) -> dict[str, Any]:
    """Count what the judges said and what became of it, for the funnel.

    Args:
        settled: Result of ``settle``.
        verdicts: ``VERDICTS`` of each judge by its name, in the order of the cascade.
        per_query: Negatives wanted a query.
        n_queries: Queries that were mined, those without any candidate included.

    Returns:
        What ``mining.selection_summary`` counts, of the queries not set aside; and ``{"judges": {name: {"seen":
        candidates, "negative": n, "false_negative": n, "partial": n, "unknown": n, "flagged": what passed on to the
        next judge}}, "relabelled": new positives, "aside": {reason: queries}}``. ``in`` is ``kept`` plus the sum of
        ``reasons``; ``seen`` is the sum of the four verdicts.
    """
    aside = Counter(settled.queries_aside.column("reason").to_pylist())
    return {
        **selection_summary(settled.candidates, per_query, n_queries - settled.queries_aside.num_rows),
        "judges": {name: _said(table) for name, table in verdicts.items()},
        "relabelled": settled.relabelled.num_rows,
        "aside": dict(sorted(aside.items())),
    }


def _said(table: pa.Table) -> dict[str, int]:
    """Candidates by verdict; a candidate with two different verdicts is unknown."""
    by_pair = table.group_by(["query_id", "passage_id"]).aggregate([("verdict", "min"), ("verdict", "max")])
    low, high = by_pair.column("verdict_min"), by_pair.column("verdict_max")
    said = Counter(pc.if_else(pc.equal(low, high), low, "unknown").to_pylist())
    counts: dict[str, int] = {name: said[name] for name in RULINGS}
    return {"seen": by_pair.num_rows, **counts, "flagged": by_pair.num_rows - counts["negative"]}


class _Rows:
    """Candidate rows as numbers. A pair of query and passage is one number; ``pairs`` are those that came in kept."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self.query, self.query_ids = _codes(table.column("query_id"))
        self._passage, self.passage_ids = _codes(table.column("passage_id"))
        self._source, self._sources = _codes(table.column("source"))
        self._reason, self._reasons = _codes(table.column("reason"))
        self.open = table.column("kept").to_numpy().copy()
        self.width = max(len(self.passage_ids), 1)
        self._pair = self.query * self.width + self._passage
        self.pairs, self.of_pair = np.unique(self._pair[self.open], return_inverse=True)

    def final(self, verdicts: Sequence[pa.Table]) -> np.ndarray:
        """Number of the last verdict on each of ``pairs``."""
        ruling = np.full(len(self.pairs), UNKNOWN if verdicts else NEGATIVE, dtype=np.int8)
        for table in verdicts:
            place, code = self._places(table), ruling_codes(table)
            low, high = np.full(len(self.pairs), len(RULINGS), np.int8), np.full(len(self.pairs), -1, np.int8)
            np.minimum.at(low, place, code)
            np.maximum.at(high, place, code)
            ruling = np.where(high < 0, ruling, np.where(low == high, high, UNKNOWN)).astype(np.int8)
        return ruling

    def _places(self, table: pa.Table) -> np.ndarray:
        """Where the pair of each verdict stands in ``pairs``."""
        query = pc.index_in(table.column("query_id"), value_set=pa.array(self.query_ids, pa.string()))
        passage = pc.index_in(table.column("passage_id"), value_set=pa.array(self.passage_ids, pa.string()))
        known = pc.and_(query.is_valid(), passage.is_valid()).to_numpy()
        pair = np.where(
            known,
            pc.fill_null(query, 0).to_numpy().astype(np.int64) * self.width
            + pc.fill_null(passage, 0).to_numpy(),
            -1,
        )
        place = np.searchsorted(self.pairs, pair).clip(max=max(len(self.pairs) - 1, 0))
        found = self.pairs[place] == pair if len(self.pairs) else np.zeros(len(pair), dtype=bool)
        if not found.all():
            row = table.slice(int(np.argmin(found)), 1).to_pylist()[0]
            raise StageError(
                "judges a candidate that was not selected.",
                where=f'judge "{row["judge"]}", query {row["query_id"]}, passage {row["passage_id"]}',
                hint="Settle the candidates from which the cases were made.",
            )
        return place

    def set_aside(self, rows: np.ndarray, reason: str) -> None:
        """Write the reason of rows that are still open, and close them."""
        rows = rows[self.open[rows]]
        self._explain(rows, reason)
        self.open[rows] = False

    def _explain(self, rows: np.ndarray, reason: str) -> None:
        if reason not in self._reasons:
            self._reasons.append(reason)
        self._reason[rows] = self._reasons.index(reason)

    def draw(self, came: np.ndarray, per_query: int, seed: int | None) -> None:
        """Leave ``per_query`` of the open rows open, from each miner in the share in which its rows came."""
        miner = self.query * max(len(self._sources), 1) + self._source
        arrived = np.bincount(miner[came], minlength=int(miner.max(initial=-1)) + 1)
        rank = self._table.column("rank").to_numpy()
        left = np.flatnonzero(self.open)
        first = rank[left] if seed is None else self._lots(left, seed)
        left = left[np.lexsort((self._passage[left], rank[left], first, miner[left]))]
        turn = (place_in_group(miner[left]) + 0.5) / arrived[miner[left]]
        left = left[np.lexsort((self._passage[left], self._source[left], rank[left], turn, self.query[left]))]
        once = np.zeros(len(left), dtype=bool)
        once[np.unique(self._pair[left], return_index=True)[1]] = True
        self.set_aside(left[~once], "duplicate")
        left = left[once]
        self.set_aside(left[place_in_group(self.query[left]) >= per_query], "not_drawn")

    def _lots(self, rows: np.ndarray, seed: int) -> np.ndarray:
        """A place in a random order for each row, from the seed and its ids alone."""
        drawn = [
            lot(seed, self.query_ids[q], self.passage_ids[p])
            for q, p in zip(self.query[rows].tolist(), self._passage[rows].tolist(), strict=True)
        ]
        places = np.empty(len(rows), dtype=np.int64)
        places[sorted(range(len(rows)), key=drawn.__getitem__)] = np.arange(len(rows))
        return places

    def table(self) -> pa.Table:
        """The candidates as they stand now."""
        reasons = pa.array(self._reasons, pa.string()).take(pa.array(self._reason))
        table = self._table.set_column(CANDIDATES.get_field_index("kept"), "kept", pa.array(self.open))
        return table.set_column(CANDIDATES.get_field_index("reason"), "reason", reasons)


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """Numbers for the strings of a column, in the order of the strings, and the strings."""
    names = sorted(pc.unique(column).to_pylist())
    codes = pc.index_in(column, value_set=pa.array(names, pa.string()))
    return codes.to_numpy().astype(np.int64), names
