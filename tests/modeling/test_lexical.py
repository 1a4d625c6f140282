"""Heads that match words before they are trained."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import normalize

from langret.modeling.lexical import SPREAD, tilt

SIZE = 256


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(0, 1, width=32), min_size=3, max_size=20), st.integers(0, 99))
def test_what_a_shared_token_adds_is_the_square_of_its_rarity(rare, seed):
    rare = np.asarray([*rare, 0.0], dtype=np.float32)
    plain = torch.randn(len(rare) + 1, SIZE, generator=torch.Generator().manual_seed(seed))
    tilted = tilt(plain, rare, seed)
    assert torch.allclose(tilted.norm(dim=1), torch.tensor(SPREAD * SIZE**0.5), rtol=1e-4)
    unit = normalize(tilted, dim=1)
    with_a_common_token = unit @ unit[len(rare) - 1]
    assert np.allclose(1 - with_a_common_token[: len(rare)].numpy(), rare**2, atol=1e-4)
    # a row that has no rarity, such as PyLate's marker, matches everything alike
    assert torch.allclose(unit[-1], unit[len(rare) - 1], atol=1e-4)


def test_rare_tokens_keep_their_own_direction():
    plain = torch.randn(200, SIZE, generator=torch.Generator().manual_seed(5))
    unit = normalize(tilt(plain, np.ones(200, dtype=np.float32), 1), dim=1)
    similar = unit @ unit.T - torch.eye(200)
    assert similar.abs().max() < 0.4  # random directions of 256 components
