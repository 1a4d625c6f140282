"""Rows of JSON lines, JSON lists, CSV, TSV and Parquet files."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from langret.data.readers.job import Row, Table
from langret.data.readers.paths import bare_suffix
from langret.data.records import Rejected
from langret.errors import DataError, first_line, nearest

TABLE_SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
_ENCODINGS = ("cp932", "euc_jp", "gb18030", "euc_kr", "cp1256", "cp1252")
_QUOTED_LINES = (
    1000  # a quoted CSV field over more lines than this is taken for a quote that was never closed
)
csv.field_size_limit(2**31 - 1)


class Line(NamedTuple):
    """A line of a text file without its line end."""

    where: str
    text: str


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacking ``.gz``."""
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


@contextmanager
def _unpacking(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"The compressed file is damaged ({error}).", where=str(path)) from error


def guess_encoding(data: bytes) -> str:
    """Return a hint naming an encoding in which the bytes are valid, or ``""``."""
    for encoding in _ENCODINGS:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f"It could be {encoding}: convert it with `iconv -f {encoding} -t utf-8`."
    return ""


def text_lines(path: Path) -> Iterator[Line | Rejected]:
    """Read a UTF-8 file line by line; a byte order mark is dropped, a line with invalid bytes is rejected.

    Raises:
        DataError: The file is UTF-16, a damaged gzip file, or has carriage returns for line ends.
    """
    offset = 0
    with _unpacking(path), open_bytes(path) as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}:{number}"
            if number == 1:
                if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise DataError(
                        "The file is UTF-16, not UTF-8.", where=str(path), hint="Save it as UTF-8."
                    )
                start = raw.removeprefix(b"\xef\xbb\xbf")
                offset += len(raw) - len(start)
                raw = start
                if b"\r" in raw.rstrip(b"\r\n") and not raw.endswith(b"\n"):
                    raise DataError(
                        "The lines end with a carriage return alone, as on old Macs, so that the file is one line.",
                        where=str(path),
                        hint="Convert it with `tr '\\r' '\\n'`.",
                    )
            try:
                yield Line(where, raw.decode("utf-8").rstrip("\r\n"))
            except UnicodeDecodeError as error:
                found = f"byte {offset + error.start} (0x{raw[error.start]:02x}) is not UTF-8. "
                yield Rejected(where, "invalid_utf8", found + guess_encoding(raw))
            offset += len(raw)


def read_text(path: Path) -> str:
    """Read a whole UTF-8 file.

    Raises:
        DataError: A byte is not UTF-8.
    """
    with _unpacking(path), open_bytes(path) as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"Byte {error.start} (0x{data[error.start]:02x}) is not UTF-8.",
            where=f"{path}:{line}",
            hint=guess_encoding(data) or None,
        ) from error


def read_json(path: Path) -> Any:
    """Read a whole JSON file.

    Raises:
        DataError: It is not JSON.
    """
    try:
        return json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DataError(f"The file is not JSON: {error}.", where=f"{path}:{line}") from error


def first_bytes(path: Path, count: int = 4096) -> bytes:
    """Return the beginning of a file without byte order mark and leading blanks."""
    with _unpacking(path), open_bytes(path) as file:
        return file.read(count).removeprefix(b"\xef\xbb\xbf").lstrip()


def is_json_list(path: Path) -> bool:
    """Whether a file is one JSON list of objects, as against lines of JSON."""
    head = first_bytes(path)
    return head.startswith(b"[") and head[1:].lstrip()[:1] in (b"{", b"]", b"")


def _json_lines(path: Path) -> Iterator[Row | Rejected]:
    for line in text_lines(path):
        if isinstance(line, Rejected):
            yield line
        elif line.text.strip():
            try:
                value = json.loads(line.text)
            except (ValueError, RecursionError) as error:
                yield Rejected(line.where, "broken_json", f"{error}: {line.text[:80]}")
                continue
            if isinstance(value, dict):
                yield Row(line.where, value)
            else:
                yield Rejected(line.where, "not_an_object", line.text)


def _json_list(path: Path) -> Iterator[Row | Rejected]:
    for number, value in enumerate(read_json(path)):
        where = f"{path}: item {number + 1}"
        yield (
            Row(where, value)
            if isinstance(value, dict)
            else Rejected(where, "not_an_object", str(value)[:80])
        )


def json_rows(path: Path) -> Iterator[Row | Rejected]:
    """Objects of a file of JSON lines or of one JSON list."""
    return _json_list(path) if is_json_list(path) else _json_lines(path)


