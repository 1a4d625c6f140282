"""From a YAML file to a `Recipe`: other recipes it builds on, overrides, and every mistake in one message."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from langret.errors import RecipeError, nearest
from langret.recipe.overrides import apply_override
from langret.recipe.problems import problems_of
from langret.recipe.schema import Recipe, Training
from langret.recipe.shipped import shipped_paths
from langret.recipe.tree import Node, Problem, dump_yaml, merge, parse_yaml, raise_problems

MAX_BYTES = 1 << 20

# Which values are paths: always, or only where they look like one (hub names resemble relative paths).
_PATHS = (
    ("data", "train", "*", "path"),
    ("evaluation", "benchmarks", "*", "path"),
    ("evaluation", "watch", "path"),
)
_PATHS_OR_NAMES = (
    ("backbone", "pretrained"),
    ("members", "*", "backbone", "pretrained"),
    ("training", "distill", "teacher"),
    ("training", "then", "*", "distill", "teacher"),
    ("members", "*", "training", "distill", "teacher"),
    ("members", "*", "training", "then", "*", "distill", "teacher"),
    ("negatives", "miners", "*", "model"),
    ("negatives", "judges", "*", "model"),
    ("negatives", "scorer"),
    ("negatives", "set"),
    ("negatives",),
    ("synthesis", "consistency", "by"),
    ("evaluation", "baselines", "*"),
)


@dataclass(frozen=True)
class LoadedRecipe:
    """A recipe and where it came from.

    Attributes:
        recipe: The validated recipe, with everything that it extends and all overrides in it.
        path: The file.
        base: The file's folder, at which relative paths of the recipe start.
        text: The file's own text, without what it extends and without overrides.
    """

    recipe: Recipe
    path: Path
    base: Path
    text: str


def load_recipe(path_or_name: str | Path, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """Read a recipe.

    Args:
        path_or_name: A YAML file, or the name of a shipped recipe such as ``quickstart/ja``.
        overrides: ``path.to.key=value`` each, applied in order after everything that the recipe extends.

    Returns:
        The recipe with its origin. ``recipe.extends`` is None: what it named is merged in, and relative paths
        of other folders have become absolute.

    Raises:
        RecipeError: The file or a name cannot be found, or is no valid recipe. One error lists every mistake
            with file, line, key, what was found and what was expected.
    """
    path = _find(path_or_name)
    problems: list[Problem] = []
    text = _read(path)
    tree = _tree(path, text, problems, chain=())
    for override in overrides:
        tree = apply_override(tree, override, problems)
    tree = _anchor_paths(tree, path.parent)
    recipe = _validate(tree, problems)
    return LoadedRecipe(recipe, path, path.parent, text)


def recipe_for_data(data: Path, language: str, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """The recipe that a person means who gives a file or folder instead of one, for all its queries.

    Args:
        data: What to read; any format of ``data.train``.
        language: Code of a language plugin.
        overrides: As of `load_recipe`.

    Raises:
        RecipeError: There is no such data, or an override is wrong.
    """
    if not data.expanduser().exists():
        beside = data.parent.iterdir() if data.parent.is_dir() else ()
        raise RecipeError(f'There is no file or folder "{data}".', hint=nearest(str(data), map(str, beside)))
    base = Path.cwd()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", data.resolve().name).strip("-._")[:64] or "data"
    source = {"path": str(data.expanduser())}
    # nothing is trained, so no query is held out to watch the training
    values = {"name": name, "language": language, "data": {"train": [source], "holdout": 0}}
    tree, problems = _plant(values, base, f"--language {language}"), list[Problem]()
    for override in overrides:
        tree = apply_override(tree, override, problems)
    return LoadedRecipe(_validate(tree, problems), base / f"{name}.yaml", base, "")


def resolved_yaml(recipe: Recipe, base: Path | None = None) -> str:
    """A recipe with every default written out, to keep with a run.

    Args:
        recipe: A loaded recipe.
        base: Where given, relative paths are made absolute from here, so that the text works in any folder.
            Without it the text reloads to the same recipe.
    """
    values = recipe.model_dump(mode="json", exclude={"extends"})
    if recipe.negatives.set is not None:  # it goes without miners, the defaults included
        values["negatives"] = recipe.negatives.model_dump(mode="json", exclude={"miners", "judges"})
    if base is not None:
        tree = _plant(values, base)
        values = _anchor_paths(tree, None).plain()
    return dump_yaml(values)


def _plant(value: Any, base: Path, file: str = "") -> Node:
    if isinstance(value, dict):
        return Node({k: _plant(v, base, file) for k, v in value.items()}, file, 0, base)
    if isinstance(value, list):
        return Node([_plant(v, base, file) for v in value], file, 0, base)
    return Node(value, file, 0, base)


def _find(path_or_name: str | Path) -> Path:
    path = Path(path_or_name).expanduser()
    if path.is_file():
        return path.absolute()
    shipped = shipped_paths()
    if str(path_or_name) in shipped:
        return shipped[str(path_or_name)]
    if path.is_dir():
        raise RecipeError(f"{path_or_name} is a folder, expected a recipe file.", hint=_beside(path))
    raise RecipeError(
        f'There is no recipe file and no shipped recipe "{path_or_name}".',
        hint=nearest(str(path_or_name), [*shipped, *_siblings(path.parent)]),
    )


def _siblings(folder: Path) -> list[str]:
    return [str(p) for p in sorted(folder.glob("*.y*ml"))] if folder.is_dir() else []


def _beside(folder: Path) -> str | None:
    inside = _siblings(folder)
    return f"Recipes in it: {', '.join(inside[:10])}." if inside else None


def _shown(path: Path) -> str:
    """The path as the user would type it."""
    cwd = Path.cwd()
    return str(path.relative_to(cwd)) if path.is_relative_to(cwd) else str(path)


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RecipeError(
                f"{size:,} bytes; a recipe is a small YAML file (at most {MAX_BYTES:,}).", where=_shown(path)
            )
        raw = path.read_bytes()
    except OSError as error:
        raise RecipeError(f"cannot be read: {error.strerror}.", where=_shown(path)) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RecipeError(
            f"byte 0x{raw[error.start]:02X} is not UTF-8.",
            where=f"{_shown(path)}:{line}",
            hint="Save it as UTF-8.",
        ) from error


def _tree(path: Path, text: str, problems: list[Problem], chain: tuple[Path, ...]) -> Node:
    """The file's values laid over those of the recipe that it extends."""
    tree = parse_yaml(text, _shown(path), path.parent, problems)
    if not isinstance(tree.value, dict):
        what = "nothing in it" if tree.value is None else "not a mapping of keys to values"
        raise RecipeError(
            f"{what}; expected a recipe.", where=_shown(path), hint="`langret init` writes one."
        )
    values = dict(tree.value)
    above = Node(values, tree.file, tree.line, tree.base)
    named = values.pop("extends", None)
    if named is None or named.value is None:
        return above
    if not isinstance(named.value, str):
        raise named.error("extends: expected a path or the name of a shipped recipe.")
    chain = (*chain, path.resolve())
    below = _extended(path, named)
    if below.resolve() in chain:
        round_trip = " -> ".join(_shown(p) for p in (*chain, below))
        raise named.error(f"extends: the recipes extend each other in a circle ({round_trip}).")
    return merge(_tree(below, _read(below), problems, chain), above)


