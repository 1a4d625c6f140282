"""The one door to all writers of training pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from langret.data.records import Collection, Record
from langret.errors import StageError
from langret.language.contract import Language
from langret.recipe.schema import Cloze, Writer, writer_id
from langret.synthesis.cloze import write_cloze
from langret.synthesis.dialect import write_dialect
from langret.synthesis.job import Job, Progress
from langret.synthesis.negatives import write_negatives, write_triplets
from langret.synthesis.prompts import Listed
from langret.synthesis.queries import write_personas, write_queries

if TYPE_CHECKING:
    from langret.llm import LLM, Answer, Estimate, Prompt

_WRITERS: dict[str, Callable[[Job, Any], Iterator[Record]]] = {
    "cloze": write_cloze,
    "queries": write_queries,
    "negatives": write_negatives,
    "triplets": write_triplets,
    "personas": write_personas,
    "dialect": write_dialect,
}


def write_pairs(
    settings: Writer,
    collection: Collection,
    language: Language,
    *,
    seed: int,
    llm: LLM | None = None,
    progress: Progress | None = None,
) -> Iterator[Record]:
    """Write training pairs from documents.

    The ids say who wrote a text and from what: ``cloze:ID#3`` is the third sentence of the passage ID,
    ``queries:ID#1`` the first query asked for it, ``negatives:QID#2`` the second passage written against the query
    QID, ``dialect:QID`` the query QID rewritten. They, and what is drawn, depend on the seed, the settings and the
    ids of the collection, and are the same in every run.

    Args:
        settings: One of ``synthesis.writers`` of a recipe.
        collection: Cleaned passages, perhaps with queries and judgements. ``negatives`` and ``dialect`` work on
            those; all others take care not to write a query that is there, held out or not.
        language: Its plugin.
        seed: Seed of the recipe.
        llm: The model behind ``settings.llm``; ``cloze`` needs none.
        progress: Called with how much is done, and of how much.

    Returns:
        Queries, judgements and passages, normalised, in the order in which they are written, and for each text that
        failed a check, or was asked for in vain, a ``Rejected`` with its id and the reason. Judgements name passages
        and queries of the collection, so put its own records before these: ``write_collection(chain(...))``.

    Raises:
        StageError: The writer needs a language model and none is given.
        LanguageError: A dialect is none of this language.

    Examples:
        >>> from langret.data.records import Collection, Passage, Query
        >>> from langret.language import get_language
        >>> text = "Kyoto was the capital of Japan for a thousand years. Today Tokyo is the seat of government."
        >>> documents = Collection.from_records([Passage("p1", text)])
        >>> records = write_pairs(Cloze(kind="cloze"), documents, get_language("und"), seed=13)
        >>> [record for record in records if isinstance(record, Query)]
        [Query(id='cloze:p1#1', text='Kyoto was the capital of Japan for a thousand years.')]
    """
    if llm is None and not isinstance(settings, Cloze):
        raise StageError(
            f"The writer {writer_id(settings)} asks a language model, and none is given.",
            hint="Make one with langret.llm.LLM(settings.llm).",
        )
    job = Job(writer_id(settings), collection, language, seed, llm, progress)
    return _WRITERS[settings.kind](job, settings)


def estimate_writer(
    settings: Writer, collection: Collection, language: Language, llm: LLM | None, *, seed: int
) -> Estimate | None:
    """Say what a writer can cost at most, without asking anything.

    The writer is rehearsed: it draws and makes its prompts as it would, with stand-ins for what the model would
    think up (tasks, people, and the queries of triplets).

    Args:
        settings: One of ``synthesis.writers`` of a recipe.
        collection: As for ``write_pairs``.
        language: Its plugin.
        llm: The model behind ``settings.llm``; its cache is looked into.
        seed: Seed of the recipe.

    Returns:
        The estimate; None for a writer without a language model.
    """
    if llm is None or isinstance(settings, Cloze):
        return None
    rehearsal = _Rehearsal(language)
    job = Job(writer_id(settings), collection, language, seed, rehearsal)  # type: ignore[arg-type]

    def prompts() -> Iterator[Prompt]:
        for _ in _WRITERS[settings.kind](job, settings):
            yield from rehearsal.heard()
        yield from rehearsal.heard()

    return llm.estimate(prompts())


class _Rehearsal:
    """Stands in for a language model: remembers prompts, names things where it is asked to, and writes nothing."""

    def __init__(self, language: Language) -> None:
        self._word = max(language.examples, key=len, default="x" * 40)
        self._rounds = 0
        self._prompts: list[Prompt] = []

    def heard(self) -> Iterator[Prompt]:
        """Prompts since the last call."""
        self._prompts, heard = [], self._prompts
        return iter(heard)

    def ask(self, prompts: Iterable[Prompt], progress: object = None) -> Iterator[Answer]:
        """Answer at once."""
        from langret.llm import Answer

        for prompt in prompts:
            self._prompts.append(prompt)
            self._rounds += 1
            named = [f"{self._word} {self._rounds}-{n}" for n in range(100)]
            value = Listed(items=named) if prompt.answer is Listed else None
            yield Answer(value, "" if value else "budget", "", False, 0, 0)
