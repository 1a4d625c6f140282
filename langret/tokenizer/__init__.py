"""Training a vocabulary, and ids computed once."""

from langret.tokenizer.store import TokenStore, encode_texts
from langret.tokenizer.train import train_tokenizer

__all__ = ["TokenStore", "encode_texts", "train_tokenizer"]
