"""Choosing hard negatives among candidates, so that every one left out says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from langret.data.records import CANDIDATES
from langret.errors import StageError, nearest
from langret.mining.candidates import among, codes
from langret.mining.draw import chances, draw, draw_order, quotas
from langret.mining.repeats import Repeats
from langret.recipe.schema import SCORING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.recipe.schema import Negatives

FILLED = "filled"
SCORER = "scorer"


def miner_sources(rules: Negatives) -> list[str]:
    """Name each miner of the rules as its candidates' ``source`` does.

    Returns:
        The kind; where one kind stands twice, the second is ``dense-2``, and so on.

    Example:
        >>> from langret.recipe.schema import Miner, Negatives
        >>> miner_sources(Negatives(miners=[Miner(kind="dense"), Miner(kind="bm25"), Miner(kind="dense")]))
        ['dense', 'bm25', 'dense-2']
    """
    seen: Counter[str] = Counter()
    names = []
    for miner in rules.miners:
        seen[miner.kind] += 1
        names.append(miner.kind if seen[miner.kind] == 1 else f"{miner.kind}-{seen[miner.kind]}")
    return names


def select_negatives(
    candidates: pa.Table,
    positives: Mapping[str, Sequence[str]],
    positive_scores: Mapping[str, Mapping[str, float]],
    rules: Negatives,
    seed: int,
    *,
    texts: Mapping[str, str] | None = None,
) -> pa.Table:
    """Choose each query's hard negatives, and say of every other candidate why not.

    Never chosen are the query's own positives and those of its siblings, which are the queries that share a
    positive with it; only what the data itself calls not relevant (``given``) goes before the latter.

    The score rules compare a candidate of a miner that scores with the score that the same miner gives the
    query's positive; what comes too near may well be an answer nobody marked. ``max_of_positive`` is
    NV-Retriever's (METHODS.md 10): for a positive's score s <= 0 the limit is s - (1 - f)|s|, so that it is
    never above s for f < 1. ``margin`` is a distance. A fused candidate falls with any of the miners that it
    was fused from. Where ``rules.scorer`` is set, the scores are its own (`rescore`) for the candidates of
    every miner.

    Each miner has its share of ``per_query`` (largest remainder; equal remainders are decided by lot for each
    query) and gives its eligible candidates in the order of ``rules.draw``. What a miner cannot give, the
    others give, in the order of the rules; such rows are kept with reason ``filled``. Where all together have
    too few, the query stays short.

    A query's outcome depends on the seed, its id, its own candidates and the positives alone: not on what was
    mined for other queries, nor on the order of the rows.

    Args:
        candidates: ``records.CANDIDATES`` of all miners (``join_candidates``); rows that arrive not kept stay
            so.
        positives: Ids of all known relevant passages by query id.
        positive_scores: By source (``scorer`` where there is one), then query id, the score of the query's
            best positive.
        rules: Miners, number and rules.
        seed: Seed of the recipe.
        texts: Text by passage id. Without it ``near_positive`` is not looked at.

    Returns:
        The same rows in the same order, with ``kept`` and ``reason``: kept with ``""`` or ``filled``; or not
        kept with the first that applies of ``positive``, ``sibling_positive``, ``rank`` (outside the miner's
        ``first`` to ``last``), ``nan_score`` (no score where one is needed), ``min_score``, ``max_score``,
        ``no_positive_score`` (nothing to compare with), ``above_positive``, ``within_margin``,
        ``near_positive`` (would have been drawn, and repeats a positive), ``duplicate`` (chosen from another
        row), ``not_drawn`` (eligible, and not needed).

    Raises:
        StageError: A row's source is no miner of the rules, or a scoring miner has no positive scores while a
            rule needs them.

    Example:
        >>> import numpy as np
        >>> from langret.mining import candidates_from_arrays
        >>> from langret.recipe.schema import Negatives
        >>> scores, indices = np.array([[9.0, 8.9, 3.0]]), np.array([[0, 1, 2]])
        >>> found = candidates_from_arrays(["q"], ["a", "b", "c"], scores, indices, "bm25")
        >>> chosen = select_negatives(found, {"q": ["a"]}, {"bm25": {"q": 9.0}}, Negatives(), seed=13)
        >>> chosen.column("reason").to_pylist()
        ['positive', 'above_positive', '']
    """
    import numpy as np
    import pyarrow as pa

    if candidates.num_rows == 0:
        return candidates
    names = miner_sources(rules)
    query, query_ids = codes(candidates.column("query_id"))
    passage, passage_ids = codes(candidates.column("passage_id"))
    miner = _miners(candidates.column("source"), names)
    rank = candidates.column("rank").to_numpy()
    score = candidates.column("score").to_numpy()  # null becomes NaN

    open_ = candidates.column("kept").to_numpy()
    reason, labels = codes(candidates.column("reason"))

    def explain(which: np.ndarray, why: str) -> None:
        if why not in labels:
            labels.append(why)
        reason[which] = labels.index(why)

    def set_aside(which: np.ndarray, why: str) -> None:
        nonlocal open_
        explain(open_ & which, why)
        open_ = open_ & ~which

    pair = query * len(passage_ids) + passage
    set_aside(among(pair, _pairs(query_ids, passage_ids, positives)), "positive")
    given = np.array([m.kind == "given" for m in rules.miners])[miner]
    siblings = among(pair, _pairs(query_ids, passage_ids, _siblings(query_ids, positives)))
    set_aside(~given & siblings, "sibling_positive")
    first = np.array([m.first for m in rules.miners])[miner]
    last = np.array([m.last for m in rules.miners])[miner]
    set_aside((rank < first) | (rank > last), "rank")
    fused = np.array([m.kind == "fused" for m in rules.miners])[miner] & (rules.scorer is None)
    scored = np.array([rules.scorer is not None or m.kind in SCORING for m in rules.miners])[miner]
    set_aside(scored & np.isnan(score), "nan_score")
    low = np.array([-np.inf if m.min_score is None else m.min_score for m in rules.miners])[miner]
    high = np.array([np.inf if m.max_score is None else m.max_score for m in rules.miners])[miner]
    set_aside(score < low, "min_score")
    set_aside(score > high, "max_score")
    if rules.max_of_positive is not None or rules.margin is not None:
        own = _positive_scores(query_ids, names, rules, positive_scores)[miner, query]
        compared = scored & ~fused
        set_aside(compared & np.isnan(own), "no_positive_score")
        near = [("above_positive", _limit(own, rules.max_of_positive))]
        if rules.margin is not None:
            near.append(("within_margin", np.nextafter(own - rules.margin, np.float32(np.inf))))
        for why, limit in near:
            too_near = compared & ~(score < limit) & ~np.isnan(own) & ~np.isnan(score)
            set_aside(too_near | (fused & among(pair, pair[too_near])), why)

    if rules.scorer is not None:
        # By the scorer's own order: equal scores keep the miner's.
        order = np.lexsort((rank, -np.nan_to_num(score, nan=-np.inf), miner, query))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
    wanted = quotas(query_ids, names, rules, seed)
    chance = chances(query, passage, query_ids, passage_ids, seed) if rules.draw != "best" else score
    repeats = (
        Repeats(positives, texts, rules.near_positive) if texts is not None and rules.near_positive else None
    )
    group, cleared = query * len(names) + miner, np.zeros(len(query), dtype=bool)
    while True:
        left = np.flatnonzero(open_)
        room = wanted[miner[left], query[left]]
        at = draw_order(group[left], rank[left], score[left], passage[left], chance[left], room, rules)
        left = left[at]
        drawn, filled, again = draw(query[left], miner[left], pair[left], wanted, rules)
        fresh = left[drawn & ~cleared[left]]
        if repeats is None or not len(fresh):
            break
        # Only what would be drawn is compared; what takes its place is compared in the next round.
        alike = repeats.among([query_ids[i] for i in query[fresh]], [passage_ids[i] for i in passage[fresh]])
        cleared[fresh] = True
        set_aside(among(pair, pair[fresh[alike]]), "near_positive")
        if not alike.any():
            break
    explain(left, "not_drawn")
    explain(left[again], "duplicate")
    explain(left[drawn], "")
    explain(left[filled], FILLED)
    kept = np.zeros(len(query), dtype=bool)
    kept[left[drawn]] = True
    reasons = pa.DictionaryArray.from_arrays(pa.array(reason), pa.array(labels, pa.string())).cast(
        pa.string()
    )
    out = candidates.set_column(CANDIDATES.get_field_index("kept"), "kept", pa.array(kept))
    return out.set_column(CANDIDATES.get_field_index("reason"), "reason", reasons)


def selection_summary(table: pa.Table, per_query: int, n_queries: int) -> dict[str, Any]:
    """Count what ``select_negatives`` did, for the funnel.

    Args:
        table: Its result.
        per_query: Negatives wanted a query.
        n_queries: Queries that were mined, those without any candidate included.

    Returns:
        ``{"in": rows, "kept": rows, "filled": rows, "reasons": {reason: rows not kept}, "sources": {source:
        {"in": rows, "kept": rows}}, "queries": n, "short": queries with fewer than per_query, "missing":
        negatives they lack}``. ``in`` is ``kept`` plus the sum of ``reasons``.
    """
    import pyarrow.compute as pc

    kept = table.filter(table.column("kept"))
    aside = table.filter(pc.invert(table.column("kept")))
    of_query = list(_counts(kept.column("query_id")).values())
    sources = _counts(table.column("source"))
    of_source = _counts(kept.column("source"))
    return {
        "in": table.num_rows,
        "kept": kept.num_rows,
        "filled": _counts(kept.column("reason")).get(FILLED, 0),
        "reasons": dict(sorted(_counts(aside.column("reason")).items())),
        "sources": {name: {"in": sources[name], "kept": of_source.get(name, 0)} for name in sorted(sources)},
        "queries": n_queries,
        "short": n_queries - sum(count >= per_query for count in of_query) if per_query else 0,
        "missing": n_queries * per_query - sum(of_query),
    }


def add_summaries(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add up the summaries of several blocks of queries."""
    total: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, dict):
                total[key] = add_summaries([total.get(key, {}), value])
            else:
                total[key] = total.get(key, 0) + value
    return {key: dict(sorted(v.items())) if isinstance(v, dict) else v for key, v in total.items()}


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    return {row["values"]: row["counts"] for row in column.value_counts().to_pylist()}


