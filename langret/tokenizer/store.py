"""Token ids of many texts, computed once and memory-mapped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from langret.errors import StageError
from langret.language.contract import Language

if TYPE_CHECKING:
    import numpy as np


class TokenStore:
    """Token ids of texts, without special tokens."""

    def __init__(self, ids: np.ndarray, offsets: np.ndarray) -> None:
        self.ids = ids
        self.offsets = offsets

    @classmethod
    def open(cls, folder: str | Path) -> TokenStore:
        """Memory-map a folder that ``encode_texts`` wrote."""
        import numpy as np

        folder = Path(folder)
        try:
            offsets = np.fromfile(folder / "offsets.int64", dtype="<i8")
            path = folder / "ids.int32"
            ids = np.memmap(path, dtype="<i4", mode="r") if path.stat().st_size else np.zeros(0, "<i4")
        except OSError as error:
            raise StageError(f"No token ids here: {error}.", where=str(folder)) from error
        return cls(ids, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    @property
    def tokens(self) -> int:
        """Number of ids of all texts together."""
        return int(self.offsets[-1])


def encode_texts(
    texts: Iterable[str],
    tokenizer_folder: Path,
    folder: Path,
    *,
    language: Language | None,
    processes: int | None = None,
) -> TokenStore:
    """Write the token ids of texts to a folder."""
    import numpy as np
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(tokenizer_folder))
    folder = Path(folder)
    aside = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
    aside.mkdir(parents=True)
    total = 0
    with (aside / "ids.int32").open("wb") as ids, (aside / "offsets.int64").open("wb") as offsets:
        offsets.write(np.int64(0).tobytes())
        for text in texts:
            found = tokenizer(language.segmented(text) if language else text, add_special_tokens=False)["input_ids"]
            total += len(found)
            ids.write(np.asarray(found, dtype="<i4").tobytes())
            offsets.write(np.int64(total).tobytes())
    if folder.exists():
        shutil.rmtree(folder)
    aside.rename(folder)
    return TokenStore.open(folder)
