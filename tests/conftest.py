"""Fixtures shared by every room."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

# Tests never reach a real hub; those that need one start a stand-in on loopback and set HF_ENDPOINT themselves.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# The suite says what holds exactly, which is the processor's; `make test-gpu` runs what a GPU must do as well.
if not os.environ.get("LANGRET_TEST_GPU"):
    os.environ["CUDA_VISIBLE_DEVICES"] = ""


@contextmanager
def _python_that_hears_ctrl_c(code: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell starts what it puts into the background deaf to Ctrl-C
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def python_that_hears_ctrl_c():
    """Start a program that prints ``ready``, and yield its process from then on."""
    if os.name == "nt":
        pytest.skip("signals as on POSIX")
    return _python_that_hears_ctrl_c


@pytest.fixture(scope="session")
def langret_data() -> Path:
    """The folder of real text, or a skip that says where it was looked for."""
    root = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    if not (root / "README.md").exists():
        pytest.skip(f"no real text at {root}: set LANGRET_DATA")
    return root


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
