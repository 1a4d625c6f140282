"""Giving models away: a member's folder, with all that says where it came from, to a repository on the hub."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase as fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from langret.data.hub import offline
from langret.errors import DataError, LangretError, ModelError, first_line, nearest
from langret.recipe.licences import HUB_LICENCES, DataLicence, forbidden, licence_warnings

if TYPE_CHECKING:
    from huggingface_hub import HfApi

    from langret.report.folder import RunFolder

SENT = (
    *("README.md", "langret.json", "recipe.yaml", "recipe.lock.yaml", "results.json"),
    *("*.safetensors", "*.safetensors.index.json", "onnx/*.onnx"),
    *(
        "config.json",
        "*/config.json",
        "config_sentence_transformers.json",
        "sentence_*_config.json",
        "modules.json",
    ),
    *(
        "adapter_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
    ),
    *("vocab.txt", "vocab.json", "merges.txt", "tokenizer.model", "spiece.model", "sentencepiece*.model"),
    *("chat_template.jinja",),
)
"""Files that are sent. Anything else stays here: pickles, states of a training, notes."""
NEEDED = ("README.md", "langret.json", "recipe.yaml", "results.json")
_OF_TRAINING = ("optimizer", "scheduler", "rng_state", "scaler", "training_args", "trainer_state")


@dataclass(frozen=True)
class Parcel:
    """A member's folder as it would be sent.

    Attributes:
        repository: Where to: ``owner/name``.
        folder: The member's folder.
        files: Bytes of each file, by its path in the folder.
        kept_back: Files that are not sent, with the reason.
        warnings: What to mind of licences.
    """

    repository: str
    folder: Path
    files: Mapping[str, int]
    kept_back: Mapping[str, str]
    warnings: list[str]


@dataclass(frozen=True)
class Pushed:
    """What became of a parcel.

    Attributes:
        url: The repository, at the revision.
        commit: The commit that has it.
        sent: Files that were new or had changed.
        unchanged: Files that the repository had already.
        strange: Files of the repository that the folder does not have; they stay.
    """

    url: str
    commit: str
    sent: list[str]
    unchanged: list[str]
    strange: list[str]


def pack(place: Path, repository: str, *, accept_licences: bool = False) -> list[Parcel]:
    """Find out what would be sent. Asks the network nothing.

    Args:
        place: A run folder, or a member's folder in one.
        repository: ``owner/name``; of a run with several members each goes to ``owner/name-MEMBER``.
        accept_licences: Send models made of data whose licence forbids derivatives, too.

    Raises:
        LangretError: It is no finished run, or its member's folder lacks a card or the recipe.
        ModelError: The card is none that the hub would take.
        DataError: A licence forbids it.
    """
    run, members = _members(place)
    _must_be_name(repository)
    sources = [DataLicence(source.name, source.licence) for source in run.record.made_of]
    if (refused := forbidden(sources)) and not accept_licences:
        names = ", ".join(f"{source.source} ({source.licence})" for source in refused)
        raise DataError(
            f"The models are made of data whose licence forbids derivatives: {names}.",
            where=str(place),
            hint="If you may share them all the same, say so with --accept-licences.",
        )
    warnings = licence_warnings(sources, run.recipe.get("licence") or "")
    several = len(members) > 1
    return [
        _parcel(run.root / member, f"{repository}-{member}" if several else repository, warnings)
        for member in members
    ]


def push(parcel: Parcel, *, private: bool = False, revision: str = "main") -> Pushed:
    """Send a parcel: one commit of the files that the repository does not have yet.

    The repository and the branch are made where they are not there. Large files go before the commit, so that a push
    that was broken off sends none of them twice.

    Args:
        parcel: What ``pack`` found.
        private: Make the repository private where it is new.
        revision: Branch to commit to.

    Raises:
        LangretError: There is no token, the hub refuses it, or it cannot be reached.
    """
    from huggingface_hub import CommitOperationAdd, get_token

    if offline():
        raise _refused(parcel, "HF_HUB_OFFLINE is set", "Unset it to send anything.")
    token = get_token()
    if not token:
        raise _refused(
            parcel,
            "there is no token",
            "`hf auth login` keeps one, or set HF_TOKEN; it must be allowed to write.",
        )
    api = _api(token)
    try:
        api.create_repo(parcel.repository, private=private, exist_ok=True)
        if revision != "main":
            api.create_branch(parcel.repository, branch=revision, exist_ok=True)
        there = dict(_there(api, parcel.repository, revision))
        unchanged = [name for name in parcel.files if there.get(name) in _digests(parcel.folder / name)]
        sent = [name for name in parcel.files if name not in unchanged]
        if sent:
            commit = api.create_commit(
                parcel.repository,
                [CommitOperationAdd(name, parcel.folder / name) for name in sent],
                commit_message=f"{parcel.folder.name}: as trained by langret",
                revision=revision,
            ).oid
        else:
            commit = str(api.model_info(parcel.repository, revision=revision).sha)
    except Exception as error:
        raise _explained(
            error, parcel, token
        ) from None  # the chain may show the request, and with it the token
    strange = sorted(there.keys() - parcel.files.keys() - {".gitattributes"})
    url = f"{api.endpoint}/{parcel.repository}" + (f"/tree/{revision}" if revision != "main" else "")
    return Pushed(url, commit, sent, unchanged, strange)


def _members(place: Path) -> tuple[RunFolder, list[str]]:
    from langret.report.folder import open_run
    from langret.report.record import FILE

    root = place if (place / FILE).is_file() or not (place.parent / FILE).is_file() else place.parent
    run = open_run(root)
    if run.missing:
        titles = ", ".join(run.title(name) for name in run.missing)
        raise LangretError(
            f"The run is not finished; missing: {titles}.",
            where=str(root),
            hint="`langret run` goes on with it.",
        )
    names = [member.name for member in run.record.members]
    wanted = names if root == place else [place.name]
    if not names:
        raise LangretError("The run has no members, and so no models.", where=str(root))
    for name in wanted:
        if name not in names:
            raise LangretError(f'The run has no member "{name}".', where=str(root), hint=nearest(name, names))
    return run, wanted


def _must_be_name(repository: str) -> None:
    from huggingface_hub.utils import HFValidationError, validate_repo_id

    try:
        validate_repo_id(repository)
    except HFValidationError as error:
        raise LangretError(
            f'"{repository}" is no name of a repository: {first_line(error)}', hint="Write it as OWNER/NAME."
        ) from error
    if "/" not in repository:
        raise LangretError(
            f'"{repository}" does not say whose repository it is.', hint=f"Write it as OWNER/{repository}."
        )


def _parcel(folder: Path, repository: str, warnings: list[str]) -> Parcel:
    files: dict[str, int] = {}
    kept_back: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            kept_back[name] = "a link"
        elif path.is_file():
            reason = _reason(PurePosixPath(name))
            if reason:
                kept_back[name] = reason
            else:
                files[name] = path.stat().st_size
    missing = [name for name in NEEDED if name not in files]
    if missing or not any(name.endswith((".safetensors", ".onnx")) for name in files):
        lacks = ", ".join(missing) or "any weights in safetensors"
        raise LangretError(
            f"The folder of the model lacks {lacks}.",
            where=str(folder),
            hint="`langret run` with the same recipe lays it out again.",
        )
    _must_be_card(folder / "README.md")
    return Parcel(repository, folder, files, kept_back, warnings)


def _reason(path: PurePosixPath) -> str:
    """Why a file is not sent, or nothing."""
    if any(part.startswith(".") for part in path.parts):
        return "hidden"
    if path.name.startswith(_OF_TRAINING):
        return "state of a training"
    return "" if any(fnmatch(path.as_posix(), pattern) for pattern in SENT) else "no file of a model"


def _must_be_card(path: Path) -> None:
    """The part of the hub's check of a card that needs no network: its results, its licence, its names."""
    import yaml
    from huggingface_hub import ModelCard

    try:
        data: Any = ModelCard(path.read_text(encoding="utf-8"), ignore_metadata_errors=False).data
    except (ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise ModelError(
            f"The card's front matter is not what the hub takes: {first_line(error)}", where=str(path)
        ) from error
    licence = data.get("license")
    if licence is not None and licence not in HUB_LICENCES:
        raise ModelError(
            f'The card\'s licence "{licence}" is none that the hub knows.',
            where=str(path),
            hint=nearest(str(licence), HUB_LICENCES),
        )


def _api(token: str) -> HfApi:
    import os

    from huggingface_hub import HfApi

    return HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, token=token)


def _there(api: HfApi, repository: str, revision: str) -> Iterator[tuple[str, str]]:
    """Path and digest of the files of a repository: SHA-256 of large ones, git's own of the others."""
    from huggingface_hub.hf_api import RepoFile

    for entry in api.list_repo_tree(repository, recursive=True, revision=revision):
        if isinstance(entry, RepoFile):
            yield entry.path, entry.lfs.sha256 if entry.lfs else entry.blob_id


def _digests(path: Path) -> tuple[str, str]:
    whole, git = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(2**20):
            whole.update(block)
            git.update(block)
    return whole.hexdigest(), git.hexdigest()


def _explained(error: Exception, parcel: Parcel, token: str) -> LangretError:
    """An error of the hub's client for people; what it says never holds the token."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in (401, 403):
        return _refused(
            parcel,
            "the hub refuses the token",
            "It must be allowed to write there; `hf auth login` keeps another one.",
        )
    said = first_line(error).replace(token, "…")
    return _refused(parcel, f"{type(error).__name__}: {said}", "What was sent already is not sent again.")


def _refused(parcel: Parcel, why: str, hint: str) -> LangretError:
    return LangretError(f"The model cannot be sent: {why}.", where=f"hub: {parcel.repository}", hint=hint)
