"""GradCache: the gradients of the whole batch, in parts."""

from __future__ import annotations

import pytest
import torch

from langret.training.distillation import ScoreDistillation, VectorDistillation
from langret.training.encoder import Encoder
from langret.training.objectives import Contrastive, Objective
from langret.training.targets import Targets
from tests.training.test_distillation import LABELS, TEACHER

VECTORS = torch.randn(2, 12), torch.randn(5, 12)
TERMS = {
    "contrastive": [(1.0, Contrastive(0.5, 0.1, ["queries", "passages"]))],
    "distillation": [(1.0, ScoreDistillation("kl", 1.0)), (0.2, Contrastive(0.5))],
    "vectors": [(1.0, VectorDistillation(32, 12, seed=1))],
}


def gradients(model, terms, features, micro_batch, matryoshka=()):
    objective = Objective(Encoder(model, micro_batch), terms, matryoshka)
    objective.zero_grad()
    loss = objective(features, Targets(LABELS, TEACHER, VECTORS))
    loss.backward()
    return loss.item(), {n: p.grad.clone() for n, p in objective.named_parameters() if p.grad is not None}


@pytest.mark.parametrize("micro_batch", [1, 2])
@pytest.mark.parametrize(
    ("head", "kind"),
    [(h, k) for k in TERMS for h in ("dense", "colbert") if (h, k) != ("colbert", "vectors")],
)
def test_gradients_are_those_of_the_whole_batch(taught, head, kind, micro_batch):
    model, features = taught(head)
    expected, whole = gradients(model, TERMS[kind], features, None, (16,))
    found, parts = gradients(model, TERMS[kind], features, micro_batch, (16,))
    assert found == pytest.approx(expected, abs=1e-6)
    assert whole.keys() == parts.keys()
    assert any(value.abs().max() > 1e-4 for value in whole.values())
    for name, value in whole.items():
        difference = (parts[name] - value).abs().max().item()
        assert difference <= 1e-6 * max(1.0, value.abs().max().item()), (name, difference, value.abs().max())


@pytest.mark.parametrize("head", ["dense", "colbert"])
def test_the_second_forward_pass_sees_the_dropout_of_the_first(taught, head):
    model, features = taught(head)
    seen = []

    def drop(module, arguments, output):
        output["token_embeddings"] = torch.nn.functional.dropout(output["token_embeddings"], 0.5)
        seen.append(output["token_embeddings"].detach())

    model[0].register_forward_hook(drop)
    loss = Objective(Encoder(model, 1), TERMS["contrastive"])(features, Targets(LABELS))
    first = seen.copy()
    seen.clear()
    loss.backward()
    assert len(first) == len(seen) == 7
    assert not torch.equal(first[2] == 0, first[3] == 0), "the parts have dropout of their own"
    for vectors in first:
        assert sum(vectors.shape == other.shape and torch.equal(vectors, other) for other in seen) == 1


def test_the_backward_pass_holds_one_part_at_a_time(taught):
    """The gradients of a part are done before the next one is encoded again."""
    model, features = taught("dense")
    order = []

    def watch(module, arguments, output):
        order.append("encoded")
        output["token_embeddings"].register_hook(lambda grad: order.append("gradients"))

    model[0].register_forward_hook(watch)
    loss = Objective(Encoder(model, 1), TERMS["contrastive"])(features, Targets(LABELS))
    order.clear()
    loss.backward()
    assert order == ["encoded", "gradients"] * 7


def test_halving_ends_at_one(taught):
    model, _ = taught("dense")
    encoder = Encoder(model, 5)
    assert [encoder.halve() for _ in range(3)] == [2, 1, None]
    assert Encoder(model).halve() is None
