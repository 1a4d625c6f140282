from __future__ import annotations

from rich.console import Console

from langret.evaluation.results import Result, SliceResult
from langret.report import funnel_table, results_table, slices_table


def shown(table, width: int = 120) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"), color_system=None)  # noqa: PTH123, SIM115
    console.print(table)
    return console.export_text()


def result(member, metric, value, benchmark="dev", **more):
    low, high = value - 0.01, value + 0.01
    return Result(
        member=member, benchmark=benchmark, metric=metric, value=value, n=1200, low=low, high=high, **more
    )


def cells(table, row):
    return [column._cells[row] for column in table.columns]


def test_systems_are_rows_and_metrics_columns():
    table = results_table(
        [
            result(
                "dense",
                "nDCG@10",
                0.8,
                reference="bm25",
                difference=0.1,
                p_value=0.01,
                passages=5000,
                left_out=3,
            ),
            result("dense", "R@1", 0.6, reference="bm25", difference=-0.1, p_value=0.01),
            result("[bold]", "nDCG@10", 0.5, reference="bm25", difference=-0.2, p_value=0.02),
            result("bm25", "nDCG@10", 0.7, baseline=True),
            result("bm25", "R@1", 0.7, baseline=True),
        ]
    )
    text = shown(table)
    assert "dev: 1,200 queries, 5,000 passages, 3 queries without a relevant passage left out" in text
    assert "better or worse than bm25" in text
    assert [str(c) for c in cells(table, 0)] == ["dense", "0.800 [0.790, 0.810]▲", "0.600"]
    assert [str(c) for c in cells(table, 1)] == ["[bold]", "0.500 [0.490, 0.510]▼", ""]
    assert [str(c) for c in cells(table, 2)] == ["bm25", "0.700 [0.690, 0.710] ", "0.700"]
    assert [cells(table, row)[1].style for row in range(3)] == ["bold", "", ""]
    assert [cells(table, row)[2].style for row in (0, 2)] == ["", "bold"]
    assert "[bold]" in text


def test_no_mark_without_significance():
    rows = [
        result("a", "R@1", 0.5, reference="b", difference=0.1, p_value=0.05),
        result("c", "R@1", 0.5, reference="b", difference=0.0, p_value=0.01),
        result("b", "R@1", 0.4),
    ]
    assert not any(sign in str(cells(results_table(rows), row)[1]) for row in range(3) for sign in "▲▼")


def test_several_benchmarks():
    table = results_table(
        [result("a", "R@1", 0.5, "one"), result("b", "R@1", 0.4, "one"), result("a", "R@1", 0.2, "two")]
    )
    assert [str(cells(table, row)[0]) for row in range(3)] == ["one", "", "two"]
    assert [cells(table, row)[2].style for row in range(3)] == ["bold", "", "bold"]
    assert "2 benchmarks" in shown(table)


def test_no_results():
    assert "No results" in shown(results_table([]))


def test_funnel():
    text = shown(funnel_table({"passages": {"in": 1500, "kept": 1200, "empty": 100, "too_long": 200}}))
    assert "1,500" in text and "1,200" in text
    assert "too_long 200, empty 100" in text


def test_slices():
    who = [SliceResult(slice="question:who", value=0.25, n=40, low=0.1, high=0.4)]
    rows = [
        result("a", "R@1", 0.5, "one", slices=["dialect:arz"], parts=who),
        result("[b]", "R@1", 0.75, "one", slices=["dialect:arz"]),
        result("a", "R@1", 0.25, "two"),
        result("a", "nDCG@10", 0.9, "two"),
    ]
    table = slices_table(rows)
    assert [[str(c) for c in cells(table, row)] for row in range(3)] == [
        ["all", "2", "2,400", "0.375", ""],
        ["dialect:arz", "1", "1,200", "0.500", "0.750"],
        ["question:who", "1", "40", "0.250", ""],
    ]
    assert [cells(table, 1)[column].style for column in (3, 4)] == ["", "bold"]
    text = shown(table)
    assert "R@1 by slice" in text and "[b]" in text


def test_no_slices_no_table():
    assert slices_table([]) is None
    assert slices_table([result("a", "R@1", 0.5)]) is None


def test_a_benchmark_that_training_has_seen_is_marked():
    clean = [SliceResult(slice="leakage:clean", value=0.4, n=1100, low=0.3, high=0.5)]
    seen = result("a", "R@1", 0.5, leaked={"question": 80, "near_passage": 20}, parts=clean)
    one = shown(results_table([seen]))
    assert "1,200 queries, 100 of them in the training data †" in one
    assert "† some of its queries stand in the training data" in one.replace("\n", " ")
    unseen = result("a", "R@1", 0.7, "two", leaked={"question": 0})
    table = results_table([seen, unseen])
    assert [str(cells(table, row)[0]) for row in range(2)] == ["dev †", "two"]
    # the mean without leaked queries is over all benchmarks: the one without any is clean as it is
    rows = slices_table([seen, unseen])
    assert [str(c) for c in cells(rows, 1)] == ["leakage:clean", "2", "2,300", "0.550"]
    assert "†" not in shown(results_table([unseen])) and slices_table([unseen]) is None
