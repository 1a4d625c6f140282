"""The page over HTTP, for the people at this machine.

Other pages in the same browser can send requests here, and a name that points here can be made to look like theirs (DNS
rebinding). So a request must name a host that is this machine, and whatever searches or saves must carry the token that
only the page itself was given; neither can be had by a page from elsewhere.
"""

from __future__ import annotations

import errno
import hmac
import ipaddress
import json
import secrets
import socket
import sys
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from langret.errors import LangretError, StageError
from langret.serve.page import render_page
from langret.serve.site import Site

TOKEN = "X-Langret-Token"
LARGEST = 64 * 1024
"""Bytes of a request."""
_DRAINED = 16 * 1024 * 1024
_PORTS_TRIED = 50


class PageServer(ThreadingHTTPServer):
    """Serves one site; see ``make_server``."""

    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.token = secrets.token_urlsafe(24)
        self.site: Site | None = None
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler, bind_and_activate=False)

    def server_bind(self) -> None:
        """Bind without looking the machine's name up, which can take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.host, self.server_address[1]

    @property
    def url(self) -> str:
        """Where to open the page."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.server_port}/"

    def is_ours(self, host: str) -> bool:
        """Whether a Host header names this machine: an address, localhost, or the name that it is served under.

        Names that are none of these may be another's, made to point here.
        """
        name = host.strip().lower()
        name = name[1 : name.index("]")] if name.startswith("[") and "]" in name else name.rsplit(":", 1)[0]
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in {"localhost", self.host.lower(), socket.gethostname().lower()}
        return True

    def serve(self, site: Site) -> None:
        """Listen and answer until ``shutdown``."""
        self.site = site
        self.server_activate()
        self.serve_forever(poll_interval=0.2)


def make_server(host: str, port: int) -> PageServer:
    """Take a port; nobody is answered before ``PageServer.serve``.

    Args:
        host: Address or name of this machine; 127.0.0.1 is reached from this machine alone.
        port: Port; 0 takes any that is free.

    Raises:
        StageError: The port is taken, which hints at one that is free, or the address is not this machine's.
    """
    server = PageServer(host, port)
    try:
        server.server_bind()
    except (OSError, OverflowError) as error:
        server.server_close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            free = _free_port(host, port)
            hint = f"Give another one: --port {free} is free." if free else "Give another one with --port."
            raise StageError(f"Port {port} is taken by another program.", where=host, hint=hint) from error
        said = getattr(error, "strerror", None) or str(error)
        raise StageError(
            f"Port {port} cannot be used: {said}.", where=host, hint="Give others with --host and --port."
        ) from error
    return server


def _free_port(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for other in range(port + 1, min(port + _PORTS_TRIED, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, other))
            except OSError:
                continue
            return other
    return None


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version = "langret"
    sys_version = ""
    timeout = 60  # seconds that a silent connection may keep its thread

    def do_GET(self) -> None:
        """The page."""
        self._answer(self._page)

    def do_POST(self) -> None:
        """Everything else: state, search, explain, judge."""
        self._answer(self._call)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: queries are nobody's business but the page's."""

    def _answer(self, act: Callable[[], tuple[str, bytes, dict[str, str]]]) -> None:
        try:
            if not self.server.is_ours(self.headers.get("Host", "")):
                self.close_connection = True
                raise _Refused(HTTPStatus.FORBIDDEN, "The Host header does not name this machine.")
            kind, body, headers = act()
            self._send(HTTPStatus.OK, kind, body, headers)
        except _Refused as error:
            self._fail(error.status, str(error))
        except LangretError as error:
            self._fail(HTTPStatus.BAD_REQUEST, str(error))
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True  # the browser has gone
        except Exception:
            traceback.print_exc(file=sys.stderr)
            self._fail(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a bug in langret; its terminal says more.")

    def _page(self) -> tuple[str, bytes, dict[str, str]]:
        if self.path.split("?")[0] != "/":
            raise _Refused(HTTPStatus.NOT_FOUND, "There is only one page: /")
        nonce = secrets.token_urlsafe(16)
        assert self.server.site is not None
        page = render_page(self.server.site, self.server.token, nonce)
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return "text/html", page.encode("utf-8"), {"Content-Security-Policy": policy}

    def _call(self) -> tuple[str, bytes, dict[str, str]]:
        given = self._body()
        if not hmac.compare_digest(self.headers.get(TOKEN, "").encode(), self.server.token.encode()):
            raise _Refused(HTTPStatus.FORBIDDEN, "The page is of an earlier start: load it again.")
        site = self.server.site
        assert site is not None
        calls: dict[str, Callable[[], Any]] = {
            "/state": site.state,
            "/search": lambda: site.search(given.get("query"), given.get("system"), given.get("k", 10)),
            "/explain": lambda: site.explain(given.get("query"), given.get("system"), given.get("ids")),
            "/judge": lambda: site.judge(given.get("query"), given.get("passage"), given.get("grade")),
        }
        if self.path not in calls:
            raise _Refused(HTTPStatus.NOT_FOUND, f"Nothing answers here; there is {', '.join(calls)}.")
        return "application/json", json.dumps(calls[self.path](), ensure_ascii=False).encode("utf-8"), {}

    def _body(self) -> dict[str, Any]:
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if length < 0:
            self.close_connection = True
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, "A request says how long it is.")
        if length > LARGEST:
            self._drain(length)
            raise _Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The request has {length:,} bytes; at most {LARGEST:,} are read.",
            )
        try:
            value = json.loads(self.rfile.read(length))
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise _Refused(HTTPStatus.BAD_REQUEST, "A request is a JSON object.")
        return value

    def _drain(self, length: int) -> None:
        """Read on, so that the browser hears the answer and does not just see the connection go."""
        self.close_connection = True
        left = min(length, _DRAINED)
        while left > 0 and (read := self.rfile.read(min(left, 1 << 16))):
            left -= len(read)

    def _fail(self, status: HTTPStatus, message: str) -> None:
        body = json.dumps({"error": message}, ensure_ascii=False).encode("utf-8", "replace")
        try:
            self._send(status, "application/json", body, {})
        except OSError:
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        if self.close_connection:
            self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
