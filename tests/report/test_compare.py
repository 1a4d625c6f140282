"""Runs side by side: the same text alone is compared."""

from __future__ import annotations

import pytest

from langret.errors import RecipeError
from langret.report.compare import compare_runs, content_hash, write_comparison
from langret.report.folder import open_run
from tests.report.folders import benchmark, make_run
from tests.report.test_page import Page


@pytest.fixture
def first(tmp_path):
    return open_run(make_run(tmp_path / "a" / "own"))


def test_a_member_is_compared_with_its_namesake_in_the_first_run(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b" / "other", name="other", lead=12, lr=1e-3))
    found = compare_runs([first, second])
    assert found.names == ["own", "other"] and found.notes == []
    (results,) = found.benchmarks
    main = {r.member: r for r in results if r.metric == "nDCG@10"}
    assert list(main) == ["own: dense", "own: colbert", "other: dense", "other: colbert", "bm25"]
    assert main["own: colbert"].reference is None
    better = main["other: colbert"]
    assert better.reference == "own: colbert"
    assert (
        better.difference == pytest.approx(better.value - main["own: colbert"].value)
        and better.difference > 0
    )
    assert main["other: dense"].difference == 0 and main["other: dense"].p_value == 1
    assert [(d.key, d.values) for d in found.differing] == [("training.lr", ["0.0005", "0.001"])]


def test_another_text_of_the_same_name_is_not_compared_and_that_is_said(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b", name="other", text="!"))
    found = compare_runs([first, second])
    assert [results[0].benchmark for results in found.benchmarks] == ["test of own", "test of other"]
    assert all(r.reference is None for results in found.benchmarks for r in results)
    assert found.notes == [
        "test is not the same text, queries and judgements in all runs, so that its figures are not compared."
    ]


def test_where_the_text_of_one_is_gone_the_same_stage_is_the_same_text(tmp_path, first) -> None:
    folder = make_run(tmp_path / "b", name="other")
    (folder / "stages" / "benchmark-test-abc" / "queries.arrow").unlink()
    found = compare_runs([first, open_run(folder)])
    assert len(found.benchmarks) == 1
    assert all(r.p_value is None for r in found.benchmarks[0]), "no text, no judgements to test with"


def test_runs_of_one_name_are_told_apart_by_their_folders(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b" / "own"))
    assert compare_runs([first, second]).names == ["a/own", "b/own"]


def test_what_is_missing_is_said(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b", name="other", missing=["score-test"]))
    found = compare_runs([first, second])
    assert found.notes == ["other is not finished; missing: Scores on test."]
    assert {r.member for r in found.benchmarks[0]} == {"dense", "colbert", "bm25"}


def test_one_run_alone_is_no_comparison(first) -> None:
    with pytest.raises(RecipeError, match="One run cannot be compared"):
        compare_runs([first])


def test_the_page_is_whole_and_escapes_what_people_wrote(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b", name="other", lead=12))
    html = write_comparison(compare_runs([first, second]), tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(html)
    text = " ".join(" ".join(page.text).split())
    assert page.open == [] and "<script" not in html and 'document.title="owned"' in text
    assert "The recipes are the same but for their names." in text
    assert "other: colbert" in text and "own: colbert" in text


def test_the_hash_is_of_what_is_in() -> None:
    assert content_hash(benchmark()) == content_hash(benchmark())
    assert content_hash(benchmark()) != content_hash(benchmark("!"))


def test_what_was_corrected_in_a_run_alone_is_corrected_anew(tmp_path, first) -> None:
    second = open_run(make_run(tmp_path / "b", name="other", lead=12))
    rows = [r for rows in compare_runs([first, second]).benchmarks for r in rows]
    for metric in {r.metric for r in rows}:
        tested = [r for r in rows if r.metric == metric and r.p_value is not None]
        assert tested and {r.reference for r in tested} == {"own: dense", "own: colbert"}
        assert min(r.p_corrected for r in tested) == min(1.0, len(tested) * min(r.p_value for r in tested))
    assert all(r.p_corrected is None for r in rows if r.p_value is None)
