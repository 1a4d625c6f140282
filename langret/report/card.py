"""The model card: ``README.md`` in a model folder, valid on the Hugging Face hub."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from langret.evaluation.results import NotMeasured, Result, SuiteResult
from langret.evaluation.slices import main_metric, slice_means
from langret.evaluation.tasks.kinds import RANKING
from langret.report.front import front_matter
from langret.report.leakage import leaked_text
from langret.report.markdown import escaped, fenced, grid, in_code, link
from langret.report.suites import SUITE_NOTE, by_suite, figure
from langret.report.table import SIGNIFICANT, cut_lines, mark, measured_on, set_aside
from langret.report.words import duration

if TYPE_CHECKING:
    from langret.recipe.schema import BenchmarkSource


@dataclass(frozen=True)
class DataSource:
    """Where training text came from.

    Attributes:
        name: Path or name as the recipe has it, or a hub name.
        licence: SPDX id or the publisher's words; empty where it is not known.
        url: Where to read about it.
        hub: Hub name, where it came from the hub.
    """

    name: str
    licence: str = ""
    url: str = ""
    hub: str = ""


@dataclass(frozen=True)
class CardFacts:
    """What a model card says.

    Attributes:
        name: Name of the model.
        head: ``dense`` or ``colbert``.
        language: Code of the language, such as ``ja``.
        language_name: Its English name.
        presegment: Whether the tokenizer expects text that the language plugin has segmented.
        results: Results of this model and of everything measured beside it.
        not_measured: Systems that a benchmark was not put to, and why.
        suites: Means over suites.
        member: The model's name in ``results``; default: ``name``.
        recipe: Text of the recipe.
        sources: Training data.
        funnel: Row counts by table, as ``Collection.funnel`` gives them.
        training: Settings and counts worth knowing: epochs, batch size, learning rate.
        seed: Seed of the run.
        seconds: Training time.
        versions: Versions of packages and of the language plugin.
        backbone: Hub name or folder of a pretrained backbone; empty where trained from scratch.
        dimension: Size of a vector.
        query_tokens: Longest query.
        passage_tokens: Longest passage.
        expansion: ``dynamic`` where a ColBERT query is filled up by its own length.
        pool_tokens: Tokens of a ColBERT passage for which one vector is kept.
        licence: Hub identifier of the model's licence; empty where there is none.
        decided: Whether the recipe gives that licence; else it is the strictest of what the model is made of.
        warnings: What to mind of the licences of what the model is made of.
        benchmarks: Where benchmarks come from, by name.
        about: What the recipe is for, in a sentence.
    """

    name: str
    head: Literal["dense", "colbert"]
    language: str
    language_name: str
    presegment: bool
    results: Sequence[Result] = ()
    not_measured: Sequence[NotMeasured] = ()
    suites: Sequence[SuiteResult] = ()
    member: str = ""
    recipe: str = ""
    sources: Sequence[DataSource] = ()
    funnel: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    seconds: float | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    backbone: str = ""
    dimension: int | None = None
    query_tokens: int | None = None
    passage_tokens: int | None = None
    expansion: str = ""
    pool_tokens: int = 1
    licence: str = ""
    decided: bool = False
    warnings: Sequence[str] = ()
    benchmarks: Mapping[str, BenchmarkSource] = field(default_factory=dict)
    about: str = ""


def write_card(folder: str | Path, facts: CardFacts) -> Path:
    """Write ``README.md`` into a model folder.

    Args:
        folder: The model folder; made where it does not exist.
        facts: What to say. Parts that are empty are left out.

    Returns:
        The file.
    """
    path = Path(folder) / "README.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card_text(facts), encoding="utf-8")
    return path


def card_text(facts: CardFacts) -> str:
    """The model card as text."""
    parts = [
        front_matter(facts),
        _what(facts),
        _results(facts),
        _use(facts),
        _made(facts),
        _limits(facts),
        _licence(facts),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _what(facts: CardFacts) -> str:
    kind = (
        "a ColBERT model: one vector a token, compared by MaxSim (late interaction)"
        if facts.head == "colbert"
        else "a dense retriever: one vector a text, compared by cosine similarity"
    )
    size = f" Vectors have {facts.dimension} dimensions." if facts.dimension else ""
    origin = (
        f"It starts from {in_code(facts.backbone)}."
        if facts.backbone
        else "Tokenizer and encoder were trained from nothing on the data below."
    )
    about = f"\n\n{escaped(facts.about)}" if facts.about else ""
    return (
        f"# {escaped(facts.name)}\n\nThis is {kind}, for {escaped(facts.language_name)} "
        f"({in_code(facts.language)}), made with langret.{size} {origin}{about}"
    )


def _results(facts: CardFacts) -> str:
    if not facts.results:
        return ""
    blocks = ["## Results"]
    for benchmark in dict.fromkeys(r.benchmark for r in facts.results):
        here = [r for r in facts.results if r.benchmark == benchmark]
        metrics = list(dict.fromkeys(r.metric for r in here))
        found = {(r.member, r.metric): r for r in here}
        best = {m: max(r.value for r in here if r.metric == m) for m in metrics}
        rows = []
        for member in dict.fromkeys(r.member for r in here):
            own = member == (facts.member or facts.name)
            cells = [f"**{escaped(member)}** (this model)" if own else escaped(member)]
            cells += [_cell(found.get((member, m)), m == metrics[0], best[m]) for m in metrics]
            rows.append(cells)
        one = here[0]
        leaked = f" {escaped(leaked_text(here))}" if one.leaked is not None else ""
        blocks.append(f"{escaped(benchmark)}: {measured_on(one)}.{leaked}")
        blocks.append(grid(["", *map(escaped, metrics)], rows, right=len(metrics)))
        references = sorted({r.reference for r in here if r.reference})
        compared = (
            f" ▲ ▼: better or worse than {', '.join(map(escaped, references))} "
            f"by a paired randomisation test, p < {SIGNIFICANT}."
            if references
            else ""
        )
        unit = "queries" if one.task in RANKING else "examples"
        ends = (
            "No interval can be given."
            if one.low is None
            else f"In brackets: 95 % bootstrap interval over {unit}."
        )
        cut = "".join(f" {escaped(line)}." for line in cut_lines(here))
        blocks.append(f"{ends}{compared if one.low is not None else ''}{cut}")
    absent = [
        f"- {escaped(a.member)} on {escaped(a.benchmark)} ({a.task}): {a.reason}." for a in facts.not_measured
    ]
    if absent:
        blocks += ["Not measured:", "\n".join(absent)]
    return "\n\n".join([*blocks, *_suites(facts), *_slices(facts)])


def _suites(facts: CardFacts) -> list[str]:
    """A mean for each system and suite."""
    blocks = []
    own = facts.member or facts.name
    for name, rows in by_suite(facts.suites):
        tasks = list(dict.fromkeys(task for row in rows for task in row.tasks))
        cells = [
            [
                f"**{escaped(row.member)}** (this model)" if row.member == own else escaped(row.member),
                figure(row.value),
                figure(row.shared),
                *(figure(row.tasks.get(task)) for task in tasks),
                ", ".join(map(escaped, row.left_out)),
            ]
            for row in rows
        ]
        blocks.append(f"Suite {escaped(name)}. {SUITE_NOTE}")
        blocks.append(grid(["", "all", "shared", *tasks, "left out"], cells, right=2 + len(tasks)))
    return blocks


def _slices(facts: CardFacts) -> list[str]:
    """The same by slice, where benchmarks or queries have any."""
    means = slice_means(facts.results)
    if len(means) < 2:
        return []
    systems = list(dict.fromkeys(r.member for r in facts.results))
    rows = []
    for mean in means:
        best = max(mean.values.values(), default=None)
        cells = [in_code(mean.slice) if mean.slice else "all", f"{mean.benchmarks:,}", f"{mean.n:,}"]
        for system in systems:
            value = mean.values.get(system)
            text = "" if value is None else f"**{value:.3f}**" if value == best else f"{value:.3f}"
            if system in mean.intervals:
                low, high = mean.intervals[system]
                text += f" [{low:.3f}, {high:.3f}]"
            cells.append(text)
        rows.append(cells)
    heads = ["", "benchmarks", "queries", *map(escaped, systems)]
    return [
        f"By slice: {escaped(main_metric(facts.results))}, each benchmark counting once.",
        grid(heads, rows, right=len(heads) - 1),
    ]


def _cell(result: Result | None, first: bool, best: float) -> str:
    if result is None:
        return ""
    value = f"**{result.value:.3f}**" if result.value == best else f"{result.value:.3f}"
    if not first or result.low is None or result.high is None:
        return value
    return f"{value} [{result.low:.3f}, {result.high:.3f}]{mark(result)}"


def _use(facts: CardFacts) -> str:
    path = f"path/to/{re.sub(r'[^A-Za-z0-9._-]', '-', facts.name)}"
    if facts.presegment:
        code = (
            "from langret.modeling import load_model\n\n"
            f'model = load_model("{path}")\n'
            'vectors = model.encode(["..."], "query")  # "passage" for passages'
        )
        name = escaped(facts.language_name)
        return (
            f"## Use\n\n**The tokenizer of this model reads segmented {name}.** Raw text has to be "
            "normalised and split into words, joined by spaces, exactly as in training, or it turns into "
            "unknown tokens and worthless vectors. With langret and its plugin for the language installed "
            f"this happens by itself, for raw text:\n\n{fenced(code, 'python')}\n\n"
            f"With langret installed, {in_code(_loader(facts, path))} segments raw text as well; without it, "
            "loading fails instead of giving wrong vectors. Another version of the plugin is refused."
            f"{_filling(facts)}"
        )
    if facts.head == "colbert":
        code = (
            "from pylate import models\n\n"
            f"model = {_loader(facts, path)}\n"
            'queries = model.encode(["..."], is_query=True)\n'
            f'passages = model.encode(["..."], is_query=False{_pooling(facts)})'
        )
    else:
        code = (
            "from sentence_transformers import SentenceTransformer\n\n"
            f"model = {_loader(facts, path)}\n"
            'queries = model.encode_query(["..."])\n'
            'passages = model.encode_document(["..."])\n'
            "scores = model.similarity(queries, passages)"
        )
    return f"## Use\n\n{fenced(code, 'python')}{_filling(facts)}"


def _pooling(facts: CardFacts) -> str:
    return f", pool_factor={facts.pool_tokens}" if facts.pool_tokens > 1 else ""


def _filling(facts: CardFacts) -> str:
    """What PyLate does with a model whose queries are filled up by their own length."""
    if facts.expansion != "dynamic":
        return ""
    return (
        "\n\nThe model was trained with queries filled up with masks to the next multiple of 32 above their length. "
        f"PyLate fills every query up to {facts.query_tokens or 'query_length'} tokens instead; "
        f"{in_code('langret.modeling.load_model')} does as in training, and so were the results measured."
    )


def _loader(facts: CardFacts, path: str) -> str:
    return f'{"models.ColBERT" if facts.head == "colbert" else "SentenceTransformer"}("{path}")'


def _made(facts: CardFacts) -> str:
    blocks = ["## How it was made"]
    if facts.sources:
        rows = [
            [in_code(s.name), escaped(s.licence) if s.licence else "not stated", link(s.url)]
            for s in facts.sources
        ]
        blocks += ["Training data:", grid(["source", "licence", ""], rows)]
    if facts.funnel:
        rows = [
            [
                escaped(name),
                f"{counts['in']:,}",
                f"{counts['kept']:,}",
                ", ".join(f"{escaped(reason)} {n:,}" for reason, n in set_aside(counts).items()),
            ]
            for name, counts in facts.funnel.items()
        ]
        blocks += ["Rows read, kept, and set aside by reason:", grid(["", "in", "kept", "set aside"], rows)]
    settings: dict[str, Any] = dict(facts.training)
    if facts.seed is not None:
        settings["seed"] = facts.seed
    if facts.seconds is not None:
        settings["training time"] = duration(facts.seconds)
    settings.update(facts.versions)
    if settings:
        rows = [[escaped(key), escaped(value)] for key, value in settings.items()]
        blocks += ["Settings and versions:", grid(["", ""], rows)]
    if facts.recipe:
        blocks += ["The recipe, as it was run:", fenced(facts.recipe, "yaml")]
    return "\n\n".join(blocks) if len(blocks) > 1 else ""


def _limits(facts: CardFacts) -> str:
    crossed = any(name.startswith("cross-lingual:") for r in facts.results for name in r.slices)
    others = "see above how far it reads others" if crossed else "other languages were not measured"
    lines = [
        f"It was trained for {escaped(facts.language_name)} alone; {others}.",
        "The results above hold for the texts they were measured on. On another domain, measure it first: "
        "`langret evaluate`.",
    ]
    lengths = [
        f"{kind} after {tokens} tokens"
        for kind, tokens in (("queries", facts.query_tokens), ("passages", facts.passage_tokens))
        if tokens
    ]
    if lengths:
        lines.append(f"Text is cut off: {', '.join(lengths)}, markers included.")
    return "## Limits\n\n" + "\n".join(f"- {line}" for line in lines)


def _licence(facts: CardFacts) -> str:
    if facts.licence and facts.decided:
        first = f"The recipe gives the model the licence {in_code(facts.licence)}."
    elif facts.licence:
        first = (
            f"{in_code(facts.licence)} is the strictest licence among those of what the model is made of, as langret "
            "reads their names. Nobody has decided it."
        )
    else:
        first = "No licence is stated for the model; mind the licences of what it is made of."
    return "\n\n".join(
        ["## Licence", first, "\n".join(f"- {escaped(line)}" for line in facts.warnings)]
    ).rstrip()
