"""Token ids of many texts, computed once and memory-mapped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from langret.errors import ModelError, StageError
from langret.language.contract import Language
from langret.text.mapping import chunked, is_registered, run_task
from langret.tokenizer.encode import Encoded, encoder, encoding_task, slow_encoder

if TYPE_CHECKING:
    import numpy as np

_IDS = "ids.int32"
_OFFSETS = "offsets.int64"


class TokenStore:
    """Token ids of texts, without special tokens, in two raw files.

    Attributes:
        ids: Every id of every text, int32, memory-mapped.
        offsets: Where each text begins, int64, one more than there are texts.
    """

    def __init__(self, ids: np.ndarray, offsets: np.ndarray) -> None:
        self.ids = ids
        self.offsets = offsets

    @classmethod
    def open(cls, folder: str | Path) -> TokenStore:
        """Memory-map a folder that ``encode_texts`` wrote.

        Raises:
            StageError: The files are missing or do not belong together.
        """
        import numpy as np

        ids, offsets = Path(folder) / _IDS, Path(folder) / _OFFSETS
        try:
            sizes = ids.stat().st_size, offsets.stat().st_size
        except OSError as error:
            raise StageError(f"No token ids are stored here ({error}).", where=str(folder)) from error
        bounds = (
            np.memmap(offsets, dtype=np.int64, mode="r")
            if sizes[1] and sizes[1] % 8 == 0
            else np.zeros(0, int)
        )
        if not len(bounds) or bounds[-1] * 4 != sizes[0]:
            raise StageError(
                f"The token ids are torn: {sizes[0]} bytes of ids do not fit the offsets.",
                where=str(folder),
                hint="Delete the folder; they are computed again.",
            )
        # numpy cannot map an empty file
        mapped = np.memmap(ids, dtype=np.int32, mode="r") if sizes[0] else np.zeros(0, dtype=np.int32)
        return cls(mapped, bounds)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        """Ids of a text, int32, a view of the file."""
        if not -len(self) <= index < len(self):
            raise IndexError(f"text {index} of {len(self)}")
        index %= len(self)
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    @property
    def tokens(self) -> int:
        """Number of ids of all texts together."""
        return int(self.offsets[-1])


def encode_texts(
    texts: Iterable[str],
    tokenizer_folder: str | Path,
    folder: str | Path,
    *,
    language: Language | None,
    processes: int | None = None,
) -> TokenStore:
    """Compute the ids of texts once, segmenting and tokenizing in worker processes, and store them.

    The ids of a text are those of ``tokenizer(text, add_special_tokens=False)`` on the segmented text. Memory
    does not grow with the texts. The folder appears at its name when it is complete, replacing one that was
    there.

    Args:
        texts: Normalised; read once.
        tokenizer_folder: Folder of a saved tokenizer, fast or slow.
        folder: Where to store; made with its parents.
        language: Segments the texts first (``Language.segmented``); None leaves them as they are.
        processes: Number of worker processes; None for one a core, 1 for none.

    Returns:
        The stored ids, opened.

    Raises:
        ModelError: There is no tokenizer in ``tokenizer_folder``.
        LanguageError: A text could not be segmented or tokenized; the message names it by its number.
        StageError: A worker process died, or the disk is full.
    """
    import numpy as np

    folder = Path(folder)
    aside = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        total = 0
        with (aside / _IDS).open("wb") as ids, (aside / _OFFSETS).open("wb") as offsets:
            offsets.write(np.zeros(1, dtype=np.int64).tobytes())
            for encoded in _encoded(texts, str(tokenizer_folder), language, processes):
                ends = total + np.cumsum(encoded.lengths, dtype=np.int64)
                total = int(ends[-1])
                ids.write(encoded.ids)
                offsets.write(ends.tobytes())
        if folder.exists():
            shutil.rmtree(folder)
        aside.rename(folder)
    except OSError as error:
        raise StageError(f"Token ids cannot be written: {error}.", where=str(folder)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return TokenStore.open(folder)


def _encoded(
    texts: Iterable[str], tokenizer: str, language: Language | None, processes: int | None
) -> Iterator[Encoded]:
    spec = _fast_tokenizer(tokenizer)
    if language is None or is_registered(language):
        code = language.code if language is not None else None
        task = "langret.tokenizer.encode:worker_task"
        return run_task(task, (spec, tokenizer, code), texts, processes=processes)
    encode = encoder(spec) if spec else slow_encoder(tokenizer)
    return map(encoding_task(encode, language), chunked(texts))


def _fast_tokenizer(folder: str) -> str:
    """JSON of a folder's fast tokenizer as ``AutoTokenizer`` makes it, or the empty string for a slow one."""
    from transformers import AutoTokenizer

    if not Path(folder).is_dir():
        raise ModelError("There is no tokenizer folder here.", where=folder)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"The tokenizer cannot be loaded: {error}", where=folder) from error
    return str(tokenizer.backend_tokenizer.to_str()) if tokenizer.is_fast else ""
