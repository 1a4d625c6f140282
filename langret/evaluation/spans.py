"""Which parts of a passage match a query, for a person who reads the result."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from langret.evaluation.encoder import Encoder

_SENTENCE = re.compile(r"[^.!?。．！？؟۔।\n]+(?:[.!?。．！？؟۔।]+[\"'”’」』）)]*|\n|$)")
_CLAUSE = re.compile(r"[^,;、，；،؛]+(?:[,;、，；،؛]+|$)")
_UNITS = 128  # of a very long passage only the beginning is looked at, as the model does
_SHARE = 0.3  # tokens that carry less than this share of the best one's weight are not worth a reader's eye
_REACH = 64  # folded characters within which the next piece must lie


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a text and how much they matter: 1 is the strongest
    match."""

    start: int
    end: int
    weight: float


def highlight(retriever: Encoder, query: str, passage: str) -> list[Span]:
    """Find the parts of a passage that match a query.

    ColBERT: every query token is attributed to the passage token that it matches best, and tokens that
    gather much of the score are marked. Token vectors are led back to characters by matching the pieces to
    the text from left to right. A dense model has one vector a text: the sentence (or clause) nearest to the
    query is marked.

    Args:
        retriever: A dense or ColBERT retriever.
        query: The query as written.
        passage: The passage as shown, title included.

    Returns:
        Spans from left to right that do not overlap; empty when nothing can be marked.
    """
    if not query.strip() or not passage.strip():
        return []
    wanted = retriever.encode([query], "query")[0]
    if retriever.head == "colbert":
        vectors = retriever.encode([passage], "passage")[0]
        found = pieces(retriever, passage, "passage")
        if found is not None and len(found) == len(vectors) and len(wanted):
            return _token_spans(wanted, vectors, locate(found, passage))
    units = _units(passage)
    if not units:
        return []
    encoded = retriever.encode([passage[a:b] for a, b in units], "passage")
    if retriever.head == "colbert":
        scores = [float((wanted @ v.T).max(axis=1).sum()) if len(v) else -np.inf for v in encoded]
    else:
        scores = list(encoded @ wanted)
    start, end = units[int(np.argmax(scores))]
    return [Span(start, end, 1.0)]


def locate(pieces: list[str | None], text: str) -> list[tuple[int, int] | None]:
    """Find vocabulary pieces in the text they came from, left to right.

    The text that a model sees was normalised, so both sides are compared without case, width and accents.

    Args:
        pieces: Pieces in order, without continuation marks; None for markers that stand for no text.
        text: The text as shown.

    Returns:
        Start and end in ``text`` for each piece, None where it is not found near the one before.
    """
    folded: list[str] = []
    origin: list[int] = []
    for i, character in enumerate(text):
        for part in _fold(character):
            folded.append(part)
            origin.append(i)
    hay = "".join(folded)
    places: list[tuple[int, int] | None] = []
    cursor = 0
    for piece in pieces:
        needle = _fold(piece) if piece else ""
        at = hay.find(needle, cursor, cursor + _REACH + len(needle)) if needle else -1
        if at < 0:
            places.append(None)
            continue
        cursor = at + len(needle)
        places.append((origin[at], origin[cursor - 1] + 1))
    return places


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn" and not c.isspace())


def _token_spans(query: np.ndarray, passage: np.ndarray, places: list[tuple[int, int] | None]) -> list[Span]:
    similarities = query @ passage.T
    best = similarities.argmax(axis=1)
    weights = np.zeros(len(passage))
    np.add.at(weights, best, np.maximum(similarities.max(axis=1), 0.0))
    weights[[place is None for place in places]] = 0.0
    top = weights.max(initial=0.0)
    if top <= 0:
        return []
    spans: list[Span] = []
    for place, weight in sorted(
        (p, w) for p, w in zip(places, weights / top, strict=True) if p and w >= _SHARE
    ):
        if spans and place[0] <= spans[-1].end:
            last = spans[-1]
            spans[-1] = Span(last.start, max(last.end, place[1]), max(last.weight, float(weight)))
        else:
            spans.append(Span(*place, float(weight)))
    return spans


def pieces(retriever: Any, text: str, kind: Literal["query", "passage"]) -> list[str | None] | None:
    """The vocabulary piece behind every vector of a ColBERT model, or None where the model does not tell.

    PyLate drops padding and skiplist tokens from a passage's vectors; the same is done to its pieces here. A query
    keeps the masks that fill it up, and nothing of it is skipped.

    Args:
        retriever: A ColBERT retriever.
        text: Raw text; it is normalised here as it is for encoding.
        kind: What it is encoded as.

    Returns:
        Pieces without continuation marks, None for markers and masks, which stand for no text.
    """
    model = getattr(retriever, "model", None)
    if model is None or not hasattr(model, "skiplist") or not hasattr(model, "tokenizer"):
        return None
    language = getattr(retriever, "language", None)
    query = kind == "query"
    features = model.tokenize([language.normalize(text) if language else text], is_query=query)
    tokenizer = model.tokenizer
    silent = {*tokenizer.all_special_ids, model.query_prefix_id if query else model.document_prefix_id}
    skipped = set() if query else set(model.skiplist)
    padded = query and model.do_query_expansion
    out: list[str | None] = []
    for token, seen in zip(
        features["input_ids"][0].tolist(), features["attention_mask"][0].tolist(), strict=True
    ):
        if (seen or padded) and token not in skipped:
            out.append(None if token in silent else tokenizer.decode([token]).strip().removeprefix("##"))
    return out


def _units(text: str) -> list[tuple[int, int]]:
    """Sentences of a text, or its clauses where it is one sentence, without white space around them."""
    for pattern in (_SENTENCE, _CLAUSE):
        found = []
        for match in pattern.finditer(text):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            end = match.start() + len(match.group().rstrip())
            if end > start:
                found.append((start, end))
        if len(found) > 1:
            break
    return found[:_UNITS]
