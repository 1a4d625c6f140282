"""What retrieval costs beside what it finds, for people: a table for the terminal, and a page with charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from rich.table import Table
from rich.text import Text

from langret.evaluation.cost import METRIC, Encoding, SearchCost
from langret.evaluation.weights import WeightsCost
from langret.report.charts import ScatterChart, scatter_chart
from langret.report.render import render
from langret.report.table import SIGNIFICANT
from langret.report.words import human, rate

MIB = 2**20
Key = tuple[str, str]
"""Benchmark and model."""


class _Row(NamedTuple):
    number: int
    cost: SearchCost
    mark: str
    smaller: str
    faster: str


class _Model(NamedTuple):
    name: str
    head: str
    encoding: Encoding
    rows: list[_Row]
    weights: list[tuple[WeightsCost, str, str]]


class _Part(NamedTuple):
    name: str
    passages: int
    queries: int
    size: ScatterChart
    speed: ScatterChart
    models: list[_Model]


def cost_table(costs: Sequence[SearchCost]) -> Table:
    """Ways to search with one model on one benchmark, exact search first: what each changes and gains."""
    first = costs[0]
    title = f"{first.model} on {first.benchmark}: {first.queries:,} queries, {first.passages:,} passages"
    caption = "▲ ▼ change of p < 0.05, corrected (Holm); change and overlap are against exact search"
    table = Table(
        title=title, caption=caption, title_justify="left", caption_justify="left", min_width=len(title)
    )
    table.add_column("search", no_wrap=True)
    headings = (
        f"{METRIC}\nchange",
        "overlap\n@10 @100",
        "size\nsmaller",
        "queries/s\nfaster",
        "memory",
        "build",
    )
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for row in _rows(costs, 1):
        one = row.cost
        change = "" if one.difference is None else f"{row.mark} {one.difference:+.3f}"
        cells = (
            one.search,
            f"{one.score:.3f}\n{change}",
            f"{one.overlap_10:.3f}\n{one.overlap_100:.3f}",
            f"{human(one.bytes)}\n{row.smaller}",
            f"{rate(one.queries_per_second)}\n{row.faster}",
            "" if one.memory is None else human(one.memory),
            f"{one.build_seconds:,.{int(one.build_seconds < 10)}f} s",
        )
        table.add_row(*map(Text, cells))
    return table


def weights_table(costs: Sequence[WeightsCost]) -> Table:
    """A model's weights on one benchmark, as saved first: what each precision changes and gains."""
    first = costs[0]
    caption = "▲ ▼ change of p < 0.05, corrected (Holm), against the weights as saved; exact search"
    title = f"Weights of {first.model} on {first.benchmark}"
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left")
    for heading in ("weights", METRIC, "change", "size", "smaller", "passages/s", "queries/s"):
        table.add_column(heading, justify="left" if heading == "weights" else "right", no_wrap=True)
    for one in costs:
        change = "" if one.difference is None else f"{_mark(one)} {one.difference:+.3f}"
        smaller = "" if one is first else times(first.bytes / one.bytes)
        rates = rate(one.passages_per_second), rate(one.queries_per_second)
        table.add_row(one.weights, f"{one.score:.3f}", change, human(one.bytes), smaller, *rates)
    return table


def cost_page(
    costs: Sequence[SearchCost],
    encodings: Mapping[Key, Encoding],
    machine: str,
    weights: Mapping[Key, Sequence[WeightsCost]] | None = None,
) -> str:
    """The same as a page: quality against size and speed, and a table for each model.

    Args:
        costs: Costs of any number of benchmarks and models, each model's together and exact search first.
        encodings: What encoding took, by benchmark and model.
        machine: What it was measured on.
        weights: Costs of smaller weights, by benchmark and model, as saved first.
    """
    models = list(dict.fromkeys(cost.model for cost in costs))
    parts = []
    for name, of_benchmark in groupby(costs, lambda cost: cost.benchmark):
        mine = list(of_benchmark)
        points: list[Any] = [(f"{c.model}, {c.search}", models.index(c.model), c) for c in mine]
        size = [(label, series, c.bytes / MIB, c.score) for label, series, c in points]
        speed = [(label, series, c.queries_per_second, c.score) for label, series, c in points]
        tables, number = [], 1
        for model, of_model in groupby(mine, lambda cost: cost.model):
            own = list(of_model)
            smaller = [
                (one, _mark(one), times(rows[0].bytes / one.bytes))
                for rows in [(weights or {}).get((name, model), ())]
                for one in rows
            ]
            tables.append(_Model(model, own[0].head, encodings[name, model], _rows(own, number), smaller))
            number += len(own)
        parts.append(
            _Part(
                name,
                mine[0].passages,
                max(cost.queries for cost in mine),
                scatter_chart("Quality and size", "size in MiB", METRIC, size),
                scatter_chart("Quality and speed", "queries a second", METRIC, speed),
                tables,
            )
        )
    return render("cost.html", models=models, parts=parts, machine=machine)


def _rows(costs: Sequence[SearchCost], number: int) -> list[_Row]:
    exact = costs[0]
    return [
        _Row(
            place,
            one,
            _mark(one),
            "" if one is exact else times(exact.bytes / max(one.bytes, 1)),
            "" if one is exact else times(one.queries_per_second / max(exact.queries_per_second, 1e-9)),
        )
        for place, one in enumerate(costs, start=number)
    ]


def _mark(cost: SearchCost | WeightsCost) -> str:
    if not cost.difference or cost.p_value is None or cost.p_value >= SIGNIFICANT:
        return ""
    return "▲" if cost.difference > 0 else "▼"


def times(value: float) -> str:
    """A ratio for people: ``4.0×``, ``32×``."""
    return f"{value:.0f}×" if value >= 9.95 else f"{value:.1f}×" if value >= 0.995 else f"{value:.2f}×"
