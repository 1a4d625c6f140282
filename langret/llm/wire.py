"""One endpoint, spoken to over HTTP, and its failures told apart."""

from __future__ import annotations

import asyncio
import email.utils
import json
import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from langret.errors import MissingDependencyError, StageError
from langret.llm.answer import Completion, read_completion

if TYPE_CHECKING:
    from langret.llm.prompt import Request
    from langret.recipe.schema import Endpoint

SECOND = 1.0
"""What a second of pausing lasts; tests make it shorter."""
LONGEST_BACKOFF = 60.0
"""Longest pause of our own before a request is repeated, in seconds."""
LONGEST_WAIT = 600.0
"""Longest pause that an endpoint may ask for, in seconds; one that asks for more counts as unavailable."""

_FATAL = {401, 402, 403, 404, 405}  # no request of this job can fare better
_FREE = {400, 409, 413, 422, 429}  # answered before any model was asked
AGAIN = {408, 409, 429}
"""Statuses below 500 of requests that are repeated."""
_HARMLESS = (
    16  # a shorter key may be an ordinary word, such as "ollama", and stays where it stands in answers
)


Call = Callable[[Any, dict[str, Any]], Awaitable[Any]]
"""Takes the client of the ``openai`` package and the headers that go with a request."""


@dataclass(frozen=True)
class Failure:
    """Why a request has no body.

    Attributes:
        problem: ``timeout`` and ``unavailable`` may pass; ``rejected`` does not.
        reason: In the words of the endpoint or the network, without the key.
        wait: Seconds for which the endpoint asks.
        charged: The endpoint may charge for it all the same.
        reached: The endpoint could be reached.
        mended: The next request will not fail for this reason; the attempt does not count.
    """

    problem: Literal["timeout", "unavailable", "rejected"]
    reason: str
    wait: float | None = None
    charged: bool = True
    reached: bool = True
    mended: bool = False


def pause(failures: int) -> float:
    """Seconds before a request is repeated after so many failures: exponential, with full jitter."""
    return SECOND * random.uniform(0, min(LONGEST_BACKOFF, 2.0 ** min(failures, 10)))


