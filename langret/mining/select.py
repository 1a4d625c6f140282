"""Choosing hard negatives among candidates, so that every one left out says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from langret.data.records import CANDIDATES
from langret.errors import StageError, nearest
from langret.mining.candidates import among, codes
from langret.mining.draw import chances, draw, draw_order, quotas
from langret.mining.known import known_positive, other_ranks, sibling_positive
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

    Examples:
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

    ``first`` and ``last`` of a miner are ranks among the others: known positives of the query do not count.

    The score rules compare a candidate of a miner that scores with the score that the same miner gives the
    query's positive; what comes too near may well be an answer nobody marked. ``max_of_positive`` is
    NV-Retriever's (METHODS.md 10): for a positive's score s <= 0 the limit is s - (1 - f)|s|, so that it is
    never above s for f < 1. ``margin`` is a distance. A fused candidate falls where it falls for any of the
    miners that it was fused from, or where none of them is here to compare it. Where ``rules.scorer`` is set,
    the scores are its own (`rescore`) for the candidates of every miner.

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

    Examples:
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
    known = known_positive(query, passage, query_ids, passage_ids, positives)
    set_aside(known, "positive")
    given = np.array([m.kind == "given" for m in rules.miners])[miner]
    if not given.all():
        beside = sibling_positive(query, passage, query_ids, passage_ids, positives)
        set_aside(~given & beside, "sibling_positive")
    first = np.array([m.first for m in rules.miners])[miner]
    last = np.array([m.last for m in rules.miners])[miner]
    place = other_ranks(query * len(names) + miner, rank, known)
    set_aside((place < first) | (place > last), "rank")
    scored = np.array([rules.scorer is not None or m.kind in SCORING for m in rules.miners])[miner]
    set_aside(scored & np.isnan(score), "nan_score")
    # in the precision of the scores: a score of 0.6 is at most 0.6
    low = np.array([-np.inf if m.min_score is None else m.min_score for m in rules.miners], np.float32)
    high = np.array([np.inf if m.max_score is None else m.max_score for m in rules.miners], np.float32)
    set_aside(score < low[miner], "min_score")
    set_aside(score > high[miner], "max_score")
    if rules.max_of_positive is not None or rules.margin is not None:
        own = _positive_scores(query_ids, names, rules, positive_scores)[miner, query]
        parts = _fused_from(rules)
        compared = scored & ~np.isin(miner, list(parts))

        def with_fused(rows: np.ndarray) -> np.ndarray:  # the rows, and the fused candidates of their pairs
            out = rows.copy()
            for fused, miners in parts.items():
                out |= (miner == fused) & among(pair, pair[rows & np.isin(miner, miners)])
            return out

        alone = scored & ~with_fused(compared)
        unknown = np.isnan(own) | np.isnan(score)
        set_aside(with_fused(compared & unknown) | alone, "no_positive_score")
        set_aside(with_fused(compared & ~unknown & ~(score < _limit(own, rules))), "above_positive")
        if rules.margin is not None:
            with np.errstate(invalid="ignore"):  # infinity less infinity is no distance
                near = ~(own - score >= rules.margin)
            set_aside(with_fused(compared & ~unknown & near), "within_margin")

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
    group = query * len(names) + miner
    drawn, filled, again, cleared = np.zeros((4, len(query)), dtype=bool)
    left = np.flatnonzero(open_)
    while len(left):
        room = wanted[miner[left], query[left]]
        at = draw_order(group[left], rank[left], score[left], passage[left], chance[left], room, rules)
        left = left[at]
        drawn[left], filled[left], again[left] = draw(query[left], miner[left], pair[left], wanted, rules)
        fresh = left[drawn[left] & ~cleared[left]]
        if repeats is None or not len(fresh):
            break
        # Only what would be drawn is compared; what takes its place is compared in the next round.
        alike = repeats.among([query_ids[i] for i in query[fresh]], [passage_ids[i] for i in passage[fresh]])
        cleared[fresh] = True
        repeated = fresh[alike]
        set_aside(among(pair, pair[repeated]), "near_positive")
        drawn, filled, again = drawn & open_, filled & open_, again & open_
        left = np.flatnonzero(open_ & np.isin(query, query[repeated]))
    explain(open_, "not_drawn")
    explain(again, "duplicate")
    explain(drawn, "")
    explain(filled, FILLED)
    reasons = pa.DictionaryArray.from_arrays(pa.array(reason), pa.array(labels, pa.string())).cast(
        pa.string()
    )
    out = candidates.set_column(CANDIDATES.get_field_index("kept"), "kept", pa.array(drawn))
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


def _limit(own: np.ndarray, rules: Negatives) -> np.ndarray:
    """Score below which a candidate must stay, for each positive's score."""
    import numpy as np

    fraction = rules.max_of_positive
    if fraction is None:
        return np.full(len(own), np.inf)
    return np.where(own > 0, fraction * own, (2 - fraction) * own)


def _fused_from(rules: Negatives) -> dict[int, list[int]]:
    """Places of the fused miners that no scorer has rescored, and of the miners that each was fused from."""
    if rules.scorer is not None:
        return {}
    return {
        place: [i for i, m in enumerate(rules.miners[:place]) if m.kind in SCORING and m.kind != "fused"]
        for place, miner in enumerate(rules.miners)
        if miner.kind == "fused"
    }


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
