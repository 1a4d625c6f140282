"""Members of one family over encoders of their own."""

from __future__ import annotations

import json

import pytest

from langret.errors import RecipeError
from langret.modeling import load_model
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe

SMALL = {"scratch": {"layers": 1, "hidden": 16, "heads": 2, "intermediate": 16, "vocabulary": 300}}
FAMILY = [{"head": "dense"}, {"head": "dense", "name": "small", "backbone": SMALL}]
QUICK = ["pretraining=[{objective: mlm, steps: 2, batch_size: 4, tokens: 16}]", "training.epochs=1"]


def test_sizes_are_members_of_one_family(own):
    loaded = load_recipe(own / "own.yaml", [f"members={json.dumps(FAMILY)}", *QUICK])
    result = run_recipe(loaded, runs=own / "runs")
    sizes = {name: load_model(folder).dimension for name, folder in result.models.items()}
    assert sizes == {"dense": 32, "small": 16}
    assert {r.member for r in result.results} == {"dense", "small", "bm25"}
    stages = {stage.name for stage in plan_recipe(loaded, runs=own / "runs").stages}
    assert {"token-ids", "token-ids-small", "pretrain-0", "pretrain-0-small"} <= stages


def test_members_with_the_same_encoder_share_its_stages(own):
    twice = [*FAMILY, {"head": "colbert", "backbone": SMALL}]
    loaded = load_recipe(own / "own.yaml", [f"members={json.dumps(twice)}", *QUICK])
    names = [stage.name for stage in plan_recipe(loaded, runs=own / "runs").stages]
    assert [name for name in names if name.startswith("token-ids")] == ["token-ids", "token-ids-small"]


def test_a_member_that_names_the_recipes_encoder_shares_it(own):
    same = load_recipe(own / "own.yaml").recipe.backbone.model_dump(mode="json", exclude_none=True)
    members = [{"head": "dense"}, {"head": "dense", "name": "again", "backbone": same}]
    loaded = load_recipe(own / "own.yaml", [f"members={json.dumps(members)}", *QUICK])
    names = [stage.name for stage in plan_recipe(loaded, runs=own / "runs").stages]
    assert [name for name in names if name.startswith("token-ids")] == ["token-ids"]


def test_weights_over_different_encoders_are_not_merged(own):
    merged = [*FAMILY, {"head": "dense", "name": "both", "merge": {"members": ["dense", "small"]}}]
    with pytest.raises(RecipeError, match="backbone differ"):
        load_recipe(own / "own.yaml", [f"members={json.dumps(merged)}"])


def test_a_revision_of_the_backbone_has_no_say_in_other_models(own):
    def keys(revision: str) -> dict[str, str]:
        changes = [
            f"backbone={{pretrained: a/b, scratch: null, revision: {revision}}}",
            "pretraining=[]",
            "evaluation.baselines=[bm25, c/d]",
        ]
        plan = plan_recipe(load_recipe(own / "own.yaml", changes), runs=own / "runs")
        return {stage.name: stage.fingerprint for stage in plan.stages}

    before, after = keys("r1"), keys("r2")
    changed = {name for name in before if before[name] != after[name]}
    assert {"token-ids", "train-dense"} <= changed
    assert "rank-own-test-d" in before and "rank-own-test-d" not in changed
