"""`langret mine` and `langret judge` as a user calls them: on data, on a recipe, and with every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner, Result

from langret.cli.main import app
from langret.recipe import load_recipe

TOWNS = ["青木", "赤川", "白浜", "黒部", "金沢", "銀山", "緑町", "桜井"]
THINGS = {"駅": "鉄道", "橋": "川", "寺": "仏像", "港": "船"}
RECIPE = """
name: own
language: ja
data: {train: [{path: pairs.jsonl}]}
negatives: {per_query: 3}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pairs and a recipe, in which the commands run."""
    rows = [
        {
            "query": f"{town}の{thing}はいつできましたか",
            "positive": f"{town}の{thing}は{1900 + 7 * i}年に建てられた。{about}で知られている。",
        }
        for i, town in enumerate(TOWNS)
        for thing, about in THINGS.items()
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "pairs.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(RECIPE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def call(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def mine(*args: str) -> Result:
    done = call("mine", *args)
    assert done.exit_code == 0, done.output
    return done


def said(*args: str) -> str:
    """What a mistaken call says on standard error; nothing is printed, and nothing looks like a bug."""
    done = call(*args)
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit), done.output
    assert done.stdout == "" and "Traceback" not in done.stderr
    return done.stderr


def test_own_data_gets_negatives_for_all_its_questions(here: Path) -> None:
    done = mine("pairs.jsonl", "--language", "ja", "--output", "set", "--show", "1")
    lines = done.stdout.splitlines()
    assert lines[-1] == "set: 32 passages, 32 queries, 32 positives, 0 relabelled, 128 negatives"
    shown = {words[0]: words[-1] for words in (line.split() for line in lines[:8]) if words}
    assert shown["kept"] == "128" and shown["queries"] == "32" and shown["missing"] == "0"
    assert done.stdout.count("+ positive:") == 1 and done.stdout.count("  - bm25 ") == 4
    assert "Reading pairs.jsonl" in done.stderr, "what is done on the way is told elsewhere"
    names = {p.relative_to(here / "set").as_posix() for p in (here / "set").rglob("*") if p.is_file()}
    assert names == {
        "README.md", "candidates.parquet", "corpus.parquet", "langret-set.json", "qrels/train.parquet",
        "queries.parquet", "recipe.yaml",
    }  # fmt: skip
    facts = json.loads((here / "set" / "langret-set.json").read_text(encoding="utf-8"))
    assert facts["counts"]["negatives"] == 128 and facts["stages"]["data"]["held_out"] == 0
    assert sorted(p.name for p in here.iterdir()) == ["own.yaml", "pairs.jsonl", "runs", "set"]


def test_a_second_call_prints_the_same_and_mines_nothing(here: Path) -> None:
    first = mine("pairs.jsonl", "--language", "ja", "--output", "one")
    again = mine("pairs.jsonl", "--language", "ja", "--output", "two")
    assert again.stdout == first.stdout.replace("one:", "two:")
    assert again.stderr.count("cached") == 4
    for path in (p for p in (here / "one").rglob("*") if p.is_file()):
        assert path.read_bytes() == (here / "two" / path.relative_to(here / "one")).read_bytes(), path.name
    changed = mine("pairs.jsonl", "--language", "ja", "--set", "negatives.per_query=1", "--show", "0")
    assert changed.stderr.count("cached") == 3 and "positive:" not in changed.stdout


def test_a_recipe_says_everything_itself(here: Path) -> None:
    done = mine("own.yaml", "--output", "set", "--show", "0")
    counts = json.loads((here / "set" / "langret-set.json").read_text(encoding="utf-8"))["counts"]
    assert counts["queries"] == 32 - 3, "queries held out to watch the training get no negatives"
    assert counts["negatives"] == 29 * 3 and "87" in done.stdout
    kept = load_recipe(here / "set" / "recipe.yaml").recipe
    assert kept.negatives.per_query == 3 and kept.data.train[0].path == "pairs.jsonl"
    for name in ("README.md", "recipe.yaml", "langret-set.json"):
        assert str(here) not in (here / "set" / name).read_text(encoding="utf-8"), (
            "a set is made to be given away"
        )


def test_the_set_comes_back(here: Path) -> None:
    mine("pairs.jsonl", "--language", "ja", "--output", "set", "--show", "0")
    first = set(map(tuple, (r.values() for r in pq.read_table("set/qrels/train.parquet").to_pylist())))
    mine("pairs.jsonl", "--language", "ja", "--set", "negatives=set", "--output", "taken", "--show", "0")
    pairs = {row[:3] for row in first}
    assert {tuple(r.values())[:3] for r in pq.read_table("taken/qrels/train.parquet").to_pylist()} == pairs
    card = (here / "taken" / "README.md").read_text(encoding="utf-8")
    assert "Taken from the set `set`" in card
    assert load_recipe(here / "taken" / "recipe.yaml").recipe.negatives.set == "set"
    changes = ("--set", "negatives.miners=[{kind: given}]", "--output", "read", "--show", "0")
    mine("set", "--language", "ja", *changes)
    assert {tuple(r.values())[:3] for r in pq.read_table("read/qrels/train.parquet").to_pylist()} == pairs


def test_a_set_is_replaced_and_anything_else_is_left_alone(here: Path) -> None:
    mine("pairs.jsonl", "--language", "ja", "--output", "set", "--show", "0")
    (here / "set" / ".git").mkdir()
    (here / "set" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    shorter = ("--set", "negatives.per_query=1", "--output", "set", "--show", "0")
    mine("pairs.jsonl", "--language", "ja", *shorter)
    assert (here / "set" / ".git" / "HEAD").is_file(), "a clone of the hub's repository stays one"
    assert json.loads((here / "set" / "langret-set.json").read_text())["counts"]["negatives"] == 32
    other = here / "other"
    other.mkdir()
    (other / "thesis.tex").write_text("x")
    assert "holds other things than a mined set" in said("mine", "own.yaml", "--output", "other")
    assert "There is a file of that name" in said("mine", "own.yaml", "--output", "pairs.jsonl")
    assert [p.name for p in other.iterdir()] == ["thesis.tex"]
    assert not (here / "runs" / "own").exists(), "found before anything was mined"


def test_a_set_that_could_not_be_written_can_be_written_again(here: Path, monkeypatch) -> None:
    import langret.report.set_card as card

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(card, "set_card", full)
        done = call("mine", "own.yaml", "--output", "set", "--show", "0")
        assert done.exit_code == 2 and "set: The set cannot be written" in done.stderr
        assert "No space left" in done.stderr
    assert sorted(p.name for p in here.iterdir()) == ["own.yaml", "pairs.jsonl", "runs"]
    mine("own.yaml", "--output", "set", "--show", "0")
    assert (here / "set" / "README.md").is_file()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["pears.jsonl", "--language", "ja"],
            'There is no file or folder "pears.jsonl". Did you mean "pairs.jsonl"?',
        ),
        (["pears.yaml"], 'no shipped recipe "pears.yaml"'),
        (["pairs.jsonl"], "is data, and --language is missing"),
        (["own.yaml", "--language", "ja"], "is a recipe, and a recipe says its language itself"),
        (["quickstart/ja", "--language", "ja"], "is a recipe, and a recipe says its language itself"),
        (["pairs.jsonl", "--language", "jq"], '--language jq: language: no plugin is installed for "jq"'),
        (["own.yaml", "--set", "negatives.per_qery=1"], 'unknown key. Did you mean "per_query"?'),
        (["own.yaml", "--set", "negatives.miners=[]"], "The recipe wants no hard negatives"),
        (["own.yaml", "--set", "negatives.per_query=0"], "The recipe wants no hard negatives"),
        (["own.yaml", "--set", "negatives=nowhere"], 'negatives.set: There is no mined set "nowhere"'),
        (["own.yaml", "--set", "negatives.miners=[{kind: fused}]"], "a fused miner stands after"),
        (["own.yaml", "--set", "negatives.miners=[{kind: colbert}]"], "a colbert miner needs a model"),
        (
            ["own.yaml", "--set", "negatives.miners=[{kind: dense, model: ./no}]"],
            "neither a model folder nor",
        ),
        (["own.yaml", "--set", "negatives.miners=[{kind: bm25, share: 0}]"], "needs a share above 0"),
    ],
)
def test_mistakes_are_named_with_what_to_do(args: list[str], message: str) -> None:
    assert message in " ".join(said("mine", *args).split())


def test_documents_without_questions_say_what_is_missing(here: Path) -> None:
    (here / "docs").mkdir()
    (here / "docs" / "a.txt").write_text(
        "これは見出しのない文書です。長い本文があります。\n", encoding="utf-8"
    )
    done = call("mine", "docs", "--language", "ja")
    assert (
        done.exit_code == 2 and "nothing to mine for" in done.stderr and "titles or headings" in done.stderr
    )


def test_judging_needs_a_judge(here: Path) -> None:
    error = " ".join(said("judge", "own.yaml").split())
    assert error.startswith("error: negatives.judges: There is no judge.")
    hint = error.split("--set '")[1].split("'")[0]
    assert yaml.safe_load(hint.partition("=")[2])[0]["kind"] == "llm", "the hint is a value that can be typed"
