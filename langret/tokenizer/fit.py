"""How well a tokenizer fits a language: what it does to words, and what it loses."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from langret.language.contract import Language


@dataclass(frozen=True)
class TokenizerFit:
    """What a tokenizer does to a sample of text.

    Attributes:
        words: Words by the language's segmenter, those of punctuation alone left out.
        tokens: Tokens of the whole sample, special tokens left out.
        unknown: Tokens that stand for a word or letter that the vocabulary lacks.
        lost: Letters, marks and digits that decoding does not bring back, with how often.
    """

    words: int
    tokens: int
    unknown: int
    lost: Counter[str]

    @property
    def fertility(self) -> float:
        """Tokens a word: near 1 knows the language, above 3 spells it out."""
        return self.tokens / self.words if self.words else 0.0

    @property
    def unknown_rate(self) -> float:
        """Share of tokens that are unknown."""
        return self.unknown / self.tokens if self.tokens else 0.0


def tokenizer_fit(
    tokenizer: Any, language: Language, texts: Iterable[str], *, segmented: bool = False
) -> TokenizerFit:
    """Measure a tokenizer on a sample.

    Letters are lost when they become [UNK], and when the tokenizer folds them: English uncased models strip marks, so
    that が comes back as か (METHODS.md 11.2). Upper case that comes back as lower case counts too; the language's
    normaliser would have folded it if it did not matter.

    Args:
        tokenizer: Of transformers.
        language: Says what a word is.
        texts: Normalised.
        segmented: Whether the tokenizer stands behind the language's segmenter.
    """
    words = tokens = unknown = 0
    lost: Counter[str] = Counter()
    for text in texts:
        words += sum(any(c.isalnum() for c in word) for word in language.segment(text))
        ids = tokenizer(
            language.segmented(text) if segmented else text, add_special_tokens=False, truncation=False
        )["input_ids"]
        tokens += len(ids)
        unknown += sum(i == tokenizer.unk_token_id for i in ids)
        back = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        lost += _letters(text) - _letters(back)
    return TokenizerFit(words, tokens, unknown, lost)


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LMN")
