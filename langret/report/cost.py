"""What a training cost, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from langret.report.words import duration

GIB = 2**30


def cost_line(costs: Sequence[Mapping[str, Any]], seconds: float) -> str:
    """The same on one line, for the end of a run: ``2 min 10 s, 1.3 M tokens, 1.5 GiB, on a thing``.

    Args:
        costs: As for ``cost_rows``.
        seconds: How long the stages took, saving and loading included.
    """
    rows = cost_rows(costs)
    if not rows:
        return duration(seconds)
    tokens = sum(cost.get("tokens", 0) for cost in costs) / 1e6
    parts = [duration(seconds), f"{tokens:,.1f} M tokens", rows["peak memory of a process"]]
    return ", ".join([*parts, *filter(None, [rows.get("energy")]), f"on {rows['trained on']}"])


def cost_rows(costs: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Cost of the stages that made a model, as rows of its card.

    Args:
        costs: ``cost`` of the summary of each training stage, the model's own last; see ``langret.training.cost``.

    Returns:
        Name and value of each row; what was not measured is left out.
    """
    if not costs:
        return {}

    def total(name: str) -> float:
        return sum(cost.get(name, 0) for cost in costs)

    def most(name: str) -> float:
        return max(cost.get(name, 0) for cost in costs)

    last = costs[-1]
    devices = [f"{c['devices']} × {c['device']}" if c["devices"] > 1 else c["device"] for c in costs]
    speed = {"steps": "steps/s", "queries": "queries/s", "tokens": "tokens/s"}
    rates = [
        f"{last[key]:,.4g} {unit}" if last[key] < 1000 else f"{last[key]:,.0f} {unit}"
        for name, unit in speed.items()
        if (key := f"{name}_per_second") in last
    ]
    memory = f"{most('peak_memory') / GIB:.1f} GiB"
    if most("peak_device_memory"):
        memory += f", {most('peak_device_memory') / GIB:.1f} GiB on the GPU"
    rows = {
        "trained on": ", ".join(dict.fromkeys(devices)),
        "tokens encoded": f"{total('tokens'):,.0f} ({total('padded_tokens'):,.0f} with padding)",
        "speed of training": ", ".join(rates),
        "waiting for batches": f"{100 * last['loading']:.1f} % of the time",
        "peak memory of a process": memory,
    }
    if total("joules"):
        rows["energy"] = f"{total('joules') / 3600:,.2f} Wh"
    return rows
