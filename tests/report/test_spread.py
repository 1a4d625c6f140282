"""Scores over several seeds, on the page and side by side."""

from __future__ import annotations

import json

import pytest

from langret.errors import LangretError
from langret.report.compare import compare_runs, write_comparison
from langret.report.folder import open_run
from langret.report.page import report_html
from langret.report.record import read_record
from langret.report.spread import FILE, Spread, read_spreads, write_spreads
from langret.report.table import spread_table
from tests.report.folders import make_run
from tests.report.test_page import Page
from tests.report.test_table import shown

SPREADS = [
    Spread("dense", "test", "nDCG@10", 0.512, 0.0321, [0.48, 0.5125, 0.5435]),
    Spread("bm25", "test", "nDCG@10", 0.6, 0.0, [0.6, 0.6, 0.6]),
    Spread("dense", "test", "R@10", 0.9, 0.0, [0.9, 0.9, 0.9]),
]


def seeded(root, **more):
    folder = make_run(root, **more)
    write_spreads(folder, read_record(folder), [7, 8, 9], SPREADS)
    return folder


def test_the_page_has_mean_spread_and_each_seed(tmp_path) -> None:
    text = " ".join(" ".join(Page(report_html(open_run(seeded(tmp_path / "own")), shown=0)).text).split())
    assert "test dense 0.512 0.032 0.480 0.512 0.543" in text
    assert "trained with 3 seeds; the models and all other figures are those of seed 7" in text
    assert "0.900 0.000" not in text  # the first metric alone
    assert "Over several seeds" not in report_html(open_run(make_run(tmp_path / "once")), shown=0)


def test_runs_side_by_side_have_theirs(tmp_path) -> None:
    first, second = seeded(tmp_path / "a"), seeded(tmp_path / "b", name="other")
    found = compare_runs([open_run(first), open_run(second)])
    assert [(s.member, s.benchmark) for s in found.spreads] == [
        ("own: dense", "test"),
        ("own: bm25", "test"),
        ("other: dense", "test"),
        ("other: bm25", "test"),
    ]
    told = shown(spread_table(found.spreads))
    assert "of 3 seeds" in told and "other: dense" in told and "0.032" in told
    page = write_comparison(found, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Over several seeds" in page and not Page(page).open
    once = compare_runs([open_run(first), open_run(make_run(tmp_path / "c", name="once"))])
    assert {s.member for s in once.spreads} == {"own: dense", "own: bm25"}


def test_what_an_earlier_recipe_left_does_not_count(tmp_path) -> None:
    folder = seeded(tmp_path / "own")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for stage in record["stages"]:
        stage["key"] = stage["key"].replace("score-test-abc", "score-test-new")
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert read_spreads(open_run(folder)) == []


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"stages": {"test": "score-test-abc"}, "spreads": [{"a": 1}]}']
)
def test_a_broken_file_is_told(tmp_path, content) -> None:
    folder = make_run(tmp_path / "own")
    (folder / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(LangretError, match=r"seeds\.json.*cannot be read.*--seeds N"):
        read_spreads(open_run(folder))
