"""The training rows of the papers, end to end at small size: their phases, objectives and merges on a user's few texts.

What the recipes say of objectives, optimisers, phases, sources and averaging stays; data, backbones, the teacher and
sizes are exchanged.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe
from langret.recipe.schema import Recipe

SIZES = {
    "epochs": 1.0,
    "batch_size": 8,
    "query_tokens": 32,
    "passage_tokens": 48,
    "evaluations": 3,
    "checkpoints": 10,
    "lr": 1e-3,
}


def shrunk(keys: dict[str, Any], teacher: Path) -> dict[str, Any]:
    """Settings of a training, phase or member, with small numbers where it gives large ones."""
    found = {**keys, **{key: value for key, value in SIZES.items() if key in keys}}
    if keys.get("negatives"):
        found["negatives"] = 2
    if keys.get("micro_batch"):
        found["micro_batch"] = 4
    if keys.get("distill"):
        found["distill"] = {**keys["distill"], "teacher": str(teacher), "passages": 3}
    if keys.get("then"):
        found["then"] = [shrunk(phase, teacher) for phase in keys["then"]]
    return found


def small(name: str, folder: Path, teacher: Path) -> Any:
    """A recipe of a paper on the fixture's data, every source with rows of its own."""
    own = load_recipe(folder / "own.yaml").recipe
    loaded = load_recipe(f"papers/{name}")
    recipe: Recipe = loaded.recipe
    rows = (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    sources = []
    for number, source in enumerate(recipe.data.train):
        part = folder / f"part{number}.jsonl"
        part.write_text("".join(rows[number :: len(recipe.data.train)]), encoding="utf-8")
        sources.append(own.data.train[0].model_copy(update={"path": str(part), "name": source.name}))
    keys = recipe.model_dump()
    rules = {"per_query": 2, "miners": own.negatives.miners}
    changed = {
        "language": "ja",
        "data": own.data.model_copy(update={"train": sources, "filters": recipe.data.filters}),
        "backbone": own.backbone,
        "pretraining": [],
        "negatives": recipe.negatives.model_copy(update=rules),
        "training": type(recipe.training).model_validate(shrunk(keys["training"], teacher)),
        "members": [
            m.model_copy(
                update={
                    "backbone": None,
                    "dimension": 16 if m.dimension else None,
                    "training": shrunk(m.training, teacher),
                }
            )
            for m in recipe.members
        ],
        "evaluation": own.evaluation,
    }
    changed = {**changed, "synthesis": recipe.synthesis}
    return dataclasses.replace(
        loaded, base=folder, path=folder / "paper.yaml", recipe=recipe.model_copy(update=changed)
    )


@pytest.mark.parametrize(
    ("name", "trained", "taught"),
    [
        ("e5", ["train-e5-base", "train-e5-base-2"], 1),
        ("jacolbert-v2.5", ["train-jacolbert", "train-jacolbert-2"], 2),
        pytest.param(
            "multilingual-e5",
            [f"train-{m}{n}" for m in ("small", "base", "large") for n in ("", "-2")],
            1,
            marks=pytest.mark.slow,
        ),
    ],
)
def test_the_phases_of_a_paper_run_from_pairs_to_results(own, reranker, name, trained, taught):
    loaded = small(name, own, reranker)
    result = run_recipe(loaded, runs=own / "runs", console=Console(quiet=True))
    plan = plan_recipe(loaded, runs=own / "runs")
    done = {stage.name: plan.store.load(stage) for stage in plan.stages}
    assert all(done.values())
    assert set(trained) <= done.keys()
    assert sum(stage.startswith("teacher-") for stage in done) == taught
    assert {r.member for r in result.results} == {m.id for m in loaded.recipe.members} | {"bm25"}
    for stage in trained:
        log = [json.loads(line) for line in (done[stage].folder / "log.jsonl").read_text().splitlines()]
        assert any("loss" in line for line in log)
        if name.startswith("jacolbert"):
            assert log[-1]["averaged"] == 3
    if name == "e5":
        assert done["consistency"].summary["kept"] > 0
