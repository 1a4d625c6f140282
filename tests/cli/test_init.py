"""`langret init` writes a recipe that loads, whatever the data is called."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from langret.cli.main import app
from langret.recipe import load_recipe

ROWS = [{"query": f"問い{i}は何ですか", "positive": f"これは文書{i}の長い本文です。"} for i in range(30)]


def init(*args):
    return CliRunner().invoke(app, ["init", "ja", *map(str, args)])


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_the_recipe_loads_and_finds_the_data(pairs, tmp_path):
    output = tmp_path / "recipe.yaml"
    done = init("--data", pairs, "--output", output)
    assert done.exit_code == 0, done.output
    assert "30 passages, 30 questions" in done.output and f"langret run {output}" in done.output
    loaded = load_recipe(output)
    source = loaded.recipe.data.train[0]
    assert (loaded.base / source.path).resolve() == pairs
    assert source.path == "pairs.jsonl", "recipe and data can be moved together"
    assert loaded.recipe.name == "pairs-ja" and loaded.recipe.language == "ja"
    assert [m.head for m in loaded.recipe.members] == ["dense", "colbert"]
    assert output.read_text(encoding="utf-8").count("\n") < 80, "one page"


def test_data_far_away_is_named_absolutely(pairs, tmp_path):
    output = tmp_path / "a" / "b" / "recipe.yaml"
    output.parent.mkdir(parents=True)
    assert init("--data", pairs, "--output", output).exit_code == 0
    assert load_recipe(output).recipe.data.train[0].path == str(pairs)


@pytest.mark.parametrize(
    "name", ["2024", "null", "- x: #1", 'he said "no"', "質問", "true", "1e5", "a\\b", "~"]
)
def test_any_folder_name_is_written_so_that_it_reads_back(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "a.md").write_text(
        "# 見出し\n\nこれは最初の節の本文です。十分に長い文です。\n", encoding="utf-8"
    )
    output = tmp_path / "recipe.yaml"
    done = init("--data", folder, "--output", output)
    assert done.exit_code == 0, done.output
    loaded = load_recipe(output)
    assert (loaded.base / loaded.recipe.data.train[0].path).resolve() == folder


def test_nothing_is_overwritten_unless_told(pairs, tmp_path):
    output = tmp_path / "recipe.yaml"
    output.write_text("mine")
    done = init("--data", pairs, "--output", output)
    assert done.exit_code == 2 and "--force" in done.stderr and output.read_text() == "mine"
    assert init("--data", pairs, "--output", output, "--force").exit_code == 0
    assert output.read_text() != "mine"


def test_mistakes_write_nothing(pairs, tmp_path):
    output = tmp_path / "recipe.yaml"
    assert init("--data", tmp_path / "nothing", "--output", output).exit_code == 2
    assert (
        CliRunner().invoke(app, ["init", "jaa", "--data", str(pairs), "--output", str(output)]).exit_code == 2
    )
    assert not output.exists()
    done = init("--data", pairs, "--output", tmp_path / "no" / "recipe.yaml")
    assert done.exit_code == 2 and "no such folder" in done.stderr


def test_broken_rows_are_told(pairs, tmp_path):
    with pairs.open("a", encoding="utf-8") as out:
        out.write("{broken\n")
    done = init("--data", pairs, "--output", tmp_path / "recipe.yaml")
    assert done.exit_code == 0 and "1 broken row" in done.stderr


def test_large_data_is_not_read(pairs, tmp_path, monkeypatch):
    monkeypatch.setattr("langret.cli.init.READ_UP_TO", 10)
    done = init("--data", pairs, "--output", tmp_path / "recipe.yaml")
    assert done.exit_code == 0 and "not read yet" in done.output
    assert load_recipe(tmp_path / "recipe.yaml").recipe.name == "pairs-ja"


def test_real_documents(langret_data, tmp_path):
    output = tmp_path / "recipe.yaml"
    done = init("--data", langret_data / "ja" / "jaquad", "--output", output)
    assert done.exit_code == 0, done.output
    assert load_recipe(output).recipe.name == "jaquad-ja"
