"""Precision and recall of rules and judges, on a table by hand and on a generated world."""

from __future__ import annotations

import pyarrow as pa
import pytest

from langret.judging import false_negative_report, flagged, make_cases, make_judge, settle, verdict_table
from langret.judging.verdicts import Case
from langret.recipe.schema import Negatives, PythonJudge
from tests.judging.tables import one_query, said


def test_each_rule_has_its_precision_and_recall() -> None:
    table = one_query("abcdefg")
    reasons = ["positive", "above_positive", "above_positive", "rank", "", "", "not_drawn"]
    table = table.set_column(5, "kept", pa.array([r == "" for r in reasons]))
    table = pa.concat_tables([table.set_column(6, "reason", pa.array(reasons)), one_query("z", "other")])
    report = false_negative_report(table, {"q": ["a", "b", "d", "e", "never mined"]}, {"q": ["a"]})
    assert report == {
        "rows": 6,
        "false_negatives": 3,
        "labelled": 1,
        "without_truth": 1,
        "kept": {"rows": 2, "false_negatives": 1, "share": 0.5},
        "rules": {
            "above_positive": {"rows": 2, "false_negatives": 1, "precision": 0.5, "recall": 1 / 3},
            "not_drawn": {"rows": 1, "false_negatives": 0, "precision": 0.0, "recall": 0.0},
            "rank": {"rows": 1, "false_negatives": 1, "precision": 1.0, "recall": 1 / 3},
        },
        "judges": {},
    }


def test_a_judge_is_measured_on_what_it_saw() -> None:
    table = one_query("abcdef")
    truth = {"q": ["a", "b", "c", "z"]}
    verdicts = said(
        "llm", [("a", "f"), ("b", "p"), ("c", "n"), ("d", "f"), ("e", "n"), ("e", "f"), ("z", "f")]
    )
    report = false_negative_report(table, truth, {"q": ["z"]}, {"llm": verdicts, "none": said("none", {})})
    assert report["judges"]["llm"] == {
        "seen": 5,
        "false_negatives": 3,
        "verdicts": {
            "negative": {"rows": 1, "false_negatives": 1},
            "false_negative": {"rows": 2, "false_negatives": 1},
            "partial": {"rows": 1, "false_negatives": 1},
            "unknown": {"rows": 1, "false_negatives": 0},
        },
        "precision": 2 / 3,
        "recall": 2 / 3,
    }
    assert report["judges"]["none"]["precision"] is None and report["judges"]["none"]["recall"] is None


def test_no_candidates() -> None:
    report = false_negative_report(one_query(""), {}, {})
    assert report["rows"] == 0 and report["kept"]["share"] is None and report["rules"] == {}


TRUTH: dict[str, list[str]] = {}


def by_truth(case: Case) -> list[str]:
    return ["false_negative" if p in TRUTH[case.query_id] else "negative" for p, _ in case.candidates]


def suspicious(case: Case) -> list[str]:
    """A cheap judge with full recall and poor precision: everything in the upper half."""
    half = len(case.candidates) // 2
    return [
        "partial" if i < half or p in TRUTH[case.query_id] else "negative"
        for i, (p, _) in enumerate(case.candidates)
    ]


def test_a_cascade_cleans_the_negatives_of_a_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mining by BM25 alone leaves false negatives in; a perfect judge behind a suspicious one leaves none."""
    import sys

    from langret.language import get_language
    from langret.mining import BM25Index, select_negatives
    from langret.synthesis import build_world, world_truth

    language = get_language("en")
    world = build_world(language, "train")
    TRUTH.update(world_truth(language))
    labelled = {q: p for i, (q, p) in enumerate(world.positives().items()) if i < 300}
    queries = [q for q in world.kept_queries() if q.id in labelled]
    index = BM25Index.build(language, world.kept_passages())
    scores = {"bm25": index.positive_scores(queries, labelled)}
    found = index.search(queries, 40)
    for limit in (None, 0.95):
        table = select_negatives(
            found, labelled, scores, Negatives(per_query=10, max_of_positive=limit), seed=13
        )
        report = false_negative_report(table, TRUTH, labelled)
        assert report["labelled"] == report_rows(table, "positive") > 100
        assert ("above_positive" in report["rules"]) is (limit is not None)
        assert report["kept"]["false_negatives"] > 10  # the rule alone is not enough
    assert report["rules"]["above_positive"]["recall"] > 0.1

    monkeypatch.setitem(sys.modules, "world_judges", sys.modules[__name__])
    cases = list(make_cases(table, world))
    first = verdict_table("python", judge("suspicious").judge(cases))
    second = verdict_table("python-2", judge("by_truth").judge(flagged(cases, first)))
    assert second.num_rows < first.num_rows * 0.7
    settled = settle(table, [first, second], "rank", most_false=7, per_query=4)
    after = false_negative_report(settled.candidates, TRUTH, labelled, {"python": first, "python-2": second})
    assert after["kept"]["false_negatives"] == 0 < after["kept"]["rows"]
    assert after["judges"]["python"]["recall"] == 1 > after["judges"]["python"]["precision"]
    assert after["judges"]["python-2"]["precision"] == 1 == after["judges"]["python-2"]["recall"]
    assert after["rules"]["relabelled"]["precision"] == 1
    new = settled.relabelled.to_pylist()
    assert new and all(r["passage_id"] in TRUTH[r["query_id"]] for r in new)


def report_rows(table: pa.Table, reason: str) -> int:
    return table["reason"].to_pylist().count(reason)


def judge(function: str):
    return make_judge(PythonJudge(kind="python", function=f"world_judges:{function}"), None)
