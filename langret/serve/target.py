"""What is served: the finished members of a run folder, or one model folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from langret.errors import DataError, LanguageError, StageError
from langret.language import Language, get_language, known_languages
from langret.report.folder import RunFolder, open_run
from langret.report.record import FILE

if TYPE_CHECKING:
    from langret.data.records import Collection


class Model(NamedTuple):
    """A model that is served.

    Attributes:
        name: How the page calls it.
        head: What kind of vectors it gives; None where only the model itself says.
        folder: Where it lies.
        query_tokens: Longest query; None as the model was saved.
        passage_tokens: Longest passage; None as the model was saved.
    """

    name: str
    head: Literal["dense", "colbert"] | None
    folder: Path
    query_tokens: int | None = None
    passage_tokens: int | None = None


class OwnText(NamedTuple):
    """Text that comes with a run: a benchmark, already normalised.

    Attributes:
        name: Name of the benchmark.
        key: Name of the stage's folder, which changes with the text.
        text: The benchmark.
    """

    name: str
    key: str
    text: Collection


@dataclass(frozen=True)
class Target:
    """A run folder or a model folder, opened.

    Attributes:
        name: Name of the recipe or the model.
        language: Language of the passages and queries.
        models: Models, in the order of the recipe.
        index: Folder for what serving keeps on disk.
        judgements: Folder under which judgements are saved.
        notes: What a person should know before looking, such as members that are missing.
        run: The run, where it is one.
    """

    name: str
    language: Language
    models: list[Model]
    index: Path
    judgements: Path
    notes: list[str] = field(default_factory=list)
    run: RunFolder | None = None

    def own_text(self) -> OwnText:
        """The first benchmark of the run that is in the run's language and was read.

        Raises:
            DataError: There is none.
        """
        if self.run is None:
            raise DataError(
                "A model folder has no documents of its own.",
                where=self.name,
                hint="Say what to search in: --documents FOLDER.",
            )
        entries = {b["name"]: b for b in self.run.recipe["evaluation"]["benchmarks"]}
        for benchmark in self.run.record.benchmarks:
            entry = entries.get(benchmark.name, {})
            foreign = any(entry.get(f"{side}_language") for side in ("passage", "query"))
            if benchmark.place in self.run.stages and not foreign:
                place = self.run.stage(benchmark.place)
                return OwnText(benchmark.name, place.folder.name, self.run.text(benchmark.place))
        raise DataError(
            "The run has no benchmark in its own language that was read.",
            where=str(self.run.root),
            hint="Say what to search in: --documents FOLDER.",
        )


def open_target(path: str | Path, code: str | None = None) -> Target:
    """Open a run folder or a model folder.

    Args:
        path: The folder.
        code: Language, where a model does not say its own.

    Raises:
        LangretError: There is no such folder, or it is neither a run nor a model.
        StageError: No member of the run is finished; the stages that are missing are named.
        LanguageError: Nobody says which language the text is in, or two say different things.
    """
    root = Path(path)
    is_model = any((root / name).is_file() for name in ("modules.json", "config.json"))
    if is_model and not (root / FILE).is_file():
        return _model_target(root, code)
    return _run_target(open_run(root), code)


def _run_target(run: RunFolder, code: str | None) -> Target:
    record = run.record
    if code is not None and code != record.language:
        raise LanguageError(
            f'The run is in "{record.language}", but --language is "{code}".', where=str(run.root)
        )
    missing = [member for member in record.members if member.stage not in run.stages]
    if len(missing) == len(record.members):
        waiting = ", ".join(f'"{run.title(member.stage)}"' for member in missing)
        raise StageError(
            f"No member of this run is finished; missing: {waiting}."
            if missing
            else "The recipe of this run has no members, only baselines.",
            where=str(run.root),
            hint=f"`langret run RECIPE --runs {run.root.parent}` goes on with it.",
        )
    tokens = run.recipe["evaluation"]
    models = [
        Model(
            member.name,
            member.head,
            run.stage(member.stage).folder / "model",
            tokens.get("query_tokens"),
            tokens.get("passage_tokens"),
        )
        for member in record.members
        if member not in missing
    ]
    notes = [f'{m.name} is not shown: the stage "{run.title(m.stage)}" is missing.' for m in missing]
    language = get_language(record.language)
    root = run.root
    return Target(record.name, language, models, root / "search", root / "judgements", notes, run)


def _model_target(folder: Path, code: str | None) -> Target:
    from langret.modeling.identity import language_of, read_identity

    facts = read_identity(folder)
    if facts is None and code is None:
        raise LanguageError(
            "The model was not made by langret and does not say which language its text is in.",
            where=str(folder),
            hint=f"Give --language CODE (installed: {', '.join(known_languages()) or 'none'}).",
        )
    if facts is not None and code not in (None, facts["language"]):
        raise LanguageError(
            f'It was made for "{facts["language"]}", but --language is "{code}".', where=str(folder)
        )
    language = language_of(facts, where=str(folder)) if facts else get_language(code or "")
    name = folder.resolve().name
    beside = folder.resolve().parent / f"{name}.search"
    return Target(name, language, [Model(name, None, folder)], beside, beside / "judgements")
