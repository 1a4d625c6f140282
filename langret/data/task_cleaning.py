"""Examples of tasks: normalised once, and set aside where nothing can be measured on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

import pyarrow as pa

from langret.data.tasks import TaskData
from langret.errors import DataError
from langret.language.contract import Language
from langret.text import map_texts

SHOTS = 8


def clean_task(
    data: TaskData, language: Language, second_language: Language, *, name: str, shots: int = SHOTS
) -> TaskData:
    """Normalise every text once, and annotate what cannot be measured on.

    Set aside are examples with an ``empty_text``; classes with fewer training samples than a classifier is trained on
    (``few_samples``) or with none (``label_not_in_training``); groups of texts that bear ``one_label``, for which any
    clustering is perfect; documents all of whose summaries people gave ``equal_scores``.

    Args:
        data: What was read. Not changed.
        language: Whose normaliser the texts pass; of pairs, the first texts.
        second_language: Whose normaliser the second texts of pairs pass.
        name: The benchmark, for errors.
        shots: Samples of each class that a classifier is trained on.

    Raises:
        DataError: What is left cannot be measured: no example, one score, one class.
    """
    data = _normalised(data, language, second_language)
    if data.task == "classification":
        data = _enough_samples(data, shots)
    elif data.task == "clustering":
        data = _several_labels(data)
    elif data.task == "summarization":
        rows = data.table.column("scores").to_pylist()
        if any(len(scores) > 1 for scores in rows):
            data = data.set_aside({i: "equal_scores" for i, s in enumerate(rows) if len(set(s)) < 2})
    problem = _problem(data, shots)
    if problem:
        counts = data.funnel()["examples"]
        found = ", ".join(f"{n:,} {reason}" for reason, n in counts.items() if reason not in ("in", "kept"))
        set_aside = f" ({counts['in']:,} were read; set aside: {found})" if found else ""
        raise DataError(f"{problem}{set_aside}.", where=f"benchmark {name}")
    return data


def _normalised(data: TaskData, language: Language, second_language: Language) -> TaskData:
    table = data.table
    empty: dict[int, str] = {}
    for column in ("first", "second", "text", "references", "summaries"):
        if column not in table.schema.names:
            continue
        plugin = second_language if column == "second" else language
        values = table.column(column).to_pylist()
        nested = [v if isinstance(v, list) else [v] for v in values]
        flat = iter(list(map_texts(plugin, [text for texts in nested for text in texts], "normalize")))
        new = [[next(flat) for _ in texts] for texts in nested]
        empty |= {i: "empty_text" for i, texts in enumerate(new) if not all(t.strip() for t in texts)}
        listed = pa.types.is_list(table.schema.field(column).type)
        filled = pa.array(new if listed else [t[0] for t in new], table.schema.field(column).type)
        table = table.set_column(table.schema.get_field_index(column), table.schema.field(column), filled)
    return replace(data, table=table).set_aside(empty)


def _enough_samples(data: TaskData, shots: int) -> TaskData:
    rows = data.table.to_pylist()
    samples = Counter(r["labels"][0] for r in rows if r["kept"] and r["split"] == "train")
    reasons = {}
    for i, row in enumerate(rows):
        count = samples[row["labels"][0]]
        if count < shots:
            reasons[i] = "few_samples" if count else "label_not_in_training"
    return data.set_aside(reasons)


def _several_labels(data: TaskData) -> TaskData:
    rows = [(r["group"], i, r) for i, r in enumerate(data.table.to_pylist()) if r["kept"]]
    reasons: dict[int, str] = {}
    for _, members in groupby(sorted(rows, key=lambda m: m[:2]), key=lambda m: m[0]):
        held = list(members)
        if _distinct(r["labels"][0] for _, _, r in held) < 2:
            reasons |= {i: "one_label" for _, i, _ in held}
    return data.set_aside(reasons)


def _problem(data: TaskData, shots: int) -> str:
    """What makes it impossible to measure, or nothing."""
    rows = data.examples()
    if data.task == "classification":
        trained = sorted({r["labels"][0] for r in rows if r["split"] == "train"})
        tested = {r["labels"][0] for r in rows if r["split"] == "test"}
        if len(trained) < 2:
            found = f'"{trained[0]}" alone' if trained else "none"
            return (
                f"A classifier needs two classes with {shots} training samples at least, and there is {found}"
            )
        return "" if tested else "No text to be classified is left"
    if not rows:
        return "No example is left to measure on"
    if data.task == "sts" and _distinct(r["gold"] for r in rows) < 2:
        return f"All {len(rows):,} pairs have the same score, {rows[0]['gold']:g}, so that nothing can be ranked by it"
    if data.task == "summarization" and _distinct(s for r in rows for s in r["scores"]) < 2:
        return f"All {len(rows):,} summaries have the same score, so that nothing can be ranked by it"
    if data.task == "pair-classification" and _distinct(r["gold"] for r in rows) < 2:
        return f"All {len(rows):,} pairs have the same label, {rows[0]['gold']:g}; both 1 (alike) and 0 are needed"
    return ""


def _distinct(values: Iterable[Any]) -> int:
    return len(set(values))
