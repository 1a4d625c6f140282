"""Low-rank adapters on an encoder while it trains, through peft (LoRA, arXiv 2106.09685)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from transformers import AutoConfig

from langret.errors import ModelError
from langret.modeling.backbone import Backbone
from langret.recipe.schema.training import Lora

FILE = "trained.safetensors"


def add_adapters(model: SentenceTransformer, lora: Lora, backbone: Backbone) -> None:
    """Freeze a member's encoder and put adapters on its linear layers.

    What the backbone has never seen trains as a whole: the head's own layers, and the embeddings of new tokens (the
    ColBERT markers, and rows that the backbone's embeddings lacked). Frozen, their random vectors would stay.

    Args:
        model: A member, changed in place.
        lora: Rank, scale and layers.
        backbone: The encoder as it came, which tells which tokens are new.

    Raises:
        ModelError: No layer has a name that ``lora.modules`` asks for.
    """
    from peft import LoraConfig, TaskType, get_peft_model  # an extra: ``training.extras`` asks for it

    module: Any = model[0]
    encoder = module.auto_model
    new = _new_tokens(model, backbone)
    table = encoder.get_input_embeddings()
    (name,) = (name for name, part in encoder.named_modules() if part is table)
    settings = LoraConfig(
        task_type=TaskType.FEATURE_EXTRACTION,
        r=lora.rank,
        lora_alpha=lora.alpha,  # type: ignore[arg-type]
        lora_dropout=lora.dropout,
        target_modules=lora.modules or "all-linear",
        trainable_token_indices={name: new} if new else None,
    )
    try:
        module.auto_model = get_peft_model(encoder, settings)
    except ValueError as error:
        linear = {n.rsplit(".", 1)[-1] for n, p in encoder.named_modules() if isinstance(p, torch.nn.Linear)}
        raise ModelError(
            f"training.lora.modules: no layer of the encoder ends in {', '.join(lora.modules)}.",
            where=backbone.path,
            hint=f"Its linear layers: {', '.join(sorted(linear))}.",
        ) from error


def merge_adapters(model: SentenceTransformer) -> None:
    """Add what adapters learnt to the weights they stand on, and take them off; the vectors stay the same."""
    module: Any = model[0]
    module.auto_model = module.auto_model.merge_and_unload().requires_grad_(True)


def has_adapters(model: SentenceTransformer) -> bool:
    """Whether a member has adapters on its encoder."""
    return hasattr(model[0].auto_model, "merge_and_unload")


def save_trained(model: SentenceTransformer, folder: Path) -> None:
    """Save what trains, for a checkpoint: adapters, new embeddings, the head; the rest is as the backbone has it."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({n: p.detach().contiguous() for n, p in _trained(model).items()}, folder / FILE)


def load_trained(model: SentenceTransformer, folder: Path) -> None:
    """Read again what ``save_trained`` wrote."""
    found = load_file(folder / FILE)
    with torch.no_grad():
        for name, parameter in _trained(model).items():
            parameter.copy_(found[name])


def _trained(model: SentenceTransformer) -> dict[str, torch.nn.Parameter]:
    return {name: p for name, p in model.named_parameters() if p.requires_grad}


def _new_tokens(model: Any, backbone: Backbone) -> list[int]:
    config = AutoConfig.from_pretrained(backbone.path, revision=backbone.revision).get_text_config()
    rows = model[0].auto_model.get_input_embeddings().weight.shape[0]
    markers = (getattr(model, f"{kind}_prefix_id", None) for kind in ("query", "document"))
    return sorted({*range(config.vocab_size, rows), *(m for m in markers if m is not None)})
