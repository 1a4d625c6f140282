"""What comes back: bodies of an endpoint, read with suspicion, and answers in the shape that was asked for."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic import BaseModel

Problem = Literal["", "refused", "cut_off", "invalid", "timeout", "unavailable", "rejected", "budget"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENINGS = 1000  # places of an answer where a JSON object may begin; what rambles on has no answer in it


@dataclass(frozen=True)
class Answer:
    """An answer to a ``Prompt``, or why there is none.

    Attributes:
        value: The answer, checked against its shape; None where there is a problem.
        problem: Empty, or one of ``refused`` (by the model or a content filter), ``cut_off`` (it reached
            ``max_tokens``), ``invalid`` (no JSON object of the shape in it), ``timeout``, ``unavailable`` (the
            endpoint failed, also when asked again), ``rejected`` (the endpoint does not take this request) and
            ``budget`` (it was not asked, for it could have cost more than is left).
        text: What the model said, word for word; of ``rejected`` what the endpoint said; else empty.
        cached: It was answered before, and nothing was asked now.
        input_tokens: Tokens of the prompt, of all attempts together; of a cached answer those that it cost then.
        output_tokens: The same of the answer.
    """

    value: BaseModel | None
    problem: Problem
    text: str
    cached: bool
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True)
class Completion:
    """What an endpoint's body says.

    Attributes:
        problem: Empty, ``refused`` or ``cut_off``.
        text: The model's words.
        input_tokens: As the endpoint counts them; None where it does not say.
        output_tokens: The same of the answer, hidden reasoning included.
    """

    problem: Problem
    text: str
    input_tokens: int | None
    output_tokens: int | None


def read_completion(body: object) -> Completion | None:
    """Read a decoded body of ``/chat/completions``.

    Returns:
        What it says, or None where it is no such body: another type, no choice, a message that is none.
    """
    if not isinstance(body, dict) or not isinstance(choices := body.get("choices"), list) or not choices:
        return None
    choice = choices[0]
    if not isinstance(choice, dict) or not isinstance(message := choice.get("message"), dict):
        return None
    content, refusal, finish = message.get("content"), message.get("refusal"), choice.get("finish_reason")
    if isinstance(content, list):  # as parts, which some endpoints send
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    if content is not None and not isinstance(content, str):
        return None
    problem: Problem = ""
    if isinstance(refusal, str) and refusal:
        problem, content = "refused", refusal
    elif finish == "content_filter":
        problem = "refused"
    elif finish == "length":
        problem = "cut_off"
    return Completion(problem, _SURROGATE.sub("\ufffd", content or ""), *_usage(body.get("usage")))


def _usage(usage: object) -> tuple[int | None, int | None]:
    if not isinstance(usage, dict):
        return None, None
    counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens", "total_tokens")]
    into, out, total = (n if isinstance(n, int) and type(n) is int and n >= 0 else None for n in counts)
    if into is not None and out is not None and total is not None:
        out = max(out, total - into)  # some count reasoning in the total alone
    return into, out


def check_shape(text: str, shape: type[BaseModel]) -> BaseModel | None:
    """Find the answer in what a model said: the last JSON object that fits the shape.

    Structured outputs are that object and nothing else. Without them a model may think aloud first, put the object
    into a code fence, or add a remark. NaN and infinities are no JSON.

    Returns:
        The object, or None where nothing fits.
    """
    from pydantic import ValidationError

    for candidate in reversed(list(_objects(text))):
        try:
            return shape.model_validate_json(candidate)
        except ValidationError:
            continue
    return None


def _objects(text: str) -> Iterator[str]:
    """The outermost JSON objects in a text, in order."""
    decoder = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
    place = text.find("{")
    for _ in range(_OPENINGS):
        if place < 0:
            return
        try:
            _, end = decoder.raw_decode(text, place)
            yield text[place:end]
        except (ValueError, RecursionError):
            end = place + 1
        place = text.find("{", end)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits)
