"""Judgements after cleaning: moved to the rows that stay, without doubles, and none that leads nowhere."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from langret.data.records import JUDGEMENTS, QUERIES, Collection
from langret.errors import DataError

SAME_QUERY = 100


def clean_judgements(
    passages: pa.Table, queries: pa.Table, judgements: pa.Table, *, strict: bool
) -> tuple[pa.Table, pa.Table]:
    """Bring queries and judgements into line with annotated passages.

    Args:
        passages: Annotated passages.
        queries: Normalised queries, empty ones annotated.
        judgements: As read.
        strict: Also share positives between queries with the same text, and set queries without a positive
            aside. Without it only judgements that lead nowhere are annotated.

    Returns:
        Queries and judgements. Rules and reasons are those of `langret.data.cleaning.clean`.
    """
    work = _Work(passages, queries, judgements)
    work.drop("unknown_query", work.q < 0)
    work.drop("unknown_passage", work.p < 0)
    if strict:
        work.merge_crowds()
    work.drop("query_set_aside", ~work.of_query(work.query_kept))
    work.drop("passage_set_aside", ~work.passage_kept[work.p])
    if strict:
        work.drop_doubles()
        work.share_positives()
        if judgements.num_rows:
            work.drop_unanswered()
    return work.tables()


def must_be_benchmark(benchmark: Collection, where: str) -> None:
    """Refuse a benchmark without a judgement that calls a known passage relevant to a known query.

    Args:
        benchmark: Cleaned in its role.
        where: What the user calls it.

    Raises:
        DataError: There is none; says what became of the judgements, and how queries and passages are called.
    """
    if benchmark.positives():
        return
    counts = benchmark.funnel()["judgements"]
    aside = ", ".join(f"{reason} {n:,}" for reason, n in counts.items() if reason not in ("in", "kept"))
    hint = "A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv."
    first = benchmark.judgements.slice(0, 1).to_pylist()
    names = [
        table.column("id")[0].as_py() for table in (benchmark.queries, benchmark.passages) if table.num_rows
    ]
    if first and len(names) == 2:
        hint = (
            f'The first judgement is of query "{first[0]["query_id"]}" and passage "{first[0]["passage_id"]}"; '
            f'queries are called such as "{names[0]}", passages such as "{names[1]}".'
        )
    raise DataError(
        f"not a benchmark: {benchmark.passages.num_rows:,} passages and {benchmark.queries.num_rows:,} queries, but of "
        f"{counts['in']:,} judgements none calls a known passage relevant to a known query"
        + (f" (set aside: {aside})." if aside else "."),
        where=where,
        hint=hint,
    )


class Reasons:
    """A column of reasons as small numbers, so that millions of rows stay small."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        encoded = column.combine_chunks().dictionary_encode()
        self.names: list[str] = encoded.dictionary.to_pylist()
        self.codes = encoded.indices.to_numpy().astype(np.int16)

    def set(self, rows: np.ndarray, reason: str) -> None:
        """Write a reason; ``rows`` is a mask or row numbers."""
        if reason not in self.names:
            self.names.append(reason)
        self.codes[rows] = self.names.index(reason)

    def extend(self, count: int, reason: str) -> None:
        """Add rows with a reason."""
        self.codes = np.concatenate([self.codes, np.zeros(count, np.int16)])
        self.set(np.arange(len(self.codes) - count, len(self.codes)), reason)

    def column(self) -> pa.Array:
        """The reasons as text."""
        return pa.DictionaryArray.from_arrays(self.codes, pa.array(self.names, pa.string())).cast(pa.string())


