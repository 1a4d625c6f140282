"""What machine a benchmark ran on, and where its results go."""

from __future__ import annotations

import json
import os
import platform
import time
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_RESULTS = Path(__file__).parent / "results"
_PACKAGES = (
    "langret",
    "torch",
    "transformers",
    "tokenizers",
    "sentence-transformers",
    "pylate",
    "fugashi",
)


def _first(path: str, key: str) -> str:
    """The value of the first ``key : value`` line of a file under /proc, or an empty string."""
    try:
        for line in Path(path).read_text().splitlines():
            if line.startswith(key):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def busy_seconds() -> float:
    """Processor time that all cores have spent on anything since the start, 0 where /proc does not say."""
    try:
        user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split()[1:8])
    except OSError:
        return 0.0
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def wait_until_quiet(minutes: float) -> None:
    """Wait until others leave nine tenths of the cores alone for two seconds, but no longer than that many minutes."""
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        before = busy_seconds()
        time.sleep(2)
        if busy_seconds() - before < 0.2 * cores():
            return


def device() -> str:
    """Where torch computes here: ``cuda`` or ``cpu``."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def chip() -> str:
    """What computes, in words: the GPU where torch sees one, else the processor and its cores."""
    import torch

    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    return f"{machine()['processor'] or 'unknown processor'}, {cores()} cores"


def machine() -> dict[str, object]:
    """Processor, cores and their load, memory, system, versions and the GPU, if any, as plain data."""
    import torch

    gpu = {"gpu": torch.cuda.get_device_name()} if torch.cuda.is_available() else {}
    return {
        **gpu,
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": cores(),
        # above 0 before a benchmark starts, others share the cores and ratios per core come out low
        "load_average": [round(load, 1) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def read_result(name: str) -> dict[str, object]:
    """What ``save`` wrote last; empty where there is nothing."""
    path = _RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def save(name: str, data: dict[str, object]) -> Path:
    """Write ``benchmarks/results/<name>.json``: the data, the date and the machine."""
    _RESULTS.mkdir(exist_ok=True)
    path = _RESULTS / f"{name}.json"
    record = {**data, "date": datetime.now(timezone.utc).date().isoformat(), "machine": machine()}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"written: {path}")
    return path
