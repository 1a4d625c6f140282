from __future__ import annotations

import json

import pytest

from langret.data.readers.job import text_id
from langret.errors import DataError, RecipeError

CORPUS = [
    {"_id": "d1", "title": "東京", "text": "日本の首都。", "metadata": {}},
    {"_id": "d2", "title": "", "text": "西の都市。"},
]
QUERIES = [{"_id": "1", "text": "首都は"}, {"_id": "2", "text": "誰も答えない"}]


def lines(rows) -> str:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


@pytest.fixture
def beir(write):
    write("corpus.jsonl", lines(CORPUS))
    write("queries.jsonl", lines(QUERIES))
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\td1\t2\n1\td2\t0\n9\td1\t1\n1\td9\t1\n")
    write("qrels/train.tsv", "query-id\tcorpus-id\tscore\n2\td2\t1\n")


def judged(collection) -> list[tuple[str, str, int]]:
    return [(j.query_id, j.passage_id, j.relevance) for j in collection.kept_judgements()]


def test_beir_folder(beir, read):
    got = read(".", benchmark=True)
    assert got.passages["title"].to_pylist() == ["東京", ""]
    assert judged(got) == [("1", "d1", 2), ("1", "d2", 0)]
    assert got.judgements["reason"].to_pylist() == ["", "", "unknown_query", "unknown_passage"]
    assert got.queries["reason"].to_pylist() == ["", "no_positive"]


def test_beir_splits(beir, read):
    assert judged(read(".")) == [("2", "d2", 1)], "training data is taken from train"
    assert judged(read(".", split="test"))[0] == ("1", "d1", 2)
    with pytest.raises(DataError, match=r"no split 'dev'.*Valid: test, train"):
        read(".", split="dev")


def test_bad_qrels_are_counted(beir, write, read):
    rows = "".join(f"1\td1\t{n}\n" for n in (1, "x", 1.5))
    path = write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\td2\t1\n2\td2\t1\n2\td1\t1\n" + rows)
    got = read(".", split="test")
    assert [(r["where"], r["reason"]) for r in got.rejected.to_pylist()] == [
        (f"{path}:6", "bad_relevance"),
        (f"{path}:7", "bad_relevance"),
    ]


def test_missing_parts_say_what_to_write(beir, read, tmp_path):
    (tmp_path / "corpus.jsonl").rename(tmp_path / "texts.jsonl")
    with pytest.raises(DataError, match=r"No file holds the passages.*texts.jsonl.*files: {passages: NAME}"):
        read(".")
    assert read(".", files={"passages": "texts.jsonl"}).passages.num_rows == 2
    with pytest.raises(DataError, match=r"no 'text\.jsonl'.*Did you mean \"texts\.jsonl\""):
        read(".", files={"passages": "text.jsonl"})
    with pytest.raises(RecipeError, match=r"`files` has no part 'passage'.*Did you mean \"passages\""):
        read(".", files={"passage": "texts.jsonl"})


def test_columns_of_parts(beir, write, read):
    write("corpus.jsonl", lines([{"key": "d1", "inhalt": "Text eins"}, {"key": "d2", "inhalt": "Text zwei"}]))
    got = read(".", columns={"passage_id": "key", "text": "inhalt"})
    assert got.passages["text"].to_pylist() == ["Text eins", "Text zwei"]
    with pytest.raises(DataError, match=r"no column 'inhalte'.*Did you mean \"inhalt\""):
        read(".", columns={"passage_id": "key", "text": "inhalt", "title": "inhalte"})


TOPICS = """<top>
<num> Number: 401
<title> foreign
minorities

<desc> Description: more
</top>
<top><num>402</num><title>Topic: genetics</title></top>
<top><num>403</num></top>
"""


