"""What tasks other than ranking are measured on: pairs of texts, labelled texts, or summaries, in one Arrow table.

As everywhere, rows that are of no use stay and say why, so that in = kept + set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from langret.data.records import REJECTED, Collection, Judgement, Passage, Query, Record
from langret.errors import DataError

_STATE = [("kept", pa.bool_()), ("reason", pa.string())]
PAIRS = pa.schema(
    [
        ("id", pa.string()),
        ("first", pa.string()),
        ("second", pa.string()),
        ("gold", pa.float64()),  # a score, or 1 for alike and 0 for not; of translations always 1
        *_STATE,
    ]
)
LABELLED = pa.schema(
    [
        ("id", pa.string()),
        ("group", pa.string()),  # the set that is clustered by itself, "" where there are none
        ("split", pa.string()),  # train or test
        ("text", pa.string()),
        ("labels", pa.list_(pa.string())),  # one a level, the coarsest first
        *_STATE,
    ]
)
SUMMARIES = pa.schema(
    [
        ("id", pa.string()),
        ("references", pa.list_(pa.string())),  # written by people
        ("summaries", pa.list_(pa.string())),  # to be scored
        ("scores", pa.list_(pa.float64())),  # what people gave each of them
        *_STATE,
    ]
)
SHAPES = {
    "bitext-mining": "pairs",
    "sts": "pairs",
    "pair-classification": "pairs",
    "classification": "labelled",
    "clustering": "labelled",
    "summarization": "summaries",
}
"""Tasks that rank no passages, and what each is measured on."""
_SCHEMAS = {"pairs": PAIRS, "labelled": LABELLED, "summaries": SUMMARIES}


class Pair(NamedTuple):
    """Two texts and how alike they are."""

    id: str
    first: str
    second: str
    gold: float


class Labelled(NamedTuple):
    """A text and its label; of labels in several levels the coarsest first."""

    id: str
    group: str
    split: str
    text: str
    labels: list[str]


class Summarised(NamedTuple):
    """Summaries of one document with what people think of them, and summaries that people wrote."""

    id: str
    references: list[str]
    summaries: list[str]
    scores: list[float]


Example = Pair | Labelled | Summarised


@dataclass(frozen=True)
class TaskData:
    """The examples of a benchmark, annotated.

    Attributes:
        task: One of ``SHAPES``.
        table: Its examples.
        rejected: Rows that could not become examples.
    """

    task: str
    table: pa.Table
    rejected: pa.Table = field(default_factory=lambda: REJECTED.empty_table())

    @classmethod
    def of(cls, task: str, examples: Iterable[Example], rejected: pa.Table | None = None) -> TaskData:
        """Examples as a table, all kept."""
        schema = _SCHEMAS[SHAPES[task]]
        rows = list(examples)
        columns = [[row[i] for row in rows] for i in range(len(schema) - 2)]
        table = pa.table([*columns, [True] * len(rows), [""] * len(rows)], schema=schema)
        return cls(task, table, REJECTED.empty_table() if rejected is None else rejected)

    @classmethod
    def load(cls, folder: Path) -> TaskData:
        """Memory-map what ``save`` wrote.

        Raises:
            DataError: There are no examples of a task in the folder.
        """
        path = folder / "task.arrow"
        if not path.is_file():
            raise DataError("There are no examples of a task here.", where=str(folder))
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
        return cls(
            table.schema.metadata[b"task"].decode(),
            table.replace_schema_metadata(),
            Collection.load(folder).rejected,
        )

    def save(self, folder: Path) -> None:
        """Write the examples, and their texts as a collection, with which training data is compared for leakage."""
        self.collection().save(folder)
        table = self.table.replace_schema_metadata({b"task": self.task.encode()})
        with (
            pa.OSFile(str(folder / "task.arrow"), "wb") as sink,
            pa.ipc.new_file(sink, table.schema) as out,
        ):
            out.write_table(table)

    def examples(self) -> list[dict[str, Any]]:
        """Examples that are kept, in order."""
        return [row for row in self.table.to_pylist() if row["kept"]]

    def set_aside(self, reasons: dict[int, str]) -> TaskData:
        """The same with more rows set aside, by row number; a row that is set aside already keeps its reason."""
        kept = self.table.column("kept").to_pylist()
        old = self.table.column("reason").to_pylist()
        new = [reasons.get(i, "") if k else o for i, (k, o) in enumerate(zip(kept, old, strict=True))]
        table = self.table.drop_columns(["kept", "reason"])
        table = table.append_column("kept", pa.array([not r for r in new], pa.bool_()))
        return replace(self, table=table.append_column("reason", pa.array(new, pa.string())))

    def funnel(self) -> dict[str, dict[str, int]]:
        """Rows in, kept, and set aside by reason, as ``Collection.funnel``; the table is called ``examples``."""
        kept = self.table.column("kept").to_pylist()
        reasons = Counter(r for r in self.table.column("reason").to_pylist() if r)
        out = {"examples": {"in": len(kept), "kept": sum(kept), **dict(sorted(reasons.items()))}}
        if self.rejected.num_rows:
            why = Counter(self.rejected.column("reason").to_pylist())
            out["rejected"] = {"in": self.rejected.num_rows, "kept": 0, **dict(sorted(why.items()))}
        return out

    def collection(self) -> Collection:
        """The texts that are kept as queries and passages: the first text of a pair asks for the second.

        A text alone asks for itself. Samples that a classifier is trained on are no part of what is measured.
        """
        records: list[Record] = []
        for row in self.examples():
            name = row["id"]
            if "first" in row:
                records += [Query(name, row["first"]), Passage(name, row["second"])]
                if row["gold"] > 0:
                    records.append(Judgement(name, name))
            elif "text" in row:
                records += _same(name, row["text"]) if row["split"] == "test" else []
            else:
                for i, text in enumerate([*row["references"], *row["summaries"]]):
                    records += _same(f"{name}/{i}", text)
        return Collection.from_records(records).replace(rejected=self.rejected)


def _same(name: str, text: str) -> list[Record]:
    return [Query(name, text), Passage(name, text), Judgement(name, name)]
