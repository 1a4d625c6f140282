"""Training a vocabulary, and ids computed once."""

from langret.tokenizer.rarity import rarity
from langret.tokenizer.store import TokenStore, encode_texts
from langret.tokenizer.train import train_tokenizer

__all__ = ["TokenStore", "encode_texts", "rarity", "train_tokenizer"]
