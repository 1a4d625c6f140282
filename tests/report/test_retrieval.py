from __future__ import annotations

import re
from itertools import pairwise

import pytest
from rich.console import Console

from langret.evaluation.cost import Encoding, SearchCost
from langret.evaluation.weights import WeightsCost
from langret.report.charts import Mark, apart, scatter_chart
from langret.report.retrieval import cost_page, cost_table, times, weights_table


def cost(
    search, size, speed, score, difference=None, p_value=None, model="m<1>", benchmark="b", memory=2**21
):
    return SearchCost(
        model=model,
        head="dense",
        benchmark=benchmark,
        passages=1000,
        queries=50,
        search=search,
        about=f"about {search}",
        bytes=size,
        build_seconds=0.5,
        queries_per_second=speed,
        memory=memory,
        build_memory=None,
        overlap_10=0.9,
        overlap_100=0.8,
        score=score,
        low=score - 0.1,
        high=score + 0.1,
        difference=difference,
        p_value=p_value,
    )


COSTS = [
    cost("exact", 4_000_000, 100.0, 0.6),
    cost("int8", 1_000_000, 250.0, 0.59, -0.01, 0.4),
    cost("binary", 125_000, 50.0, 0.4, -0.2, 0.001, memory=None),
]


def printed(costs, width=100):
    console = Console(width=width, record=True, file=None, force_terminal=False)
    with console.capture() as taken:
        console.print(cost_table(costs))
    return taken.get()


def test_the_table_puts_the_change_beside_the_gain():
    text = printed(COSTS, 80)
    rows = text[text.index("exact") :]
    assert "…" not in text, "nothing is cut at 80 columns"
    assert re.search(r"int8.*0\.590.*0\.900.*976\.6 KiB.*250.*2\.0 MiB.*0\.5 s", rows)
    assert re.search(r"-0\.010.*0\.800.*4\.0×.*2\.5×", rows)
    assert re.search(r"▼ -0\.200.*32×.*0\.50×", rows), "a significant loss is marked"
    assert "▼ -0.010" not in rows


def test_the_page_numbers_points_as_its_tables_do():
    other = [cost("exact", 10_000, 5.0, 0.7, model="n"), cost("int8", 3_000, 5.0, 0.7, 0.0, 1.0, model="n")]
    encodings = {("b", name): Encoding(100.0, 200.0) for name in ("m<1>", "n")}
    html = cost_page([*COSTS, *other], encodings, "a machine, 2 cores")
    assert "m&lt;1&gt;" in html and "m<1>" not in html
    numbers = re.findall(r'<td class="n">(\d)</td><th scope="row">(\w+)', html)
    assert numbers == [("1", "exact"), ("2", "int8"), ("3", "binary"), ("4", "exact"), ("5", "int8")]
    assert len(re.findall(r'class="ring s0"', html)) == 6 and len(re.findall(r'class="ring s1"', html)) == 4
    assert "a machine, 2 cores" in html and "http" not in html.replace("http-equiv", "")
    assert "−0.200 ▼" in html


def test_points_stand_by_their_logarithm_and_do_not_hide_each_other():
    chart = scatter_chart("t", "x", "y", [("a", 0, 1.0, 0.5), ("b", 0, 10.0, 0.5), ("c", 1, 100.0, 0.9)])
    a, b, c = chart.marks
    assert b.x - a.x == pytest.approx(c.x - b.x)
    assert c.y < a.y == b.y
    assert [tick.label for tick in chart.x_ticks] == ["1", "10", "100"]
    assert chart.description.startswith("1 a: 1, 0.5; 2 b: 10, 0.5")
    same = scatter_chart("t", "x", "y", [(str(i), 0, 5.0, 0.5) for i in range(8)])
    places = sorted(mark.x for mark in same.marks)
    assert all(later - before > 15 for before, later in pairwise(places))
    assert same.left <= places[0] and places[-1] <= same.right
    assert [mark.number for mark in same.marks] == list(range(1, 9))


def test_points_that_are_apart_stay():
    marks = [Mark(1, "a", 0, 50.0, 20.0), Mark(2, "b", 0, 55.0, 90.0)]
    assert apart(marks, 40, 400) == marks


@pytest.mark.parametrize(("value", "text"), [(3.96, "4.0×"), (32.0, "32×"), (0.24, "0.24×"), (0.996, "1.0×")])
def test_ratios(value, text):
    assert times(value) == text


def test_weights_stand_on_the_page_and_in_a_table():
    rows = [
        WeightsCost("m<1>", "b", "as saved", 4_000_000, 100.0, 200.0, 0.6, 0.5, 0.7, None, None),
        WeightsCost("m<1>", "b", "int8", 1_000_000, 90.0, 210.0, 0.5, 0.4, 0.6, -0.1, 0.01),
    ]
    page = cost_page(COSTS, {("b", "m<1>"): Encoding(1, 1)}, "here", {("b", "m<1>"): rows})
    assert "Weights of m&lt;1&gt;" in page and "as saved" in page and "4.0×" in page and "▼" in page
    console = Console(width=80, file=None, force_terminal=False)
    with console.capture() as taken:
        console.print(weights_table(rows))
    assert re.search(r"int8.*0\.500.*▼ -0\.100.*976\.6 KiB.*4\.0×.*90.*210", taken.get())
