"""What of a passage is marked: as pieces of text, never as positions, which mean other things in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from langret.data.records import Passage, Query, full_text
from langret.errors import ModelError
from langret.evaluation.spans import highlight, locate
from langret.report.highlight import Piece, maxsim_highlight, numbered_pieces

if TYPE_CHECKING:
    from langret.evaluation.encoder import Encoder
    from langret.mining import BM25Index

Places = dict[tuple[int, int], list[int]]


class Marked(NamedTuple):
    """A passage in pieces.

    Attributes:
        title: The title in pieces.
        text: The text in pieces.
    """

    title: list[Piece]
    text: list[Piece]


class Explained(NamedTuple):
    """Why passages were found.

    Attributes:
        query: The query in pieces, the numbered ones being those that can be found in a passage; empty where the system
            does not look at parts of a query.
        passages: Passages in pieces, each mark with the numbers of what it matched, by passage id.
    """

    query: list[Piece]
    passages: dict[str, Marked]


def explain_model(retriever: Encoder, query: str, passages: Sequence[Passage]) -> Explained:
    """ColBERT: every query token's best passage token. Dense, or vectors that are no tokens: the nearest sentence."""
    asked: list[Piece] = []
    marked = {}
    for passage in passages:
        whole = full_text(passage.title, passage.text)
        found = None
        if retriever.head == "colbert":
            try:
                found = maxsim_highlight(retriever, query, whole)
            except ModelError:  # pooled vectors belong to no token
                found = None
        if found is not None:
            asked, pieces = found.query, found.passage
        else:
            spans = highlight(retriever, query, whole)
            places = {(span.start, span.end): span.weight for span in spans}
            pieces = numbered_pieces(whole, {place: [] for place in places}, places)
        marked[passage.id] = split_title(pieces, passage)
    return Explained(asked, marked)


def explain_bm25(index: BM25Index, query: str, passages: Sequence[Passage]) -> Explained:
    """Words that share a term with a word of the query, by what that word adds to the passage's score.

    The analyzer says which terms a text has and not where, so words are analysed one by one. A term that the analyzer
    makes of several words together is not marked.
    """
    language = index.language
    wanted = set(language.analyze(query))
    terms = {word: wanted & set(language.analyze(word)) for word in language.segment(query)}
    words = [word for word, own in terms.items() if own]
    numbers_of: dict[str, list[int]] = {}
    for number, word in enumerate(words, start=1):
        for term in terms[word]:
            numbers_of.setdefault(term, []).append(number)
    pairs = [(i, passage.id) for passage in passages for i in range(len(words))]
    parts = index.score_pairs([Query(str(i), word) for i, word in enumerate(words)], pairs)
    share = {pair: max(float(part), 0.0) for pair, part in zip(pairs, parts.tolist(), strict=True)}
    known: dict[str, list[int]] = {}

    def matched(word: str) -> list[int]:
        if word not in known:
            known[word] = sorted({n for term in language.analyze(word) for n in numbers_of.get(term, ())})
        return known[word]

    marked = {}
    for passage in passages:
        whole = full_text(passage.title, passage.text)
        places = _numbered(whole, [(word, matched(word)) for word in language.segment(whole)])
        weights = {place: sum(share[n - 1, passage.id] for n in own) for place, own in places.items()}
        top = max(weights.values(), default=0.0) or 1.0
        pieces = numbered_pieces(whole, places, {place: w / top for place, w in weights.items()})
        marked[passage.id] = split_title(pieces, passage)
    order = {word: number for number, word in enumerate(words, start=1)}
    asked = _numbered(
        query, [(word, [order[word]] if word in order else []) for word in language.segment(query)]
    )
    return Explained(numbered_pieces(query, asked, dict.fromkeys(asked, 1.0)), marked)


def split_title(pieces: Sequence[Piece], passage: Passage) -> Marked:
    """Lead the pieces of a passage's full text back to its title and its text."""
    if not passage.title:
        return Marked([], list(pieces))
    title: list[Piece] = []
    text: list[Piece] = []
    cursor, end = 0, len(passage.title)
    for piece in pieces:
        for part, side in (
            (piece.text[: max(end - cursor, 0)], title),
            (piece.text[max(end + 1 - cursor, 0) :], text),  # one space stands between the two
        ):
            if part:
                side.append(piece._replace(text=part))
        cursor += len(piece.text)
    return Marked(title, text)


def _numbered(text: str, words: Sequence[tuple[str, list[int]]]) -> Places:
    """Places of the words that have a number."""
    places = locate([word for word, _ in words], text)
    return {place: numbers for place, (_, numbers) in zip(places, words, strict=True) if place and numbers}