def delimited_rows(
    path: Path, separator: str | None = None, names: Sequence[str] | None = None
) -> Iterator[Row | Rejected]:
    """Rows of a CSV or TSV file.

    Quotes are read as CSV has them where the separator is not a tab; a tab-separated file is read with
    quotes only if its first lines quote whole fields. A quote that is never closed costs its own line and
    not the rest of the file.

    Args:
        path: File.
        separator: ``","``, ``";"``, or a tab; None finds it in the first line.
        names: Column names for a file without a header; with them surplus separators belong to the last
            column.
    """
    lines = text_lines(path)
    ahead: deque[Line | Rejected] = deque()
    for line in lines:
        ahead.append(line)
        if len(ahead) >= 50:
            break
    sample = [x.text for x in ahead if isinstance(x, Line)]
    if separator is None:
        separator = max(",;\t", key=(sample or [""])[0].count)
    quoted = separator != "\t" or _quotes_fields(sample)
    header: list[str] | None = list(names) if names is not None else None
    while True:
        if not ahead:
            following = next(lines, None)
            if following is None:
                return
            ahead.append(following)
        line = ahead.popleft()
        if isinstance(line, Rejected):
            yield line
            continue
        if not line.text.strip():
            continue
        text: str | None = line.text
        if quoted and line.text.count('"') % 2:
            text = _join_quoted(line, ahead, lines)
        if text is None:
            yield Rejected(line.where, "unclosed_quote", line.text)
            continue
        if quoted:
            fields = next(csv.reader([text], delimiter=separator), [])
        else:
            fields = text.split(separator, -1 if names is None else len(names) - 1)
        if header is None:
            header = [f.strip() for f in fields]
        elif len(fields) != len(header):
            found = f"{len(fields)} fields, not {len(header)}: {text[:80]}"
            yield Rejected(line.where, "wrong_field_count", found)
        else:
            yield Row(line.where, dict(zip(header, fields, strict=True)))


def _quotes_fields(sample: list[str]) -> bool:
    """Whether a tab-separated file quotes its fields: those that begin with a quote all end with one."""
    fields = [f for line in sample for f in line.split("\t") if f.startswith('"')]
    return bool(fields) and all(len(f) > 1 and f.endswith('"') for f in fields)


def _join_quoted(start: Line, ahead: deque[Line | Rejected], lines: Iterator[Line | Rejected]) -> str | None:
    """Lines from ``start`` until its quotes are closed, or None (nothing taken) if they never are."""
    taken: list[Line] = []
    text, quotes = start.text, start.text.count('"')
    while quotes % 2:
        if len(taken) == len(ahead):
            following = next(lines, None)
            if following is None:
                return None
            ahead.append(following)
        line = ahead[len(taken)]
        if isinstance(line, Rejected) or len(taken) >= _QUOTED_LINES:
            return None
        taken.append(line)
        quotes += line.text.count('"')
    for line in taken:
        text += "\n" + line.text
        ahead.popleft()
    return text


def parquet_rows(path: Path) -> Iterator[Row | Rejected]:
    """Rows of a Parquet file, in batches.

    Raises:
        DataError: It is not a Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=256):
                for value in batch.to_pylist():
                    number += 1
                    yield Row(f"{path}: row {number}", value)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(
            f"The file is not readable Parquet ({first_line(error)}).", where=str(path)
        ) from error


def file_table(path: Path, kind: str = "auto") -> Table:
    """Return the rows of a file, read as ``kind`` or as its name and first bytes say.

    Args:
        path: File.
        kind: ``jsonl``, ``csv``, ``tsv``, ``parquet`` or ``auto``.

    Raises:
        DataError: The name says nothing and the content is not JSON.
    """
    suffix = bare_suffix(path) if kind == "auto" else f".{kind}"
    if suffix in (".jsonl", ".ndjson", ".json"):
        return Table(str(path), lambda: json_rows(path), _json_hint(path))
    if suffix == ".csv":
        return Table(str(path), lambda: delimited_rows(path))
    if suffix == ".tsv":
        return Table(str(path), lambda: delimited_rows(path, "\t"))
    if suffix == ".parquet":
        return Table(str(path), lambda: parquet_rows(path))
    if first_bytes(path).startswith(b"{"):
        return Table(str(path), lambda: _json_lines(path))
    raise DataError(
        f"The name ends in {suffix or 'nothing'}, which says nothing about the format.",
        where=str(path),
        hint=f"Give `format:`. {nearest(suffix, TABLE_SUFFIXES)}",
    )


def _json_hint(path: Path) -> str:
    if first_bytes(path).startswith(b"{") and bare_suffix(path) == ".json":
        return "A JSON file holds an object a line, or one list of objects; for SQuAD give `format: squad`."
    return ""
