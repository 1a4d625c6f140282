"""A small stand-in for the Hugging Face hub on loopback, for the real clients to talk to.

It serves model and data set repositories from folders: repository info, file trees, and files with the
headers from which ``huggingface_hub`` learns commit, size and ETag. Every change of a repository is a new
commit; old ones stay. It takes uploads from whoever has a token: new repositories, branches, large files (by
the protocol of git LFS) and commits. Only the standard library is used.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

_TIME = "2024-01-01T00:00:00.000Z"


@dataclass
class Repository:
    commits: list[tuple[str, dict[str, bytes]]] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)
    private: bool = False

    def commit(self, files: dict[str, bytes], branch: str = "main") -> str:
        digest = hashlib.sha1(str(len(self.commits)).encode())
        for name in sorted(files):
            digest.update(name.encode() + b"\0" + files[name])
        self.commits.append((digest.hexdigest(), dict(files)))
        self.branches[branch] = digest.hexdigest()
        return digest.hexdigest()

    def at(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        branch = revision.removeprefix("refs/heads/")
        return next((c for c in self.commits if c[0] == self.branches.get(branch, revision)), None)

    def files(self, revision: str = "main") -> dict[str, bytes]:
        found = self.at(revision)
        assert found is not None, revision
        return found[1]


class StandinHub:
    """Start with ``with StandinHub() as hub``; clients run in a subprocess with ``hub.env(home)``."""

    def __init__(self) -> None:
        self.repositories: dict[tuple[str, str], Repository] = {}
        self.requests: list[str] = []
        self.writers = {"hf_writer"}
        """Tokens that may write."""
        self.large: dict[str, bytes] = {}
        """Contents of large files, by SHA-256."""
        self.breaks: set[str] = set()
        """Verbs, such as ``commit``, that fail the next time."""
        hub = self

        class Handler(_Handler):
            standin = hub

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StandinHub:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def env(self, home: Path) -> dict[str, str]:
        """Environment of a client: this hub, a cache of its own, and no way to another hub."""
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING"))}
        return {
            **keep,
            "HF_ENDPOINT": self.endpoint,
            "HF_HUB_OFFLINE": "0",
            "HF_HOME": str(home),
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
            "NO_PROXY": "127.0.0.1",
            "OMP_NUM_THREADS": "1",
        }

    def add_model(self, name: str, folder: Path | dict[str, bytes]) -> str:
        """Commit a folder (or a mapping of paths to bytes) to a model repository and return the commit."""
        return self._add("models", name, folder)

    def add_dataset(self, name: str, folder: Path | dict[str, bytes]) -> str:
        """Commit a folder (or a mapping of paths to bytes) to a data set repository and return the commit."""
        return self._add("datasets", name, folder)

    def _add(self, kind: str, name: str, folder: Path | dict[str, bytes]) -> str:
        if isinstance(folder, Path):
            files = {
                p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
            }
        else:
            files = folder
        return self.repositories.setdefault((kind, name), Repository()).commit(files)

    def bump(self, kind: str, name: str, changes: dict[str, bytes]) -> str:
        """Commit changed files on top of the newest commit (``kind``: ``models`` or ``datasets``)."""
        repository = self.repositories[kind, name]
        return repository.commit({**repository.files(), **changes})


class _Handler(BaseHTTPRequestHandler):
    standin: StandinHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        self.standin.requests.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(parts.path).strip("/").split("/")
        if self.command == "PUT" and path[0] == "lfs":
            assert hashlib.sha256(body).hexdigest() == path[1]
            self.standin.large[path[1]] = body
            self._send(200, b"", "text/plain", {})
        elif self.command == "POST" and (path[:2] == ["api", "repos"] or _writes(path)):
            self._write(path, body)
        elif path == ["api", "validate-yaml"]:
            valid = json.loads(body)["content"].startswith("---\n")
            self._send(200 if valid else 400, b'{"errors": [], "warnings": []}', "application/json", {})
        elif path[0] == "api" and len(path) > 2 and path[1] in ("models", "datasets"):
            self._api(path[1], path[2:], parse_qs(parts.query), body)
        elif "resolve" in path:
            kind = "datasets" if path[0] == "datasets" else "models"
            at = path.index("resolve")
            self._file(
                kind,
                "/".join(path[1 if kind == "datasets" else 0 : at]),
                path[at + 1],
                "/".join(path[at + 2 :]),
            )
        else:
            self._error(404, "Not found")

    def _find(self, kind: str, path: list[str]) -> tuple[str, Repository, list[str]] | None:
        for length in (2, 1):
            name = "/".join(path[:length])
            if (kind, name) in self.standin.repositories:
                return name, self.standin.repositories[kind, name], path[length:]
        self._error(404, "Repository not found", "RepoNotFound")
        return None

    def _api(self, kind: str, path: list[str], query: dict[str, list[str]], body: bytes) -> None:
        found = self._find(kind, path)
        if found is None:
            return
        name, repository, rest = found
        verb = rest[0] if rest else "revision"
        if verb == "refs":
            branches = [
                {"name": name, "ref": f"refs/heads/{name}", "targetCommit": commit}
                for name, commit in repository.branches.items()
            ]
            self._json({"branches": branches, "tags": [], "converts": []})
            return
        at = repository.at(rest[1] if len(rest) > 1 else "main")
        if at is None:
            self._error(404, "Revision not found", "RevisionNotFound")
            return
        commit, files = at
        if verb == "revision":
            self._json(
                {
                    "_id": "0" * 24,
                    "id": name,
                    "modelId": name,
                    "sha": commit,
                    "private": False,
                    "gated": False,
                    "disabled": False,
                    "downloads": 0,
                    "likes": 0,
                    "tags": [],
                    "lastModified": _TIME,
                    "createdAt": _TIME,
                    "siblings": [{"rfilename": f} for f in sorted(files)],
                }
            )
        elif verb == "tree":
            self._tree(
                files, "/".join(rest[2:]), query.get("recursive", ["false"])[0].lower() in ("true", "1")
            )
        elif verb == "paths-info":
            wanted = _paths(body, self.headers.get("Content-Type", ""))
            entries = _entries(files)
            self._json([entries[p.strip("/")] for p in wanted if p.strip("/") in entries])
        else:
            self._error(404, "Not found")

    def _write(self, path: list[str], body: bytes) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.standin.writers:
            self._error(
                403 if token.startswith("hf_reader") else 401, "Invalid credentials in Authorization header"
            )
            return
        if path[:2] == ["api", "repos"]:
            asked = json.loads(body)
            name = f"{asked['organization']}/{asked['name']}"
            there = ("models", name) in self.standin.repositories
            if not there:
                made = Repository(private=asked.get("visibility") == "private" or bool(asked.get("private")))
                made.commit({".gitattributes": b"*.safetensors filter=lfs\n"})
                self.standin.repositories["models", name] = made
            url = json.dumps({"url": f"{self.standin.endpoint}/{name}"}).encode()
            self._send(409 if there else 200, url, "application/json", {})
            return
        if path[-3:] == ["lfs", "objects", "batch"]:
            objects = json.loads(body)["objects"]
            for one in objects:
                if one["oid"] not in self.standin.large:
                    one["actions"] = {"upload": {"href": f"{self.standin.endpoint}/lfs/{one['oid']}"}}
            self._json({"objects": objects, "transfer": "basic"})
            return
        found = self._find("models", path[2:])
        if found is None:
            return
        name, repository, (verb, revision) = found
        if verb in self.standin.breaks:
            self.standin.breaks.remove(verb)
            self._error(500, "The connection broke")
        elif verb == "branch":
            there = revision in repository.branches
            repository.branches.setdefault(revision, repository.branches["main"])
            self._send(409 if there else 200, b"{}", "application/json", {})
        elif repository.at(revision) is None:
            self._error(404, "Revision not found", "RevisionNotFound")
        elif verb == "preupload":
            held = repository.files(revision)
            files = [
                {
                    "path": one["path"],
                    "uploadMode": "lfs" if _is_large(one["path"]) else "regular",
                    "shouldIgnore": False,
                    "oid": _digest(one["path"], held[one["path"]]) if one["path"] in held else None,
                }
                for one in json.loads(body)["files"]
            ]
            self._json({"files": files})
        else:
            self._json(self._commit(repository, name, revision, body))

    def _commit(self, repository: Repository, name: str, revision: str, body: bytes) -> dict[str, object]:
        files = dict(repository.files(revision))
        for line in body.splitlines():
            item = json.loads(line)
            value = item["value"]
            if item["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif item["key"] == "lfsFile":
                files[value["path"]] = self.standin.large[value["oid"]]
        commit = repository.commit(files, revision)
        return {
            "commitUrl": f"{self.standin.endpoint}/{name}/commit/{commit}",
            "commitOid": commit,
            "success": True,
        }

    def _tree(self, files: dict[str, bytes], folder: str, recursive: bool) -> None:
        start = f"{folder}/" if folder else ""
        entries = {p: e for p, e in _entries(files).items() if p.startswith(start) and p != folder}
        if not entries and folder:
            self._error(404, "Entry not found", "EntryNotFound")
            return
        if not recursive:
            entries = {p: e for p, e in entries.items() if "/" not in p[len(start) :]}
        self._json(list(entries.values()))

    def _file(self, kind: str, name: str, revision: str, file: str) -> None:
        found = self._find(kind, name.split("/"))
        if found is None:
            return
        at = found[1].at(revision)
        if at is None:
            self._error(404, "Revision not found", "RevisionNotFound")
        elif file not in at[1]:
            self._error(404, "Entry not found", "EntryNotFound", at[0])
        else:
            data, status = at[1][file], 200
            headers = {"ETag": f'"{_oid(data)}"', "X-Repo-Commit": at[0], "Accept-Ranges": "bytes"}
            asked = self.headers.get("Range", "")
            if asked.startswith("bytes=") and self.command == "GET":
                first, _, last = asked.removeprefix("bytes=").partition("-")
                start = int(first) if first else max(len(data) - int(last), 0)
                end = min(int(last) if last and first else len(data) - 1, len(data) - 1)
                headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
                data, status = data[start : end + 1], 206
            self._send(status, data, "application/octet-stream", headers)

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), "application/json", {})

    def _error(self, status: int, message: str, code: str = "", commit: str = "") -> None:
        headers = {"X-Error-Message": message}
        if code:
            headers["X-Error-Code"] = code
        if commit:
            headers["X-Repo-Commit"] = commit
        self._send(status, json.dumps({"error": message}).encode(), "application/json", headers)

    def _send(self, status: int, data: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _writes(path: list[str]) -> bool:
    return path[-3:] == ["lfs", "objects", "batch"] or bool(
        {"preupload", "commit", "branch"} & set(path[3:5])
    )


def _is_large(path: str) -> bool:
    return path.endswith((".safetensors", ".onnx", ".model"))


def _digest(path: str, data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if _is_large(path) else _oid(data)


def _oid(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _entries(files: dict[str, bytes]) -> dict[str, dict[str, object]]:
    """Files and folders of a commit as the tree endpoint lists them."""
    folders = {"/".join(p.split("/")[:n]) for p in files for n in range(1, p.count("/") + 1)}
    out: dict[str, dict[str, object]] = {
        f: {"type": "directory", "oid": hashlib.sha1(f.encode()).hexdigest(), "size": 0, "path": f}
        for f in folders
    }
    for path, data in files.items():
        out[path] = {"type": "file", "oid": _oid(data), "size": len(data), "path": path}
        if _is_large(path):
            out[path]["lfs"] = {"oid": _digest(path, data), "size": len(data), "pointerSize": 134}
    return dict(sorted(out.items()))


def _paths(body: bytes, kind: str) -> list[str]:
    if "json" in kind:
        paths = json.loads(body or b"{}").get("paths", [])
        return [paths] if isinstance(paths, str) else paths
    return parse_qs(body.decode()).get("paths", [])
