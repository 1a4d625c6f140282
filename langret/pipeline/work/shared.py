"""What several stages need: quiet libraries, progress of a trainer, Arrow files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from langret.pipeline.stage import Context

Summary = dict[str, object]

LEAKED = "leaked.json"
"""File of the data stage: by benchmark, the queries that were seen in training."""
NOTHING_TO_MEASURE = (
    "There is nothing to measure on: no benchmark is given, and too few queries to hold some out."
)
MEASURE_HINT = "Give evaluation.benchmarks, or at least ten queries with positives."


def quiet() -> None:
    """Loading bars of single weight files say nothing that the stage's own line does not."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


def backbone_folder(ctx: Context, backbone: str) -> Path | str:
    """Folder of a backbone that a stage made, or the folder or hub name that the recipe gives."""
    return ctx.inputs[backbone] / "backbone" if backbone in ctx.inputs else backbone


def reporter(ctx: Context) -> Any:
    """Turn the trainer's figures into a progress line, and drop what would grow without end."""
    notes: dict[str, str] = {}
    names = {
        "loss": "loss",
        "eval_ndcg@10": "held-out nDCG@10",
        "micro_batch": "memory full: micro_batch now",
    }

    def report(step: int, steps: int, figures: dict[str, Any]) -> None:
        if "alarm" in figures:
            ctx.log(f"Alarm at {figures['alarm']}")
            return
        notes.update(
            {
                names[k]: f"{v:.0f}" if k == "micro_batch" else f"{v:.3f}"
                for k, v in figures.items()
                if k in names
            }
        )
        ctx.progress(step, steps, " ".join(f"{k} {v}" for k, v in notes.items()))

    return report


def logged(ctx: Context, log: list[dict[str, Any]]) -> Summary:
    """Keep the training log and sum it up; what the training cost ends it."""
    *log, last = log
    (ctx.folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    losses = [line["loss"] for line in log if "loss" in line]
    seen = [line["eval_ndcg@10"] for line in log if "eval_ndcg@10" in line]
    summary: Summary = {"loss": round(losses[-1], 4)} if losses else {}
    if halved := [int(line["micro_batch"]) for line in log if "micro_batch" in line]:
        summary["micro_batch"] = halved[-1]
    if seen:
        summary["held_out_ndcg@10"] = [round(value, 4) for value in seen]
    if alarms := [line for line in log if "alarm" in line]:
        summary["alarms"] = alarms
    summary["cost"] = last["cost"]
    return summary


def write_table(table: Any, path: Path) -> None:
    """Write an Arrow file."""
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)


def read_table(path: Path) -> Any:
    """Memory-map an Arrow file."""
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()
