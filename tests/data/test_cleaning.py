"""Cleaning: the funnel adds up, nothing dangles, and a second time changes nothing."""

from __future__ import annotations

import json
import random
import unicodedata
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.cleaning import clean
from langret.data.judgements import SAME_QUERY
from langret.data.records import Collection, Judgement, Passage, Query, Record
from langret.language import get_language
from langret.language.contract import Language
from langret.recipe.schema import Filters


class Plain(Language):
    """Latin letters, NFKC, single spaces."""

    code = "qaa"
    name = "Plain"
    script = "Latn"
    scripts = ("LATIN",)
    letters = 0.5
    version = "qaa-1"  # type: ignore[assignment]

    def normalize(self, text: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", text).split())

    def segment(self, text: str) -> list[str]:
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return text.lower().split()


PLAIN = Plain()
LONG = (
    "The river rises in the northern hills and reaches the sea after two hundred miles of meadows and mills."
)
Rows = dict[str, tuple[bool, str]]


def made(*records: Record, **options: object) -> Collection:
    filters = Filters.model_validate(options.pop("filters", {}))
    return clean(Collection.from_records(records), PLAIN, filters, **options)  # type: ignore[arg-type]


def rows(table: pa.Table) -> Rows:
    return {row["id"]: (row["kept"], row["reason"]) for row in table.to_pylist()}


def judged(collection: Collection) -> list[tuple[str, str, int, bool, str]]:
    names = ("query_id", "passage_id", "relevance", "kept", "reason")
    return list(zip(*(collection.judgements.column(n).to_pylist() for n in names), strict=True))


def test_passages_get_the_first_reason_that_applies() -> None:
    out = made(
        Passage("blank", " \u3000\n"),
        Passage("short", "Ｔｉｎｙ"),
        Passage("short_cyrillic", "да"),
        Passage("long", "word " * 40),
        Passage("cyrillic", "Это совсем другой язык"),
        Passage("a", LONG[:60]),
        Passage("z", " " + LONG[:60].replace(" ", "  ")),
        Passage("near", LONG[:60] + "!"),
        Passage("titled", LONG[:60], "Rivers"),
        Passage("numbers", "12345 67890 12345"),
        filters={"max_characters": 100, "near_duplicates": 0.9},
    )
    assert rows(out.passages) == {
        "blank": (False, "empty"),
        "short": (False, "too_short"),
        "short_cyrillic": (False, "too_short"),
        "long": (False, "too_long"),
        "cyrillic": (False, "wrong_language"),
        "a": (False, "near_duplicate"),
        "z": (False, "exact_duplicate"),
        "near": (True, ""),
        "titled": (True, ""),
        "numbers": (True, ""),
    }
    # The exact duplicate follows the text that it repeats to the one that stays.
    names = dict(zip(out.passages["id"].to_pylist(), out.passages["duplicate_of"].to_pylist(), strict=True))
    assert {k: v for k, v in names.items() if v} == {"a": "near", "z": "near"}
    assert out.passages["text"][1].as_py() == "Tiny"


def test_checks_can_be_turned_off() -> None:
    out = made(
        Passage("a", "Это"),
        Passage("b", LONG),
        Passage("c", LONG + "!"),
        filters={"language": False, "min_characters": 0, "near_duplicates": None},
    )
    assert all(kept for kept, _ in rows(out.passages).values())


def test_judgements_follow_duplicates_and_lead_nowhere_else() -> None:
    out = made(
        Passage("a", LONG),
        Passage("b", LONG),
        Passage("c", "A second passage about mills."),
        Passage("empty", " "),
        Query("q", "Where is the mill?"),
        Query("r", "Where does the river rise?"),
        Query("none", "Who knows?"),
        Query("blank", "\u3000"),
        Judgement("q", "b"),
        Judgement("q", "a", 2),
        Judgement("r", "a"),
        Judgement("r", "b", 0),
        Judgement("r", "empty"),
        Judgement("r", "c", 0),
        Judgement("none", "c", 0),
        Judgement("blank", "c"),
        Judgement("q", "nowhere"),
        Judgement("nobody", "a"),
    )
    assert judged(out) == [
        ("q", "a", 1, False, "duplicate"),
        ("q", "a", 2, True, ""),
        ("r", "a", 1, True, ""),
        ("r", "a", 0, False, "also_positive"),
        ("r", "empty", 1, False, "passage_set_aside"),
        ("r", "c", 0, True, ""),
        ("none", "c", 0, False, "query_set_aside"),
        ("blank", "c", 1, False, "query_set_aside"),
        ("q", "nowhere", 1, False, "unknown_passage"),
        ("nobody", "a", 1, False, "unknown_query"),
    ]
    assert rows(out.queries) == {
        "q": (True, ""),
        "r": (True, ""),
        "none": (False, "no_positive"),
        "blank": (False, "empty_query"),
    }


def test_documents_alone_keep_queries_without_judgements() -> None:
    assert rows(made(Passage("a", LONG), Query("q", "Where?")).queries) == {"q": (True, "")}


def test_queries_with_one_text_share_their_positives() -> None:
    out = made(
        Passage("a", LONG),
        Passage("b", "A second passage about mills."),
        Query("q", "Where is the  mill?"),
        Query("r", "Where is the mill?"),
        Query("s", "Where is the mill?"),
        Judgement("q", "a"),
        Judgement("r", "b", 2),
        Judgement("r", "a", 0),
    )
    assert {k: sorted(v) for k, v in out.positives().items()} == {
        "q": ["a", "b"],
        "r": ["a", "b"],
        "s": ["a", "b"],
    }
    assert ("r", "a", 0, False, "also_positive") in judged(out)
    assert Counter(reason for *_, kept, reason in judged(out) if kept) == {"": 2, "same_query": 4}


def test_a_crowd_of_queries_with_one_text_becomes_one_query() -> None:
    count = SAME_QUERY + 1
    names = [f"q{n:03}" for n in range(count)]
    out = made(
        *(Passage(f"p{n}", f"{LONG} Chapter {n * 7919} of the {n}th book by {n**3}.") for n in range(count)),
        *(Query(name, "Overview") for name in reversed(names)),
        *(Judgement(name, f"p{n}") for n, name in enumerate(names)),
        filters={"near_duplicates": None},
    )
    assert [q.id for q in out.kept_queries()] == ["q000"]
    assert len(out.positives()["q000"]) == count == out.judgements.num_rows


def test_a_benchmark_stays_what_it_is() -> None:
    out = made(
        Passage("a", LONG),
        Passage("b", LONG),
        Passage("c", "да"),
        Passage("empty", " "),
        Query("q", "Ｗｈｅｒｅ?"),
        Query("r", "Where?"),
        Query("blank", ""),
        Judgement("q", "b"),
        Judgement("r", "empty"),
        Judgement("blank", "c"),
        role="benchmark",
    )
    assert rows(out.passages) == {
        "a": (True, ""),
        "b": (True, ""),
        "c": (True, ""),
        "empty": (False, "empty"),
    }
    assert rows(out.queries) == {"q": (True, ""), "r": (True, ""), "blank": (False, "empty_query")}
    assert judged(out) == [
        ("q", "b", 1, True, ""),
        ("r", "empty", 1, False, "passage_set_aside"),
        ("blank", "c", 1, False, "query_set_aside"),
    ]
    assert out.queries["text"].to_pylist() == ["Where?", "Where?", ""]


def test_what_a_reader_set_aside_stays_aside() -> None:
    raw = Collection.from_records(
        [Passage("a", LONG), Passage("b", LONG), Query("q", "Who?"), Judgement("q", "b")]
    )
    aside = raw.replace(
        passages=raw.passages.set_column(3, "kept", pa.array([False, True])).set_column(
            4, "reason", pa.array(["by_hand", ""])
        )
    )
    out = clean(aside, PLAIN, Filters())
    assert rows(out.passages) == {"a": (False, "by_hand"), "b": (True, "")}
    assert out.positives() == {"q": ["b"]}


@pytest.mark.parametrize("role", ["train", "benchmark"])
def test_empty_collections(role: str) -> None:
    assert made(role=role).funnel()["passages"] == {"in": 0, "kept": 0}
    out = made(Query("q", "Who?"), Judgement("q", "p"), Judgement("x", "p"), role=role)
    assert [row[4] for row in judged(out)] == ["unknown_passage", "unknown_query"]


texts = st.sampled_from(
    [
        "",
        " ",
        "short",
        LONG,
        LONG + "!",
        "  " + LONG,
        LONG[:-1] + "?",
        LONG[20:],
        "Это другой язык совсем",
        "Mills and meadows.",
    ]
)
ids = st.sampled_from(["p1", "p2", "p3", "p4", "p5", "p6"])
query_ids = st.sampled_from(["q1", "q2", "q3", "q4"])
questions = st.sampled_from(["", "who?", "who? ", "where?", "Where?"])
collections = st.tuples(
    st.dictionaries(ids, st.tuples(texts, st.sampled_from(["", "Rivers"])), max_size=6),
    st.dictionaries(query_ids, questions, max_size=4),
    st.lists(st.tuples(query_ids, ids, st.integers(-1, 2)), max_size=12, unique_by=lambda j: (j[0], j[1])),
).map(
    lambda parts: [
        *(Passage(pid, text, title) for pid, (text, title) in parts[0].items()),
        *(Query(qid, text) for qid, text in parts[1].items()),
        *(Judgement(*judgement) for judgement in parts[2]),
    ]
)
roles = st.sampled_from(["train", "benchmark"])


def content(collection: Collection) -> tuple[Counter, Counter, Counter]:
    return tuple(  # type: ignore[return-value]
        Counter(tuple(row.values()) for row in table.to_pylist())
        for table in (collection.passages, collection.queries, collection.judgements)
    )


@settings(deadline=None)
@given(records=collections, role=roles)
def test_the_funnel_adds_up_and_nothing_dangles(records: list[Record], role: str) -> None:
    out = made(*records, role=role)
    added = Counter(j[4] for j in judged(out) if j[3])["same_query"]
    given_rows = Counter(type(record).__name__ for record in records)
    for name, count in out.funnel().items():
        aside = sum(v for k, v in count.items() if k not in ("in", "kept"))
        assert count["in"] == count["kept"] + aside
        kind = {"passages": "Passage", "queries": "Query", "judgements": "Judgement"}[name]
        assert count["in"] == given_rows[kind] + (added if name == "judgements" else 0)
    passages = {p.id for p in out.kept_passages()}
    queries = {q.id: q.text for q in out.kept_queries()}
    assert all(j.query_id in queries and j.passage_id in passages for j in out.kept_judgements())
    duplicates = [row["duplicate_of"] for row in out.passages.to_pylist() if row["duplicate_of"]]
    assert set(duplicates) <= passages
    if role == "benchmark":
        return
    pairs = Counter((j.query_id, j.passage_id) for j in out.kept_judgements())
    assert max(pairs.values(), default=1) == 1
    positives = out.positives()
    for judgement in out.kept_judgements():
        if judgement.relevance <= 0:
            same = [q for q, text in queries.items() if text == queries[judgement.query_id]]
            assert not any(judgement.passage_id in positives.get(q, ()) for q in same)


@settings(deadline=None)
@given(records=collections, role=roles)
def test_cleaning_again_changes_nothing(records: list[Record], role: str) -> None:
    once = made(*records, role=role)
    again = clean(once, PLAIN, Filters(), role=role)  # type: ignore[arg-type]
    for name in ("passages", "queries", "judgements"):
        assert getattr(again, name).to_pylist() == getattr(once, name).to_pylist()


@settings(deadline=None)
@given(records=collections, role=roles, seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(records: list[Record], role: str, seed: int) -> None:
    shuffled = random.Random(seed).sample(records, len(records))
    assert content(made(*shuffled, role=role)) == content(made(*records, role=role))


@pytest.mark.parametrize("role", ["train", "benchmark"])
def test_streaming_to_a_folder_gives_the_same(tmp_path: Path, role: str) -> None:
    rng = random.Random(3)
    words = LONG.split()
    passages = [Passage(f"p{n}", " ".join(rng.choices(words, k=rng.randrange(1, 12)))) for n in range(9_000)]
    records = [*passages, *(Query(f"q{n}", f"Question {n % 7}") for n in range(20)), Judgement("q3", "p5")]
    streamed = made(*records, role=role, folder=tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "judgements.arrow",
        "passages.arrow",
        "queries.arrow",
        "rejected.arrow",
    ]
    assert content(streamed) == content(made(*records, role=role))


def test_real_passages(langret_data: Path) -> None:
    """Real passages cut by one character each are found again."""
    paths = sorted((langret_data / "ja" / "jaquad").rglob("*.json"))[:4]
    articles = [article for path in paths for article in json.loads(path.read_text(encoding="utf-8"))["data"]]
    passages = [p["context"] for article in articles for p in article["paragraphs"]]
    doubled = [Passage(f"p{n}", t) for n, t in enumerate(passages)]
    doubled += [Passage(f"x{n}", t[:-1]) for n, t in enumerate(passages) if len(t) > 100]
    out = clean(Collection.from_records(doubled), get_language("ja"), Filters())
    found = {row["id"]: row for row in out.passages.to_pylist()}
    cut = [pid for pid in found if pid.startswith("x")]
    assert len(cut) > 100
    assert all(found[pid]["reason"] in ("near_duplicate", "exact_duplicate") for pid in cut)
    assert sum(found[pid]["duplicate_of"] == "p" + pid[1:] for pid in cut) > 0.99 * len(cut)


def test_queries_of_another_language_pass_its_normaliser() -> None:
    class Loud(Plain):
        """A language without small letters."""

        def normalize(self, text: str) -> str:
            return super().normalize(text).upper()

    records = (Passage("p", "a  ﬁsh"), Query("q", "which  ﬁsh?"), Judgement("q", "p"))
    made_by = clean(
        Collection.from_records(records), PLAIN, Filters(), role="benchmark", query_language=Loud()
    )
    assert [p.text for p in made_by.kept_passages()] == ["a fish"]
    assert [q.text for q in made_by.kept_queries()] == ["WHICH FISH?"]
    assert made_by.positives() == {"q": ["p"]}
