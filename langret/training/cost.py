"""What a training costs: time, tokens, memory, and energy where the machine counts it."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import torch
from transformers import TrainerCallback

from langret.training.together import rank

POWERCAP = Path("/sys/class/powercap")
_LARGEST = ("seconds", "steps", "peak_memory", "peak_device_memory")


@dataclass
class Cost:
    """What one process has spent on a stage, over all the runs that it took.

    Attributes:
        seconds: Time between the first step's loading and the end, evaluations and checkpoints included.
        loading: Seconds of it in which the model waited for a batch.
        steps: Steps that were done; those behind the last checkpoint before a kill were done twice.
        queries: Training queries encoded.
        texts: All texts encoded.
        tokens: Tokens encoded, without padding.
        padded_tokens: The same with padding.
        peak_memory: Most bytes that the process has held, in earlier stages too.
        peak_device_memory: Most bytes of tensors on the GPU.
        joules: Energy; None where nothing counts it.
        device: Name of the GPU or processor.
    """

    seconds: float = 0.0
    loading: float = 0.0
    steps: int = 0
    queries: int = 0
    texts: int = 0
    tokens: int = 0
    padded_tokens: int = 0
    peak_memory: int = 0
    peak_device_memory: int = 0
    joules: float | None = None
    device: str = ""


class Meter(TrainerCallback):
    """Keeps account of one process, in a file that outlives a kill."""

    def __init__(self) -> None:
        self.cost = Cost()
        self.folder: Path | None = None
        self._since = 0.0
        self._energy: Energy | None = None

    def loaded(self, items: Sequence[Mapping[str, Any]], seconds: float) -> None:
        """Count a step that took so long to load."""
        self.cost.loading += seconds
        for item in items:
            self.cost.steps += 1
            for key, value in item.items():
                if key.endswith("attention_mask"):
                    self.cost.tokens += int(value.sum())
                    self.cost.padded_tokens += value.numel()
                    self.cost.texts += len(value)
                    self.cost.queries += len(value) if key.startswith("query") else 0

    def on_train_begin(self, *args: Any, **kwargs: Any) -> None:
        """Go on from what earlier runs of the stage have spent."""
        if self.folder is not None and self._file.is_file():
            self.cost = Cost(**json.loads(self._file.read_text(encoding="utf-8")))
        if torch.cuda.is_available():
            torch.cuda.reset_peak_memory_stats()
        self.cost.device = device_name()
        self._energy, self._since = Energy(), time.perf_counter()

    def on_log(self, *args: Any, **kwargs: Any) -> None:
        """Write down what has been spent so far."""
        self._write()

    def on_save(self, *args: Any, **kwargs: Any) -> None:
        """Likewise with every checkpoint."""
        self._write()

    def on_train_end(self, *args: Any, **kwargs: Any) -> None:
        """Write down the end."""
        self._write()

    def total(self) -> dict[str, Any]:
        """The cost of all processes that trained together, to be asked for when all have finished."""
        assert self.folder is not None
        files = sorted(self.folder.glob("cost-*.json"))
        return summed([Cost(**json.loads(file.read_text(encoding="utf-8"))) for file in files])

    @property
    def _file(self) -> Path:
        assert self.folder is not None
        return self.folder / f"cost-{rank()}.json"

    def _write(self) -> None:
        assert self._energy is not None
        now = time.perf_counter()
        self.cost.seconds += now - self._since
        self._since = now
        used = self._energy.used()
        if used is not None:
            self.cost.joules = (self.cost.joules or 0.0) + used
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.cost.peak_memory = max(self.cost.peak_memory, held * (1 if sys.platform == "darwin" else 1024))
        if torch.cuda.is_available():
            most = torch.cuda.max_memory_allocated()
            self.cost.peak_device_memory = max(self.cost.peak_device_memory, most)
        if self.folder is not None:
            aside = self._file.with_suffix(".new")
            aside.write_text(json.dumps(asdict(self.cost)), encoding="utf-8")
            aside.replace(self._file)


def summed(costs: Sequence[Cost]) -> dict[str, Any]:
    """Costs of processes that worked side by side as one, with its rates, ready for JSON."""
    found: dict[str, Any] = {}
    for field in fields(Cost):
        values = [getattr(cost, field.name) for cost in costs if getattr(cost, field.name)]
        if values:
            found[field.name] = (
                values[0]
                if field.name == "device"
                else max(values)
                if field.name in _LARGEST
                else sum(values)
            )
    waited = found.pop("loading", 0.0) / max(sum(cost.seconds for cost in costs), 1e-9)
    seconds = max(found.get("seconds", 0.0), 1e-9)
    rates = {f"{name}_per_second": found.get(name, 0) / seconds for name in ("steps", "queries", "tokens")}
    rates = {name: round(rate, 2) for name, rate in rates.items() if rate}
    for name in ("seconds", "joules"):
        if name in found:
            found[name] = round(found[name], 1)
    return {**found, **rates, "loading": round(waited, 4), "devices": len(costs)}


def device_name() -> str:
    """Name of the GPU in use, or of the processor."""
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


class Energy:
    """Counters of energy that can be read: the GPU's by NVML, and the processors' by RAPL.

    RAPL counts whole processors with all that runs on them; of several processes on a machine the first reads it.
    """

    def __init__(self) -> None:
        self._gpu = _gpu_counter()
        first = os.environ.get("LOCAL_RANK", "0") == "0"
        packages = sorted(POWERCAP.glob("intel-rapl:?")) if first else []
        self._packages = [p for p in packages if os.access(p / "energy_uj", os.R_OK)]
        self._last = self._read()

    def used(self) -> float | None:
        """Joules since the last call, or None where there is no counter."""
        if not self._last:
            return None
        now, used = self._read(), 0.0
        for name, value in now.items():
            change = value - self._last[name]
            # RAPL's counters begin again within the hour; NVML's do not
            used += change if change >= 0 else change + _microjoules(Path(name) / "max_energy_range_uj")
        self._last = now
        return used

    def _read(self) -> dict[str, float]:
        found = {str(package): _microjoules(package / "energy_uj") for package in self._packages}
        if self._gpu is not None:
            found["gpu"] = self._gpu()
        return found


def _microjoules(file: Path) -> float:
    return int(file.read_text(encoding="ascii")) / 1e6


def _gpu_counter() -> Any:
    """A function that reads the joules of the GPU in use, where nvidia-ml-py is installed and the GPU counts them."""
    if not torch.cuda.is_available():
        return None
    try:
        import pynvml  # type: ignore[import-not-found]
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
        uuid = torch.cuda.get_device_properties(torch.cuda.current_device()).uuid
        handle = pynvml.nvmlDeviceGetHandleByUUID(f"GPU-{uuid}")
        pynvml.nvmlDeviceGetTotalEnergyConsumption(handle)
    except pynvml.NVMLError:
        return None
    return lambda: pynvml.nvmlDeviceGetTotalEnergyConsumption(handle) / 1e3