def _miners(column: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    import numpy as np

    code, sources = codes(column)
    for source in sources:
        if source not in names:
            raise StageError(
                f'Candidates of "{source}" are of no miner of the rules.', hint=nearest(source, names)
            )
    return np.array([names.index(source) for source in sources])[code]


def _limit(own: np.ndarray, fraction: float | None) -> np.ndarray:
    """Score below which a candidate must stay, for each positive's score."""
    import numpy as np

    if fraction is None:
        return np.full(len(own), np.inf)
    return np.where(own > 0, fraction * own, own - (1 - fraction) * np.abs(own))


def _siblings(query_ids: list[str], positives: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Positives of the queries that share a positive with each of ``query_ids``, where there are such queries."""
    asking: dict[str, list[str]] = {pid: [] for query_id in query_ids for pid in positives.get(query_id, ())}
    for other, passage_ids in positives.items():
        for pid in passage_ids:
            if pid in asking:
                asking[pid].append(other)
    found = {}
    for query_id in query_ids:
        own = positives.get(query_id, ())
        if any(len(asking[pid]) > 1 for pid in own):
            others = {other for pid in own for other in asking[pid]} - {query_id}
            found[query_id] = {pid for other in others for pid in positives[other]}
    return found


def _pairs(query_ids: list[str], passage_ids: list[str], wanted: Mapping[str, Iterable[str]]) -> np.ndarray:
    """Codes of pairs of query and passage, of those that occur."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = [(q, pid) for q, query_id in enumerate(query_ids) for pid in wanted.get(query_id, ())]
    query = np.array([q for q, _ in pairs], dtype=np.int64)
    known = pa.array(passage_ids, pa.string())
    passage = pc.index_in(pa.array([pid for _, pid in pairs], pa.string()), value_set=known)
    occurs = passage.is_valid().to_numpy(zero_copy_only=False)
    return query[occurs] * len(passage_ids) + passage.drop_null().to_numpy().astype(np.int64)


def _positive_scores(
    query_ids: list[str], names: list[str], rules: Negatives, scores: Mapping[str, Mapping[str, float]]
) -> np.ndarray:
    """Score of each query's positive under each miner, [miners, queries], NaN where there is none."""
    import numpy as np

    out = np.full((len(names), len(query_ids)), np.nan, dtype=np.float32)
    for row, (name, miner) in enumerate(zip(names, rules.miners, strict=True)):
        name = SCORER if rules.scorer is not None else name
        if rules.scorer is None and (miner.kind not in SCORING or miner.kind == "fused"):
            continue
        if name not in scores:
            rule = "max_of_positive" if rules.max_of_positive is not None else "margin"
            raise StageError(
                f'The miner "{name}" did not score the positives, and {rule} is {getattr(rules, rule)}.',
                hint="Score them, or set max_of_positive and margin to null.",
            )
        own = scores[name]
        out[row] = [own.get(query_id, np.nan) for query_id in query_ids]
    return out
