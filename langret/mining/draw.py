"""Drawing each query's negatives from the candidates that the rules left eligible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from langret.mining.candidates import among, lot, place_in_group

if TYPE_CHECKING:
    import numpy as np

    from langret.recipe.schema import Negatives


def draw_order(
    group: np.ndarray,
    rank: np.ndarray,
    score: np.ndarray,
    passage: np.ndarray,
    chance: np.ndarray,
    room: np.ndarray,
    rules: Negatives,
) -> np.ndarray:
    """Order eligible rows by group, and within a group by who is to be drawn first.

    Args:
        group: Query and miner of each row as one number, [n].
        rank: Rank that the miner gave, [n]; ``scorer`` puts the rank by its own score here.
        score: Score of each row, [n]; NaN where the miner scores nothing.
        passage: Number of the passage, the last tie-breaker, [n].
        chance: A number in (0, 1) that belongs to query and passage, [n].
        room: Rows wanted from the row's group, [n].
        rules: ``draw`` and ``temperature``.

    Returns:
        Row numbers, [n].
    """
    import numpy as np

    best = _by_rank(group, rank, passage)
    if rules.draw == "best" or not len(group):
        return best
    if rules.draw == "random":
        return np.lexsort((rank, passage, chance, group))
    group, chance, room = group[best], chance[best], room[best]
    if rules.draw == "softmax":
        # The Gumbel trick: the k highest of score / T + Gumbel noise are a draw of k without putting back.
        noise = -np.log(-np.log(chance))
        with np.errstate(over="ignore"):  # a temperature near 0 takes the best
            key = -(_standardised(score[best], group) / rules.temperature + noise)
    else:
        place, size = place_in_group(group), _sizes(group)
        # ``room`` parts of nearly equal size; one of each part by chance, then what is left, best first
        part = place * np.maximum(room, 1) // size
        lots = np.lexsort((chance, part, group))
        first = np.zeros(len(group), dtype=bool)
        first[lots[place_in_group((group * (part.max() + 1) + part)[lots]) == 0]] = True
        key = np.where(first, 0.0, 1.0)
    return best[np.lexsort((np.arange(len(group)), key, group))]


def chances(
    query: np.ndarray, passage: np.ndarray, query_ids: Sequence[str], passage_ids: Sequence[str], seed: int
) -> np.ndarray:
    """A number in (0, 1) for each row that depends on the seed and the ids of its query and passage alone."""
    import numpy as np

    mask = (1 << 64) - 1
    own = np.array([lot(seed, "query", name) & mask for name in query_ids], dtype=np.uint64)
    other = np.array([lot(seed, "passage", name) & mask for name in passage_ids], dtype=np.uint64)
    mixed = own[query] ^ (other[passage] * np.uint64(0x9E3779B97F4A7C15))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64's finaliser
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return ((mixed >> np.uint64(12)).astype(np.float64) + 0.5) / 2**52  # 53 bits would round up to 1


def quotas(query_ids: Sequence[str], names: Sequence[str], rules: Negatives, seed: int) -> np.ndarray:
    """Negatives that each miner is to give to each query, [miners, queries]: largest remainder, ties by lot."""
    import numpy as np

    shares = np.array([m.share for m in rules.miners])
    exact = rules.per_query * shares / shares.sum()
    whole = np.floor(exact + 1e-9)
    remainders = np.round(exact - whole, 9)
    seats = rules.per_query - int(whole.sum())
    wanted = np.repeat(whole.astype(np.int64)[:, None], len(query_ids), axis=1)
    if not seats:
        return wanted
    by_lot = len(set(remainders)) < len(names)
    for column, query_id in enumerate(query_ids):
        lots = [lot(seed, query_id, name) for name in names] if by_lot else range(len(names))
        order = sorted(range(len(names)), key=lambda m: (-remainders[m], lots[m]))
        wanted[order[:seats], column] += 1
    return wanted


def draw(
    query: np.ndarray,
    miner: np.ndarray,
    pair: np.ndarray,
    wanted: np.ndarray,
    rules: Negatives,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw from eligible rows that stand in the order of ``draw_order``.

    Args:
        query: Number of each row's query.
        miner: Number of its miner.
        pair: Number of its query and passage together.
        wanted: ``quotas``.
        rules: ``per_query`` and the miners' shares.

    Returns:
        Boolean arrays: rows drawn, those among them that fill another miner's place, and rows not drawn whose
        passage was drawn from another row.
    """
    import numpy as np

    miners, queries = wanted.shape
    # One passage twice from one miner is one candidate; unique names its first, hence best, row.
    distinct = np.sort(np.unique(pair * miners + miner, return_index=True)[1])
    # What a miner draws and what it must skip, since others drew it, are per_query passages at most.
    in_reach = distinct[place_in_group(query[distinct] * miners + miner[distinct]) < rules.per_query]
    drawn = np.zeros(len(query), dtype=bool)
    filled = np.zeros(len(query), dtype=bool)
    taken = np.zeros(0, dtype=np.int64)
    count = np.zeros(queries, dtype=np.int64)
    for filling in (False, True):
        for m in range(miners):
            if not rules.miners[m].share:
                continue
            rows = in_reach[miner[in_reach] == m]
            rows = rows[~among(pair[rows], taken)]
            room = rules.per_query - count if filling else wanted[m]
            rows = rows[place_in_group(query[rows]) < room[query[rows]]]
            drawn[rows] = True
            filled[rows] = filling
            taken = np.concatenate([taken, pair[rows]])
            count += np.bincount(query[rows], minlength=queries)
    return drawn, filled, ~drawn & among(pair, taken)


def _by_rank(group: np.ndarray, rank: np.ndarray, passage: np.ndarray) -> np.ndarray:
    """Order by group, rank and passage; quick where rows nearly stand so, as miners write them."""
    import numpy as np

    lowest = int(rank.min(initial=0))
    key = group * (int(rank.max(initial=0)) - lowest + 1) + (rank - lowest)
    order = np.argsort(key, kind="stable")
    if (key[order[1:]] == key[order[:-1]]).any():
        return np.lexsort((passage, key))
    return order


def _sizes(group: np.ndarray) -> np.ndarray:
    """For each row, how many rows its group has; equals stand together."""
    import numpy as np

    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    return counts[inverse]


def _standardised(score: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Scores as standard deviations from the mean of their group; 0 where all are equal or there are none."""
    import numpy as np

    score = np.nan_to_num(score.astype(np.float32)).astype(np.float64)  # infinity becomes what can be squared
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    mean = (np.bincount(inverse, weights=score) / counts)[inverse]
    spread = np.sqrt(np.bincount(inverse, weights=(score - mean) ** 2) / counts)[inverse]
    return np.divide(score - mean, spread, out=np.zeros_like(score), where=spread > 0)
