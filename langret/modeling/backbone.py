"""The encoder under both heads: made from nothing, or taken from pretrained weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModel,
    AutoTokenizer,
    ModernBertConfig,
    ModernBertForMaskedLM,
    set_seed,
)

from langret.errors import ModelError, first_line
from langret.language import Language
from langret.modeling.decoders import special_ids
from langret.modeling.identity import language_of, read_identity, write_identity
from langret.recipe.schema import Scratch


@dataclass(frozen=True)
class Backbone:
    """An encoder with its tokenizer, as a folder or a hub name.

    Attributes:
        path: Folder or hub name that transformers loads.
        revision: Revision of a hub name.
        language: Plugin that segments text before the tokenizer, or None where the tokenizer takes raw text.
    """

    path: str
    revision: str | None = None
    language: Language | None = None

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, loaded on first use."""
        return AutoTokenizer.from_pretrained(self.path, revision=self.revision)

    def special_ids(self) -> tuple[list[int], list[int]]:
        """Ids that the tokenizer puts before and after a single text, such as ``([CLS], [SEP])``."""
        return special_ids(self.tokenizer, self.path)


def new_backbone(
    scratch: Scratch, tokenizer: Any, language: Language, folder: Path, *, seed: int
) -> Backbone:
    """Create a ModernBERT-shaped encoder with random weights.

    Its positions are rotary: a word begins with the same state wherever it stands, which a retriever from nothing
    needs more than anything else. It keeps a masked-language-model head, so that ``langret.training.pretrain_mlm``
    can go on from the folder; other users of the folder ignore the head.

    Args:
        scratch: Shape of the encoder.
        tokenizer: Tokenizer trained by ``langret.tokenizer.train_tokenizer``.
        language: Plugin whose segmenter the tokenizer was trained behind.
        folder: Where to save.
        seed: Seed of the weights.
    """
    set_seed(seed)
    config = ModernBertConfig(
        vocab_size=len(tokenizer),
        hidden_size=scratch.hidden,
        num_hidden_layers=scratch.layers,
        num_attention_heads=scratch.heads,
        intermediate_size=scratch.intermediate,
        max_position_embeddings=scratch.max_tokens,
        global_attn_every_n_layers=1,  # passages are short: no layer needs a window
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.cls_token_id,
        cls_token_id=tokenizer.cls_token_id,
        eos_token_id=tokenizer.sep_token_id,
        sep_token_id=tokenizer.sep_token_id,
    )
    tokenizer.model_max_length = scratch.max_tokens
    save_backbone(ModernBertForMaskedLM(config), tokenizer, language, folder)
    return open_backbone(folder)


def save_backbone(model: Any, tokenizer: Any, language: Language | None, folder: Path) -> None:
    """Save encoder and tokenizer, with the language behind whose segmenter the tokenizer stands (if any)."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    if language is not None:
        write_identity(
            folder, {"language": language.code, "version": language.version, "segmented": language.presegment}
        )


def open_backbone(path: str | Path, revision: str | None = None) -> Backbone:
    """Open a backbone: a folder that langret wrote, any transformers folder, or a hub name.

    Raises:
        ModelError: There is no such model, or its configuration cannot be read.
        LanguageError: The folder was made under another version of its language plugin.
    """
    facts = read_identity(path, revision)
    language = None
    if facts and facts.get("segmented"):
        language = language_of(facts, where=str(path))
    try:
        AutoConfig.from_pretrained(str(path), revision=revision)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"cannot be opened as a model: {first_line(error)}",
            where=str(path),
            hint="Give a folder with config.json, or a hub name while the hub can be reached.",
        ) from error
    return Backbone(str(path), revision, language)


def load_encoder(backbone: Backbone) -> torch.nn.Module:
    """Load the bare encoder."""
    return AutoModel.from_pretrained(backbone.path, revision=backbone.revision)
