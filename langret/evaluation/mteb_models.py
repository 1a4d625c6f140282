"""Our models as models of mteb: a dense one as its encoder, a ColBERT one as its search.

mteb (Massive Text Embedding Benchmark, arXiv 2210.07316; MMTEB, arXiv 2502.13595) is the extra ``[mteb]``. This module
imports it; who only lists or runs tasks imports ``langret.evaluation.mteb_tasks``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mteb._create_dataloaders import create_dataloader
from mteb.models.abs_encoder import AbsEncoder
from mteb.models.model_meta import ModelMeta, ScoringFunction
from mteb.types import PromptType
from pydantic import ValidationError

from langret.data.records import Passage, Query
from langret.errors import ModelError
from langret.evaluation.encoder import Encoder
from langret.evaluation.maxsim import maxsim_search
from langret.evaluation.search import rank

if TYPE_CHECKING:
    import numpy as np

    from langret.language import Language
    from langret.modeling import Retriever


class DenseModel(AbsEncoder):
    """A dense retriever as mteb's ``EncoderProtocol``: all kinds of tasks over text.

    Text passes the model's normaliser, and its segmenter where it needs one. Documents get the prefix of passages, and
    all other text that of queries, also where a task is symmetric (classification, similarity): what models with two
    prefixes are told to do there.

    Args:
        retriever: A dense retriever.
        meta: What mteb writes down about it.
    """

    def __init__(self, retriever: Encoder, meta: ModelMeta) -> None:
        self.retriever = retriever
        self.mteb_model_meta = meta

    def encode(self, inputs: Any, *, prompt_type: PromptType | None = None, **kwargs: Any) -> np.ndarray:
        """Vectors of the texts in ``inputs`` (batches with a list ``text``): float32 [texts, dimension]."""
        texts = [text for batch in inputs for text in batch["text"]]
        return _encode(
            self.retriever, texts, "passage" if prompt_type == PromptType.document else "query", kwargs
        )


class LateModel:
    """A ColBERT retriever as mteb's ``SearchProtocol``: exact MaxSim, whatever the number of passages.

    Args:
        retriever: A ColBERT retriever.
        meta: What mteb writes down about it.
    """

    def __init__(self, retriever: Encoder, meta: ModelMeta) -> None:
        self.retriever = retriever
        self.mteb_model_meta = meta
        self._passages: list[Passage] = []

    def index(self, corpus: Any, *, task_metadata: Any, encode_kwargs: Mapping[str, Any], **_: Any) -> None:
        """Keep the corpus (rows with ``id``, ``text`` and perhaps ``title``) for ``search``.

        Passages stand in descending order of id: that is how trec_eval breaks ties, also where the depth of the run
        cuts through one.
        """
        texts = _texts(corpus, task_metadata, PromptType.document, encode_kwargs)
        rows = zip(corpus["id"], texts, strict=True)
        self._passages = sorted((Passage(i, text) for i, text in rows), key=lambda p: p.id, reverse=True)

    def search(
        self,
        queries: Any,
        *,
        task_metadata: Any,
        top_k: int,
        encode_kwargs: Mapping[str, Any],
        top_ranked: Mapping[str, Sequence[str]] | None = None,
        **_: Any,
    ) -> dict[str, dict[str, float]]:
        """Rank the corpus, or of each query the passages ``top_ranked``.

        Returns:
            Query id -> passage id -> score, the ``top_k`` best.
        """
        texts = _texts(queries, task_metadata, PromptType.query, encode_kwargs)
        asked = [Query(i, text) for i, text in zip(queries["id"], texts, strict=True)]
        if top_ranked is not None:
            return self._rerank(asked, top_ranked, top_k, encode_kwargs)
        return rank(self.retriever, asked, self._passages, top_k, index="exact", **_settings(encode_kwargs))

    def _rerank(
        self,
        queries: Sequence[Query],
        candidates: Mapping[str, Sequence[str]],
        k: int,
        encode_kwargs: Mapping[str, Any],
    ) -> dict[str, dict[str, float]]:
        wanted = {passage for query in queries for passage in candidates.get(query.id, ())}
        passages = [passage for passage in self._passages if passage.id in wanted]
        encoded = _encode(self.retriever, [p.text for p in passages], "passage", encode_kwargs)
        vectors = dict(zip((p.id for p in passages), encoded, strict=True))
        run: dict[str, dict[str, float]] = {}
        asked = _encode(self.retriever, [q.text for q in queries], "query", encode_kwargs)
        for query, tokens in zip(queries, asked, strict=True):
            mine = sorted(candidates.get(query.id, ()), reverse=True)
            scores, order = maxsim_search([tokens], [vectors[i] for i in mine], k)
            run[query.id] = {mine[i]: float(s) for s, i in zip(scores[0], order[0], strict=True)}
        return run


def as_mteb_model(retriever: Encoder, meta: ModelMeta) -> DenseModel | LateModel:
    """Put a retriever behind the interface of mteb that fits its head."""
    return DenseModel(retriever, meta) if retriever.head == "dense" else LateModel(retriever, meta)


def load_mteb_model(path: str, revision: str | None = None) -> DenseModel | LateModel:
    """Load a model folder or hub name as a model of mteb, with its metadata.

    Args:
        path: A folder or a hub name, dense or ColBERT.
        revision: Revision of a hub name.

    Raises:
        ModelError: It cannot be loaded.
        LanguageError: It was made under another version of its language plugin.
    """
    from langret.modeling import load_model

    retriever = load_model(path, revision=revision)
    return as_mteb_model(retriever, model_meta(retriever, path, revision))


def model_meta(retriever: Retriever, path: str, revision: str | None = None) -> ModelMeta:
    """What mteb writes down about a model.

    ``name`` is the hub's, or ``langret/RECIPE-MEMBER`` for a folder of ours (``local/FOLDER`` for one that is not);
    ``revision`` the hub's commit, or a hash of the folder's files; ``license`` that of its model card.

    Raises:
        ModelError: mteb does not take a value of it, such as the licence.
    """
    from langret.modeling.identity import read_identity

    folder = Path(path) if Path(path).is_dir() else None
    facts = read_identity(path) or {}
    encoder: Any = retriever.model
    config = encoder[0].auto_model.config
    if folder is None:
        name, commit = path, revision or getattr(config, "_commit_hash", None)
    else:
        called = "-".join(filter(None, (facts.get("recipe"), facts.get("member"))))
        name = f"langret/{called}" if called else f"local/{folder.resolve().name}"
        commit = folder_revision(folder)
    late = retriever.head == "colbert"
    parameters = sum(p.numel() for p in encoder.parameters())
    prompts = (encoder.prompts or {}).values()
    try:
        return ModelMeta(
            loader=None,
            name=name,
            revision=commit,
            release_date=None,
            languages=_languages(retriever.language),
            n_parameters=parameters,
            n_embedding_parameters=encoder[0].auto_model.get_input_embeddings().weight.numel(),
            memory_usage_mb=round(sum(p.numel() * p.element_size() for p in encoder.parameters()) / 2**20, 1),
            max_tokens=getattr(encoder, "document_length", None) or encoder.max_seq_length,
            embed_dim=retriever.dimension,
            license=_licence(folder),
            open_weights=True,
            public_training_code=None,
            public_training_data=None,
            framework=["PyLate", "Sentence Transformers"] if late else ["Sentence Transformers", "PyTorch"],
            similarity_fn_name=ScoringFunction.MAX_SIM if late else ScoringFunction.COSINE,
            use_instructions=late or any(prompts),
            training_datasets=None,
            model_type=["late-interaction" if late else "dense"],
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(
            f"mteb does not take {first['loc'][0]} {first['input']!r}: {first['msg']}",
            where=path,
            hint="Write an identifier of the hub into the model card's license."
            if first["loc"][0] == "license"
            else None,
        ) from error


def folder_revision(folder: Path) -> str:
    """A hash of a model folder's files but its card, in the form of a commit: other weights, another revision."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "README.md"):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:40]


