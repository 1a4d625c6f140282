"""Files and batches at an endpoint: asked with patience, for a batch goes on while nobody listens."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING, Any

from langret.errors import StageError
from langret.llm import wire as wires
from langret.llm.answer import Completion
from langret.llm.live import GIVEN_UP, Loop
from langret.llm.wire import Call, Failure, Wire

if TYPE_CHECKING:
    from langret.recipe.schema import Endpoint

URL = "/v1/chat/completions"
"""What the requests of a batch are, as the batch API names it."""
_FILES = 600.0  # seconds for a file to go up or come down, where timeout is shorter
_OVER = {"completed", "expired", "cancelled", "failed"}


class BatchAPI:
    """The calls of the batch API that langret needs.

    Every call is repeated after failures that may pass, with growing pauses, and a ``StageError`` in the end.

    Args:
        endpoint: Where and how.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._wire = Wire(endpoint)
        self._loop = Loop()

    def close(self) -> None:
        """Close connections and thread."""
        self._loop.close(self._wire.close())

    def upload(self, path: Path) -> str:
        """Upload a file of requests, one JSON object a line, and return its id."""
        reply = self._patiently(
            lambda client, headers: client.files.with_raw_response.create(
                file=path, purpose="batch", extra_headers=headers
            ),
            max(_FILES, self._endpoint.timeout),
        )
        return str(self._decoded(reply, "id")["id"])

    def create(self, token: str, file: str) -> str:
        """Ask for a batch that carries a token, and return its id.

        After a failure it is looked up first: it may have been made, and only the answer was lost.
        """
        for failures in range(1, GIVEN_UP + 1):
            reply = self._send(
                lambda client, headers: client.batches.with_raw_response.create(
                    input_file_id=file,
                    endpoint=URL,
                    completion_window="24h",
                    metadata={"langret": token},
                    extra_headers=headers,
                )
            )
            if isinstance(reply, str):
                return str(self._decoded(reply, "id")["id"])
            self._rest(reply, failures)
            if found := self.look_up({token}).get(token):
                return found
        raise AssertionError("the last failure raises")

    def look_up(self, tokens: set[str]) -> dict[str, str]:
        """Ids of the endpoint's batches that carry one of the tokens, by token."""
        found: dict[str, str] = {}
        page: dict[str, Any] = {}
        while True:
            after = {"after": page["data"][-1]["id"]} if page else {}
            call = partial(_list, after)
            page = self._decoded(self._patiently(call), "data")
            for batch in page["data"]:
                token = (batch.get("metadata") or {}).get("langret")
                if token in tokens:
                    found[token] = batch["id"]
            if found.keys() == tokens or not page.get("has_more") or not page["data"]:
                return found

    def wait(self, batch: str, tell: Callable[[int], None]) -> dict[str, Any]:
        """Wait until a batch is over, asking less and less often, and return what the endpoint says of it.

        Args:
            batch: Its id.
            tell: Hears how many of its requests are done.
        """
        asked = failures = 0
        while True:
            reply = self._send(
                lambda client, headers: client.batches.with_raw_response.retrieve(
                    batch, extra_headers=headers
                ),
                may_lack=True,
            )
            if isinstance(reply, Failure) and reply.problem == "rejected":
                return {"status": "failed", "errors": {"data": [{"message": reply.reason}]}}
            if isinstance(reply, Failure):
                failures += 1
                self._rest(reply, failures)
                continue
            state = self._decoded(reply, "status")
            if state["status"] in _OVER:
                return state
            counts = state.get("request_counts")
            if isinstance(counts, dict) and isinstance(counts.get("completed"), int):
                tell(counts["completed"])
            time.sleep(wires.SECOND * min(wires.LONGEST_BACKOFF, 2.0 ** min(asked, 10)))
            asked, failures = asked + 1, 0

    def replies(self, state: dict[str, Any], folder: Path) -> Iterator[tuple[str, Completion | Failure]]:
        """What a batch that is over brought, by the name that each request was given.

        Args:
            state: As ``wait`` returned it.
            folder: Where its files are put while they are read.
        """
        for name in ("output_file_id", "error_file_id"):
            if not state.get(name):
                continue
            with TemporaryFile(dir=folder) as lines:  # gone with the process, however that ends
                if not self._download(str(state[name]), lines):
                    continue
                lines.seek(0)
                for line in lines:
                    if (reply := self._line(line)) is not None:
                        yield reply

    def reason(self, state: dict[str, Any]) -> str:
        """Why a batch has failed, in the words of the endpoint."""
        try:
            return self._wire.words(str(state["errors"]["data"][0]["message"]))
        except (KeyError, TypeError, IndexError):
            return "the endpoint gives no reason"

    def failed(self, message: str) -> StageError:
        """An error that names endpoint, model and the variable of the key."""
        return self._wire.failed(message)

    def _line(self, line: bytes) -> tuple[str, Completion | Failure] | None:
        """A line of a batch's file; None where it is none."""
        try:
            entry = json.loads(line)
            name, error = str(entry["custom_id"]), entry.get("error") or {}
            response = entry.get("response") or {}
            status, body = response.get("status_code"), response.get("body")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        if status == 200:
            found = self._wire.completion(body)
            return name, found or Failure("unavailable", "no completion", charged=True)
        inner = body.get("error") if isinstance(body, dict) else None
        messages = [part.get("message") for part in (error, inner) if isinstance(part, dict)]
        said = self._wire.words(next((str(message) for message in messages if message), f"status {status}"))
        if error.get("code") == "batch_expired":
            return name, Failure("timeout", said, charged=False)
        passing = status is None or not 400 <= status < 500 or status in wires.AGAIN
        return name, Failure("unavailable" if passing else "rejected", said, charged=False)

    def _download(self, name: str, file: IO[bytes]) -> bool:
        """Fetch a file; False where the endpoint does not have it any more."""

        async def fetch(client: Any, headers: dict[str, Any]) -> SimpleNamespace:
            file.seek(0)
            file.truncate()
            async with client.files.with_streaming_response.content(name, extra_headers=headers) as response:
                async for part in response.iter_bytes():
                    file.write(part)
            return SimpleNamespace(text="")

        for failures in range(1, GIVEN_UP + 1):
            reply = self._send(fetch, max(_FILES, self._endpoint.timeout), may_lack=True)
            if isinstance(reply, str) or reply.problem == "rejected":
                return isinstance(reply, str)
            self._rest(reply, failures)
        raise AssertionError("the last failure raises")

    def _send(self, call: Call, timeout: float | None = None, *, may_lack: bool = False) -> str | Failure:
        timeout = timeout or self._endpoint.timeout
        return self._loop.start(self._wire.send(call, timeout, may_lack=may_lack)).result()

    def _patiently(self, call: Call, timeout: float | None = None) -> str:
        for failures in range(1, GIVEN_UP + 1):
            reply = self._send(call, timeout)
            if isinstance(reply, str):
                return reply
            self._rest(reply, failures)
        raise AssertionError("the last failure raises")

    def _rest(self, failure: Failure, failures: int) -> None:
        """Pause before a call is repeated, or raise where that would not help."""
        if failure.problem == "rejected":
            raise self.failed(f"The batch API does not take this: {failure.reason}.")
        if failures == GIVEN_UP or (failure.wait or 0) > wires.LONGEST_WAIT:
            raise self.failed(
                f"The batch API has failed {failures} times in a row; the last: {failure.reason}. Batches that were "
                "made go on at the endpoint, and the same command collects them later."
            )
        time.sleep(wires.pause(failures))

    def _decoded(self, reply: str, needed: str) -> dict[str, Any]:
        try:
            decoded = json.loads(reply)
        except ValueError:
            decoded = None
        if not isinstance(decoded, dict) or needed not in decoded:
            raise self.failed("The endpoint has no batch API: it answers something else. Set batch: false.")
        return decoded


def _list(query: dict[str, str], client: Any, headers: dict[str, Any]) -> Awaitable[Any]:
    reply: Awaitable[Any] = client.batches.with_raw_response.list(limit=100, **query, extra_headers=headers)
    return reply
