"""From stored token ids to the padded tensors that a head expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer

from langret.errors import ModelError
from langret.modeling.backbone import Backbone
from langret.modeling.decoders import prompt_ids, special_ids
from langret.modeling.late import query_length


@dataclass(frozen=True)
class TextShape:
    """How one kind of text (queries or passages) is laid out for a model.

    Attributes:
        before: Ids in front of a text: special tokens, marker, prompt.
        after: Ids behind it.
        max_tokens: Longest result; the text itself is cut, never what stands around it.
        pad_id: Id of padding.
        expand: From the length of the longest text of a batch to that of the batch: ColBERT's query expansion.
        attend: Whether padding is attended to, as masks of ColBERT queries may be.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    max_tokens: int
    pad_id: int
    expand: Callable[[int], int] = int
    attend: bool = False

    def lengths(self, tokens: np.ndarray) -> np.ndarray:
        """Lengths of texts of so many ids once laid out, before padding."""
        return np.minimum(tokens + len(self.before) + len(self.after), self.max_tokens)

    def cut(self, ids: np.ndarray) -> np.ndarray:
        """What the model sees of a text: as many of its ids as there is room for."""
        return ids[: self.max_tokens - len(self.before) - len(self.after)]

    def pad(self, texts: Sequence[np.ndarray], longest: int = 0) -> dict[str, torch.Tensor]:
        """Lay out a batch.

        Args:
            texts: Ids of each text without special tokens.
            longest: Ids of a longer text that the batch is laid out with, and that stands elsewhere.

        Returns:
            ``input_ids`` and ``attention_mask``, int64 of shape [texts, length].
        """
        rows = [np.concatenate([self.before, self.cut(ids), self.after]) for ids in texts]
        length = self.expand(max(int(self.lengths(np.array(longest))), *map(len, rows)))
        input_ids = np.full((len(rows), length), self.pad_id, dtype=np.int64)
        mask = np.full((len(rows), length), int(self.attend), dtype=np.int64)
        for i, row in enumerate(rows):
            input_ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        return {"input_ids": torch.from_numpy(input_ids), "attention_mask": torch.from_numpy(mask)}


def shapes_of(
    model: SentenceTransformer, backbone: Backbone, *, query_tokens: int, passage_tokens: int
) -> tuple[TextShape, TextShape]:
    """Shapes of queries and passages for a member, equal to what its own ``tokenize`` gives for raw text.

    Raises:
        ModelError: The tokenizer joins a prefix of the member to the text behind it, or there is no room behind it.
    """
    module: Any = model[0]
    before, after = special_ids(module.tokenizer, backbone.path)
    pad = int(module.tokenizer.pad_token_id)
    if isinstance(model, ColBERT):
        head, rest = before[:1], before[1:]  # PyLate inserts the marker behind the first token
        return (
            TextShape(
                (*head, *_marker(model.query_prefix_id), *rest),
                tuple(after),
                query_tokens,
                pad,
                expand=partial(query_length, model),
                attend=bool(model.attend_to_expansion_tokens),
            ),
            TextShape((*head, *_marker(model.document_prefix_id), *rest), tuple(after), passage_tokens, pad),
        )
    prompts = model.prompts or {}
    shapes = []
    for kind, length in (("query", query_tokens), ("document", passage_tokens)):
        prompt = prompts.get(kind) or ""
        ids = prompt_ids(module, prompt, backbone.path) if prompt else []
        if len(before) + len(ids) + len(after) >= length:
            raise ModelError(
                f"the prefix {prompt!r} is {len(ids)} tokens long and leaves no room in {length} for a text.",
                where=backbone.path,
                hint=f"Raise training.{'query' if kind == 'query' else 'passage'}_tokens.",
            )
        shapes.append(TextShape((*before, *ids), tuple(after), length, pad))
    return shapes[0], shapes[1]


def _marker(token: int | None) -> tuple[int, ...]:
    return () if token is None else (token,)
