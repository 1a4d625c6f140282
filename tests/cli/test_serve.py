"""`langret serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from typer.testing import CliRunner

from langret.cli.main import app
from tests.report.folders import make_run
from tests.serve.conftest import members, run  # noqa: F401


def invoke(*words: str):
    return CliRunner().invoke(app, ["serve", *words])


def test_no_such_run_is_one_line(tmp_path) -> None:
    done = invoke(str(tmp_path / "none"))
    assert done.exit_code == 2 and done.stdout == ""
    assert "There is no such run folder." in done.stderr and done.stderr.count("\n") == 1


def test_an_unfinished_run_says_what_it_waits_for(tmp_path) -> None:
    done = invoke(str(make_run(tmp_path / "own", language="und", missing=["train-dense", "train-colbert"])))
    assert done.exit_code == 2 and 'missing: "Training dense (dense)"' in done.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_encoded(run) -> None:  # noqa: F811
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = invoke(str(run), "--port", str(port))
    assert (
        done.exit_code == 2
        and f"Port {port} is taken by another program. Give another one: --port" in done.stderr
    )
    assert not (run / "search").exists()


def test_it_says_where_it_is_and_stops_at_ctrl_c(run) -> None:  # noqa: F811
    command = [sys.executable, "-m", "langret", "serve", str(run), "--port", "0", "--judge", "ana"]
    with subprocess.Popen(
        command,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            assert process.stdout is not None and process.stderr is not None
            said = [process.stdout.readline() for _ in range(3)]
            assert said[0] == "own: 12 passages of test, bm25, dense, colbert\n"
            assert said[1] == f"Judgements: {run}/judgements/test (0 queries)\n"
            assert said[2].startswith("Open http://127.0.0.1:") and said[2].endswith("/ (Ctrl-C stops)\n")
            url = said[2].split()[1]
            end = time.monotonic() + 10
            while True:
                try:
                    assert b"own" in urllib.request.urlopen(url, timeout=10).read()
                    break
                except OSError:
                    assert time.monotonic() < end
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
            assert process.returncode == 0 and out.startswith("\nStopped. 0 queries have judgements in ")
            assert err.splitlines()[0] == "Indexing for BM25" and "Encoding with dense (12 passages)" in err
            assert "Traceback" not in err and "Loading weights" not in err
        finally:
            process.kill()
