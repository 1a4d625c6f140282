"""A light set as a folder with its card, and the order of systems on both sets as a table."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret import __version__
from langret.data.records import dumps
from langret.errors import DataError
from langret.report.markdown import escaped, grid, in_code
from langret.report.set_card import UNKNOWN

if TYPE_CHECKING:
    from rich.table import Table

    from langret.evaluation.light import Agreement, Light
    from langret.language import Language
    from langret.recipe.schema import BenchmarkSource

ABOUT = "langret-light.json"


def must_be_free(folder: Path) -> None:
    """Refuse a place where a light set cannot be written, before anything is searched.

    Raises:
        DataError: It is a file, or a folder that holds other things than a light set.
    """
    if folder.exists() and not folder.is_dir():
        raise DataError("There is a file of that name.", where=str(folder), hint="Give a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ABOUT).is_file():
        raise DataError(
            f"The folder holds other things than a light set (no {ABOUT}).",
            where=str(folder),
            hint="Give a new folder.",
        )


def write_light(light: Light, folder: Path, source: BenchmarkSource, language: Language) -> None:
    """Write a light set as a BEIR folder with ``README.md``, the licence files of the benchmark, and the facts.

    Args:
        light: What was made.
        folder: Where to; a light set that is there is replaced.
        source: Where the benchmark came from; its licence is kept.
        language: Whose catalogue knows licences.

    Raises:
        DataError: As ``must_be_free``.
    """
    from langret.data.beir import write_beir

    must_be_free(folder)
    facts: dict[str, Any] = {"langret": __version__, **light.facts}
    if light.agreement is not None:
        found = light.agreement
        facts["agreement"] = {**found._asdict(), "orders": [one._asdict() for one in found.orders]}
    files = _licence_files(source)
    aside = folder.absolute().with_name(f".{folder.absolute().name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        write_beir(light.collection, aside)
        for file in files:
            shutil.copyfile(file, aside / file.name)
        (aside / "README.md").write_text(
            light_card(light, _licence(source, language, files), language), encoding="utf-8"
        )
        (aside / ABOUT).write_text(dumps(facts) + "\n", encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def light_card(light: Light, licence: str, language: Language) -> str:
    """The card as text, with the front matter that the Hugging Face hub reads.

    Args:
        light: What was made.
        licence: The licence of the benchmark, which holds for the set too.
        language: Language of the passages.
    """
    import yaml

    facts: dict[str, Any] = light.facts
    header = {
        "language": [language.code],
        "task_categories": ["text-retrieval"],
        "tags": ["langret", "light-set", "information-retrieval"],
        "configs": [
            {"config_name": name, "data_files": [{"split": split, "path": path}]}
            for name, split, path in (
                ("corpus", "corpus", "corpus.jsonl"),
                ("queries", "queries", "queries.jsonl"),
                ("default", "test", "qrels/test.tsv"),
            )
        ],
    }
    rows = [
        [what, f"{facts[what][0]:,}", f"{facts[what][1]:,}", f"{facts[what][1] / max(1, facts[what][0]):.3f}"]
        for what in ("passages", "queries")
    ]
    parts = [
        f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=1000)}---",
        f"# A light set of {escaped(facts['benchmark'])}",
        "A small benchmark for choosing between systems quickly. Scores on it are not those of the full one: it has "
        "fewer queries, and fewer passages that could be mistaken for an answer. Report results on the full benchmark.",
        grid(["", "full", "light", "share"], rows, right=3),
        "## How it was made\n\n"
        f"{facts['queries'][1]:,} queries were drawn among those that have a relevant passage (seed {facts['seed']}). "
        f"Kept are all passages judged for them ({facts['judgements']:,} judgements), the first {facts['depth']} of "
        f"{' and '.join(map(in_code, facts['pool']))} for each query, and {facts['others']} others by lot. Text is as "
        f"the normaliser left it ({in_code(facts['language'])}). Systems of the pool are favoured a little: what they "
        "find is all there.",
        _agreement(light.agreement),
        f"## Licence\n\nThat of the benchmark: {licence}",
        f"Made by langret {escaped(__version__)}.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def agreement_table(found: Agreement) -> Table:
    """Systems as rows: scores and seconds on both sets, and Kendall's tau below."""
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=f"{found.metric} on both sets",
        title_justify="left",
        caption=agreement_line(found),
        min_width=60,
    )
    table.add_column("")
    table.add_column("pool")
    for heading in ("full", "light", "full s", "light s"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found.orders:
        cells = (one.system, "yes" if one.pooled else "", f"{one.full:.3f}", f"{one.light:.3f}")
        table.add_row(*map(Text, (*cells, f"{one.full_seconds:.1f}", f"{one.light_seconds:.1f}")))
    return table


def agreement_line(found: Agreement) -> str:
    """Kendall's tau in a sentence, and what it is worth."""
    from langret.evaluation.light import CLAIM

    count = len(found.orders)
    if found.tau is None:
        return f"{count} systems score alike, so that there is no order to compare."
    line = f"Kendall's tau {found.tau:.2f} over {count} systems (p = {found.p_value:.3f})."
    return line if found.claim else f"{line} Fewer than {CLAIM} systems: too few to claim anything."


def _agreement(found: Agreement | None) -> str:
    title = "## Does it keep the order of systems?\n\n"
    if found is None:
        return f"{title}Nobody has looked: no systems were compared on both sets."
    rows = [
        [escaped(o.system), "yes" if o.pooled else "", f"{o.full:.3f}", f"{o.light:.3f}"]
        for o in found.orders
    ]
    heads = ["", "in the pool", f"{escaped(found.metric)}, full", "light"]
    return f"{title}{agreement_line(found)}\n\n{grid(heads, rows, right=2)}"


def _licence(source: BenchmarkSource, language: Language, files: list[Path]) -> str:
    entry = language.entries.get(source.name) or next(
        (e for e in language.catalogue if source.hub and e.hub == source.hub), None
    )
    said = [escaped(source.licence)] if source.licence else [escaped(entry.licence)] if entry else []
    said += [f"see {in_code(file.name)}" for file in files]
    return f"{'; '.join(said) or UNKNOWN}."


def _licence_files(source: BenchmarkSource) -> list[Path]:
    """Files of a licence beside a benchmark on this machine, or in the folder above it."""
    if source.path is None:
        return []
    place = Path(source.path)
    for folder in (place, place.parent) if place.is_dir() else (place.parent, place.parent.parent):
        found = sorted(p for p in folder.glob("LICEN[CS]E*") if p.is_file())
        if found:
            return found
    return []
