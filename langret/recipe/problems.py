"""What pydantic found wrong, in words for people: place, key, what was found, what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from langret.errors import nearest
from langret.recipe.tree import Loc, Node, Problem

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "too_short": "at least {min_length} item(s)",
    "greater_than": "a value above {gt}",
    "greater_than_equal": "a value of at least {ge}",
    "less_than": "a value below {lt}",
    "less_than_equal": "a value of at most {le}",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "letters, digits, dots, hyphens and underscores, with a letter or digit first",
    "literal_error": "{expected}",
    "union_tag_invalid": "one of {expected_tags}",
}


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model inside a type: through lists, dictionaries, unions and annotations."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from models_of(part)


def shown(value: Any) -> str:
    """A value as the user wrote it, shortened."""
    if isinstance(value, dict):
        return f"a mapping ({', '.join(str(k) for k in list(value)[:5])})" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    text = str(value)
    text = text if len(text) <= 60 else text[:59] + "…"
    return f'"{text}"' if isinstance(value, str) else text


def _tags(model: type[BaseModel]) -> dict[str, set[str]]:
    """Literal values of each field of a model that has them, to recognise the tag of a union."""
    return {
        name: {v for v in get_args(field.annotation) if isinstance(v, str)}
        for name, field in model.model_fields.items()
    }


def _walk(model: type[BaseModel], loc: Loc) -> tuple[list[str | int], list[type[BaseModel]]]:
    """The path as written in the file (pydantic's has union tags in it) and the models at its parent."""
    models, path, parents = [model], [], [model]
    for position, part in enumerate(loc):
        after_index = position > 0 and isinstance(loc[position - 1], int)
        tagged = [m for m in models if any(part in values for values in _tags(m).values())]
        if after_index and len(models) > 1 and tagged:
            models = tagged
            continue
        path.append(part)
        if isinstance(part, int):
            continue
        parents = models
        fields = [m.model_fields[part].annotation for m in models if part in m.model_fields]
        models = [found for annotation in fields for found in models_of(annotation)]
    return path, parents


def problems_of(
    error: ValidationError, tree: Node, model: type[BaseModel], prefix: Loc = ()
) -> list[Problem]:
    """Every mistake that pydantic found, placed in the recipe's tree.

    Args:
        error: What ``model.model_validate`` raised.
        tree: The whole recipe.
        model: The model that was validated.
        prefix: Where in the recipe its data stands.
    """
    return [_problem(details, tree, model, prefix) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails, tree: Node, model: type[BaseModel], prefix: Loc) -> Problem:
    path, parents = _walk(model, details["loc"])
    full = [*prefix, *path]
    node = tree.at(full)
    key = ".".join(map(str, full))
    kind, found, context = details["type"], details["input"], details.get("ctx", {})

    def say(what: str, hint: str = "") -> Problem:
        return node.problem(f"{key}: {what}" if key else what, hint)

    if kind == "extra_forbidden":
        return say("unknown key.", _known_key(str(full[-1]), parents))
    if kind == "missing":
        field = next((p.model_fields[str(path[-1])] for p in parents if path[-1] in p.model_fields), None)
        return say("missing.", (field.description or "").split("\n")[0] if field else "")
    if kind == "union_tag_not_found":
        name = str(context["discriminator"]).strip("'")
        return node.problem(
            f"{key}.{name}: missing.", f"Expected one of {_choices(model, details['loc'], name)}."
        )
    if kind == "value_error":
        return say(f"{str(context['error']).rstrip('.')}.", _several_files(node))
    expected = _EXPECTED.get(kind)
    if expected is None:
        return say(f"found {shown(found)}; {details['msg']}.")
    if kind == "union_tag_invalid":
        name, found = str(context["discriminator"]).strip("'"), context["tag"]
        node, key = tree.at([*full, name]), f"{key}.{name}"
    expected = expected.format(**{k: str(v).replace("'", '"') for k, v in context.items()})
    hint = ""
    if kind == "string_type" and isinstance(found, int | float):
        hint = "Put it in quotes."
    elif kind in ("literal_error", "union_tag_invalid") and isinstance(found, str):
        close = nearest(found, re.findall(r'"([^"]+)"', expected))
        hint = close if close.startswith("Did") else ""
    return say(f"found {shown(found)}, expected {expected}.", hint)


def _known_key(key: str, parents: list[type[BaseModel]]) -> str:
    """A hint for an unknown key: a name like it, or the key described in its words (learning_rate: lr)."""
    fields = {
        name: field.description or "" for parent in parents for name, field in parent.model_fields.items()
    }
    hint = nearest(key, fields)
    words = key.replace("_", " ").lower()
    places = {name: description.lower().find(words) for name, description in fields.items()}
    meant = sorted((place, name) for name, place in places.items() if place >= 0)
    return hint if hint.startswith("Did") or not meant or len(words) < 4 else f'Did you mean "{meant[0][1]}"?'


def _choices(model: type[BaseModel], loc: Loc, name: str) -> str:
    models: list[type[BaseModel]] = [model]
    for part in loc:
        if isinstance(part, str):
            models = [m for parent in models for m in models_of(parent.model_fields[part].annotation)]
    return ", ".join(sorted(f'"{v}"' for m in models for v in _tags(m).get(name, ())))


def _several_files(node: Node) -> str:
    """A hint for values that exclude each other and meet only because a recipe was built on another."""
    if not isinstance(node.value, dict) or len({child.file for child in node.value.values()}) < 2:
        return ""
    places = ", ".join(f"{key} from {child.file}" for key, child in node.value.items())
    return f"The keys come from different places ({places}); set one that is not wanted to null."
