"""The command itself over two processes: what it says, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def run(own: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "langret", "run", str(own / "own.yaml"), "--runs", str(own / "runs")]
    return subprocess.run([*command, "--devices", "2", *arguments], capture_output=True, text=True)


def test_a_mistake_is_told_once(own: Path) -> None:
    (own / "pairs.jsonl").write_text("{broken\n", encoding="utf-8")
    done = run(own)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("error: ") == 1 and "pairs.jsonl:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_two_processes_make_the_family(own: Path) -> None:
    done = run(own)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("trained in ") == 2 and "on 2 × " in done.stdout
    assert (own / "runs" / "own" / "dense" / "model.safetensors").is_file()
