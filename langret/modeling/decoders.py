"""What a head needs of a backbone that was made for something else: tokens to pad with, to begin and to end with."""

from __future__ import annotations

import warnings
from typing import Any

import torch
from sentence_transformers.models import Transformer
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING_NAMES,
    MODEL_FOR_MASKED_LM_MAPPING_NAMES,
)

from langret.errors import ModelError


class BackboneWarning(UserWarning):
    """A backbone lacked something, and langret chose what stands in for it."""


def is_decoder(config: Any) -> bool:
    """Whether a model reads from left to right, so that its last token alone has seen the whole text.

    True for kinds that transformers knows as language models and not as masked ones, such as Qwen and Mistral, unless
    the configuration says that attention goes both ways.
    """
    text = config.get_text_config()
    kind = text.model_type
    both_ways = getattr(text, "use_bidirectional_attention", None)
    return (
        not both_ways
        and kind in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES
        and kind not in MODEL_FOR_MASKED_LM_MAPPING_NAMES
    )


def fit_for_head(module: Transformer, *, late: bool, where: str) -> None:
    """Change a module's tokenizer and embeddings in place until a head can stand on them.

    - A tokenizer without a padding token pads with its end token.
    - A tokenizer with more tokens than the embeddings have rows gets rows that start at the mean of the others.
    - A decoder pads on the right, and every text ends with its end token: last-token pooling reads a state that means
      "the text is over" instead of that of any word. Under a ColBERT head a text also begins with a special token, for
      PyLate inserts the marker behind the first token, whatever it is.

    All of it is saved with the member, so that PyLate and sentence-transformers do the same.

    Args:
        module: The encoder with its tokenizer.
        late: Whether the head is ColBERT's.
        where: Name of the backbone, for messages.

    Raises:
        ModelError: The tokenizer has no token that could do what is needed.
    """
    tokenizer: Any = module.tokenizer
    encoder: Any = module.auto_model
    if tokenizer.pad_token_id is None:
        stand_in = tokenizer.eos_token or tokenizer.sep_token
        if stand_in is None:
            raise _lacks("neither a padding nor an end token", where)
        warnings.warn(
            f"{where}: its tokenizer has no padding token; texts are padded with {stand_in}.",
            BackboneWarning,
            stacklevel=2,
        )
        tokenizer.pad_token = stand_in
    fit_embeddings(encoder, tokenizer, where)
    if is_decoder(encoder.config):
        encoder.config.use_cache = False  # nothing is generated
        tokenizer.padding_side = "right"
        _frame(tokenizer, late, where)


def fit_embeddings(model: Any, tokenizer: Any, where: str) -> None:
    """Give a model whose tokenizer has more tokens than its embeddings have rows the rows that it lacks."""
    rows = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > rows:
        warnings.warn(
            f"{where}: its tokenizer has {len(tokenizer):,} tokens, its embeddings {rows:,} rows; "
            "the others start at the mean.",
            BackboneWarning,
            stacklevel=3,
        )
        model.resize_token_embeddings(len(tokenizer), mean_resizing=True)


def must_read(encoder: Any, tokens: int, where: str) -> None:
    """Refuse texts that are longer than an encoder has positions. One whose positions are computed reads any length.

    Raises:
        ModelError: It has a table of positions, with fewer rows.
    """
    most = table_of_positions(encoder)
    if most is not None and tokens > most:
        raise ModelError(
            f"reads texts of {most} tokens at most; {tokens} are asked for.",
            where=where,
            hint="Lower training.query_tokens and training.passage_tokens (of a pretraining stage: its own).",
        )


def table_of_positions(encoder: Any) -> int | None:
    """Longest text in tokens for which an encoder has a table of positions; None where it computes them."""
    for name, part in encoder.named_modules():
        if name.endswith("position_embeddings") and isinstance(part, torch.nn.Embedding):
            # RoBERTa and its kin count from behind the padding token's id
            return int(part.num_embeddings - (0 if part.padding_idx is None else part.padding_idx + 1))
    return None


def _frame(tokenizer: Any, late: bool, where: str) -> None:
    """Let every text end with the end token, and under a ColBERT head begin with a special one."""
    from tokenizers.processors import TemplateProcessing

    if tokenizer.eos_token is None:
        raise _lacks("no end token", where)
    before, after = special_ids(tokenizer, where)
    name = tokenizer.convert_ids_to_tokens
    first, last = [name(i) for i in before], [name(i) for i in after]
    if late and not first:
        first = [tokenizer.bos_token or tokenizer.eos_token]
    if tokenizer.eos_token not in last:
        last = [*last, tokenizer.eos_token]
    if (len(first), len(last)) == (len(before), len(after)):
        return
    if not tokenizer.is_fast:
        raise ModelError(
            "its tokenizer has no fast form, and does not end texts with its end token.",
            where=where,
            hint="Save it with a tokenizer.json.",
        )
    tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
        single=[*first, "$A", *last],
        special_tokens=[
            (piece, tokenizer.convert_tokens_to_ids(piece)) for piece in dict.fromkeys([*first, *last])
        ],
    )


def special_ids(tokenizer: Any, where: str) -> tuple[list[int], list[int]]:
    """Ids that a tokenizer puts before and after a single text, such as ``([CLS], [SEP])``.

    Raises:
        ModelError: It changes the text itself.
    """
    inner = tokenizer("a", add_special_tokens=False)["input_ids"]
    whole = tokenizer("a")["input_ids"]
    for start in range(len(whole) - len(inner) + 1):
        if whole[start : start + len(inner)] == inner:
            return whole[:start], whole[start + len(inner) :]
    raise ModelError("the tokenizer changes a text when it adds special tokens", where=where)


def prompt_ids(module: Transformer, prompt: str, where: str) -> list[int]:
    """Ids of a prompt before any text, so that they and the text's own ids are those of both together.

    Raises:
        ModelError: The tokenizer joins the end of the prompt and the beginning of some texts into one token.
    """
    prepare: Any = getattr(module, "prepare", str)  # a module that segments does so with prompts too

    def ids(text: str) -> list[int]:
        found: list[int] = module.tokenizer(prepare(text).strip(), add_special_tokens=False)["input_ids"]
        return found

    alone = [(ids(text), ids(prompt + text)) for text in ("a", "the", "9")]
    before = {tuple(both[: len(both) - len(text)]) for text, both in alone}
    if len(before) > 1 or any(both[len(both) - len(text) :] != text for text, both in alone):
        raise ModelError(
            f"its tokenizer joins the end of the prefix {prompt!r} to the text behind it.",
            where=where,
            hint="End the prefix with a line break (or a space, where it has none).",
        )
    return list(next(iter(before)))


def _lacks(what: str, where: str) -> ModelError:
    return ModelError(
        f"its tokenizer has {what}.",
        where=where,
        hint="Name one in its tokenizer_config.json, such as pad_token and eos_token.",
    )
