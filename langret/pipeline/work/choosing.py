"""Stages that choose hard negatives: select by rules, judge, settle what becomes of false negatives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from langret.pipeline.stage import Context
from langret.pipeline.work.mining import Blocks, blocks, mined_queries
from langret.pipeline.work.shared import Summary, quiet, read_table, write_table
from langret.recipe.schema import Judge, Negatives

if TYPE_CHECKING:
    import pyarrow as pa

    from langret.judging import Case
    from langret.language import Language
    from langret.recipe.schema import Source

_CASES_AT_ONCE = 256


def select(ctx: Context, rules: Negatives, miners: Mapping[str, str], seed: int) -> Summary:
    """Choose hard negatives among the candidates of all miners, a block of queries at a time."""
    import pyarrow as pa

    from langret.data.records import CANDIDATES, Collection, Texts
    from langret.mining import join_candidates, rescore, select_negatives, selection_summary
    from langret.mining.select import SCORER, add_summaries

    data = Collection.load(ctx.inputs["data"] / "train")
    queries, positives = mined_queries(data)
    texts = Texts(data.passages) if rules.near_positive is not None else None
    own: dict[str, dict[str, float]] = {
        source: found
        for stage, source in miners.items()
        if (found := json.loads((ctx.inputs[stage] / "positive_scores.json").read_text(encoding="utf-8")))
    }
    scored = None
    if "score" in ctx.inputs:
        scores = read_table(ctx.inputs["score"] / "scores.arrow")
        own = {SCORER: _best_scores(scores, positives)}
        scored = Blocks(scores, queries)
    parts = [Blocks(read_table(ctx.inputs[stage] / "candidates.arrow"), queries) for stage in miners]
    summaries = []
    with (
        pa.OSFile(str(ctx.folder / "negatives.arrow"), "wb") as sink,
        pa.ipc.new_file(sink, CANDIDATES) as out,
    ):
        for start, end in blocks(len(queries)):
            block = join_candidates([part.rows(start, end) for part in parts])
            if scored is not None:
                block = rescore(block, scored.rows(start, end))
            chosen = select_negatives(block, positives, own, rules, seed, texts=texts)
            out.write_table(chosen, max_chunksize=65536)
            summaries.append(selection_summary(chosen, rules.per_query, end - start))
            ctx.progress(end, len(queries), "queries")
    return add_summaries(summaries)


def judge(ctx: Context, settings: Judge, name: str, earlier: Mapping[str, str]) -> Summary:
    """Verdicts of one judge on what the judge before it flagged, or on the whole shortlist."""
    import pyarrow as pa

    from langret.judging import VERDICTS, make_judge, verdict_table

    quiet()
    judging, cases = make_judge(settings, ctx.cache), shortlisted(ctx, earlier)
    tables, done = [], 0
    while part := list(islice(cases, _CASES_AT_ONCE)):
        kept = ctx.scratch / f"verdicts-{done}.arrow"
        if not kept.exists():
            aside = kept.with_suffix(".partial")
            write_table(verdict_table(name, judging.judge(part)), aside)
            aside.rename(kept)
        tables.append(read_table(kept))
        done += len(part)
        ctx.progress(done, None, "queries")
    found = pa.concat_tables([VERDICTS.empty_table(), *tables])
    write_table(found, ctx.folder / "verdicts.arrow")
    said = Counter(found.column("verdict").to_pylist())
    return {"queries": done, "candidates": found.num_rows, **dict(sorted(said.items()))}


def shortlisted(ctx: Context, earlier: Mapping[str, str]) -> Iterator[Case]:
    """What the next judge sees: the shortlist, less what the judges before it have cleared.

    Args:
        ctx: Of a stage with the inputs ``data``, ``shortlist`` and those of ``earlier``.
        earlier: Name of each judge before, by its stage.
    """
    from langret.data.records import Collection
    from langret.judging import flagged, make_cases

    data = Collection.load(ctx.inputs["data"] / "train")
    cases = make_cases(read_table(ctx.inputs["shortlist"] / "negatives.arrow"), data)
    for stage in earlier:
        cases = flagged(cases, read_table(ctx.inputs[stage] / "verdicts.arrow"))
    return iter(cases)


def settle(ctx: Context, rules: Negatives, judges: Mapping[str, str], seed: int) -> Summary:
    """Apply the verdicts to the shortlist: negatives, new positives, queries set aside."""
    from langret.data.records import Collection
    from langret.judging import settle as apply
    from langret.judging import settle_summary

    queries, _ = mined_queries(Collection.load(ctx.inputs["data"] / "train"))
    table = read_table(ctx.inputs["shortlist"] / "negatives.arrow")
    verdicts = {name: read_table(ctx.inputs[stage] / "verdicts.arrow") for stage, name in judges.items()}
    settled = apply(
        table,
        list(verdicts.values()),
        rules.false_negatives,
        rules.most_false,
        rules.per_query,
        seed=None if rules.draw == "best" else seed,
    )
    for name, part in zip(("negatives", "relabelled", "aside"), settled, strict=True):
        write_table(part, ctx.folder / f"{name}.arrow")
    return settle_summary(settled, verdicts, rules.per_query, len(queries))


def draw(
    ctx: Context, source: Source, base: Path, rules: Negatives, language: Language, seed: int
) -> Summary:
    """Take the negatives of a set that was mined before, for the queries and passages that are here too."""
    from langret.data import read_source
    from langret.data.mined import match_mined
    from langret.data.records import Collection

    data = Collection.load(ctx.inputs["data"] / "train")
    mined = read_source(source, base=base, language=language, seed=seed)
    table, relabelled, summary = match_mined(mined, data, language, rules.per_query)
    write_table(table, ctx.folder / "negatives.arrow")
    write_table(relabelled, ctx.folder / "relabelled.arrow")
    return summary


def _best_scores(scores: pa.Table, positives: Mapping[str, list[str]]) -> dict[str, float]:
    best: dict[str, float] = {}
    known = {query_id: set(found) for query_id, found in positives.items()}
    for batch in scores.to_batches(max_chunksize=65536):
        columns = (batch.column(name).to_pylist() for name in ("query_id", "passage_id", "score"))
        for query_id, passage_id, value in zip(*columns, strict=True):
            if passage_id in known.get(query_id, ()):
                best[query_id] = max(value, best.get(query_id, value))
    return best
