"""A member in the form that a reader without langret loads.

Readers differ in what they take of a folder, and none of them normalises or segments. So every export holds
``exported.json``, which says what text has to pass first (``Retriever.prepare`` gives it), and a word about it in the
model card; ``langret.json`` stays behind, for with it langret would take the folder for a member that reads raw text.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

import torch
from pylate.models import ColBERT
from safetensors.torch import save_file

from langret.data.records import dumps
from langret.errors import ModelError, nearest
from langret.modeling.identity import FILE, read_identity
from langret.modeling.late import Late, late_of
from langret.modeling.retriever import Retriever, load_model
from langret.modeling.rotary import mend_rotary, older_rotary
from langret.modeling.segmented import SegmentedTransformer

Form = Literal["plain", "stanford", "onnx"]
"""``plain``: sentence-transformers and PyLate; ``stanford``: ColBERT's own layout, which RAGatouille loads; ``onnx``:
onnxruntime and a ``tokenizer.json``."""
FACTS = "exported.json"
_OURS = f"{SegmentedTransformer.__module__}.{SegmentedTransformer.__qualname__}"


def export_model(path: str | Path, target: str | Path, form: Form) -> None:
    """Write a model folder in another form.

    Args:
        path: A model folder; for ``onnx`` and ``stanford`` a hub name too.
        target: Folder to write; it must not exist.
        form: Which form.

    Raises:
        ModelError: There is no such form or model, the folder is there already, or the form cannot hold the model.
        LanguageError: The model was made under another version of its language plugin.
        MissingDependencyError: A package that the form needs is not installed.
    """
    target = Path(target)
    if form not in get_args(Form):
        raise ModelError(f'there is no form "{form}" to export to.', hint=nearest(form, get_args(Form)))
    if target.exists():
        raise ModelError("is there already.", where=str(target), hint="Give a folder that does not exist.")
    retriever = load_model(path)
    write: Callable[[Retriever, Path, Path], dict[str, Any]]
    if form == "onnx":
        from langret.modeling.export_onnx import write_onnx as write
    else:
        write = _write_plain if form == "plain" else _write_stanford
    facts = {**(read_identity(path) or {}), "form": form}
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        facts |= write(retriever, Path(path), aside)
        (aside / FACTS).write_text(dumps(facts) + "\n", encoding="utf-8")
        _write_card(Path(path), aside, retriever)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def prompts_of(retriever: Retriever) -> dict[str, str]:
    """Prefixes of queries and passages as they stand before prepared text: segmented where the text is."""
    found = {kind: retriever.prompt(kind) for kind in ("query", "passage")}
    if isinstance(retriever.model[0], SegmentedTransformer):
        return {kind: f"{retriever.prepare(prompt)} " if prompt else "" for kind, prompt in found.items()}
    return found


def _write_plain(retriever: Retriever, path: Path, target: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise ModelError("is no folder: only a member that lies in a folder is exported.", where=str(path))
    for item in path.iterdir():
        if item.name != FILE:
            (shutil.copytree if item.is_dir() else shutil.copy2)(item, target / item.name)
    mend_rotary(target)  # a folder from before members were saved so
    if isinstance(retriever.model[0], SegmentedTransformer):
        modules = json.loads((target / "modules.json").read_text(encoding="utf-8"))
        for module in modules:
            if module["type"] == _OURS:
                module["type"] = "sentence_transformers.models.Transformer"
        _write_json(target / "modules.json", modules)
        settings = json.loads((target / "sentence_bert_config.json").read_text(encoding="utf-8"))
        _write_json(
            target / "sentence_bert_config.json",
            {k: v for k, v in settings.items() if k not in ("language", "version")},
        )
        config = json.loads((target / "config_sentence_transformers.json").read_text(encoding="utf-8"))
        ready = prompts_of(retriever)
        config["prompts"] = {**config["prompts"], "query": ready["query"], "document": ready["passage"]}
        _write_json(target / "config_sentence_transformers.json", config)
    return {}


def _write_stanford(retriever: Retriever, path: Path, target: Path) -> dict[str, Any]:
    """The layout of Stanford's ColBERT 0.2: weights of the encoder and ``linear``, and ``artifact.metadata``.

    Its reader takes the padding token for what it is and turns it into masks itself, so PyLate's trick of padding with
    masks is undone; and its tokenizer and configuration are read by transformers 4.
    """
    model: Any = retriever.model
    _must_fit_stanford(retriever, path)
    encoder, tokenizer = model[0].auto_model, model.tokenizer
    weights = {f"{encoder.base_model_prefix}.{name}": value for name, value in encoder.state_dict().items()}
    weights["linear.weight"] = model[-1].linear.weight
    weights = {name: value.detach().to(torch.float32).contiguous().clone() for name, value in weights.items()}
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
    config = json.loads(encoder.config.to_json_string(use_diff=False))
    _write_json(target / "config.json", {**config, **older_rotary(config), "architectures": ["HF_ColBERT"]})
    mend_rotary(target)
    tokenizer.save_pretrained(target)
    settings = json.loads((target / "tokenizer_config.json").read_text(encoding="utf-8"))
    pad = tokenizer.convert_ids_to_tokens(encoder.config.pad_token_id)
    kept = {name: value for name, value in settings.items() if name not in ("backend", "is_local")}
    _write_json(
        target / "tokenizer_config.json",
        {**kept, "pad_token": pad, "tokenizer_class": "PreTrainedTokenizerFast"},
    )
    _write_json(
        target / "artifact.metadata",
        {
            "query_token": model.query_prefix,
            "query_token_id": model.query_prefix,
            "doc_token": model.document_prefix,
            "doc_token_id": model.document_prefix,
            "query_maxlen": model.query_length,
            "doc_maxlen": model.document_length,
            "attend_to_mask_tokens": bool(model.attend_to_expansion_tokens),
            "dim": retriever.dimension,
            # its loader knows no other skiplist than ASCII's punctuation, and fails without one
            "mask_punctuation": True,
            "similarity": "cosine",
            "interaction": "colbert",
            "root": "experiments",
            "experiment": "default",
        },
    )
    return {"skiplist": sorted(model.skiplist)}


def _must_fit_stanford(retriever: Retriever, path: Path) -> None:
    model: Any = retriever.model
    if not isinstance(retriever.model, ColBERT):
        raise ModelError("is a dense model; the Stanford layout holds ColBERT models.", where=str(path))
    pad = model[0].auto_model.config.pad_token_id
    layers = list(model)[1:]
    refused = {
        "projects by more than one matrix": len(layers) != 1 or layers[0].linear.bias is not None,
        "does not fill queries up with masks": not model.do_query_expansion,
        "fills queries up by their own length, or pools its passages": late_of(model) != Late(),
        "has no marker before queries or passages": not (model.query_prefix and model.document_prefix),
        "has no padding token of its own": pad is None or pad == model.tokenizer.mask_token_id,
    }
    for reason, holds in refused.items():
        if holds:
            raise ModelError(f"{reason}, which the Stanford layout cannot say.", where=str(path))


def _write_card(path: Path, target: Path, retriever: Retriever) -> None:
    """The model's card with a word about the form in front of its text."""
    card = path / "README.md"
    text = card.read_text(encoding="utf-8") if card.is_file() else ""
    match = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    cut = match.end() if match else 0
    note = "> Exported for readers without langret. Its text must have passed the normaliser"
    if isinstance(retriever.model[0], SegmentedTransformer):
        note += " and the segmenter"
    version = f" of `{retriever.language.version}`" if retriever.language else ""
    note += f"{version} first (`langret.modeling.Retriever.prepare`); what is said below of raw text holds for the "
    note += "original.\n"
    (target / "README.md").write_text(f"{text[:cut]}\n{note}{text[cut:]}", encoding="utf-8")


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
