"""What readers share: the task at hand, rows with their places, the guard against a wrong format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from langret.data.records import Rejected, full_text
from langret.errors import DataError
from langret.recipe.schema import BenchmarkSource, Source

HEAD = 100
T = TypeVar("T")


class Row(NamedTuple):
    """One row of a table and where it stands, as ``file:line``."""

    where: str
    value: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Rows of one file or one split, read anew at each call of ``rows``."""

    name: str
    rows: Callable[[], Iterator[Row | Rejected]]
    hint: str = ""


@dataclass
class Job:
    """One source being read.

    Attributes:
        source: As the recipe has it.
        root: File or folder on this machine; for hub sources the folder of the files fetched.
        role: ``train`` or ``test``, which decides the split where a data set has several.
        language: English name of the language, lower case, as some data sets call their subsets.
        code: Code of the language.
        here: Where the record just produced stands.
    """

    source: Source
    root: Path
    role: Literal["train", "test"]
    language: str = ""
    code: str = ""
    here: str = field(default="", init=False)

    @property
    def candidates(self) -> bool:
        """Whether passages that are only candidates of a query count as judged not relevant."""
        return isinstance(self.source, BenchmarkSource) and self.source.task == "reranking"

    def convert(
        self, table: Table, prepare: Callable[[list[str]], Callable[[Row], Iterable[T]]]
    ) -> Iterator[T | Rejected]:
        """Turn the rows of a table into records, and stop early where the format is plainly another.

        Args:
            table: What to read.
            prepare: Gets the column names of the first rows and returns the function for one row.

        Raises:
            DataError: The table is empty, or more than half of its first 100 rows are broken.
        """
        rows = table.rows()
        head = list(islice(rows, HEAD))
        if not head:
            raise DataError("It is empty: no rows were found.", where=table.name)
        columns: dict[str, None] = {}
        for row in head:
            if isinstance(row, Row):
                columns.update(dict.fromkeys(row.value))
        self._check(head, [r for r in head if isinstance(r, Rejected)], table)
        one = prepare(list(columns))
        results = [[row] if isinstance(row, Rejected) else list(one(row)) for row in head]
        self._check(head, [r for found in results for r in found[:1] if isinstance(r, Rejected)], table)
        for row, found in chain(
            zip(head, results, strict=True),
            ((row, [row] if isinstance(row, Rejected) else one(row)) for row in rows),
        ):
            self.here = row.where
            yield from found

    @staticmethod
    def _check(head: Sequence[Row | Rejected], broken: list[Rejected], table: Table) -> None:
        if 2 * len(broken) > len(head):
            first = broken[0]
            raise DataError(
                f"This does not look like the format it is read as: {len(broken)} of the first {len(head)} "
                f"rows are broken (the first: {first.reason}, {first.found[:120]!r}).",
                where=first.where or table.name,
                hint=table.hint or "Check `format:` and the file's encoding (UTF-8 is expected).",
            )


def text_id(kind: Literal["p", "q"], text: str, title: str = "") -> str:
    """Return an id made of the text, so that the same text is one passage or one query everywhere."""
    digest = blake2b(full_text(title, text).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{kind}-{digest.hexdigest()}"


def id_of(value: Any) -> str:
    """Return an id as text: whole numbers without a decimal point, ``""`` for nothing."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool | list | dict):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value == value and value.is_integer() else ""
    return str(value)
