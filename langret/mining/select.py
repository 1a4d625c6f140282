"""Choosing hard negatives among candidates, so that every one left out says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from langret.data.records import CANDIDATES
from langret.errors import StageError, nearest
from langret.mining.candidates import lot, place_in_group

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.recipe.schema import Negatives

SCORED = ("bm25", "dense")
FILLED = "filled"


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
) -> pa.Table:
    """Choose each query's hard negatives, and say of every other candidate why not.

    The score rule is NV-Retriever's (METHODS.md 10): a candidate of a miner that scores (``bm25``, ``dense``)
    must stay below ``max_of_positive`` times the score that the same miner gives the query's positive, or it
    may well be an answer nobody marked. For a positive's score s <= 0 the limit is s - (1 - f)|s|, so that it
    is never above s for f < 1.

    Each miner has its share of ``per_query`` (largest remainder; equal remainders are decided by lot for each
    query) and gives its best eligible candidates. What a miner cannot give, the others give, in the order of
    the rules, best first; such rows are kept with reason ``filled``. Where all together have too few, the
    query stays short.

    A query's outcome depends on the seed, its id and its own candidates alone: not on other queries, nor on
    the order of the rows.

    Args:
        candidates: ``records.CANDIDATES`` of all miners (``join_candidates``); rows that arrive not kept stay
            so.
        positives: Ids of all known relevant passages by query id.
        positive_scores: By source, then query id, the score of the query's best positive under that miner.
        rules: Miners, number and score rule.
        seed: Seed of the recipe.

    Returns:
        The same rows in the same order, with ``kept`` and ``reason``: kept with ``""`` or ``filled``; or not
        kept with the first that applies of ``positive``, ``rank`` (outside the miner's ``first`` to
        ``last``), ``nan_score`` (no score where one is needed), ``no_positive_score`` (nothing to compare
        with), ``above_positive``, ``duplicate`` (chosen from another row), ``not_drawn`` (eligible, and not
        needed).

    Raises:
        StageError: A row's source is no miner of the rules, or a scoring miner has no positive scores while
            ``max_of_positive`` is set.

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
    query, query_ids = _codes(candidates.column("query_id"))
    passage, passage_ids = _codes(candidates.column("passage_id"))
    miner = _miners(candidates.column("source"), names)
    rank = candidates.column("rank").to_numpy()

    open_ = candidates.column("kept").to_numpy()
    reason, labels = _codes(candidates.column("reason"))

    def explain(which: np.ndarray, why: str) -> None:
        if why not in labels:
            labels.append(why)
        reason[which] = labels.index(why)

    def set_aside(which: np.ndarray, why: str) -> None:
        nonlocal open_
        explain(open_ & which, why)
        open_ = open_ & ~which

    pair = query * len(passage_ids) + passage
    set_aside(_among(pair, _known(query_ids, passage_ids, positives)), "positive")
    first = np.array([m.first for m in rules.miners])[miner]
    last = np.array([m.last for m in rules.miners])[miner]
    set_aside((rank < first) | (rank > last), "rank")
    scored = np.array([m.kind in SCORED for m in rules.miners])[miner]
    score = candidates.column("score").to_numpy()  # null becomes NaN
    set_aside(scored & np.isnan(score), "nan_score")
    if rules.max_of_positive is not None:
        own = _positive_scores(query_ids, names, rules, positive_scores)[miner, query]
        set_aside(scored & np.isnan(own), "no_positive_score")
        limit = np.where(
            own > 0, rules.max_of_positive * own, own - (1 - rules.max_of_positive) * np.abs(own)
        )
        set_aside(scored & ~(score < limit), "above_positive")

    left = np.flatnonzero(open_)
    left = left[_order(query[left] * len(names) + miner[left], rank[left], passage[left])]
    quotas = _quotas(query_ids, names, rules, seed)
    drawn, filled, again = _draw(query[left], miner[left], pair[left], quotas, rules.per_query)
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


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    return {row["values"]: row["counts"] for row in column.value_counts().to_pylist()}


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """Numbers for the strings of a column, in the order of the strings, and the strings."""
    import numpy as np
    import pyarrow as pa

    encoded = pa.chunked_array(column.dictionary_encode()).unify_dictionaries()
    values = encoded.chunk(0).dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    code = np.empty(len(values), dtype=np.int64)
    code[order] = np.arange(len(values))
    rows = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in encoded.chunks])
    return code[rows], [values[i] for i in order]


