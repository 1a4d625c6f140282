"""Every module that has a say in a result is in the fingerprint of its stage."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from langret.pipeline import rooms
from langret.pipeline.fingerprint import locate
from langret.pipeline.plan import plan_recipe
from langret.recipe import load_recipe

# What tells of a training and does not change it; what loads finished models; and a stage of its own.
TELLING = {"training.alarms", "training.cost", "training.extras", "training.watch"}
READING = {
    f"modeling.{part}" for part in ("encoding", "export", "export_onnx", "identity", "kinds", "retriever")
}
ASIDE = {*TELLING, *READING, "training.mlm", "training", "modeling"}


def imports(module: str) -> Iterator[str]:
    place = locate(module)
    text = (place / "__init__.py" if place.is_dir() else place).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("langret."):
            for name in node.names:
                try:
                    locate(f"{node.module}.{name.name}")
                    yield f"{node.module}.{name.name}"
                except ModuleNotFoundError:
                    yield str(node.module)


def reached(*modules: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += imports(module)
    return {module.removeprefix("langret.") for module in seen}


def test_all_that_trains_is_named():
    found = reached("langret.pipeline.work.training")
    assert len(found) > 40
    used = {m for m in found if m.split(".")[0] in ("training", "modeling") or m == "data.merge"}
    assert used - ASIDE <= set(rooms.WEIGHTS)


def test_who_watches_counts_where_held_out_queries_choose(own):
    for by in ("last", "best"):
        loaded = load_recipe(own / "own.yaml", [f"training.average_by={by}"])
        plan = plan_recipe(loaded, runs=own / "runs")
        assert ("langret.training.watch" in plan.models["dense"].code) == (by == "best")
