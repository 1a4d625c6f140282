"""Means over benchmarks: what counts once, and who has one."""

from __future__ import annotations

import pytest

from langret.evaluation import Result, read_suites, suite_means, write_results
from langret.recipe.schema import Suite


def result(
    member: str, benchmark: str, task: str, value: float, metric: str = "M", baseline: bool = False
) -> Result:
    return Result(
        member=member, benchmark=benchmark, task=task, metric=metric, value=value, n=9, low=None, high=None,
        baseline=baseline,
    )  # fmt: skip


RESULTS = [
    result("dense", "r1", "retrieval", 0.2),
    result("dense", "r1", "retrieval", 0.9, "other"),
    result("dense", "r2", "retrieval", 0.4),
    result("dense", "s", "sts", 0.6),
    result("dense", "c", "clustering", 0.5),
    result("colbert", "r1", "retrieval", 0.4),
    result("colbert", "r2", "retrieval", 0.6),
    result("colbert", "s", "sts", 0.1),
    result("bm25", "r1", "retrieval", 0.3, baseline=True),
    result("bm25", "r2", "retrieval", 0.3, baseline=True),
    result("words", "s", "sts", 0.8, baseline=True),
]


def means(**keys: object) -> dict[str, tuple[float | None, float | None]]:
    found = suite_means(RESULTS, [Suite(name="all", **keys)])
    return {row.member: (row.value, row.shared) for row in found}


def approx(value: float) -> object:
    return pytest.approx(value)


def test_each_task_counts_once():
    # shared are r1, r2 and s: clustering is beyond the second member
    found = means()
    assert found["dense"] == (approx((0.3 + 0.6 + 0.5) / 3), approx((0.3 + 0.6) / 2))
    assert found["colbert"] == (None, approx((0.5 + 0.1) / 2))
    assert found["bm25"] == found["words"] == (None, None)


def test_or_each_benchmark():
    assert means(mean="benchmark")["dense"] == (approx(1.7 / 4), approx(1.2 / 3))


def test_or_weights():
    assert means(weights={"s": 2})["dense"] == (
        approx((0.2 + 0.4 + 2 * 0.6 + 0.5) / 5),
        approx((0.6 + 1.2) / 4),
    )


def test_a_suite_of_some_benchmarks(tmp_path):
    rows = suite_means(
        RESULTS, [Suite(name="some", benchmarks=["r1", "s"]), Suite(name="ranked", benchmarks=["r1", "r2"])]
    )
    some = {row.member: row for row in rows if row.suite == "some"}
    assert some["bm25"].value is None and some["bm25"].measured == ["r1"] and some["bm25"].left_out == ["s"]
    assert some["dense"].tasks == {"retrieval": 0.2, "sts": 0.6}
    ranked = {row.member: row.value for row in rows if row.suite == "ranked"}
    assert ranked == {"dense": approx(0.3), "colbert": approx(0.5), "bm25": approx(0.3)}
    write_results(RESULTS, tmp_path / "results.json", suites=rows)
    assert read_suites(tmp_path / "results.json") == rows


def test_without_members_the_baselines_share():
    rows = suite_means([r for r in RESULTS if r.baseline and r.member == "bm25"], [Suite(name="all")])
    assert [(row.value, row.shared) for row in rows] == [(approx(0.3), approx(0.3))]
