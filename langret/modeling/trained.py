"""A member that was trained before, to be trained further."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import torch
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import WordWeights

from langret.modeling.decoders import must_read
from langret.modeling.identity import read_identity
from langret.modeling.late import Late, set_late


def open_member(
    folder: Path, head: Literal["dense", "colbert"], *, query_tokens: int, passage_tokens: int
) -> SentenceTransformer:
    """Load a folder that ``save_member`` wrote, weights of the head included, for texts of other lengths.

    Args:
        folder: The model folder.
        head: Its head.
        query_tokens: Longest query in tokens, special tokens and markers included.
        passage_tokens: Longest passage in tokens, likewise.

    Raises:
        LanguageError: It was made under another version of its language plugin.
        ModelError: It does not read such long texts.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model: SentenceTransformer
    if head == "colbert":
        late = ColBERT(str(folder), query_length=query_tokens, document_length=passage_tokens, device=device)
        set_late(late, Late.from_facts(read_identity(folder) or {}))
        model = late
    else:
        model = SentenceTransformer(str(folder), device=device)
    encoder: Any = model[0]
    must_read(encoder.auto_model, max(query_tokens, passage_tokens), str(folder))
    model.max_seq_length = passage_tokens
    for module in model:
        if isinstance(module, WordWeights):  # it saves the weights that it was made with
            module.requires_grad_(False)
    return model
