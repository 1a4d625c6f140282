"""The page over HTTP: searching, judging, and those who should not."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from langret.cli.main import app
from langret.errors import StageError
from langret.evaluation import evaluate, load_benchmark
from langret.language import get_language
from langret.serve import make_server
from tests.report.folders import EVIL
from tests.serve.conftest import serving


def test_search_explain_judge_and_measure_on_what_was_judged(page, tmp_path) -> None:
    client, _site, _ = page
    state = client.ok("/state")
    assert [s["name"] for s in state["systems"]] == ["bm25", "dense", "colbert"] and state["queries"] == []
    query = "質問 3 の文書"
    for system in ("bm25", "dense", "colbert"):
        found = client.ok("/search", query=query, system=system, k=4)
        ids = [hit["id"] for hit in found["hits"]]
        assert 0 < len(ids) <= 4 and found["search"] > 0 and (found["encode"] is None) == (system == "bm25")
        explained = client.ok("/explain", query=query, system=system, ids=ids)
        for hit in found["hits"]:
            for part in ("title", "text"):
                pieces = explained["passages"][hit["id"]][part]
                assert "".join(piece[0] for piece in pieces) == hit[part]
    saved = client.ok("/judge", query=query, passage="d3", grade=2)
    client.ok("/judge", query=query, passage="d4", grade=1)
    client.ok("/judge", query=query, passage="d5", grade=0)
    assert saved["judged"]["d3"]["grade"] == 2 and saved["judged"]["d3"]["by"] == "tester"
    assert client.ok("/search", query=query, system="bm25")["judged"].keys() == {"d3", "d4", "d5"}
    assert client.ok("/judge", query=query, passage="d5", grade=None)["queries"] == [
        {"text": query, "grades": [1, 2]}
    ]

    language = get_language("und")
    benchmark = load_benchmark(state["folder"], language)
    results, _ = evaluate(
        {}, "judged", benchmark, ["nDCG@10", "R@10"], language=language, baselines=["bm25"], seed=7
    )
    assert {r.metric: r.n for r in results} == {"nDCG@10": 1, "R@10": 1} and results[0].passages == 12
    assert 0 < results[0].value <= 1


def test_a_recipe_trains_on_one_folder_of_judgements_and_measures_on_another(
    run, tmp_path, monkeypatch
) -> None:
    from typer.testing import CliRunner

    for folder, asked in (("practice", "の質問"), ("exam", "は何")):
        with serving(run, None, tmp_path / folder) as (client, _, _):
            for i in range(12):
                client.ok("/judge", query=f"文書 {i} {asked}", passage=f"d{i}", grade=2 - i % 2)
                client.ok("/judge", query=f"文書 {i} {asked}", passage=f"d{(i + 5) % 12}", grade=0)
    (tmp_path / "judged.yaml").write_text(
        """
name: judged
language: und
data:
  train: [{path: practice}]
  holdout: 0
  filters: {min_characters: 2, language: false}
