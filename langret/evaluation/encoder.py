"""What evaluation asks of a retriever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol


class Encoder(Protocol):
    """What this room needs of ``langret.modeling.Retriever``."""

    @property
    def head(self) -> Literal["dense", "colbert"]:
        """Which kind of vectors ``encode`` gives."""

    def encode(
        self,
        texts: Sequence[str],
        kind: Literal["query", "passage"],
        *,
        batch_size: int = ...,
        progress: bool = ...,
    ) -> Any:
        """Dense: [n, d]; ColBERT: a list of [tokens, d]."""
