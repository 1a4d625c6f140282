from __future__ import annotations

import json
from importlib.resources import files

import pytest

from langret.data.records import Passage, Query
from langret.evaluation import choice

RATES = {"exact": 1e-11, "build": 1e-11, "centroids": 1e-11, "full": 1e-11}


class Counting:
    """Gives every text so many tokens, and counts the texts that it was asked for."""

    def __init__(self, head="colbert", tokens=100):
        self.head, self.tokens, self.asked = head, tokens, 0

    def encode(self, texts, kind, **rest):
        self.asked += len(texts)
        return [range(32 if kind == "query" else self.tokens)] * len(texts)


def corpus(passages, queries):
    return [Query(str(i), "q") for i in range(queries)], [Passage("p", "text")] * passages


@pytest.fixture
def rates(monkeypatch):
    monkeypatch.setattr(choice, "rates", lambda: RATES)


def test_few_passages_and_dense_vectors_are_searched_exactly_without_a_look(rates):
    few, dense = Counting(), Counting("dense")
    queries, passages = corpus(choice.FULL, 10)
    assert choice.search_kind(few, queries, passages) == "exact"
    assert choice.search_kind(dense, *corpus(choice.FULL + 1, 10), "plaid") == "exact"
    assert choice.search_kind(few, queries, passages, "plaid") == "plaid"
    assert choice.search_kind(few, [], [Passage("p", "t")] * 10_000) == "exact"
    assert few.asked == dense.asked == 0


def test_an_index_is_worth_it_for_many_queries_over_a_large_corpus(rates):
    sample = Counting()
    assert choice.search_kind(sample, *corpus(20_000, 10)) == "exact", "nothing pays for the index"
    assert sample.asked == 10 + 64, "a sample tells how long texts are"
    assert choice.search_kind(Counting(), *corpus(20_000, 60_000)) == "plaid"
    assert choice.search_kind(Counting(), *corpus(20_000, 60_000), "exact") == "exact"


def test_the_choice_is_the_cheaper_of_both(rates):
    for passages in (9_000, 30_000, 100_000):
        for queries in (100, 10_000, 50_000):
            exact, plaid = choice.seconds(queries * 32, passages, passages * 100)
            cheaper = "plaid" if plaid < exact else "exact"
            assert choice.search_kind(Counting(), *corpus(passages, queries)) == cheaper


def test_queries_that_are_encoded_already_count_once(rates):
    class Encoded(Counting):
        """As mining does: its queries' vectors are ready, and are given whatever was asked."""

        def encode(self, texts, kind, **rest):
            return [range(32)] * 60_000 if kind == "query" else super().encode(texts, kind)

    for queries in (10, 2_000, 60_000):
        ready, plain = (choice.search_kind(one, *corpus(20_000, queries)) for one in (Encoded(), Counting()))
        assert ready == plain


def test_work_grows_as_the_searches_do():
    one, two = choice.work(3200, 50_000, 5e6), choice.work(6400, 50_000, 5e6)
    assert two.exact == 2 * one.exact and two.build == one.build
    larger = choice.work(3200, 100_000, 1e7)
    assert larger.exact == 2 * one.exact
    assert larger.full == one.full, "so many passages are scored in full, however many there are"


def test_every_rate_was_measured_and_the_machine_is_named():
    found = json.loads(files(choice.__name__).joinpath("rates.json").read_text(encoding="utf-8"))
    assert "cpu" in found["rates"]
    for device, rates in found["rates"].items():
        assert rates.keys() == RATES.keys()
        assert rates["exact"] > 0 and rates["build"] > 0 and rates["centroids"] + rates["full"] > 0
        assert found["measured"][device]["machine"]["processor"]
        assert len(found["measured"][device]["points"]) >= 5
    assert choice.rates()["exact"] in [rates["exact"] for rates in found["rates"].values()]
