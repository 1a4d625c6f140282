"""Reading benchmarks of tasks: ``read_task`` is the door, as ``read_source`` is for ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from langret.data.readers.documents import folder_records
from langret.data.readers.examples import COLUMNS, FIRST, labelled_rows, pair_rows, summary_rows
from langret.data.readers.formats import detect_format, row_files
from langret.data.readers.hubsets import disk_table, fetch_source, hub_format, hub_table
from langret.data.readers.job import Job, Row, Table
from langret.data.readers.paths import must_exist, resolve_path
from langret.data.readers.rows import QUERY, ROLES, Columns
from langret.data.readers.tables import file_table
from langret.data.records import Collection, Passage, Rejected, full_text, rejected_table
from langret.data.tasks import SHAPES, Example, Labelled, Pair, TaskData
from langret.errors import DataError, RecipeError, nearest
from langret.language.contract import Language
from langret.recipe.schema import BenchmarkSource

_ROWS = ("jsonl", "csv", "tsv", "parquet", "datasets")


def read_task(source: BenchmarkSource, *, base: Path, language: Language, seed: int) -> TaskData:
    """Read the examples of a task as they are; nothing is normalised yet.

    Pairs come from columns, from parallel text, or from queries and passages that are judged: the grade is the score,
    and above 0 the two are alike. Where every pair is alike, each query also gets one passage of others, drawn by
    lot, as a pair that is not (``pair-classification``). Labelled texts come from columns, or from a folder of
    documents: its folders are the labels. Where the publisher has no training samples, lots decide which half of the
    texts they are.

    Args:
        source: The benchmark; its task is one of ``langret.data.tasks.SHAPES``.
        base: Folder at which relative paths start.
        language: Names the subset of data sets that hold several languages.
        seed: Seed of what is drawn by lot.

    Raises:
        DataError: Nothing readable is there, or the task cannot be read from it.
        RecipeError: ``columns`` names a part that the task does not have.
    """
    shape = SHAPES[source.task]
    for role in source.columns:
        allowed = (*COLUMNS[shape], *(ROLES if shape == "pairs" else ()))
        if role not in allowed:
            raise RecipeError(
                f"`columns` of task {source.task} has no part {role!r}.", hint=nearest(role, allowed)
            )
    job = Job(source, Path(), "test", language.name.lower(), language.code)
    examples: list[Example] = []
    rejected: list[Rejected] = []
    try:
        kind = _open(job, base)
        judged = shape == "pairs" and (kind not in _ROWS or _asks(job, kind))
        if judged:
            found: Iterator[Example | Rejected] = _judged(source, base, language, seed)
        elif kind in _ROWS:
            found = _rows(job, kind, shape)
        elif kind == "folder" and shape == "labelled":
            found = _documents(job)
        else:
            raise DataError(
                f"Read as {kind}, it does not hold what task {source.task} needs.",
                where=source.path or f"hub: {source.hub}" if not source.world else "world",
                hint=f"Give rows with the columns {', '.join(COLUMNS[shape])}.",
            )
        for example in found:
            if isinstance(example, Rejected):
                rejected.append(example)
            else:
                examples.append(example._replace(id=str(len(examples))) if kind in _ROWS else example)
    except OSError as error:
        where = str(error.filename or source.path or source.hub)
        raise DataError(f"It cannot be read: {error.strerror or error}.", where=where) from error
    if shape == "labelled":
        examples = _split(examples, source.task, seed)
    if not judged:  # there the queries are drawn, and all their pairs stay
        examples = _limited(examples, source.limit, seed)
    return TaskData.of(source.task, examples, rejected_table(rejected))


def _open(job: Job, base: Path) -> str:
    source = job.source
    if source.world is not None:
        return "world"
    if source.hub is not None:
        kind = hub_format(job)
        if kind in _ROWS and kind != "datasets":
            job.root = fetch_source(job, kind)
        return kind
    job.root = must_exist(resolve_path(source.path or "", base))
    return detect_format(job)


def _rows(job: Job, kind: str, shape: str) -> Iterator[Example | Rejected]:
    source = job.source
    assert isinstance(source, BenchmarkSource)
    if shape != "labelled" or source.task != "classification":
        for table in _tables(job, kind):
            if shape == "pairs":
                yield from pair_rows(job, table, source.task)
            elif shape == "summaries":
                yield from summary_rows(job, table)
            else:
                yield from labelled_rows(job, table, "test")
        return
    tested = _tables(job, kind)
    training = replace(job, source=source.model_copy(update={"split": None}), role="train")
    trained = _tables(training, kind)
    apart = {t.name for t in tested}.isdisjoint(t.name for t in trained)
    for split, tables in (("train", trained), ("test", tested)) if apart else (("", tested),):
        for table in tables:
            yield from labelled_rows(job, table, split)


def _tables(job: Job, kind: str) -> list[Table]:
    """The rows of the split that the job's role wants."""
    if kind != "datasets":
        return [file_table(path, "auto" if job.root.is_dir() else kind) for path in row_files(job, kind)]
    return [hub_table(job) if job.source.hub is not None else disk_table(job)]


