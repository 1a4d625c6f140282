"""What `langret mine` shows at a terminal."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from rich.console import Console

from langret.data.records import CANDIDATES, Collection, Judgement, Passage, Query
from langret.report.negatives import sample_text, summary_table


def printed(what: object) -> list[str]:
    console = Console(width=200, markup=False, file=io.StringIO())
    console.print(what, soft_wrap=True)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_reasons_stand_most_frequent_first_and_the_order_of_keys_does_not_matter() -> None:
    summary = {
        "in": 12345, "kept": 40, "filled": 2, "reasons": {"rank": 5, "above_positive": 9, "a": 5},
        "sources": {"bm25": {"in": 1, "kept": 1}}, "queries": 10, "short": 1, "missing": 3, "set_aside": 0,
    }  # fmt: skip
    lines = [line.split() for line in printed(summary_table(summary))]
    assert lines == [
        ["candidates", "12,345"], ["kept", "40"], ["above_positive", "9"], ["a", "5"], ["rank", "5"],
        ["filled", "2"], ["set", "aside", "0"], ["queries", "10"], ["short", "1"], ["missing", "3"],
    ]  # fmt: skip
    assert printed(summary_table(dict(sorted(summary.items())))) == printed(summary_table(summary))


@pytest.fixture
def mined() -> tuple[Collection, pa.Table]:
    words = {"p": "the answer", "n": "[red]not[/red]\nthe answer", "x": "far " * 60, "y": "y"}
    data = Collection.from_records(
        [
            *(Passage(i, text) for i, text in words.items()),
            *(Query(f"q{i}", f"question {i}") for i in range(4)),
            *(Judgement(f"q{i}", "p") for i in range(4)),
        ]
    )
    rows = []
    for i in range(3):
        rows += [
            (f"q{i}", "p", 1, 0.9, "bm25", False, "positive"),
            (f"q{i}", "n", 2, 0.5, "bm25", True, ""),
            *((f"q{i}", "x", 3 + k, 0.8, "bm25", False, "above_positive") for k in range(6)),
            (f"q{i}", "y", 1, None, "random", False, "not_drawn"),
        ]
    names = CANDIDATES.names
    return data, pa.Table.from_pylist([dict(zip(names, r, strict=True)) for r in rows], schema=CANDIDATES)


def test_a_sample_shows_positives_negatives_and_what_was_set_aside(mined) -> None:
    lines = [line for line in printed(sample_text(*mined, queries=1, seed=1)) if line]
    number = lines[0].split()[1]
    assert lines[:3] == [
        f"question {number}  q{number}",
        "  + positive: the answer  p",
        "  - bm25 2 0.500: [red]not[/red] the answer  n",
    ]
    assert all(line.startswith("  x above_positive, bm25 ") and "…" in line for line in lines[3:7])
    assert lines[7:] == ["    and 2 more set aside"]


def test_the_sample_is_drawn_by_the_seed_from_queries_with_candidates(mined) -> None:
    data, table = mined
    shown = {printed(sample_text(data, table, 1, seed))[1] for seed in range(30)}
    assert shown == {f"question {i}  q{i}" for i in range(3)}
    assert sum(line.startswith("question") for line in printed(sample_text(data, table, 99, 1))) == 3
    assert printed(sample_text(data, table.slice(0, 0), 3, 1)) in ([], [""])
