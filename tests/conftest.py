"""Fixtures shared by every room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Tests never reach a real hub; those that need one start a stand-in on loopback and set HF_ENDPOINT themselves.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@pytest.fixture(scope="session")
def langret_data() -> Path:
    """The folder of real text, or a skip that says where it was looked for."""
    root = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    if not (root / "README.md").exists():
        pytest.skip(f"no real text at {root}: set LANGRET_DATA")
    return root
