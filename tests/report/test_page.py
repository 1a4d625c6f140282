"""The page on a run: whole, safe, readable in any script, and honest about what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from langret.errors import LangretError
from langret.report.folder import open_run
from langret.report.page import report_html, write_report
from langret.report.record import FILE
from tests.report.folders import STAGES, make_run

VOID = {"meta", "link", "br", "line", "circle", "path", "img", "input", "hr"}


class Page(HTMLParser):
    """Tags in order, text, and whether everything that opens is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids |= {value for key, value in attrs if key == "id"}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> within {self.open}"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("runs") / "own")


@pytest.fixture(scope="module")
def html(run):
    return report_html(open_run(run), shown=12)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture(scope="module")
def text(page):
    return " ".join(" ".join(page.text).split())


def test_everything_that_opens_is_closed_and_links_lead_somewhere(page) -> None:
    assert page.open == []
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert links and all(link.startswith("#") and link[1:] in page.ids for link in links)
    named = [a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a]
    assert len(named) == len(set(named)) and set(" ".join(named).split()) <= page.ids


def test_the_page_needs_nothing_and_runs_nothing(page, html) -> None:
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "iframe", "object", "embed", "form")]
    assert [a["href"] for tag, a in page.tags if tag == "link"] == ["data:,"]
    assert not [a for _, a in page.tags if any(key.startswith("on") or key == "src" for key in a)]
    assert "url(" not in html and "@import" not in html
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_what_a_browser_would_run_is_shown_as_text(html, text) -> None:
    assert "<script>" not in html and "<img" not in html
    assert text.count('document.title="owned"') > 5, "as passage, query, recipe, set-aside row"
    assert "javascript:alert" not in html


def test_text_of_people_says_its_language_and_finds_its_direction(page) -> None:
    users = [a for tag, a in page.tags if tag == "bdi"]
    assert len(users) > 30 and all(a["dir"] == "auto" and a["lang"] == "ja" for a in users)


def test_it_tells_the_whole_story(text) -> None:
    for said in (
        "2 retrievers for Japanese",
        "in = kept + set aside",
        "exact duplicate 1",
        "not json",
        "Candidates came from bm25",
        "set aside: above positive",
        "bm25, rank 1, score 1.000",
        "Held-out nDCG@10",
        "12 queries, 12 passages",
        "† 1 of 12 queries (8.3 %) stand in the training data: near passage 1. nDCG@10 on the other 11: dense",
        "leakage:clean",
        "what the baselines and pretrained backbones have read before is not known",
        "question:what",
        "colbert against bm25",
        "Where colbert wins most over bm25: 2 queries",
        "relevant at rank 2",
        "peak memory mb 1,234",
        "tokens seen 987,654",
        "11 min 16 s of computing",
        "BM25 is the only system",
        "corrected (Holm)",
        "one seed",
    ):
        assert said in text, said


def test_wins_and_losses_are_counted_query_by_query(html) -> None:
    row = html.split("colbert against dense</th>")[1].split("</tr>")[0]
    assert 'aria-label="better 5, equal 7, worse 0"' in row


def test_a_chart_for_every_figure_of_every_training(page) -> None:
    charts = [a["viewbox"] for tag, a in page.tags if tag == "svg"]
    assert len(charts) == 2 + 3 + 3 + 1
    titles = [a for tag, a in page.tags if tag == "svg" and a.get("role") == "img"]
    assert len(titles) == len(charts)


def test_tokens_are_not_marked_where_the_model_is_gone_and_the_reason_is_given(text) -> None:
    assert "What colbert matched, token by token Not shown:" in text
    assert "there is no model in " in text


def test_without_samples_no_text_of_the_data_is_on_the_page(run) -> None:
    page = report_html(open_run(run), shown=0)
    assert "文書" not in page and "質問" not in page and "colbert against bm25" in page


@pytest.mark.parametrize("reached", range(len(STAGES)))
def test_an_unfinished_run_is_reported_as_far_as_it_came(tmp_path, reached) -> None:
    missing = list(STAGES)[reached:]
    run = open_run(make_run(tmp_path / "own", missing=missing))
    assert list(run.missing) == missing
    text = " ".join(" ".join(Page(report_html(run, shown=1)).text).split())
    assert "This run is not finished" in text
    assert all(STAGES[name] in text for name in missing)
    assert "Nothing was measured yet." in text


def test_where_text_is_gone_the_page_says_so(tmp_path) -> None:
    folder = make_run(tmp_path / "own")
    for gone in ("data-abc/train", "benchmark-test-abc"):
        for file in (folder / "stages" / gone).glob("*.arrow"):
            file.unlink()
    html = report_html(open_run(folder), shown=1)
    assert html.count("Not shown: the text in") == 3 and "0.877" in html


def test_a_stage_that_cannot_be_read_is_missing_with_the_reason(tmp_path) -> None:
    folder = make_run(tmp_path / "own")
    (folder / "stages" / "train-dense-abc" / "stage.json").write_text("{")
    run = open_run(folder)
    assert "cannot be read" in run.missing["train-dense"] and "train-colbert" in run.stages


def test_mistakes_are_told(tmp_path) -> None:
    folder = make_run(tmp_path / "runs" / "own")
    with pytest.raises(LangretError, match=r"no such run folder.*Did you mean .*runs/own"):
        open_run(tmp_path / "runs" / "onw")
    with pytest.raises(LangretError, match="is no run folder"):
        open_run(tmp_path)
    with pytest.raises(LangretError, match="cannot be written"):
        write_report(open_run(folder), tmp_path / "no" / "such" / "folder.html", shown=0)
    path = folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 1', '"schema": 9'), encoding="utf-8")
    with pytest.raises(LangretError, match="Another version of langret wrote it: schema 9, expected 1"):
        open_run(folder)
    path.write_text('{"schema": 1}')
    with pytest.raises(LangretError, match="langret: Field required"):
        open_run(folder)
    path.unlink()
    with pytest.raises(LangretError, match=r"has stages and no run\.json"):
        open_run(folder)


def test_the_browser_shows_it_and_runs_nothing(tmp_path, html) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium on this machine")
    path = Path(tmp_path / "report.html")
    path.write_text(html, encoding="utf-8")
    flags = [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
    ]
    flags += ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    shot = tmp_path / "page.png"
    shown = subprocess.run(
        [browser, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom",
         path.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    assert "<title>own: report</title>" in shown and "<script" not in shown
    subprocess.run(
        [browser, *flags, f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={shot}",
         "--window-size=390,2400", path.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert shot.stat().st_size > 20_000, "an empty page is a few kilobytes"
