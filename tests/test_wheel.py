"""What a user gets from a wheel: the core, the plugins by their entry points, the recipes."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LOOK = """
import langret, json
from langret.language import get_language, known_languages
from langret.recipe import load_recipe, shipped_recipes
from langret.report.render import environment
print(json.dumps({
    "file": langret.__file__,
    "languages": known_languages(),
    "japanese": get_language("ja").name,
    "recipes": [r.name for r in shipped_recipes()],
    "templates": environment().list_templates(),
    "loads": load_recipe("quickstart/ja").recipe.name,
}))
"""


@pytest.mark.slow  # the build downloads hatchling into an environment of its own
def test_wheel_holds_core_plugins_and_recipes(tmp_path):
    import json

    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(ROOT)],
        check=True,
    )
    (wheel,) = tmp_path.glob("langret-*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # in front of the editable install, so that what is found is what the wheel holds
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["file"].startswith(str(site))
    assert {"ja", "und"} <= set(found["languages"]) and found["japanese"] == "Japanese"
    assert {"quickstart/ja", "ja/jaquad", "papers/jacolbert"} <= set(found["recipes"])
    assert {"report.html", "compare.html", "style.css"} <= set(found["templates"])
    assert found["loads"] == "quickstart-ja"
