"""A stand-in for an endpoint of language models, on loopback, for the real client to talk to.

It speaks ``/v1/chat/completions``, ``/v1/files`` and ``/v1/batches``. Its "model" is a function of the request, so
that a test or a benchmark plugs in rules where a language model would be; on order it misbehaves as real endpoints
do. Only the standard library and langret are used.

    def judge(body):                                  # the request's body, decoded
        passages = texts_of(body)["passages"]         # what langret.llm.quoted put into the prompt
        return {"relevant": ["lake" in text for text in passages]}

    with Loopback(judge) as model:
        llm = LLM(model.endpoint(), cache=None)
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from langret.llm import wire
from langret.recipe.schema import Endpoint

_BLOCK = re.compile(r"^<data ([a-z0-9_-]+) ([0-9a-f]{16})>\n(.*?)\n?^</data \1 \2>$", re.M | re.S)
UNSAID = {"prompt_tokens": None}
"""For ``Reply(usage=UNSAID)``: the endpoint does not say what the request cost."""


@dataclass
class Reply:
    """An HTTP response, made to order. Where ``body`` is None it is the completion of the answer.

    Attributes:
        status: HTTP status.
        headers: Further headers.
        body: Sent as it is; a dictionary as JSON.
        answer: Answer of the model, where it is not the function's.
        message: Fields of the message that are not as usual, such as ``refusal``.
        finish: ``finish_reason``.
        usage: Reported usage; None for honest counts.
        delay: Seconds before anything is sent.
        trickle: Seconds between the bytes of the body.
        cut: Break the connection after so many bytes of the body.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | dict[str, Any] | None = None
    answer: dict[str, Any] | str | None = None
    message: dict[str, Any] = field(default_factory=dict)
    finish: str = "stop"
    usage: dict[str, Any] | None = None
    delay: float = 0.0
    trickle: float = 0.0
    cut: int | None = None


Answers = Callable[[dict[str, Any]], "dict[str, Any] | str | Reply | None"]


def texts_of(body: dict[str, Any]) -> dict[str, list[str]]:
    """The texts that ``quoted`` put into a request, by the names of their blocks."""
    found: dict[str, list[str]] = {}
    for message in body["messages"]:
        for block in _BLOCK.finditer(message["content"]):
            lines = [json.loads(line) for line in block[3].splitlines()]
            found.setdefault(block[1], []).extend(line["text"] for line in lines)
    return found


@contextmanager
def quick(second: float = 0.01) -> Iterator[None]:
    """Make pauses between repeated requests short."""
    before = wire.SECOND
    wire.SECOND = second
    try:
        yield
    finally:
        wire.SECOND = before


