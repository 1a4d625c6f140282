"""Benchmarks as people have them: what is wrong is said with its place, and what can be read is read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from langret.cli.main import app
from langret.data.records import Collection, Passage, Query
from langret.errors import DataError, LangretError
from langret.evaluation import load_benchmark, qrels_of, rank, score
from langret.language import get_language

HEADER = "query-id\tcorpus-id\tscore\n"
ROWS = [(f"q{i}", f"d{i}", 1) for i in range(5)]
ALL = {query: {passage: grade} for query, passage, grade in ROWS}


def tsv(rows: list[tuple[str, str, Any]] = ROWS) -> str:
    return "".join(f"{q}\t{p}\t{grade}\n" for q, p, grade in rows)


def lines(rows: list[dict[str, str]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


Make = Callable[..., Collection]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a BEIR folder of five questions over five passages, with the judgements given."""

    def make(qrels: str | bytes, name: str = "test.tsv", corpus: str = "", queries: str = "") -> Path:
        (tmp_path / "qrels").mkdir()
        passages = [{"_id": f"d{i}", "title": "", "text": f"Passage number {i} of five."} for i in range(5)]
        asked = [{"_id": f"q{i}", "text": f"Which passage has number {i}?"} for i in range(5)]
        (tmp_path / "corpus.jsonl").write_text(corpus or lines(passages), encoding="utf-8")
        (tmp_path / "queries.jsonl").write_text(queries or lines(asked), encoding="utf-8")
        raw = qrels.encode() if isinstance(qrels, str) else qrels
        (tmp_path / "qrels" / name).write_bytes(raw)
        return tmp_path

    return make


@pytest.fixture
def read(folder: Callable[..., Path]) -> Make:
    return lambda *args, **more: load_benchmark(folder(*args, **more), get_language("en"))


@pytest.mark.parametrize(
    ("qrels", "name"),
    [
        (HEADER + tsv(), "test.tsv"),
        ((HEADER + tsv()).replace("\n", "\r\n"), "test.tsv"),
        (b"\xef\xbb\xbf" + (HEADER + tsv()).encode(), "test.tsv"),
        (tsv(), "test.tsv"),
        (tsv().replace("\t", " "), "test.txt"),
        (HEADER.replace("\t", " ") + tsv().replace("\t", " "), "test.tsv"),
        ("".join(f"{q} 0 {p} {n}\n" for q, p, n in ROWS), "test.txt"),
        ("".join(f"{q}\tQ0\t{p}\t{n}\r\n" for q, p, n in ROWS), "test.tsv"),
        ("topic iter docno rel\n" + "".join(f"{q} 0 {p} {n}\n" for q, p, n in ROWS), "test.qrels"),
        ("topic\titer\tdocno\trel\n" + "".join(f"{q}\t0\t{p}\t{n}\n" for q, p, n in ROWS), "test.tsv"),
        (HEADER + tsv().replace("\t1\n", "\t1.0\n") + "\n\n", "test.tsv"),
    ],
)
def test_every_way_to_write_the_same_judgements(read: Make, qrels: str | bytes, name: str) -> None:
    benchmark = read(qrels, name)
    assert qrels_of(benchmark) == (ALL, 0)
    assert not benchmark.rejected.num_rows


@settings(max_examples=30)
@given(
    ends=st.sampled_from(["\n", "\r\n"]),
    between=st.sampled_from(["\t", " ", "  "]),
    columns=st.sampled_from([2, 3, 4]),
    header=st.booleans(),
    grades=st.lists(st.integers(1, 4), min_size=5, max_size=5),
)
def test_separators_headers_and_widths_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    ends: str,
    between: str,
    columns: int,
    header: bool,
    grades: list[int],
) -> None:
    from langret.data.readers.parts import qrel_table

    path = tmp_path_factory.mktemp("qrels") / "test.tsv"
    heads = {2: ["query-id", "corpus-id"], 3: ["query-id", "corpus-id", "score"]}
    rows = [heads.get(columns, ["query-id", "iter", "docno", "score"])] if header else []
    for i, grade in enumerate(grades):
        rows.append(
            [f"q{i}", *(["0"] if columns == 4 else []), f"d{i}", *([str(grade)] if columns > 2 else [])]
        )
    path.write_bytes((ends.join(between.join(row) for row in rows) + ends).encode())
    found = [tuple(row.value.values()) for row in qrel_table(path).rows()]  # type: ignore[union-attr]
    assert len(found) == 5
    assert [(row[0], row[2 if len(row) == 4 else 1]) for row in found] == [
        (f"q{i}", f"d{i}") for i in range(5)
    ]


@pytest.mark.parametrize(
    ("qrels", "said"),
    [
        (HEADER + tsv([("d0", "q0", 1)]), r"of 1 judgements none .* \(set aside: unknown_query 1\).*\"q0\""),
        (HEADER + tsv([("q0", "x", 1)]), r'unknown_passage 1.* passage "x"; queries are called such as "q0"'),
        (HEADER + tsv([("q0", "d0", 0), ("q1", "d0", -2)]), "of 2 judgements none"),
        (HEADER, "test.tsv: It is empty"),
        ("", "test.tsv: It is empty"),
        ((HEADER + tsv()).encode("utf-16"), "UTF-16"),
        ((HEADER + tsv()).replace("\n", "\r"), "carriage return"),
        (
            HEADER.encode() + "".join(f"q{i}é\td0\t1\n" for i in range(5)).encode("latin-1"),
            r"test.tsv:2: .*iconv",
        ),
        ("a b c d e\n" * 3, "5 fields, not 4"),
        (HEADER + tsv([(q, p, "yes") for q, p, _ in ROWS]), r"test.tsv:2: .*'yes' is not a whole number"),
    ],
)
def test_judgements_that_measure_nothing_are_refused(read: Make, qrels: str | bytes, said: str) -> None:
    with pytest.raises(DataError) as told:
        read(qrels)
    assert re.search(said, str(told.value)), str(told.value)


