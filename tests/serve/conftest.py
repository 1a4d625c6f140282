"""A run with two tiny members of random weights, and its page behind a server of this process."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from langret.language import get_language
from langret.serve import make_server, open_site, open_target
from tests.report.folders import benchmark, make_run


def untold(what: str, done: int, total: int | None) -> None:
    """Hears progress and says nothing."""


@pytest.fixture(scope="session")
def members(tmp_path_factory) -> Path:
    """A folder with ``dense`` and ``colbert``, which read the text of ``make_run``."""
    from langret.modeling import build_member, new_backbone, save_member
    from langret.recipe.schema import Member, Scratch
    from langret.tokenizer import train_tokenizer

    folder: Path = tmp_path_factory.mktemp("members")
    language = get_language("und")
    texts = [language.normalize(p.text) for p in benchmark().kept_passages()]
    backbone = new_backbone(
        Scratch(layers=1, hidden=32, heads=2, intermediate=32, max_tokens=64, vocabulary=300),
        train_tokenizer(language, texts * 4, 300),
        language,
        folder / "backbone",
        seed=1,
    )
    for head in ("dense", "colbert"):
        member = Member(head=head)  # type: ignore[arg-type]
        model = build_member(backbone, member, language, query_tokens=16, passage_tokens=64, seed=1)
        identity = {
            "language": "und",
            "version": language.version,
            "segmented": False,
            "head": head,
            "member": head,
        }
        save_member(model, folder / head, identity)
    return folder


@pytest.fixture
def run(tmp_path, members) -> Path:
    """A finished run in the language of no particular language, with markup in its passages and queries."""
    root = make_run(tmp_path / "runs" / "own", language="und")
    for head in ("dense", "colbert"):
        (stage,) = root.glob(f"stages/train-{head}-*")
        shutil.copytree(members / head, stage / "model")
    return root


class Client:
    """What the page does, without a browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = ""
        found = re.search(r'name="langret-token" content="([^"]+)"', self.get("/")[1])
        assert found
        self.token = found[1]

    def request(self, method: str, path: str, body: bytes | None, **headers: str) -> tuple[int, str, Any]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = link.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            link.close()

    def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        return self.request("GET", path, None, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
        given = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        status, text, _ = self.request("POST", path, given, **{"X_Langret_Token": self.token, **headers})
        return status, json.loads(text)

    def ok(self, path: str, **body: Any) -> dict[str, Any]:
        status, value = self.post(path, body)
        assert status == 200, value
        return value


@contextmanager
def serving(run: Path, documents: Path | None = None, judgements: Path | None = None, by: str = "tester"):
    """Serve a run on a free port."""
    site = open_site(open_target(run), documents, judgements, by, untold)
    server = make_server("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve, args=(site,), daemon=True)
    thread.start()
    for _ in range(1000):
        try:
            client = Client(server.server_port)
            break
        except ConnectionRefusedError:
            threading.Event().wait(0.005)
    try:
        yield client, site, server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def page(run):
    """A client, the site and the server of a run."""
    with serving(run) as found:
        yield found
