"""The runner: nothing finished is repeated, nothing half done is taken for finished."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
import torch
from rich.console import Console

from langret.errors import DataError, StageError
from langret.pipeline import Stage, Store, run_stages
from langret.pipeline.display import Display, Pace, duration
from langret.pipeline.runner import one_line


class Toy:
    """read -> double -> total, counting how often each ran."""

    def __init__(self, count=3, factor=2, sources=()):
        self.ran = []
        self.read = Stage("read", "Reading numbers", self._read, params={"count": count})
        self.double = Stage(
            "double", "Doubling", self._double, (self.read,), params={"factor": factor}, sources=sources
        )
        self.total = Stage("total", "Adding up", self._total, (self.double,))

    def _read(self, context):
        self.ran.append("read")
        (context.folder / "numbers.json").write_text(json.dumps(list(range(context.params["count"]))))
        return {"numbers": {"in": 4, "kept": context.params["count"]}}

    def _double(self, context):
        self.ran.append("double")
        numbers = json.loads((context.inputs["read"] / "numbers.json").read_text())
        out = [n * context.params["factor"] for n in context.track(numbers)]
        (context.folder / "numbers.json").write_text(json.dumps(out))

    def _total(self, context):
        self.ran.append("total")
        context.log("adding")
        return {"total": sum(json.loads((context.inputs["double"] / "numbers.json").read_text()))}


def run(toy, root, console=None):
    toy.ran.clear()
    done = run_stages([toy.total], Store(root), console=console)
    return done["total"].summary["total"], list(toy.ran)


def test_finished_stages_are_not_repeated(tmp_path):
    assert run(Toy(), tmp_path) == (6, ["read", "double", "total"])
    assert run(Toy(), tmp_path) == (6, [])


def test_a_param_runs_only_what_is_downstream(tmp_path):
    run(Toy(), tmp_path)
    assert run(Toy(factor=3), tmp_path) == (9, ["double", "total"])
    assert run(Toy(), tmp_path) == (6, []), "the earlier results are still there"


def test_changed_code_runs_again(tmp_path):
    (tmp_path / "code.py").write_text("a = 1\n")
    sources = (tmp_path / "code.py",)
    run(Toy(sources=sources), tmp_path / "run")
    assert run(Toy(sources=sources), tmp_path / "run")[1] == []
    (tmp_path / "code.py").write_text("a = 10\n")
    assert run(Toy(sources=sources), tmp_path / "run")[1] == ["double", "total"]


def test_plain_lines_where_there_is_no_terminal(tmp_path):
    for expected in ("[2/3] Doubling", "[2/3] Doubling  cached"):
        out = io.StringIO()
        run(Toy(), tmp_path, Console(file=out, width=40))
        text = out.getvalue()
        assert expected in text and "\x1b" not in text
        assert "numbers 3 of 4" in text and "total 6" in text
    assert "adding" not in text, "a cached stage has nothing to log"


def test_a_terminal_gets_a_bar(tmp_path):
    out = io.StringIO()
    run(Toy(), tmp_path, Console(file=out, force_terminal=True, width=100))
    assert "\x1b" in out.getvalue() and "adding" in out.getvalue()


def test_progress_lines_are_rare_in_a_log_file(monkeypatch):
    out = io.StringIO()
    clock = iter([0.0, 5.0, 25.0, 26.0])
    monkeypatch.setattr("langret.pipeline.display.time.monotonic", lambda: next(clock))
    display = Display(Console(file=out, width=80), 1)
    with display.running("Mining") as progress:
        for done in (10, 2000, 3000):
            progress(done, 4000, "queries")
    assert [line.strip() for line in out.getvalue().splitlines()] == [
        "… [1/1] Mining",
        "Mining: 2,000 of 4,000 queries, 99.5/s, 20.1 s left",
    ]


def test_the_pace_is_that_of_this_run():
    pace = Pace()
    assert pace.rate() == pace.remaining(10) == ""
    pace.at(100, 5.0)  # what was done before a kill
    assert pace.rate() == pace.remaining(200) == ""
    pace.at(110, 25.0)
    assert (pace.rate(), pace.remaining(200)) == ("2.0 s each", "3 min 00 s left")
    assert pace.remaining(None) == pace.remaining(110) == ""
    pace.at(1, 30.0)  # something else begins
    assert pace.rate() == ""


def test_an_error_leaves_nothing_half_written(tmp_path):
    def fail(context):
        (context.folder / "half").write_text("x")
        (context.scratch / "checkpoint").write_text("x")
        raise DataError("broken", where="corpus.jsonl:17")

    toy = Toy()
    bad = Stage("bad", "Failing", fail, (toy.total,))
    with pytest.raises(DataError, match=r"corpus\.jsonl:17"):
        run_stages([bad], Store(tmp_path))
    assert sorted(p.name.split("-")[0] for p in (tmp_path / "stages").iterdir()) == [
        "double",
        "read",
        "total",
    ]
    assert (Store(tmp_path).scratch(bad) / "checkpoint").exists()
    assert run(Toy(), tmp_path)[1] == []


def test_a_summary_that_is_not_json_fails_the_stage(tmp_path):
    bad = Stage("bad", "Failing", lambda context: {"x": object()})
    with pytest.raises(TypeError):
        run_stages([bad], Store(tmp_path))
    assert list((tmp_path / "stages").iterdir()) == []


def test_ctrl_c_leaves_nothing_half_written(tmp_path):
    def stop(context):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_stages([Stage("bad", "Stopping", stop)], Store(tmp_path))
    assert list((tmp_path / "stages").iterdir()) == []


def test_full_disk_is_told_and_finished_stages_stay(tmp_path):
    def fill(context):
        (context.folder / "big").write_bytes(b"x" * 2048)
        raise OSError(errno.ENOSPC, "No space left on device")

    toy = Toy()
    with pytest.raises(StageError) as caught:
        run_stages([Stage("fill", "Filling", fill, (toy.total,))], Store(tmp_path))
    message = str(caught.value)
    assert "The disk is full" in message and "2.0 KiB" in message and "free" in message
    assert "Finished stages are safe" in message and '"Filling"' in message
    assert not list((tmp_path / "stages").glob("*partial*"))
    assert run(Toy(), tmp_path)[1] == []


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        torch.AcceleratorError("CUDA error: out of memory"),  # of CUDA itself, beside other programs
    ],
)
def test_full_device_is_told(tmp_path, error):
    def work(context):
        raise error

    with pytest.raises(StageError, match=r"Searching: the device ran out of memory.*nvidia-smi"):
        run_stages([Stage("search", "Searching", work)], Store(tmp_path))


def test_another_error_of_the_device_is_no_full_device(tmp_path):
    def work(context):
        raise torch.AcceleratorError("CUDA error: device-side assert triggered")

    with pytest.raises(torch.AcceleratorError, match="assert"):
        run_stages([Stage("search", "Searching", work)], Store(tmp_path))


SCRIPT = textwrap.dedent(
    """
    import os, resource, sys, time
    from pathlib import Path
    from langret.pipeline import Stage, Store, run_stages
    root, mode = Path(sys.argv[1]), sys.argv[2]

    def note(text):
        with (root.parent / "ran.txt").open("a") as out:
            out.write(text + "\\n")

    def first(context):
        note("first")
        (context.folder / "a").write_text("a")

    def second(context):
        state = context.scratch / "step"
        step = int(state.read_text()) if state.exists() else 0
        note(f"second from {step}")
        (context.folder / "half").write_text("half")
        while step < 10:
            step += 1
            state.write_text(str(step))
            if mode == "hang" and step == 4:
                print("hanging", flush=True)
                time.sleep(60)
        if mode == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
            (context.folder / "big").write_bytes(b"x" * 200_000)
        return {"steps": step}

    a = Stage("first", "First", first)
    b = Stage("second", "Second", second, (a,))
    print(run_stages([b], Store(root))["second"].summary)
    heavy = [m for m in ("torch", "transformers", "numpy", "pyarrow") if m in sys.modules]
    print("heavy", heavy)
    """
)


@pytest.fixture
def script(tmp_path):
    (tmp_path / "toy.py").write_text(SCRIPT)

    def start(mode):
        return subprocess.Popen(
            [sys.executable, str(tmp_path / "toy.py"), str(tmp_path / "run"), mode],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_kill_9_in_a_stage_then_continue(script, tmp_path):
    process = script("hang")
    assert process.stdout.readline() == "hanging\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(list((tmp_path / "run" / "stages").glob("second-*.partial-*"))) == 1
    out, err = script("finish").communicate()
    assert "{'steps': 10}" in out, err
    assert (tmp_path / "ran.txt").read_text().splitlines() == ["first", "second from 0", "second from 4"]
    folders = sorted((tmp_path / "run" / "stages").iterdir())
    assert [p.name.split("-")[0] for p in folders] == ["first", "second"] and "partial" not in folders[1].name
    assert not list((tmp_path / "run" / "scratch").iterdir()), "finished stages need no checkpoints"


def test_two_runs_at_once(script, tmp_path):
    process = script("hang")
    try:
        assert process.stdout.readline() == "hanging\n"
        second = script("finish")
        _, err = second.communicate()
        assert second.returncode == 1 and f"process {process.pid}, since " in err
        assert (tmp_path / "ran.txt").read_text().splitlines() == ["first", "second from 0"]
        assert list((tmp_path / "run" / "stages").glob("second-*.partial-*")), (
            "the first run's work is untouched"
        )
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="resource limits exist only on POSIX")
def test_a_limit_on_file_size(script, tmp_path):
    process = script("limit")
    _, err = process.communicate()
    assert process.returncode == 1 and "StageError" in err and "The disk is full" in err
    assert "needs more than that" in err
    assert [p.name.split("-")[0] for p in (tmp_path / "run" / "stages").iterdir()] == ["first"]


def test_a_finished_run_is_quick_and_light(script):
    script("finish").communicate()
    start = time.perf_counter()
    out, _ = script("finish").communicate()
    assert "heavy []" in out
    assert time.perf_counter() - start < 5


def test_summaries_on_one_line():
    assert one_line(
        {"passages": {"in": 1200, "kept": 1000, "empty": 200}, "queries": 3000, "lr": 0.0005}
    ) == ("passages 1,000 of 1,200, queries 3,000, lr 0.0005")
    assert one_line({"line": "all well", "x": 1}) == "all well"
    assert one_line({"nested": {"a": 1}, "flag": True}) == "flag True"
    assert len(one_line({"text": "x" * 500})) == 100


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0 s"), (59.94, "59.9 s"), (187, "3 min 07 s"), (7500, "2 h 05 min")]
)
def test_durations(seconds, text):
    assert duration(seconds) == text
