"""How well rules and judges find false negatives, where the truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from langret.judging.verdicts import RULINGS, Rulings


def false_negative_report(
    candidates: pa.Table,
    truth: Mapping[str, Iterable[str]],
    labelled: Mapping[str, Iterable[str]],
    verdicts: Mapping[str, pa.Table] | None = None,
) -> dict[str, Any]:
    """Measure every rule and judge against the truth.

    A false negative is a candidate that answers its query and is not labelled: in ``truth`` and not in ``labelled``.
    A rule is a reason for which rows are not kept, those of ``mining.select_negatives`` (``above_positive``,
    ``rank``, …) and those of ``settle`` alike. A row has the first reason that applied, so what an earlier rule takes
    away is not there for a later one to find.

    Args:
        candidates: ``records.CANDIDATES`` with reasons, as mining or ``settle`` left them.
        truth: Ids of all passages that answer each query, such as ``synthesis.world_truth``. Rows of other queries are
            left out, and counted.
        labelled: Ids of the known positives of each query. Their rows are left out, and counted.
        verdicts: ``VERDICTS`` of each judge by its name.

    Returns:
        ``{"rows": rows that count, "false_negatives": n, "labelled": rows left out, "without_truth": rows left out,
        "kept": {"rows": n, "false_negatives": n, "share": n}, "rules": {reason: {"rows": n, "false_negatives": n,
        "precision": p, "recall": r}}, "judges": {name: {"seen": candidates, "false_negatives": among them,
        "verdicts": {verdict: {"rows": n, "false_negatives": n}}, "precision": p, "recall": r}}}``.

        ``precision`` is the share of false negatives in what was found, ``recall`` the share of all false negatives
        that was found: for a rule of those among the rows, for a judge of those that it saw. A judge finds what it
        calls ``false_negative`` or ``partial``. Both are null where they would divide by zero.

    Examples:
        >>> from langret.mining import random_candidates
        >>> found = random_candidates(["q"], ["a", "b"], k=2, seed=13)
        >>> false_negative_report(found, {"q": ["a", "x"]}, {"q": ["x"]})["kept"]
        {'rows': 2, 'false_negatives': 1, 'share': 0.5}
    """
    answers = {query: frozenset(ids) for query, ids in truth.items()}
    known = {query: frozenset(ids) for query, ids in labelled.items()}
    kept, left_out = Counter[bool](), Counter(labelled=0, without_truth=0)
    rules: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for batch in candidates.select(["query_id", "passage_id", "kept", "reason"]).to_batches():
        for query, passage, stays, reason in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            if query not in answers:
                left_out["without_truth"] += 1
            elif passage in known.get(query, ()):
                left_out["labelled"] += 1
            else:
                (kept if stays else rules[reason])[passage in answers[query]] += 1
    counted = sum(rules.values(), Counter(kept))
    return {
        "rows": counted.total(),
        "false_negatives": counted[True],
        **left_out,
        "kept": {**_counts(kept), "share": _ratio(kept[True], kept.total())},
        "rules": {reason: _found(rules[reason], counted[True]) for reason in sorted(rules)},
        "judges": {name: _judge(table, answers, known) for name, table in (verdicts or {}).items()},
    }


def _judge(
    table: pa.Table, answers: Mapping[str, frozenset[str]], known: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    rulings = Rulings(table)
    by_verdict: dict[str, Counter[bool]] = {verdict: Counter() for verdict in RULINGS}
    for query in pc.unique(table.column("query_id")).to_pylist():
        for passage, verdict in rulings.of(query).items():
            if query in answers and passage not in known.get(query, ()):
                by_verdict[verdict][passage in answers[query]] += 1
    seen = sum(by_verdict.values(), Counter[bool]())
    found = _found(by_verdict["false_negative"] + by_verdict["partial"], seen[True])
    return {
        "seen": seen.total(),
        "false_negatives": seen[True],
        "verdicts": {verdict: _counts(counts) for verdict, counts in by_verdict.items()},
        "precision": found["precision"],
        "recall": found["recall"],
    }


def _counts(counts: Counter[bool]) -> dict[str, Any]:
    return {"rows": counts.total(), "false_negatives": counts[True]}


def _found(counts: Counter[bool], of: int) -> dict[str, Any]:
    precision, recall = _ratio(counts[True], counts.total()), _ratio(counts[True], of)
    return {**_counts(counts), "precision": precision, "recall": recall}


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
