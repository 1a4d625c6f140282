"""Losses against a teacher: those of the libraries on the same scores, the formulas by hand, and no NaN anywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pylate import losses as pylate_losses
from sentence_transformers import losses, util

from langret.errors import StageError
from langret.training.distillation import ScoreDistillation, VectorDistillation, kl, margin_mse, stretch
from langret.training.encoder import Encoder
from langret.training.objectives import Objective
from langret.training.targets import Targets

NAN = math.nan
NORMALIZE = ("both", "teacher", "student", "none")
# two queries of three passages each: the first one's are columns 0, 2, 3, the second one's 1, 2, 4
TEACHER = torch.tensor([[2.0, NAN, 0.5, -1.0, NAN], [NAN, 1.0, 0.8, NAN, 0.1]])
LABELS = torch.tensor([[1, 0, 2, 2, 0], [0, 1, 2, 0, 2]], dtype=torch.int8)


def by_hand(student, teacher, normalize, temperature):
    """The mean over queries of sum p * log(p / q), in plain numpy."""

    def softmax(row, stretched):
        row = (row - row.min()) / (row.max() - row.min()) if stretched else row
        e = np.exp(row / temperature)
        return e / e.sum()

    found = []
    for ours, theirs in zip(student, teacher, strict=True):
        scored = ~np.isnan(theirs)
        q = softmax(ours[scored], normalize in ("both", "student"))
        p = softmax(theirs[scored], normalize in ("both", "teacher"))
        found.append((p * np.log(p / q)).sum())
    return np.mean(found)


@pytest.mark.parametrize("normalize", NORMALIZE)
@pytest.mark.parametrize("temperature", [1.0, 0.2])
def test_kl_is_the_formula(normalize, temperature):
    student = torch.randn(2, 5, generator=torch.Generator().manual_seed(1)).double()
    found, used = kl(student, TEACHER.double(), normalize, temperature)
    assert found.item() == pytest.approx(
        by_hand(student.numpy(), TEACHER.double().numpy(), normalize, temperature)
    )
    assert used.all()


def test_kl_of_a_stretched_student_is_pylates(taught):
    """Its loss and gradients, from texts to weights; there the passages of each query come one after the other."""
    model, features = taught("colbert", ((0, 1, 18, 9, 1, 5),))
    targets = torch.tensor([[0.9, 0.2, 0.4], [0.8, 0.1, 0.7]])
    theirs = pylate_losses.Distillation(model)(features, targets)
    theirs.backward()
    expected = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    teacher = torch.full((2, 6), NAN)
    teacher[0, :3], teacher[1, 3:] = targets
    labels = torch.tensor([[1, 2, 2, 0, 0, 0], [0, 0, 0, 1, 2, 2]], dtype=torch.int8)
    objective = Objective(Encoder(model), [(1.0, ScoreDistillation("kl", 1.0, "student"))])
    ours = objective(features, Targets(labels, teacher))
    ours.backward()
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-5)
    for name, p in model.named_parameters():
        if name in expected:
            torch.testing.assert_close(p.grad, expected[name], rtol=1e-3, atol=1e-5)


def test_margin_mse_is_that_of_sentence_transformers(taught):
    model, features = taught("dense", ((0, 9), (1, 5), (18, 20)))
    scores = torch.tensor([[2.0, 0.5, -1.0], [1.0, 0.8, 0.1]])
    theirs = losses.MarginMSELoss(model, similarity_fct=util.pairwise_cos_sim)(
        [dict(f) for f in features], scores
    )
    teacher = torch.full((2, 6), NAN)
    for column in range(3):
        for query in range(2):
            teacher[query, 2 * column + query] = scores[query, column]
    labels = torch.tensor([[1, 0, 2, 0, 2, 0], [0, 1, 0, 2, 0, 2]], dtype=torch.int8)
    objective = Objective(Encoder(model), [(1.0, ScoreDistillation("margin_mse", 1.0))])
    assert objective(features, Targets(labels, teacher)).item() == pytest.approx(theirs.item(), rel=1e-5)


def test_the_students_scores_are_divided_by_the_temperature_of_training(taught):
    model, features = taught("dense")
    encoder = Encoder(model)
    targets = Targets(LABELS, TEACHER)
    found = Objective(encoder, [(1.0, ScoreDistillation("kl", 0.05, "none"))])(features, targets)
    with torch.no_grad():
        queries, *chunks = [encoder(part).vectors for part in features]
    expected = by_hand((queries @ torch.cat(chunks).T).numpy() / 0.05, TEACHER.numpy(), "none", 1.0)
    assert found.item() == pytest.approx(expected, rel=1e-4)


scores = st.one_of(st.floats(-60, 60, width=32), st.sampled_from([0.0, 1.0, -3.5]))
teachers = st.one_of(scores, st.just(NAN))


@st.composite
def matrices(draw):
    """Student and teacher, with ties, constant rows, and rows that the teacher knows nothing of."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    size = rows * columns
    student = draw(st.lists(scores, min_size=size, max_size=size))
    teacher = draw(st.lists(teachers, min_size=size, max_size=size))
    shape = (rows, columns)
    return torch.tensor(student).reshape(shape), torch.tensor(teacher).reshape(shape)


