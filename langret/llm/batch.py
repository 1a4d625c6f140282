"""Many requests in one file, answered within a day, and collected even after a kill.

What is owed is written down before the endpoint hears of it: a batch has a token of ours, which it carries as
metadata. A run that finds a token without an id looks the batch up at the endpoint, so that a kill between asking and
hearing the id does not make anyone pay twice.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from langret.errors import StageError
from langret.llm.answer import Answer, Completion
from langret.llm.batch_api import URL, BatchAPI
from langret.llm.cache import Cache, Kept
from langret.llm.client import remembered
from langret.llm.ledger import Ledger
from langret.llm.live import NONE_TAKEN, answer_of, kept, lasting, spent
from langret.llm.prompt import Request
from langret.llm.wire import Failure

if TYPE_CHECKING:
    from langret.recipe.schema import Endpoint

MOST_REQUESTS = 50_000
"""Requests in one batch, OpenAI's limit."""
MOST_BYTES = 190_000_000
"""Bytes of one batch's file; OpenAI takes 200 MB."""


@dataclass
class _Part:
    """As many prompts as one batch takes.

    Attributes:
        order: What each prompt gets: its answer where there is one, else the key of its request.
        owed: Requests that batches are to answer, without their bodies, by key.
        tokens: The token of each one's batch.
        more: Prompts may follow.
    """

    order: list[Answer | bytes] = field(default_factory=list)
    owed: dict[bytes, Request] = field(default_factory=dict)
    tokens: dict[bytes, str] = field(default_factory=dict)
    more: bool = True


