"""Fingerprints: what a result was made of, as one number.

Two things are hashed: values that JSON can hold, and the files of the rooms whose code takes part. Rooms are
found on disk without importing them, so that `langret plan` needs none of the libraries that a stage runs on.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

DIGITS = 12
"""Hex digits of a fingerprint that are shown and used in folder names."""


def fingerprint(value: object) -> str:
    """Return the sha256 of a JSON-able value, in hex.

    Mappings count by content, not by order of keys; a tuple counts as a list.

    Args:
        value: Anything that JSON holds.

    Returns:
        64 hex digits.

    Raises:
        TypeError: Some part is not JSON (a path, a set, an object).
        ValueError: A number is NaN or infinite.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def code_hash(source: str | Path) -> str:
    """Return the hash of a room's files.

    Of a Python file the program counts, as this version of Python reads it. Comments, docstrings and layout do not, so
    that explaining the code better trains nothing again.

    Args:
        source: Dotted name of a package or module (``langret.mining``), or a file or folder.

    Returns:
        64 hex digits over names and contents; byte code and hidden files do not count.

    Raises:
        ModuleNotFoundError: There is no such module; nothing is imported to find out.
        FileNotFoundError: There is no such file.
    """
    root = source if isinstance(source, Path) else locate(source)
    if root.is_file():
        return fingerprint([[root.name, _file_hash(root)]])
    if not root.is_dir():
        raise FileNotFoundError(f"no such file or folder: {root}")
    return fingerprint([[path.relative_to(root).as_posix(), _file_hash(path)] for path in _files(root)])


def code_hashes(sources: Iterable[str | Path]) -> dict[str, str]:
    """Hash several rooms; the keys are their names, cut to the file's name for paths."""
    return {s.name if isinstance(s, Path) else s: code_hash(s) for s in sources}


def locate(module: str) -> Path:
    """Find the folder of a package or the file of a module without importing it.

    Args:
        module: Dotted name.

    Returns:
        Folder of a package, file of a module.

    Raises:
        ModuleNotFoundError: Nothing of that name is installed.
    """
    top, *rest = module.split(".")
    spec = importlib.util.find_spec(top)
    if spec is None:
        raise ModuleNotFoundError(f"no module named {module}", name=module)
    if not spec.submodule_search_locations:
        if rest or not spec.origin:
            raise ModuleNotFoundError(f"no module named {module}", name=module)
        return Path(spec.origin)
    for location in spec.submodule_search_locations:
        folder = Path(location).joinpath(*rest)
        if folder.is_dir():
            return folder
        if rest and folder.with_suffix(".py").is_file():
            return folder.with_suffix(".py")
    raise ModuleNotFoundError(f"no module named {module}", name=module)


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        hidden = any(part[0] == "." or part == "__pycache__" for part in path.relative_to(root).parts)
        if path.suffix != ".pyc" and not hidden and path.is_file():
            yield path


def _file_hash(path: Path) -> str:
    stat = path.stat()
    return _cached_file_hash(str(path), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _cached_file_hash(path: str, _mtime_ns: int, _size: int) -> str:
    content = Path(path).read_bytes()
    if path.endswith(".py"):
        content = _program(content)
    return hashlib.sha256(content).hexdigest()


def _program(content: bytes) -> bytes:
    """What a Python file does, without what it says; the file itself where it is no Python."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError):
        return content
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and (
            ast.get_docstring(node, clean=False) is not None
        ):
            del node.body[0]
    return ast.dump(tree).encode("utf-8", "surrogatepass")
