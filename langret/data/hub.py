"""The Hugging Face hub, through its own clients: which files, which revision, and errors that say what to do.

``HF_ENDPOINT`` and ``HF_HUB_OFFLINE`` are looked up at each call, so that a program can set them after its
imports.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from langret.errors import DataError, LangretError, MissingDependencyError, ModelError

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Kind = Literal["model", "dataset"]


def offline() -> bool:
    """Whether the environment forbids the network."""
    return any(
        os.environ.get(n, "").upper() in ("1", "ON", "YES", "TRUE")
        for n in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
    )


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT") or None


def _api() -> HfApi:
    from huggingface_hub import HfApi

    return HfApi(endpoint=_endpoint())


def resolve_revision(name: str, kind: Kind, revision: str | None = None) -> str:
    """Return the commit that a revision (default: the main branch) stands for now.

    Args:
        name: Repository, such as ``tohoku-nlp/bert-base-japanese-v3``.
        kind: ``model`` or ``dataset``.
        revision: Branch, tag or commit.

    Raises:
        ModelError: The model repository or the revision is not there, or the hub cannot be reached.
        DataError: The same, for a data set.
    """
    if offline():
        raise _error(name, kind, "HF_HUB_OFFLINE is set, and a revision can only be looked up on the hub")
    try:
        api = _api()
        found = (
            api.model_info(name, revision=revision)
            if kind == "model"
            else api.dataset_info(name, revision=revision)
        )
    except Exception as error:
        raise explain(error, name, kind, revision) from error
    if not found.sha:
        raise _error(name, kind, "the hub gave no commit for it")
    return found.sha


def repository_files(name: str, kind: Kind, revision: str | None = None) -> list[str]:
    """Return the paths of a repository's files; offline, of those in the cache.

    Raises:
        DataError: As for ``resolve_revision``.
    """
    try:
        if not offline():
            return sorted(_api().list_repo_files(name, repo_type=kind, revision=revision))
        root = fetch(name, kind, [], revision)
        return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    except LangretError:
        raise
    except Exception as error:
        raise explain(error, name, kind, revision) from error


def fetch(name: str, kind: Kind, patterns: Iterable[str], revision: str | None = None) -> Path:
    """Fetch the files of a repository that match, into the cache of huggingface_hub.

    Args:
        name: Repository.
        kind: ``model`` or ``dataset``.
        patterns: Globs over the paths in the repository.
        revision: Branch, tag or commit.

    Returns:
        A folder that holds them under their paths.

    Raises:
        DataError: The repository, the revision or a file is not there (for models: ModelError).
    """
    from huggingface_hub import snapshot_download

    wanted = list(patterns)
    try:
        folder = snapshot_download(
            name,
            repo_type=kind,
            revision=revision,
            allow_patterns=wanted,
            endpoint=_endpoint(),
            local_files_only=offline(),
        )
    except Exception as error:
        raise explain(error, name, kind, revision) from error
    root = Path(folder)
    there = [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()] if wanted else []
    missing = [p for p in wanted if not fnmatch.filter(there, p)]
    if missing:
        state = "is in the cache (HF_HUB_OFFLINE is set)" if offline() else "is in the repository"
        raise _error(name, kind, f"no file {missing[0]!r} {state}")
    return root


def dataset_configs(name: str, revision: str | None = None) -> list[str]:
    """Return the configurations (subsets) of a data set."""
    try:
        return list(_datasets().get_dataset_config_names(name, revision=revision))
    except Exception as error:
        raise explain(error, name, "dataset", revision) from error


def dataset_splits(name: str, config: str | None, revision: str | None = None) -> list[str]:
    """Return the splits of a configuration."""
    try:
        return list(_datasets().get_dataset_split_names(name, config, revision=revision))
    except Exception as error:
        raise explain(error, name, "dataset", revision) from error


def dataset_rows(
    name: str, config: str | None, split: str, revision: str | None = None
) -> Iterator[dict[str, Any]]:
    """Load a split through ``datasets``, without running any code of the repository, and give its rows."""
    try:
        table = _datasets().load_dataset(name, config, split=split, revision=revision)
    except Exception as error:
        raise explain(error, name, "dataset", revision) from error
    return rows_of(table)


def disk_dataset(path: Path) -> Any:
    """Open what ``save_to_disk`` of ``datasets`` wrote.

    Raises:
        DataError: It cannot be read.
    """
    try:
        return _datasets().load_from_disk(str(path))
    except Exception as error:
        raise DataError(
            f"`datasets` cannot read this folder: {_first_line(error)}", where=str(path)
        ) from error


def rows_of(table: Any) -> Iterator[dict[str, Any]]:
    """Rows of a ``datasets.Dataset``, in batches."""
    for batch in table.with_format("arrow").iter(256):
        yield from batch.to_pylist()


def _datasets() -> Any:
    try:
        import datasets
    except ImportError as error:
        raise MissingDependencyError(
            "Reading hub data sets needs `datasets`.", hint="pip install datasets"
        ) from error
    datasets.disable_progress_bars()
    return datasets


def explain(error: Exception, name: str, kind: Kind, revision: str | None = None) -> LangretError:
    """Turn an error of the hub's clients into one for people."""
    if isinstance(error, LangretError):
        return error
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    kinds = {type(e).__name__ for e in chain}
    where = os.environ.get("HF_ENDPOINT", "huggingface.co")
    if "RevisionNotFoundError" in kinds:
        return _error(name, kind, f"it has no revision {revision!r}")
    if "GatedRepoError" in kinds:
        return _error(name, kind, "it is gated: accept its terms on the hub and run `hf auth login`")
    if kinds & {"RepositoryNotFoundError", "DatasetNotFoundError"} and not offline():
        return _error(name, kind, f"there is none of this name on {where} (or it is private)")
    if "scripts are no longer supported" in str(error):
        return _error(
            name,
            kind,
            "it is made by a script, which langret does not run; name its files with `files:` and `format:`",
        )
    if offline():
        return _error(name, kind, "HF_HUB_OFFLINE is set and it is not in the cache")
    if kinds & {
        "ConnectError",
        "ConnectionError",
        "LocalEntryNotFoundError",
        "ConnectTimeout",
        "ReadTimeout",
        "MaxRetryError",
    }:
        return _error(name, kind, f"{where} cannot be reached and it is not in the cache")
    return _error(name, kind, f"{type(error).__name__}: {_first_line(error)}")


def _error(name: str, kind: Kind, why: str) -> LangretError:
    what = "data set" if kind == "dataset" else "model"
    made = DataError if kind == "dataset" else ModelError
    hint = (
        "A local folder is given with `path:`."
        if kind == "dataset"
        else "A local folder is given by its path."
    )
    return made(f"The {what} {name!r} cannot be used: {why}.", where=f"hub: {name}", hint=hint)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
