"""Masked-language-model training of a backbone on the recipe's own passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForMaskedLM, TrainingArguments, set_seed

from langret.errors import ModelError, StageError
from langret.modeling.backbone import Backbone, open_backbone, save_backbone
from langret.modeling.decoders import fit_embeddings
from langret.recipe.schema import MaskedLanguageModel
from langret.tokenizer import TokenStore
from langret.training.steps import StepTrainer
from langret.training.together import share, size
from langret.training.trainer import Report, Schedule, run


def pretrain_mlm(
    backbone: Backbone,
    passages: TokenStore,
    settings: MaskedLanguageModel,
    folder: Path,
    scratch: Path,
    *,
    rows: np.ndarray | None = None,
    seed: int,
    report: Report | None = None,
) -> tuple[Backbone, list[dict[str, Any]]]:
    """Train a backbone to fill in masked tokens.

    Args:
        backbone: Where to start. Its tokenizer needs a mask token.
        passages: Token ids of the passages.
        settings: Steps, batch size, learning rate, share of masked tokens.
        folder: Where the result is saved.
        scratch: Where checkpoints live until the stage has finished.
        rows: Rows of ``passages`` to use; default: all with at least 4 tokens.
        seed: Seed of windows and masks.
        report: Called with step, steps and figures.

    Returns:
        The new backbone and the training log.

    Raises:
        ModelError: The tokenizer has no mask token.
        StageError: The loss is not finite.
    """
    set_seed(seed)
    if backbone.tokenizer.mask_token_id is None:
        raise ModelError(
            "the tokenizer has no mask token, which objective mlm needs.",
            where=backbone.path,
            hint="Leave the mlm stage out.",
        )
    model = AutoModelForMaskedLM.from_pretrained(backbone.path, revision=backbone.revision)
    fit_embeddings(model, backbone.tokenizer, backbone.path)
    windows = _Windows(backbone, passages, rows, settings, seed)
    schedule = Schedule(settings.steps, settings.lr, settings.warmup, checkpoints=4, seed=seed)
    trainer = _MaskedTrainer(
        windows,
        model=model,
        args=TrainingArguments(**{**schedule.arguments(scratch), "remove_unused_columns": False}),
    )
    log = run(trainer, scratch, report)
    save_backbone(model, backbone.tokenizer, backbone.language, folder)
    return open_backbone(folder), log


class _Windows(torch.utils.data.Dataset):
    """Item n is this process's share of the masked batch of step n, which is a function of seed and n alone."""

    def __init__(
        self,
        backbone: Backbone,
        passages: TokenStore,
        rows: np.ndarray | None,
        settings: MaskedLanguageModel,
        seed: int,
    ) -> None:
        self.passages, self.settings, self.seed = passages, settings, seed
        self.before, self.after = backbone.special_ids()
        tokenizer = backbone.tokenizer
        self.mask_id, self.vocabulary = tokenizer.mask_token_id, len(tokenizer)
        self.pad_id = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else 0
        self.rows = np.flatnonzero(np.diff(passages.offsets) >= 4) if rows is None else rows
        if not len(self.rows):
            raise StageError("no passage is long enough for masked-language-model training.")

    def __len__(self) -> int:
        return self.settings.steps

    def __getitem__(self, step: int) -> dict[str, torch.Tensor]:
        if step >= self.settings.steps:
            raise IndexError(step)
        draw = np.random.default_rng([self.seed, 4, step])
        room = self.settings.tokens - len(self.before) - len(self.after)
        shape = (self.settings.batch_size, self.settings.tokens)
        ids = np.full(shape, self.pad_id, dtype=np.int64)
        attention = np.zeros(shape, dtype=np.int64)
        maskable = np.zeros(shape, dtype=bool)
        for i, row in enumerate(draw.choice(self.rows, size=shape[0])):
            text = self.passages[int(row)]
            start = int(draw.integers(max(1, len(text) - room + 1)))
            window = [*self.before, *text[start : start + room], *self.after]
            ids[i, : len(window)] = window
            attention[i, : len(window)] = 1
            maskable[i, len(self.before) : len(window) - len(self.after)] = True
        chosen = maskable & (draw.random(shape) < self.settings.mask)
        labels = np.where(chosen, ids, -100)
        kind = draw.random(shape)  # BERT's split: 80 % masked, 10 % another token, 10 % left as they are
        ids = np.where(chosen & (kind < 0.8), self.mask_id, ids)
        other = chosen & (kind >= 0.8) & (kind < 0.9)
        ids = np.where(other, draw.integers(self.vocabulary, size=shape), ids)
        width = int(attention.sum(axis=1).max())
        arrays = {"input_ids": ids, "attention_mask": attention, "labels": labels}
        own = {
            key: torch.from_numpy(np.ascontiguousarray(share(value[:, :width])))
            for key, value in arrays.items()
        }
        return {**own, "masked": torch.tensor(int(chosen.sum()))}


class _MaskedTrainer(StepTrainer):
    """A trainer that scores the vocabulary at masked positions only.

    With a small encoder the output layer costs more than the rest; the usual loss computes it for every token and
    throws most of it away.
    """

    def compute_loss(
        self, model: Any, inputs: dict[str, torch.Tensor], *args: Any, **kwargs: Any
    ) -> torch.Tensor:
        labels, masked = inputs.pop("labels"), inputs.pop("masked")
        bare = self.accelerator.unwrap_model(model)
        hidden = bare.base_model(**inputs).last_hidden_state
        chosen = labels != -100
        head = _vocabulary_head(bare)
        logits = head(hidden[chosen]) if head is not None else model(**inputs).logits[chosen]
        # the mean over all masked tokens of the step: of the means over processes, too
        total = torch.nn.functional.cross_entropy(logits.float(), labels[chosen], reduction="sum")
        loss = total * size() / masked
        if not torch.isfinite(loss):
            raise StageError(f"the masked-language-model loss became {loss.item()}.", hint="Lower its lr.")
        return loss


def _vocabulary_head(model: Any) -> Callable[[torch.Tensor], torch.Tensor] | None:
    """What turns token states into vocabulary scores: `cls` of BERT, `head` and `decoder` of ModernBERT.

    Other architectures name it differently, and pay for all positions.
    """
    if hasattr(model, "cls"):
        return model.cls
    if hasattr(model, "head") and hasattr(model, "decoder"):
        return lambda hidden: model.decoder(model.head(hidden))
    return None
