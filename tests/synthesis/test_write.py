"""Writers that ask a language model, against one that follows rules."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from langret.data.records import Collection, Judgement, Passage, Query, Record, Rejected
from langret.data.store import write_collection
from langret.errors import LanguageError, StageError
from langret.language import Language, get_language
from langret.language.tools import uax29_sentences
from langret.recipe.schema import (
    Dialect,
    Endpoint,
    Personas,
    Triplets,
    Writer,
    WrittenNegatives,
    WrittenQueries,
)
from langret.synthesis import estimate_writer, write_pairs
from langret.synthesis.prompts import (
    Listed,
    NegativeAnswer,
    QueryAnswer,
    Rewritten,
    TripletAnswer,
    WrittenPassage,
    WrittenQuery,
)
from tests.synthesis.fake import FakeLLM

LLM = Endpoint(model="writer")
MILL = "The old mill stands by the river. Its wheel was carved from a single oak in the year 1612."
FERRY = "The ferry leaves at noon and at dusk. A ring of the bell calls it from the other bank."


@pytest.fixture
def documents() -> Collection:
    records: list[Record] = [Passage("mill.md", MILL, "The mill"), Passage("ferry.md#times", FERRY)]
    records += [Query("q1", "When was the wheel made?"), Judgement("q1", "mill.md")]
    records += [Query("q2", "How do I call the ferry?"), Judgement("q2", "ferry.md#times")]
    return Collection.from_records([*records, Judgement("q2", "mill.md", 0)])


def run(settings: Writer, documents: Collection, language: Language, reply, seed: int = 13) -> list[Record]:
    return list(write_pairs(settings, documents, language, seed=seed, llm=FakeLLM(reply)))


def of(kind: type, records: list[Record]) -> list:
    return [record for record in records if isinstance(record, kind)]


def reasons(records: list[Record]) -> dict[str, str]:
    return {record.where: record.reason for record in of(Rejected, records)}


def ask_about(prompt, blocks):
    """Asks about the first words of each sentence, which it quotes."""
    sentences = [s.strip() for s in uax29_sentences(blocks["passage"][0])]
    return QueryAnswer(queries=[WrittenQuery(query=f"What of {s[:24]}", answer=s) for s in sentences[:2]])


def test_a_writer_without_its_model_says_so(documents, mini):
    with pytest.raises(StageError, match="The writer asked asks a language model, and none is given"):
        write_pairs(WrittenQueries(kind="queries", name="asked", llm=LLM), documents, mini, seed=13)


def test_queries_are_answered_by_their_passage(documents):
    english = get_language("en")
    llm = FakeLLM(ask_about)
    told: list[tuple[int, int | None]] = []
    settings = WrittenQueries(kind="queries", llm=LLM, styles=["keyword", "a riddle"], instruction="Be kind.")
    records = list(
        write_pairs(settings, documents, english, seed=13, llm=llm, progress=lambda *a: told.append(a))
    )
    queries = of(Query, records)
    assert [query.id for query in queries] == [
        "queries:mill.md#1", "queries:mill.md#2", "queries:ferry.md#times#1", "queries:ferry.md#times#2",
    ]  # fmt: skip
    assert of(Judgement, records) == [
        Judgement(q.id, q.id.removeprefix("queries:").rsplit("#", 1)[0]) for q in queries
    ]
    assert not of(Rejected, records) and told == [(1, 2), (2, 2)]
    for prompt in llm.prompts:
        assert "English" in prompt.system and "Be kind." in prompt.system
        assert "a riddle" in prompt.system and "two to five search words" in prompt.system
        assert MILL not in prompt.system and prompt.user.count("<data passage ") == 1


def test_every_query_that_fails_says_why(documents, mini):
    def reply(prompt, blocks):
        if "ferry" in blocks["passage"][0]:
            raise ValueError("refused")
        texts = [
            ("What is the mill's wheel made of?", "carved from a single oak"),
            ("Who owns the mill?", "the miller's widow"),
            ("the old mill stands by the river", "The old mill"),
            ("The mill", "The old mill"),
            ("When was the wheel made", "in the year 1612"),
            ("what is the mill's wheel made of", "a single oak"),
            ("word " * 90, "The old mill"),
            ("", "The old mill"),
            ("What else?", "The old mill"),
        ]
        return QueryAnswer(queries=[WrittenQuery(query=q, answer=a) for q, a in texts])

    records = run(WrittenQueries(kind="queries", llm=LLM, per_passage=8), documents, mini, reply)
    assert [query.text for query in of(Query, records)] == ["What is the mill's wheel made of?"]
    assert reasons(records) == {
        "queries:mill.md#2": "not_grounded",
        "queries:mill.md#3": "copy",
        "queries:mill.md#4": "copy",
        "queries:mill.md#5": "duplicate",
        "queries:mill.md#6": "duplicate",
        "queries:mill.md#7": "too_long",
        "queries:mill.md#8": "empty",
        "queries:mill.md#9": "not_asked_for",
        "queries:ferry.md#times": "refused",
    }


def test_queries_not_written_are_counted(documents, mini):
    records = run(
        WrittenQueries(kind="queries", llm=LLM, per_passage=3, passages=1), documents, mini, ask_about
    )
    assert list(reasons(records).values()) == ["not_written"] and len(of(Query, records)) == 2


def test_styles_are_taken_in_turn(mini):
    passages = [Passage(str(n), f"{MILL} ({n})") for n in range(60)]
    llm = FakeLLM(lambda *_: QueryAnswer(queries=[]))
    settings = WrittenQueries(kind="queries", llm=LLM, per_passage=1, styles=["one", "two", "three"])
    list(write_pairs(settings, Collection.from_records(passages), mini, seed=13, llm=llm))
    kinds = Counter(re.findall(r"^1\. (\w+)$", prompt.system, re.M)[0] for prompt in llm.prompts)
    assert set(kinds) == {"one", "two", "three"} and min(kinds.values()) > 8


def test_long_passages_are_read_from_their_start(mini):
    passage = Passage("p", MILL + " " + "And so it goes on. " * 500 + "The end is green.")
    llm = FakeLLM(
        lambda *_: QueryAnswer(queries=[WrittenQuery(query="What is green?", answer="The end is green")])
    )
    settings = WrittenQueries(kind="queries", llm=LLM, per_passage=1, characters=300)
    records = list(write_pairs(settings, Collection.from_records([passage]), mini, seed=13, llm=llm))
    assert len(llm.prompts[0].user) < 400
    assert reasons(records) == {"queries:p#1": "not_grounded"}, "it cannot know what it was not shown"


def test_negatives_are_judged_not_relevant(documents, mini):
    def reply(prompt, blocks):
        assert ("passage" in blocks) == ("passage that answers it" in prompt.system)
        text = f"Of {blocks['query'][0]} nobody has ever written, though many have tried."
        return NegativeAnswer(passages=[WrittenPassage(title="A title", text=text)])

    for see in ("query", "positive"):
        records = run(WrittenNegatives(kind="negatives", llm=LLM, see=see), documents, mini, reply)
        titles = {passage.id: passage.title for passage in of(Passage, records)}
        # positives without titles, negatives without titles
        assert titles == {"negatives:q1#1": "A title", "negatives:q2#1": ""}
        assert of(Judgement, records) == [Judgement(p[10:12], p, 0) for p in titles]
        assert not of(Rejected, records)


def test_negatives_repeat_neither_a_positive_nor_each_other(documents, mini):
    fresh = "The bridge upstream was closed when the last of its boards gave way."

    def reply(prompt, blocks):
        own = MILL if "wheel" in blocks["query"][0] else FERRY
        texts = [own + "!", fresh + blocks["query"][0], fresh + blocks["query"][0] + "!", "", fresh * 40]
        return NegativeAnswer(passages=[WrittenPassage(title="", text=text) for text in texts])

    settings = WrittenNegatives(kind="negatives", llm=LLM, per_query=5)
    found = reasons(run(settings, documents, mini, reply))
    expected = {1: "near_duplicate", 3: "near_duplicate", 4: "empty", 5: "too_long"}
    assert found == {f"negatives:{q}#{n}": why for q in ("q1", "q2") for n, why in expected.items()}


def asked_for(prompt) -> int:
    return int(re.search(r"(?:Name|Describe|Write) (\d+)", prompt.system)[1])


def triplets(prompt, blocks):
    if "retrieval tasks, as different" in prompt.system:
        return Listed(items=["Given a symptom, find its cause", "  ", "Given a tune, find its words"])
    if prompt.answer is Listed:
        have = len(blocks.get("queries", []))
        return Listed(
            items=[f"{blocks['task'][0]} number {have + n} please" for n in range(asked_for(prompt))]
        )
    query = blocks["query"][0]
    if "number 7" in query:
        return TripletAnswer(
            positive=f"The answer to {query} is long.", negative=f"The answer to {query} is long!"
        )
    return TripletAnswer(
        positive=f"The answer to {query} is long.", negative=f"Nobody knows anything about {query}."
    )


def test_triplets_need_no_documents(mini):
    empty = Collection.from_records([])
    settings = Triplets(kind="triplets", llm=LLM, tasks=["Given a symptom, find its cause"], per_task=30)
    records = run(settings, empty, mini, triplets)
    assert len(of(Query, records)) == 29 and len(of(Passage, records)) == 58
    assert reasons(records) == {"triplets:1#8": "near_duplicate"}
    grades = {(j.query_id, j.passage_id): j.relevance for j in of(Judgement, records)}
    assert grades["triplets:1#1", "triplets:1#1/positive"] == 1
    assert grades["triplets:1#1", "triplets:1#1/negative"] == 0
    assert records == run(settings, empty, mini, triplets)


def test_tasks_are_thought_up(mini):
    settings = Triplets(kind="triplets", llm=LLM, brainstorm=4, per_task=2, domain="village life")
    records = run(settings, Collection.from_records([]), mini, triplets)
    assert {q.id for q in of(Query, records)} == {f"triplets:{t}#{n}" for t in (1, 2) for n in (1, 2)}
    # the empty idea, and the second request, which brings nothing new and is therefore the last
    rows = Counter(record.reason for record in of(Rejected, records))
    assert rows == {"empty": 2, "duplicate": 2, "not_written": 2}


def test_people_ask_in_their_own_way(documents, mini):
    def reply(prompt, blocks):
        if prompt.answer is Listed:
            return Listed(
                items=[f"Person {len(blocks.get('people', [])) + n}" for n in range(asked_for(prompt))]
            )
        first = blocks["passage"][0].split(".")[0]
        return QueryAnswer(
            queries=[
                WrittenQuery(query=f"{who} asks of {first[:10]}", answer=first) for who in blocks["people"]
            ]
        )

    settings = Personas(kind="personas", llm=LLM, domain="village life", personas=30)
    records = run(settings, documents, mini, reply)
    assert {q.id for q in of(Query, records)} == {
        f"personas:{p}#{n}" for p in ("mill.md", "ferry.md#times") for n in (1, 2)
    }
    assert len({q.text.split(" asks")[0] for q in of(Query, records)}) > 2, "other people for other passages"
    assert not of(Rejected, records)


def test_no_people_no_queries(documents, mini):
    def reply(prompt, blocks):
        raise ValueError("budget")

    records = run(Personas(kind="personas", llm=LLM, domain="x", personas=2), documents, mini, reply)
    assert list(reasons(records).values()) == ["budget", "not_written", "not_written"]


def test_rewritten_queries_take_over_the_judgements(documents):
    arabic = get_language("ar")
    records: list[Record] = [
        Passage("p", "دفع الفاتورة في 30 يوما عبر نظام ERP كما هو محدد."),
        Passage("n", "نص آخر هنا تماما."),
    ]
    records += [
        Query(f"q{n}", text)
        for n, text in enumerate(["متى تدفع الفاتورة رقم 30؟", "ما هو نظام ERP؟", "أين النص؟"])
    ]
    records += [Judgement(f"q{n}", "p") for n in range(3)] + [Judgement("q0", "n", 0)]
    collection = Collection.from_records(records)
    answers = {"q0": "امتى ادفع الفاتوره رقم 30؟", "q1": "ايه هو السيستم ده؟", "q2": "أين النص"}
    by_text = {q.text: answers[q.id] for q in of(Query, records)}
    seen = []

    def reply(prompt, blocks):
        seen.append(blocks)
        assert "Egyptian Arabic" in prompt.system
        return Rewritten(text=by_text[blocks["text"][0]])

    settings = Dialect(kind="dialect", llm=LLM, dialect="arz")
    written = run(settings, collection, arabic, reply)
    assert of(Query, written) == [Query("dialect:q0", arabic.normalize(answers["q0"]))]
    assert of(Judgement, written) == [Judgement("dialect:q0", "p"), Judgement("dialect:q0", "n", 0)]
    assert reasons(written) == {"dialect:q1": "facts_changed", "dialect:q2": "unchanged"}
    assert seen[0]["examples"] == list(get_language("arz").examples)


def test_rewritten_passages_answer_the_same_queries(documents, mini):
    def reply(prompt, blocks):
        assert "the speech of the hills" in prompt.system and "examples" not in blocks
        return Rewritten(text="Aye, " + blocks["text"][0].replace("The", "Yon"))

    settings = Dialect(kind="dialect", llm=LLM, dialect="the speech of the hills", rewrite="passages")
    written = run(settings, documents, mini, reply)
    assert of(Passage, written)[0] == Passage(
        "dialect:mill.md", "Aye, " + MILL.replace("The", "Yon"), "The mill"
    )
    assert set(of(Judgement, written)) == {
        Judgement("q1", "dialect:mill.md"),
        Judgement("q2", "dialect:mill.md", 0),
        Judgement("q2", "dialect:ferry.md#times"),
    }


def test_dialects_of_other_languages_are_refused(documents):
    settings = Dialect(kind="dialect", llm=LLM, dialect="zh-Hant")
    with pytest.raises(LanguageError, match=r"no dialect of ar \(Arabic\).*Valid: ary, arz"):
        run(settings, documents, get_language("ar"), lambda *_: Rewritten(text=""))


@pytest.mark.parametrize(
    ("settings", "prompts"),
    [
        (WrittenQueries(kind="queries", llm=LLM, passages=1), 1),
        (WrittenNegatives(kind="negatives", llm=LLM), 2),
        (Dialect(kind="dialect", llm=LLM, dialect="hill speech"), 2),
        (Triplets(kind="triplets", llm=LLM, brainstorm=30, per_task=3), 2 + 30 + 90),
        (Triplets(kind="triplets", llm=LLM, tasks=["a", "b"], per_task=26), 2 * 2 + 52),
        (Personas(kind="personas", llm=LLM, domain="x", personas=5), 1 + 2),
    ],
)
def test_an_estimate_makes_the_prompts_and_asks_nothing(settings, prompts, documents, mini):
    def never(prompt, blocks):
        raise AssertionError("asked")

    llm = FakeLLM(never)
    estimate = estimate_writer(settings, documents, mini, llm, seed=13)
    assert estimate.calls == len(llm.prompts) == prompts


def test_an_estimate_is_of_the_prompts_that_are_sent(documents, mini):
    settings = WrittenQueries(kind="queries", llm=LLM)
    llm, asked = FakeLLM(ask_about), FakeLLM(ask_about)
    estimate_writer(settings, documents, mini, llm, seed=13)
    list(write_pairs(settings, documents, mini, seed=13, llm=asked))
    assert llm.prompts == asked.prompts


def test_what_is_written_joins_what_was_there(documents, mini, tmp_path: Path):
    settings = WrittenNegatives(kind="negatives", llm=LLM, name="lures")

    def reply(prompt, blocks):
        return NegativeAnswer(
            passages=[WrittenPassage(title="", text=f"Nothing is known of {blocks['query'][0]}")]
        )

    written = run(settings, documents, mini, reply)
    records = [*documents.kept_passages(), *documents.kept_queries(), *documents.kept_judgements(), *written]
    grown = write_collection(records, tmp_path)
    assert all(grown.judgements["kept"].to_pylist()) and not grown.rejected.num_rows
    assert grown.passages["id"].to_pylist()[2:] == ["lures:q1#1", "lures:q2#1"]


def test_real_financial_passages(langret_data: Path):
    """Personas ask about the paragraphs of financial reports."""
    rows = json.loads((langret_data / "en" / "tatqa" / "tatqa_dataset_dev.json").read_text(encoding="utf-8"))
    english = get_language("en")
    texts = [p["text"] for row in rows[:60] for p in row["paragraphs"] if len(p["text"]) > 80]
    documents = Collection.from_records([Passage(str(n), english.normalize(t)) for n, t in enumerate(texts)])

    def reply(prompt, blocks):
        if prompt.answer is Listed:
            return Listed(items=["an auditor", "a small shareholder", "a student of accounting"])
        quote = blocks["passage"][0][:60]
        words = [w for w in re.findall(r"\w+", blocks["passage"][0]) if len(w) > 6][:4]
        return QueryAnswer(
            queries=[
                WrittenQuery(query=f"{' '.join(words)} for {who}", answer=quote) for who in blocks["people"]
            ]
        )

    settings = Personas(kind="personas", llm=LLM, domain="annual reports", personas=3, passages=40)
    records = run(settings, documents, english, reply)
    queries = of(Query, records)
    assert len(queries) + len(of(Rejected, records)) == 80 and len(queries) > 70
    assert all(query.id.startswith("personas:") for query in queries)
