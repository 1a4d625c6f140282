"""`langret report` and `langret compare`."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from langret.cli.main import app
from tests.report.folders import make_run


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path / "runs" / "own")


def test_the_page_lies_in_the_run_folder(run) -> None:
    done = CliRunner().invoke(app, ["report", str(run), "--show", "1"])
    assert done.exit_code == 0 and done.output == f"Wrote {run / 'report.html'}\n"
    assert (run / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_or_where_the_user_wants_it(run, tmp_path) -> None:
    done = CliRunner().invoke(app, ["report", str(run), "--show", "0", "--output", str(tmp_path / "p.html")])
    assert done.exit_code == 0 and (tmp_path / "p.html").is_file() and not (run / "report.html").exists()


def test_what_is_missing_is_said(tmp_path) -> None:
    run = make_run(tmp_path / "own", missing=["train-colbert", "rank-test-colbert", "score-test"])
    done = CliRunner().invoke(app, ["report", str(run), "--show", "0"])
    assert done.exit_code == 0 and (run / "report.html").is_file()
    assert "warning: the run is not finished; missing: Training colbert (colbert), Searching" in done.stderr


@pytest.mark.parametrize("verb", [["report"], ["compare"]])
def test_no_such_run_is_one_line(tmp_path, run, verb) -> None:
    done = CliRunner().invoke(
        app, [*verb, str(run.parent / "onw"), *([str(run)] if verb == ["compare"] else [])]
    )
    assert done.exit_code == 2 and done.stdout == ""
    assert "There is no such run folder. Did you mean" in done.stderr and done.stderr.count("\n") == 1


def test_runs_side_by_side(tmp_path, run) -> None:
    other = make_run(tmp_path / "runs" / "other", name="other", lead=12, lr=1e-3)
    page = tmp_path / "compared.html"
    done = CliRunner().invoke(app, ["compare", str(run), str(other), "--html", str(page)])
    assert done.exit_code == 0 and page.is_file()
    for said in ("own: colbert", "other: colbert", "training.lr", "0.0005", "computing", str(page)):
        assert said in done.stdout


def test_another_text_is_not_compared(tmp_path, run) -> None:
    other = make_run(tmp_path / "runs" / "other", name="other", text="!")
    done = CliRunner().invoke(app, ["compare", str(run), str(other)])
    assert done.exit_code == 0 and "note: test is not the same text" in done.stderr
    assert "test of own" in done.stdout and "test of other" in done.stdout
    assert done.stdout.count("† 1 of 12 queries (8.3 %) stand in the training data") == 2


def test_one_run_alone(run) -> None:
    done = CliRunner().invoke(app, ["compare", str(run)])
    assert done.exit_code == 2 and "Give two run folders or more" in done.stderr
