"""Short pauses for every test here, and no key of the machine's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.loopback import quick


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    with quick(0.005):
        yield
