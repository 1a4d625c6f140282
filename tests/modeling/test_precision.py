from __future__ import annotations

import numpy as np
import pytest

from langret.errors import MissingDependencyError, ModelError, RecipeError
from langret.modeling import Retriever, build_member, open_backbone
from langret.modeling import precision as module
from langret.modeling.precision import must_be_possible, reduce_weights, weights_size
from langret.recipe.schema import Member

TEXTS = ["where is the red house", "the old boat is on the lake.", "a stone on a hill"]


@pytest.fixture(scope="module", params=["dense", "colbert"])
def member(request, tiny, spaced):
    lengths = {"query_tokens": 16, "passage_tokens": 24}
    backbone = open_backbone(tiny)
    model = build_member(backbone, Member(head=request.param), spaced, **lengths, seed=1)
    return Retriever(model, name=request.param, language=spaced)


@pytest.mark.parametrize(("weights", "near", "most"), [("bf16", 0.999, 0.51), ("int8", 0.999, 0.99)])
def test_smaller_weights_give_nearly_the_same_vectors(member, weights, near, most):
    before = member.encode(TEXTS, "passage")
    smaller = reduce_weights(member, weights)
    found = smaller.encode(TEXTS, "passage")
    for mine, full in zip(found, before, strict=True):
        cosines = (np.atleast_2d(mine) * np.atleast_2d(full)).sum(axis=1)
        assert near < cosines.min() < 1.0001
        assert not np.array_equal(mine, full), "the weights are really others"
    assert weights_size(smaller) < most * weights_size(member)
    again = member.encode(TEXTS, "passage")
    assert all(np.array_equal(a, b) for a, b in zip(again, before, strict=True)), "the model stays as it is"


def test_what_cannot_be_done_is_said_first(monkeypatch):
    with pytest.raises(RecipeError, match='Did you mean "int8"'):
        must_be_possible("int7")
    monkeypatch.setattr(module.torch.cuda, "is_available", lambda: False)
    with pytest.raises(ModelError, match="GPU"):
        must_be_possible("int4")
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    must_be_possible("bf16")
    with pytest.raises(MissingDependencyError, match=r"langret\[quantize\]"):
        must_be_possible("int8")
