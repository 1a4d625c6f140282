"""A new plugin package: it passes conformance as it stands, and bad names are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from langret.errors import LanguageError
from langret.language import known_languages
from langret.language.scaffold import new_language

LANGUAGES = Path(__file__).parents[2] / "languages"


def test_a_new_plugin_passes_conformance_at_once(tmp_path):
    folder = tmp_path / "langret-ka"
    files = new_language("ka", "Georgian", folder)
    assert all(path.is_file() for path in files)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, LANGUAGES.parent, LANGUAGES)))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "FILL IN" in (folder / "langret_ka" / "__init__.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("Swahili", "Swahili", "ISO 639"),
        (known_languages()[0], "Again", "installed already"),
        ("ka", "123", "cannot name"),
        ("ka", 'a"b', "cannot name"),
    ],
)
def test_bad_names_are_refused_and_nothing_is_written(tmp_path, code, name, said):
    with pytest.raises(LanguageError, match=said):
        new_language(code, name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_is_never_overwritten(tmp_path):
    with pytest.raises(LanguageError, match="already"):
        new_language("ka", "Georgian", tmp_path)
