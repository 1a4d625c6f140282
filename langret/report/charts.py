"""Geometry of the report's charts; ``templates/charts.html`` draws it as inline SVG.

Charts are small, so that their letters can be read on a phone, and a page shows several side by side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 320
HEIGHT = 200
WIDE = 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 10, 40
_SCATTER = 280
_DOT = 17  # of a point's number and its ring
_ROW = 30
_LABEL_LETTERS = 30
_LETTER = 6.6
_MOST_POINTS = 400  # more would make the page large and nothing clearer


class Series(NamedTuple):
    """One line: its name and its points, by growing x."""

    name: str
    points: Sequence[tuple[float, float]]


class Tick(NamedTuple):
    """A mark on an axis: where, in units of the drawing, and what it says."""

    at: float
    label: str


class Line(NamedTuple):
    """A drawn series; ``place`` numbers its colour and ``dots`` are its points where they are few."""

    name: str
    place: int
    path: str
    dots: list[tuple[float, float]]


class LineChart(NamedTuple):
    """A chart of one or more lines over a shared x axis."""

    title: str
    x_label: str
    description: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    lines: list[Line]


class Whisker(NamedTuple):
    """A mean with its interval, as one row of an interval chart."""

    label: str
    full_label: str
    text: str
    baseline: bool
    y: float
    low: float
    value: float
    high: float


class IntervalChart(NamedTuple):
    """Means with their intervals, a row each, over a shared axis."""

    title: str
    x_label: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    ticks: list[Tick]
    rows: list[Whisker]


def line_chart(title: str, x_label: str, series: Sequence[Series]) -> LineChart | None:
    """Lay out lines; values that are not finite are left out.

    Returns:
        The chart, or None where there is no point to draw.
    """
    series = [Series(s.name, [p for p in s.points if all(map(math.isfinite, p))]) for s in series]
    series = [s for s in series if s.points]
    if not series:
        return None
    xs = [x for s in series for x, _ in s.points]
    ys = [y for s in series for _, y in s.points]
    x_ticks, y_ticks = ticks(min(xs), max(xs)), ticks(min(ys), max(ys))
    x_span = (min(min(xs), x_ticks[0]), max(max(xs), x_ticks[-1]))
    y_span = (min(min(ys), y_ticks[0]), max(max(ys), y_ticks[-1]))
    left, right, top, bottom = _LEFT, WIDTH - _RIGHT, _TOP, HEIGHT - _BOTTOM
    lines = []
    for place, one in enumerate(series):
        points = [
            (_place(x, *x_span, left, right), _place(y, *y_span, bottom, top))
            for x, y in _thinned(one.points)
        ]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        lines.append(Line(one.name, place, path, points if len(points) <= 12 else []))
    return LineChart(
        title,
        x_label,
        "; ".join(f"{s.name}: {number(s.points[0][1])} to {number(s.points[-1][1])}" for s in series),
        WIDTH,
        HEIGHT,
        left,
        right,
        top,
        bottom,
        [Tick(_place(v, *x_span, left, right), number(v)) for v in x_ticks],
        [Tick(_place(v, *y_span, bottom, top), number(v)) for v in y_ticks],
        lines,
    )


def interval_chart(
    title: str, x_label: str, rows: Sequence[tuple[str, float, float, float, bool]]
) -> IntervalChart:
    """Lay out means with intervals.

    Args:
        title: What is shown.
        x_label: The measure.
        rows: Label, lower end, mean, upper end, and whether it is a baseline; at least one.
    """
    marks = ticks(min(low for _, low, *_ in rows), max(high for _, _, _, high, _ in rows))
    span = (min(marks[0], *(r[1] for r in rows)), max(marks[-1], *(r[3] for r in rows)))
    letters = min(_LABEL_LETTERS, max(len(label) for label, *_ in rows))
    left, right = 24 + _LETTER * letters, WIDE - 56
    drawn = [
        Whisker(
            label if len(label) <= _LABEL_LETTERS else label[: _LABEL_LETTERS - 1] + "…",
            label,
            f"{value:.3f}",
            baseline,
            _ROW * place + _ROW / 2 + 4,
            *(_place(v, *span, left, right) for v in (low, value, high)),
        )
        for place, (label, low, value, high, baseline) in enumerate(rows)
    ]
    bottom = _ROW * len(rows) + 8
    return IntervalChart(
        title,
        x_label,
        WIDE,
        bottom + 38,
        left,
        right,
        bottom,
        [Tick(_place(v, *span, left, right), number(v)) for v in marks],
        drawn,
    )


class Mark(NamedTuple):
    """A numbered point: its number in the table beside, its name, which series it is of, and where it stands."""

    number: int
    label: str
    place: int
    x: float
    y: float


class ScatterChart(NamedTuple):
    """Numbered points over a logarithmic x axis."""

    title: str
    x_label: str
    y_label: str
    description: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    marks: list[Mark]


def scatter_chart(
    title: str,
    x_label: str,
    y_label: str,
    points: Sequence[tuple[str, int, float, float]],
) -> ScatterChart:
    """Lay out points, numbered from 1 in their order.

    Args:
        title: What is shown.
        x_label: What grows to the right, by powers of ten.
        y_label: What grows upwards.
        points: Name, number of the series, x above 0, and y; at least one.
    """
    left, right, top, bottom = _LEFT, WIDE - _RIGHT, _TOP + 8, _SCATTER - _BOTTOM
    logs = [math.log10(x) for _, _, x, _ in points]
    low, high = math.floor(min(logs)), max(math.floor(min(logs)) + 1, math.ceil(max(logs)))
    y_ticks = ticks(min(y for *_, y in points), max(y for *_, y in points))
    marks = [
        Mark(
            place,
            name,
            series,
            _place(log, low, high, left + 10, right - 10),
            _place(y, y_ticks[0], y_ticks[-1], bottom - 10, top + 6),
        )
        for place, ((name, series, _, y), log) in enumerate(zip(points, logs, strict=True), start=1)
    ]
    return ScatterChart(
        title,
        x_label,
        y_label,
        "; ".join(
            f"{i} {name}: {number(x)}, {number(y)}" for i, (name, _, x, y) in enumerate(points, start=1)
        ),
        WIDE,
        _SCATTER,
        left,
        right,
        top,
        bottom,
        [Tick(_place(p, low, high, left + 10, right - 10), _power(p)) for p in range(low, high + 1)],
        [Tick(_place(v, y_ticks[0], y_ticks[-1], bottom - 10, top + 6), number(v)) for v in y_ticks],
        apart(marks, left, right),
    )


def apart(marks: Sequence[Mark], left: float, right: float) -> list[Mark]:
    """Move points that would hide each other sideways, as little as possible, so that each number can be read."""
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.x):
        x = mark.x
        for other in placed:
            if abs(other.x - x) < _DOT and abs(other.y - mark.y) < _DOT:
                x = other.x + _DOT
        placed.append(mark._replace(x=x))
    over = max((mark.x for mark in placed), default=right) - right
    moved = [mark._replace(x=max(left, mark.x - over)) if over > 0 else mark for mark in placed]
    return sorted(moved, key=lambda m: m.number)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values from at most ``low`` to at least ``high``, 1, 2 or 5 times a power of ten apart.

    >>> ticks(0.03, 0.94)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if high <= low:
        pad = abs(low) / 2 or 1.0
        low, high = low - pad, high + pad
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(k * step, 12) for k in range(first, last + 1)]


def number(value: float) -> str:
    """A figure as short as it can be told: ``2,000``, ``0.85``, ``1e-4``."""
    if value and (abs(value) < 0.001 or abs(value) >= 1e6):
        digits, _, power = f"{value:.1e}".partition("e")
        return f"{digits.removesuffix('.0')}e{int(power)}"
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _power(exponent: int) -> str:
    """A power of ten, short enough to stand beside the next one: ``0.1``, ``100``, ``10k``."""
    thousands = max(0, exponent // 3)
    return number(10.0 ** (exponent - 3 * thousands)) + ("", "k", "M", "G", "T")[min(thousands, 4)]


def _place(value: float, low: float, high: float, start: float, end: float) -> float:
    return start + (end - start) * ((value - low) / (high - low) if high > low else 0.5)


def _thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """Every so-manieth point, and the last one."""
    every = -(-len(points) // _MOST_POINTS)
    return points if every <= 1 else [*points[::every], *([points[-1]] if (len(points) - 1) % every else [])]
