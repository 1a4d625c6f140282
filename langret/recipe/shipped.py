"""The recipes that come with langret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from langret.recipe.tree import Node, Problem, parse_yaml, raise_problems


@dataclass(frozen=True)
class ShippedRecipe:
    """A recipe that comes with langret.

    Attributes:
        name: Name to give to ``langret run``, such as ``quickstart/ja``.
        path: The file.
        about: What the recipe says it is for.
    """

    name: str
    path: Path
    about: str


def recipes_folder() -> Path:
    """The folder of the shipped recipes: inside an installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_recipes"
    return installed if installed.is_dir() else package.parent / "recipes"


def shipped_paths() -> dict[str, Path]:
    """Names and files of the shipped recipes, sorted, without reading them."""
    root = recipes_folder()
    found = (p for p in sorted(root.rglob("*.yaml")) if not p.name.endswith(".lock.yaml"))
    return {p.relative_to(root).with_suffix("").as_posix(): p for p in found}


def shipped_recipes() -> list[ShippedRecipe]:
    """Every recipe that comes with langret, sorted by name.

    Raises:
        RecipeError: A shipped file is not YAML.
    """
    out = []
    for name, path in shipped_paths().items():
        problems: list[Problem] = []
        tree = parse_yaml(path.read_text(encoding="utf-8"), str(path), path.parent, problems)
        raise_problems(problems)
        about = tree.value.get("about") if isinstance(tree.value, dict) else None
        out.append(ShippedRecipe(name, path, about.value if _is_text(about) else ""))  # type: ignore[union-attr,arg-type]
    return out


def _is_text(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, str)
