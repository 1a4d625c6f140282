"""Mined sets: hard negatives as a product, in files that people keep, publish and read again.

A set is a folder in BEIR's layout, in Parquet: ``corpus.parquet`` (``_id``, ``title``, ``text``), ``queries.parquet``
(``_id``, ``text``) and ``qrels/train.parquet`` (``query-id``, ``corpus-id``, ``score``, ``origin``). A hard negative
is a judgement with score 0, so that whatever reads BEIR reads the positives, and langret's ``given`` miner reads the
negatives. ``candidates.parquet`` keeps every candidate that a judge saw or a rule chose, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pyarrow as pa

from langret.data.records import CANDIDATES, Collection, full_text
from langret.errors import DataError, RecipeError, nearest
from langret.recipe.schema import Format, Source

if TYPE_CHECKING:
    from langret.language import Language

CORPUS, QUERIES, QRELS, SEEN = (
    "corpus.parquet",
    "queries.parquet",
    "qrels/train.parquet",
    "candidates.parquet",
)
GIVEN, RELABELLED = "given", "relabelled"
PAIRS = pa.schema([("query_id", pa.string()), ("passage_id", pa.string())])
_QRELS = pa.schema(
    [("query-id", pa.string()), ("corpus-id", pa.string()), ("score", pa.int32()), ("origin", pa.string())]
)
# What no judge saw and no rule had a reason against would fill a hundred rows a query.
_UNSEEN = ["not_drawn", "rank", "duplicate", "positive"]


def mined_source(name: str, language: Language, base: Path) -> Source:
    """Where a set that a recipe names lies.

    Args:
        name: A set of the language's catalogue (``jaquad-hn``, or ``ja/jaquad-hn`` with the language in front), a
            folder, or a hub name; ``@revision`` may stand behind the two that lie on the hub.
        language: Whose catalogue is asked.
        base: Folder at which relative paths start.

    Raises:
        RecipeError: There is no such set.
    """
    from langret.data.readers.paths import resolve_path
    from langret.recipe.lock import is_hub_name, split_revision

    folder = resolve_path(name, base)
    if folder.is_dir() and any(folder.glob("qrels*")):
        return Source(path=str(folder), format="beir")
    bare, revision = split_revision(name)
    short = bare.removeprefix(f"{language.code}/")
    sets = {entry.name: entry for entry in language.catalogue if entry.role == "negatives"}
    if short in sets:
        if not (hub := sets[short].hub):
            raise RecipeError(
                f'The set "{short}" is not published. {sets[short].note}'.strip(),
                where="negatives.set",
                hint="`langret mine RECIPE --output FOLDER` builds it; then name the folder.",
            )
        known = sets[short].format in get_args(Format)
        form: Any = sets[short].format if known else "auto"
        return Source(hub=hub, format=form, revision=revision)
    if (
        not folder.exists()
        and is_hub_name(bare, base)
        and "/" in bare
        and not bare.startswith(f"{language.code}/")
    ):
        return Source(hub=bare, revision=revision)
    what = "nothing" if not folder.exists() else "a folder without qrels" if folder.is_dir() else "a file"
    raise RecipeError(
        f'There is no mined set "{name}": at {folder} there is {what}, and the catalogue of {language.name} has none '
        "of that name.",
        where="negatives.set",
        hint=nearest(short, sets) if sets else "`langret mine RECIPE --output FOLDER` makes one.",
    )


def write_mined(
    folder: Path, data: Collection, candidates: pa.Table, relabelled: pa.Table | None, aside: pa.Table | None
) -> dict[str, int]:
    """Write a set.

    Only queries that are trained on are in it, and every passage that is kept.

    Args:
        folder: Where to; files of an earlier set there are replaced.
        data: Cleaned training data.
        candidates: ``records.CANDIDATES`` with ``kept`` and ``reason``.
        relabelled: ``query_id`` and ``passage_id`` of candidates that judges made positive.
        aside: ``id`` of queries that judges set aside.

    Returns:
        Rows: passages, queries, positives, relabelled, negatives.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    gone = set(aside.column("id").to_pylist()) if aside is not None else set()
    positives = data.positives()
    queries = [q for q in data.kept_queries() if q.id in positives and q.id not in gone]
    kept = {q.id for q in queries}
    chosen = candidates.filter(candidates.column("kept"))
    rows = {
        "positives": [(q.id, pid, 1, GIVEN) for q in queries for pid in positives[q.id]],
        "relabelled": [(q, p, 1, RELABELLED) for q, p in _columns(relabelled, 2) if q in kept],
        "negatives": [(q, p, 0, source) for q, p, source in _columns(chosen, 3) if q in kept],
    }
    judged = [row for part in rows.values() for row in part]
    passages = data.passages.filter(data.passages.column("kept")).select(["id", "title", "text"])
    seen = pc.invert(pc.is_in(candidates.column("reason"), pa.array(_UNSEEN)))
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, table in (
        (CORPUS, passages.rename_columns(["_id", "title", "text"])),
        (QUERIES, pa.table({"_id": [q.id for q in queries], "text": [q.text for q in queries]})),
        (QRELS, pa.table([[row[i] for row in judged] for i in range(4)], schema=_QRELS)),
        (SEEN, candidates.filter(pc.or_(candidates.column("kept"), seen))),
    ):
        pq.write_table(table, folder / name)
    counts = {name: len(part) for name, part in rows.items()}
    return {"passages": passages.num_rows, "queries": len(queries), **counts}


