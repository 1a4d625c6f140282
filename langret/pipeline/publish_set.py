"""Laying out a mined set: Parquet files, a data card, and the recipe that built it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langret import __version__
from langret.errors import DataError
from langret.pipeline.plan import Plan
from langret.pipeline.stage import Stage
from langret.pipeline.store import Finished
from langret.recipe.load import resolved_yaml

ABOUT = "langret-set.json"
SCHEMA = 1
_TOLD = ("write-", "consistency", "mine-", "score", "shortlist", "judge-", "negatives")


def publish_set(
    plan: Plan, done: Mapping[str, Finished], stage: Stage | None, output: Path
) -> dict[str, int]:
    """Write a set into a folder.

    Args:
        plan: The plan that ran.
        done: Its finished stages by name.
        stage: The stage whose negatives are wanted; None for a set without negatives.
        output: The folder; it is made. A set that is there is replaced, anything else is left alone.

    Returns:
        Rows by kind.

    Raises:
        DataError: The folder holds other things than a set.
    """
    from langret.data.mined import write_mined
    from langret.data.records import Collection, dumps
    from langret.pipeline.work.shared import read_table
    from langret.report.set_card import set_card

    if output.exists() and any(output.iterdir()) and not (output / ABOUT).is_file():
        raise DataError(
            f"The folder holds other things than a mined set (no {ABOUT}).",
            where=str(output),
            hint="Give a new folder.",
        )
    tables: dict[str, Any] = dict.fromkeys(("negatives", "relabelled", "aside"))
    if stage is not None:
        found = {name: done[stage.name].folder / f"{name}.arrow" for name in tables}
        tables = {name: read_table(path) if path.exists() else None for name, path in found.items()}
    counts = write_mined(output, Collection.load(done["data"].folder / "train"), *tables.values())
    facts: dict[str, Any] = {
        "schema": SCHEMA,
        "langret": __version__,
        "name": plan.recipe.name,
        "language": plan.language.version,
        "fingerprint": (stage or plan.data).fingerprint,
        "counts": counts,
        "stages": {
            name: finished.summary
            for name, finished in done.items()
            if name == "data"
            or name.startswith(
                ("write-", "consistency", "mine-", "score", "shortlist", "judge-", "negatives")
            )
        },
    }
    (output / ABOUT).write_text(dumps(facts) + "\n", encoding="utf-8")
    recipe = resolved_yaml(plan.recipe, plan.loaded.base)
    (output / "recipe.yaml").write_text(recipe, encoding="utf-8")
    (output / "README.md").write_text(set_card(plan.recipe, plan.language, facts, recipe), encoding="utf-8")
    return counts