class _Work:
    """The judgements as columns of row numbers, and the kept flags that they must agree with."""

    def __init__(self, passages: pa.Table, queries: pa.Table, judgements: pa.Table) -> None:
        self.queries, self.judgements = queries, judgements
        self.query_ids, self.passage_ids = queries.column("id"), passages.column("id")
        self.query_kept = queries.column("kept").to_numpy().copy()
        self.query_reason = Reasons(queries.column("reason"))
        # One row more, never kept: unknown ids have row -1.
        self.passage_kept = np.append(passages.column("kept").to_numpy(), False)
        self.q = _rows(judgements.column("query_id"), self.query_ids)
        self.p = _rows(judgements.column("passage_id"), self.passage_ids)
        self.relevance = judgements.column("relevance").to_numpy().astype(np.int32)
        self.kept = judgements.column("kept").to_numpy().copy()
        self.reason = Reasons(judgements.column("reason"))
        self._follow(passages)

    def of_query(self, flags: np.ndarray) -> np.ndarray:
        """A flag of queries for each judgement; False for unknown queries."""
        return np.append(flags, False)[self.q]

    def _follow(self, passages: pa.Table) -> None:
        """Move judgements of duplicates to the passage that stays."""
        doubled = np.flatnonzero(pc.not_equal(passages.column("duplicate_of"), "").to_numpy())
        targets = _rows(passages.column("duplicate_of").take(pa.array(doubled)), self.passage_ids)
        onward = np.append(np.arange(passages.num_rows), -1)
        onward[doubled[targets >= 0]] = targets[targets >= 0]
        self.p = np.where(self.kept, onward[self.p], self.p)

    def drop(self, reason: str, where: np.ndarray) -> None:
        """Set those aside that are still kept; ``where`` is a mask over all judgements."""
        hit = self.kept & where
        self.kept[hit] = False
        self.reason.set(hit, reason)

    def drop_queries(self, reason: str, where: np.ndarray) -> None:
        """The same for queries."""
        self.query_kept[where] = False
        self.query_reason.set(where, reason)

    def merge_crowds(self) -> None:
        """Leave one of a crowd with the same text; shared among all, positives would grow with the square."""
        onward = np.append(np.arange(len(self.query_kept)), -1)
        for group in self._same_text(SAME_QUERY + 1):
            ids = self.query_ids.take(pa.array(group)).to_pylist()
            onward[group] = group[ids.index(min(ids))]
        gone = onward[:-1] != np.arange(len(self.query_kept))
        self.drop_queries("duplicate_query", gone)
        self.q = np.where(self.kept, onward[self.q], self.q)

    def drop_doubles(self) -> None:
        """Keep one judgement a pair: the highest grade."""
        rows = np.flatnonzero(self.kept)
        order = rows[np.lexsort((rows, -self.relevance[rows], self.p[rows], self.q[rows]))]
        same = np.zeros(len(order), bool)
        same[1:] = (np.diff(self.q[order]) == 0) & (np.diff(self.p[order]) == 0)
        first = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
        negative = (self.relevance[order] <= 0) & (self.relevance[order[first]] > 0)
        self._set_aside(order[same & negative], "also_positive")
        self._set_aside(order[same & ~negative], "duplicate")

    def _set_aside(self, rows: np.ndarray, reason: str) -> None:
        self.kept[rows] = False
        self.reason.set(rows, reason)

    def share_positives(self) -> None:
        """Give queries with the same text each other's positives."""
        members = dict(enumerate(group.tolist() for group in self._same_text(2)))
        group_of = {row: group for group, rows in members.items() for row in rows}
        if not group_of:
            return
        shared = np.zeros(len(self.query_kept), bool)
        shared[list(group_of)] = True
        concerned = np.flatnonzero(self.kept & self.of_query(shared))
        columns = (column[concerned].tolist() for column in (self.q, self.p, self.relevance))
        triples = list(zip(*columns, strict=True))
        best: dict[tuple[int, int], int] = {}
        for q, p, relevance in triples:
            if relevance > 0:
                pair = (group_of[q], p)
                best[pair] = max(best.get(pair, 0), relevance)
        contrary = [(group_of[q], p) in best and relevance <= 0 for q, p, relevance in triples]
        self._set_aside(concerned[np.array(contrary, bool)], "also_positive")
        held = {(q, p) for q, p, relevance in triples if relevance > 0}
        added = [
            (q, p, relevance)
            for (group, p), relevance in sorted(best.items())
            for q in members[group]
            if (q, p) not in held
        ]
        if added:
            q, p, relevance = (np.array(column) for column in zip(*added, strict=True))
            self.q, self.p = np.concatenate([self.q, q]), np.concatenate([self.p, p])
            self.relevance = np.concatenate([self.relevance, relevance]).astype(np.int32)
            self.kept = np.concatenate([self.kept, np.ones(len(added), bool)])
            self.reason.extend(len(added), "same_query")

    def _same_text(self, at_least: int) -> list[np.ndarray]:
        """Rows of kept queries that share their text with enough others, one array a text."""
        rows = np.flatnonzero(self.query_kept)
        texts = self.queries.column("text").take(pa.array(rows)).combine_chunks()
        groups = texts.dictionary_encode().indices.to_numpy()
        sizes = np.bincount(groups)[groups] if len(groups) else groups
        rows, groups = rows[sizes >= at_least], groups[sizes >= at_least]
        order = np.argsort(groups, kind="stable")
        cuts = np.flatnonzero(np.diff(groups[order])) + 1
        return np.split(rows[order], cuts) if len(rows) else []

    def drop_unanswered(self) -> None:
        """Set queries without a positive aside, and what else was judged for them."""
        answered = np.zeros(len(self.query_kept), bool)
        answered[self.q[self.kept & (self.relevance > 0)]] = True
        self.drop_queries("no_positive", self.query_kept & ~answered)
        self.drop("query_set_aside", ~self.of_query(self.query_kept))

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Queries and judgements with what was decided."""
        queries = self.queries
        for name, values in (("kept", pa.array(self.query_kept)), ("reason", self.query_reason.column())):
            queries = queries.set_column(QUERIES.get_field_index(name), QUERIES.field(name), values)
        columns = {
            "query_id": _names(self.q, self.query_ids, self.judgements.column("query_id")),
            "passage_id": _names(self.p, self.passage_ids, self.judgements.column("passage_id")),
            "relevance": pa.array(self.relevance),
            "kept": pa.array(self.kept),
            "reason": self.reason.column(),
        }
        return queries, pa.table(columns, schema=JUDGEMENTS)


def _rows(names: pa.ChunkedArray, ids: pa.ChunkedArray) -> np.ndarray:
    """Row number of each name among ``ids``, -1 where there is none."""
    found = pc.index_in(names, value_set=ids.combine_chunks())
    return pc.fill_null(found, -1).to_numpy().astype(np.int64)


def _names(rows: np.ndarray, ids: pa.ChunkedArray, given: pa.ChunkedArray) -> pa.ChunkedArray:
    """Ids of rows; where the row is unknown, what was given (rows added at the end are always known)."""
    known = ids.take(pa.array(rows, mask=rows < 0))
    given = pa.chunked_array([*given.chunks, pa.nulls(len(rows) - len(given), pa.string())], pa.string())
    return pc.coalesce(known, given)
