"""Rows of the papers, end to end at small size: a stand-in model on loopback, a small encoder, a user's few texts.

What the recipes say of judges, writers, filters, miners and treatments stays; data, backbone and size are exchanged.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.pipeline.work.shared import read_table
from langret.recipe import load_recipe
from langret.recipe.schema import Recipe
from tests.llm.loopback import Loopback, texts_of


def name_of(text: str) -> str:
    """Town and thing, which is what every query and passage of these data is about."""
    return text.split("は")[0].split("「")[-1]


def model(body: dict[str, Any]) -> dict[str, Any]:
    """Answers every prompt of judges and writers by rules, told apart by the schema of the answer."""
    wanted = set(body["response_format"]["json_schema"]["schema"]["properties"])
    texts = texts_of(body)
    if "better_or_equal" in wanted:
        (query,) = texts["query"]
        found = [i for i, t in enumerate(texts["candidates"], 1) if name_of(t) == name_of(query)]
        same = [{"number": n, "reason": "same place"} for n in found]
        return {"thinking": "", "better_or_equal": same, "worse": []}
    if "queries" in wanted:
        (passage,) = texts["passage"]
        people = texts.get("people", ["", ""])
        name = name_of(passage)
        asked = [f"{name}はいつできたのか、{len(p)}字で知りたい" for p in people]
        return {"queries": [{"query": q, "answer": name} for q in asked]}
    if "passages" in wanted:
        (query,) = texts["query"]
        texts_ = [
            f"{name_of(query)}は{n}人の案内係がいることで知られ、休みの日もにぎわっている。"
            for n in (3, 5, 7, 9)
        ]
        return {"passages": [{"title": "", "text": text} for text in texts_]}
    if "positive" in wanted:
        (query,) = texts["query"]
        name = name_of(query)
        return {
            "positive": f"{name}は{len(query) + 1900}年に建てられ、今も町の人が使っている。",
            "negative": f"{name}は駅から歩いてすぐの場所にあり、夜もあかりが見える。",
        }
    assert "items" in wanted
    have = sum(map(len, texts.values()))
    if "queries of its users" in body["messages"][0]["content"]:
        place = re.search(r"\d+", texts["task"][0])
        assert place is not None
        return {"items": [f"北{n}丁目の第{place[0]}資料館はいつできましたか" for n in range(5)]}
    return {"items": [f"Given a question about place {n + have}, find when it was built" for n in range(5)]}


def small(name: str, folder: Path, url: str, *changes: str, **negatives: Any) -> Any:
    """A recipe of a paper on the fixture's data, with its endpoints on loopback and nothing from the hub."""
    scratch = load_recipe(folder / "own.yaml").recipe
    loaded = load_recipe(f"papers/{name}", changes)
    recipe: Recipe = loaded.recipe
    here = {"base_url": url, "key": None}

    def local(part: Any) -> Any:
        return part.model_copy(update={"llm": part.llm.model_copy(update=here)})

    rules = recipe.negatives
    update: dict[str, Any] = {"judges": [local(j) for j in rules.judges], "per_query": 2, **negatives}
    synthesis = recipe.synthesis
    if synthesis is not None:
        first = synthesis.consistency and synthesis.consistency.model_copy(update={"by": "bm25", "top": 5})
        written = {"writers": [local(w) for w in synthesis.writers], "consistency": first}
        synthesis = synthesis.model_copy(update=written)
    return dataclasses.replace(
        loaded,
        base=folder,
        path=folder / "paper.yaml",
        recipe=recipe.model_copy(
            update={
                "language": "ja",
                "data": scratch.data,
                "synthesis": synthesis,
                "backbone": scratch.backbone,
                "negatives": rules.model_copy(update=update),
                "members": [m.model_copy(update={"pooling": None, "training": {}}) for m in recipe.members],
                # an instruction takes 17 tokens
                "training": scratch.training.model_copy(
                    update={"epochs": 1.0, "negatives": 1, "query_tokens": 32}
                ),
                "evaluation": scratch.evaluation,
            }
        ),
    )


def carried_out(loaded: Any, folder: Path) -> tuple[Any, dict[str, Any]]:
    result = run_recipe(loaded, runs=folder / "runs", console=Console(quiet=True))
    plan = plan_recipe(loaded, runs=folder / "runs")
    return result, {stage.name: plan.store.load(stage) for stage in plan.stages}


