"""Phases laid over each other, members that merge others, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from langret.errors import RecipeError
from langret.language import known_languages
from langret.recipe import load_recipe, resolved_yaml
from langret.recipe.schema import Recipe, Training

MINIMAL = f"name: demo\nlanguage: {known_languages()[0]}\ndata:\n  train:\n    - path: corpus.jsonl\n"
TWO = "members: [{head: dense, name: a}, {head: dense, name: b}, "


def loaded(text: str, folder: Path) -> Recipe:
    path = folder / "recipe.yaml"
    path.write_text(MINIMAL + text, encoding="utf-8")
    return load_recipe(path).recipe


def test_a_phase_goes_on_from_the_keys_of_the_one_before() -> None:
    training = Training(lr=1e-4, epochs=3, then=[{"lr": 1e-5, "epochs": 1}, {"passage_tokens": 300}])
    assert [(p.lr, p.epochs, p.passage_tokens) for p in training.phases] == [
        (1e-4, 3, 180),
        (1e-5, 1, 180),
        (1e-5, 1, 300),
    ]
    assert not any(phase.then for phase in training.phases)


def test_a_member_has_phases_of_its_own(tmp_path: Path) -> None:
    text = (
        "training: {epochs: 4, then: [{lr: 1.0e-5}]}\n"
        "members: [{head: dense}, {head: colbert, training: {then: []}}, "
        "{head: dense, name: longer, training: {checkpoints: 20, then: [{average: 12}]}}]\n"
    )
    recipe = loaded(text, tmp_path)
    assert [len(recipe.training_of(m).phases) for m in recipe.members] == [2, 1, 2]
    assert recipe.training_of(recipe.members[2]).phases[1].average == 12
    (tmp_path / "again.yaml").write_text(resolved_yaml(recipe), encoding="utf-8")
    assert load_recipe(tmp_path / "again.yaml").recipe == recipe


def test_a_merge_is_not_measured_by_an_encoder_that_its_members_do_not_have(tmp_path: Path) -> None:
    own = "backbone: {pretrained: a/b}"
    text = (
        "backbone: {scratch: {hidden: 32, heads: 2}}\ntraining: {matryoshka: [64]}\n"
        f"members: [{{head: dense, name: a, {own}}}, {{head: dense, name: b, {own}}}, "
        "{head: dense, name: c, merge: {members: [a, b]}}]\n"
    )
    assert loaded(text, tmp_path).members[2].merge is not None


def test_a_merge_rests_on_the_trainings_below_it(tmp_path: Path) -> None:
    text = TWO + (
        "{head: dense, name: c}, {head: dense, name: ab, merge: {members: [a, b], weights: [1, 3]}}, "
        "{head: dense, name: abc, merge: {members: [ab, c, a]}}]\n"
    )
    recipe = loaded(text, tmp_path)
    assert [[m.id for m in recipe.trained(member)] for member in recipe.members] == [
        ["a"],
        ["b"],
        ["c"],
        ["a", "b"],
        ["a", "b", "c"],
    ]
    merge = recipe.members[3].merge
    assert merge is not None and merge.shares == [0.25, 0.75]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "training:\n  then:\n    - {lr: 0}\n",
            r":8: training\.then\.0\.lr: found 0, expected a value above",
        ),
        ("training:\n  then:\n    - {epoch: 1}\n", r'then\.0\.epoch: unknown key. Did you mean "epochs"'),
        (
            "members:\n  - head: dense\n    training:\n      then:\n        - {lr: x}\n",
            r":10: members\.0\.training\.then\.0\.lr: found \"x\"",
        ),
        ("training: {then: [{then: [{lr: 0.1}]}]}\n", "a phase has no phases of its own"),
        ("training: {checkpoints: 2, then: [{average: 3}]}\n", r"average \(3\) .* checkpoints \(2\)"),
        (
            "training: {checkpoints: 2}\nmembers: [{head: dense, training: {average: 3}}]\n",
            r"training of member dense: average \(3\)",
        ),
        ("training: {average_by: best, evaluations: 0}\n", "evaluations and checkpoints must be above 0"),
        ("training: {average_by: best, checkpoints: 0}\n", "evaluations and checkpoints must be above 0"),
        ("training: {average: 2, lora: {rank: 4}}\n", "lora trains adapters alone"),
        ("training: {freeze: 1, lora: {rank: 4}}\n", "freeze has no say"),
        (
            "members: [{head: colbert, training: {matryoshka: [128]}}]\n",
            "matryoshka: 128 is no cut of vectors of 128 components",
        ),
        (
            "members: [{head: colbert, name: a}, {head: colbert, name: b}, "
            "{head: colbert, name: c, pool_tokens: 2, merge: {members: [a, b]}}]\n",
            "a member that merges others takes pool_tokens from them",
        ),
        (TWO + "{head: dense, name: c, merge: {members: [a, bb]}}]\n", r'merges "bb".*Did you mean "b"'),
        (
            TWO + "{head: dense, name: c, merge: {members: [a, c]}}]\n",
            r"in a circle \(c -> c\)",
        ),
        (
            TWO + "{head: dense, name: c, merge: {members: [a, d]}}, "
            "{head: dense, name: d, merge: {members: [b, c]}}]\n",
            r"in a circle \(c -> d -> c\)",
        ),
        (
            TWO + "{head: colbert, name: c, merge: {members: [a, b]}}]\n",
            "head colbert and merges a, whose head is dense",
        ),
        (
            "members: [{head: dense, name: a}, {head: dense, name: b, dimension: 16}, "
            "{head: dense, name: c, merge: {members: [a, b]}}]\n",
            r"merges a and b, whose dimension differ \(None and 16\)",
        ),
        (
            TWO + "{head: dense, name: c, merge: {members: [a, b]}, training: {lr: 0.1}}]\n",
            r"members\.2: a member that merges others is not trained",
        ),
        (
            TWO + "{head: dense, name: c, pooling: cls, merge: {members: [a, b]}}]\n",
            r"members\.2: a member that merges others takes pooling from them",
        ),
        (TWO + "{head: dense, name: c, merge: {members: [a, a]}}]\n", "each member can be merged once"),
        (
            TWO
            + "{head: dense, name: d}, {head: dense, name: c, merge: {how: slerp, members: [a, b, d]}}]\n",
            r"slerp merges two members \(found: 3\)",
        ),
        (
            TWO + "{head: dense, name: c, merge: {members: [a, b], weights: [1]}}]\n",
            r"2 members need as many weights \(found: 1\)",
        ),
    ],
)
def test_mistakes_are_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=said):
        loaded(text, tmp_path)
