"""What the documentation says must hold: the order of rooms, the examples, the parts made from code."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def imports_at_top(tree: ast.Module) -> set[str]:
    """Rooms that a module imports when it is imported itself."""
    found = set()
    for node in tree.body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found |= {name.split(".")[1] for name in names if name.startswith("langret.")}
    return found


def test_imports_never_point_up_the_table_of_rooms() -> None:
    table = (DOCS / "design.md").read_text(encoding="utf-8").split("## What walks through")[0]
    rooms = [room.rstrip("/").removesuffix(".py") for room in re.findall(r"^\| `([\w./]+)` \|", table, re.M)]
    there = {p.name for p in (ROOT / "langret").iterdir() if (p / "__init__.py").is_file()} | {"errors"}
    assert set(rooms) == there
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for room in rooms
        for path in (ROOT / "langret" / room).rglob("*.py")
        for other in imports_at_top(ast.parse(path.read_text(encoding="utf-8")))
        if rooms.index(other) < rooms.index(room)
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["mining", "dense-mining", "fused-mining", "judging", "llm", "synthesis"])
def test_example_prints_what_the_page_shows(name: str) -> None:
    shown = (DOCS / "_outputs" / f"{name}.txt").read_text(encoding="utf-8")
    script = DOCS / "_examples" / f"{name.replace('-', '_')}.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == shown.split("\n", 1)[1].split()


def test_example_plugin_conforms(tmp_path: Path) -> None:
    package = tmp_path / "langret-az"  # hypothesis keeps its findings beside what it runs
    shutil.copytree(DOCS / "_examples" / "langret-az", package)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    path = {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=package, env={**os.environ, **path}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout


def test_example_plugin_knows_the_case_of_its_language() -> None:
    plugin = load(DOCS / "_examples" / "langret-az" / "langret_az" / "__init__.py").Azerbaijani()
    assert plugin.analyze("ISTI'nin İncirləri") == ["ıstı", "incir"]


def test_parts_made_from_code_are_whole() -> None:
    hooks = load(DOCS / "_hooks.py")
    page = hooks.on_page_markdown((DOCS / "recipe.md").read_text(encoding="utf-8"))
    assert "### MaskedLanguageModel" in page and "| `max_of_positive` |" in page
    linked = set(re.findall(r"\]\(#(\w+)\)", page))
    assert linked <= {heading.lower() for heading in re.findall(r"^### (\w+)$", page, re.M)}
    fields = hooks.on_page_markdown("<!-- results-reference -->")
    assert "| `p_value` | number or null |" in fields and "| `n` | whole number |" in fields


def test_every_output_and_every_entry_of_the_generator_belong_together() -> None:
    shown = load(DOCS / "_generate.py").SHOWN
    assert set(shown) == {path.stem for path in (DOCS / "_outputs").glob("*.txt")}
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    assert [name for name in shown if f"_outputs/{name}.txt" not in pages] == []


def test_every_snippet_mark_is_one() -> None:
    """Code formatters take the mark of a snippet for an expression; a page would then show the mark itself."""
    for page in DOCS.glob("*.md"):
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("--8"):
                found = re.fullmatch(r'\s*--8<-- "([\w./-]+?)(:\w+)?"', line)
                assert found, f"{page.name}: {line}"
                assert any((root / found[1]).is_file() for root in (DOCS, ROOT / "recipes")), line
