"""Requests side by side: an event loop in a thread, repeats with pauses, and when to give an endpoint up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from langret.errors import StageError
from langret.llm import wire as wires
from langret.llm.answer import Answer, Completion, Problem, check_shape
from langret.llm.cache import Cache, Kept
from langret.llm.ledger import Ledger
from langret.llm.prompt import Request
from langret.llm.wire import Failure, Wire
from langret.recipe.schema import Endpoint

GIVEN_UP = 10
"""Requests in a row that fail, also when repeated, before the job stops."""
NONE_TAKEN = 20
"""Requests that an endpoint rejects, without ever taking one, before the job stops."""

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own, so that requests go on while the caller does other things."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="langret-llm", daemon=True)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start work and return at once."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """Cancel what is under way, do a last work, and end the thread."""
        try:
            self.start(self._end(last)).result()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _end(self, last: Coroutine[Any, Any, None]) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await last
        await self._loop.shutdown_default_executor()


class Live:
    """Requests under way at one endpoint.

    Args:
        endpoint: Where and how.
        ledger: What may be spent.
        cache: Where usable answers are kept, or None.

    Attributes:
        proven: The endpoint has given a usable answer to this job, now or before.
    """

    def __init__(self, endpoint: Endpoint, ledger: Ledger, cache: Cache | None) -> None:
        self.wire = Wire(endpoint)
        self.loop = Loop()
        self._endpoint, self._ledger, self._cache = endpoint, ledger, cache
        self._slots = asyncio.Semaphore(endpoint.concurrency)
        self._queue = asyncio.Lock()
        self._tasks: set[asyncio.Task[Answer]] = set()
        self._fatal: StageError | None = None
        self._reached = self.proven = False
        self._failed_in_a_row = self._rejected = 0

    def submit(self, request: Request) -> Future[Answer]:
        """Put a request into the queue; answers may be waited for with ``result``."""
        return self.loop.start(self._answer(request))

    def result(self, future: Future[Answer]) -> Answer:
        """Wait for an answer.

        Raises:
            StageError: The job cannot go on.
        """
        try:
            return future.result()
        except CancelledError:
            assert self._fatal is not None
            raise self._fatal from None

    def close(self) -> None:
        """Cancel what is under way and close connections and thread."""
        self.loop.close(self.wire.close())

    async def _answer(self, request: Request) -> Answer:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self._fatal is not None:
                raise self._fatal
            async with self._slots:
                return await self._asked(request)
        except StageError as error:
            self._fatal = self._fatal or error
            for other in self._tasks - {task}:
                other.cancel()
            raise
        finally:
            self._tasks.discard(task)

    async def _asked(self, request: Request) -> Answer:
        """Ask, and ask again after failures that may pass, for as long as budget and patience last."""
        tokens, failures = (0, 0), 0
        while True:
            if not await self._afford(request):
                return Answer(None, "budget", "", False, *tokens)
            held = used = (request.input_tokens, request.output_tokens)
            try:
                reply = await self.wire.chat(request)
                used = spent(request, reply)
            except StageError:
                used = (0, 0)
                raise
            finally:
                overrun = self._ledger.settle(held, used)
            tokens = (tokens[0] + used[0], tokens[1] + used[1])
            if isinstance(reply, Completion):
                self._reached, self._failed_in_a_row = True, 0
                answer = await self._keep(request, reply, tokens)
                if overrun is not None:
                    raise overrun
                return answer
            if reply.mended:
                continue
            if reply.problem == "rejected":
                self._reached, self._failed_in_a_row = True, 0
                self._count_rejected(reply)
                return Answer(None, "rejected", reply.reason, False, *tokens)
            self._reached |= reply.reached
            failures += 1
            if failures > self._endpoint.retries or (reply.wait or 0) > wires.LONGEST_WAIT:
                self._count_failed(reply)
                return Answer(None, reply.problem, "", False, *tokens)
            await asyncio.sleep(wires.pause(failures))

    async def _afford(self, request: Request) -> bool:
        """Reserve what the request can cost, in the order of the requests.

        A request that may fit once those under way are settled waits for them, and so do those behind it. What is
        asked within a budget is then the same as without concurrency.
        """
        async with self._queue:
            while (found := self._ledger.reserve(request.input_tokens, request.output_tokens)) == "later":
                await asyncio.sleep(0.01)
        return found == "yes"

    async def _keep(self, request: Request, completion: Completion, tokens: tuple[int, int]) -> Answer:
        answer = answer_of(request, completion, tokens)
        self.proven |= not answer.problem
        if self._cache is not None and lasting(answer, self._endpoint):
            await asyncio.to_thread(self._cache.put, request.key, kept(answer))
        return answer

    def _count_rejected(self, failure: Failure) -> None:
        self._rejected += 1
        if not self.proven and self._rejected >= NONE_TAKEN:
            raise self.wire.failed(
                f"The endpoint rejects every request ({self._rejected} so far): {failure.reason}. "
                "Where it does not know JSON schemas, set structured: json_object or none."
            )

    def _count_failed(self, failure: Failure) -> None:
        self._failed_in_a_row += 1
        if not self._reached:
            raise self.wire.failed(f"The endpoint cannot be reached: {failure.reason}.")
        if self._failed_in_a_row >= GIVEN_UP:
            kept = " What it answered before is kept." if self._cache is not None else ""
            raise self.wire.failed(
                f"The endpoint has failed {self._failed_in_a_row} requests in a row, each asked "
                f"{self._endpoint.retries + 1} times; the last: {failure.reason}.{kept}"
            )


def spent(request: Request, reply: Completion | Failure) -> tuple[int, int]:
    """Tokens to count for a reply; what the endpoint does not tell is counted at its bound."""
    if isinstance(reply, Failure):
        return (request.input_tokens, request.output_tokens) if reply.charged else (0, 0)
    into, out = reply.input_tokens, reply.output_tokens
    return (request.input_tokens if into is None else into, request.output_tokens if out is None else out)


def answer_of(request: Request, completion: Completion, tokens: tuple[int, int]) -> Answer:
    """Check a completion against the shape that was asked for."""
    value = None if completion.problem else check_shape(completion.text, request.shape)
    problem: Problem = completion.problem or ("" if value is not None else "invalid")
    return Answer(value, problem, completion.text, False, *tokens)


def lasting(answer: Answer, endpoint: Endpoint) -> bool:
    """Whether an answer is kept: asked again, a model at temperature 0 says the same, usable or not."""
    return not answer.problem or (
        endpoint.temperature == 0 and answer.problem in ("refused", "cut_off", "invalid")
    )


def kept(answer: Answer) -> Kept:
    """An answer as the cache keeps it."""
    return Kept(answer.problem, answer.text, answer.input_tokens, answer.output_tokens)
