"""What models are made of, and the licences of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from langret.language import get_language
from langret.pipeline.provenance import data_sources, licence_notes, made_of
from langret.recipe import load_recipe
from langret.recipe.schema import Recipe


def recipe(**more: Any) -> Recipe:
    values = {"name": "own", "language": "ko", "data": {"train": [{"path": "faq.jsonl"}]}, **more}
    return Recipe.model_validate(values)


def test_licences_come_from_the_recipe_the_catalogue_and_langret_itself() -> None:
    korean = get_language("ko")
    entry = next(e for e in korean.catalogue if "ND" in e.licence and e.hub)
    sources = [
        {"hub": entry.hub},
        {"hub": entry.hub, "licence": "cc0-1.0", "name": "again"},
        {"hub": "some/one"},
        {"path": "faq.jsonl"},
        {"world": "train"},
    ]
    found = data_sources(recipe(data={"train": sources}), korean)
    assert [(s.name, s.licence, s.hub) for s in found] == [
        (entry.hub, entry.licence, entry.hub),
        (entry.hub, "cc0-1.0", entry.hub),
        ("some/one", "", "some/one"),
        ("faq.jsonl", "", ""),
        ("generated world, train", "langret's own words", ""),
    ]


def test_mined_sets_writers_and_pretrained_models_are_parts_too(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Bert\n", encoding="utf-8")
    (tmp_path / "bare").mkdir()
    parts = made_of(
        recipe(
            negatives="someone/negatives",
            synthesis={"writers": [{"kind": "queries", "llm": {"model": "big-model"}}]},
            backbone={"pretrained": "model"},
            members=[
                {"head": "dense"},
                {"head": "colbert", "backbone": {"pretrained": "bare"}},
                {"head": "dense", "name": "third", "backbone": {"pretrained": "org/hub-model"}},
            ],
        ),
        get_language("ko"),
        tmp_path,
    )
    assert [tuple(part) for part in parts] == [
        ("faq.jsonl", ""),
        ("negatives of someone/negatives", ""),
        ("text written by big-model", ""),
        ("model", "cc-by-nc-4.0"),
        ("bare", ""),
        ("org/hub-model", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),  # one's own data says nothing
        ({"members": []}, []),
        ({"licence": "mit"}, ["no commercial use", "The recipe's licence mit is not non-commercial"]),
    ],
)
def test_notes_are_of_stated_licences_alone(tmp_path: Path, changes: dict[str, Any], said: list[str]) -> None:
    values = recipe(**changes).model_dump(mode="json", exclude_unset=True)
    if said:
        values["data"]["train"].append({"path": "b.jsonl", "licence": "CC BY-NC 4.0"})
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    notes = licence_notes(load_recipe(str(tmp_path / "own.yaml"), []))
    assert len(notes) == len(said)
    assert all(part in note for part, note in zip(said, notes, strict=True))
