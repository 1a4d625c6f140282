"""From what a recipe says to files on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from langret.errors import DataError, RecipeError, nearest

_VARIABLE = re.compile(r"\$\{(\w+)\}|\$(\w+)")
_SPLITS = {
    "train": ("train", "training"),
    "dev": ("dev", "valid", "validation", "val"),
    "test": ("test", "eval"),
}


def resolve_path(path: str, base: Path) -> Path:
    """Fill in environment variables and ``~``; a relative path starts at ``base``.

    ``LANGRET_DATA`` has a default: ``../shared/data`` from the root of the project that the working
    directory is in.

    Args:
        path: As the recipe gives it.
        base: Folder of the recipe.

    Raises:
        RecipeError: The path names a variable that is not set.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name in os.environ:
            return os.environ[name]
        if name == "LANGRET_DATA":
            return str(_project_root().parent / "shared" / "data")
        near = nearest(name, [k for k in os.environ if k.startswith(name[:3])] + ["LANGRET_DATA"])
        raise RecipeError(f"The environment variable {name} is not set.", where=f"path {path}", hint=near)

    return base / Path(_VARIABLE.sub(value, path)).expanduser()


def _project_root() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "pyproject.toml").exists() or (folder / ".git").exists():
            return folder
    return here


def must_exist(path: Path) -> Path:
    """Return the path, or say which of its parents is missing and what stands there instead.

    Raises:
        DataError: Nothing is at the path.
    """
    if path.exists():
        return path
    missing = path
    while not missing.parent.exists() and missing.parent != missing:
        missing = missing.parent
    names = [p.name for p in missing.parent.iterdir()] if missing.parent.is_dir() else []
    raise DataError(
        f"There is no {missing.name!r} in {missing.parent}.",
        where=str(path),
        hint=nearest(missing.name, names),
    )


def bare_suffix(path: Path) -> str:
    """Return the suffix that says what a file holds, lower case: ``.jsonl`` for ``corpus.JSONL.gz``."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def find_part(root: Path, pattern: str) -> list[Path]:
    """Return the files that a recipe's ``files`` entry names: one path, or a glob.

    Raises:
        DataError: There is none.
    """
    if any(c in pattern for c in "*?["):
        found = sorted(p for p in root.glob(pattern) if p.is_file())
        if not found:
            raise DataError(f"No file matches {pattern!r}.", where=str(root))
        return found
    return [must_exist(root / pattern)]


def split_of(path: Path, root: Path) -> str | None:
    """Return which of train, dev and test a file belongs to by the words of its path, or None."""
    words = re.split(r"[^a-z]+", str(path.relative_to(root) if root in path.parents else path.name).lower())
    for split, names in _SPLITS.items():
        if any(w in names for w in words):
            return split
    return None


def choose_split(names: Iterable[str], wanted: str | None, role: str, where: str) -> str:
    """Choose among the splits that a data set has.

    Args:
        names: What there is.
        wanted: What the recipe asks for.
        role: ``train`` or ``test``: training data or a benchmark.
        where: What is being read.

    Raises:
        DataError: The split asked for is not there, or none was asked for and it is not clear which to take.
    """
    there = list(names)
    if wanted is not None:
        same = [n for n in there if n == wanted] or [n for n in there if canonical(n) == canonical(wanted)]
        if not same:
            raise DataError(f"There is no split {wanted!r}.", where=where, hint=nearest(wanted, there))
        return same[0]
    if len(there) == 1:
        return there[0]
    order = ("train",) if role == "train" else ("test", "dev")
    for split in order:
        for name in there:
            if canonical(name) == split:
                return name
    raise DataError(
        f"There are several splits: {', '.join(there)}.", where=where, hint="Say which with `split:`."
    )


def canonical(split: str) -> str:
    """``validation``, ``valid`` and ``val`` are ``dev``, and so on; other names stay."""
    return next((k for k, names in _SPLITS.items() if split.lower() in names), split)