def _extended(path: Path, named: Node) -> Path:
    name = str(named.value)
    file = path.parent / name
    if file.is_file():
        return Path(os.path.normpath(file))
    shipped = shipped_paths()
    if name in shipped:
        return shipped[name]
    names = [*shipped, *(os.path.relpath(p, path.parent) for p in _siblings(file.parent) if Path(p) != path)]
    raise named.error(
        f'extends: there is no file "{name}" beside it and no such shipped recipe.', nearest(name, names)
    )


def _anchor_paths(tree: Node, base: Path | None) -> Node:
    """Make relative paths that start elsewhere than at ``base`` absolute."""
    for pattern in _PATHS:
        tree = _rewrite(tree, pattern, base, certain=True)
    for name in _PATHS_OR_NAMES:
        tree = _rewrite(tree, name, base, certain=False)
    return tree


def _rewrite(node: Node, pattern: tuple[str, ...], base: Path | None, certain: bool) -> Node:
    if not pattern:
        if not isinstance(node.value, str) or node.base == base:
            return node
        return Node(_absolute(node.value, node.base, certain), node.file, node.line, node.base)
    key, rest = pattern[0], pattern[1:]
    if key == "*" and isinstance(node.value, list):
        items = [_rewrite(item, rest, base, certain) for item in node.value]
        return Node(items, node.file, node.line, node.base)
    if key != "*" and isinstance(node.value, dict) and key in node.value:
        mapping = {**node.value, key: _rewrite(node.value[key], rest, base, certain)}
        return Node(mapping, node.file, node.line, node.base)
    return node


