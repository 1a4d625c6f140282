"""BM25 against the formula, the traps of bm25s, and JaQuAD."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.records import CANDIDATES, Passage, Query
from langret.errors import DataError, LanguageError, StageError
from langret.language import get_language
from langret.language.contract import Language
from langret.mining import BM25Index


class Words(Language):
    """Terms between spaces."""

    code = "xx"
    name = "Words"
    script = "Latn"
    release = "words-1"

    @property
    def version(self) -> str:
        return self.release

    def normalize(self, text: str) -> str:
        return text

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.split()


WORDS = Words()
texts = st.lists(st.sampled_from("abcdefgh"), max_size=8).map(" ".join)


def index_of(*passages: str) -> BM25Index:
    return BM25Index.build(WORDS, [Passage(f"p{i}", text) for i, text in enumerate(passages)])


def formula(query: str, passages: list[str], k1: float = 1.5, b: float = 0.75) -> np.ndarray:
    """Lucene's BM25, written down once more."""
    counts = [Counter(p.split()) for p in passages]
    mean = sum(c.total() for c in counts) / len(counts)
    out = np.zeros(len(passages))
    for term in query.split():
        df = sum(term in c for c in counts)
        for i, c in enumerate(counts):
            if term in c:
                idf = math.log(1 + (len(counts) - df + 0.5) / (df + 0.5))
                out[i] += idf * c[term] / (k1 * (1 - b + b * c.total() / mean) + c[term])
    return out


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=12), st.lists(texts, max_size=5), st.integers(1, 14))
def test_search_is_the_formula(passages: list[str], queries: list[str], k: int) -> None:
    index = index_of(*passages)
    asked = [Query(f"q{i}", text) for i, text in enumerate(queries)]
    table = index.search(asked, k)
    assert table.schema == CANDIDATES
    rows = table.to_pylist()
    for query in asked:
        expected = formula(query.text, passages)
        mine = [row for row in rows if row["query_id"] == query.id]
        assert len(mine) == min(k, int((expected > 0).sum()))
        assert [row["rank"] for row in mine] == list(range(1, len(mine) + 1))
        found = [int(row["passage_id"][1:]) for row in mine]
        scores = [row["score"] for row in mine]
        assert scores == pytest.approx(expected[found], rel=1e-5)
        assert scores == pytest.approx(np.sort(expected)[::-1][: len(mine)], rel=1e-5)
        assert list(zip(scores, found, strict=True)) == sorted(
            zip(scores, found, strict=True), key=lambda pair: (-pair[0], pair[1])
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=12), st.lists(texts, min_size=1, max_size=5))
def test_scores_of_pairs_are_those_of_a_search(passages: list[str], queries: list[str]) -> None:
    index = index_of(*passages)
    asked = [Query(f"q{i}", text) for i, text in enumerate(queries)]
    pairs = [(i, f"p{j}") for i in range(len(asked)) for j in range(len(passages))]
    found = {
        (row["query_id"], row["passage_id"]): row["score"] for row in index.search(asked, 100).to_pylist()
    }
    expected = [found.get((f"q{i}", pid), 0.0) for i, pid in pairs]
    assert index.score_pairs(asked, pairs).tolist() == expected


def test_many_pairs_are_scored_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of("a b c", "a a", "d")
    asked = [Query("q0", "a b d"), Query("q1", ""), Query("q2", "c a")]
    pairs = [(i, f"p{j}") for i in (2, 0, 1) for j in range(3)]
    whole = index.score_pairs(asked, pairs)
    monkeypatch.setattr(sys.modules[BM25Index.__module__], "_LOOKUPS_AT_ONCE", 2)
    assert index.score_pairs(asked, pairs).tolist() == whole.tolist()


def test_unknown_and_empty_queries_find_nothing_and_k_may_exceed_n() -> None:
    index = index_of("a b", "b c")
    table = index.search([Query("empty", ""), Query("unknown", "z y"), Query("fine", "c")], k=50)
    assert [(r["query_id"], r["passage_id"]) for r in table.to_pylist()] == [("fine", "p1")]
    assert index.search([], k=3).num_rows == 0


def test_ties_keep_the_order_of_passages_even_where_k_cuts_them() -> None:
    index = index_of("b", "a", "a", "a", "a")
    assert index.search([Query("q", "a")], k=2).column("passage_id").to_pylist() == ["p1", "p2"]


def test_corpus_of_one_passage_and_passages_without_terms() -> None:
    assert index_of("a").search([Query("q", "a")], k=5).num_rows == 1
    nothing = index_of("", " ")
    assert nothing.search([Query("q", "a")], k=5).num_rows == 0
    assert nothing.positive_scores([Query("q", "a")], {"q": ["p0"]}) == {"q": 0.0}


