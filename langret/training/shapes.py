"""From stored token ids to the padded tensors that a head expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer

from langret.modeling.backbone import Backbone


@dataclass(frozen=True)
class TextShape:
    """How one kind of text (queries or passages) is laid out for a model.

    Attributes:
        before: Ids in front of a text: special tokens, marker, prompt.
        after: Ids behind it.
        max_tokens: Longest result; the text itself is cut, never what stands around it.
        pad_id: Id of padding.
        full: Pad to ``max_tokens`` always (ColBERT's query expansion) instead of to the longest of the batch.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    max_tokens: int
    pad_id: int
    full: bool = False

    def lengths(self, tokens: np.ndarray) -> np.ndarray:
        """Lengths of texts of so many ids once laid out, before padding."""
        return np.minimum(tokens + len(self.before) + len(self.after), self.max_tokens)

    def cut(self, ids: np.ndarray) -> np.ndarray:
        """What the model sees of a text: as many of its ids as there is room for."""
        return ids[: self.max_tokens - len(self.before) - len(self.after)]

    def pad(self, texts: Sequence[np.ndarray]) -> dict[str, torch.Tensor]:
        """Lay out a batch.

        Args:
            texts: Ids of each text without special tokens.

        Returns:
            ``input_ids`` and ``attention_mask``, int64 of shape [texts, length].
        """
        rows = [np.concatenate([self.before, self.cut(ids), self.after]) for ids in texts]
        length = self.max_tokens if self.full else max(len(row) for row in rows)
        input_ids = np.full((len(rows), length), self.pad_id, dtype=np.int64)
        mask = np.zeros((len(rows), length), dtype=np.int64)
        for i, row in enumerate(rows):
            input_ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        return {"input_ids": torch.from_numpy(input_ids), "attention_mask": torch.from_numpy(mask)}


def shapes_of(
    model: SentenceTransformer, backbone: Backbone, *, query_tokens: int, passage_tokens: int
) -> tuple[TextShape, TextShape]:
    """Shapes of queries and passages for a member, equal to what its own ``tokenize`` gives for raw text."""
    before, after = backbone.special_ids()
    if isinstance(model, ColBERT):
        pad = int(model.tokenizer.pad_token_id)
        head, rest = before[:1], before[1:]  # PyLate inserts the marker behind the first token
        return (
            TextShape(
                (*head, *_marker(model.query_prefix_id), *rest),
                tuple(after),
                query_tokens,
                pad,
                full=bool(model.do_query_expansion),
            ),
            TextShape((*head, *_marker(model.document_prefix_id), *rest), tuple(after), passage_tokens, pad),
        )
    pad = int(model.tokenizer.pad_token_id)
    prompts = model.prompts or {}
    shapes = []
    for kind, length in (("query", query_tokens), ("document", passage_tokens)):
        prompt = prompts.get(kind) or ""
        ids = backbone.tokenizer(prompt, add_special_tokens=False)["input_ids"] if prompt else []
        shapes.append(TextShape((*before, *ids), tuple(after), length, pad))
    return shapes[0], shapes[1]


def _marker(token: int | None) -> tuple[int, ...]:
    return () if token is None else (token,)
