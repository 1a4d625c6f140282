"""Results of tasks that rank no passages, from what each system answered."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from langret.data.records import LEAKS, Leak
from langret.errors import DataError
from langret.evaluation.measure import Ranking
from langret.evaluation.results import NotMeasured, Result
from langret.evaluation.significance import Comparison, compare, interval
from langret.evaluation.tasks import statistics
from langret.evaluation.tasks.answers import SHOTS, answer, classes
from langret.evaluation.tasks.kinds import METRICS, refusal, task_baselines

if TYPE_CHECKING:
    from langret.data.tasks import TaskData
    from langret.evaluation.encoder import Encoder
    from langret.language import Language


class Measure(NamedTuple):
    """A metric of a task: a mean of one value an example, or a statistic of all examples together."""

    items: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    statistic: statistics.Statistic | None = None


_RIGHT = Measure(items=lambda gold, answers: (answers.reshape(len(gold), -1) == gold[:, None]).mean(axis=1))
_MEASURES = {
    ("bitext-mining", "F1"): Measure(statistic=statistics.weighted_f1),
    ("bitext-mining", "Accuracy"): _RIGHT,
    ("sts", "Spearman"): Measure(statistic=statistics.spearman),
    ("pair-classification", "AP"): Measure(statistic=statistics.average_precision),
    ("pair-classification", "Accuracy"): Measure(statistic=statistics.best_accuracy),
    ("pair-classification", "F1"): Measure(statistic=statistics.best_f1),
    ("classification", "Accuracy"): _RIGHT,
    ("classification", "F1"): Measure(statistic=statistics.macro_f1),
    ("classification", "AP"): Measure(statistic=statistics.label_precision),
    ("clustering", "V-measure"): Measure(items=lambda gold, answers: answers),
    ("summarization", "Spearman"): Measure(items=lambda gold, answers: answers),
}
_SINGLE = Measure(statistic=statistics.spearman)
"""Spearman over all documents, where each has one summary."""


def evaluate_task(
    retrievers: Mapping[str, Encoder],
    name: str,
    data: TaskData,
    *,
    language: Language,
    slices: Sequence[str] = (),
    baselines: Sequence[str] = ("bm25",),
    seed: int,
    shots: int = SHOTS,
    progress: bool = False,
) -> tuple[list[Result], list[NotMeasured]]:
    """Ask every system and score its answers; the counterpart of ``langret.evaluation.evaluate``.

    Args:
        retrievers: Members by name, and baselines that are models.
        name: How results call the benchmark.
        data: Cleaned examples.
        language: Whose analyzer the lexical baselines have.
        slices: What the benchmark shows, as ``axis:value``.
        baselines: Names as for ``evaluate``; ``bag_of_words`` stands for ``bm25`` where there is nothing to rank.
        seed: Seed of samples, classifiers, clusters and resampling tests.
        shots: Samples of each class that a classifier is trained on.
        progress: Show progress bars.

    Returns:
        Results, and which systems were not measured and why.
    """
    answers: dict[str, np.ndarray] = {}
    context: dict[str, Ranking] = {}
    absent = []
    named = task_baselines(data.task, baselines)
    for system in dict.fromkeys([*retrievers, *baselines, *named]):
        retriever = retrievers.get(system)
        reason = refusal(data.task, system if retriever is None else retriever.head)
        if reason:
            absent.append(NotMeasured(member=system, benchmark=name, task=data.task, reason=reason))
            continue
        start = time.perf_counter()
        answers[system] = answer(
            system if retriever is None else retriever,
            data,
            language,
            seed=seed,
            shots=shots,
            progress=progress,
        )
        search = system if retriever is None else None
        context[system] = Ranking(search, round(time.perf_counter() - start, 3), system in named)
    return score_answers(answers, name, data, named, seed, context=context, slices=slices), absent


def score_answers(
    answers: Mapping[str, np.ndarray],
    name: str,
    data: TaskData,
    baselines: Sequence[str],
    seed: int,
    *,
    context: Mapping[str, Ranking],
    slices: Sequence[str] = (),
    leaked: Mapping[str, Leak] | None = None,
) -> list[Result]:
    """Score answers and compare each system with the first baseline that was measured.

    A metric that is a mean over examples has the interval and the test of ranking metrics
    (``langret.evaluation.significance``); a statistic of all examples those of ``statistics``. A V-measure over draws
    of one set of texts has neither: the draws share their texts, and how it would vary with others is not in them.

    Args:
        answers: As ``answer`` gives them, by system.
        name: How results call the benchmark.
        data: Cleaned examples.
        baselines: Systems to compare with, the first one first.
        seed: Seed of the resampling.
        context: How the answers came about, by system.
        slices: What the benchmark shows.
        leaked: What of which texts was seen in training, as ``langret.data.leaked_queries`` says of the examples'
            collection; None where that is not known.

    Raises:
        DataError: Answers do not fit the examples, as those of another version of the benchmark would.
    """
    rows = data.examples()
    gold = _gold(data.task, rows)
    held = {system: _comparable(data.task, rows, found, name) for system, found in answers.items()}
    reference = next((b for b in baselines if b in held), None)
    grouped = data.task != "clustering" or rows[0]["group"] != ""
    n = len(gold) if data.task != "clustering" else len(rows)
    aside = _left_out(data)
    seen = None if leaked is None else _seen(rows, leaked)
    results = []
    for system, mine in held.items():
        how = context[system]
        for metric in METRICS[data.task]:
            if metric == "AP" and data.task == "classification" and len(set(gold)) != 2:
                continue
            measure = _SINGLE if _single(data.task, rows) else _MEASURES[data.task, metric]
            facts: dict[str, Any] = {"value": _value(measure, gold, mine), "low": None, "high": None}
            if grouped:
                facts["low"], facts["high"] = _interval(measure, gold, mine, seed)
            if reference is not None and system != reference:
                facts |= _against(measure, gold, mine, held[reference], reference, seed if grouped else None)
            results.append(
                Result.model_validate(
                    {
                        "member": system,
                        "benchmark": name,
                        "task": data.task,
                        "metric": metric,
                        "n": n,
                        "baseline": how.baseline,
                        "left_out": aside,
                        "search": how.search,
                        "seconds": how.seconds,
                        "slices": list(slices),
                        "leaked": seen,
                        **facts,
                    }
                )
            )
    return results


def _gold(task: str, rows: list[dict[str, Any]]) -> np.ndarray:
    """What is right for each example: a score, a label, a place, a class; a document's number; a group's."""
    if task == "classification":
        places = {label: i for i, label in enumerate(classes(rows))}
        return np.array([places[row["labels"][0]] for row in rows if row["split"] == "test"])
    if task == "bitext-mining":
        return np.arange(len(rows))
    if task == "pair-classification":
        return np.array([int(row["gold"]) for row in rows])
    if task == "sts":
        return np.array([row["gold"] for row in rows], dtype=np.float64)
    if _single(task, rows):
        return np.array([row["scores"][0] for row in rows], dtype=np.float64)
    return np.arange(len(rows))


def _single(task: str, rows: list[dict[str, Any]]) -> bool:
    """Whether documents have one summary each, as in FinMTEB: summaries are then ranked over all documents."""
    return task == "summarization" and all(len(row["summaries"]) == 1 for row in rows)


def _comparable(task: str, rows: list[dict[str, Any]], answers: np.ndarray, name: str) -> np.ndarray:
    """Answers that two systems can exchange: ranks for similarities, a correlation for each document."""
    from scipy.stats import rankdata

    expected = {
        "classification": sum(row["split"] == "test" for row in rows if "split" in row),
        "clustering": len(answers),
        "summarization": sum(len(row["summaries"]) for row in rows if "summaries" in row),
    }.get(task, len(rows))
    if len(answers) != expected:
        raise DataError(f"{len(answers):,} answers to {expected:,} examples", where=f"benchmark {name}")
    if task in ("sts", "pair-classification") or _single(task, rows):
        return rankdata(answers)
    if task != "summarization":
        return answers
    cuts = np.cumsum([0, *(len(row["summaries"]) for row in rows)])
    return np.array(
        [
            statistics.spearman(np.array([row["scores"]]), answers[None, start:end])[0]
            for row, (start, end) in zip(rows, pairwise(cuts), strict=True)
        ]
    )


def _value(measure: Measure, gold: np.ndarray, answers: np.ndarray) -> float:
    if measure.items is not None:
        return float(measure.items(gold, answers).mean())
    assert measure.statistic is not None
    return float(measure.statistic(gold[None], answers[None])[0])


def _interval(measure: Measure, gold: np.ndarray, answers: np.ndarray, seed: int) -> tuple[float, float]:
    if measure.items is not None:
        return interval(measure.items(gold, answers), seed)
    assert measure.statistic is not None
    return statistics.interval_of(measure.statistic, gold, answers, seed)


def _against(
    measure: Measure, gold: np.ndarray, mine: np.ndarray, theirs: np.ndarray, reference: str, seed: int | None
) -> dict[str, Any]:
    if seed is None:
        difference = _value(measure, gold, mine) - _value(measure, gold, theirs)
        return {"reference": reference, "difference": difference}
    found: Comparison
    if measure.items is not None:
        values = (measure.items(gold, side) for side in (mine, theirs))
        a, b = ({str(i): float(v) for i, v in enumerate(side)} for side in values)
        found = compare(a, b, seed)
    else:
        assert measure.statistic is not None
        found = statistics.compare_by(measure.statistic, gold, mine, theirs, seed)
    return {
        "reference": reference,
        "difference": found.difference,
        "difference_low": found.low,
        "difference_high": found.high,
        "p_value": found.p_value,
    }


def _seen(rows: list[dict[str, Any]], leaked: Mapping[str, Leak]) -> dict[Leak, int]:
    """Examples that were seen in training, each once; of several summaries one is enough."""
    found: dict[str, list[Leak]] = {}
    for name, kind in leaked.items():
        found.setdefault(name.partition("/")[0] if "summaries" in rows[0] else name, []).append(kind)
    kinds = Counter(min(found[row["id"]], key=LEAKS.index) for row in rows if row["id"] in found)
    return {kind: kinds[kind] for kind in LEAKS}


def _left_out(data: TaskData) -> int:
    """Examples that were set aside; samples for training a classifier are none."""
    return sum(not row["kept"] and row.get("split") != "train" for row in data.table.to_pylist())
