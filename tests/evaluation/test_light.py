"""Light sets: what is kept of a benchmark, and whether systems keep their order on it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from langret.cli.main import app
from langret.data import read_source
from langret.data.records import Collection, Judgement, Passage, Query
from langret.errors import DataError
from langret.evaluation import agreement, load_benchmark, make_light, pooled
from langret.evaluation.light import Order, sample_queries
from langret.language import get_language
from langret.recipe.schema import BenchmarkSource
from langret.report.light_card import write_light

ENGLISH = get_language("en")
TOWNS = ("Ashford", "Bromley", "Crawley", "Dorking", "Epsom", "Farnham", "Guildford", "Horsham")


def collection(passages: int = 60, queries: int = 8) -> Collection:
    """Each town has a passage that answers, one that was judged not to, and others about nothing."""
    found: list = [Passage(f"p{n}", f"Sheep number {n} grazes on the hill.") for n in range(passages)]
    for n, town in enumerate(TOWNS[:queries]):
        found += [
            Passage(f"good-{n}", f"{town} lies on the river.", town),
            Passage(f"bad-{n}", f"{town} cheese.", ""),
        ]
        found += [
            Query(f"q{n}", f"where is {town}"),
            Judgement(f"q{n}", f"good-{n}", 2),
            Judgement(f"q{n}", f"bad-{n}", 0),
        ]
    return Collection.from_records([*found, Query("nobody", "an unanswerable question")])


def parts(found: Collection) -> tuple[set[str], set[str], int]:
    return (
        {p.id for p in found.kept_passages()},
        {q.id for q in found.kept_queries()},
        found.judgements.num_rows,
    )


def test_the_pool_is_what_is_judged_what_ranks_high_and_some_by_lot():
    full = collection()
    sample = sample_queries(full, 2, seed=1)
    asked = sorted(q.id for q in sample.kept_queries())
    assert len(asked) == 2 and "nobody" not in asked
    assert sample.passages.equals(full.passages)
    first, second = asked
    runs = {
        "a": {first: {"p1": 3.0, "p2": 2.0, "p3": 1.0}, second: {"p9": 1.0}},
        "b": {first: {"p7": 1.0}, "q-elsewhere": {"p30": 1.0}},
    }
    light = pooled(sample, runs, depth=2, others=0, seed=1)
    judged = {f"{kind}-{q[1:]}" for q in asked for kind in ("good", "bad")}
    assert parts(light) == ({*judged, "p1", "p2", "p9", "p7"}, set(asked), 4)
    more = pooled(sample, runs, depth=2, others=5, seed=1)
    assert parts(light)[0] < parts(more)[0]
    assert len(parts(more)[0]) == len(parts(light)[0]) + 5
    everything = pooled(sample, runs, depth=2, others=1000, seed=1)
    assert parts(everything)[0] == {p.id for p in full.kept_passages()}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8), st.integers(0, 20), st.integers(0, 5), st.randoms())
def test_draws_depend_on_ids_and_seed_alone(queries, others, seed, random):
    full = collection(30)
    records = [*full.kept_passages(), *full.kept_queries(), *full.kept_judgements()]
    random.shuffle(records)
    mixed = Collection.from_records(records)
    one, two = (
        pooled(sample_queries(c, queries, seed), {}, depth=1, others=others, seed=seed) for c in (full, mixed)
    )
    assert parts(one) == parts(two)
    assert len(parts(one)[1]) == queries
    assert len(parts(one)[0]) == min(2 * queries + others, 46)


def order(system: str, full: float, light: float) -> Order:
    return Order(system, False, full, light, 1.0, 0.1)


def test_tau_is_kendalls_and_says_what_it_is_worth():
    five = [
        order(s, f, g)
        for s, f, g in zip("abcde", (0.1, 0.2, 0.3, 0.4, 0.5), (0.2, 0.1, 0.3, 0.4, 0.6), strict=True)
    ]
    found = agreement(five, "nDCG@10")
    assert found.tau == pytest.approx(0.8)  # one of ten pairs is the other way round
    assert found.claim
    assert [o.system for o in found.orders] == list("edcba")
    assert not agreement(five[:4], "nDCG@10").claim
    assert agreement([five[0], replace_light(five[1], five[0].light)], "R@1").tau is None
    with pytest.raises(DataError, match=r"1 system has no order to compare.*5 the least to claim"):
        agreement(five[:1], "R@1")


def replace_light(one: Order, value: float) -> Order:
    return one._replace(light=value)


def test_systems_are_compared_on_both_sets(fake):
    full = collection()
    found = make_light(
        full,
        "towns",
        language=ENGLISH,
        compare=["bag_of_words", "model"],
        retrievers={"model": fake("dense")},
        depth=2,
        queries=5,
        others=4,
        metric="R@1",
        seed=3,
    )
    assert found.facts["queries"] == [8, 5]
    assert found.facts["passages"] == [76, found.collection.passages.num_rows]
    assert found.agreement is not None
    assert {(o.system, o.pooled) for o in found.agreement.orders} == {
        ("bm25", True),
        ("bag_of_words", False),
        ("model", False),
    }
    again = make_light(full, "towns", language=ENGLISH, depth=2, queries=5, others=4, seed=3)
    assert again.agreement is None
    assert parts(again.collection) == parts(found.collection)  # who is compared does not change the set


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"depth": 0}, "depth is 0; 1 is the least"),
        ({"queries": 0}, "queries is 0"),
        ({"others": -1}, "others is -1; 0 is the least"),
        ({"pool": []}, "The pool is empty"),
        ({"pool": ["bm52"]}, r'no system "bm52".*bm25'),
        ({"compare": ["bm25"]}, '"bm25" is named twice'),
    ],
)
def test_what_makes_no_light_set_is_refused(asked, message):
    with pytest.raises(DataError, match=message):
        make_light(collection(3), "b", language=ENGLISH, seed=1, **asked)


def test_a_light_set_is_a_benchmark_with_a_card_and_the_licence(tmp_path):
    source = tmp_path / "full"
    source.mkdir()
    (source / "LICENSE").write_text("Do as you like.", "utf-8")
    made = make_light(collection(), "towns", language=ENGLISH, depth=1, queries=4, others=3, seed=2)
    where = BenchmarkSource(name="towns", path=str(source))
    write_light(made, tmp_path / "light", where, ENGLISH)
    read = load_benchmark(tmp_path / "light", ENGLISH)
    assert parts(read) == parts(made.collection)
    assert sorted(j.relevance for j in read.kept_judgements()) == [0] * 4 + [2] * 4
    card = (tmp_path / "light" / "README.md").read_text("utf-8")
    for said in (
        "the first 1 of `bm25`",
        "see `LICENSE`",
        "seed 2",
        "Nobody has looked",
        "| queries | 8 | 4 |",
    ):
        assert said in card, said
    assert (tmp_path / "light" / "LICENSE").read_text("utf-8") == "Do as you like."
    files = {p.name: p.read_bytes() for p in (tmp_path / "light").rglob("*") if p.is_file()}
    write_light(made, tmp_path / "light", where, ENGLISH)
    assert files == {p.name: p.read_bytes() for p in (tmp_path / "light").rglob("*") if p.is_file()}
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", "utf-8")
    with pytest.raises(DataError, match="holds other things than a light set"):
        write_light(made, tmp_path / "mine", where, ENGLISH)
    bare = BenchmarkSource(name="towns", hub="a/towns")
    write_light(replace(made), tmp_path / "other", bare, ENGLISH)
    assert "ask the publisher" in (tmp_path / "other" / "README.md").read_text("utf-8")


def test_the_verb_writes_and_compares(tmp_path):
    from langret.data.beir import write_beir

    write_beir(collection(), tmp_path / "full")
    output = tmp_path / "light"
    asked = ["light", str(tmp_path / "full"), "-o", str(output), "--language", "en", "--depth", "2"]
    found = CliRunner().invoke(app, [*asked, "--queries", "4", "--others", "3", "--compare", "bag_of_words"])
    assert found.exit_code == 0, found.output
    assert "4 of 8 queries" in found.output and "2 systems score alike" in found.output
    told = CliRunner().invoke(app, [*asked, "--queries", "4", "--others", "3", "--json"])
    facts = json.loads(told.stdout)
    assert facts["pool"] == ["bm25"] and facts["agreement"] is None
    read = read_source(BenchmarkSource(name="l", path=str(output)), base=tmp_path, language=ENGLISH, seed=1)
    assert facts["passages"] == [76, read.passages.num_rows]
    refused = CliRunner().invoke(app, [*asked, "--depth", "0"])
    assert refused.exit_code == 2 and "depth is 0" in refused.output
    silent = CliRunner().invoke(app, ["light", str(tmp_path / "full"), "-o", str(tmp_path / "x")])
    assert silent.exit_code == 2 and "--language" in silent.output
