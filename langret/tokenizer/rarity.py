"""How rare each token is in the recipe's own passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langret.tokenizer.store import TokenStore

if TYPE_CHECKING:
    import numpy as np

SAMPLE = 100_000


def rarity(passages: TokenStore, tokenizer: Any) -> np.ndarray:
    """Inverse document frequency of every token, scaled to [0, 1].

    A token that stands in no passage has 1, one that stands in all of them 0; so has every special token, which says
    nothing about a text. Evenly spaced passages are counted where there are more than a hundred thousand.

    Args:
        passages: Token ids of the passages.
        tokenizer: Whose ids they are.

    Returns:
        float32 of shape [vocabulary].
    """
    import numpy as np

    vocabulary = max(tokenizer.get_vocab().values()) + 1
    rows = np.unique(np.linspace(0, max(0, len(passages) - 1), min(len(passages), SAMPLE)).astype(int))
    counts = np.zeros(vocabulary)
    for row in rows:
        counts[np.unique(passages[int(row)])] += 1
    idf = np.log((len(rows) + 1) / (counts + 1)) / np.log(len(rows) + 1) if len(rows) else np.ones(vocabulary)
    idf[tokenizer.all_special_ids] = 0
    return idf.astype(np.float32)
