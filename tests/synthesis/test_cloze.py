"""Sentences as queries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import clean, read_source
from langret.data.records import Collection, Judgement, Passage, Query, Record, Rejected
from langret.language import Language, get_language
from langret.recipe.schema import Cloze, Filters, Source
from langret.synthesis import write_pairs
from langret.synthesis.cloze import split_sentences

FACTS = (
    "The old mill stands by the river. Its wheel was carved from a single oak. "
    "Nobody has lived there since the flood. Swallows nest under the roof in May."
)


def written(passages: list[Passage], language: Language, seed: int = 13, **keys) -> list[Record]:
    documents = Collection.from_records(passages)
    return list(write_pairs(Cloze(kind="cloze", **keys), documents, language, seed=seed))


def of(kind: type, records: list[Record]) -> list:
    return [record for record in records if isinstance(record, kind)]


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in of(Rejected, records))


def test_a_sentence_asks_for_its_passage(mini):
    records = written([Passage("p#1", FACTS, "Mill")], mini, keep_span=1, per_passage=2)
    queries = of(Query, records)
    sentences = [s.strip() for s in split_sentences(FACTS, mini, 40)]
    for query in queries:
        name, number = query.id.rsplit("#", 1)
        assert name == "cloze:p#1" and sentences[int(number) - 1] == query.text
    assert of(Judgement, records) == [Judgement(query.id, "p#1") for query in queries]
    assert len(queries) == 2 and not of(Passage, records)


def test_sentences_taken_out_leave_a_passage_of_their_own(mini):
    records = written([Passage("p", FACTS, "Mill")], mini, keep_span=0, per_passage=2)
    (rest,) = of(Passage, records)
    queries = of(Query, records)
    assert (rest.id, rest.title) == ("cloze:p", "Mill")
    assert all(query.text not in rest.text and query.text in FACTS for query in queries)
    assert Counter((rest.text + " " + " ".join(q.text for q in queries)).split()) == Counter(FACTS.split())
    # the whole passage, which holds the sentence word for word, must never be mined as its negative
    assert {(j.query_id, j.passage_id) for j in of(Judgement, records)} == {
        (query.id, name) for query in queries for name in ("p", "cloze:p")
    }


def test_at_most_half_of_the_sentences_are_taken(mini):
    records = written([Passage("p", FACTS)], mini, keep_span=0, per_passage=50)
    assert len(of(Query, records)) == 2


def test_every_sentence_looked_at_is_a_query_or_says_why_not(mini):
    text = "Too short. This one sentence is much too long for a query. Just right, this one. Just right, this one."
    records = written(
        [Passage("p", text), Passage("q", text), Passage("r", "Only one.")], mini, max_words=7, min_words=3
    )
    assert reasons(records)["one_sentence"] == 1
    assert reasons(records).keys() <= {"one_sentence", "too_short", "too_long", "duplicate"}
    assert [query.text for query in of(Query, records)] == ["Just right, this one."]
    assert reasons(records)["duplicate"] >= 1, "the same sentence asks once"
    ids = [record.id for record in of(Query, records)] + [record.where for record in of(Rejected, records)]
    assert len(ids) == len(set(ids))


def test_queries_that_are_there_are_not_written_again(mini):
    text = "The mill stands by the river. The mill has an old wheel."
    there = [Query("q", "the mill stands by the River"), Query("r", "The mill has an old wheel")]
    documents = Collection.from_records([Passage("p", text), *there])
    records = list(write_pairs(Cloze(kind="cloze"), documents, mini, seed=13))
    assert reasons(records) == {"duplicate": 2} and not of(Query, records)


def test_other_scripts_make_no_query():
    ja = get_language("ja")
    text = "請求書を送る前に金額を確認してください。Please check the amount before you send the invoice."
    records = written([Passage("p", text)], ja, seed=1) + written([Passage("p", text)], ja, seed=2)
    assert set(reasons(records)) <= {"wrong_language"}
    assert {query.text for query in of(Query, records)} == {"請求書を送る前に金額を確認してください。"}


def test_what_is_drawn_depends_on_seed_and_id_alone(mini):
    passages = [Passage(str(n), f"{FACTS} ".replace(". ", f" ({n}). ")) for n in range(40)]
    some = written(passages, mini, most=10)
    assert some == written(passages, mini, most=10)
    assert len(of(Query, some)) == 10
    assert {q.id for q in of(Query, some)} != {
        q.id for q in of(Query, written(passages, mini, most=10, seed=14))
    }
    every = written(passages, mini)
    backwards = written(passages[::-1], mini)
    assert {q.id for q in of(Query, some)} <= {q.id for q in of(Query, every)}
    assert sorted(of(Query, every)) == sorted(of(Query, backwards))


def test_progress_is_told(mini):
    told: list[tuple[int, int | None]] = []
    documents = Collection.from_records([Passage("p", FACTS), Passage("q", FACTS)])
    list(write_pairs(Cloze(kind="cloze"), documents, mini, seed=13, progress=lambda *a: told.append(a)))
    assert told == [(0, 2), (1, 2)]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("กขคง abAB12。.?!「」( )\n"), max_size=200), st.integers(1, 20))
def test_split_sentences_joined_are_the_text(text, longest):
    class Unspaced(_words()):
        presegment = True

    assert "".join(split_sentences(text, Unspaced(), longest)) == text


def _words() -> type[Language]:
    from langret.language.tools import uax29_words

    class Words(Language):
        code, name, script, version = "xx", "Words", "Zyyy", "1"

        def normalize(self, text: str) -> str:
            return text

        def segment(self, text: str) -> list[str]:
            return uax29_words(text)

        def analyze(self, text: str) -> list[str]:
            return text.split()

    return Words


def test_initials_end_no_sentence_and_phrases_end_where_nothing_else_does():
    assert split_sentences("By J. Smith. He wrote.", get_language("en"), 40) == ["By J. Smith. ", "He wrote."]
    pytest.importorskip("pythainlp")
    thai = get_language("th")
    text = "ประเทศไทยมีประชากรมาก " * 12 + "เมื่อ พ.ศ. 2549"
    parts = split_sentences(text, thai, 20)
    assert "".join(parts) == text and len(parts) > 2
    assert all(part.endswith(" ") for part in parts[:-1]) and parts[-1].endswith("พ.ศ. 2549")


@pytest.mark.parametrize(
    ("code", "path", "least"),
    [
        ("ja", "ja/d365_docs/finance/accounts-payable", 250),
        ("ar", "ar/d365_docs/finance/accounts-payable", 250),
        ("th", "th/iapp_wiki_qa/valid.jsonl", 170),
    ],
)
def test_real_documents(code, path, least, langret_data: Path):
    language = get_language(code)
    source = Source(path=str(langret_data / path), queries=False)
    read = read_source(source, base=Path(), language=language, seed=13)
    documents = clean(read, language, Filters())
    records = list(write_pairs(Cloze(kind="cloze", keep_span=0.5), documents, language, seed=13))
    queries, texts = of(Query, records), {p.id: p.text for p in documents.kept_passages()}
    assert len(queries) >= least
    for query in queries:
        passage = query.id.removeprefix("cloze:").rsplit("#", 1)[0]
        assert query.text in texts[passage] and language.normalize(query.text) == query.text
        assert 5 <= sum(any(c.isalnum() for c in word) for word in language.segment(query.text)) <= 40
    cut = of(Passage, records)
    assert 0.35 < len(cut) / len(queries) < 0.65
    judged = {(j.query_id, j.passage_id) for j in of(Judgement, records)}
    assert len(judged) == len(queries) + len(cut)
