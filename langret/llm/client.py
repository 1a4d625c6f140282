"""The client that judges and writers share."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from langret.errors import StageError
from langret.llm.answer import Answer, check_shape
from langret.llm.cache import Cache
from langret.llm.ledger import Estimate, Ledger, Usage, cost
from langret.llm.prompt import Prompt, Request, request_of

if TYPE_CHECKING:
    from langret.recipe.schema import Endpoint

_AHEAD = 4  # prompts read ahead of the answer that is next, in units of the concurrency


class LLM:
    """A language model behind the OpenAI protocol.

    Requests run side by side, are repeated after failures that may pass, never exceed the budget, and are answered
    from the cache where they were answered before. One object is one job: its asks share the budget.

    Args:
        endpoint: The model, where it answers, and what may be spent (the recipe part ``Endpoint``).
        cache: Folder of kept answers, made where there is none; None keeps nothing. Several jobs and processes may
            share one.
    """

    def __init__(self, endpoint: Endpoint, cache: Path | None) -> None:
        self.endpoint = endpoint
        self.cache = Path(cache) if cache is not None else None
        self._ledger = Ledger(endpoint.budget, endpoint.price, endpoint.base_url)

    def __repr__(self) -> str:
        return f"LLM({self.endpoint.model!r} at {self.endpoint.base_url!r})"

    @property
    def usage(self) -> Usage:
        """What this job has spent so far."""
        return self._ledger.usage

    def ask(
        self, prompts: Iterable[Prompt], progress: Callable[[int], None] | None = None
    ) -> Iterator[Answer]:
        """Ask prompts and give their answers in the same order.

        Prompts are read as they are needed, a few times ``concurrency`` ahead; with ``batch``, 50,000 at a time.
        Neither key nor connection nor the ``openai`` package is needed while the cache has the answers.

        Args:
            prompts: Any number; read once.
            progress: Hears how many answers there are, whenever there are more.

        Returns:
            An answer for each prompt. What went wrong with one is its ``problem``.

        Raises:
            StageError: The job cannot go on: the key is missing or refused, address or model are wrong, the
                endpoint cannot be reached or has gone away, the cache is unusable or the disk is full. Answers so
                far are kept.
            MissingDependencyError: The ``openai`` package is not installed.
        """
        told = 0

        def tell(done: int) -> None:
            nonlocal told
            if done > told and progress is not None:
                progress(done)
            told = max(told, done)

        cache = Cache(self.cache) if self.cache is not None else None
        answers = (
            self._in_batches(prompts, cache, tell) if self.endpoint.batch else self._live(prompts, cache)
        )
        try:
            for done, answer in enumerate(answers, start=1):
                self._ledger.note(answer)
                tell(done)
                yield answer
        finally:
            answers.close()
            if cache is not None:
                cache.close()

    def estimate(self, prompts: Iterable[Prompt]) -> Estimate:
        """Say what prompts can cost at most; nothing is sent, and neither key nor ``openai`` package is needed.

        Args:
            prompts: Any number; read once.

        Returns:
            Upper bounds: of tokens as ``request_of`` bounds them, of money by ``price``.

        Raises:
            StageError: The cache is unusable.
        """
        cache = Cache(self.cache, create=False) if self.cache is not None else None
        calls = cached = into = out = 0
        try:
            for prompt in prompts:
                request = request_of(self.endpoint, prompt)
                if remembered(cache, request) is not None:
                    cached += 1
                else:
                    calls, into, out = calls + 1, into + request.input_tokens, out + request.output_tokens
        finally:
            if cache is not None:
                cache.close()
        return Estimate(calls, cached, into, out, cost(self.endpoint.price, into, out))

    def _live(self, prompts: Iterable[Prompt], cache: Cache | None) -> Generator[Answer, None, None]:
        """Answers to requests that run side by side, in order."""
        from langret.llm.live import Live, lasting

        live: Live | None = None
        proven = False
        ahead: deque[_Place] = deque()
        under_way: dict[bytes, Future[Answer]] = {}

        def place(request: Request) -> _Place:
            nonlocal live, proven
            if (answer := remembered(cache, request)) is not None:
                proven |= not answer.problem
                return _Place(request.key, answer)
            # Only what is kept makes the same prompt the same answer: without a cache each is a draw of its own.
            if cache is not None and request.key in under_way:
                return _Place(request.key, under_way[request.key], twin=True)
            live = live or Live(self.endpoint, self._ledger, cache)
            live.proven |= proven
            under_way[request.key] = live.submit(request)
            return _Place(request.key, under_way[request.key])

        def first() -> Answer:
            next_ = ahead.popleft()
            if isinstance(next_.answer, Answer):
                return next_.answer
            assert live is not None
            answer = live.result(next_.answer)
            if not next_.twin:
                under_way.pop(next_.key, None)
                return answer
            again = lasting(answer, self.endpoint)
            return replace(answer, cached=True) if again else replace(answer, input_tokens=0, output_tokens=0)

        try:
            for prompt in prompts:
                ahead.append(place(request_of(self.endpoint, prompt)))
                while ahead and (ahead[0].ready() or len(ahead) >= _AHEAD * self.endpoint.concurrency):
                    yield first()
            while ahead:
                yield first()
        finally:
            if live is not None:
                live.close()

    def _in_batches(
        self, prompts: Iterable[Prompt], cache: Cache | None, tell: Callable[[int], None]
    ) -> Generator[Answer, None, None]:
        from langret.llm.batch import Batches

        if cache is None:
            raise StageError(
                "The batch API needs a cache folder: there it is written down which batch is to be collected.",
                where="batch",
                hint="Name one, or set batch: false.",
            )
        requests = (request_of(self.endpoint, prompt) for prompt in prompts)
        batches = Batches(self.endpoint, self._ledger, cache, tell)
        try:
            yield from batches.answers(requests)
        finally:
            batches.close()


@dataclass(frozen=True)
class _Place:
    """An answer's place in the order of the prompts; a twin waits for the request of an equal prompt."""

    key: bytes
    answer: Answer | Future[Answer]
    twin: bool = False

    def ready(self) -> bool:
        return isinstance(self.answer, Answer) or self.answer.done()


def remembered(cache: Cache | None, request: Request) -> Answer | None:
    """The kept answer to a request, checked against the shape again."""
    kept = cache.get(request.key) if cache is not None else None
    if kept is None:
        return None
    value = check_shape(kept.text, request.shape) if not kept.problem else None
    if not kept.problem and value is None:
        return None  # the shape has become stricter in a way that its schema does not show
    return Answer(value, kept.problem, kept.text, True, kept.input_tokens, kept.output_tokens)