@settings(max_examples=150, deadline=None)
@given(matrices(), st.sampled_from(NORMALIZE), st.sampled_from([0.01, 1.0]))
def test_kl_and_its_gradients_are_finite_and_only_for_queries_used(pair, normalize, temperature):
    student, teacher = pair
    student.requires_grad_()
    found, used = kl(student, teacher, normalize, temperature)
    found.backward()
    assert torch.isfinite(found) and found >= -1e-5
    assert torch.isfinite(student.grad).all()
    assert student.grad[~used].abs().sum() == 0
    assert student.grad[teacher.isnan()].abs().sum() == 0
    scored, student = ~teacher.isnan(), student.detach()
    for row in range(len(teacher)):
        few = scored[row].sum() < 2
        sides = {"both": (student, teacher), "teacher": (teacher,), "student": (student,), "none": ()}
        flat = any(
            not few and float(side[row][scored[row]].max() - side[row][scored[row]].min()) <= 1e-6
            for side in sides[normalize]
        )
        assert bool(used[row]) == (not few and not flat)


@settings(max_examples=100, deadline=None)
@given(matrices())
def test_stretched_rows_run_from_0_to_1(pair):
    student, teacher = pair
    scored = ~teacher.isnan()
    found, differ = stretch(student, scored)
    assert torch.isfinite(found).all()
    for row in range(len(found)):
        inside = found[row][scored[row]]
        if differ[row]:
            assert inside.min() == 0 and inside.max() == 1
            order = student[row][scored[row]].argsort(stable=True)
            assert (inside[order].diff() >= 0).all()
        else:
            assert (inside == 0).all()


@settings(max_examples=100, deadline=None)
@given(matrices(), st.data())
def test_margin_mse_is_the_mean_over_known_margins(pair, data):
    student, teacher = pair
    positive = torch.tensor(
        data.draw(
            st.lists(st.integers(0, teacher.shape[1] - 1), min_size=len(teacher), max_size=len(teacher))
        )
    )
    student.requires_grad_()
    found, used = margin_mse(student, teacher, positive)
    found.backward()
    assert torch.isfinite(student.grad).all()
    margins = [
        ((student[q, p] - student[q, n]) - (teacher[q, p] - teacher[q, n])).item() ** 2
        for q, p in enumerate(positive.tolist())
        for n in range(teacher.shape[1])
        if n != p and not (teacher[q, p] - teacher[q, n]).isnan()
    ]
    assert found.item() == pytest.approx(np.mean(margins) if margins else 0, rel=1e-4, abs=1e-4)
    assert used.any() == bool(margins)


def test_what_the_teacher_says_nothing_about_is_counted(taught):
    model, features = taught("colbert")
    teacher = TEACHER.clone()
    teacher[1, teacher[1].isfinite()] = 0.3
    objective = Objective(Encoder(model), [(1.0, ScoreDistillation("kl", 1.0))])
    objective(features, Targets(LABELS, teacher))
    objective(features, Targets(LABELS, TEACHER))
    assert objective.shares() == {"teacher_unused": 0.25}
    assert objective.shares() == {}


def test_vectors_approach_the_teachers_through_a_projection(taught):
    model, features = taught("dense")
    encoder = Encoder(model)
    term = VectorDistillation(32, 48, seed=3)
    generator = torch.Generator().manual_seed(5)
    wanted = torch.randn(2, 48, generator=generator), torch.randn(5, 48, generator=generator)
    objective = Objective(encoder, [(1.0, term)])
    targets = Targets(LABELS, None, wanted)
    found = objective(features, targets)
    with torch.no_grad():
        student = torch.cat([encoder(part).vectors for part in features])
        cosines = util.pairwise_cos_sim(student @ term.projection.T, torch.cat(wanted))
    assert found.item() == pytest.approx((1 - cosines).mean().item(), rel=1e-5)
    optimizer = torch.optim.Adam(objective.parameters(), lr=1e-2)
    for _ in range(40):
        optimizer.zero_grad()
        loss = objective(features, targets)
        loss.backward()
        optimizer.step()
    assert loss.item() < found.item() / 2
    assert not torch.equal(term.projection, VectorDistillation(32, 48, seed=3).projection)


def test_the_projection_is_a_function_of_the_seed():
    one, same, other = (VectorDistillation(8, 12, seed).projection for seed in (1, 1, 2))
    assert torch.equal(one, same) and not torch.equal(one, other)


def test_a_batch_without_a_teacher_is_refused(taught):
    model, features = taught("dense")
    for term in (ScoreDistillation("kl", 1.0), VectorDistillation(32, 48, seed=1)):
        with pytest.raises(StageError, match=r"training\.distill: the batches hold no"):
            Objective(Encoder(model), [(1.0, term)])(features, Targets(LABELS))
