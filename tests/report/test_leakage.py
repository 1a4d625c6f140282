from __future__ import annotations

from langret.evaluation.results import Result, SliceResult
from langret.evaluation.slices import slice_means
from langret.report import results_table
from langret.report.leakage import leaked_mark, leaked_note, leaked_text
from tests.report.test_table import shown


def result(member: str, **more) -> Result:
    return Result(member=member, benchmark="b", metric="nDCG@10", value=0.5, n=40, low=0.4, high=0.6, **more)


def test_counts_share_and_the_score_without_them():
    seen = {"question": 1, "near_question": 0, "passage": 0, "near_passage": 3}
    clean = [SliceResult(slice="leakage:clean", value=0.45, n=36, low=0.3, high=0.55)]
    rows = [result("dense", leaked=seen, parts=clean), result("bm25", leaked=seen, parts=clean)]
    assert leaked_text(rows) == (
        "† 4 of 40 queries (10.0 %) stand in the training data: question 1, near passage 3. "
        "nDCG@10 on the other 36: dense 0.450 [0.300, 0.550], bm25 0.450 [0.300, 0.550]."
    )
    assert leaked_mark(rows) == "†"


def test_systems_of_other_training_data_are_told_apart():
    clean = [SliceResult(slice="leakage:clean", value=0.45, n=36, low=0.3, high=0.55)]
    rows = [
        result("a: dense", leaked={"question": 4}, parts=clean),
        result("b: dense", leaked={"question": 0}),
    ]
    text = leaked_text(rows)
    assert text.startswith("a: dense: † 4 of 40 queries (10.0 %)") and "b: dense: None of its queries" in text
    assert [mean.slice for mean in slice_means(rows)] == [""]
    assert "up to 4 of them in the training data" in shown(results_table(rows))


def test_all_none_and_not_known():
    assert leaked_text([result("a", leaked={"passage": 40})]).endswith(
        "None is left to measure without them."
    )
    nothing = [result("a", leaked={"question": 0})]
    assert leaked_text(nothing).startswith("None of its queries") and not leaked_mark(nothing)
    assert leaked_text([result("a")]) == "" == leaked_text([]) == leaked_mark([result("a")])


def test_the_mark_says_whether_questions_or_only_passages_were_seen():
    assert leaked_note([result("a")]) == leaked_note([result("a", leaked={"question": 0})]) == ""
    some = leaked_note([result("a", leaked={"question": 1, "passage": 3})])
    assert some == "† some of its queries stand in the training data; leakage:clean is the score without them"
    passages = leaked_note([result("a", leaked={"passage": 3, "near_passage": 1})])
    assert passages.startswith("† the relevant passages of some of its queries stand")
    every = leaked_note([result("a", leaked={"question": 0, "passage": 40})])
    assert every == "† the relevant passages of its queries stand in the training data"
