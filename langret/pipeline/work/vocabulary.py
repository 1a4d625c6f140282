"""Stages that make a vocabulary and turn texts into token ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langret.errors import DataError
from langret.pipeline.stage import Context
from langret.pipeline.work.ids import encode_collection
from langret.pipeline.work.shared import (
    MEASURE_HINT,
    NOTHING_TO_MEASURE,
    Summary,
    backbone_folder,
    quiet,
)
from langret.recipe.schema import Backbone, Scratch

if TYPE_CHECKING:
    from langret.language import Language


def tokenizer(ctx: Context, settings: Backbone, pretrained: str, language: Language, seed: int) -> Summary:
    """Fit a vocabulary to the kept passages and queries, and an encoder to it: a new one, or a pretrained one."""
    from langret.data.records import Collection, full_text
    from langret.modeling import new_backbone, open_backbone
    from langret.tokenizer import train_tokenizer

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")

    def texts() -> Any:
        for passage in data.kept_passages():
            yield full_text(passage.title, passage.text)
        for query in data.kept_queries():
            yield query.text

    folder = ctx.folder / "backbone"
    if settings.scratch is not None:
        scratch = settings.scratch
        trained = train_tokenizer(language, texts(), scratch.vocabulary, lowercase=scratch.lowercase)
        new_backbone(settings.scratch, trained, language, folder, seed=seed)
        return {"pieces": len(trained)}
    from langret.modeling.vocabulary import transplant_backbone, trim_backbone

    start = open_backbone(pretrained, settings.revision)
    if settings.tokenizer == "trimmed":
        made = trim_backbone(start, texts(), folder, most=settings.vocabulary)
    else:
        trained = train_tokenizer(language, texts(), settings.vocabulary or Scratch().vocabulary)
        made = transplant_backbone(start, trained, language, texts(), folder, seed=seed)
    return {"pieces": len(made.tokenizer), "pieces_before": len(start.tokenizer)}


def token_ids(ctx: Context, backbone: str, revision: str | None, must_measure: bool) -> Summary:
    """Turn every passage and query into token ids, once; row i of a table is text i of its store."""
    from langret.data.records import Collection
    from langret.modeling import open_backbone

    quiet()
    data = Collection.load(ctx.inputs["data"] / "train")
    if must_measure and not Collection.load(ctx.inputs["data"] / "held-out").positives():
        raise DataError(NOTHING_TO_MEASURE, hint=MEASURE_HINT)  # before hours of training, not after
    start = open_backbone(backbone_folder(ctx, backbone), revision)
    passages, queries = encode_collection(data, start, ctx.scratch / "tokenizer", ctx.folder)
    return {"passage_tokens": passages.tokens, "query_tokens": queries.tokens}
