"""Whether a first model finds what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.data import clean, read_source
from langret.data.records import Collection, Judgement, Passage, Query, Record
from langret.errors import ModelError
from langret.language import get_language
from langret.recipe.schema import Cloze, Consistency, Filters, Source
from langret.synthesis import annotate_inconsistent, consistent, write_pairs
from tests.toys import OTHERS, OURS, tokenizer_of

BM25 = Consistency()


def collection(judgements: dict[str, dict[str, int]], passages: str) -> Collection:
    records: list[Record] = [Passage(p, f"text of {p}") for p in passages]
    records += [Query(q, f"query {q}") for q in judgements]
    records += [Judgement(q, p, grade) for q, graded in judgements.items() for p, grade in graded.items()]
    return Collection.from_records(records)


def rows(table) -> dict[tuple[str, str], int | None]:
    """Rank of each pair; where one of a query is found, all are kept."""
    queries = {row["query_id"] for row in table.to_pylist() if row["rank"] is not None}
    for row in table.to_pylist():
        assert row["kept"] == (row["query_id"] in queries)
        assert row["reason"] == ("" if row["kept"] else "inconsistent")
    return {(row["query_id"], row["passage_id"]): row["rank"] for row in table.to_pylist()}


def test_the_positive_must_be_among_the_first(mini):
    data = collection({"x": {"d": 1}, "y": {"c": 1}, "z": {"b": 1}, "old": {"a": 1}}, "abcd")
    asked = []

    def rank(queries, passages, k):
        asked.append(([q.id for q in queries], [p.id for p in passages], k))
        return {
            "x": dict.fromkeys("abcd", 1.0),
            "y": dict.fromkeys("acb", 1.0),
            "z": dict.fromkeys("ba", 1.0),
        }

    found = consistent(data, ["x", "y", "z", "unknown"], mini, BM25, seed=13, rank=rank)
    assert rows(found) == {("x", "d"): None, ("y", "c"): 2, ("z", "b"): 1}
    assert asked == [(["x", "y", "z"], list("abcd"), 3)]


def test_other_judged_passages_do_not_count(mini):
    data = collection({"x": {"e": 1, "d": 1, "a": 0, "b": 1}}, "abcde")

    def rank(queries, passages, k):
        assert k == 1 + 4
        return {"x": "abcde"[:k]}

    found = consistent(data, ["x"], mini, Consistency(top=1), seed=13, rank=rank)
    assert rows(found) == {("x", "b"): 1, ("x", "d"): None, ("x", "e"): None}


def test_passages_are_drawn_and_positives_always_there(mini):
    data = collection({"x": {"z": 1}, "y": {"y": 1}}, "abcdefghijklmnopqrstuvwxyz")
    seen = []

    def rank(queries, passages, k):
        seen.append({p.id for p in passages})
        return {}

    for seed in (13, 13, 14):
        consistent(data, ["x", "y"], mini, Consistency(among=5), seed=seed, rank=rank)
    assert seen[0] == seen[1] != seen[2]
    assert all({"z", "y"} <= drawn and 5 <= len(drawn) <= 7 for drawn in seen)


def test_nothing_written_asks_nobody(mini):
    def rank(queries, passages, k):
        raise AssertionError("asked")

    data = collection({"x": {"a": 1}}, "ab")
    assert consistent(data, [], mini, BM25, seed=13, rank=rank).num_rows == 0
    assert consistent(Collection.from_records([]), ["x"], mini, BM25, seed=13, rank=rank).num_rows == 0


GRADED = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([-1, 0, 1, 2]), max_size=4)


@given(st.lists(GRADED, max_size=4), st.permutations("abcdef"), st.integers(1, 4))
def test_every_written_positive_has_a_row_and_a_rank_of_its_own(graded, order, top):
    from tests.synthesis.conftest import Mini

    data = collection({f"q{n}": judged for n, judged in enumerate(graded)}, "abcdef")
    ids = [f"q{n}" for n in range(len(graded))]

    def rank(queries, passages, k):
        return {query.id: order[:k] for query in queries}

    found = rows(consistent(data, ids, Mini(), Consistency(top=top), seed=13, rank=rank))
    expected = {}
    for query, judged in zip(ids, graded, strict=True):
        for passage, grade in judged.items():
            if grade > 0:
                before = sum(p not in judged for p in order[: order.index(passage)])
                expected[query, passage] = before + 1 if before < top else None
    assert found == expected


def test_what_is_inconsistent_is_set_aside(mini):
    data = collection(
        {
            "x": {"a": 1, "b": 1, "c": 0},  # written; a is found, so b stays
            "y": {"b": 1, "d": 0, "e": 1},  # written; neither is found, and d was written against it
            "old": {"c": 1, "e": 0, "f": 1, "g": 1},  # f and g were written for it; f is not found
        },
        "abcdefg",
    )
    written = ["x", "y", "d", "e", "f", "g"]
    ranked = {"x": "a", "y": "cagbe", "old": "gabf"}
    found = consistent(data, written, mini, Consistency(top=1), seed=13, rank=lambda *_: ranked)
    after = annotate_inconsistent(data, found, written)
    assert set_aside(after.passages) == {(p,): "inconsistent" for p in "def"}, "a, b and c are the user's own"
    assert set_aside(after.queries) == {("y",): "inconsistent"}
    assert set_aside(after.judgements, "query_id", "passage_id") == {
        ("y", "b"): "inconsistent",
        ("y", "e"): "inconsistent",
        ("y", "d"): "query_set_aside",
        ("old", "e"): "passage_set_aside",
        ("old", "f"): "inconsistent",
    }
    for name in ("passages", "queries", "judgements"):
        assert getattr(after, name).schema == getattr(data, name).schema
    assert annotate_inconsistent(after, found, written).funnel() == after.funnel()


def set_aside(table, *names: str) -> dict[tuple[str, ...], str]:
    for row in table.to_pylist():
        assert row["kept"] == (row["reason"] == "")
    return {
        tuple(row[n] for n in names or ("id",)): row["reason"] for row in table.to_pylist() if not row["kept"]
    }


def test_written_passages_of_old_queries_are_looked_at(mini):
    data = collection({"old": {"a": 1, "b": 1}}, "abc")
    found = consistent(data, ["b"], mini, BM25, seed=13, rank=lambda *_: {"old": "ab"})
    assert rows(found) == {("old", "b"): 1}


def test_bm25_sets_boilerplate_aside():
    english = get_language("und")
    facts = ["the weir is of oak", "the ferry is of iron", "the mill is of stone", "the barn is of clay"]
    passages = [Passage(str(n), f"click save to go on. {fact}.") for n, fact in enumerate(facts)]
    queries = [Query("good", "mill of stone"), Query("bad", "click save to go on")]
    data = Collection.from_records([*passages, *queries, Judgement("good", "2"), Judgement("bad", "3")])
    assert rows(consistent(data, ["good", "bad"], english, BM25, seed=13)) == {
        ("good", "2"): 1,
        ("bad", "3"): None,
    }


def test_a_model_may_be_the_first_one(tmp_path: Path):
    import torch
    from transformers import BertConfig, BertModel

    tokenizer = tokenizer_of("wordpiece")
    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(shape).save_pretrained(tmp_path / "bert")
    tokenizer.save_pretrained(tmp_path / "bert")
    texts = OURS + OTHERS
    records: list[Record] = [Passage(str(n), text) for n, text in enumerate(texts)]
    records += [
        Query("same", texts[0]),
        Query("other", texts[0]),
        Judgement("same", "0"),
        Judgement("other", "6"),
    ]
    data = Collection.from_records(records)
    by = Consistency(by=str(tmp_path / "bert"), top=1)
    assert rows(consistent(data, ["same", "other"], get_language("de"), by, seed=13)) == {
        ("same", "0"): 1,
        ("other", "6"): None,
    }
    with pytest.raises(ModelError):
        consistent(data, ["same"], get_language("de"), Consistency(by=str(tmp_path / "none")), seed=13)


def test_real_documents(langret_data: Path):
    """Sentences of real documentation: most find their passage, and those that stand in many do not."""
    language = get_language("ja")
    folder = str(langret_data / "ja" / "d365_docs" / "finance" / "accounts-payable")
    read = read_source(Source(path=folder, queries=False), base=Path(), language=language, seed=13)
    documents = clean(read, language, Filters())
    written = list(write_pairs(Cloze(kind="cloze"), documents, language, seed=13))
    data = Collection.from_records([*documents.kept_passages(), *written])
    ids = [record.id for record in written if isinstance(record, Query | Passage)]
    found = consistent(data, ids, language, BM25, seed=13)
    assert found.num_rows == data.judgements.num_rows
    share = sum(found["kept"].to_pylist()) / found.num_rows
    assert 0.7 < share < 0.99
    assert annotate_inconsistent(data, found, ids).funnel()["judgements"][
        "inconsistent"
    ] == found.num_rows - sum(found["kept"].to_pylist())
