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
from langret.modeling.decoders import table_of_positions
from langret.modeling.encoding import encode_by_length, encodes_by_length, tokens_by_length
from langret.modeling.identity import language_of, read_identity
from langret.modeling.kinds import is_colbert
from langret.modeling.late import Late, encode_dynamic, late_of, pool_vectors, set_late
from langret.modeling.segmented import SegmentedTransformer

Head = Literal["dense", "colbert"]
Most = int | Literal["longest"] | None
_ADDED = 4  # tokens around a text, no tokenizer adds more
_CHUNK = 512  # texts tokenized at a time


class Retriever:
    """A trained model behind one interface, whichever head it has.

    Args:
        model: A ``SentenceTransformer``, or PyLate's ColBERT.
        name: How results call it.
        language: Plugin whose normaliser raw text passes first, or None for a model that langret did not make.
        query_tokens: Longest query; default: as the model was saved.
        passage_tokens: Longest passage, or ``longest`` for the most that the encoder was made for; default: as the
            model was saved.
        cuts: Sizes that its vectors were trained to be cut to (Matryoshka).

    Raises:
        ModelError: Passages are to be longer than the encoder has positions for.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        name: str,
        language: Language | None = None,
        query_tokens: int | None = None,
        passage_tokens: Most = None,
        cuts: Sequence[int] = (),
    ) -> None:
        self.model = model
        self.cuts = tuple(cuts)
        self.name = name
        self.language = language
        self.head: Head = "colbert" if isinstance(model, ColBERT) else "dense"
        if passage_tokens == "longest":
            passage_tokens = self.longest
        elif passage_tokens is not None and (most := table_of_positions(model)) and most < passage_tokens:
            raise ModelError(
                f"reads texts of {most} tokens at most; passages of {passage_tokens} are asked for.",
                where=name,
                hint="passage_tokens: longest reads as much as each model can.",
            )
        # what one kind is given must not stay for the other
        saved = None if isinstance(model, ColBERT) else model.max_seq_length
        self._lengths = {"query": query_tokens or saved, "passage": passage_tokens or saved}
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

    @property
    def longest(self) -> int | None:
        """Longest text in tokens that the encoder was made for; None where it does not say.

        An encoder that computes its positions reads longer texts too, though it was not made for them.
        """
        encoder = getattr(self.model[0], "auto_model", None)
        if encoder is None:
            return None
        most = table_of_positions(encoder) or getattr(encoder.config, "max_position_embeddings", None)
        return most if isinstance(most, int) and most > 0 else None

    def cut(self, texts: Sequence[str]) -> int:
        """Count passages of which the model reads the beginning only, because they have more tokens than it reads."""
        if self.language is not None:
            texts = [self.language.normalize(text) for text in texts]
        module: Any = self.model[0]
        if isinstance(self.model, ColBERT):
            marked = self.model.document_prefix_id is not None
            most = int(self.model.document_length or 0) - marked
        else:
            most = self._lengths["passage"] or 0
            texts = [f"{self.prompt('passage')}{text}" for text in texts]
        tokenizer = getattr(module, "tokenizer", None)
        if tokenizer is None or not most:
            return 0
        # a token has one byte at least, but for those that the tokenizer adds around the text
        long = [text for text in texts if len(text.encode()) + _ADDED > most]
        if isinstance(module, SegmentedTransformer):
            long = [module.prepare(text) for text in long]
        if getattr(module, "do_lower_case", False):
            long = [text.lower() for text in long]
        return sum(
            len(ids) > most
            for start in range(0, len(long), _CHUNK)
            for ids in tokenizer(long[start : start + _CHUNK], truncation=False, verbose=False)["input_ids"]
        )

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
    passage_tokens: Most = None,
    pool_tokens: int | None = None,
) -> Retriever:
    """Load a dense or ColBERT model from a folder or the hub.

    A folder is taken for ColBERT when its ``config_sentence_transformers.json`` names ``ColBERT`` or its
    ``config.json`` names the Stanford architecture ``HF_ColBERT``; everything else is a dense model.

    Args:
        path: Folder or hub name.
        revision: Revision of a hub name.
        query_tokens: Longest query; default: as the model was saved.
        passage_tokens: Longest passage, or ``longest`` for the most that the encoder was made for; default: as the
            model was saved.
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