backbone: {scratch: {layers: 1, hidden: 32, heads: 2, intermediate: 32, max_tokens: 64, vocabulary: 400}}
pretraining: []
negatives: {miners: [{kind: given}], per_query: 1}
members: [{head: dense, dimension: 16}]
training: {epochs: 1, batch_size: 4, query_tokens: 16, passage_tokens: 48}
evaluation: {benchmarks: [{name: exam, path: exam}], metrics: ["nDCG@10"]}
"""
    )
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["run", "judged.yaml"])
    assert done.exit_code == 0, done.output
    root = tmp_path / "runs" / "judged"
    results = json.loads((root / "results.json").read_text())["results"]
    assert {r["member"]: r["n"] for r in results} == {"bm25": 12, "dense": 12}

    def summary(stage: str) -> dict:
        (found,) = root.glob(f"stages/{stage}-*/stage.json")
        return json.loads(found.read_text())["summary"]

    assert summary("data")["funnel"]["queries"]["kept"] == 12 == summary("train-dense")["queries"]
    assert summary("negatives")["kept"] == 12, "what was judged not relevant is a hard negative"


def test_what_was_judged_is_there_after_a_restart(run) -> None:
    with serving(run) as (client, _, _):
        client.ok("/judge", query="質問", passage="d1", grade=1)
    with serving(run) as (client, site, _):
        assert client.ok("/state")["queries"] == [{"text": "質問", "grades": [1]}]
        assert client.ok("/search", query="質問", system="bm25")["judged"]["d1"]["stale"] is False
        assert site.book.folder == run / "judgements" / "test"


def test_judgements_that_came_with_the_documents_are_shown(page) -> None:
    client, site, _ = page
    (query,) = (q.text for q in site.documents.collection.kept_queries() if q.id == "q3")
    assert client.ok("/search", query=query, system="bm25")["given"] == {"d3": 1}
    assert query in client.ok("/state")["samples"] or len(site.state()["samples"]) == 6


def test_queries_are_normalised_as_the_documents_are(page) -> None:
    client, _, _ = page
    found = client.ok("/search", query="  文書\n 3 ", system="bm25")
    assert found["query"] == "文書 3" and found["hits"][0]["id"] == "d3"
    client.ok("/judge", query="文書   3", passage="d3", grade=2)
    assert client.ok("/search", query="文書 3", system="bm25")["judged"]["d3"]["grade"] == 2


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/search", {"query": " \t", "system": "bm25"}, "The query is empty."),
        ("/search", {"system": "bm25"}, "A query is text (found: NoneType)."),
        ("/search", {"query": "x" * 5000, "system": "bm25"}, "The query has 5,000 characters; at most 4,000"),
        ("/search", {"query": "x", "system": "bm52"}, "There is no system 'bm52'. Did you mean \"bm25\"?"),
        ("/search", {"query": "x", "system": ["bm25"]}, "There is no system"),
        ("/search", {"query": "x", "system": "bm25", "k": 0}, "1 to 50 passages can be shown (found: 0)."),
        ("/search", {"query": "x", "system": "bm25", "k": True}, "1 to 50 passages can be shown (found: True)."),
        ("/explain", {"query": "x", "system": "bm25", "ids": ["d1", EVIL]}, "There is no passage '<script>"),
        ("/explain", {"query": "x", "system": "bm25", "ids": "d1"}, "A list of at most 50 ids"),
        ("/judge", {"query": "x", "passage": "d99", "grade": 1}, 'There is no passage "d99"'),
        ("/judge", {"query": "x", "passage": "d1", "grade": 5}, "A grade is 2, 1, 0 or nothing (found: 5)."),
        ("/judge", {"query": "x", "passage": "d1", "grade": "2"}, "A judgement has the id of a passage and a grade"),
        ("/judge", {"query": "x", "passage": 1, "grade": 2}, "A judgement has the id of a passage and a grade"),
        ("/judge", {"query": "", "passage": "d1", "grade": 2}, "The query is empty."),
        ("/search", b"{not json", "A request is a JSON object."),
        ("/search", b"[" * 30_000, "A request is a JSON object."),
        ("/search", b"\xff\xfe", "A request is a JSON object."),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_in_a_sentence(page, path, body, said, capfd) -> None:
    status, value = page[0].post(path, body)
    assert status == 400 and said in value["error"], value
    assert "Traceback" not in capfd.readouterr().err
    assert page[0].ok("/state")["queries"] == []


def test_a_query_of_a_megabyte_is_refused_and_the_page_lives_on(page) -> None:
    client, _, _ = page
    status, value = client.post("/search", {"query": "長" * 400_000, "system": "dense"})
    assert status == 413 and "at most 65,536 are read" in value["error"]
    assert client.ok("/search", query="質問", system="dense")["hits"]


def test_half_of_a_surrogate_pair_is_no_bug(page) -> None:
    status, value = page[0].post("/search", b'{"query": "\\ud800 \\u8cea", "system": "bm25"}')
    assert status == 200 and value["query"] == "? 質"


def test_a_query_without_a_known_term_finds_nothing(page) -> None:
    assert page[0].ok("/search", query="zzz", system="bm25")["hits"] == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.evil"]
)
def test_a_name_that_was_made_to_point_here_gets_nothing(page, host) -> None:
    client, _, server = page
    status, text, _ = client.get("/", Host=host)
    assert status == 403 and server.token not in text
    status, value = client.post("/state", {}, Host=host)
    assert status == 403 and "Host header" in value["error"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:7310", "LOCALHOST", "[::1]:7310", "192.168.1.5:80"])
def test_addresses_and_localhost_are_this_machine(page, host) -> None:
    assert page[0].get("/", Host=host)[0] == 200


@pytest.mark.parametrize("token", ["", "wrong", "é"])
def test_without_the_token_nothing_is_searched_or_saved(page, token) -> None:
    client, site, _ = page
    body = {"query": "x", "passage": "d1", "grade": 2, "system": "bm25", "ids": []}
    for path in ("/state", "/search", "/explain", "/judge"):
        status, value = client.post(path, body, X_Langret_Token=token.encode("latin-1").decode("latin-1"))
        assert status == 403 and "load it again" in value["error"]
    assert not site.book.folder.exists()


def test_only_the_page_is_got_and_it_runs_nothing_but_its_own(page) -> None:
    client, _site, _server = page
    for path in ("/state", "/../pyproject.toml", "/search.js", "/judge?query=x"):
        assert client.get(path)[0] == 404
    assert client.post("/elsewhere")[0] == 404 and client.request("PUT", "/", b"")[0] == 501
    status, text, headers = client.get("/?q=1")
    policy = headers["Content-Security-Policy"]
    assert status == 200 and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and headers["X-Content-Type-Options"] == "nosniff"
    nonce = policy.split("script-src 'nonce-")[1].split("'")[0]
    assert text.count(f'nonce="{nonce}"') == 2 and text.count("<script") == 1
    again = client.get("/")[2]["Content-Security-Policy"]
    assert nonce not in again
    assert "Access-Control-Allow-Origin" not in headers


def test_names_in_the_page_are_text(run, tmp_path) -> None:
    folder = tmp_path / f"{EVIL.replace('/', '')}.d"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"_id": EVIL, "text": EVIL, "title": EVIL}) + "\n")
    with serving(run, folder / "a.jsonl", tmp_path / EVIL.replace("/", ""), EVIL) as (client, _, _):
        page = client.get("/")[1]
        assert "<img" not in page and page.count("<script") == 1 and "&lt;script&gt;" in page
        hit = client.ok("/search", query="script", system="bm25")["hits"][0]
        assert hit["id"] == EVIL.strip() and EVIL in hit["text"]


def test_two_browsers_at_once(page) -> None:
    client, site, _ = page
    failed = []

    def judge(number: int) -> None:
        for i in range(12):
            try:
                client.ok("/search", query=f"質問 {number}", system=("bm25", "dense", "colbert")[i % 3])
                client.ok("/judge", query=f"質問 {number}", passage=f"d{i}", grade=i % 3)
            except AssertionError as error:
                failed.append(error)

    threads = [threading.Thread(target=judge, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    for number in range(2):
        marks = site.book.of_query(f"質問 {number}")
        assert {pid: mark.grade for pid, mark in marks.items()} == {f"d{i}": i % 3 for i in range(12)}


def test_files_that_somebody_spoiled_are_named_on_the_page(page) -> None:
    client, site, _ = page
    client.ok("/judge", query="質問", passage="d1", grade=2)
    path = site.book.qrels
    path.write_text(path.read_text().replace("\t2\t", "\t22\t"))
    for call, body in (("/judge", {"query": "質問", "passage": "d2", "grade": 1}), ("/state", {})):
        status, value = client.post(call, body)
        assert status == 400 and "test.tsv:2: A grade is 2, 1 or 0 (found: '22')" in value["error"]
    path.write_text(path.read_text().replace("\t22\t", "\t2\t"))
    assert client.ok("/judge", query="質問", passage="d2", grade=1)["queries"] == [
        {"text": "質問", "grades": [1, 2]}
    ]


def test_a_bug_is_one_answer_and_a_traceback_in_the_terminal(page, monkeypatch, capfd) -> None:
    client, site, _ = page
    monkeypatch.setattr(site.systems["dense"], "search", lambda query, k: 1 / 0)
    status, value = client.post("/search", {"query": "x", "system": "dense"})
    assert status == 500 and "bug in langret" in value["error"]
    assert "ZeroDivisionError" in capfd.readouterr().err
    assert client.ok("/search", query="文書", system="bm25")["hits"]


def test_a_browser_that_goes_away_leaves_the_server_alone(page) -> None:
    client, _, server = page
    for sent in (
        b"",
        b"POST /search HTTP/1.1\r\n",
        b"POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{",
    ):
        with socket.create_connection(("127.0.0.1", server.server_port)) as link:
            link.sendall(sent)
    assert client.ok("/state")["name"] == "own"
    status, value, _ = client.request(
        "POST", "/state", None, X_Langret_Token=client.token, Content_Length="x"
    )
    assert status == 411 and "how long" in value


def test_a_port_that_is_taken_hints_at_one_that_is_free() -> None:
    with make_server("127.0.0.1", 0) as first:
        with pytest.raises(
            StageError, match=rf"Port {first.server_port} is taken .* --port \d+ is free"
        ) as found:
            make_server("127.0.0.1", first.server_port)
        free = int(str(found.value).split("--port ")[1].split()[0])
        make_server("127.0.0.1", free).server_close()


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "not.a.name.invalid"])
def test_an_address_that_is_not_this_machines(host) -> None:
    with pytest.raises(StageError, match=r"cannot be used: .* Give others with --host and --port"):
        make_server(host, 0)


def test_where_to_open_it() -> None:
    with make_server("0.0.0.0", 0) as server:
        assert server.url == f"http://127.0.0.1:{server.server_port}/"
