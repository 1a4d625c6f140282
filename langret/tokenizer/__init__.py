"""Training a vocabulary, ids computed once, and how well a tokenizer fits a language."""

from langret.tokenizer.fit import TokenizerFit, tokenizer_fit
from langret.tokenizer.rarity import rarity
from langret.tokenizer.store import TokenStore, encode_texts
from langret.tokenizer.train import train_tokenizer
from langret.tokenizer.trim import trim_tokenizer

__all__ = [
    "TokenStore",
    "TokenizerFit",
    "encode_texts",
    "rarity",
    "tokenizer_fit",
    "train_tokenizer",
    "trim_tokenizer",
]
