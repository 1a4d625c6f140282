"""A language that is not in the tree: a package of its own, installed beside langret, and a recipe in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from langret.language import known_languages
from langret.language.scaffold import new_language

RECIPE = """
name: georgian
language: ka
data:
  train:
    - path: pairs.jsonl
backbone:
  scratch: {layers: 1, hidden: 32, heads: 2, intermediate: 32, vocabulary: 300}
members:
  - head: dense
  - head: colbert
training: {epochs: 1, batch_size: 8, query_tokens: 16, passage_tokens: 32}
"""
TOWNS = ("თბილისი", "ქუთაისი", "ბათუმი", "გორი", "თელავი", "ზუგდიდი", "ფოთი", "მცხეთა")
THINGS = {"ხიდი": "მდინარეზე", "ბაღი": "ყვავილებით", "მუზეუმი": "მონეტებით", "სკოლა": "მოსწავლეებით"}


@pytest.mark.slow  # builds a wheel and trains two models
def test_a_package_of_its_own_runs_a_recipe(tmp_path: Path) -> None:
    assert "ka" not in known_languages()
    new_language("ka", "Georgian", tmp_path / "package")
    _run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", ".", "./package"], tmp_path)
    (wheel,) = tmp_path.glob("*.whl")

    # an environment that has langret's libraries, and of plugins what is installed into it
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    here = [p for p in sys.path if p.endswith("site-packages")]
    own = next((tmp_path / "env").glob("lib/*/site-packages"))
    lines = [*(f"import site; site.addsitedir({p!r})" for p in here)]
    (own / "langret-of-the-tests.pth").write_text("\n".join(lines) + "\n")
    _run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(own), str(wheel)],
        tmp_path,
    )

    pairs = [
        {
            "query": f"სად არის {thing} ქალაქში {town}?",
            "positive": f"{town}: აქ არის {thing}, {what}, ძველი და ცნობილი.",
        }
        for town in TOWNS
        for thing, what in THINGS.items()
    ]
    (tmp_path / "pairs.jsonl").write_text(
        "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs), encoding="utf-8"
    )
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    shown = _run([str(python), "-m", "langret", "language", "ka", "თბილისი, საქართველო", "--json"], tmp_path)
    assert json.loads(shown)["texts"][0]["words"] == ["თბილისი", ",", "საქართველო"]
    _run([str(python), "-m", "langret", "run", "recipe.yaml", "--runs", "runs"], tmp_path)
    results = json.loads((tmp_path / "runs" / "georgian" / "results.json").read_text(encoding="utf-8"))
    assert {row["member"] for row in results["results"]} == {"dense", "colbert", "bm25"}
    facts = json.loads(
        (tmp_path / "runs" / "georgian" / "dense" / "langret.json").read_text(encoding="utf-8")
    )
    assert facts["language"] == "ka"


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, env={**os.environ, "COLUMNS": "200"}
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout
