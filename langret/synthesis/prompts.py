"""What a language model is asked to write, in our words, and the shapes of its answers.

The recipe's own words (instruction, domain, styles) stand in the system message. Text of the data, and what the
model itself thought up before, is quoted in the user message and cannot steer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from langret.language.contract import Language
    from langret.llm import Prompt

STYLES = {
    "question": "a complete question, as one would ask a person who knows",
    "keyword": "two to five search words without grammar, as one types into a search box",
    "paraphrase": "a question in other words than the passage's: synonyms and descriptions in place of its terms",
    "situation": "one or two sentences that describe the situation one is in and what one needs to know",
}
_CLEAR = (
    "A query must be clear to somebody who has never seen the passage and hopes to find it: no “this text”, no "
    "“above”, no pronoun whose noun is missing. It asks for something particular that the passage says, so that few "
    "other passages would do. It is no sentence of the passage."
)
_QUOTE = "`answer`, the words of the passage that answer it, copied character by character"


class Listed(BaseModel):
    """Things thought up."""

    items: list[str] = Field(description="one entry for each thing, in order")


class WrittenQuery(BaseModel):
    """A query and where the passage answers it."""

    query: str
    answer: str = Field(description="words of the passage that answer the query, copied")


class QueryAnswer(BaseModel):
    """Queries that one passage answers."""

    queries: list[WrittenQuery]


class WrittenPassage(BaseModel):
    """A passage."""

    title: str = Field(description="empty where a title was not asked for")
    text: str


class NegativeAnswer(BaseModel):
    """Passages that do not answer a query."""

    passages: list[WrittenPassage]


class TripletAnswer(BaseModel):
    """A passage that answers a query, and one that seems to."""

    positive: str
    negative: str


class Rewritten(BaseModel):
    """A text said in another way."""

    text: str


def queries_prompt(language: Language, passage: str, styles: Sequence[str], instruction: str) -> Prompt:
    """Ask for queries that a passage answers, one of each style."""
    kinds = "\n".join(f"{n}. {STYLES.get(style, style)}" for n, style in enumerate(styles, start=1))
    system = _joined(
        _role(language),
        f"You are given a passage. Write search queries that it answers, one of each of these kinds, in this order:"
        f"\n{kinds}",
        _CLEAR,
        instruction,
        f"Answer with `queries`: a list of objects with `query` and {_QUOTE}. Leave out a kind that does not fit.",
    )
    return _prompt(system, {"passage": [passage]}, QueryAnswer)


def persona_prompt(language: Language, passage: str, people: Sequence[str], instruction: str) -> Prompt:
    """Ask what each of several people would search for and find in a passage."""
    system = _joined(
        _role(language),
        "You are given descriptions of people and a passage. For each person, think of what in the passage is of use "
        "in that person's work or life, and write the query with which that person, in that person's own words and "
        "with that person's knowledge of the subject, would search for it.",
        _CLEAR,
        instruction,
        f"Answer with `queries`: a list of objects with `query` and {_QUOTE}, in the order of the people. Leave out a "
        "person for whom the passage holds nothing.",
    )
    return _prompt(system, {"people": people, "passage": [passage]}, QueryAnswer)


def negatives_prompt(
    language: Language,
    query: str,
    positive: str | None,
    count: int,
    characters: int,
    titled: bool,
    instruction: str,
) -> Prompt:
    """Ask for passages that look like answers to a query and are none.

    Args:
        language: Of the text to be written.
        query: The query.
        positive: A passage that answers it; None where the model is not to see one.
        count: How many are wanted.
        characters: About how long each is to be.
        titled: Whether each is to have a title.
        instruction: The recipe's own words.
    """
    seen = "a search query and a passage that answers it" if positive is not None else "a search query"
    style = " Keep the style of the given passage." if positive is not None else ""
    title = "a fitting `title`" if titled else "an empty `title`"
    system = _joined(
        _role(language),
        f"You are given {seen}. Write {_number(count)} of about {characters} characters that a search engine could "
        "take for an answer and that is none: about the same subject, with many of the query's words, of use to "
        "somebody with a slightly different question, while nobody who reads it learns what the query asks for."
        + style,
        instruction,
        f"Answer with `passages`: a list of objects with {title} and `text`.",
    )
    texts = {"query": [query]} if positive is None else {"query": [query], "passage": [positive]}
    return _prompt(system, texts, NegativeAnswer)


def tasks_prompt(language: Language, domain: str, count: int, have: Sequence[str]) -> Prompt:
    """Ask for retrieval tasks."""
    about = f" in this domain: {domain}" if domain else " of everyday life, work, study and public services"
    system = _joined(
        f"Think of things that users of a search engine in {_name(language)} look for{about}. Name {count} retrieval "
        "tasks, as different from each other as possible in subject, in what the users type and in what kind of text "
        "they hope to find. Say each in one English sentence of the form “Given X, find Y”.",
        _unlike(have),
        "Answer with `items`: a list of sentences.",
    )
    return _prompt(system, {"tasks": have} if have else {}, Listed)


def people_prompt(language: Language, domain: str, count: int, have: Sequence[str]) -> Prompt:
    """Ask for people of a domain."""
    system = _joined(
        f"Think of people who search for information in {_name(language)} in this domain: {domain}. Describe {count} "
        "of them, as different as possible in occupation, experience, age and purpose. Describe each in one or two "
        "English sentences: who it is, what it does with what it finds, how much it knows already.",
        _unlike(have),
        "Answer with `items`: a list of descriptions.",
    )
    return _prompt(system, {"people": have} if have else {}, Listed)


def task_queries_prompt(
    language: Language, task: str, count: int, have: Sequence[str], instruction: str
) -> Prompt:
    """Ask for the queries of a retrieval task."""
    system = _joined(
        _role(language),
        f"You are given a retrieval task. Write {count} queries of its users. Let them differ in subject, in length "
        "from two words to two sentences, and in how much their users know. Each must be clear on its own, and a "
        "passage of some sentences must be able to answer it.",
        instruction,
        _unlike(have),
        "Answer with `items`: a list of queries.",
    )
    return _prompt(system, {"task": [task], **({"queries": have} if have else {})}, Listed)


def triplet_prompt(language: Language, task: str, query: str, characters: int, instruction: str) -> Prompt:
    """Ask for a positive and a hard negative of a query."""
    system = _joined(
        _role(language),
        f"You are given a retrieval task and a query of its users. Write two passages of about {characters} characters "
        "each, in the style in which such texts are written. `positive` is what the task asks to find: it holds the "
        "whole answer, in words of its own. `negative` looks as good at first sight, with the same subject, style and "
        "length and many of the query's words, but does not hold what the query asks for.",
        instruction,
        "Answer with `positive` and `negative`.",
    )
    return _prompt(system, {"task": [task], "query": [query]}, TripletAnswer)


def dialect_prompt(dialect: str, text: str, examples: Sequence[str], instruction: str) -> Prompt:
    """Ask for a text in a dialect."""
    like = "You are also given sentences in it, which show how it is written." if examples else ""
    system = _joined(
        f"You are a native speaker of {dialect}. Rewrite the given text the way you and others who speak it write to "
        "each other: words, grammar and spelling. Say the same thing. Numbers, names, technical terms and words in "
        "Latin letters stay as they are. Add nothing and explain nothing.",
        like,
        instruction,
        "Answer with `text`.",
    )
    return _prompt(system, {"text": [text], **({"examples": examples} if examples else {})}, Rewritten)


def _role(language: Language) -> str:
    return (
        f"You write training data for a search engine. Its users write {_name(language)}, and so do you, the way "
        "native speakers do."
    )


def _name(language: Language) -> str:
    return language.name if language.scripts else "the language of the texts that you are given"


def _number(count: int) -> str:
    return "a passage" if count == 1 else f"{count} passages, different from each other, each"


def _unlike(have: Sequence[str]) -> str:
    return "You are given what is there already. Repeat none of it." if have else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, map(str.strip, parts)))


def _prompt(system: str, texts: Mapping[str, Sequence[str]], answer: type[BaseModel]) -> Prompt:
    from langret.llm import Prompt, quoted  # here, so that a generated world needs none of it

    blocks = [quoted(name, list(items)) for name, items in texts.items()]
    return Prompt(system, "\n\n".join(blocks) or "Begin.", answer)
