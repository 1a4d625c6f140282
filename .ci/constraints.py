"""Resolve the dependencies of langret for several Pythons and write constraints.txt.

    python .ci/constraints.py python3.10 python3.11 python3.12

A version that all of them share is written plainly; where they differ, a marker says for which Python a
version is meant. Interpreters that are not installed are left out, with a word about it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Versions that langret was tested with; `make constraints` writes this file.\n"
Version = tuple[int, int]


def resolve(python: str) -> tuple[Version, dict[str, str]]:
    """What pip would install for langret under an interpreter: its version, and name to version."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        own = str(Path(folder) / "bin" / "python")
        subprocess.run([own, "-m", "pip", "install", "--quiet", "--upgrade", "pip"], check=True)
        report = Path(folder) / "report.json"
        command = [own, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        subprocess.run(
            [
                *command,
                "--report",
                str(report),
                f"{ROOT}[languages,llm,faiss,schedulefree,lora,quantize,mteb,onnx,docs,dev]",
            ],
            check=True,
        )
        found = json.loads(report.read_text(encoding="utf-8"))
    major, minor = found["environment"]["python_version"].split(".")
    pins = {item["metadata"]["name"]: item["metadata"]["version"] for item in found["install"]}
    pins.pop("langret")
    return (int(major), int(minor)), pins


def merge(resolved: dict[Version, dict[str, str]]) -> list[str]:
    """Lines of constraints.txt from the pins of each Python."""
    order = sorted(resolved)
    lines = []
    for name in sorted({name for pins in resolved.values() for name in pins}, key=str.lower):
        runs: list[tuple[Version, str | None]] = []
        for python in order:
            pin = resolved[python].get(name)
            if not runs or runs[-1][1] != pin:
                runs.append((python, pin))
        for i, (start, pin) in enumerate(runs):
            if pin is None:
                continue
            markers = []
            if i > 0:
                markers.append(f'python_version >= "{start[0]}.{start[1]}"')
            if i + 1 < len(runs):
                end = runs[i + 1][0]
                markers.append(f'python_version < "{end[0]}.{end[1]}"')
            lines.append(f"{name}=={pin}" + (f"; {' and '.join(markers)}" if markers else ""))
    return lines


def main(pythons: list[str]) -> int:
    """Write the file; returns the exit code."""
    resolved: dict[Version, dict[str, str]] = {}
    for python in pythons:
        if subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
            print(f"{python} is not installed; left out", file=sys.stderr)
            continue
        version, pins = resolve(python)
        resolved[version] = pins
    if not resolved:
        print("none of the interpreters is installed", file=sys.stderr)
        return 1
    (ROOT / "constraints.txt").write_text(HEADER + "\n".join(merge(resolved)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
