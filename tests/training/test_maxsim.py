"""The same scores and gradients as PyLate's, for any block size."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pylate.scores import colbert_scores

from langret.training import maxsim as module
from langret.training.maxsim import maxsim


@pytest.mark.parametrize("back", ["_gathers", "_products"])
@settings(max_examples=25, deadline=None)
@given(st.integers(1, 5), st.integers(1, 6), st.integers(1, 5), st.integers(1, 7), st.integers(0, 10_000))
def test_equals_pylate_forward_and_backward(back, queries, query_tokens, passages, passage_tokens, seed):
    torch.manual_seed(seed)
    q = torch.randn(queries, query_tokens, 8, dtype=torch.float64, requires_grad=True)
    p = torch.randn(passages, passage_tokens, 8, dtype=torch.float64, requires_grad=True)
    mask = torch.rand(passages, passage_tokens) < 0.7
    mask[:, 0] = True
    weight = torch.randn(queries, passages, dtype=torch.float64)
    ours = maxsim(q, p, mask)
    with pytest.MonkeyPatch.context() as patched:  # what a GPU does is the same on a processor
        patched.setattr(module, "_gathers", getattr(module, back))
        grads = torch.autograd.grad((ours * weight).sum(), (q, p))
    # PyLate multiplies by the mask, so that a masked token counts as 0 and can win over negative ones;
    # with normalised vectors of trained models it does not matter, here the similarities are masked for it
    dots = torch.einsum("qsd,ptd->qpst", q, p).masked_fill(~mask[None, :, None, :], -torch.inf)
    theirs = dots.max(dim=3).values.sum(dim=2)
    expected = torch.autograd.grad((theirs * weight).sum(), (q, p))
    torch.testing.assert_close(ours, theirs)
    for a, b in zip(grads, expected, strict=True):
        torch.testing.assert_close(a, b)


def test_equals_pylate_where_everything_counts():
    torch.manual_seed(1)
    q, p = torch.randn(3, 4, 8), torch.randn(5, 6, 8)
    mask = torch.ones(5, 6, dtype=torch.bool)
    torch.testing.assert_close(maxsim(q, p, mask), colbert_scores(q, p, documents_mask=mask))


def test_passage_without_a_token_that_counts_scores_zero():
    q, p = torch.randn(2, 3, 4, requires_grad=True), torch.randn(2, 5, 4, requires_grad=True)
    mask = torch.tensor([[True] * 5, [False] * 5])
    scores = maxsim(q, p, mask)
    assert scores[:, 1].tolist() == [0, 0]
    scores.sum().backward()
    assert p.grad[1].abs().sum() == 0 and torch.isfinite(q.grad).all()


@pytest.mark.parametrize("block", [1, 50, 10**6])
def test_block_size_changes_nothing(monkeypatch, block):
    torch.manual_seed(2)
    q, p = torch.randn(3, 4, 8), torch.randn(5, 6, 8)
    mask = torch.rand(5, 6) < 0.8
    mask[:, 0] = True
    whole = maxsim(q, p, mask)
    given = (q.flatten(0, 1), p, torch.randint(5, (5, 12)), torch.randn(5, 12))
    back = module._products(*given)
    monkeypatch.setattr(module, "BLOCK", block)
    torch.testing.assert_close(maxsim(q, p, mask), whole)
    torch.testing.assert_close(module._products(*given), back)
