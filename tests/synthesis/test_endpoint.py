"""Writers and the real client, over HTTP: what one writes in two steps is asked once and is the same again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from langret.data.records import Collection, Passage, Query, Rejected
from langret.language import get_language
from langret.llm import LLM
from langret.recipe.schema import Budget, Personas, Triplets
from langret.synthesis import estimate_writer, write_pairs
from tests.llm.loopback import Loopback, texts_of

TEXT = "The old mill stands by the river. Its wheel was carved from a single oak in the year 1612."


def model(body: dict[str, Any]) -> dict[str, Any]:
    system, blocks = body["messages"][0]["content"], texts_of(body)
    if "Answer with `items`" in system:
        count = int(re.search(r"(?:Name|Describe|Write) (\d+)", system)[1])  # type: ignore[index]
        have = sum(map(len, blocks.values()))
        about = blocks.get("task", ["the thing"])[0]
        return {"items": [f"{about} and number {have + n}" for n in range(count)]}
    if "`queries`" in system:
        quote = blocks["passage"][0].split(".")[0]
        return {"queries": [{"query": f"{who} asks of {quote}", "answer": quote} for who in blocks["people"]]}
    about = blocks["query"][0]
    return {
        "positive": f"It is said of {about} that all is well.",
        "negative": f"Many speak of {about} every day.",
    }


def test_personas_over_http(tmp_path: Path) -> None:
    english = get_language("en")
    documents = Collection.from_records([Passage(str(n), f"Part {n}. {TEXT}") for n in range(7)])
    with Loopback(model) as server:
        settings = Personas(kind="personas", llm=server.endpoint(), domain="mills", personas=30)
        runs = []
        for expected in (2 + 7, 0):
            llm = LLM(settings.llm, cache=tmp_path)
            runs.append(list(write_pairs(settings, documents, english, seed=13, llm=llm)))
            assert llm.usage.calls == expected
    assert runs[0] == runs[1]
    assert sum(isinstance(record, Query) for record in runs[0]) == 14


def test_triplets_within_a_budget(tmp_path: Path) -> None:
    english, nothing = get_language("en"), Collection.from_records([])
    with Loopback(model) as server:
        endpoint = server.endpoint(budget=Budget(calls=5))
        settings = Triplets(kind="triplets", llm=endpoint, brainstorm=2, per_task=4)
        llm = LLM(endpoint, cache=tmp_path)
        estimate = estimate_writer(settings, nothing, english, llm, seed=13)
        assert estimate is not None and estimate.calls == 1 + 2 + 8 and llm.usage.calls == 0
        records = list(write_pairs(settings, nothing, english, seed=13, llm=llm))
        assert llm.usage.calls == 5
    rejected = [record.reason for record in records if isinstance(record, Rejected)]
    assert rejected.count("budget") == 8 - sum(isinstance(record, Query) for record in records) > 0
