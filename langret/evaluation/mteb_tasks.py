"""Official tasks of mteb: which there are in a language, and what a model scores on them, by mteb's own code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from langret.errors import DataError, LanguageError, MissingDependencyError, first_line, nearest

if TYPE_CHECKING:
    from langret.language import Language

SEARCHES = ("Retrieval", "Reranking", "InstructionRetrieval", "InstructionReranking")
"""Types of tasks in which something is searched or ranked: what a ColBERT model can do."""


class TaskScore(NamedTuple):
    """What mteb measured on one part of a task.

    Attributes:
        task: Name of the task.
        type: Its type, such as ``Retrieval``.
        split: Split of its data, such as ``test``.
        subset: Part of it, often a language; ``default`` where it has no parts.
        metric: Its main metric, such as ``ndcg_at_10``.
        value: The main metric's value.
    """

    task: str
    type: str
    split: str
    subset: str
    metric: str
    value: float


def mteb_tasks(language: Language, head: str) -> list[Any]:
    """Public text tasks of a language that a model with this head can do, by type and name.

    Args:
        language: The language; of a task in several, its parts in this language alone are run.
        head: ``dense``: every type. ``colbert``: those that search.

    Raises:
        MissingDependencyError: mteb is not installed.
        LanguageError: mteb does not know the language.
    """
    mteb = _mteb()
    from langret.evaluation.mteb_models import iso_codes

    codes = iso_codes(language)
    if not codes:
        raise LanguageError(f"mteb knows no language with the code of {language.name} ({language.code}).")
    found = mteb.get_tasks(
        languages=codes, modalities=["text"], exclusive_modality_filter=True, exclude_aggregate=True
    )
    usable = [task for task in found if head == "dense" or task.metadata.type in SEARCHES]
    return sorted(usable, key=lambda task: (task.metadata.type, task.metadata.name))


def find_tasks(names: Sequence[str], language: Language, head: str) -> list[Any]:
    """Tasks by name, each in the language's parts of it.

    Raises:
        DataError: There is no such task in the language, or a model with this head cannot do it.
        MissingDependencyError: mteb is not installed.
        LanguageError: mteb does not know the language.
    """
    known = {task.metadata.name: task for task in mteb_tasks(language, head)}
    for name in names:
        if name not in known:
            which = "" if head == "dense" else f" that a ColBERT model can do ({', '.join(SEARCHES)})"
            raise DataError(
                f'mteb has no task "{name}" in {language.name}{which}.',
                hint=f"{nearest(name, known)} Without a name, the command lists them all.",
            )
    return [known[name] for name in dict.fromkeys(names)]


def run_mteb(model: Any, tasks: Sequence[Any], folder: Path, *, progress: bool = False) -> list[TaskScore]:
    """Run tasks by mteb's own code.

    Args:
        model: What ``load_mteb_model`` gives.
        tasks: What ``find_tasks`` gives, or objects of any class of mteb's.
        folder: Where results are kept in mteb's layout (``results/MODEL/REVISION/TASK.json``). A task that has its
            result there, of the same model and data, is not run again.
        progress: Show progress bars.

    Returns:
        One score for each split and part of each task, in order.

    Raises:
        DataError: The data of a task cannot be loaded.
    """
    mteb = _mteb()
    from datasets.exceptions import DatasetsError

    cache = mteb.ResultCache(folder)
    scores: list[TaskScore] = []
    for task in tasks:
        about = task.metadata
        if not task.data_loaded and cache.load_task_result(about.name, model.mteb_model_meta) is None:
            try:
                task.load_data()
            except (OSError, ValueError, DatasetsError) as error:
                raise DataError(
                    f"the data of mteb's task {about.name} cannot be loaded: {first_line(error)}",
                    where=about.dataset["path"],
                    hint="mteb loads it from the hub: run the command where the hub can be reached.",
                ) from error
        found = mteb.evaluate(
            model,
            task,
            cache=cache,
            co2_tracker=False,
            encode_kwargs={"show_progress_bar": progress, "batch_size": 32},
            show_progress_bar=progress,
        )
        task.unload_data()
        scores += [
            TaskScore(
                about.name, about.type, split, part["hf_subset"], about.main_score, float(part["main_score"])
            )
            for result in found.task_results
            for split, parts in result.scores.items()
            for part in parts
        ]
    return scores


def _mteb() -> Any:
    try:
        import mteb
    except ImportError as error:
        raise MissingDependencyError(
            f"mteb is needed to run its tasks, and cannot be imported: {first_line(error)}",
            hint='pip install "langret[mteb]" (with Python 3.11 or later)',
        ) from error
    return mteb