def _miners(column: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    import numpy as np

    code, sources = _codes(column)
    for source in sources:
        if source not in names:
            raise StageError(
                f'Candidates of "{source}" are of no miner of the rules.', hint=nearest(source, names)
            )
    return np.array([names.index(source) for source in sources])[code]


def _known(
    query_ids: list[str], passage_ids: list[str], positives: Mapping[str, Sequence[str]]
) -> np.ndarray:
    """Codes of the pairs of query and passage that are known to be relevant."""
    import numpy as np

    numbers = {pid: i for i, pid in enumerate(passage_ids)}
    return np.array(
        [
            q * len(passage_ids) + numbers[pid]
            for q, query_id in enumerate(query_ids)
            for pid in positives.get(query_id, ())
            if pid in numbers
        ],
        dtype=np.int64,
    )


def _positive_scores(
    query_ids: list[str], names: list[str], rules: Negatives, scores: Mapping[str, Mapping[str, float]]
) -> np.ndarray:
    """Score of each query's positive under each miner, [miners, queries], NaN where there is none."""
    import numpy as np

    out = np.full((len(names), len(query_ids)), np.nan, dtype=np.float32)
    for row, (name, miner) in enumerate(zip(names, rules.miners, strict=True)):
        if miner.kind not in SCORED:
            continue
        if name not in scores:
            raise StageError(
                f'The miner "{name}" did not score the positives, '
                f"and max_of_positive is {rules.max_of_positive}.",
                hint="Score them, or set max_of_positive to null.",
            )
        own = scores[name]
        out[row] = [own.get(query_id, np.nan) for query_id in query_ids]
    return out


def _quotas(query_ids: list[str], names: list[str], rules: Negatives, seed: int) -> np.ndarray:
    """Negatives that each miner is to give to each query, [miners, queries]."""
    import numpy as np

    shares = np.array([m.share for m in rules.miners])
    exact = rules.per_query * shares / shares.sum()
    whole = np.floor(exact + 1e-9)
    remainders = np.round(exact - whole, 9)
    seats = rules.per_query - int(whole.sum())
    quotas = np.repeat(whole.astype(np.int64)[:, None], len(query_ids), axis=1)
    if not seats:
        return quotas
    by_lot = len(set(remainders)) < len(names)
    for column, query_id in enumerate(query_ids):
        lots = [lot(seed, query_id, name) for name in names] if by_lot else range(len(names))
        order = sorted(range(len(names)), key=lambda m: (-remainders[m], lots[m]))
        quotas[order[:seats], column] += 1
    return quotas


def _draw(
    query: np.ndarray, miner: np.ndarray, pair: np.ndarray, quotas: np.ndarray, per_query: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw from eligible rows sorted by query, miner and rank.

    Returns:
        Boolean arrays: rows drawn, those among them that fill another miner's place, and rows not drawn whose
        passage was drawn from another row.
    """
    import numpy as np

    miners, queries = quotas.shape
    # One passage twice from one miner is one candidate; unique names its first, hence best, row.
    distinct = np.sort(np.unique(pair * miners + miner, return_index=True)[1])
    # What a miner draws and what it must skip, since others drew it, are per_query passages at most.
    in_reach = distinct[place_in_group(query[distinct] * miners + miner[distinct]) < per_query]
    drawn = np.zeros(len(query), dtype=bool)
    filled = np.zeros(len(query), dtype=bool)
    taken = np.zeros(0, dtype=np.int64)
    count = np.zeros(queries, dtype=np.int64)
    for filling in (False, True):
        for m in range(miners):
            rows = in_reach[miner[in_reach] == m]
            rows = rows[~_among(pair[rows], taken)]
            room = per_query - count if filling else quotas[m]
            rows = rows[place_in_group(query[rows]) < room[query[rows]]]
            drawn[rows] = True
            filled[rows] = filling
            taken = np.concatenate([taken, pair[rows]])
            count += np.bincount(query[rows], minlength=queries)
    return drawn, filled, ~drawn & _among(pair, taken)


def _order(group: np.ndarray, rank: np.ndarray, passage: np.ndarray) -> np.ndarray:
    """Order by group, rank and passage; quick where rows nearly stand so, as miners write them."""
    import numpy as np

    lowest = int(rank.min(initial=0))
    key = group * (int(rank.max(initial=0)) - lowest + 1) + (rank - lowest)
    order = np.argsort(key, kind="stable")
    if (key[order[1:]] == key[order[:-1]]).any():
        return np.lexsort((passage, key))
    return order


def _among(values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which values stand in ``wanted``; unlike ``np.isin`` it sorts the few, not the many."""
    import numpy as np

    if len(wanted) == 0:
        return np.zeros(len(values), dtype=bool)
    wanted = np.sort(wanted)
    return wanted[np.searchsorted(wanted, values).clip(max=len(wanted) - 1)] == values
