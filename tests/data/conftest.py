"""A quick way to read files that a test writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from langret.data import read_source
from langret.data.records import Collection
from langret.language import Language
from langret.recipe.schema import BenchmarkSource, Source


class _Plain(Language):
    """No language in particular."""

    code = "xx"
    name = "Plainish"
    script = "Latn"

    @property
    def version(self) -> str:
        return "xx-1"

    def normalize(self, text: str) -> str:
        return text

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file under the test's folder, making its folders."""

    def one(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return one


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Collection]:
    """Reads a source relative to the test's folder; ``benchmark=True`` reads it as a benchmark."""

    def one(path: str = ".", *, benchmark: bool = False, **given: Any) -> Collection:
        source = BenchmarkSource(name="b", path=path, **given) if benchmark else Source(path=path, **given)
        return read_source(source, base=tmp_path, language=_Plain(), seed=5)

    return one
