"""Embeddings on disk: the same bytes for any shard, after any kill, and never more than a shard twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import StageError
from langret.mining import embed_texts

DIMENSION = 3


def vector(text: str) -> list[float]:
    return [float(len(text)), float(int(text[1:])), 0.1]


def encode(texts: list[str]) -> np.ndarray:
    return np.array([vector(text) for text in texts], dtype=np.float32).reshape(len(texts), DIMENSION)


def counted(seen: list[str]) -> Callable[[list[str]], np.ndarray]:
    def one(texts: list[str]) -> np.ndarray:
        seen.extend(texts)
        return encode(texts)

    return one


def names(count: int) -> list[str]:
    return [f"t{i}" for i in range(count)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(1, 12), st.integers(0, 600))
def test_a_torn_file_is_taken_up_and_ends_in_the_same_bytes(tmp_path_factory, count, shard, torn) -> None:
    folder = tmp_path_factory.mktemp("embed")
    texts = names(count)
    vectors = embed_texts(iter(texts), encode, folder / "whole", DIMENSION, shard=shard)
    assert vectors.shape == (count, DIMENSION) and vectors.dtype == np.float32
    assert np.asarray(vectors).tolist() == encode(texts).tolist()
    whole = (folder / "whole").read_bytes()
    assert whole == encode(texts).tobytes(), "any shard gives the same bytes"
    (folder / "torn").write_bytes(whole[:torn])
    seen: list[str] = []
    told: list[int] = []
    again = embed_texts(
        iter(texts), counted(seen), folder / "torn", DIMENSION, shard=shard, progress=told.append
    )
    assert (folder / "torn").read_bytes() == whole and again.shape == vectors.shape
    kept = count if torn >= len(whole) else torn // (shard * DIMENSION * 4) * shard
    assert seen == texts[kept:]
    assert told == [*range(kept + shard, count, shard), *([count] if kept < count else [])]


def test_the_map_cannot_be_written(tmp_path: Path) -> None:
    vectors = embed_texts(names(5), encode, tmp_path / "v", DIMENSION)
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 7


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"Embeddings \[5, 3\] are expected \(found: \[5, 2\]\)"):
        embed_texts(names(5), lambda texts: encode(texts)[:, :2], tmp_path / "v", DIMENSION)
    assert (tmp_path / "v").read_bytes() == b""
    embed_texts(names(8), encode, tmp_path / "v", DIMENSION, shard=2)
    with pytest.raises(StageError, match="more embeddings than there are texts"):
        embed_texts(names(5), encode, tmp_path / "v", DIMENSION, shard=2)


def test_what_the_encoder_cannot_read_is_not_called_a_matter_of_the_file(tmp_path: Path) -> None:
    def lost(texts: list[str]) -> np.ndarray:
        raise FileNotFoundError("model.safetensors")

    with pytest.raises(FileNotFoundError, match=r"model\.safetensors"):
        embed_texts(names(5), lost, tmp_path / "v", DIMENSION)
    with pytest.raises(OSError, match="No such file"):
        embed_texts(names(5), encode, tmp_path / "nowhere" / "v", DIMENSION)


PROGRAM = """
import os, resource, signal, sys
import numpy as np
from pathlib import Path
from langret.mining import embed_texts
path, mode = Path(sys.argv[1]), sys.argv[2]
def encode(texts):
    with path.with_suffix(".seen").open("a") as out:
        out.write(f"{texts[0]} {len(texts)}\\n")
    if mode == "kill" and texts[0] == "t20":
        with path.open("ab") as torn:  # half of what the shard will be
            torn.write(b"x" * 30)
        os.kill(os.getpid(), signal.SIGKILL)
    return np.array([[float(len(t)), float(t[1:]), 0.1] for t in texts], dtype=np.float32)
if mode == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400, resource.RLIM_INFINITY))
embed_texts([f"t{i}" for i in range(47)], encode, path, 3, shard=10)
"""


def program(path: Path, mode: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), mode], capture_output=True, text=True, timeout=60
    )


@pytest.mark.skipif(os.name == "nt", reason="signals and resource limits as on POSIX")
@pytest.mark.parametrize("mode", ["kill", "full"])
def test_a_killed_process_and_a_full_disk_repeat_one_shard(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "v"
    stopped = program(path, mode)
    if mode == "kill":
        assert stopped.returncode == -signal.SIGKILL, stopped.stderr
        assert path.stat().st_size == 20 * 12 + 30
    else:
        assert stopped.returncode == 1 and "File too large" in stopped.stderr
        assert path.stat().st_size == 400, "the disk took a part of a shard"
    done = program(path, "finish")
    assert done.returncode == 0, done.stderr
    seen = path.with_suffix(".seen").read_text().splitlines()
    again = "t20 10" if mode == "kill" else "t30 10"
    assert sorted(seen) == sorted([*(f"t{i} 10" for i in (0, 10, 20, 30)), "t40 7", again])
    assert path.read_bytes() == encode(names(47)).tobytes()
