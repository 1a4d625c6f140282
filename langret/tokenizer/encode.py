"""From text to ids, as a worker process does it: without transformers where the tokenizer is a fast one."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from typing import Any, NamedTuple

from langret.language import get_language
from langret.language.contract import Language
from langret.text.mapping import Chunk, text_task

_REMEMBERED = 500_000
_ID = array("i").itemsize


class Encoded(NamedTuple):
    """Ids of a chunk of texts, one text after the other."""

    lengths: list[int]
    ids: bytes  # int32 in the machine's byte order


def _packed(ids: list[int]) -> bytes:
    return array("i", ids).tobytes()


def _by_word(tokenizer: dict[str, Any]) -> bool:
    """Whether the ids of a text are those of its words, one after the other, whatever stands around them."""
    added = (token["content"] for token in tokenizer.get("added_tokens") or ())
    return (
        tokenizer.get("normalizer") is None
        and tokenizer.get("pre_tokenizer") == {"type": "WhitespaceSplit"}
        and tokenizer.get("model", {}).get("type") == "WordPiece"
        and not any(len(token.split()) != 1 or token != token.strip() for token in added)
    )


class _Words(dict[str, bytes]):
    """Packed ids of words, computed once: frequent words are few, and looking one up is ten times faster."""

    def __init__(self, encode: Callable[[str], bytes]) -> None:
        self._encode = encode

    def __missing__(self, word: str) -> bytes:
        ids = self._encode(word)
        if len(self) < _REMEMBERED:
            self[word] = ids
        return ids


def encoder(tokenizer: str) -> Callable[[str], bytes]:
    """Return the function from (segmented) text to its ids without special tokens, as packed int32.

    Args:
        tokenizer: The JSON of a ``tokenizers`` tokenizer; its padding and truncation are ignored.
    """
    from tokenizers import Tokenizer

    fast = Tokenizer.from_str(tokenizer)
    fast.no_padding()
    fast.no_truncation()

    def encode(text: str) -> bytes:
        return _packed(fast.encode(text, add_special_tokens=False).ids)

    if not _by_word(json.loads(tokenizer)):
        return encode
    words = _Words(encode)
    return lambda text: b"".join(map(words.__getitem__, text.split(" ")))


def slow_encoder(folder: str) -> Callable[[str], bytes]:
    """The same for a folder whose tokenizer has no fast form, such as ``BertJapaneseTokenizer``."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return lambda text: _packed(tokenizer(text, add_special_tokens=False, truncation=False)["input_ids"])


def encoding_task(encode: Callable[[str], bytes], language: Language | None) -> Callable[[Chunk], Encoded]:
    """The function from a chunk of texts to their ids, segmented by the language first where one is given."""
    segmented = language.segmented if language is not None else str
    name = type(language).__name__ if language is not None else "tokenizer"
    task = text_task(lambda text: encode(segmented(text)), f"{name} to ids")

    def packed(chunk: Chunk) -> Encoded:
        ids = task(chunk)
        return Encoded([len(each) // _ID for each in ids], b"".join(ids))

    return packed


def worker_task(tokenizer: str, folder: str, code: str | None) -> Callable[[Chunk], Encoded]:
    """The task of a worker: everything found anew from plain strings.

    Args:
        tokenizer: JSON of the fast tokenizer, or the empty string where the folder has only a slow one.
        folder: Folder of the tokenizer.
        code: Code of the language that segments, or None.
    """
    encode = encoder(tokenizer) if tokenizer else slow_encoder(folder)
    return encoding_task(encode, get_language(code) if code is not None else None)