def test_a_passage_of_one_megabyte() -> None:
    index = index_of("a " * 500_000, "b")
    assert index.search([Query("q", "a")], k=5).column("passage_id").to_pylist() == ["p0"]


def test_the_title_is_searched() -> None:
    index = BM25Index.build(WORDS, [Passage("p0", "a"), Passage("p1", "a", title="t")])
    assert index.search([Query("q", "t")], k=5).column("passage_id").to_pylist() == ["p1"]


def test_batches_and_order_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of("a b", "b c a", "c c", "a")
    asked = [Query(f"q{i}", text) for i, text in enumerate(["a c", "", "b", "c a", "z", "b b c"])]
    whole = {(r["query_id"], r["rank"]): r for r in index.search(asked, 3).to_pylist()}
    monkeypatch.setattr(sys.modules[BM25Index.__module__], "_QUERIES_A_BATCH", 2)
    assert {(r["query_id"], r["rank"]): r for r in index.search(asked[::-1], 3).to_pylist()} == whole


def test_positive_scores_take_the_best_positive_found_or_not() -> None:
    index = index_of("a a a", "a b c d e", "z")
    asked = [Query("q", "a"), Query("none", "a"), Query("far", "a")]
    scores = index.positive_scores(asked, {"q": ["p1", "p0"], "far": ["p2"], "other": ["p0"]})
    best = index.search(asked[:1], 1).column("score")[0].as_py()
    assert scores == {"q": best, "far": 0.0}


def test_an_unknown_positive_is_named() -> None:
    index = BM25Index.build(WORDS, [Passage("passage-1", "a")])
    with pytest.raises(DataError, match=r'"passage-2" is not in the index. Did you mean "passage-1"'):
        index.positive_scores([Query("q", "a")], {"q": ["passage-2"]})


def test_bad_input_is_refused() -> None:
    with pytest.raises(DataError, match="no passages"):
        index_of()
    with pytest.raises(DataError, match='"p" is given 2 times'):
        BM25Index.build(WORDS, [Passage("p", "a"), Passage("p", "b"), Passage("r", "b")])
    with pytest.raises(StageError, match="k must be at least 1"):
        index_of("a").search([Query("q", "a")], k=0)


def test_saved_and_loaded_it_answers_the_same(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = BM25Index.build(WORDS, [Passage("ぺ", "a 'b' 日本"), Passage("q\n", "b 日本 日本")])
    index.save(tmp_path / "index")
    again = BM25Index.load(tmp_path / "index", WORDS)
    asked = [Query("q", "日本 b"), Query("r", "a")]
    assert again.search(asked, 5).equals(index.search(asked, 5))
    assert len(again) == 2
    assert not [p for p in (tmp_path / "index").iterdir() if p.suffix not in (".npy", ".json")]
    with pytest.raises(StageError, match="No BM25 index"):
        BM25Index.load(tmp_path, WORDS)
    monkeypatch.setattr(Words, "release", "words-2")
    with pytest.raises(LanguageError, match=r"words-1.*words-2"):
        BM25Index.load(tmp_path / "index", WORDS)


def test_the_index_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from langret.language import get_language; from langret.mining import BM25Index;"
        "from langret.data.records import Passage; ja = get_language('ja');"
        "passages = [Passage(str(i), text) for i, text in enumerate(ja.examples)];"
        "print(list(BM25Index.build(ja, passages)._vocabulary))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True)
    ja = get_language("ja")
    index = BM25Index.build(ja, [Passage(str(i), text) for i, text in enumerate(ja.examples)])
    assert done.stdout.decode().strip() == str(list(index._vocabulary))


def test_jaquad_is_mostly_solved_by_bm25(langret_data) -> None:
    data = json.loads((langret_data / "ja/jaquad/dev/jaquad_dev_0000.json").read_text(encoding="utf-8"))[
        "data"
    ]
    ja = get_language("ja")
    passages: dict[str, str] = {}
    queries, positives = [], {}
    for paragraph in (p for article in data for p in article["paragraphs"]):
        pid = passages.setdefault(paragraph["context"], f"p{len(passages)}")
        for qa in paragraph["qas"]:
            queries.append(Query(qa["id"], ja.normalize(qa["question"])))
            positives[qa["id"]] = [pid]
    index = BM25Index.build(ja, [Passage(pid, ja.normalize(text)) for text, pid in passages.items()])
    top = index.search(queries, 1)
    hits = sum(r["passage_id"] in positives[r["query_id"]] for r in top.to_pylist())
    assert hits / len(queries) > 0.8
    best = dict(zip(top.column("query_id").to_pylist(), top.column("score").to_pylist(), strict=True))
    scores = index.positive_scores(queries, positives)
    assert len(scores) == len(queries)
    assert all(score <= best[qid] for qid, score in scores.items())
