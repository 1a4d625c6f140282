"""The data card of a mined set: ``README.md``, valid on the Hugging Face hub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from langret.recipe.licences import OWN_WORDS
from langret.recipe.schema import writer_id
from langret.report.markdown import escaped, fenced, grid, in_code, link

if TYPE_CHECKING:
    from langret.language import Language
    from langret.recipe.schema import Miner, Recipe

UNKNOWN = "not recorded; ask the publisher before you share this set"


def set_card(recipe: Recipe, language: Language, facts: Mapping[str, Any], recipe_text: str) -> str:
    """The card as text.

    Args:
        recipe: What built the set.
        language: Its plugin; the catalogue knows licences.
        facts: ``counts`` and ``stages`` as in ``langret-set.json``.
        recipe_text: The recipe with every default written out.
    """
    parts = [
        _front_matter(recipe, language, facts["counts"]),
        f"# {escaped(recipe.name)}: {_kind(facts)} for {escaped(language.name)}",
        escaped(recipe.about) if recipe.about else "",
        _counts(facts["counts"]),
        _sources(recipe, language),
        _writing(recipe, facts["stages"]),
        _mining(recipe, facts["stages"]),
        _judging(recipe, facts["stages"]),
        _files(),
        f"## Recipe\n\nMade by langret {escaped(facts['langret'])} with {in_code(facts['language'])}.\n\n"
        + fenced(recipe_text, "yaml"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _kind(facts: Mapping[str, Any]) -> str:
    return "hard negatives" if facts["counts"]["negatives"] else "training pairs"


def _front_matter(recipe: Recipe, language: Language, counts: Mapping[str, int]) -> str:
    import yaml

    queries = counts["queries"]
    size = next((name for limit, name in _SIZES if queries < limit), "n>1M")
    header = {
        "language": [language.code],
        "task_categories": ["text-retrieval"],
        "tags": ["langret", "hard-negatives", "information-retrieval"],
        "size_categories": [size],
        "configs": [
            {"config_name": name, "data_files": [{"split": split, "path": path}]}
            for name, split, path in (
                ("corpus", "corpus", "corpus.parquet"),
                ("queries", "queries", "queries.parquet"),
                ("default", "train", "qrels/train.parquet"),
                ("candidates", "train", "candidates.parquet"),
            )
        ],
    }
    hubs = [s.hub for s in recipe.data.train if s.hub]
    if hubs:
        header["source_datasets"] = hubs
    return f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=1000)}---"


_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def _counts(counts: Mapping[str, int]) -> str:
    rows = [[escaped(name), f"{number:,}"] for name, number in counts.items()]
    return "## What is in it\n\n" + grid(["", "rows"], rows, right=1)


def _sources(recipe: Recipe, language: Language) -> str:
    rows = []
    for source in recipe.data.train:
        entry = next((e for e in language.catalogue if source.hub and e.hub == source.hub), None)
        name = f"generated world, {source.world}" if source.world else source.hub or source.path or ""
        licence = source.licence or (entry.licence if entry else OWN_WORDS if source.world else UNKNOWN)
        rows.append([in_code(name), escaped(licence), link(entry.url) if entry and entry.url else ""])
    return "## Sources\n\n" + grid(["source", "licence", ""], rows)


def _writing(recipe: Recipe, stages: Mapping[str, Mapping[str, Any]]) -> str:
    if recipe.synthesis is None:
        return ""
    rows = []
    for writer in recipe.synthesis.writers:
        summary = stages.get(f"write-{writer_id(writer)}", {})
        endpoint = getattr(writer, "llm", None)
        counts = [f"{summary.get(key, 0):,}" for key in ("queries", "passages", "set_aside")]
        rows.append([in_code(writer_id(writer)), in_code(endpoint.model if endpoint else "by rule"), *counts])
    text = (
        "## Written text\n\nNot written by people: ids say who wrote a text, as in `cloze:ID#1`.\n\n"
        + grid(["writer", "model", "queries", "passages", "set aside"], rows, right=3)
    )
    if (found := stages.get("consistency")) and recipe.synthesis.consistency is not None:
        text += (
            f"\n\nOf {found['pairs']:,} pairs {found['kept']:,} were found again by "
            f"{in_code(recipe.synthesis.consistency.by)} in its first {recipe.synthesis.consistency.top}; "
            "the others are not in the set."
        )
    return text


def _mining(recipe: Recipe, stages: Mapping[str, Mapping[str, Any]]) -> str:
    rules = recipe.negatives
    if not any(name.startswith(("mine-", "negatives")) for name in stages):
        return ""
    if rules.set is not None:
        return f"## Mining\n\nTaken from the set {in_code(rules.set)}."
    rows = [
        [escaped(m.kind), in_code(m.model or _default_model(m)), f"{m.first} to {m.last}", f"{m.share:g}"]
        for m in rules.miners
    ]
    text = "## Mining\n\n" + grid(["miner", "model", "ranks", "share"], rows, right=2)
    chosen = stages.get("shortlist") or stages.get("negatives") or {}
    if rules.scorer:
        text += f"\n\nScores of {in_code(rules.scorer)} took the place of the miners'."
    return text + "\n\n" + _reasons(chosen)


def _default_model(miner: Miner) -> str:
    return "the recipe's backbone" if miner.kind == "dense" else ""


def _judging(recipe: Recipe, stages: Mapping[str, Mapping[str, Any]]) -> str:
    rules = recipe.negatives
    if not rules.judges or "shortlist" not in stages or "negatives" not in stages:
        return ""
    rows = []
    for name, summary in stages.items():
        if name.startswith("judge-"):
            told = ", ".join(
                f"{k.replace('_', ' ')} {v:,}" for k, v in sorted(summary.items()) if isinstance(v, int)
            )
            rows.append([escaped(name.removeprefix("judge-")), escaped(told)])
    treated = f"False negatives are treated by {in_code(rules.false_negatives)}."
    return "\n\n".join(
        ["## Judging", grid(["judge", "verdicts"], rows), treated, _reasons(stages["negatives"])]
    )


def _reasons(summary: Mapping[str, Any]) -> str:
    rows = [["candidates", f"{summary.get('in', 0):,}"], ["kept", f"{summary.get('kept', 0):,}"]]
    reasons = summary.get("reasons", {})
    rows += [[in_code(reason), f"{count:,}"] for reason, count in sorted(reasons.items())]
    rows += [
        [f"queries with fewer than wanted, of {summary.get('queries', 0):,}", f"{summary.get('short', 0):,}"]
    ]
    return grid(["", "rows"], rows, right=1)


def _files() -> str:
    return (
        "## Files\n\n"
        "BEIR's layout in Parquet: `corpus.parquet` (`_id`, `title`, `text`), `queries.parquet` (`_id`, `text`) and "
        "`qrels/train.parquet` (`query-id`, `corpus-id`, `score`, `origin`). Score 1 is a positive, `given` by the "
        "source or `relabelled` by a judge; score 0 is a hard negative, and its origin is the miner that found it. "
        "`candidates.parquet` also keeps what rules and judges set aside, with the reason. In a langret recipe: "
        "`negatives: FOLDER_OR_HUB_NAME`, or read the whole set as `data.train` with the miner `given`."
    )
