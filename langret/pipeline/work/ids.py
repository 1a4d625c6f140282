"""Token ids of a collection's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from langret.data.records import Collection
    from langret.modeling import Backbone
    from langret.tokenizer import TokenStore


def encode_collection(
    data: Collection, start: Backbone, tokenizer: Path, folder: Path
) -> tuple[TokenStore, TokenStore]:
    """Token ids of all passages and queries, kept or not; row i of a table is text i of its store.

    The backbone's tokenizer is saved into ``tokenizer`` on the way, of the locked revision where it comes from the hub.
    """
    from langret.data.records import full_text
    from langret.tokenizer import encode_texts

    start.tokenizer.save_pretrained(tokenizer)
    normalized = (
        full_text(title, text)
        for batch in data.passages.to_batches()
        for title, text in zip(
            batch.column("title").to_pylist(), batch.column("text").to_pylist(), strict=True
        )
    )
    passages = encode_texts(normalized, tokenizer, folder / "passages", language=start.language)
    queries = encode_texts(
        (text for batch in data.queries.to_batches() for text in batch.column("text").to_pylist()),
        tokenizer,
        folder / "queries",
        language=start.language,
    )
    return passages, queries
