"""``--set path.to.key=value``."""

from __future__ import annotations

from pathlib import Path

import pytest

from langret.errors import RecipeError
from langret.language import known_languages
from langret.recipe import Recipe, load_recipe

RECIPE = f"""name: demo
language: {known_languages()[0]}
data:
  train: [{{path: corpus.jsonl}}]
backbone:
  scratch: {{layers: 2}}
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")

    def _load(*overrides: str) -> Recipe:
        return load_recipe("recipe.yaml", overrides).recipe

    return _load


def test_values_are_yaml_and_later_ones_win(load) -> None:
    recipe = load(
        "seed=1",
        "seed=7",
        "training.lr=1e-3",
        "data.filters.near_duplicates=null",
        "evaluation.metrics=[RR@10, R@1]",
        "about=a = b: yes".replace(": ", ":"),
        "backbone.scratch.layers=6",
    )
    assert (recipe.seed, recipe.training.lr, recipe.data.filters.near_duplicates) == (7, 1e-3, None)
    assert recipe.evaluation.metrics == ["RR@10", "R@1"]
    assert recipe.about == "a = b:yes"
    assert recipe.backbone.scratch is not None and recipe.backbone.scratch.layers == 6


def test_items_by_index_and_by_name_even_in_default_lists(load) -> None:
    recipe = load("members.0.pooling=cls", "members.colbert.dimension=64", "negatives.miners.bm25.last=30")
    assert [(m.head, m.pooling, m.dimension) for m in recipe.members] == [
        ("dense", "cls", None),
        ("colbert", None, 64),
    ]
    assert recipe.negatives.miners[0].last == 30


def test_members_training_and_new_mappings(load) -> None:
    recipe = load("members.dense.training.epochs=9", "training.batch_size=4")
    assert recipe.training_of(recipe.members[0]).epochs == 9
    assert recipe.training_of(recipe.members[1]).batch_size == 4


def test_paths_start_at_the_working_folder(load, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    recipe = load_recipe(
        "sub/recipe.yaml", ["data.train.0.path=mine.jsonl", "evaluation.baselines=[bm25]"]
    ).recipe
    assert recipe.data.train[0].path == str(tmp_path / "mine.jsonl")
    assert recipe.evaluation.baselines == ["bm25"]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (
            "training.learning_rate=3",
            '--set training.learning_rate=3: training.learning_rate: unknown key. Did you mean "lr"?',
        ),
        ("trainig.lr=3", '--set trainig.lr=3: trainig: unknown key. Did you mean "training"?'),
        (
            "training.epochs=many",
            '--set training.epochs=many: training.epochs: found "many", expected a number.',
        ),
        ("members.colbrt.dimension=64", 'members has no item "colbrt". Did you mean "colbert"?'),
        ("members.2.head=dense", "members has 2 item(s), counted from 0; found 2."),
        ("name.first=x", 'name is "demo" and has no parts.'),
        ("backbone.pretrained=x", "set one that is not wanted to null"),
        ("members.dense.training.epoch=1", 'members.0.training.epoch: unknown key. Did you mean "epochs"?'),
        ("seed", "--set seed: expected path.to.key=value."),
        ("=3", "expected path.to.key=value."),
        ("a..b=3", "expected path.to.key=value."),
        ("seed=[1", "--set seed=[1: not valid YAML"),
        ("training={lr: 1, lr: 2}", 'the key "lr" stands here a second time.'),
        ("extends=x", "extends belongs in the recipe file."),
    ],
)
def test_mistakes_name_the_option(load, override: str, expected: str) -> None:
    with pytest.raises(RecipeError) as error:
        load(override)
    assert expected in str(error.value)


def test_two_items_of_one_name_need_an_index(load) -> None:
    miners = "negatives.miners=[{kind: dense, model: a/b}, {kind: dense, model: c/d}]"
    with pytest.raises(RecipeError, match=r"several items called \"dense\". Give the index"):
        load(miners, "negatives.miners.dense.last=5")
    assert load(miners, "negatives.miners.1.last=5").negatives.miners[1].last == 5
