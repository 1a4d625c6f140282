"""The fixture of the stand-in hub. Other rooms' tests may load `standin.py` by its path in the same way."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


def _load() -> Any:
    path = Path(__file__).with_name("standin.py")
    spec = importlib.util.spec_from_file_location("langret_standin_hub", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def standin_hub() -> Iterator[Any]:
    """A hub on loopback with no repositories yet."""
    with _load().StandinHub() as hub:
        yield hub


@pytest.fixture
def client(standin_hub: Any, tmp_path: Path) -> Callable[..., Any]:
    """Runs Python code in a subprocess whose hub is the stand-in; the code prints one line of JSON last."""

    def run(code: str, **env: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**standin_hub.env(tmp_path / "hf"), **env},
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    return run
