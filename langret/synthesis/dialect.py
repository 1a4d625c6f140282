"""Queries and passages rewritten in a dialect by a language model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from langret.data.leakage import text_key
from langret.data.records import Judgement, Passage, Query, Record, Rejected
from langret.errors import LanguageError, nearest
from langret.language.contract import Language
from langret.language.registry import get_language, known_languages
from langret.recipe.schema import Dialect
from langret.synthesis.checks import QUERY_CHARACTERS, same_facts
from langret.synthesis.job import Job, unanswered
from langret.synthesis.prompts import Rewritten, dialect_prompt

if TYPE_CHECKING:
    from langret.llm import Prompt


class Target(NamedTuple):
    """A dialect as the model is told of it: its name, and sentences in it where a plugin has some."""

    name: str
    examples: tuple[str, ...]


def dialect_of(name: str, language: Language) -> Target:
    """The dialect that a recipe names, by the code of a plugin or in words.

    Raises:
        LanguageError: It is the code of a plugin of another language, or the language's own.
    """
    codes = known_languages()
    if name not in codes:
        return Target(name, ())
    plugin = get_language(name)
    if name == language.code or _family(plugin) != _family(language):
        own = [c for c in codes if c != language.code and _family(get_language(c)) == _family(language)]
        raise LanguageError(
            f"{name} ({plugin.name}) is no dialect of {language.code} ({language.name}).",
            where="synthesis: dialect",
            hint=nearest(name, own) if own else "Give the dialect's name in English.",
        )
    return Target(plugin.name, plugin.examples)


def _family(language: Language) -> str:
    return language.dialect_of or language.code


def write_dialect(job: Job, settings: Dialect) -> Iterator[Record]:
    """Have drawn queries or passages rewritten in a dialect, as more training data of it (Swan, METHODS.md 5).

    What is written takes over the judgements of what it was made from, whose id it bears: ``dialect:ID``. Set
    aside, besides the reasons of ``Checks``: ``unchanged``, and ``facts_changed`` where a number, or a word in Latin
    letters in a text of another script, was lost or added.

    Args:
        job: What there is, with queries and judgements.
        settings: Model, dialect and numbers.
    """
    target = dialect_of(settings.dialect, job.language)
    of_queries = settings.rewrite == "queries"

    def about(judgement: Judgement) -> str:
        return judgement.query_id if of_queries else judgement.passage_id

    judged = set(map(about, job.collection.kept_judgements()))

    def fitting() -> Iterator[Query | Passage]:
        kept = job.collection.kept_queries if of_queries else job.collection.kept_passages
        return (t for t in kept() if t.id in judged and (of_queries or len(t.text) <= settings.characters))

    chosen = job.draw((text.id for text in fitting()), settings.most)
    texts = {text.id: text for text in fitting() if text.id in chosen}
    judgements: dict[str, list[Judgement]] = {name: [] for name in texts}
    for judgement in job.collection.kept_judgements():
        if about(judgement) in judgements:
            judgements[about(judgement)].append(judgement)

    def asked() -> Iterator[tuple[str, Prompt]]:
        for name, item in texts.items():
            yield name, dialect_prompt(target.name, item.text, target.examples, settings.instruction)

    for name, answer in job.ask(asked(), len(texts)):
        written, old = job.id_of(name), texts[name]
        if answer.value is None:
            yield unanswered(written, answer)
            continue
        text = job.language.normalize(cast(Rewritten, answer.value).text)
        reason = "unchanged" if text_key(text) == text_key(old.text) else ""
        if not reason and not same_facts(old.text, text, job.language.scripts):
            reason = "facts_changed"
        if not reason and of_queries:
            reason = job.checks.query(text, longest=max(QUERY_CHARACTERS, 2 * len(old.text)))
        elif not reason:
            reason = job.checks.passage(text, 2 * len(old.text), [])
        if reason:
            yield Rejected(written, reason, text)
            continue
        yield Query(written, text) if isinstance(old, Query) else Passage(written, text, old.title)
        for query, passage, grade in judgements[name]:
            yield Judgement(written, passage, grade) if of_queries else Judgement(query, written, grade)