def _absolute(value: str, base: Path, certain: bool) -> str:
    # "${LANGRET_DATA}/…" and "~/…" say themselves where they start.
    if not value or value.startswith(("$", "~", "/")):
        return value
    if certain or value.startswith(("./", "../")) or (base / value).exists():
        return os.path.normpath(base / value)
    return value


def _validate(tree: Node, problems: list[Problem]) -> Recipe:
    # Reading the installed packages takes longer than all of this module's other imports.
    from langret.language.registry import known_languages

    recipe = None
    values = tree.plain()
    # Keys of members and phases are checked here; the schema could only say that some training fails.
    for place, keys in _own_training(values):
        try:
            Training.model_validate(keys)
        except ValidationError as error:
            # what does not fit together is the whole recipe's to say, which knows the keys that these are laid over
            wrong = [
                p
                for p in problems_of(error, tree, Training, place)
                if p.message.startswith(f"{_dotted(place)}.")
            ]
            problems += wrong
            if wrong:
                keys.clear()
    try:
        recipe = Recipe.model_validate(values)
    except ValidationError as error:
        if error.title == Recipe.__name__:
            problems += problems_of(error, tree, Recipe)
    code, known = values.get("language"), known_languages()
    if isinstance(code, str) and code not in known:
        problems.append(
            tree.at(["language"]).problem(
                f'language: no plugin is installed for "{code}".', _installed(code, known)
            )
        )
    problems += _unknown_languages(tree, values, known)
    raise_problems(problems)
    assert recipe is not None
    return recipe


def _own_training(values: Any) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """The training keys of each member and of each phase, and where they stand."""

    def of(
        place: tuple[str | int, ...], training: Any
    ) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
        if not isinstance(training, dict):
            return
        phases = training.get("then")
        for number, phase in enumerate(phases if isinstance(phases, list) else []):
            if isinstance(phase, dict):
                yield (*place, "then", number), phase
        if place[0] == "members":
            yield place, training

    if not isinstance(values, dict):
        return
    yield from of(("training",), values.get("training"))
    members = values.get("members")
    for index, member in enumerate(members if isinstance(members, list) else []):
        if isinstance(member, dict):
            yield from of(("members", index, "training"), member.get("training"))


def _dotted(place: Sequence[str | int]) -> str:
    return ".".join(map(str, place))


def _unknown_languages(tree: Node, values: Any, known: Sequence[str]) -> list[Problem]:
    """Languages of benchmarks that no plugin is installed for."""
    evaluation = values.get("evaluation")
    evaluation = evaluation if isinstance(evaluation, dict) else {}
    benchmarks = evaluation.get("benchmarks")
    found: list[tuple[list[str | int], Any]] = [
        (["benchmarks", n], each) for n, each in enumerate(benchmarks if isinstance(benchmarks, list) else [])
    ]
    found.append((["watch"], evaluation.get("watch")))
    problems = []
    for place, benchmark in found:
        for key in ("passage_language", "query_language"):
            code = benchmark.get(key) if isinstance(benchmark, dict) else None
            if isinstance(code, str) and code not in known:
                at: list[str | int] = ["evaluation", *place, key]
                node = tree.at(at)
                what = f'{_dotted(at)}: no plugin is installed for "{code}".'
                problems.append(node.problem(what, _installed(code, known)))
    return problems


def _installed(code: str, known: Sequence[str]) -> str:
    hint = nearest(code, known) if known else ""
    installed = f"Installed: {', '.join(known) or 'none'}."
    return f"{hint} {installed}" if hint.startswith("Did") else installed
