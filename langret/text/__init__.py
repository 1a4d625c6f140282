"""Normalising, segmenting and analysing many texts fast."""

from langret.text.mapping import map_texts

__all__ = ["map_texts"]
