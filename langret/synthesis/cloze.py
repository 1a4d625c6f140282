"""Sentences as queries: the inverse cloze task on text, for languages with and without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.language.contract import Language
from langret.language.tools import uax29_sentences
from langret.recipe.schema import Cloze
from langret.synthesis.checks import count_words
from langret.synthesis.job import Job

_PHRASE = re.compile(r"\s*\S+\s*")
_INITIAL = re.compile(r"(?:^|[\W\d_])[^\W\d_]\.\s*$")


def write_cloze(job: Job, settings: Cloze) -> Iterator[Record]:
    """Make sentences of passages queries for their passage (Lee, Chang and Toutanova 2019; METHODS.md 7).

    At most half of the sentences of a passage become queries, so that something is left to find. Where the passage
    does not keep them, the passage without them is a new one (``cloze:ID``). Both are positives: the whole one
    would otherwise be mined as the hardest negative of its own sentence.

    Set aside: ``one_sentence`` (there is nothing to tell the query from the passage) and, for each sentence drawn in
    vain, ``too_short``, ``too_long``, ``wrong_language`` or ``duplicate`` (the same sentence stands elsewhere).

    Args:
        job: What there is.
        settings: Numbers and lengths.
    """
    import numpy as np

    passages, count = job.collection.kept_passages(), job.collection.passages.num_rows
    if settings.most is not None:
        chosen = job.draw_passages(-(-settings.most // settings.per_passage))
        passages, count = job.passages(chosen), len(chosen)
    left = settings.most
    for done, passage in enumerate(passages):
        if job.progress is not None:
            job.progress(done, count)
        sentences = split_sentences(passage.text, job.language, settings.max_words)
        if len(sentences) < 2:
            yield Rejected(job.id_of(passage.id), "one_sentence", passage.text)
            continue
        draw = np.random.default_rng(job.lot(passage.id))
        stays = draw.random() < settings.keep_span
        wanted = min(settings.per_passage, len(sentences) // 2)
        wanted = wanted if left is None else min(wanted, left)
        taken: dict[int, str] = {}
        for place in draw.permutation(len(sentences)).tolist():
            if len(taken) == wanted:
                break
            text = job.language.normalize(sentences[place].strip())
            reason = job.checks.sentence(text, settings.min_words, settings.max_words)
            if reason:
                yield Rejected(job.id_of(passage.id, place + 1), reason, text)
            else:
                taken[place] = text
        rest = "".join(s for place, s in enumerate(sentences) if place not in taken)
        positives = [passage.id]
        if taken and not stays:
            positives.append(job.id_of(passage.id))
            yield Passage(positives[1], job.language.normalize(rest.strip()), passage.title)
        for place, text in sorted(taken.items()):
            query = job.id_of(passage.id, place + 1)
            yield Query(query, text)
            for positive in positives:
                yield Judgement(query, positive)
        left = None if left is None else left - len(taken)


def split_sentences(text: str, language: Language, longest: int) -> list[str]:
    """Sentences of a text, which joined give the text.

    Sentences end as Unicode says, but not after a single letter with a full stop, as in ``J. Smith``. Scripts that
    write no spaces between words write them between phrases, and some of them, such as Thai, no full stops: there a
    sentence of more than ``longest`` words is cut at spaces into parts of about half as many.
    """
    found: list[str] = []
    initial = False
    for sentence in uax29_sentences(text):
        if initial:
            found[-1] += sentence
        else:
            found.append(sentence)
        initial = bool(_INITIAL.search(sentence[-8:]))
    if not language.presegment:
        return found
    return [part for sentence in found for part in _parts(sentence, language, longest)]


def _parts(sentence: str, language: Language, longest: int) -> list[str]:
    if len(sentence) <= longest:  # a word has a character at least
        return [sentence]
    phrases = _PHRASE.findall(sentence) or [sentence]
    sizes = [count_words(language, phrase.strip()) for phrase in phrases]
    if sum(sizes) <= longest:
        return [sentence]
    parts, held = [""], 0
    for phrase, size in zip(phrases, sizes, strict=True):
        if held >= longest // 2:
            parts.append("")
            held = 0
        parts[-1] += phrase
        held += size
    return parts
