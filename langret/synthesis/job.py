"""What every writer works with: what there is, lots, checks, and the language model."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from langret.data.records import Collection, Passage, Rejected
from langret.language.contract import Language
from langret.synthesis.checks import Checks

if TYPE_CHECKING:
    from langret.llm import LLM, Answer, Prompt

Progress = Callable[[int, int | None], None]
T = TypeVar("T")


@dataclass
class Job:
    """One writer at work.

    Attributes:
        name: Of the writer; the ids of what it writes begin with it.
        collection: Cleaned passages, perhaps with queries and judgements.
        language: Of the text to be written.
        seed: Of the recipe.
        llm: The model asked; None for writers that need none.
        progress: Called with answers so far and answers in all.
    """

    name: str
    collection: Collection
    language: Language
    seed: int
    llm: LLM | None = None
    progress: Progress | None = None

    @cached_property
    def checks(self) -> Checks:
        """Checks that know all queries of the collection."""
        return Checks(self.language, self.collection.queries)

    def id_of(self, source: str, number: int | None = None) -> str:
        """Id of a written text: the writer, what it was made from, and a number where there may be several."""
        return f"{self.name}:{source}" if number is None else f"{self.name}:{source}#{number}"

    def lot(self, *names: str) -> int:
        """A number drawn from the seed, the writer and names alone."""
        return lot(self.seed, self.name, *names)

    def draw(self, ids: Iterable[str], count: int) -> set[str]:
        """Draw at most ``count`` ids by lot."""
        return draw(ids, count, self.seed, self.name)

    def passages(self, chosen: set[str]) -> Iterator[Passage]:
        """Kept passages with these ids, in the order of the table."""
        return (passage for passage in self.collection.kept_passages() if passage.id in chosen)

    def draw_passages(self, count: int) -> set[str]:
        """Ids of at most ``count`` kept passages."""
        return self.draw((passage.id for passage in self.collection.kept_passages()), count)

    def ask(self, asked: Iterable[tuple[T, Prompt]], total: int) -> Iterator[tuple[T, Answer]]:
        """Ask the model one prompt after another.

        Args:
            asked: What each prompt is about, and the prompt; read as the model needs them.
            total: How many they are, for the progress.

        Yields:
            What the prompt was about, and the answer, in the same order.
        """
        assert self.llm is not None
        waiting: deque[T] = deque()

        def prompts() -> Iterator[Prompt]:
            for subject, prompt in asked:
                waiting.append(subject)
                yield prompt

        def tell(done: int) -> None:
            if self.progress is not None:
                self.progress(done, total)

        for answer in self.llm.ask(prompts(), progress=tell):
            yield waiting.popleft(), answer

    def uneven(self, source: str, wanted: int, given: int) -> Iterator[Rejected]:
        """One row for each text that was asked for and not given, or given and not asked for."""
        for number in range(given + 1, wanted + 1):
            yield Rejected(self.id_of(source, number), "not_written", f"{given} of {wanted}")
        for number in range(wanted + 1, given + 1):
            yield Rejected(self.id_of(source, number), "not_asked_for", f"{given} for {wanted}")


def lot(seed: int, *names: str) -> int:
    """A number of 128 bits drawn from a seed and names alone: the same on every machine, in every order."""
    words = "\n".join([str(seed), *names]).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=16).digest(), "big")


def draw(ids: Iterable[str], count: int, seed: int, name: str) -> set[str]:
    """Draw at most ``count`` ids; their order does not matter. Memory grows with ``count`` alone."""
    return set(heapq.nsmallest(count, ids, key=lambda one: (lot(seed, name, one), one)))


def unanswered(where: str, answer: Answer) -> Rejected:
    """The row for a prompt that brought no answer; ``where`` is what would have been written."""
    return Rejected(where, answer.problem, answer.text)


def texts_of(collection: Collection, ids: Iterable[str]) -> dict[str, Passage]:
    """Passages by id, in one pass over the table."""
    wanted = set(ids)
    return {passage.id: passage for passage in collection.kept_passages() if passage.id in wanted}


def in_turn(items: Sequence[T], first: int, count: int) -> list[T]:
    """``count`` items in turn, beginning anywhere."""
    return [items[(first + n) % len(items)] for n in range(count)]
