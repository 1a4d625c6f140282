"""Candidates and verdicts in few words, and a small reranker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Threads that wait for each other cost more than models this small; on a busy machine, ten times as much."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def reranker(tmp_path_factory) -> Path:
    """A BERT with random weights that gives one score a pair, as transformers saves it: no activation is named."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    from tests.toys import tokenizer_of

    folder: Path = tmp_path_factory.mktemp("rerankers") / "bert"
    tokenizer = tokenizer_of("wordpiece")
    tokenizer.model_max_length = 64
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=64,
        num_labels=1,
        initializer_range=0.5,  # far from zero, so that scores differ
        pad_token_id=tokenizer.pad_token_id,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
