"""Recipes that come with langret, and the files made from the schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from langret.errors import RecipeError
from langret.language import known_languages
from langret.recipe import load_recipe, shipped_recipes
from langret.recipe import shipped as shipped_module
from langret.recipe.jsonschema import FILE, recipe_reference, recipe_schema, schema_text, write_schema
from langret.recipe.schema import Recipe
from langret.recipe.shipped import recipes_folder, shipped_paths


@pytest.mark.parametrize("name", shipped_paths())
def test_every_shipped_recipe_loads_and_says_what_it_is_for(name: str) -> None:
    loaded = load_recipe(name)
    assert loaded.path == shipped_paths()[name]
    assert loaded.recipe.about


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "recipes"
    (folder / "quickstart").mkdir(parents=True)
    text = f"name: q\nabout: 見本\nlanguage: {known_languages()[0]}\ndata: {{train: [{{path: c.jsonl}}]}}\n"
    (folder / "quickstart" / "xx.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(shipped_module, "recipes_folder", lambda: folder)
    monkeypatch.chdir(tmp_path)
    return folder


def test_names_come_from_folders_and_load(shelf: Path) -> None:
    (found,) = shipped_recipes()
    assert (found.name, found.about) == ("quickstart/xx", "見本")
    assert load_recipe("quickstart/xx").path == found.path


def test_unknown_name_gets_the_nearest(shelf: Path) -> None:
    with pytest.raises(RecipeError, match='Did you mean "quickstart/xx"'):
        load_recipe("quickstart/xxx")


def test_extends_by_name_keeps_paths_of_the_shipped_folder(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: quickstart/xx\nname: mine\n", encoding="utf-8")
    recipe = load_recipe("mine.yaml").recipe
    assert recipe.name == "mine"
    assert recipe.data.train[0].path == str(shelf / "quickstart" / "c.jsonl")


def test_a_file_goes_before_a_shipped_name(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "quickstart").mkdir()
    (tmp_path / "quickstart" / "xx").write_text(
        (shelf / "quickstart" / "xx.yaml").read_text(), encoding="utf-8"
    )
    assert load_recipe("quickstart/xx").path == tmp_path / "quickstart" / "xx"


def test_shipped_schema_is_current() -> None:
    assert (recipes_folder() / FILE).read_text(encoding="utf-8") == schema_text(), (
        "run python -m langret.recipe.jsonschema"
    )


def test_schema_allows_less_in_a_recipe_that_extends(tmp_path: Path) -> None:
    schema = recipe_schema()
    assert schema["anyOf"][0] == {"required": ["extends"]}
    assert set(schema["anyOf"][1]["required"]) == {"name", "language", "data"}
    assert schema["properties"].keys() == Recipe.model_fields.keys()
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Member"]["properties"]["training"]["$ref"] == "#/$defs/Training"
    assert json.loads(write_schema(tmp_path / "s.json").read_text(encoding="utf-8")) == schema


def test_reference_has_a_row_for_every_key() -> None:
    text = recipe_reference()
    for model in (
        Recipe,
        *(f.annotation for f in Recipe.model_fields.values() if hasattr(f.annotation, "model_fields")),
    ):
        section = text.split(f"## {model.__name__}\n")[1].split("\n## ")[0]
        for key in model.model_fields:
            assert f"| `{key}` |" in section
    assert "## WeakPairs\n" in text and "## Miner\n" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert all(len(line.replace("\\|", "").split("|")) == 6 and line.split("|")[4].strip() for line in rows)