class Wire:
    """Connections to an endpoint. It belongs to the event loop in which it is used.

    Args:
        endpoint: Address, model, and the variable that holds the key.

    Raises:
        MissingDependencyError: The ``openai`` package is not installed.
        StageError: The variable of the key is not set.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        try:
            import openai
        except ImportError as error:
            raise MissingDependencyError(
                "Asking a language model needs the openai package.", hint="Run: pip install 'langret[llm]'"
            ) from error
        self.endpoint = endpoint
        self._key = _key(endpoint)
        self._renamed = False
        self._not_before = 0.0
        # The package insists on a key; where there is none, the header that would hold it is left out.
        self._headers: dict[str, Any] = {} if self._key else {"Authorization": openai.Omit()}
        self._client = openai.AsyncOpenAI(
            api_key=self._key or "none",
            base_url=endpoint.base_url,
            max_retries=0,
            timeout=openai.Timeout(endpoint.timeout, connect=min(10.0, endpoint.timeout / 2)),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def chat(self, request: Request) -> Completion | Failure:
        """Send one request once.

        Raises:
            StageError: No request to this endpoint can succeed: key, rights, address or model are wrong, or the
                account is empty.
        """
        body = dict(request.body)
        if self._renamed:
            body["max_completion_tokens"] = body.pop("max_tokens")
        reply = await self.send(
            lambda client, headers: client.chat.completions.with_raw_response.create(
                **body, extra_headers=headers
            ),
            self.endpoint.timeout,
        )
        if isinstance(reply, Failure):
            if (
                reply.problem == "rejected"
                and "max_completion_tokens" in reply.reason
                and "max_tokens" in body
            ):
                self._renamed = True  # a proxy before one of the models that know the new name only
                return replace(reply, mended=True)
            return reply
        try:
            found = self.completion(json.loads(reply))
        except (ValueError, RecursionError):
            found = None
        return found or Failure("unavailable", f"it answers what is no completion: {self.words(reply)[:100]}")

    def completion(self, body: object) -> Completion | None:
        """Read a decoded body; None where it is no completion."""
        found = read_completion(body)
        if found and self._key and len(self._key) >= _HARMLESS and self._key in found.text:
            return Completion(
                found.problem, found.text.replace(self._key, "***"), found.input_tokens, found.output_tokens
            )
        return found

    async def send(self, call: Call, timeout: float, *, may_lack: bool = False) -> str | Failure:
        """Make one call of the package and return the body that came back.

        Args:
            call: Takes the package's client and the headers that go with the request; the whole call, body and
                all, is given up after ``timeout`` seconds.
            timeout: Seconds.
            may_lack: What is asked for may be gone from the endpoint: then 404 is a failure, and no reason to stop.

        Raises:
            StageError: No request to this endpoint can succeed.
        """
        import openai

        while (left := self._not_before - time.monotonic()) > 0:
            await asyncio.sleep(left + random.uniform(0, SECOND))  # not all at once
        try:
            reply = await asyncio.wait_for(call(self._client, self._headers), timeout)
            return str(reply.text)
        except openai.APIStatusError as error:
            return self._refused(error, may_lack)
        except (asyncio.TimeoutError, openai.APITimeoutError) as error:
            reached = type(error.__cause__).__name__ != "ConnectTimeout"
            reason = f"no answer within {timeout:g} s" if reached else "no connection"
            return Failure("timeout", reason, charged=reached, reached=reached)
        except (openai.OpenAIError, UnicodeError, ValueError) as error:
            cause = error.__cause__ or error
            reached = type(cause).__name__ != "ConnectError"
            reason = self.words(f"{cause}") or type(cause).__name__
            return Failure("unavailable", reason, charged=reached, reached=reached)

    def _refused(self, error: Any, may_lack: bool) -> Failure:
        status, body = int(error.status_code), error.body
        said = body.get("message") if isinstance(body, dict) else body
        reason = f"{status} {self.words(said if isinstance(said, str) else error.message)}"
        if (status in _FATAL and not (status == 404 and may_lack)) or getattr(
            error, "code", None
        ) == "insufficient_quota":
            raise self.failed(f"The endpoint refuses to work for this job: {reason}.") from None
        wait = _wait(error.response.headers)
        if status not in AGAIN and status < 500:
            return Failure("rejected", reason, charged=False)
        if wait is not None and wait <= LONGEST_WAIT:  # whoever sends next waits, repeated or not
            self._not_before = max(self._not_before, time.monotonic() + SECOND * wait)
        return Failure("unavailable", reason, wait, charged=status not in _FREE)

    def failed(self, message: str) -> StageError:
        """An error that names endpoint, model and the variable of the key."""
        endpoint = self.endpoint
        asked = f'Asked was the model "{endpoint.model}"'
        key = f"with the key in {endpoint.key}" if endpoint.key else "without a key (key: null)"
        return StageError(message, where=endpoint.base_url, hint=f"{asked}, {key}.")

    def words(self, text: str) -> str:
        """What the endpoint or the network said, on one line, shortened, without the key."""
        line = " ".join((text.replace(self._key, "***") if self._key else text).split()).rstrip(".")
        return line if len(line) <= 300 else f"{line[:299]}…"


def _key(endpoint: Endpoint) -> str:
    if endpoint.key is None:
        return ""
    key = os.environ.get(endpoint.key, "").strip()
    if not key:
        raise StageError(
            f'The environment variable {endpoint.key} should hold the key for the model "{endpoint.model}" '
            "and is not set.",
            where=endpoint.base_url,
            hint=f"Run: export {endpoint.key}=..., or say key: null where none is needed.",
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise StageError(
            f"The environment variable {endpoint.key} holds what cannot be a key: spaces or special characters.",
            where=endpoint.base_url,
        )
    return key


def _wait(headers: Any) -> float | None:
    """Seconds for which an endpoint asks: ``Retry-After`` in seconds or as a date, or in milliseconds."""
    try:
        if "retry-after-ms" in headers:
            return _positive(float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        try:
            return _positive(float(value))
        except ValueError:
            return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _positive(seconds: float) -> float | None:
    return seconds if seconds >= 0 else None
