"""The contract of a language plugin, the registry, and the conformance suite that every plugin passes."""

from langret.language.contract import CatalogueEntry, Language
from langret.language.registry import get_language, known_languages

__all__ = ["CatalogueEntry", "Language", "get_language", "known_languages"]
