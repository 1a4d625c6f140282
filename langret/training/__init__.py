"""Batches, objectives, and one trainer for both heads.

Imports torch; names are loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langret.training.mlm import pretrain_mlm
    from langret.training.sets import TrainingSet, WeakPairSet
    from langret.training.stages import pretrain_weak_pairs, train_member

__all__ = ["TrainingSet", "WeakPairSet", "pretrain_mlm", "pretrain_weak_pairs", "train_member"]

_HOME = {
    "TrainingSet": "sets",
    "WeakPairSet": "sets",
    "pretrain_mlm": "mlm",
    "pretrain_weak_pairs": "stages",
    "train_member": "stages",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"langret.training.{_HOME[name]}"), name)
