from __future__ import annotations

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.readers.job import text_id
from langret.data.readers.tables import delimited_rows
from langret.errors import DataError, RecipeError


def lines(*rows: object) -> str:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


def texts(collection) -> list[str]:
    return collection.passages["text"].to_pylist()


def judged(collection) -> list[tuple[str, str, int]]:
    return [(j.query_id, j.passage_id, j.relevance) for j in collection.kept_judgements()]


def test_lists_of_positives_and_negatives(write, read):
    write("a.jsonl", lines({"query": "首都は", "positives": ["東京。", "江戸。"], "negatives": ["大阪。"]}))
    got = read("a.jsonl")
    q = text_id("q", "首都は")
    assert judged(got) == [
        (q, text_id("p", "東京。"), 1),
        (q, text_id("p", "江戸。"), 1),
        (q, text_id("p", "大阪。"), 0),
    ]
    assert texts(got) == ["東京。", "江戸。", "大阪。"]


def test_the_same_text_is_one_passage_in_every_format(write, read, tmp_path):
    rows = [
        {"question": "a?", "passage": "共通の文", "id": 1},
        {"question": "b?", "passage": "共通の文", "id": 2},
    ]
    write("a.jsonl", lines(*rows))
    write("b.json", json.dumps(rows))
    write("c.csv", "question,passage,id\na?,共通の文,1\nb?,共通の文,2\n")
    write("d.tsv", "question\tpassage\tid\na?\t共通の文\t1\nb?\t共通の文\t2\n")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "e.parquet")
    write("f.jsonl.gz", gzip.compress(lines(*rows).encode()))
    write("g.jsonl", b"\xef\xbb\xbf" + lines(*rows).encode().replace(b"\n", b"\r\n"))
    first = read("a.jsonl")
    assert first.queries["id"].to_pylist() == ["1", "2"]
    assert first.passages["id"].to_pylist() == [text_id("p", "共通の文")]
    for name in ("b.json", "c.csv", "d.tsv", "e.parquet", "f.jsonl.gz", "g.jsonl"):
        got = read(name)
        for table in ("passages", "queries", "judgements", "rejected"):
            assert getattr(got, table).to_pylist() == getattr(first, table).to_pylist(), name


@pytest.mark.parametrize(
    ("row", "positives", "negatives"),
    [
        ({"query": "q", "positive": "p", "negative": "n"}, ["p"], ["n"]), ({"anchor": "q", "positive": "p",
        "negative_1": "n", "negative_2": "m"}, ["p"], ["n", "m"]), ({"query": "q", "pos": ["p", "r"], "neg":
        ["n"]}, ["p", "r"], ["n"]), ({"query": "q", "context": "p", "answer": "short"}, ["p"], []),
        ({"question": "q", "answer": "p"}, ["p"], []), ({"query": "q", "positive_passages": [{"docid": "9",
        "text": "p", "title": "t"}], "negative_passages": []}, ["p"], []), ({"query": "q",
        "positive_passages": {"docid": ["9"], "text": ["p"]}}, ["p"], []), ({"query": "q", "document": "p",
        "label": 0}, [], ["p"]), ({"query": "q", "positives": None, "negatives": ["n"]}, [], ["n"]),
    ],
)  # fmt: skip
def test_column_names_are_found(write, read, row, positives, negatives):
    write("a.jsonl", lines(row))
    got = read("a.jsonl")
    by_id = dict(zip(got.passages["id"].to_pylist(), texts(got), strict=True))
    assert [by_id[p] for _, p, r in judged(got) if r > 0] == positives
    assert [by_id[p] for _, p, r in judged(got) if r <= 0] == negatives
    assert got.queries["text"].to_pylist() == ["q"]


def test_columns_override(write, read):
    write("a.jsonl", lines({"frage": "q", "gut": "p", "schlecht": ["n"], "query": "not this", "nr": 7}))
    columns = {"query": "frage", "positive": "gut", "negatives": "schlecht", "query_id": "nr"}
    got = read("a.jsonl", columns=columns)
    assert got.queries["text"].to_pylist() == ["q"]
    assert [r for _, _, r in judged(got)] == [1, 0]
    assert got.queries["id"].to_pylist() == ["7"]


def test_wrong_columns_name_the_nearest(write, read):
    write("a.jsonl", lines({"qestion": "q", "note": "p"}))
    with pytest.raises(
        DataError, match=r"a\.jsonl: No column holds the query\. Columns found: qestion, note\."
    ) as caught:
        read("a.jsonl")
    assert "'qestion' looks like it" in str(caught.value)
    with pytest.raises(DataError, match=r"no column 'qestio' .*Did you mean \"qestion\""):
        read("a.jsonl", columns={"query": "qestio"})
    with pytest.raises(RecipeError, match=r"no part 'qury'.*Did you mean \"query\""):
        read("a.jsonl", columns={"qury": "qestion"})
    write("b.jsonl", lines({"query": "q", "note": "p"}))
    with pytest.raises(DataError, match="No column holds the positive passage"):
        read("b.jsonl")


