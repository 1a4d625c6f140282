from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import store
from langret.data.records import Collection, Judgement, Passage, Query, Rejected
from langret.data.store import Seen, draw_queries, write_collection


def reasons(table) -> dict[str, str]:
    names = table.column_names
    key = "id" if "id" in names else "query_id"
    return dict(zip(table[key].to_pylist(), table["reason"].to_pylist(), strict=True))


def test_ids_are_checked_and_every_record_is_accounted_for(tmp_path):
    records = [
        Judgement("q1", "p1"),  # before its query and passage: order does not matter
        Passage("p1", "一つ目", "題"),
        Passage("p1", "一つ目", "題"),  # the same again: one record
        Passage("p1", "別の文"),
        Passage("", "名無し"),
        Passage("p2", "  \n"),
        Passage("p3", "\ud83d半分"),
        Query("q1", "問い"),
        Query("q2", "答えのない問い"),
        Query("q3", "空の段落を指す"),
        Query("q4", ""),
        Judgement("q1", "p1"),
        Judgement("q1", "p1", 2),
        Judgement("q1", "p1", 0),
        Judgement("q1", "nowhere", 1),
        Judgement("nobody", "p1", 1),
        Judgement("q3", "p2", 1),
        Judgement("q4", "p1", 1),
        Rejected("f:3", "broken_json", "{"),
    ]
    place = iter(range(1, 100))
    got = write_collection(records, tmp_path, here=lambda: f"f:{next(place)}")
    assert got.passages["id"].to_pylist() == ["p1", "p2"]
    assert reasons(got.passages) == {"p1": "", "p2": "empty"}
    assert reasons(got.queries) == {"q1": "", "q2": "no_positive", "q3": "no_positive", "q4": "empty_query"}
    judged = {
        (j["query_id"], j["passage_id"], j["relevance"]): j["reason"] for j in got.judgements.to_pylist()
    }
    assert judged == {
        ("q1", "p1", 1): "",
        ("q1", "p1", 0): "also_positive",
        ("q1", "nowhere", 1): "unknown_passage",
        ("nobody", "p1", 1): "unknown_query",
        ("q3", "p2", 1): "empty_passage",
        ("q4", "p1", 1): "empty_query",
    }
    rejected = Counter(got.rejected["reason"].to_pylist())
    expected = dict.fromkeys(
        ("duplicate_id", "missing_id", "invalid_unicode", "duplicate_judgement", "broken_json"), 1
    )
    assert rejected == expected
    clash = next(r for r in got.rejected.to_pylist() if r["reason"] == "duplicate_id")
    assert clash["where"] == "f:4: passage 'p1'" and clash["found"] == "別の文"
    assert got.positives() == {"q1": ["p1"]}
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "judgements.arrow", "passages.arrow", "queries.arrow", "rejected.arrow",
    ]  # fmt: skip
    assert Collection.load(tmp_path).funnel() == got.funnel()


def test_the_result_does_not_depend_on_batches(tmp_path, monkeypatch):
    records: list = []
    for n in range(300):
        records += [Passage(f"p{n % 70}", f"文 {n % 70 if n % 31 else n}"), Query(f"q{n}", f"問い {n}")]
        records.append(Judgement(f"q{n}", f"p{(n * 7) % 80}", n % 3))
    whole = write_collection(records, tmp_path / "whole")
    monkeypatch.setattr(store, "BATCH_ROWS", 7)
    small = write_collection(records, tmp_path / "small")
    for name in ("passages", "queries", "judgements"):
        assert getattr(whole, name).to_pylist() == getattr(small, name).to_pylist()
    assert sorted(map(str, whole.rejected.to_pylist())) == sorted(map(str, small.rejected.to_pylist()))


def test_memory_is_bounded_by_characters(tmp_path):
    passages = (Passage(str(n), "あ" * 1_000_000) for n in range(12))
    got = write_collection(passages, tmp_path)
    assert got.passages.num_rows == 12
    assert max(b.num_rows for b in got.passages.to_batches()) <= 4


def test_a_failing_reader_leaves_no_open_file(tmp_path):
    def records():
        yield Passage("p", "文")
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_collection(records(), tmp_path)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=12), max_size=12),
)
def test_seen_is_a_dict_whose_first_value_stays(batches):
    seen, plain = Seen(), {}
    for batch in batches:
        new, clash = seen.add(
            np.array([k for k, _ in batch], np.uint64), np.array([v for _, v in batch], np.uint64)
        )
        for i, (key, value) in enumerate(batch):
            assert new[i] == (key not in plain)
            assert clash[i] == (plain.setdefault(key, value) != value)
    keys = np.arange(40, dtype=np.uint64)
    known, values = seen.find(keys)
    assert {int(k): int(v) for k, v, there in zip(keys, values, known, strict=True) if there} == plain


def test_drawing_queries_is_stable_and_keeps_all_passages(tmp_path):
    records: list = [Passage(f"p{n}", f"文 {n}") for n in range(50)]
    for n in range(50):
        records += [Query(f"q{n}", f"問い {n}"), *([Judgement(f"q{n}", f"p{n}")] if n % 2 else [])]
    got = write_collection(records, tmp_path)
    ten, same, other = draw_queries(got, 10, 1), draw_queries(got, 10, 1), draw_queries(got, 10, 2)
    assert ten.passages.num_rows == 50
    assert len(list(ten.kept_queries())) == ten.queries.num_rows == ten.judgements.num_rows == 10
    assert ten.queries.to_pylist() == same.queries.to_pylist() != other.queries.to_pylist()
    assert set(draw_queries(got, 5, 1).queries["id"].to_pylist()) < set(ten.queries["id"].to_pylist())
    assert draw_queries(got, 25, 1).queries.num_rows == 50, "nothing to draw: all stays, with its reasons"
