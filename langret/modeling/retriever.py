"""Any dense or ColBERT model as one thing that turns texts into vectors."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pylate.models import ColBERT
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer

from langret.errors import ModelError, first_line
from langret.language import Language
from langret.modeling.encoding import encode_by_length, encodes_by_length, tokens_by_length
from langret.modeling.identity import language_of, read_identity
from langret.modeling.kinds import is_colbert
from langret.modeling.late import Late, encode_dynamic, late_of, pool_vectors, set_late
from langret.modeling.segmented import SegmentedTransformer

Head = Literal["dense", "colbert"]


class Retriever:
    """A trained model behind one interface, whichever head it has.

    Args:
        model: A ``SentenceTransformer``, or PyLate's ColBERT.
        name: How results call it.
        language: Plugin whose normaliser raw text passes first, or None for a model that langret did not make.
        query_tokens: Longest query; default: as the model was saved.
        passage_tokens: Longest passage; default: as the model was saved.
        cuts: Sizes that its vectors were trained to be cut to (Matryoshka).
    """

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        name: str,
        language: Language | None = None,
        query_tokens: int | None = None,
        passage_tokens: int | None = None,
        cuts: Sequence[int] = (),
    ) -> None:
        self.model = model
        self.cuts = tuple(cuts)
        self.name = name
        self.language = language
        self.head: Head = "colbert" if isinstance(model, ColBERT) else "dense"
        self._lengths = {"query": query_tokens, "passage": passage_tokens}
        if isinstance(model, ColBERT):
            model.query_length = query_tokens or model.query_length
            model.document_length = passage_tokens or model.document_length

    @property
    def dimension(self) -> int:
        """Size of one vector."""
        if isinstance(self.model, ColBERT):
            return int(str(self.model[-1].out_features))
        return int(self.model.get_sentence_embedding_dimension() or 0)

    def prepare(self, text: str) -> str:
        """What a reader without langret has to be given: normalised, and segmented where the tokenizer reads words."""
        text = self.language.normalize(text) if self.language else text
        return str(self.model[0].prepare(text)) if isinstance(self.model[0], SegmentedTransformer) else text

    def prompt(self, kind: Literal["query", "passage"]) -> str:
        """The prefix that a dense model was given with its texts, empty where there is none."""
        prompts = self.model.prompts or {}
        return str(prompts.get("query" if kind == "query" else "document") or prompts.get(kind) or "")

    def encode(
        self,
        texts: Sequence[str],
        kind: Literal["query", "passage"],
        *,
        batch_size: int = 32,
        progress: bool = False,
    ) -> np.ndarray | list[np.ndarray]:
        """Turn texts into vectors.

        On CPU the vectors of a text depend on the text alone, to the last bit (``modeling.encoding``), where the model
        is an ordinary one and there are two texts at least.

        Args:
            texts: Raw texts; they are normalised, and segmented where the model needs it, here.
            kind: Queries and passages get different markers or prefixes, and different lengths.
            batch_size: Texts a forward pass.
            progress: Show a progress bar.

        Returns:
            Dense: float32 of shape [texts, dimension], L2-normalised. ColBERT: one float32 array a text, of shape
            [tokens, dimension], L2-normalised, without padding and, for passages, without skiplist tokens. Where the
            model pools its passages, a vector is the mean of a cluster of tokens, and shorter than 1.

        Raises:
            ModelError: An embedding is not finite.
        """
        if self.language is not None:
            texts = [self.language.normalize(text) for text in texts]
        if not texts:
            return [] if self.head == "colbert" else np.zeros((0, self.dimension), dtype=np.float32)
        if isinstance(self.model, ColBERT):
            return self._token_vectors(self.model, texts, kind, batch_size, progress)
        if length := self._lengths[kind]:
            self.model.max_seq_length = length
        prompt = self.prompt(kind)
        # One text alone is somebody waiting for it: all cores work on it together.
        if len(texts) > 1 and encodes_by_length(self.model):
            asked = [f"{prompt}{text}" for text in texts]
            array = encode_by_length(self.model, asked, batch_size=batch_size, progress=progress)
        else:
            vectors = self.model.encode(
                list(texts),
                prompt=prompt or None,
                batch_size=batch_size,
                show_progress_bar=progress,
                normalize_embeddings=True,
                convert_to_numpy=True,
            )
            array = np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)
        self._must_be_finite(np.asarray(np.isfinite(array).all(axis=1)), texts, kind)
        return array

    def _token_vectors(
        self, model: ColBERT, texts: Sequence[str], kind: str, batch_size: int, progress: bool
    ) -> list[np.ndarray]:
        late = late_of(model)
        vectors: Any
        if kind == "query" and late.dynamic:
            vectors = encode_dynamic(model, texts, batch_size, progress)
        elif len(texts) > 1 and encodes_by_length(model):
            vectors = tokens_by_length(
                model,
                texts,
                query=kind == "query",
                batch_size=batch_size,
                pool_tokens=late.pool_tokens,
                progress=progress,
            )
        else:
            vectors = model.encode(
                list(texts),
                is_query=kind == "query",
                batch_size=batch_size,
                show_progress_bar=progress,
                convert_to_numpy=True,
            )
            if kind == "passage":
                vectors = pool_vectors([np.asarray(v, dtype=np.float32) for v in vectors], late.pool_tokens)
        arrays = [np.asarray(v, dtype=np.float32) for v in vectors]
        self._must_be_finite(np.array([np.isfinite(v).all() for v in arrays]), texts, kind)
        return arrays

    def _must_be_finite(self, finite: np.ndarray, texts: Sequence[str], kind: str) -> None:
        if not finite.all():
            text = texts[int(np.argmin(finite))]
            raise ModelError(f"gives a vector that is not finite for {kind} {text[:60]!r}", where=self.name)


def load_model(
    path: str | Path,
    *,
    revision: str | None = None,
    query_tokens: int | None = None,
    passage_tokens: int | None = None,
    pool_tokens: int | None = None,
) -> Retriever:
    """Load a dense or ColBERT model from a folder or the hub.

    A folder is taken for ColBERT when its ``config_sentence_transformers.json`` names ``ColBERT`` or its
    ``config.json`` names the Stanford architecture ``HF_ColBERT``; everything else is a dense model.

    Args:
        path: Folder or hub name.
        revision: Revision of a hub name.
        query_tokens: Longest query; default: as the model was saved.
        passage_tokens: Longest passage; default: as the model was saved.
        pool_tokens: Of a ColBERT passage one vector is kept for so many tokens; default: as the model was saved.

    Raises:
        ModelError: There is no such model, or it is broken.
        LanguageError: The model was made under another version of its language plugin.
    """
    # absolute, because a relative path of one or two parts would also do as a hub name, and be asked for there
    where = str(Path(path).resolve()) if Path(path).is_dir() else str(path)
    _must_be_a_model(Path(where))
    facts = read_identity(where, revision)
    language = language_of(facts, where=where) if facts else None
    try:
        cls = ColBERT if is_colbert(where, revision) else SentenceTransformer
        # "no sentence-transformers model found, creating one" is expected for bare encoders
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        logging.getLogger("pylate").setLevel(logging.ERROR)
        model = cls(where, revision=revision)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(
            f"cannot be loaded as a model: {first_line(error)}",
            where=where,
            hint="Give a sentence-transformers or PyLate folder, or a hub name while the hub can be reached.",
        ) from error
    if isinstance(model, ColBERT):
        late = Late.from_facts(facts or {})
        set_late(model, replace(late, pool_tokens=pool_tokens or late.pool_tokens))
    return Retriever(
        model,
        name=Path(where).name if Path(where).exists() else where,
        language=language,
        query_tokens=query_tokens,
        passage_tokens=passage_tokens,
        cuts=(facts or {}).get("matryoshka", ()),
    )


def _must_be_a_model(folder: Path) -> None:
    """Refuse a folder without a model, which would else be looked for on the hub."""
    looks_local = folder.is_absolute() or len(folder.parts) > 2
    if folder.is_dir():
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            found = ", ".join(sorted(p.name for p in folder.iterdir())[:5]) or "nothing"
            raise ModelError(
                f"is no model folder: expected modules.json or config.json, found {found}.", where=str(folder)
            )
    elif folder.exists() or looks_local:
        raise ModelError("is not a folder.", where=str(folder), hint="Give a model folder or a hub name.")
