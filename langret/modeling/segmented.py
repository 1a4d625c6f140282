"""A Transformer module that normalises and segments raw text itself.

A tokenizer trained on segmented text turns raw Japanese into [UNK] without a word. Models with such a tokenizer
therefore name this class in ``modules.json``: with langret installed, ``SentenceTransformer(path)`` and
``pylate.models.ColBERT(path)`` segment raw text by themselves; without it they fail to load instead of giving
worthless vectors.
"""

from __future__ import annotations

from typing import Any

from sentence_transformers.models import Transformer

from langret.modeling.identity import language_of


class SegmentedTransformer(Transformer):
    """``sentence_transformers.models.Transformer`` for a tokenizer that expects segmented text.

    Args:
        language: Code of the language plugin.
        version: Version of the plugin under which the tokenizer was trained; another one is refused.
        **kwargs: As for the parent class.

    Raises:
        LanguageError: The plugin is missing or has another version.
    """

    config_keys = ["max_seq_length", "do_lower_case", "language", "version"]  # noqa: RUF012 (the parent's interface)

    def __init__(self, *args: Any, language: str, version: str, **kwargs: Any) -> None:
        self.plugin = language_of(
            {"language": language, "version": version}, where=str(args[0] if args else "")
        )
        super().__init__(*args, **kwargs)
        self.language = language
        self.version = version

    def tokenize(self, texts: list[Any], padding: str | bool = True, **kwargs: Any) -> dict[str, Any]:
        """Tokenize raw texts: normalise, segment, then the subword model."""
        return super().tokenize([self.prepare(text) for text in texts], padding=padding, **kwargs)

    def prepare(self, text: Any) -> Any:
        """What the subword model reads: the normalised words with spaces between them."""
        if isinstance(text, dict):
            return {key: self.prepare(value) for key, value in text.items()}
        if isinstance(text, (list, tuple)):
            return tuple(self.prepare(part) for part in text)
        return self.plugin.segmented(self.plugin.normalize(text))
