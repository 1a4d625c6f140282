"""A dense member as one ONNX graph from token ids to the finished vector, with a tokenizer beside it."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import torch
from pylate.models import ColBERT
from tokenizers import Tokenizer

from langret.errors import MissingDependencyError, ModelError, first_line
from langret.modeling.export import prompts_of
from langret.modeling.retriever import Retriever

_INLINE = (
    1 << 30
)  # bytes of weights inside model.onnx; a file of ONNX ends at 2 GiB, larger ones lie beside it


def write_onnx(retriever: Retriever, path: Path, target: Path) -> dict[str, Any]:
    """Write ``model.onnx`` and ``tokenizer.json``.

    The graph takes ``input_ids`` and ``attention_mask``, int64 [texts, tokens], and gives ``sentence_embedding``,
    float32 [texts, dimension], L2-normalised: encoder, token weights, pooling and projection are inside. The
    tokenizer cuts and pads. Both sizes are free.

    Returns:
        What a reader must know besides: the prefixes, and the longest text in tokens.

    Raises:
        ModelError: It is a ColBERT model, or its tokenizer has no fast form.
        MissingDependencyError: onnx or onnxscript is not installed.
    """
    model: Any = retriever.model
    if isinstance(model, ColBERT):
        raise ModelError(
            "is a ColBERT model; the ONNX form holds dense ones.",
            where=str(path),
            hint="Export it with --to plain or --to stanford.",
        )
    module = model[0]
    if not module.tokenizer.is_fast or module.do_lower_case:
        raise ModelError("its tokenizer cannot be written as one tokenizer.json.", where=str(path))
    try:
        import onnx  # noqa: F401  (torch's exporter fails much later without them, and says less)
        import onnxscript  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            f"onnx and onnxscript are needed to write ONNX: {first_line(error)}",
            hint='pip install "langret[onnx]"',
        ) from error
    _write_graph(model, target / "model.onnx")
    tokenizer = Tokenizer.from_str(module.tokenizer.backend_tokenizer.to_str())
    tokenizer.enable_truncation(module.max_seq_length)
    padding = module.tokenizer
    tokenizer.enable_padding(direction="right", pad_id=padding.pad_token_id, pad_token=padding.pad_token)
    tokenizer.save(str(target / "tokenizer.json"))
    prompts = prompts_of(retriever)
    return {
        "query_prefix": prompts["query"],
        "passage_prefix": prompts["passage"],
        "max_tokens": module.max_seq_length,
        "dimension": retriever.dimension,
    }


class _Whole(torch.nn.Module):
    """All modules of a SentenceTransformer, from ids to the normalised vector."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.encoder = model[0].auto_model
        self.rest = torch.nn.ModuleList(list(model)[1:])

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask, return_dict=True)[0]
        features = {"input_ids": input_ids, "attention_mask": attention_mask, "token_embeddings": states}
        for module in self.rest:
            features = module(features)
        return torch.nn.functional.normalize(features["sentence_embedding"], p=2, dim=1)


def _write_graph(model: Any, file: Path) -> None:
    whole = _Whole(model).eval().cpu()
    ids = torch.full((2, 8), int(model[0].tokenizer.pad_token_id))
    mask = torch.ones_like(ids)
    mask[0, 5:] = 0
    free = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", min=2)}
    weights = sum(p.numel() * p.element_size() for p in whole.parameters())
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # of axes that share a name, and of packages for images
        torch.onnx.export(
            whole,
            (ids, mask),
            str(file),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding"],
            dynamic_shapes=(free, free),
            dynamo=True,
            external_data=weights > _INLINE,
            verbose=False,
        )