def iso_codes(language: Language) -> list[str]:
    """ISO 639-3 codes under which mteb keeps a language: its own, and those that the plugin names as well.

    ``zh-Hant`` and ``ja-sudachi`` are looked for as ``zh`` and ``ja``. Empty where mteb knows none.
    """
    code = language.code.split("-")[0]
    folder = resources.files("mteb.languages")
    long: dict[str, str] = json.loads((folder / "iso_639_1_to_3.json").read_text(encoding="utf-8"))
    known = json.loads((folder / "iso_639_3_to_language.json").read_text(encoding="utf-8"))
    found = (long.get(code, code), *language.also)
    return [name for name in dict.fromkeys(found) if name in known and name != "und"]


def _languages(language: Language | None) -> list[str] | None:
    if language is None or not (codes := iso_codes(language)):
        return None
    return [f"{codes[0]}-{language.script}"]


def _licence(folder: Path | None) -> str | None:
    card = folder / "README.md" if folder else None
    if card is None or not card.is_file():
        return None
    from huggingface_hub import ModelCard

    found: str | None = ModelCard.load(card).data.license
    return found.lower() if found else None


def _texts(
    rows: Any, task_metadata: Any, prompt_type: PromptType, encode_kwargs: Mapping[str, Any]
) -> Iterable[str]:
    """Texts of passages or queries as mteb joins them: titles in front, instructions behind."""
    size = encode_kwargs.get("batch_size", 32)
    loader = create_dataloader(rows, task_metadata=task_metadata, prompt_type=prompt_type, batch_size=size)
    return [text for batch in loader for text in batch["text"]]


def _settings(encode_kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "batch_size": encode_kwargs.get("batch_size", 32),
        "progress": bool(encode_kwargs.get("show_progress_bar")),
    }


def _encode(
    retriever: Encoder,
    texts: Sequence[str],
    kind: Literal["query", "passage"],
    encode_kwargs: Mapping[str, Any],
) -> Any:
    return retriever.encode(texts, kind, **_settings(encode_kwargs))
