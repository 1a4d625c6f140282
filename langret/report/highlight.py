"""What a ColBERT member saw in a passage: the passage token that each query token matched best (MaxSim)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from langret.errors import ModelError
from langret.evaluation.spans import locate, pieces

if TYPE_CHECKING:
    from langret.evaluation.encoder import Encoder


class Match(NamedTuple):
    """A query token and its best passage token.

    Attributes:
        number: Number of the query token, from 1.
        token: The query token as it stands in the query.
        found: The passage token as it stands in the passage; empty for a marker, which stands for no text.
        similarity: Cosine of the two vectors, the token's part in the score.
    """

    number: int
    token: str
    found: str
    similarity: float


class Piece(NamedTuple):
    """A stretch of text between two cuts.

    Attributes:
        text: As it stands there; all pieces together are the text.
        numbers: Query tokens that it is, or that matched it best.
        weight: Its part in the score, 1 for the piece with the largest part; 0 where it has no number.
    """

    text: str
    numbers: list[int]
    weight: float


class Highlight(NamedTuple):
    """A query and a passage, token by token.

    Attributes:
        query: The query in pieces.
        passage: The passage in pieces.
        matches: One for each query token that stands for text.
        score: MaxSim, the sum over all query tokens.
        from_text: The part of it that comes from tokens that stand for text; the rest comes from markers and masks.
    """

    query: list[Piece]
    passage: list[Piece]
    matches: list[Match]
    score: float
    from_text: float


def maxsim_highlight(retriever: Encoder, query: str, passage: str) -> Highlight:
    """Lead each query token to the passage token that it matches best.

    Args:
        retriever: A ColBERT retriever.
        query: The query, normalised.
        passage: Title and text of the passage, normalised.

    Raises:
        ModelError: The model's vectors cannot be led back to the text, as where the vectors of a passage are pooled.
    """
    asked = _tokens(retriever, query, "query")
    read = _tokens(retriever, passage, "passage")
    similarities = asked.vectors @ read.vectors.T
    best, values = similarities.argmax(axis=1), similarities.max(axis=1)
    order = [i for i, place in enumerate(asked.places) if place is not None]
    matches = []
    numbers: dict[tuple[int, int], list[int]] = {}
    weights: dict[tuple[int, int], float] = {}
    for number, i in enumerate(order, start=1):
        place = read.places[best[i]]
        matches.append(Match(number, _cut(query, asked.places[i]), _cut(passage, place), float(values[i])))
        if place is not None:
            numbers.setdefault(place, []).append(number)
            weights[place] = weights.get(place, 0.0) + max(float(values[i]), 0.0)
    top = max(weights.values(), default=1.0) or 1.0
    mine = {
        place: [number] for number, i in enumerate(order, start=1) if (place := asked.places[i]) is not None
    }
    return Highlight(
        numbered_pieces(query, mine, dict.fromkeys(mine, 1.0)),
        numbered_pieces(passage, numbers, {place: weight / top for place, weight in weights.items()}),
        matches,
        float(values.sum()),
        float(values[order].sum()),
    )


class _Tokens(NamedTuple):
    vectors: np.ndarray
    places: list[tuple[int, int] | None]


def _tokens(retriever: Encoder, text: str, kind: Any) -> _Tokens:
    vectors = np.asarray(retriever.encode([text], kind)[0])
    found = pieces(retriever, text, kind)
    if found is None or len(found) != len(vectors) or not len(vectors):
        said = "no tokens" if found is None else f"{len(found)} tokens"
        raise ModelError(
            f"has {len(vectors)} vectors and {said} for a {kind}, which cannot be led back to its text"
        )
    return _Tokens(vectors, locate(found, text))


def _cut(text: str, place: tuple[int, int] | None) -> str:
    return text[place[0] : place[1]] if place else ""


def numbered_pieces(
    text: str, numbers: dict[tuple[int, int], list[int]], weights: dict[tuple[int, int], float]
) -> list[Piece]:
    """Cut a text at marked places.

    Args:
        text: The text.
        numbers: Numbers at each place, ``(start, end)``; places do not overlap by more than their ends.
        weights: Weight of each place.
    """
    out: list[Piece] = []
    cursor = 0
    for start, end in sorted(numbers):
        start_here = max(start, cursor)  # two tokens may share a character that normalising has split
        if start_here >= end:
            if out:
                out[-1] = out[-1]._replace(numbers=[*out[-1].numbers, *numbers[start, end]])
            continue
        if start_here > cursor:
            out.append(Piece(text[cursor:start_here], [], 0.0))
        out.append(Piece(text[start_here:end], numbers[start, end], weights[start, end]))
        cursor = end
    if cursor < len(text):
        out.append(Piece(text[cursor:], [], 0.0))
    return out