class Batches:
    """Answers by way of the batch API.

    Args:
        endpoint: Where and how.
        ledger: What may be spent.
        cache: Where answers are kept, and what is owed.
        tell: Hears how many answers there are.
    """

    def __init__(self, endpoint: Endpoint, ledger: Ledger, cache: Cache, tell: Callable[[int], None]) -> None:
        self._endpoint, self._ledger, self._cache, self._tell = endpoint, ledger, cache, tell
        self._folder = cache.path.parent
        self._opened: BatchAPI | None = None
        self._overrun: StageError | None = None

    @property
    def _api(self) -> BatchAPI:
        self._opened = self._opened or BatchAPI(self._endpoint)
        return self._opened

    def close(self) -> None:
        """Close connections and thread."""
        if self._opened is not None:
            self._opened.close()

    def answers(self, requests: Iterator[Request]) -> Iterator[Answer]:
        """Answers in the order of the requests, one batch after the other."""
        from filelock import FileLock

        done, more = 0, True
        while more:
            # Two processes must not ask for the same: what is owed is read and written under the lock.
            with FileLock(self._folder / "batch.lock"):
                self._find_lost()
                path = self._folder / "batch.jsonl"
                try:
                    part = self._read(requests, path)
                    new = [key for key in part.owed if key not in part.tokens]
                    if new:
                        part.tokens.update(dict.fromkeys(new, self._submit(new, path)))
                finally:
                    path.unlink(missing_ok=True)
                names = self._cache.batches(self._endpoint.base_url)
            found: dict[bytes, Answer] = {}
            for token in sorted(set(part.tokens.values())):
                mine = {key: part.owed[key] for key, its in part.tokens.items() if its == token}
                found.update(self._collect(token, names[token], mine, done + len(found)))
            for place in part.order:
                done += 1
                yield place if isinstance(place, Answer) else self._next(place, found)
            more = part.more

    def _read(self, requests: Iterator[Request], path: Path) -> _Part:
        """Read the next prompts; what is to be asked is written to a file, and its cost set aside."""
        part, size = _Part(), 0
        with contextlib.ExitStack() as stack:
            with _unwritten(path):
                file = stack.enter_context(path.open("wb"))
            for request in requests:
                key, bounds = request.key, (request.input_tokens, request.output_tokens)
                place: Answer | bytes = key
                if key in part.owed:
                    pass
                elif (answer := remembered(self._cache, request)) is not None:
                    place = answer
                elif (token := self._cache.owed(key)) is not None:
                    self._ledger.claim(*bounds)
                    part.owed[key], part.tokens[key] = replace(request, body={}), token
                elif self._ledger.reserve(*bounds) == "yes":
                    line = {"custom_id": key.hex(), "method": "POST", "url": URL, "body": request.body}
                    with _unwritten(path):
                        size += file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                        file.flush()
                    part.owed[key] = replace(request, body={})
                else:
                    place = Answer(None, "budget", "", False, 0, 0)
                part.order.append(place)
                if len(part.order) >= MOST_REQUESTS or size >= MOST_BYTES:
                    return part
        part.more = False
        return part

    def _submit(self, keys: list[bytes], path: Path) -> str:
        token = uuid.uuid4().hex
        self._cache.open_batch(token, self._endpoint.base_url, keys)
        try:
            file = self._api.upload(path)
        except StageError:
            self._cache.close_batch(token)  # nothing was asked yet
            raise
        self._cache.name_batch(token, self._api.create(token, file))
        return token

    def _find_lost(self) -> None:
        """Learn the ids of batches whose makers were killed before they heard them."""
        lost = {token for token, name in self._cache.batches(self._endpoint.base_url).items() if not name}
        found = self._api.look_up(lost) if lost else {}
        for token in lost:
            if token in found:
                self._cache.name_batch(token, found[token])
            else:
                self._cache.close_batch(token)

    def _collect(self, token: str, name: str, mine: dict[bytes, Request], done: int) -> dict[bytes, Answer]:
        """Wait for a batch, keep all that it brings, and return the answers to our requests."""
        state = self._api.wait(name, lambda count: self._tell(done + count))
        if state["status"] == "failed":
            self._cache.close_batch(token)
            raise self._api.failed(f"The batch {name} has failed: {self._api.reason(state)}.")
        found: dict[bytes, Answer] = {}
        keep: dict[bytes, Kept] = {}
        rejected = ""
        with _unwritten(self._folder):
            for custom_id, reply in self._api.replies(state, self._folder):
                key = _key(custom_id)
                if key in mine and key not in found:
                    found[key] = self._settled(mine[key], reply)
                    if lasting(found[key], self._endpoint):
                        keep[key] = kept(found[key])
                elif key not in mine and isinstance(
                    reply, Completion
                ):  # asked for by a run with other prompts
                    keep[key] = Kept(
                        reply.problem, reply.text, reply.input_tokens or 0, reply.output_tokens or 0
                    )
                if isinstance(reply, Failure) and reply.problem == "rejected":
                    rejected = reply.reason
        late = Failure("timeout" if state["status"] == "expired" else "unavailable", "", charged=False)
        found.update({key: self._settled(mine[key], late) for key in mine.keys() - found.keys()})
        self._cache.close_batch(token, keep.items())
        if self._overrun is not None:
            raise self._overrun
        if rejected and len(found) >= NONE_TAKEN and all(a.problem == "rejected" for a in found.values()):
            raise self._api.failed(f"The endpoint rejects every request of the batch {name}: {rejected}.")
        return found

    def _settled(self, request: Request, reply: Completion | Failure) -> Answer:
        used = spent(request, reply)
        held = (request.input_tokens, request.output_tokens)
        self._overrun = self._ledger.settle(held, used) or self._overrun
        if isinstance(reply, Completion):
            return answer_of(request, reply, used)
        return Answer(None, reply.problem, reply.reason if reply.problem == "rejected" else "", False, *used)

    def _next(self, key: bytes, found: dict[bytes, Answer]) -> Answer:
        """The answer to a request; prompts that are equal to an earlier one get it as if from the cache."""
        answer = found[key]
        if lasting(answer, self._endpoint):
            found[key] = replace(answer, cached=True)
        return answer


@contextlib.contextmanager
def _unwritten(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StageError(
            f"A file of a batch cannot be written: {error.strerror or error}.",
            where=str(path),
            hint="Make room and run the same command again; batches that were made are collected then.",
        ) from error


def _key(custom_id: str) -> bytes:
    try:
        return bytes.fromhex(custom_id)
    except ValueError:
        return b""