def test_trec_folder(write, read):
    write("topics.trec", TOPICS)
    write("qrels.txt", "401 0 D-1 1\n401 0 D-2 -1\n402 Q0 D-2 2\nbroken\n")
    write("docs.tsv", "D-1\tOne text\nD-2\tOther text\twith a tab\n")
    got = read(".", format="trec")
    assert got.queries["text"].to_pylist() == ["foreign minorities", "genetics"]
    assert got.passages["text"].to_pylist() == ["One text", "Other text\twith a tab"]
    assert judged(got) == [("401", "D-1", 1), ("401", "D-2", -1), ("402", "D-2", 2)]
    assert sorted(got.rejected["reason"].to_pylist()) == ["bad_topic", "wrong_field_count"]


def test_trec_named_files_and_globs(write, read):
    write("topics/dev.tsv", "1\tfirst question\n2\tsecond question\n")
    write("qrels/dev.tsv", "1 0 a#0 1\n2 0 b#0 1\n")
    write("docs-0.jsonl", lines([{"docid": "a#0", "title": "A", "text": "text a"}]))
    write("docs-1.jsonl", lines([{"docid": "b#0", "title": "B", "text": "text b"}]))
    files = {"queries": "topics/dev.tsv", "qrels": "qrels/dev.tsv", "passages": "docs-*.jsonl"}
    got = read(".", format="trec", files=files)
    assert judged(got) == [("1", "a#0", 1), ("2", "b#0", 1)]
    with pytest.raises(DataError, match="No file matches 'doc-"):
        read(".", format="trec", files={**files, "passages": "doc-*.jsonl"})


def test_triples_of_ids(write, read):
    write("collection.tsv", '0\tpassage zero\n1\t"passage" one\n2\tpassage two\n')
    write("queries.train.tsv", "10\tquery ten\n11\tquery eleven\n12\tnever asked\n")
    write("triples.train.ids.tsv", "10\t0\t1\n10\t0\t2\n11\t2\t0\n11\t2\n11\t7\t0\n")
    got = read(".")
    assert judged(got) == [("10", "0", 1), ("10", "1", 0), ("10", "2", 0), ("11", "2", 1), ("11", "0", 0)]
    assert got.funnel()["judgements"]["unknown_passage"] == 1
    assert got.funnel()["queries"] == {"in": 3, "kept": 2, "no_positive": 1}
    assert got.rejected["reason"].to_pylist() == ["wrong_field_count"]
    assert got.passages["text"].to_pylist()[1] == '"passage" one'


def test_triples_of_json_with_scores(write, read):
    write("collection.tsv", "0\tzero\n1\tone\n2\ttwo\n")
    write("queries.tsv", "10\tten\n")
    write("triples.jsonl", "[10, [0, 9.5], [1, 3.2], [2, 0.1]]\n[10, 0, 2]\n")
    assert judged(read(".")) == [("10", "0", 1), ("10", "1", 0), ("10", "2", 0)]


def test_triples_of_texts(write, read):
    write("triples.tsv", "question\tgood text\tbad text\nother\tbad text\tgood text\n")
    got = read("triples.tsv")
    q, good, bad = text_id("q", "question"), text_id("p", "good text"), text_id("p", "bad text")
    assert judged(got)[:2] == [(q, good, 1), (q, bad, 0)]
    assert got.passages.num_rows == 2
    write("lone/triples.tsv", "1\t2\t3\n")
    write("lone/collection.tsv", "2\ttext\n")
    with pytest.raises(DataError, match="need a collection and queries"):
        read("lone", format="triples")


def test_mmarco_copy(write, read):
    write("data/google/collections/plainish_collection.tsv", "0\tzero\n1\tone\n")
    write("data/google/queries/train/plainish_queries.train.tsv", "10\tten\n")
    write("data/triples.train.ids.small.tsv", "10\t0\t1\n")
    assert judged(read(".")) == [("10", "0", 1), ("10", "1", 0)]
    with pytest.raises(DataError, match=r"no 'other_collection.tsv'.*plainish_collection.tsv"):
        read(".", config="other")
    with pytest.raises(DataError, match="triples for train, not for dev"):
        read(".", split="dev")