def test_a_title_stays_with_its_passage_where_no_queries_are_wanted(write, read):
    write("a.jsonl", lines({"id": "6", "title": "題名", "text": "本文です。"}))
    got = read("a.jsonl", queries=False)
    assert (got.passages["title"].to_pylist(), got.passages["text"].to_pylist()) == (["題名"], ["本文です。"])
    assert not got.queries.num_rows and not got.judgements.num_rows


def test_passages_alone_pair_their_title(write, read):
    """WikiExtractor repeats the title as the first line, where a pair would teach nothing but copying."""
    write("wiki_00", lines(
        {"id": "6", "url": "u", "title": "題名", "text": "題名\n\n本文です。"},
        {"id": "7", "url": "u", "title": "別", "text": "別の本文。"},
        {"id": "8", "url": "u", "title": "空", "text": "空\n"},
        {"id": "9", "url": "u", "title": "", "text": "題のない文。"},
    ))  # fmt: skip
    got = read(".")
    assert got.passages["id"].to_pylist() == ["6", "7", "8", "9"]
    assert texts(got) == ["本文です。", "別の本文。", "", "題のない文。"]
    assert got.queries["text"].to_pylist() == ["題名", "別"]
    assert [p for _, p, _ in judged(got)] == ["6", "7"]
    assert got.passages["title"].to_pylist()[:2] == ["", ""]


def test_unanswerable_squad_rows_give_no_positive(write, read):
    write("a.jsonl", lines(
        {"id": "1", "title": "t", "context": "c", "question": "q1", "answers": {"text": ["c"],
        "answer_start": [0]}}, {"id": "2", "title": "t", "context": "c", "question": "q2", "answers":
        {"text": [], "answer_start": []}}, {"id": "3", "title": "t", "context": "c", "question": "q3",
        "answers": {"text": ["c"]}, "is_impossible": True},
    ))  # fmt: skip
    got = read("a.jsonl")
    assert got.queries["reason"].to_pylist() == ["", "no_positive", "no_positive"]
    assert got.passages["title"].to_pylist() == ["t"]


def test_broken_rows_are_set_aside_with_their_line(write, read):
    good = [{"id": n, "query": f"q{n}", "positive": f"p{n}"} for n in range(20)]
    content = [json.dumps(r).encode() for r in good]
    content[4] = b'{"id": 4, "query": "q4", "posi'
    content[7] = "日本".encode("cp932")
    content[9] = b"[1, 2]"
    content[11] = b'{"id": null, "query": "q", "positive": "p"}'
    content[12] = b'{"id": 12, "query": "q", "positive": 5}'
    content[13] = b'{"id": 13, "query": 5, "positive": "p"}'
    content[14] = b'{"id": 14, "query": "", "positive": "p14"}'
    content[15] = b'{"id": 3, "query": "another text", "positive": "p15"}'
    path = write("a.jsonl", b"\n".join(content))
    got = read("a.jsonl")
    found = {(r["where"].removeprefix(f"{path}:"), r["reason"]) for r in got.rejected.to_pylist()}
    assert found == {
        ("5", "broken_json"),
        ("8", "invalid_utf8"),
        ("10", "not_an_object"),
        ("12", "missing_id"),
        ("13", "bad_passage"),
        ("14", "bad_query"),
        ("16: query '3'", "duplicate_id"),
        (f"16: judgement '3 {text_id('p', 'p15')}'", "duplicate_id"),
    }
    utf8 = next(r["found"] for r in got.rejected.to_pylist() if r["reason"] == "invalid_utf8")
    assert f"byte {sum(len(c) + 1 for c in content[:7])} " in utf8 and "cp932" in utf8
    assert got.funnel()["queries"] == {"in": 13, "kept": 12, "empty_query": 1}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", "", "empty"),
        ("a.csv", "", "empty"),
        ("a.csv", "query,positive\n", "empty"),
        ("a.jsonl", "{\n" * 50, r"a\.jsonl:1: .*50 of the first 50 rows are broken .*broken_json"),
        ("a.jsonl", "質問\n".encode("cp932") * 9, "iconv -f cp932"),
        ("a.jsonl", '{"query": "q"}'.encode("utf-16"), "UTF-16"),
        ("a.parquet", b"PAR0 nothing", "not readable Parquet"),
        ("a.jsonl.gz", gzip.compress(b'{"query": "q"}' * 999, mtime=0)[:50], "compressed file is damaged"),
        ("a.json", '{"some": {"nested": 1},\n "query": 2}', "rows are broken"),
        ("a.jsonl", lines({"id": "", "query": "q", "positive": "p"}), "missing_id"),
        ("a.xyz", "?", "Neither its name nor its content"),
    ],
)  # fmt: skip
def test_the_wrong_format_is_said_at_once(write, read, name, content, message):
    write(name, content)
    with pytest.raises(DataError, match=message):
        read(name)


