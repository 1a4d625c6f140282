from __future__ import annotations

import math

import pytest

from langret.report.charts import (
    HEIGHT,
    WIDTH,
    Series,
    interval_chart,
    line_chart,
    number,
    scatter_chart,
    ticks,
)


@pytest.mark.parametrize(
    "low, high, expected",
    [
        (0.03, 0.94, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 384, [0, 100, 200, 300, 400]),
        (-3, 3, [-4, -2, 0, 2, 4]),
        (5, 5, [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_ticks_are_round_and_hold_the_values(low, high, expected):
    found = ticks(low, high)
    assert found[0] <= low and found[-1] >= high
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("value", [0.0, -2.0, 1e-9, 7.3e12])
def test_one_value_has_an_axis_too(value):
    found = ticks(value, value)
    assert found[0] < value < found[-1] and all(map(math.isfinite, found))


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (2000, "2,000"),
        (0.85, "0.85"),
        (1e-4, "1e-4"),
        (2.5e-5, "2.5e-5"),
        (2e7, "2e7"),
        (-1.5, "-1.5"),
    ],
)
def test_numbers_are_short(value, text):
    assert number(value) == text


def test_lines_lie_in_the_frame_and_what_is_not_finite_is_left_out():
    points = [(0, 1.0), (5, math.nan), (10, 3.0), (20, math.inf), (30, 2.0)]
    chart = line_chart("Loss", "step", [Series("loss", points)])
    assert chart is not None and (chart.width, chart.height) == (WIDTH, HEIGHT)
    (line,) = chart.lines
    assert len(line.dots) == 3
    assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in line.dots)
    assert min(y for _, y in line.dots) == line.dots[1][1], "the highest value is the highest point"
    assert chart.description == "loss: 1 to 2"


def test_nothing_to_draw():
    assert line_chart("Loss", "step", [Series("loss", [])]) is None
    assert line_chart("Loss", "step", [Series("loss", [(1, math.nan)])]) is None


def test_a_long_log_is_thinned_to_its_end():
    chart = line_chart("Loss", "step", [Series("loss", [(i, float(i)) for i in range(100_000)])])
    assert chart is not None and chart.lines[0].path.count("L") <= 402


def test_intervals_lie_around_their_means_and_long_names_are_cut():
    chart = interval_chart("t", "nDCG@10", [("a" * 60, 0.4, 0.5, 0.6, False), ("bm25", 0.2, 0.3, 0.35, True)])
    first, second = chart.rows
    assert chart.left <= second.low < second.value < second.high < first.high <= chart.right
    assert first.label.endswith("…") and first.full_label == "a" * 60 and second.baseline


def test_ticks_of_a_scatter_chart_are_short():
    chart = scatter_chart("t", "x", "y", [("a", 0, 0.02, 0.1), ("b", 0, 58_000.0, 0.5)])
    assert [tick.label for tick in chart.x_ticks] == ["0.01", "0.1", "1", "10", "100", "1k", "10k", "100k"]
