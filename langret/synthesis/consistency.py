"""Whether a first model finds what was written: the consistency filter of E5."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

import pyarrow as pa

from langret.data.records import JUDGEMENTS, PASSAGES, QUERIES, Collection, Passage, Query
from langret.language.contract import Language
from langret.recipe.schema import Consistency
from langret.synthesis.job import draw

Ranker = Callable[[Sequence[Query], Sequence[Passage], int], Mapping[str, Iterable[str]]]
"""Gives each query's best passages by id, best first: ``langret.evaluation.rank`` with a retriever, for one."""
CONSISTENCY = pa.schema(
    [
        ("query_id", pa.string()),
        ("passage_id", pa.string()),
        ("rank", pa.int32()),  # null: below the last rank that counts
        ("kept", pa.bool_()),
        ("reason", pa.string()),
    ]
)
INCONSISTENT = "inconsistent"


def consistent(
    collection: Collection,
    written: Iterable[str],
    language: Language,
    settings: Consistency,
    *,
    seed: int,
    rank: Ranker | None = None,
) -> pa.Table:
    """Say of each written pair whether a first model finds the passage for the query (E5, METHODS.md 7).

    For each query, passages drawn from the collection are ranked together with its positives. One is found when it
    is among the first ``top``. Other passages that are judged for the query do not count: other positives compete
    with nobody, and a written negative is meant to come near.

    E5's pairs have one positive each. Here a written query that has several stays with all of them when one is
    found: the others, no longer known as positives, would be mined as its negatives. A passage that was written for
    a query of the data stays when it is found for it.

    Args:
        collection: Passages, queries and judgements, what was written among them.
        written: Ids of what was written. A pair is looked at when its query or its passage is one of them.
        language: Its plugin, whose analyzer BM25 uses.
        settings: The first model, ranks and passages.
        seed: Seed of the recipe.
        rank: Ranks in place of ``settings.by``.

    Returns:
        A row for each kept positive judgement that was looked at, in the order of the judgements: rank (null where
        it is below ``top``), kept, and the reason, ``inconsistent`` where it is not kept.

    Raises:
        ModelError: ``settings.by`` is no model.
    """
    ours = set(written)
    pairs = [
        judgement
        for judgement in collection.kept_judgements()
        if judgement.relevance > 0 and (judgement.query_id in ours or judgement.passage_id in ours)
    ]
    judged: dict[str, set[str]] = {pair.query_id: set() for pair in pairs}
    for judgement in collection.kept_judgements():
        if judgement.query_id in judged:
            judged[judgement.query_id].add(judgement.passage_id)
    queries = [query for query in collection.kept_queries() if query.id in judged]
    drawn = None if settings.among is None else draw(_ids(collection), settings.among, seed, "consistency")
    needed = {pair.passage_id for pair in pairs}
    passages = [p for p in collection.kept_passages() if drawn is None or p.id in drawn or p.id in needed]
    depth = settings.top + max(map(len, judged.values()), default=0)
    ranked = (rank or _ranker(settings, language))(queries, passages, depth) if pairs else {}
    ranks: dict[tuple[str, str], int] = {}
    for query_id, best in ranked.items():
        place = 1
        for passage_id in best:
            if place > settings.top:
                break
            if passage_id in judged[query_id]:
                ranks[query_id, passage_id] = place
            else:
                place += 1
    found = {p.query_id for p in pairs if (p.query_id, p.passage_id) in ranks} & ours
    kept = [pair.query_id in found or (pair.query_id, pair.passage_id) in ranks for pair in pairs]
    columns = [
        [pair.query_id for pair in pairs],
        [pair.passage_id for pair in pairs],
        [ranks.get((pair.query_id, pair.passage_id)) for pair in pairs],
        kept,
        ["" if one else INCONSISTENT for one in kept],
    ]
    return pa.table(columns, schema=CONSISTENCY)


def annotate_inconsistent(collection: Collection, table: pa.Table, written: Iterable[str]) -> Collection:
    """Set aside what ``consistent`` did not keep.

    Args:
        collection: The collection that was looked at.
        table: What was found.
        written: Ids of what was written, as for ``consistent``.

    Returns:
        The collection, in which are not kept: inconsistent pairs (``inconsistent``); queries that have no positive
        left for it (``inconsistent``), with their other judgements (``query_set_aside``); and written passages that
        lost a judgement and are nobody's positive (``inconsistent``), with theirs (``passage_set_aside``), since
        they would be mined as negatives of the very query that they were written for. The user's own passages stay.
    """
    columns = (table.column(name).to_pylist() for name in ("query_id", "passage_id", "kept"))
    bad = {(query, passage) for query, passage, kept in zip(*columns, strict=True) if not kept}
    left = [j for j in collection.kept_judgements() if (j.query_id, j.passage_id) not in bad]
    gone = {query for query, _ in bad} - {j.query_id for j in left if j.relevance > 0}
    lost = {passage for _, passage in bad} | {j.passage_id for j in left if j.query_id in gone}
    lost -= {j.passage_id for j in left if j.relevance > 0}
    lost &= set(written)

    def pair(query: str, passage: str) -> str:
        if (query, passage) in bad:
            return INCONSISTENT
        return "query_set_aside" if query in gone else "passage_set_aside" if passage in lost else ""

    return collection.replace(
        passages=_annotated(
            collection.passages, PASSAGES, ("id",), lambda p: INCONSISTENT if p in lost else ""
        ),
        queries=_annotated(collection.queries, QUERIES, ("id",), lambda q: INCONSISTENT if q in gone else ""),
        judgements=_annotated(collection.judgements, JUDGEMENTS, ("query_id", "passage_id"), pair),
    )


def _annotated(table: pa.Table, schema: pa.Schema, names: Sequence[str], why: Callable[..., str]) -> pa.Table:
    """The table with kept rows set aside for which ``why`` gives a reason."""
    columns = [table.column(name).to_pylist() for name in names]
    kept, reasons = table.column("kept").to_pylist(), table.column("reason").to_pylist()
    for row, values in enumerate(zip(*columns, strict=True)):
        if kept[row] and (reason := why(*values)):
            kept[row], reasons[row] = False, reason
    for name, values in (("kept", kept), ("reason", reasons)):
        field = schema.field(name)
        table = table.set_column(schema.get_field_index(name), field, pa.array(values, field.type))
    return table


def _ids(collection: Collection) -> Iterator[str]:
    return (passage.id for passage in collection.kept_passages())


def _ranker(settings: Consistency, language: Language) -> Ranker:
    """Search by BM25 or by a model; evaluation has both, and they are looked for only now that they are needed."""
    if settings.by == "bm25":
        from langret.evaluation.lexical import rank_bm25

        return partial(rank_bm25, language)
    from langret.evaluation.search import rank
    from langret.modeling import load_model
    from langret.recipe.lock import split_revision

    name, revision = split_revision(settings.by)
    return partial(rank, load_model(name, revision=revision))
