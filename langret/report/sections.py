"""The parts of the page that tell how the models came about: what was built, data, negatives, training, cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from langret.errors import LangretError
from langret.report.charts import LineChart, Series, line_chart
from langret.report.folder import read_arrow
from langret.report.table import set_aside as reasons_of

if TYPE_CHECKING:
    from langret.report.folder import RunFolder, StageFacts

_SETTINGS = (
    *("epochs", "batch_size", "lr", "temperature", "in_batch", "negatives", "query_tokens", "passage_tokens"),
)
_NOT_COST = ("funnel", "reasons", "leakage", "sources", "judges", "aside", "line", "loss", "held_out_ndcg@10")


class FunnelRow(NamedTuple):
    """Rows of one table at one stage: in, kept, and set aside by reason."""

    stage: str
    table: str
    rows: int
    kept: int
    reasons: dict[str, int]

    @property
    def adds_up(self) -> bool:
        """Whether in = kept + set aside."""
        return self.rows == self.kept + sum(self.reasons.values())


class Curves(NamedTuple):
    """One training stage: its charts, what its log says in figures, and how long it took."""

    title: str
    charts: list[LineChart]
    facts: list[tuple[str, str]]
    seconds: float


class CostRow(NamedTuple):
    """One stage: time, its share of all, and the figures that it gave."""

    title: str
    seconds: float
    share: float
    facts: list[tuple[str, str]]
    log: list[str]


def built(run: RunFolder) -> dict[str, Any]:
    """The family, its backbone, and what it was made with."""
    recipe = run.recipe
    members = []
    for member, asked in zip(run.record.members, recipe["members"], strict=True):
        settings = {**recipe["training"], **asked.get("training", {})}
        stage = run.stages.get(member.stage)
        members.append(
            {
                "name": member.name,
                "head": member.head,
                "settings": [(k, settings[k]) for k in _SETTINGS if settings.get(k) is not None],
                "folder": str(run.root / member.name) if stage else "",
                "bytes": _weights(stage) if stage else 0,
            }
        )
    last = max(run.stages.values(), key=lambda s: s.finished, default=None)
    return {
        "members": members,
        "backbone": recipe["backbone"].get("pretrained"),
        "scratch": recipe["backbone"].get("scratch"),
        "pretraining": recipe.get("pretraining", []),
        "finished": last.finished if last else "",
        "versions": last.versions if last else {},
    }


def funnel(run: RunFolder) -> list[FunnelRow]:
    """Every stage that counted its rows, in the order in which the data passed them."""
    found = []
    for stage in run.stages.values():
        tables = stage.summary.get("funnel", {})
        for name in ("rejected", "passages", "queries", "judgements", "examples"):
            if counts := tables.get(name):
                found.append(FunnelRow(stage.title, name, counts["in"], counts["kept"], reasons_of(counts)))
    return found


def examples(run: RunFolder, shown: int) -> dict[str, Any]:
    """Pairs of the training data, and rows that were set aside.

    Raises:
        LangretError: The text is gone.
    """
    from langret.report.samples import pairs, set_aside

    data = run.training_text()
    return {"pairs": pairs(data, shown, run.record.seed), "aside": set_aside(data) if shown else []}


def negatives(run: RunFolder, shown: int) -> dict[str, Any] | None:
    """How hard negatives were chosen, with a sample; None where the recipe wants none.

    Raises:
        LangretError: The stage or its text is missing.
    """
    from langret.data.records import Texts
    from langret.report.negatives import sample

    if not any(stage.name == "negatives" for stage in run.record.stages):
        return None
    stage = run.stage("negatives")
    rules = run.recipe["negatives"]
    steps = [
        (run.title(name), run.summary(name)) for name in ("shortlist", "negatives") if name in run.stages
    ]
    data = run.training_text()
    texts = Texts(data.passages)

    def told(row: Mapping[str, Any]) -> dict[str, str]:
        text = texts.get(row["passage_id"], "")
        return {"id": row["passage_id"], "text": text, "where": _where(row), "reason": row["reason"]}

    queries = [
        {
            "asked": asked,
            "positives": [(pid, texts.get(pid, "")) for pid in asked.positives],
            "kept": [told(row) for row in asked.kept],
            "aside": [told(row) for row in asked.aside],
        }
        for asked in sample(data, read_arrow(stage.folder / "negatives.arrow"), shown, run.record.seed)
    ]
    return {
        "rules": rules,
        "steps": [
            (title, s, dict(sorted(s.get("reasons", {}).items(), key=lambda i: -i[1]))) for title, s in steps
        ],
        "judges": stage.summary.get("judges", {}),
        "queries": queries,
    }


def training(run: RunFolder) -> list[Curves]:
    """Loss, held-out quality and learning rate of every stage that kept a log."""
    found = []
    for stage in run.stages.values():
        log = _log(stage)
        if log:
            charts = [
                line_chart(title, "step", [Series(title, _points(log, key))])
                for title, key in (
                    ("Loss", "loss"),
                    ("Held-out nDCG@10", "eval_ndcg@10"),
                    ("Learning rate", "learning_rate"),
                )
            ]
            facts = [("last logged step", f"{max(line.get('step', 0) for line in log):,.0f}"), *_figures(log)]
            found.append(Curves(stage.title, [c for c in charts if c], facts, stage.seconds))
    return found


def cost(run: RunFolder) -> dict[str, Any]:
    """Time of every stage and the figures that it gave: tokens, memory, calls, whatever there is."""
    total = sum(stage.seconds for stage in run.stages.values())
    rows = [
        CostRow(s.title, s.seconds, s.seconds / total if total else 0.0, list(_scalars(s.summary)), s.log)
        for s in run.stages.values()
    ]
    return {"rows": rows, "total": total}


def _weights(stage: StageFacts) -> int:
    return sum(p.stat().st_size for p in (stage.folder / "model").rglob("*.safetensors"))


def _log(stage: StageFacts) -> list[dict[str, float]]:
    path = stage.folder / "log.jsonl"
    if not path.is_file():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as error:
        raise LangretError(f"not valid JSON: {error}", where=str(path)) from error


def _points(log: list[dict[str, float]], key: str) -> list[tuple[float, float]]:
    return [(line["step"], line[key]) for line in log if key in line and "step" in line]


def _figures(log: list[dict[str, float]]) -> Iterator[tuple[str, str]]:
    for title, key in (("last loss", "loss"), ("last held-out nDCG@10", "eval_ndcg@10")):
        values = [value for _, value in _points(log, key)]
        if values:
            yield title, f"{values[-1]:.3f}"


def _scalars(summary: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Figures and words of a summary, with those of mappings inside it."""
    for key, value in summary.items():
        name = f"{before}{key}".replace("_", " ")
        if key in _NOT_COST:
            continue
        if isinstance(value, Mapping):
            yield from _scalars(value, f"{name} ")
        elif isinstance(value, bool | str):
            yield name, str(value)
        elif isinstance(value, int):
            yield name, f"{value:,}"
        elif isinstance(value, float):
            yield name, f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def _where(row: Mapping[str, Any]) -> str:
    """Which miner found a candidate, and how near it stood."""
    score = "" if row["score"] is None else f", score {row['score']:.3f}"
    return f"{row['source']}, rank {row['rank']}{score}"
