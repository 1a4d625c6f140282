"""Mined sets: hard negatives as a product, in files that people keep, publish and read again.

A set is a folder in BEIR's layout, in Parquet: ``corpus.parquet`` (``_id``, ``title``, ``text``), ``queries.parquet``
(``_id``, ``text``) and ``qrels/train.parquet`` (``query-id``, ``corpus-id``, ``score``, ``origin``). A hard negative
is a judgement with score 0, so that whatever reads BEIR reads the positives, and langret's ``given`` miner reads the
negatives. ``candidates.parquet`` keeps every candidate that a judge saw or a rule chose, with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import pyarrow as pa

from langret.data.records import CANDIDATES, Collection, full_text
from langret.errors import RecipeError, nearest
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
            folder, or a hub name.
        language: Whose catalogue is asked.
        base: Folder at which relative paths start.

    Raises:
        RecipeError: There is no such set.
    """
    from langret.data.readers.paths import resolve_path

    folder = resolve_path(name, base)
    if folder.exists():
        return Source(path=str(folder), format="beir")
    short = name.removeprefix(f"{language.code}/")
    sets = {entry.name: entry for entry in language.catalogue if entry.role == "negatives"}
    if short in sets:
        if not (hub := sets[short].hub):
            raise RecipeError(
                f'The set "{short}" is not published. {sets[short].note}'.strip(),
                where="negatives.set",
                hint="`langret mine RECIPE --output FOLDER` builds it; then name the folder.",
            )
        known = sets[short].format in get_args(Format)
        return Source(hub=hub, format=cast(Any, sets[short].format) if known else "auto")
    if "/" in name and not name.startswith((".", "/", f"{language.code}/")):
        return Source(hub=name)
    raise RecipeError(
        f'There is no mined set "{name}": no folder {folder}, and none of that name in the catalogue of '
        f"{language.name}.",
        where="negatives.set",
        hint=nearest(short, sets) if sets else "`langret mine RECIPE --output FOLDER` makes one.",
    )


def write_mined(
    folder: Path,
    data: Collection,
    candidates: pa.Table | None,
    relabelled: pa.Table | None,
    aside: pa.Table | None,
) -> dict[str, int]:
    """Write a set.

    Only queries that are trained on are in it, and every passage that is kept.

    Args:
        folder: Where to; files of an earlier set there are replaced.
        data: Cleaned training data.
        candidates: ``records.CANDIDATES`` with ``kept`` and ``reason``; None where nothing was mined.
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
    candidates = CANDIDATES.empty_table() if candidates is None else candidates
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
        aside_file = folder / f"{name}.partial"
        pq.write_table(table, aside_file)
        aside_file.replace(folder / name)
    counts = {name: len(part) for name, part in rows.items()}
    return {"passages": passages.num_rows, "queries": len(queries), **counts}


def match_mined(
    mined: Collection, data: Collection, language: Language, per_query: int
) -> tuple[pa.Table, pa.Table, dict[str, Any]]:
    """Take from a set what concerns the queries and passages that are here.

    Rows are matched by their normalised text, because ids are only known to be the same within one recipe.

    Args:
        mined: The set, as read.
        data: Cleaned training data.
        language: Whose normaliser the set's text passes.
        per_query: Negatives wanted a query; the set's order decides.

    Returns:
        Candidates with source ``given`` and the reasons ``unknown_passage``, ``positive`` and ``not_drawn``; the pairs
        (``query_id``, ``passage_id``) that the set calls relevant and the data does not; and a summary. Judgements of
        queries that are not here are counted as ``unknown_query`` and have no row.
    """
    import pyarrow as pa

    from langret.data.duplicates import text_hashes

    def numbered(rows: Iterable[tuple[str, str]]) -> dict[int, str]:
        pairs = list(rows)
        return dict(
            zip(text_hashes([text for _, text in pairs]).tolist(), [i for i, _ in pairs], strict=True)
        )

    def here(rows: Iterable[tuple[str, str]], ours: dict[int, str]) -> dict[str, str]:
        pairs = [(i, language.normalize(text)) for i, text in rows]
        hashes = text_hashes([text for _, text in pairs]).tolist()
        return {i: ours[h] for (i, _), h in zip(pairs, hashes, strict=True) if h in ours}

    positives = {qid: set(found) for qid, found in data.positives().items()}
    trained = [(q.id, q.text) for q in data.kept_queries() if q.id in positives]
    passages = ((p.id, full_text(p.title, p.text)) for p in data.kept_passages())
    of_query = here(((q.id, q.text) for q in mined.kept_queries()), numbered(trained))
    of_passage = here(((p.id, full_text(p.title, p.text)) for p in mined.kept_passages()), numbered(passages))
    rows: list[tuple[str, str, bool, str]] = []
    more: dict[tuple[str, str], None] = {}
    reasons: Counter[str] = Counter()
    drawn: Counter[str] = Counter()
    for judged in mined.kept_judgements():
        query, passage = of_query.get(judged.query_id), of_passage.get(judged.passage_id)
        if query is None:
            reasons["unknown_query"] += judged.relevance <= 0
            continue
        if judged.relevance > 0:
            if passage is not None and passage not in positives[query]:
                more[query, passage] = None
            continue
        reason = "unknown_passage" if passage is None else "positive" if passage in positives[query] else ""
        if not reason and drawn[query] == per_query:
            reason = "not_drawn"
        drawn[query] += not reason
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
        "short": sum(drawn[qid] < per_query for qid, _ in trained),
        "missing": sum(per_query - drawn[qid] for qid, _ in trained),
        "relabelled": len(more),
    }
    return table, pa.table([[q for q, _ in more], [p for _, p in more]], schema=PAIRS), summary


def _columns(table: pa.Table | None, width: int) -> Iterator[tuple[str, ...]]:
    """Rows of the first ``query_id``, ``passage_id`` and ``source`` columns of a table."""
    if table is not None:
        names = ("query_id", "passage_id", "source")[:width]
        yield from zip(*(table.column(name).to_pylist() for name in names), strict=True)