class Loopback:
    """An endpoint on loopback. Use it as a context manager.

    Args:
        answers: The model: takes a request's body and returns its answer (a dictionary becomes JSON), or a ``Reply``.
            In a batch, a ``Reply`` with another status is an entry that failed, and None one that expired.

    Attributes:
        requests: Bodies of the requests to ``/chat/completions``, in the order of their arrival.
        log: ``METHOD path`` of every request.
        authorization: Every ``Authorization`` header that came, or None where there was none.
        most_at_once: Most requests to ``/chat/completions`` that were under way together.
        script: Replies to the next requests to ``/chat/completions``, before the model is asked.
        scripts: The same for other requests, by ``METHOD path``; None in a list lets one pass.
        polls: How often a batch is asked for before it is over.
        batch_end: Status of batches that are over.
        batches: The batches, as the endpoint tells of them.
        files: Contents of files, by id.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.requests: list[dict[str, Any]] = []
        self.log: list[str] = []
        self.authorization: list[str | None] = []
        self.most_at_once = 0
        self.script: list[Reply] = []
        self.scripts: dict[str, list[Reply | None]] = {}
        self.polls = 2
        self.batch_end = "completed"
        self.batches: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._at_once = 0
        handler = type("Handler", (_Handler,), {"loopback": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def endpoint(self, **settings: Any) -> Endpoint:
        """The recipe part for this endpoint; it needs no key unless ``key`` is given."""
        return Endpoint(**{"model": "loopback", "base_url": self.base_url, "key": None, **settings})

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering: connections end, and further ones are refused."""
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()

    def order(self, *replies: Reply) -> None:
        """Reply so to the next requests to ``/chat/completions``."""
        with self._lock:
            self.script.extend(replies)

    # What follows is called by the handler.

    def chat(self, body: dict[str, Any]) -> Reply:
        with self._lock:
            self.requests.append(body)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            ordered = self.script.pop(0) if self.script else None
        try:
            reply = ordered or self.reply(body)
            assert reply is not None
            time.sleep(reply.delay)
            if reply.body is None and reply.status == 200:
                reply.body = completion(body, reply, self.answers)
        finally:
            with self._lock:
                self._at_once -= 1
        return reply

    def reply(self, body: dict[str, Any]) -> Reply | None:
        answer = self.answers(body)
        return answer if isinstance(answer, Reply) or answer is None else Reply(answer=answer)

    def upload(self, form: bytes, boundary: bytes) -> dict[str, Any]:
        parts = [part.partition(b"\r\n\r\n") for part in form.split(b"--" + boundary)]
        content = next(text for head, _, text in parts if b"filename=" in head)
        name = f"file-{uuid.uuid4().hex[:8]}"
        self.files[name] = content.removesuffix(b"\r\n")
        return {"id": name, "object": "file"}

    def create_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        batch = {
            "id": f"batch-{uuid.uuid4().hex[:8]}",
            "object": "batch",
            "status": "in_progress",
            "input_file_id": body["input_file_id"],
            "metadata": body.get("metadata"),
            "asked": 0,
        }
        self.batches[str(batch["id"])] = batch
        return batch

    def batch(self, name: str) -> dict[str, Any]:
        batch = self.batches[name]
        batch["asked"] += 1
        lines = self.files[batch["input_file_id"]].splitlines()
        batch["request_counts"] = {"completed": min(batch["asked"], len(lines)), "total": len(lines)}
        if batch["asked"] > self.polls and batch["status"] == "in_progress":
            batch["status"] = self.batch_end
            if self.batch_end == "failed":
                batch["errors"] = {"data": [{"message": "line 1 is not as it should be"}]}
            else:
                self._run(batch, [json.loads(line) for line in lines])
        return batch

    def _run(self, batch: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for line in reversed(lines):  # the order of a batch's results is nobody's promise
            self.requests.append(line["body"])
            reply = self.reply(line["body"])
            entry: dict[str, Any] = {"custom_id": line["custom_id"], "response": None, "error": None}
            if reply is None:
                entry["error"] = {"code": "batch_expired", "message": "not in time"}
            else:
                body = reply.body
                if body is None and reply.status == 200:
                    body = completion(line["body"], reply, self.answers)
                entry["response"] = {"status_code": reply.status, "body": body}
            (done if reply is not None and reply.status == 200 else failed).append(entry)
        for name, entries in (("output_file_id", done), ("error_file_id", failed)):
            if entries:
                batch[name] = f"file-{uuid.uuid4().hex[:8]}"
                self.files[batch[name]] = b"".join(json.dumps(e).encode() + b"\n" for e in entries)


def completion(body: dict[str, Any], reply: Reply, answers: Answers) -> dict[str, Any]:
    """The body of a completion, in the form of the OpenAI protocol."""
    answer = reply.answer
    if answer is None and "content" not in reply.message:
        made = answers(body)
        answer = made if isinstance(made, dict | str) else ""
    content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    message = {"role": "assistant", "content": content, "refusal": None, **reply.message}
    said = message["content"] if isinstance(message["content"], str) else ""
    asked = sum(len(m["content"].encode()) for m in body["messages"])
    usage = {"prompt_tokens": asked // 4 + 8, "completion_tokens": len(said.encode()) // 4 + 1}
    usage["total_tokens"] = sum(usage.values())
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex[:8]}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
        "usage": usage if reply.usage is None else reply.usage,
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *args: Any) -> None:
        self.connections: list[socket.socket] = []
        super().__init__(*args)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def server_close(self) -> None:
        """Close what waits for further requests too."""
        super().server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients go away in the middle: that is what is tested


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    loopback: Loopback

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"] or 0))
        path = self._note()
        if (ordered := self._ordered(path)) is not None and ordered.status >= 400:
            return self._send(ordered)
        if path == "/v1/chat/completions":
            self._send(self.loopback.chat(json.loads(content)))
        elif path == "/v1/files":
            boundary = self.headers["Content-Type"].partition("boundary=")[2].strip('"')
            self._json(self.loopback.upload(content, boundary.encode()), ordered)
        elif path == "/v1/batches":
            self._json(self.loopback.create_batch(json.loads(content)), ordered)
        else:
            self._send(Reply(404, body={"error": {"message": f"no {path}"}}))

    def do_GET(self) -> None:
        path = self._note()
        if (ordered := self._ordered(path)) is not None and ordered.status >= 400:
            return self._send(ordered)
        parts = path.removeprefix("/v1/").split("/")
        if parts == ["batches"]:
            self._json(self._list(), ordered)
        elif parts[0] == "batches" and parts[1] in self.loopback.batches:
            self._json(self.loopback.batch(parts[1]), ordered)
        elif parts[0] == "files" and parts[1] in self.loopback.files:
            self._send(Reply(body=self.loopback.files[parts[1]]))
        else:
            self._send(Reply(404, body={"error": {"message": f"no {path}"}}))

    def _list(self) -> dict[str, Any]:
        query = parse_qs(urlsplit(self.path).query)
        batches = list(self.loopback.batches.values())[::-1]  # newest first
        if "after" in query:
            names = [batch["id"] for batch in batches]
            batches = batches[names.index(query["after"][0]) + 1 :]
        limit = int(query.get("limit", ["20"])[0])
        return {"object": "list", "data": batches[:limit], "has_more": len(batches) > limit}

    def _note(self) -> str:
        path = urlsplit(self.path).path
        self.loopback.log.append(f"{self.command} {path}")
        self.loopback.authorization.append(self.headers["Authorization"])
        return path

    def _ordered(self, path: str) -> Reply | None:
        waiting = self.loopback.scripts.get(f"{self.command} {path}")
        return waiting.pop(0) if waiting else None

    def _json(self, body: dict[str, Any], how: Reply | None) -> None:
        """Send what the request brought about, in the way that was ordered: a made batch may go unheard."""
        how = how or Reply()
        self._send(Reply(how.status, how.headers, body, delay=how.delay, trickle=how.trickle, cut=how.cut))

    def _send(self, reply: Reply) -> None:
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body or {}).encode()
        try:
            self.send_response(reply.status)
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.cut is not None:
                self.wfile.write(body[: reply.cut])
                self._break()
            elif reply.trickle:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(reply.trickle)
            else:
                self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _break(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True
