"""A language model behind the OpenAI protocol, and what it may cost."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, field_validator, model_validator

from langret.recipe.schema.base import Part


class Budget(Part):
    """What a job may spend at an endpoint. It is never exceeded: what does not fit is not asked, and counted."""

    calls: Annotated[int, Field(ge=0)] | None = None
    """Most requests that reach the endpoint, repeated ones included."""
    tokens: Annotated[int, Field(ge=0)] | None = None
    """Most tokens, of prompts and answers together."""
    money: Annotated[float, Field(ge=0)] | None = None
    """Most money, in the currency of `price`."""


class Price(Part):
    """What an endpoint charges."""

    input: Annotated[float, Field(ge=0)]
    """Money for a million tokens of prompts."""
    output: Annotated[float, Field(ge=0)]
    """Money for a million tokens of answers."""


class Endpoint(Part):
    """A language model behind the OpenAI protocol: hosted, or your own vLLM, Ollama or llama.cpp."""

    # what is given for a key by mistake must not come back in an error
    model_config = ConfigDict(hide_input_in_errors=True)

    model: Annotated[str, Field(min_length=1)]
    """Name of the model as the endpoint knows it."""
    base_url: str = "https://api.openai.com/v1"
    """Address of the endpoint, up to and with its version."""
    key: str | None = "OPENAI_API_KEY"
    """Name of the environment variable that holds the key (never the key itself); null where none is needed."""
    temperature: Annotated[float, Field(ge=0)] | None = 0.0
    """Sampling temperature; null leaves it to the endpoint, as some reasoning models demand."""
    max_tokens: Annotated[int, Field(ge=1)] = 2048
    """Longest answer in tokens."""
    structured: Literal["json_schema", "json_object", "none"] = "json_schema"
    """How the endpoint is asked for JSON: by its schema, as any JSON object, or by the prompt alone."""
    concurrency: Annotated[int, Field(ge=1)] = 8
    """Requests under way at once."""
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds that one request may take."""
    retries: Annotated[int, Field(ge=0)] = 5
    """How often a request is repeated after a passing failure, with growing pauses."""
    batch: bool = False
    """Use the batch API, which hosted endpoints sell at half price and answer within a day."""
    price: Price | None = None
    """What a million tokens cost; needed for `budget.money` and for the price of a dry run."""
    budget: Budget = Budget()
    """What this job may spend."""

    @field_validator("base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ValueError(f"this is no address: {error}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or len(url.split()) != 1:
            raise ValueError(
                "expected an address that begins with http:// or https://, such as http://localhost:8000/v1"
            )
        if parts.username is not None or parts.query or parts.fragment:
            raise ValueError(
                "expected an address without name, password or query; the key stands in the variable that `key` names"
            )
        if parts.path.rstrip("/").endswith("/chat/completions"):
            raise ValueError("leave /chat/completions out: the address ends with the version, such as /v1")
        return url.rstrip("/")

    @field_validator("key")
    @classmethod
    def _name_of_key(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ValueError(
                "expected the name of an environment variable, such as OPENAI_API_KEY; never write the key itself here"
            )
        return name

    @model_validator(mode="after")
    def _priced(self) -> Endpoint:
        if self.budget.money is not None and self.price is None:
            raise ValueError("budget.money needs price: without it nothing can be counted")
        return self
