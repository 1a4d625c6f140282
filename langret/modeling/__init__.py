"""Backbones, the two heads, and text to ids inside a model.

With ``langret.training`` this is the only room that imports sentence-transformers and PyLate. Names are loaded on
first use, so that importing the package does not import torch.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

# transformers would else answer weights that are no safetensors by asking the hub, from a thread, to convert them
os.environ.setdefault("DISABLE_SAFETENSORS_CONVERSION", "1")
# transformers 5.3 warns of ModernBERT's own way to write its rotary settings, every time it reads them
logging.getLogger("transformers.modeling_rope_utils").setLevel(logging.ERROR)

if TYPE_CHECKING:
    from langret.modeling.backbone import Backbone, new_backbone, open_backbone
    from langret.modeling.export import export_model
    from langret.modeling.heads import build_member, save_member, shared_head
    from langret.modeling.retriever import Retriever, load_model

__all__ = [
    "Backbone",
    "Retriever",
    "build_member",
    "export_model",
    "load_model",
    "new_backbone",
    "open_backbone",
    "save_member",
    "shared_head",
]

_HOME = {
    "Backbone": "backbone",
    "new_backbone": "backbone",
    "open_backbone": "backbone",
    "build_member": "heads",
    "export_model": "export",
    "save_member": "heads",
    "shared_head": "heads",
    "Retriever": "retriever",
    "load_model": "retriever",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"langret.modeling.{_HOME[name]}"), name)
