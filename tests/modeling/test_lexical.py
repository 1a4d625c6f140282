"""Heads that match words before they are trained."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import normalize
from transformers import ModernBertConfig, ModernBertModel

from langret.modeling.lexical import SPREAD, saturate, tilt

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


CLS, WORDS = 1, range(3, 20)


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    config = ModernBertConfig(
        vocab_size=300,
        hidden_size=SIZE,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=32,
        global_attn_every_n_layers=1,
        pad_token_id=0,
    )
    return ModernBertModel(config).eval()


def weight_of_a_word(encoder, times):
    """How much of the sum over a passage points to a word that stands in it so often, at regular distances."""
    found = []
    for word in WORDS:
        passage = torch.arange(20, 140)
        passage[:: len(passage) // times][:times] = word
        states = encoder(torch.tensor([[CLS, *passage.tolist()]])).last_hidden_state[0, 1:]
        alone = encoder(torch.tensor([[CLS, word]])).last_hidden_state[0, 1]
        found.append(float(states.sum(0) @ normalize(alone, dim=0)))
    return np.mean(found)


@torch.no_grad()
def test_repetitions_count_for_less_and_less(encoder):
    times = np.asarray([1, 2, 4, 8, 16])

    def steps():
        return np.diff([weight_of_a_word(encoder, n) for n in times]) / np.diff(times)

    before = steps()
    assert before.max() / before.min() < 1.3
    saturate(encoder, CLS, 3)
    after = steps()
    assert np.all(after > 0), "more is still more"
    assert np.all(np.diff(after) < 0), "and each adds less than the one before"
    assert after[-1] < after[0] / 1.5


@torch.no_grad()
def test_what_makes_saturation_work_is_not_seen_outside(encoder):
    saturate(encoder, CLS, 3)
    states = encoder(torch.tensor([[CLS, 7, 8, 9]])).last_hidden_state
    assert torch.all(states[..., :3] == 0)
    words = normalize(states[0, 1:], dim=1)
    assert (words @ words.T - torch.eye(3)).abs().max() < 0.35, "words are as different as before"
