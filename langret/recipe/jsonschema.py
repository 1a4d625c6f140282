"""The JSON Schema of a recipe for editors, and the recipe reference of the documentation.

``python -m langret.recipe.jsonschema`` rewrites the shipped copy, ``recipes/recipe.schema.json``.
"""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from langret.recipe.problems import models_of
from langret.recipe.schema import Recipe
from langret.recipe.shipped import recipes_folder

FILE = "recipe.schema.json"
_WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    type(None): "null",
    object: "any",
}


def recipe_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a recipe file.

    It differs from the model in three places: a recipe with ``extends`` may leave out what the other one has,
    the ``training`` of a member is described like the recipe's own, and ``negatives`` may be the name of a mined set.
    """
    schema = Recipe.model_json_schema()
    needed, parts = schema.pop("required"), schema["$defs"]
    data_needed = parts["Data"].pop("required")
    complete = {"required": needed, "properties": {"data": {"required": data_needed}}}
    own = parts["Member"]["properties"]["training"]
    parts["Member"]["properties"]["training"] = {
        "$ref": "#/$defs/Training",
        "description": own["description"],
    }
    named = schema["properties"]["negatives"]
    schema["properties"]["negatives"] = {
        "anyOf": [{"$ref": named.pop("$ref")}, {"type": "string"}],
        **named,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "langret recipe",
        "anyOf": [{"required": ["extends"]}, complete],
    }


def schema_text() -> str:
    """The JSON Schema as it stands in the shipped file."""
    return json.dumps(recipe_schema(), ensure_ascii=False, indent=2) + "\n"


def recipe_reference() -> str:
    """Markdown that describes every key of a recipe: one table a part, in the order of a recipe."""
    parts: list[type[BaseModel]] = []
    _collect(Recipe, parts)
    return "\n".join(_section(part) for part in parts)


def _collect(model: type[BaseModel], parts: list[type[BaseModel]]) -> None:
    if model in parts:
        return
    parts.append(model)
    for field in model.model_fields.values():
        for inner in models_of(field.annotation):
            _collect(inner, parts)


def _section(model: type[BaseModel]) -> str:
    about = " ".join((model.__doc__ or "").split())
    lines = [
        f"## {model.__name__}",
        "",
        about,
        "",
        "| key | type | default | what it is |",
        "|---|---|---|---|",
    ]
    for name, field in model.model_fields.items():
        limits = [word for item in field.metadata if (word := _limit(item))]
        kind = ", ".join([_type(field.annotation), *limits])
        default = (
            "**required**" if field.is_required() else _default(field.get_default(call_default_factory=True))
        )
        about = " ".join((field.description or "").split())
        lines.append(f"| `{name}` | {_cell(kind)} | {_cell(default)} | {_cell(about)} |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        limits = [word for item in inner[1:] for word in _limits(item)]
        return f"{_type(inner[0])} ({', '.join(limits)})" if limits else _type(inner[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(part) for part in inner)
    if origin is list:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"mapping to {_type(inner[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _WORDS.get(annotation, str(annotation))


def _limits(item: Any) -> list[str]:
    return [word for one in getattr(item, "metadata", [item]) if (word := _limit(one))]


def _limit(item: Any) -> str:
    for name, word in (("ge", "at least"), ("gt", "above"), ("le", "at most"), ("lt", "below")):
        value = getattr(item, name, None)
        if value is not None:
            return f"{word} {value}"
    return ""


def _default(value: Any) -> str:
    if value is None or value is PydanticUndefined:
        return "null"
    if isinstance(value, BaseModel) and not value.model_fields_set:
        return "see there"
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_unset=True)
    elif isinstance(value, list):
        value = [v.model_dump(exclude_unset=True) if isinstance(v, BaseModel) else v for v in value]
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def write_schema(path: Path | None = None) -> Path:
    """Write the JSON Schema beside the shipped recipes, or to ``path``, and return where."""
    path = path or recipes_folder() / FILE
    path.write_text(schema_text(), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(write_schema())
