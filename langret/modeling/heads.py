"""The two heads over one backbone: a dense SentenceTransformer and a PyLate ColBERT."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from pylate.models import ColBERT
from pylate.models import Dense as TokenDense
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Dense, Normalize, Pooling, Transformer
from tokenizers.decoders import ByteLevel
from transformers import set_seed

from langret.errors import ModelError, first_line
from langret.language import Language
from langret.modeling.backbone import Backbone
from langret.modeling.decoders import fit_for_head, is_decoder, must_read
from langret.modeling.identity import write_identity
from langret.modeling.late import Late, late_of, set_late
from langret.modeling.lexical import saturate, tilt, token_weights
from langret.modeling.rotary import mend_rotary
from langret.modeling.segmented import SegmentedTransformer
from langret.recipe.schema import Member
from langret.recipe.schema.members import COLBERT_DIMENSION
from langret.tokenizer import TokenStore, rarity

if TYPE_CHECKING:
    import numpy as np

POOLING = {"cls": "cls", "last": "lasttoken"}
"""Names of sentence-transformers; every other kind is a mean, after token weights or not."""


def build_member(
    backbone: Backbone,
    member: Member,
    language: Language,
    *,
    query_tokens: int,
    passage_tokens: int,
    seed: int,
    from_scratch: bool = False,
    passages: TokenStore | None = None,
) -> SentenceTransformer:
    """Put a head on a backbone.

    Args:
        backbone: The encoder.
        member: Which head, with its options.
        language: Gives the ColBERT markers and the skiplist.
        query_tokens: Longest query in tokens, special tokens and markers included.
        passage_tokens: Longest passage in tokens, likewise.
        seed: Seed of weights that are new (projection, marker embeddings).
        from_scratch: Whether the backbone was made here. Its heads start as word matchers (``modeling.lexical``): a
            dense head that does not choose its pooling gets ``bm25``, and ColBERT tilts the token embeddings. A
            pretrained backbone gets ``mean``, a decoder ``last``, and keeps its embeddings.
        passages: Token ids of the recipe's passages, from which word matchers learn how rare each token is.

    Returns:
        A ``SentenceTransformer``; for the ColBERT head its subclass ``pylate.models.ColBERT``.

    Raises:
        ModelError: The backbone's weights cannot be loaded, it does not read such long texts, or its tokenizer lacks
            what the head needs.
        ValueError: A word matcher without ``passages``.
    """
    set_seed(seed)
    transformer = _transformer(backbone, passage_tokens)
    must_read(transformer.auto_model, max(query_tokens, passage_tokens), backbone.path)
    fit_for_head(transformer, late=member.head == "colbert", where=backbone.path)
    hidden = transformer.get_word_embedding_dimension()
    if member.head == "colbert":
        size = member.dimension or COLBERT_DIMENSION
        model = ColBERT(
            modules=[transformer, *_projection(member, hidden, size)],
            embedding_size=size,
            query_prefix=language.query_marker,
            document_prefix=language.passage_marker,
            query_length=query_tokens,
            document_length=passage_tokens,
            do_query_expansion=member.expansion != "none",
            attend_to_expansion_tokens=member.attend_masks,
            skiplist_words=skiplist(backbone.tokenizer, language),
            device=_device(),
        )
        set_late(model, Late(member.expansion == "dynamic", member.pool_tokens))
        if from_scratch:
            encoder: Any = model[0]
            embeddings = encoder.auto_model.get_input_embeddings().weight
            with torch.no_grad():
                embeddings.copy_(tilt(embeddings, _rarity(passages, backbone), seed))
        return model
    modules: list[Any] = [transformer]
    usual = "last" if is_decoder(transformer.auto_model.config) else "mean"
    pooling = member.pooling or ("bm25" if from_scratch else usual)
    if pooling == "bm25":
        saturate(modules[0].auto_model, backbone.tokenizer.cls_token_id, seed)
    if pooling in ("idf", "bm25"):
        modules.append(token_weights(backbone.tokenizer, _rarity(passages, backbone)))
    modules.append(Pooling(hidden, pooling_mode=POOLING.get(pooling, "mean")))
    if member.dimension and member.dimension != hidden:
        modules.append(Dense(hidden, member.dimension, bias=False, activation_function=None))
    modules.append(Normalize())
    prompts = {"query": member.query_prefix, "document": member.passage_prefix}
    return SentenceTransformer(
        modules=modules, prompts=prompts, similarity_fn_name="cosine", device=_device()
    )


def shared_head(*, from_scratch: bool) -> Member:
    """The dense head under which an encoder is trained or searched before members part; it leaves the encoder alone."""
    return Member(head="dense", pooling="idf" if from_scratch else None)


def skiplist(tokenizer: Any, language: Language) -> list[str]:
    """Vocabulary pieces that the ColBERT head ignores in passages, sorted by id.

    Taken from the vocabulary by the plugin's rule instead of a list of ASCII punctuation (METHODS.md 11.3): PyLate
    maps a word that the vocabulary lacks to [UNK], and would then drop every unknown word.
    """
    special = set(tokenizer.all_special_tokens)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    shown = _shown(tokenizer)
    return [piece for piece, _ in vocabulary if piece not in special and language.skip_piece(shown(piece))]


def _shown(tokenizer: Any) -> Callable[[str], str]:
    """How a piece of the vocabulary reads: a byte-level one writes bytes as letters, and may end inside a character."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if not isinstance(getattr(backend, "decoder", None), ByteLevel):
        return str

    def shown(piece: str) -> str:
        text: str = tokenizer.convert_tokens_to_string([piece])
        return "" if "\ufffd" in text else text

    return shown


def save_member(model: SentenceTransformer, folder: Path, facts: dict[str, Any]) -> None:
    """Save a member as a folder that PyLate or sentence-transformers loads, with ``langret.json`` beside."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(str(folder), create_model_card=False)
    mend_rotary(folder)
    write_identity(folder, {**facts, **late_of(model).facts()})


def _projection(member: Member, hidden: int, size: int) -> list[TokenDense]:
    """The layers of a ColBERT head that PyLate does not add by itself.

    Two layers are mxbai-edge-colbert's finding (METHODS.md 10); that the one between is twice as wide as the encoder,
    and its non-linearity a GELU, is our choice.
    """
    if member.projection == "linear":
        return []
    return [
        TokenDense(hidden, 2 * hidden, bias=True, activation_function=torch.nn.GELU()),
        TokenDense(2 * hidden, size, bias=False),
    ]


def _rarity(passages: TokenStore | None, backbone: Backbone) -> np.ndarray:
    if passages is None:
        raise ValueError("a word matcher needs the passages' token ids, to know which tokens are rare")
    return rarity(passages, backbone.tokenizer)


def _transformer(backbone: Backbone, max_tokens: int) -> Transformer:
    pinned = {"revision": backbone.revision}
    # published decoders are often stored in bf16; weights that train are kept in fp32, and bf16 is for computing
    args: dict[str, Any] = {"model_args": {**pinned, "dtype": torch.float32}, "tokenizer_args": {**pinned}}
    args["config_args"] = {**pinned}
    try:
        if backbone.language is None:
            return Transformer(backbone.path, max_seq_length=max_tokens, **args)
        return SegmentedTransformer(
            backbone.path,
            max_seq_length=max_tokens,
            language=backbone.language.code,
            version=backbone.language.version,
            **args,
        )
    except (OSError, SafetensorError) as error:
        raise ModelError(
            f"its weights cannot be loaded: {first_line(error)}",
            where=backbone.path,
            hint="Download or copy the folder again.",
        ) from error


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"
