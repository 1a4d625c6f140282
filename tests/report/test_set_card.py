"""The card of a mined set: valid on the hub, and nothing in it that the data could have written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from langret.language import get_language
from langret.recipe.schema import Recipe
from langret.report.set_card import UNKNOWN, set_card

JA = get_language("ja")
COUNTS = {"passages": 60, "queries": 55, "positives": 55, "relabelled": 2, "negatives": 110}
CHOICE = {
    "in": 400, "kept": 110, "reasons": {"above_positive": 9, "rank": 281}, "queries": 55, "short": 3, "missing": 4,
}  # fmt: skip


def card(stages: dict[str, Any] | None = None, counts: dict[str, int] = COUNTS, **recipe: Any) -> str:
    values = {"name": "own", "language": "ja", "data": {"train": [{"path": "my/pairs.jsonl"}]}, **recipe}
    facts = {
        "counts": counts,
        "stages": {"negatives": CHOICE} if stages is None else stages,
        "langret": "0.1",
        "language": JA.version,
    }
    return set_card(Recipe.model_validate(values), JA, facts, "name: own\n")


def header(text: str) -> dict[str, Any]:
    _, front, _ = text.split("---\n", 2)
    return yaml.safe_load(front)


def test_a_card_tells_where_it_came_from_and_what_is_in_it() -> None:
    text = card()
    for part in (
        "# own: hard negatives for Japanese",
        "| negatives | 110 |",
        f"| `my/pairs.jsonl` | {UNKNOWN} |",
        "| bm25 |  | 1 to 100 | 1 |",
        "| `above_positive` | 9 |",
        "| queries with fewer than wanted, of 55 | 3 |",
        f"Made by langret 0.1 with `{JA.version}`",
        "```yaml\nname: own\n```",
    ):
        assert part in text, part
    front = header(text)
    assert front["language"] == ["ja"] and front["size_categories"] == ["n<1K"]
    assert {c["config_name"]: c["data_files"][0]["path"] for c in front["configs"]} == {
        "corpus": "corpus.parquet",
        "queries": "queries.parquet",
        "default": "qrels/train.parquet",
        "candidates": "candidates.parquet",
    }
    assert "source_datasets" not in front


@pytest.mark.parametrize(
    ("queries", "size"),
    [(999, "n<1K"), (1000, "1K<n<10K"), (10_000, "10K<n<100K"), (999_999, "100K<n<1M"), (10**6, "n>1M")],
)
def test_the_size_is_one_of_the_hubs(queries: int, size: str) -> None:
    assert header(card(counts={**COUNTS, "queries": queries}))["size_categories"] == [size]


def test_licences_come_from_the_catalogue() -> None:
    entry = next(e for e in JA.catalogue if e.hub and e.role == "train")
    text = card(data={"train": [{"hub": entry.hub}, {"hub": "some/where"}, {"world": "train"}]})
    assert header(text)["source_datasets"] == [entry.hub, "some/where"]
    row = next(line for line in text.splitlines() if line.startswith(f"| `{entry.hub}`"))
    assert entry.licence.split()[0] in row and entry.url in row
    assert f"| `some/where` | {UNKNOWN} |" in text and "generated world, train" in text


def test_miners_scorer_and_judges_are_named() -> None:
    miners = [{"kind": "dense", "share": 0.5, "first": 3}, {"kind": "colbert", "model": "some/model"}]
    text = card(negatives={"miners": miners, "scorer": "some/reranker"})
    assert "| dense | `the recipe's backbone` | 3 to 100 | 0.5 |" in text
    assert "| colbert | `some/model` | 1 to 100 | 1 |" in text
    assert "Scores of `some/reranker` took the place of the miners'" in text and "## Judging" not in text
    judges = [{"kind": "cross_encoder", "model": "some/judge"}]
    told = {"pairs": 220, "false": 7, "queries": 55}
    stages = {"shortlist": {**CHOICE, "kept": 220}, "judge-cross_encoder": told, "negatives": CHOICE}
    text = card(stages, negatives={"judges": judges, "false_negatives": "drop"})
    assert "## Judging" in text and "treated by `drop`" in text and "| kept | 220 |" in text
    assert card(
        {**stages, "judge-cross_encoder": dict(reversed(told.items()))}, negatives={"judges": judges}
    ) == card(stages, negatives={"judges": judges}), "a cached stage tells its counts in another order"


def test_a_set_taken_from_a_set_names_it() -> None:
    assert "Taken from the set `owner/set`." in card(negatives="owner/set")


def test_names_cannot_break_the_card() -> None:
    text = card(
        about="<script>alert(1)</script> | **x**",
        data={"train": [{"path": "a|b`c.jsonl"}]},
        negatives={"miners": [{"kind": "dense", "model": "m|`x"}]},
    )
    assert "<script>" not in text and "\\| \\*\\*x\\*\\*" in text
    rows = [
        line for line in text.splitlines() if line.startswith("| ") and ("c.jsonl" in line or "dense" in line)
    ]
    assert len(rows) == 2 and all(row.count("|") in (4, 5) for row in rows)