@pytest.fixture()
def unmarked(own: Path) -> Path:
    """Pairs with given negatives, one of which answers: the same fact in other words."""
    rows = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    for i, row in enumerate(rows):
        other = rows[(i + 7) % len(rows)]["positive"]
        row["negatives"] = [row["positive"].replace("建てられた", "できたという話だ"), other]
    (own / "pairs.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    return own


def test_rlhn_relabels_through_two_judges_by_the_batch_api(unmarked):
    with Loopback(model) as endpoint:
        result, done = carried_out(small("rlhn", unmarked, endpoint.base_url, judged=4), unmarked)
        assert any("/batches" in line for line in endpoint.log)
        models = {json.loads(line)["body"]["model"] for f in endpoint.files.values() for line in f.splitlines()
                  if b'"body"' in line and b'"messages"' in line}  # fmt: skip
    assert models == {"gpt-4o-mini-2024-07-18", "gpt-4o-2024-11-20"}
    assert set(result.models) == {"dense", "colbert"}
    summary = done["negatives"].summary
    first, second = summary["judges"]["llm"], summary["judges"]["llm-2"]
    # the second judge sees what the first flagged, and nothing else
    assert second["seen"] == first["flagged"] == first["false_negative"] > 40
    relabelled = read_table(done["negatives"].folder / "relabelled.arrow")
    assert relabelled.num_rows == summary["relabelled"] == second["false_negative"]


def test_the_three_arms_have_the_same_budget(own, reranker):
    arms = {}
    with Loopback(model) as endpoint:
        for name, rules in (
            ("dont-retrieve-generate", {}),
            ("dont-retrieve-generate-ce", {"scorer": str(reranker), "max_of_positive": None}),
            ("dont-retrieve-generate-llm", {}),
        ):
            _, arms[name] = carried_out(small(name, own, endpoint.base_url, **rules), own)
        asked = len(endpoint.requests)
    queries = {name: done["negatives"].summary["queries"] for name, done in arms.items()}
    assert len(set(queries.values())) == 1
    bm25, ce, llm = arms.values()
    assert "score" in ce and "write-negatives" in llm
    # every query is written for, also the few that are held out afterwards
    assert asked == len((own / "pairs.jsonl").read_text(encoding="utf-8").splitlines())
    table = read_table(llm["negatives"].folder / "negatives.arrow")
    kept = [row for row in table.to_pylist() if row["kept"]]
    assert kept and all(row["passage_id"].startswith("negatives:") for row in kept)
    assert all(done["negatives"].summary["missing"] == 0 for done in (bm25, ce, llm))


def test_linq_crafts_filters_and_mines(own):
    writer = [
        "synthesis.writers=[{kind: triplets, name: crafted, brainstorm: 3, per_task: 5, llm: {model: gpt-4o}}]"
    ]
    with Loopback(model) as endpoint:
        loaded = small("linq", own, endpoint.base_url, *writer)
        own_miner = [loaded.recipe.negatives.miners[0].model_copy(update={"model": None})]
        rules = loaded.recipe.negatives.model_copy(update={"miners": own_miner})
        loaded = dataclasses.replace(loaded, recipe=loaded.recipe.model_copy(update={"negatives": rules}))
        result, done = carried_out(loaded, own)
    crafted = done["write-crafted"].summary
    assert crafted["queries"] == 15 and crafted["passages"] == 30
    assert done["consistency"].summary["pairs"] == 15 >= done["consistency"].summary["kept"] > 0
    assert set(result.models) == {"dense"}


def test_personas_ask_about_documents(own):
    rows = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    text = "".join(
        json.dumps({"id": f"d{i}", "text": r["positive"]}, ensure_ascii=False) + "\n"
        for i, r in enumerate(rows)
    )
    (own / "pairs.jsonl").write_text(text, encoding="utf-8")
    with Loopback(model) as endpoint:
        loaded = small("finpersona", own, endpoint.base_url)
        own_miner = [loaded.recipe.negatives.miners[0].model_copy(update={"model": None})]
        rules = loaded.recipe.negatives.model_copy(update={"miners": own_miner})
        loaded = dataclasses.replace(loaded, recipe=loaded.recipe.model_copy(update={"negatives": rules}))
        result, done = carried_out(loaded, own)
    assert set(result.models) == {"dense", "colbert"}
    assert done["write-personas"].summary["queries"] > 40
    funnel = done["data"].summary["funnel"]["queries"]
    assert funnel["kept"] > 10 and funnel.get("inconsistent", 0) >= 0
