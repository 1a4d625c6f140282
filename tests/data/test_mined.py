"""Mined sets: written, read by anything that reads BEIR, and matched by text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import read_source
from langret.data.merge import merge_collections, with_verdicts
from langret.data.mined import match_mined, mined_source, write_mined
from langret.data.records import CANDIDATES, Collection, Judgement, Passage, Query, Texts
from langret.errors import DataError, RecipeError
from langret.language import Language
from langret.language.contract import CatalogueEntry
from langret.recipe.schema import Source


class Plain(Language):
    code = "xx"
    name = "Plainish"
    script = "Latn"
    version = "xx-1"
    catalogue = (
        CatalogueEntry("open-hn", "negatives", "owner/open-hn", "beir", "CC0"),
        CatalogueEntry(
            "closed-hn", "negatives", "", "beir", "CC0", note="Mined from what may not be shared."
        ),
        CatalogueEntry("pairs", "train", "owner/pairs", "datasets", "CC0"),
    )

    def normalize(self, text: str) -> str:
        return " ".join(text.split())

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


class Folding(Plain):
    """The same language, a version later: case no longer counts."""

    version = "xx-2"

    def normalize(self, text: str) -> str:
        return super().normalize(text).lower()


LANGUAGE = Plain()


def collection(answers: dict[str, dict[str, int]], texts: dict[str, str] | None = None) -> Collection:
    """Queries and passages whose texts are their ids unless told otherwise; relevance by query and passage."""
    passages = dict.fromkeys(pid for judged in answers.values() for pid in judged)
    say = {**{i: f"text of {i}" for i in (*answers, *passages)}, **(texts or {})}
    return Collection.from_records(
        [
            *(Passage(pid, say[pid]) for pid in passages),
            *(Query(qid, say[qid]) for qid in answers),
            *(Judgement(qid, pid, r) for qid, judged in answers.items() for pid, r in judged.items()),
        ]
    )


def candidates(*rows: tuple[str, str, str, str]) -> pa.Table:
    """Rows of query, passage, source and reason; an empty reason or ``filled`` is kept."""
    return pa.Table.from_pylist(
        [
            dict(zip(CANDIDATES.names, (q, p, 1, None, source, why in ("", "filled"), why), strict=True))
            for q, p, source, why in rows
        ],
        schema=CANDIDATES,
    )


def matched(mined: Collection, data: Collection, per_query: int = 4, language: Language = LANGUAGE) -> tuple:
    table, more, summary = match_mined(mined, data, language, per_query)
    assert table.schema == CANDIDATES
    assert summary["in"] == summary["kept"] + sum(summary["reasons"].values())
    assert table.num_rows == summary["in"] - summary["reasons"].get("unknown_query", 0)
    found = {(r["query_id"], r["passage_id"]): r["reason"] or "kept" for r in table.to_pylist()}
    return found, [tuple(r.values()) for r in more.to_pylist()], summary


def ids(table: pa.Table, *columns: str) -> list[tuple]:
    return [tuple(row[c] for c in columns) for row in table.to_pylist()]


DATA = collection({"q1": {"a": 1, "b": 0}, "q2": {"b": 1, "c": 1}, "none": {"a": 0}})
CHOSEN = candidates(
    ("q1", "c", "bm25", ""), ("q1", "d", "dense", "filled"), ("q1", "b", "given", "above_positive"),
    ("q1", "a", "bm25", "positive"), ("q1", "e", "bm25", "not_drawn"), ("q2", "a", "dense", ""),
)  # fmt: skip


def test_a_set_is_four_parquet_files(tmp_path: Path) -> None:
    counts = write_mined(tmp_path / "set", DATA, CHOSEN, None, None)
    assert counts == {"passages": 3, "queries": 2, "positives": 3, "relabelled": 0, "negatives": 3}
    files = sorted(p.relative_to(tmp_path / "set").as_posix() for p in tmp_path.rglob("*.*"))
    assert files == ["candidates.parquet", "corpus.parquet", "qrels/train.parquet", "queries.parquet"]
    corpus = pq.read_table(tmp_path / "set" / "corpus.parquet")
    assert corpus.schema.names == ["_id", "title", "text"]
    assert ids(corpus, "_id", "text") == [(i, f"text of {i}") for i in "abc"]
    queries = pq.read_table(tmp_path / "set" / "queries.parquet")
    assert ids(queries, "_id") == [("q1",), ("q2",)], "a query without a positive is not trained on"
    qrels = pq.read_table(tmp_path / "set" / "qrels" / "train.parquet")
    assert ids(qrels, "query-id", "corpus-id", "score", "origin") == [
        ("q1", "a", 1, "given"), ("q2", "b", 1, "given"), ("q2", "c", 1, "given"),
        ("q1", "c", 0, "bm25"), ("q1", "d", 0, "dense"), ("q2", "a", 0, "dense"),
    ]  # fmt: skip
    seen = pq.read_table(tmp_path / "set" / "candidates.parquet")
    assert seen.schema == CANDIDATES
    assert Counter(seen["reason"].to_pylist()) == {"": 2, "filled": 1, "above_positive": 1}


def test_what_judges_decided_is_in_the_set(tmp_path: Path) -> None:
    relabelled = pa.table({"query_id": ["q1", "q2"], "passage_id": ["b", "a"]})
    aside = pa.table({"id": ["q2"], "reason": ["too_broad"]})
    counts = write_mined(tmp_path, DATA, CHOSEN, relabelled, aside)
    assert counts == {"passages": 3, "queries": 1, "positives": 1, "relabelled": 1, "negatives": 2}
    qrels = pq.read_table(tmp_path / "qrels" / "train.parquet")
    assert ("q1", "b", 1, "relabelled") in ids(qrels, "query-id", "corpus-id", "score", "origin")
    assert set(qrels["query-id"].to_pylist()) == {"q1"}


def test_the_same_set_has_the_same_bytes_and_replaces_an_earlier_one(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_mined(tmp_path / folder, DATA, CHOSEN, None, None)
    write_mined(tmp_path / "two", DATA, CHOSEN.slice(0, 1), None, None)
    write_mined(tmp_path / "two", DATA, CHOSEN, None, None)
    for path in (tmp_path / "one").rglob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_passages_set_aside_and_queries_held_out_are_not_in_it(tmp_path: Path) -> None:
    flags = pa.array([True, False, True])
    data = DATA.replace(
        passages=DATA.passages.set_column(3, "kept", flags),
        queries=DATA.queries.set_column(2, "kept", pa.array([False, True, True])),
    )
    counts = write_mined(tmp_path, data, CHOSEN, None, None)
    assert (counts["passages"], counts["queries"]) == (2, 1)


@pytest.mark.parametrize("form", ["beir", "auto"])
def test_a_set_reads_as_beir(tmp_path: Path, form: Any) -> None:
    write_mined(tmp_path / "set", DATA, CHOSEN.filter(pa.array([True, False, *[True] * 4])), None, None)
    read = read_source(Source(path="set", format=form), base=tmp_path, language=LANGUAGE, seed=1)
    assert read.passages["id"].to_pylist() == list("abc")
    assert read.positives() == {"q1": ["a"], "q2": ["b", "c"]}
    assert sorted(tuple(j) for j in read.kept_judgements() if j.relevance <= 0) == [
        ("q1", "c", 0),
        ("q2", "a", 0),
    ]
    assert read.rejected.num_rows == 0


def test_other_programs_read_a_set_by_its_card(tmp_path: Path) -> None:
    """`datasets` needs nothing but the card's front matter; so does the hub's viewer."""
    datasets = pytest.importorskip("datasets")
    from langret.language import get_language
    from langret.recipe.schema import Recipe
    from langret.report.set_card import set_card

    counts = write_mined(tmp_path / "set", DATA, CHOSEN, None, None)
    recipe = Recipe.model_validate({"name": "r", "language": "ja", "data": {"train": [{"path": "x"}]}})
    facts = {"counts": counts, "stages": {}, "langret": "1", "language": "ja-1"}
    card = set_card(recipe, get_language("ja"), facts, "name: r\n")
    (tmp_path / "set" / "README.md").write_text(card, encoding="utf-8")
    for config, split, rows in (
        ("default", "train", 6), ("corpus", "corpus", 3), ("queries", "queries", 2), ("candidates", "train", 4)
    ):  # fmt: skip
        loaded = datasets.load_dataset(str(tmp_path / "set"), config, cache_dir=str(tmp_path / "cache"))
        assert {name: len(part) for name, part in loaded.items()} == {split: rows}


def test_rows_are_matched_by_text_not_by_id() -> None:
    mined = collection(
        {"x1": {"x-a": 1, "x-b": 0, "x-c": 0, "x-gone": 0}, "x9": {"x-a": 0, "x-b": 1}},
        {"x1": "text  of q1", "x-a": "text of a", "x-b": "text of b\n", "x-c": " text of c", "x9": "nowhere"},
    )
    found, more, summary = matched(mined, DATA)
    assert found == {("q1", "b"): "kept", ("q1", "c"): "kept", ("q1", "x-gone"): "unknown_passage"}
    assert more == []
    assert summary == {
        "in": 4,
        "kept": 2,
        "reasons": {"unknown_passage": 1, "unknown_query": 1},
        "queries": 2,
        "short": 2,
        "missing": 4 - 2 + 4,
        "relabelled": 0,
    }


def test_a_title_counts_as_it_is_read() -> None:
    titled = Collection.from_records(
        [Passage("p", "body", "Head"), Passage("n", "body"), Query("q", "ask"), Judgement("q", "p")]
    )
    passages = [Passage("x", "  body", " Head "), Passage("y", " body", "  ")]
    judged = [Judgement("q", "x", 1), Judgement("q", "y", 0)]
    mined = Collection.from_records([*passages, Query("q", "ask"), *judged])
    assert matched(mined, titled)[0] == {("q", "n"): "kept"}


def test_the_order_of_the_set_decides_which_are_taken() -> None:
    mined = collection({"q1": {"a": 1, "c": 0, "b": 0}, "q2": {"b": 1, "a": 0}})
    found, _, summary = matched(mined, DATA, per_query=1)
    assert found == {("q1", "c"): "kept", ("q1", "b"): "not_drawn", ("q2", "a"): "kept"}
    assert (summary["short"], summary["missing"]) == (0, 0)
    assert matched(mined, DATA, per_query=0)[2]["kept"] == 0


def test_known_answers_are_no_negatives_and_the_sets_own_become_positives() -> None:
    mined = collection({"q1": {"a": 0, "b": 1, "c": 0}, "q2": {"b": 1, "c": 0, "unknown": 1}})
    found, more, summary = matched(mined, DATA)
    assert found == {("q1", "a"): "positive", ("q1", "c"): "kept", ("q2", "c"): "positive"}
    assert more == [("q1", "b")] and summary["relabelled"] == 1
    table = pa.table({"query_id": ["q1"], "passage_id": ["b"]})
    assert with_verdicts(DATA, table).positives() == {"q1": ["a", "b"], "q2": ["b", "c"]}


def test_queries_of_one_text_share_what_the_set_says_of_it() -> None:
    """Two questions with the same words are two rows; each gets the negatives, and each once."""
    same = {"q1": "the same", "q3": "the same", "m1": "the same", "m2": "the same"}
    data = collection({"q1": {"a": 1, "b": 0, "c": 0}, "q3": {"a": 1, "d": 0}}, same)
    mined = collection({"m1": {"a": 1, "b": 0, "c": 0}, "m2": {"d": 1, "b": 0}}, same)
    found, more, summary = matched(mined, data)
    assert found == {
        ("q1", "b"): "duplicate", ("q1", "c"): "kept", ("q3", "b"): "duplicate", ("q3", "c"): "kept"
    }  # fmt: skip
    assert summary["kept"] == 4 and summary["reasons"] == {"duplicate": 2}
    assert sorted(more) == [("q1", "d"), ("q3", "d")]
    contrary = collection({"m1": {"a": 1, "b": 0}, "m2": {"b": 1}}, same)
    found, more, _ = matched(contrary, data)
    assert set(found.values()) == {"positive"}, (
        "relevant to one writing of the question is relevant to the other"
    )
    assert sorted(more) == [("q1", "b"), ("q3", "b")]


def test_a_set_of_another_version_of_the_language_passes_the_normaliser_of_this_one() -> None:
    mined = collection({"q1": {"a": 1, "c": 0}}, {"q1": "Text of Q1", "a": "TEXT of a", "c": "text OF c"})
    here = collection({"q1": {"a": 1, "c": 0}}, {"q1": "text of q1"})
    assert matched(mined, here, language=Folding())[0] == {("q1", "c"): "kept"}
    with pytest.raises(DataError, match="No query of the set is a training query here"):
        matched(mined, here)


def test_a_set_of_other_data_is_refused_and_no_training_query_is_no_error() -> None:
    other = collection({"z1": {"z2": 1, "z3": 0}})
    with pytest.raises(DataError, match="No query of the set"):
        matched(other, DATA)
    assert matched(other, collection({"q": {"a": 0}}))[2]["queries"] == 0


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["q0", "q1", "q2", "q3"]),
        st.dictionaries(st.sampled_from("abcdef"), st.integers(-1, 1), min_size=1),
        min_size=1,
    ),
    st.integers(1, 4),
    st.booleans(),
)
def test_a_set_fits_its_own_data_under_any_ids(
    answers: dict[str, dict[str, int]], per_query: int, two: bool
) -> None:
    """What a set was written from is found again, whatever stands before the ids."""
    data = collection(answers)
    mined = data
    if two:
        data = merge_collections([collection({"other": {"x": 1}}), data])
    front = "1:" if two else ""
    trained = {q for q, judged in answers.items() if 1 in judged.values()}
    if not trained:
        return
    found, more, summary = matched(mined, data, per_query)
    assert more == []
    negatives = {q: [p for p, r in judged.items() if r <= 0] for q, judged in answers.items() if q in trained}
    assert {pair for pair, why in found.items() if why == "kept"} == {
        (front + q, front + p) for q, names in negatives.items() for p in names[:per_query]
    }
    assert set(found) == {(front + q, front + p) for q, names in negatives.items() for p in names}
    lost = sum(len(judged) for q, judged in answers.items() if q not in trained)
    assert summary["reasons"].get("unknown_query", 0) == lost


def test_where_a_set_lies(tmp_path: Path) -> None:
    write_mined(tmp_path / "set", DATA, CHOSEN, None, None)
    assert mined_source("set", LANGUAGE, tmp_path) == Source(path=str(tmp_path / "set"), format="beir")
    commit = "c" * 40
    for name in ("open-hn", "xx/open-hn"):
        assert mined_source(name, LANGUAGE, tmp_path) == Source(hub="owner/open-hn", format="beir")
        assert mined_source(f"{name}@{commit}", LANGUAGE, tmp_path).revision == commit
    assert mined_source("owner/set", LANGUAGE, tmp_path) == Source(hub="owner/set")
    assert mined_source(f"owner/set@{commit}", LANGUAGE, tmp_path) == Source(hub="owner/set", revision=commit)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("opne-hn", 'Did you mean "open-hn"'),
        ("closed-hn", r"is not published\. Mined from what may not be shared\..*langret mine RECIPE"),
        ("xx/nothing", "the catalogue of Plainish has none"),
        ("pairs", "has none of that name"),
        ("./missing", "there is nothing"),
        ("file.txt", "there is a file"),
        ("folder", "there is a folder without qrels"),
    ],
)
def test_a_set_that_is_none_is_told_from_what_is_there(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RecipeError, match=message) as caught:
        mined_source(name, LANGUAGE, tmp_path)
    assert caught.value.where == "negatives.set" and caught.value.hint


def test_queries_set_aside_by_judges_keep_their_reason() -> None:
    aside = pa.table({"id": ["q2"], "reason": ["too_broad"]})
    none = pa.table({"query_id": pa.array([], pa.string()), "passage_id": pa.array([], pa.string())})
    judged = with_verdicts(DATA, none, aside)
    assert ids(judged.queries, "id", "kept", "reason")[1] == ("q2", False, "too_broad")
    assert judged.passages is DATA.passages and judged.judgements.num_rows == DATA.judgements.num_rows
    assert [q.id for q in judged.kept_queries()] == ["q1", "none"]


def test_texts_are_read_when_asked_for() -> None:
    texts = Texts(Collection.from_records([Passage("a", "body", "Head"), Passage("b", "bare")]).passages)
    assert (texts["a"], texts["b"]) == ("Head body", "bare")
    assert len(texts) == 2 and list(texts) == ["a", "b"] and texts.get("c", "") == ""
    with pytest.raises(KeyError):
        texts["c"]