def match_mined(
    mined: Collection, data: Collection, language: Language, per_query: int
) -> tuple[pa.Table, pa.Table, dict[str, Any]]:
    """Take from a set what concerns the queries and passages that are here.

    Rows are matched by their normalised text, because ids are only known to be the same within one recipe. A query
    whose text several queries here share is taken for all of them.

    Args:
        mined: The set, as read.
        data: Cleaned training data.
        language: Whose normaliser the set's text passes.
        per_query: Negatives wanted a query; the set's order decides.

    Returns:
        Candidates with source ``given`` and the reasons ``unknown_passage``, ``positive`` (known here, or relevant by
        the set), ``duplicate`` and ``not_drawn``; the pairs (``query_id``, ``passage_id``) that the set calls relevant
        and the data does not; and a summary. Judgements of queries that are not here are counted as ``unknown_query``
        and have no row.

    Raises:
        DataError: No query of the set is here.
    """
    import pyarrow as pa

    positives = {qid: set(found) for qid, found in data.positives().items()}
    trained = [(q.id, q.text) for q in data.kept_queries() if q.id in positives]
    passages = ((p.id, full_text(p.title, p.text)) for p in data.kept_passages())
    theirs = (
        (p.id, full_text(language.normalize(p.title), language.normalize(p.text)))
        for p in mined.kept_passages()
    )
    of_query = _same(((q.id, language.normalize(q.text)) for q in mined.kept_queries()), trained)
    of_passage = {i: ids[0] for i, ids in _same(theirs, passages).items()}
    if trained and not of_query:
        raise DataError(
            "No query of the set is a training query here.",
            hint="A set fits the data, or a part of the data, that it was mined for.",
        )
    more: dict[tuple[str, str], None] = {}
    reasons: Counter[str] = Counter()
    judgements = list(mined.kept_judgements())
    for judged in judgements:
        passage = of_passage.get(judged.passage_id)
        for query in of_query.get(judged.query_id, ()):
            if judged.relevance > 0 and passage is not None and passage not in positives[query]:
                more[query, passage] = None
    for query, passage in more:
        positives[query].add(passage)
    rows: list[tuple[str, str, bool, str]] = []
    drawn: dict[str, set[str]] = {qid: set() for qid, _ in trained}
    for judged in judgements:
        if judged.relevance > 0:
            continue
        passage = of_passage.get(judged.passage_id)
        if judged.query_id not in of_query:
            reasons["unknown_query"] += 1
        for query in of_query.get(judged.query_id, ()):
            if passage is None:
                reason = "unknown_passage"
            elif passage in positives[query]:
                reason = "positive"
            elif passage in drawn[query]:
                reason = "duplicate"
            else:
                reason = "not_drawn" if len(drawn[query]) == per_query else ""
            if passage is not None and not reason:
                drawn[query].add(passage)
            reasons[reason or "kept"] += 1
            rows.append((query, passage or judged.passage_id, not reason, reason))
    place: Counter[str] = Counter()
    ranks = []
    for query, *_ in rows:
        place[query] += 1
        ranks.append(place[query])
    table = pa.table(
        [
            [row[0] for row in rows],
            [row[1] for row in rows],
            ranks,
            pa.nulls(len(rows), pa.float32()),
            pa.repeat(GIVEN, len(rows)),
            [row[2] for row in rows],
            [row[3] for row in rows],
        ],
        schema=CANDIDATES,
    )
    kept = reasons.pop("kept", 0)
    summary = {
        "in": kept + sum(reasons.values()),
        "kept": kept,
        "reasons": dict(sorted((k, v) for k, v in reasons.items() if v)),
        "queries": len(trained),
        "short": sum(len(found) < per_query for found in drawn.values()),
        "missing": sum(per_query - len(found) for found in drawn.values()),
        "relabelled": len(more),
    }
    return table, pa.table([[q for q, _ in more], [p for _, p in more]], schema=PAIRS), summary


def _same(theirs: Iterable[tuple[str, str]], ours: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Our ids of the same text for each of their ids; what is not here is left out."""
    from langret.data.duplicates import text_hashes

    ids: dict[int, list[str]] = {}
    for part in _parts(ours):
        for (name, _), number in zip(part, text_hashes([text for _, text in part]).tolist(), strict=True):
            ids.setdefault(number, []).append(name)
    found = {}
    for part in _parts(theirs):
        for (name, _), number in zip(part, text_hashes([text for _, text in part]).tolist(), strict=True):
            if number in ids:
                found[name] = ids[number]
    return found


def _parts(rows: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    rest = iter(rows)
    while part := list(islice(rest, 8192)):
        yield part


def _columns(table: pa.Table | None, width: int) -> Iterator[tuple[str, ...]]:
    """Rows of the first ``query_id``, ``passage_id`` and ``source`` columns of a table."""
    if table is not None:
        names = ("query_id", "passage_id", "source")[:width]
        yield from zip(*(table.column(name).to_pylist() for name in names), strict=True)