def test_a_missing_file_names_its_sibling(write, read):
    write("data/train.jsonl", lines({"query": "q", "positive": "p"}))
    with pytest.raises(DataError, match=r"no 'trian\.jsonl' in .*Did you mean \"train\.jsonl\""):
        read("data/trian.jsonl")
    with pytest.raises(DataError, match=r"no 'dta' in .*Did you mean \"data\""):
        read("dta/train.jsonl")


def test_paths_are_resolved(write, read, tmp_path, monkeypatch):
    write("data/train.jsonl", lines({"query": "q", "positive": "p"}))
    monkeypatch.setenv("SOMEWHERE", str(tmp_path / "data"))
    assert read("${SOMEWHERE}/train.jsonl").queries.num_rows == 1
    with pytest.raises(RecipeError, match="environment variable NOWHERE_SET is not set"):
        read("${NOWHERE_SET}/train.jsonl")
    monkeypatch.delenv("LANGRET_DATA", raising=False)
    write("project/pyproject.toml", "")
    write("shared/data/x.jsonl", lines({"query": "q", "positive": "p"}))
    (tmp_path / "project" / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "project" / "deep")
    assert read("${LANGRET_DATA}/x.jsonl").queries.num_rows == 1


def test_folders_of_rows_keep_their_splits_apart(write, read):
    for split in ("train", "valid"):
        write(f"{split}.jsonl", lines({"query": f"{split}?", "positive": "p"}))
    assert read(".").queries["text"].to_pylist() == ["train?"]
    assert read(".", benchmark=True).queries["text"].to_pylist() == ["valid?"]
    assert read(".", split="validation").queries["text"].to_pylist() == ["valid?"]
    with pytest.raises(DataError, match="split 'test'; splits found in the names: train, dev"):
        read(".", split="test")


def test_limit_draws_queries(write, read):
    write("a.jsonl", lines(*({"query": f"q{n}", "positive": f"p{n}"} for n in range(30))))
    got = read("a.jsonl", limit=4)
    assert got.queries.num_rows == 4 and got.passages.num_rows == 30
    assert got.queries.to_pylist() == read("a.jsonl", limit=4).queries.to_pylist()


def test_a_passage_of_a_megabyte(write, read):
    long = "長い文。" * 90_000
    write("a.jsonl", lines({"query": "q", "positive": long}))
    write("b.csv", f'query,positive\nq,"{long}"\n')
    assert texts(read("a.jsonl")) == texts(read("b.csv")) == [long]


def test_csv_quotes(write, read):
    write("a.csv", 'query;positive\n"zwei\nZeilen";"ein ""Zitat""; und"\nx;y\n')
    got = read("a.csv")
    assert got.queries["text"].to_pylist() == ["zwei\nZeilen", "x"]
    assert texts(got) == ['ein "Zitat"; und', "y"]


def test_an_unclosed_quote_costs_one_line(write, read):
    path = write("a.csv", 'query,positive\na,1\nb,"2\nc,3\nd,4\ne\n')
    got = read("a.csv")
    assert got.queries["text"].to_pylist() == ["a", "c", "d"]
    assert [(r["where"], r["reason"]) for r in got.rejected.to_pylist()] == [
        (f"{path}:3", "unclosed_quote"),
        (f"{path}:6", "wrong_field_count"),
    ]


def test_quotes_are_letters_in_a_tab_separated_file(write, read):
    write("a.tsv", 'query\tpositive\n5" disk\t"open\nx\ty "z"\n')
    got = read("a.tsv")
    assert got.queries["text"].to_pylist() == ['5" disk', "x"]
    assert texts(got) == ['"open', 'y "z"']


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\r\x00", exclude_categories=("Cs",))),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_csv_comes_back(tmp_path_factory, rows):
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(["query", "positive"])
        writer.writerows(rows)
    # A byte order mark of the data itself cannot be told from the file's; the header stands before it here.
    assert [list(r.value.values()) for r in delimited_rows(path, ",")] == rows


def test_datasets_on_disk(read, tmp_path):
    import datasets

    rows = [{"query": "q", "positives": ["p"], "negatives": ["n", "m"]}]
    made = datasets.Dataset.from_list(rows)
    made.save_to_disk(tmp_path / "one")
    datasets.DatasetDict(
        {"train": made, "test": datasets.Dataset.from_list([{**rows[0], "query": "t"}])}
    ).save_to_disk(tmp_path / "two")
    assert [r for _, _, r in judged(read("one"))] == [1, 0, 0]
    assert read("two").queries["text"].to_pylist() == ["q"]
    assert read("two", benchmark=True).queries["text"].to_pylist() == ["t"]
    with pytest.raises(DataError, match=r"no split 'tset'.*Did you mean \"test\""):
        read("two", split="tset")
