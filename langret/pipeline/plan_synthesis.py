"""The stages of written text: documents, one for each writer, and the consistency filter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from langret.pipeline.rooms import ENCODING, rows_of
from langret.pipeline.stage import Stage
from langret.pipeline.work import writing
from langret.recipe.schema import writer_id

if TYPE_CHECKING:
    from langret.pipeline.plan import Planner

PASSING = {"concurrency", "timeout", "retries", "batch", "price", "key"}
"""How an endpoint is asked; what it answers does not depend on it."""


def plan_synthesis(planner: Planner, sources: Sequence[Stage]) -> list[Stage]:
    """The stages of the documents and of what is written, in order; none where the recipe writes nothing."""
    recipe = planner.recipe
    if recipe.synthesis is None:
        return []
    documents = planner.stage(
        "documents",
        "Cleaning the documents to write from",
        partial(
            writing.documents, recipe=recipe, language=planner.language, sources=[s.name for s in sources]
        ),
        "data",
        "text",
        inputs=tuple(sources),
        params={"filters": recipe.data.filters.model_dump()},
        plugin=True,
    )
    counts = rows_of(planner.summary(documents))
    writers: list[Stage] = []
    for writer in recipe.synthesis.writers:
        name = writer_id(writer)
        params: dict[str, Any] = writer.model_dump(
            exclude={"llm": PASSING} if hasattr(writer, "llm") else None
        )
        writers.append(
            planner.stage(
                f"write-{name}",
                f"Writing: {name}",
                partial(
                    writing.write,
                    writer=writer,
                    language=planner.language,
                    earlier=[s.name for s in writers],
                    seed=planner.seed,
                ),
                "synthesis",
                "llm",
                inputs=(documents, *writers),
                params={"writer": params},
                cost=counts,
                plugin=True,
            )
        )
    stages = [documents, *writers]
    if recipe.synthesis.consistency is not None:
        settings = recipe.synthesis.consistency
        by = settings.by
        if by != "bm25":
            settings = settings.model_copy(update={"by": planner.model(by)})
        stages.append(
            planner.stage(
                "consistency",
                f"Consistency of {'all pairs' if settings.pairs == 'all' else 'what was written'}, by {by}",
                partial(
                    writing.check_consistency,
                    settings=settings,
                    language=planner.language,
                    writers=[s.name for s in writers],
                    seed=planner.seed,
                ),
                *(f"synthesis.{part}" for part in ("checks", "consistency", "job")),
                *(
                    ("mining.bm25", "text")
                    if by == "bm25"
                    else ("evaluation.choice", "evaluation.plaid", "evaluation.search", *ENCODING)
                ),
                inputs=(documents, *writers),
                params={
                    "consistency": settings.model_dump(),
                    "model": by if by == "bm25" else planner.stamp(by),
                },
                plugin=True,
            )
        )
    return stages
