"""How much memory all processes together hold while text becomes token ids."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from _texts import passages, repeated

from langret.language import get_language

MARKS = (50, 200, 500, 1000)
"""Megabytes of text after which the memory is noted."""
LIMIT = 1024
_EVERY = 0.25


def _tree(root: int) -> Iterator[int]:
    """A process and those that it started, and so on."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*"):
        for child in map(int, _read(root, f"task/{task.name}/children").split()):
            # before it becomes a program of its own, a new process shows all memory of the one that starts it
            if _read(child, "cmdline") != _read(root, "cmdline"):
                yield from _tree(child)


def _read(process: int, name: str) -> str:
    """A file of a process, empty for one that has just ended."""
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except OSError:
        return ""


def _held(root: int) -> float:
    """MiB of a process and its descendants; what several share is counted once."""
    lines = (line for process in _tree(root) for line in _read(process, "smaps_rollup").splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def memory_row(code: str, megabytes: int) -> dict[str, object]:
    """Stream so many megabytes (10^6 bytes of UTF-8) of a language to ids in a process of its own, and watch it."""
    from langret.tokenizer import train_tokenizer

    language = get_language(code)
    distinct, source = passages(language)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "tokenizer"
        train_tokenizer(language, map(language.normalize, distinct), 16_000).save_pretrained(folder)
        command = [sys.executable, __file__, code, str(megabytes), str(folder)]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            fed = [0]
            reader = threading.Thread(target=lambda: fed.extend(map(int, process.stdout or ())))
            reader.start()
            peak, at = 0.0, dict[str, int]()
            while process.poll() is None:
                held = _held(process.pid)
                peak = max(peak, held)
                for mark in MARKS:
                    if fed[-1] >= mark:
                        at.setdefault(str(mark), round(held))
                time.sleep(_EVERY)
            reader.join()
        seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit("encoding failed")
    print(
        f"memory: {megabytes:,} MB of {code} in {seconds:.0f} s, at most {peak:.0f} MiB (limit {LIMIT:,}); ",
        end="",
    )
    print(", ".join(f"{held} MiB after {mark} MB" for mark, held in at.items()), flush=True)
    return {
        "text": f"{source}, {len(distinct):,} passages",
        "megabytes": megabytes,
        "seconds": round(seconds),
        "peak_mib": round(peak),
        "mib_after_megabytes": at,
        "limit_mib": LIMIT,
    }


def _encode(code: str, megabytes: int, folder: Path) -> None:
    """The process that is watched: prints how many megabytes it has taken, every ten."""
    from langret.tokenizer import encode_texts

    language = get_language(code)
    distinct = [language.normalize(text) for text in passages(language)[0]]

    def stream() -> Iterator[str]:
        taken = said = 0
        for text in repeated(distinct):
            yield text
            taken += len(text.encode())
            if taken - said >= 10_000_000:
                print(taken // 1_000_000, flush=True)
                said = taken
            if taken >= megabytes * 1_000_000:
                return

    encode_texts(stream(), folder, folder.with_name("ids"), language=language)


if __name__ == "__main__":
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _encode(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