def _asks(job: Job, kind: str) -> bool:
    """Whether rows hold queries with their passages instead of two sentences."""
    for table in _tables(job, kind):
        row = next((r for r in table.rows() if isinstance(r, Row)), None)
        if row is not None:
            columns = Columns(list(row.value), job.source.columns, table.name)
            return columns.find("sentence1", *FIRST) is None and columns.find("query", *QUERY) is not None
    return False


def _documents(job: Job) -> Iterator[Labelled | Rejected]:
    """One text a document, labelled by its folder, and by the folders inside it."""
    held: dict[str, list[str]] = {}
    for record in folder_records(job):
        if isinstance(record, Rejected):
            yield record
        elif isinstance(record, Passage):
            name = record.id.split("#")[0].split("~")[0]
            held.setdefault(name, []).append(full_text(record.title, record.text))
    for name, texts in held.items():
        folders = list(Path(name).parent.parts)
        if folders:
            yield Labelled(name, "", "", "\n\n".join(texts), folders)
        else:
            yield Rejected(
                name, "missing_label", "the document lies in no folder inside the one that is read"
            )


def _judged(source: BenchmarkSource, base: Path, language: Language, seed: int) -> Iterator[Pair | Rejected]:
    """Pairs of queries and passages that are judged."""
    from langret.data.readers import read_source

    data = read_source(source, base=base, language=language, seed=seed)
    queries = {q.id: q.text for q in data.kept_queries()}
    passages = {p.id: full_text(p.title, p.text) for p in data.kept_passages()}
    pairs = [
        (j.query_id, j.passage_id, float(j.relevance))
        for j in data.kept_judgements()
        if j.query_id in queries and j.passage_id in passages
    ]
    if source.task == "bitext-mining":
        pairs = [(q, p, 1.0) for q, p, grade in pairs if grade > 0]
    elif source.task == "pair-classification":
        pairs = [(q, p, float(grade > 0)) for q, p, grade in pairs]
        if all(gold for _, _, gold in pairs):
            pairs += _others(data, pairs, list(passages), seed)
    yield from (Pair(f"{q} {p}", queries[q], passages[p], gold) for q, p, gold in pairs)
    yield from (Rejected(**row) for row in data.rejected.to_pylist())


def _others(
    data: Collection, pairs: list[tuple[str, str, float]], passages: list[str], seed: int
) -> Iterator[tuple[str, str, float]]:
    """For each query a passage that is no positive of it."""
    positives = data.positives()
    for query in dict.fromkeys(q for q, _, _ in pairs):
        mine = set(positives.get(query, ()))
        start = _lot(seed, query) % len(passages)
        ordered = (passages[(start + i) % len(passages)] for i in range(len(passages)))
        other = next((p for p in ordered if p not in mine), None)
        if other is not None:
            yield query, other, 0.0


def _split(examples: list[Example], task: str, seed: int) -> list[Example]:
    """Say which texts a classifier is trained on; where nobody does, lots decide, half and half."""
    texts = [e for e in examples if isinstance(e, Labelled)]
    trained = {e.id for e in texts if e.split == "train"}
    if task == "classification" and not any(e.split for e in texts):
        ordered = sorted(texts, key=lambda e: _lot(seed, e.id))
        trained = {e.id for e in ordered[: len(ordered) // 2]}
    return [e._replace(split="train" if e.id in trained else "test") for e in texts]


def _limited(examples: list[Example], limit: int | None, seed: int) -> list[Example]:
    """No more examples than wanted; training samples do not count, and stay."""
    measured = [e for e in examples if not (isinstance(e, Labelled) and e.split == "train")]
    if limit is None or len(measured) <= limit:
        return examples
    ordered = sorted(measured, key=lambda e: _lot(seed + 1, e.id))
    left = {e.id for e in ordered[limit:]}
    return [e for e in examples if e.id not in left]


def _lot(seed: int, name: str) -> int:
    return int.from_bytes(
        blake2b(f"{seed}:{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )
