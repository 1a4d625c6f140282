"""Stages that write training pairs, and that ask whether a first model finds what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from langret.pipeline.stage import Context
from langret.pipeline.work.shared import Summary, quiet, read_table, write_table
from langret.recipe.schema import Consistency, Recipe, Writer, writer_id

if TYPE_CHECKING:
    from langret.data.records import Collection, Record
    from langret.language import Language


def documents(ctx: Context, recipe: Recipe, language: Language, sources: Sequence[str]) -> Summary:
    """Cleaned text for the writers to work on."""
    from langret.data.cleaning import clean
    from langret.data.merge import merge_collections
    from langret.data.records import Collection
    from langret.data.sources import write_counts

    read = [Collection.load(ctx.inputs[name]) for name in sources]
    write_counts(ctx.folder, [part.queries.num_rows for part in read])
    raw = merge_collections(read)
    return {"funnel": clean(raw, language, recipe.data.filters, folder=ctx.folder).funnel()}


def write(ctx: Context, writer: Writer, language: Language, earlier: Sequence[str], seed: int) -> Summary:
    """What one writer adds to the documents and to what the writers before it wrote."""
    from langret.data.store import write_collection
    from langret.synthesis import write_pairs

    before = with_written(ctx.inputs, earlier)
    records = write_pairs(
        writer,
        before,
        language,
        seed=seed,
        llm=model_of(writer, ctx.cache),
        progress=lambda done, total: ctx.progress(done, total, "answers"),
    )
    # The records that were there stand first, so that judgements of them are known, and are cut off again.
    joined = write_collection(chain(_records(before), records), ctx.scratch / "joined")
    counts = {
        "passages": sum(1 for _ in before.kept_passages()),
        "queries": sum(1 for _ in before.kept_queries()),
        "judgements": sum(1 for _ in before.kept_judgements()),
    }
    new = joined.replace(**{name: getattr(joined, name).slice(count) for name, count in counts.items()})
    new.save(ctx.folder)
    reasons = Counter(new.rejected.column("reason").to_pylist())
    return {
        **{name: getattr(new, name).num_rows for name in counts},
        "set_aside": sum(reasons.values()),
        "reasons": dict(sorted(reasons.items())),
    }


def check_consistency(
    ctx: Context, settings: Consistency, language: Language, writers: Sequence[str], seed: int
) -> Summary:
    """Whether a first model finds the passage of each pair that it is asked about."""
    from langret.data.records import Collection
    from langret.synthesis import consistent

    quiet()
    parts = [Collection.load(ctx.inputs[name]) for name in writers]
    joined = with_written(ctx.inputs, writers)
    asked = _ids(parts)
    if settings.pairs == "all":
        # queries alone: a passage of the user's own stays, whoever asks for it
        asked = [*asked, *Collection.load(ctx.inputs["documents"]).queries.column("id").to_pylist()]
    table = consistent(joined, asked, language, settings, seed=seed)
    write_table(table, ctx.folder / "consistency.arrow")
    return {"pairs": table.num_rows, "kept": sum(table.column("kept").to_pylist())}


def with_written(inputs: Mapping[str, Any], writers: Sequence[str]) -> Collection:
    """The documents and what the writers wrote, all annotated; inconsistent pairs are set aside where that is known."""
    import pyarrow as pa

    from langret.data.records import Collection
    from langret.synthesis import annotate_inconsistent

    parts = [Collection.load(inputs["documents"]), *(Collection.load(inputs[name]) for name in writers)]
    names = ("passages", "queries", "judgements", "rejected")
    tables = {name: pa.concat_tables([getattr(part, name) for part in parts]) for name in names}
    joined = Collection(**tables)
    if "consistency" in inputs:
        found = read_table(inputs["consistency"] / "consistency.arrow")
        joined = annotate_inconsistent(joined, found, _ids(parts[1:]))
    return joined


def follow_originals(collection: Collection, recipe: Recipe) -> Collection:
    """Set aside what a dialect writer made of a query that leaked or was held out: the same question in other words."""
    import pyarrow as pa

    from langret.data.merge import with_verdicts
    from langret.data.mined import PAIRS

    if recipe.synthesis is None:
        return collection
    names = tuple(f"{writer_id(w)}:" for w in recipe.synthesis.writers if w.kind == "dialect")
    columns = (collection.queries.column(name).to_pylist() for name in ("id", "kept", "reason"))
    rows = list(zip(*columns, strict=True))
    gone = {query_id: reason for query_id, kept, reason in rows if not kept}
    copies = {i: gone[i.split(":", 1)[1]] for i, kept, _ in rows if kept and i.startswith(names)
              and i.split(":", 1)[1] in gone} if names else {}  # fmt: skip
    aside = pa.table({"id": list(copies), "reason": list(copies.values())})
    return with_verdicts(collection, PAIRS.empty_table(), aside) if copies else collection


def model_of(writer: Writer, cache: Any) -> Any:
    """The language model of a writer, or None where it asks none."""
    endpoint = getattr(writer, "llm", None)
    if endpoint is None:
        return None
    from langret.llm import LLM

    return LLM(endpoint, cache)


def _ids(written: Sequence[Collection]) -> list[str]:
    """Ids of all that was written, queries and passages."""
    tables = [table for part in written for table in (part.queries, part.passages)]
    return [name for table in tables for name in table.column("id").to_pylist()]


def _records(collection: Collection) -> Iterator[Record]:
    yield from collection.kept_passages()
    yield from collection.kept_queries()
    yield from collection.kept_judgements()
