"""Laying out a mined set: Parquet files, a data card, and the recipe that built it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from langret import __version__
from langret.errors import DataError, StageError, first_line
from langret.pipeline.plan import Plan
from langret.pipeline.stage import Stage
from langret.pipeline.store import Finished
from langret.recipe.load import resolved_yaml

ABOUT = "langret-set.json"
SCHEMA = 1
_TOLD = ("write-", "consistency", "mine-", "score", "shortlist", "judge-", "negatives")


def must_be_free(output: Path) -> None:
    """Refuse a place where a set cannot be written.

    Raises:
        DataError: It is a file, or a folder that holds other things than a set.
    """
    if output.exists() and not output.is_dir():
        raise DataError("There is a file of that name.", where=str(output), hint="Give a folder.")
    if output.is_dir() and any(output.iterdir()) and not (output / ABOUT).is_file():
        raise DataError(
            f"The folder holds other things than a mined set (no {ABOUT}).",
            where=str(output),
            hint="Give a new folder.",
        )


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
        DataError: There is a file, or the folder holds other things than a set.
        StageError: The folder cannot be written.
    """
    from langret.data.mined import write_mined
    from langret.data.records import Collection, dumps
    from langret.pipeline.work.shared import read_table
    from langret.report.set_card import set_card

    must_be_free(output)
    tables: dict[str, Any] = dict.fromkeys(("negatives", "relabelled", "aside"))
    if stage is not None:
        found = {name: done[stage.name].folder / f"{name}.arrow" for name in tables}
        tables = {name: read_table(path) if path.exists() else None for name, path in found.items()}
    data = Collection.load(done["data"].folder / "train")
    facts: dict[str, Any] = {
        "schema": SCHEMA,
        "langret": __version__,
        "name": plan.recipe.name,
        "language": plan.language.version,
        "fingerprint": (stage or plan.data).fingerprint,
        "stages": {
            name: finished.summary
            for name, finished in sorted(done.items())
            if name == "data" or name.startswith(_TOLD)
        },
    }
    # paths as the recipe has them: a set is made to be given away, and a home folder says nothing elsewhere
    recipe = resolved_yaml(plan.recipe)
    aside = output.absolute().with_name(f".{output.absolute().name}.partial")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        counts = write_mined(aside, data, *tables.values())
        facts["counts"] = counts
        (aside / ABOUT).write_text(dumps(facts) + "\n", encoding="utf-8")
        (aside / "recipe.yaml").write_text(recipe, encoding="utf-8")
        card = set_card(plan.recipe, plan.language, facts, recipe)
        (aside / "README.md").write_text(card, encoding="utf-8")
        # file by file, since the folder may be a clone of a repository; the first one marks it as a set
        for name in (
            ABOUT,
            *sorted(p.relative_to(aside).as_posix() for p in aside.rglob("*") if p.is_file()),
        ):
            if (aside / name).exists():
                (output / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).replace(output / name)
    except OSError as error:
        raise StageError(f"The set cannot be written: {first_line(error)}.", where=str(output)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return counts
