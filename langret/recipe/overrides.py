"""``--set path.to.key=value``: single values of a recipe changed from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from langret.errors import RecipeError, nearest
from langret.recipe.problems import models_of, shown
from langret.recipe.schema import Recipe
from langret.recipe.tree import Node, Problem, parse_yaml

_LABELS = ("name", "head", "kind", "objective")


def apply_override(tree: Node, override: str, problems: list[Problem]) -> Node:
    """Return the tree with one value set.

    Keys that the recipe does not name are made; whether the schema knows them is found when the recipe is
    validated. Items of a list are named by index (``members.0.dimension``) or by what they are called
    (``members.colbert.dimension``, ``negatives.miners.bm25.last``). Relative paths in the value start at the
    working folder, as everywhere on a command line.

    Args:
        tree: The merged recipe.
        override: ``path.to.key=value``; the value is YAML.
        problems: Where duplicate keys in the value are reported.

    Raises:
        RecipeError: There is no ``=`` or no key, the value is not YAML, or the path leads through a value
            that has no such part.
    """
    path, equals, text = override.partition("=")
    keys = path.strip().split(".")
    name = f"--set {override if len(override) <= 80 else override[:79] + '…'}"
    if not equals or not all(keys):
        raise RecipeError("expected path.to.key=value.", where=name)
    if keys[0] == "extends":
        raise RecipeError("extends belongs in the recipe file.", where=name)
    value = parse_yaml(text, name, Path.cwd(), problems, inline=True)
    return _set(tree, keys, value, Recipe, [])


def _set(node: Node, keys: list[str], value: Node, model: Any, done: list[str]) -> Node:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    here = ".".join(done)
    if isinstance(node.value, list):
        index = _index(node.value, key, value, here)
        items = list(node.value)
        items[index] = _set(items[index], rest, value, model, [*done, key])
        return Node(items, node.file, node.line, node.base)
    if node.value is not None and not isinstance(node.value, dict):
        raise RecipeError(f"{here} is {shown(node.value)} and has no parts.", where=value.file)
    mapping = dict(node.value or {})
    model, default = _field(model, key)
    child = mapping.get(key)
    if child is None or child.value is None:
        child = _nodes(default, value)
    mapping[key] = _set(child, rest, value, model, [*done, key])
    return Node(mapping, node.file, node.line, node.base)


def _index(items: list[Node], key: str, value: Node, here: str) -> int:
    """Position of the item that a key names: an index, or what the item is called."""
    if key.isdecimal():
        if int(key) < len(items):
            return int(key)
        raise RecipeError(f"{here} has {len(items)} item(s), counted from 0; found {key}.", where=value.file)
    labels = [_label(item) for item in items]
    if labels.count(key) == 1:
        return labels.index(key)
    if key in labels:
        raise RecipeError(
            f'{here} has several items called "{key}".', where=value.file, hint="Give the index."
        )
    names = [*(x for x in labels if x), *map(str, range(len(items)))]
    raise RecipeError(f'{here} has no item "{key}".', where=value.file, hint=nearest(key, names))


def _label(item: Node) -> str | None:
    if isinstance(item.value, dict):
        for field in _LABELS:
            found = item.value.get(field)
            if found is not None and isinstance(found.value, str):
                return found.value
    return None


def _field(model: Any, key: str) -> tuple[Any, Any]:
    """The model under a key, and its default where that is a list, whose items an override may name.

    Mappings start empty instead: their own defaults apply, and alternatives such as ``backbone.pretrained``
    do not collide with a default that the user never wrote.
    """
    for candidate in models_of(model):
        field = candidate.model_fields.get(key)
        if field is not None:
            default = field.default if isinstance(field.default, list) else None
            return field.annotation, None if default is PydanticUndefined else default
    return None, None


def _nodes(default: Any, like: Node) -> Node:
    if isinstance(default, list):
        return Node([_nodes(item, like) for item in default], like.file, like.line, like.base)
    if isinstance(default, BaseModel):
        set_here = default.model_dump(exclude_unset=True)
        return Node({k: _nodes(v, like) for k, v in set_here.items()}, like.file, like.line, like.base)
    return Node(default, like.file, like.line, like.base)