def test_an_empty_corpus_is_refused(read: Make) -> None:
    with pytest.raises(DataError, match=r"corpus.jsonl: It is empty"):
        read(HEADER + tsv(), corpus="\n")


def test_blank_passages_are_no_answers(read: Make) -> None:
    blank = lines([{"_id": f"d{i}", "text": " "} for i in range(5)])
    with pytest.raises(DataError, match="empty_passage 5"):
        read(HEADER + tsv(), corpus=blank)


def test_what_cannot_be_used_is_set_aside_with_its_place(read: Make) -> None:
    rows = [*ROWS, ("q0", "none", 1), ("none", "d0", 1), ("q0", "d0", 2), ("q1", "d1", 0)]
    twice = [
        {"_id": "d0", "text": "Another text."},
        *({"_id": f"d{i}", "text": f"text {i}"} for i in range(5)),
    ]
    broken = (HEADER + tsv(rows)).encode() + b"q\xe9\td0\t1\n"
    benchmark = read(broken, corpus=lines(twice))
    assert qrels_of(benchmark) == (ALL, 0)
    aside = benchmark.funnel()
    assert aside["judgements"] == {
        "in": 8,
        "kept": 5,
        "also_positive": 1,
        "unknown_passage": 1,
        "unknown_query": 1,
    }
    told = [(row["where"].rsplit("/", 1)[-1], row["reason"]) for row in benchmark.rejected.to_pylist()]
    assert sorted(told) == [
        ("corpus.jsonl:2: passage 'd0'", "duplicate_id"),
        ("test.tsv:11", "invalid_utf8"),
        ("test.tsv:9: judgement 'q0 d0'", "duplicate_judgement"),
    ]


def test_queries_without_a_relevant_passage_are_counted_where_anybody_judged_them(read: Make) -> None:
    # q0 is answered; q1 was judged, with nothing relevant; q2's answer is not there; nobody judged q3 and q4
    benchmark = read(HEADER + tsv([("q0", "d0", 1), ("q1", "d1", 0), ("q2", "gone", 1)]))
    assert qrels_of(benchmark) == ({"q0": {"d0": 1}}, 2)


def test_grades_are_gains_and_what_is_below_zero_is_not_relevant(read: Make) -> None:
    benchmark = read(HEADER + tsv([("q0", "d0", 3), ("q0", "d1", 1), ("q0", "d2", -1)]))
    run = {"q0": {"d2": 3.0, "d1": 2.0, "d0": 1.0}}
    value = score(run, benchmark, ["nDCG@10"])["nDCG@10"]["q0"]
    gain, ideal = 1 / math.log2(3) + 3 / math.log2(4), 3 + 1 / math.log2(3)
    assert value == pytest.approx(gain / ideal)


def test_evaluate_says_what_it_set_aside(
    folder: Callable[..., Path], fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langret.modeling.load_model", lambda name, **_: fake("dense"), raising=False)
    place = folder(HEADER + tsv([*ROWS, ("q0", "gone", 1)]) + "q1\td1\tyes\n")
    asked = ["evaluate", "no/model", "--language", "en", "--benchmark", str(place), "--metrics", "R@1"]
    done = CliRunner().invoke(app, [*asked, "--baseline", "none"])
    assert done.exit_code == 0, done.output
    assert "test.tsv:8: bad_relevance: 'yes' is not a whole number" in done.stderr
    assert "1 judgements set aside: unknown_passage." in done.stderr


@pytest.mark.parametrize("head", ["dense", "colbert"])
@pytest.mark.parametrize(("kind", "named"), [("query", "q1"), ("passage", "p1")])
def test_a_vector_that_is_not_finite_is_refused_with_its_text(
    fake: Any, monkeypatch: pytest.MonkeyPatch, head: str, kind: str, named: str
) -> None:
    model = fake(head)
    encode = model.encode

    def broken(texts: list[str], which: str, **more: Any) -> Any:
        vectors = encode(texts, which, **more)
        if which == kind:
            vectors[1][..., 0] = float("nan")
        return vectors

    monkeypatch.setattr(model, "encode", broken)
    queries = [Query(f"q{i}", f"question {i}") for i in range(3)]
    passages = [Passage(f"p{i}", f"passage {i}") for i in range(3)]
    with pytest.raises(LangretError, match=named):
        rank(model, queries, passages)


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_vectors_of_two_sizes_are_refused(fake: Any, monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    model, other = fake(head, 64), fake(head, 32)
    asked, found = model.encode, other.encode
    monkeypatch.setattr(
        model,
        "encode",
        lambda texts, kind, **more: (asked if kind == "query" else found)(texts, kind, **more),
    )
    with pytest.raises(LangretError, match=r"32.*64|64.*32"):
        rank(model, [Query("q", "question")], [Passage("p", "a passage")])
