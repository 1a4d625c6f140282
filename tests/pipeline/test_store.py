"""The store: what counts as finished, what is moved aside, who holds the folder."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from langret.errors import StageError
from langret.pipeline import Stage, Store, StoreWarning, run_stages
from langret.pipeline.store import is_full_disk
from langret.report.words import human


def write(context):
    (context.folder / "part").mkdir()
    (context.folder / "part" / "a.txt").write_text("abc")
    return {"rows": 3}


@pytest.fixture
def stage():
    return Stage("read", "Reading", write, params={"b": 1, "a": "質問"})


@pytest.fixture
def store(tmp_path, stage):
    store = Store(tmp_path / "run")
    run_stages([stage], store)
    return store


def test_stage_json_says_what_made_it(store, stage):
    facts = json.loads((store.folder(stage) / "stage.json").read_text(encoding="utf-8"))
    assert facts["name"] == "read" and facts["fingerprint"] == stage.fingerprint
    assert facts["params"] == {"a": "質問", "b": 1} and facts["summary"] == {"rows": 3}
    assert facts["files"] == {"part/a.txt": 3}
    assert facts["versions"]["python"].count(".") == 2 and "pyarrow" in facts["versions"]
    assert store.load(stage).summary == {"rows": 3}
    assert [(r.name, r.cached) for r in store.rows([stage])] == [("read", True)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda f: (f / "stage.json").write_text('{"schema": 1, "fing'),
        lambda f: (f / "stage.json").write_bytes(b"\xff\xfe"),
        lambda f: (f / "stage.json").write_text("[]"),
        lambda f: (f / "stage.json").write_text("{}"),
        lambda f: (f / "stage.json").unlink(),
        lambda f: (f / "part" / "a.txt").unlink(),
        lambda f: (f / "part" / "a.txt").write_text("ab"),
    ],
)
def test_unusable_results_are_absent_then_moved_aside(store, stage, damage):
    folder = store.folder(stage)
    damage(folder)
    with pytest.warns(StoreWarning, match="cannot be used"):
        assert store.load(stage) is None
    assert folder.is_dir(), "looking must change nothing"
    done = run_stages([stage], store)
    assert (done["read"].folder / "part" / "a.txt").read_text() == "abc"
    assert [p.name for p in store.stages.glob("*.broken-*")] == [f"{stage.key}.broken-1"]


def test_a_result_of_another_stage_is_not_taken(store, stage):
    other = Stage("read", "Reading", write, params={"b": 2})
    store.folder(stage).rename(store.folder(other))
    with pytest.warns(StoreWarning, match="another stage"):
        assert store.load(other) is None


def test_sweep_removes_only_the_half_written(store, stage):
    (store.stages / "mine-0123456789ab.partial-1").mkdir()
    (store.stages / "mine-0123456789ab.partial-1" / "x").write_bytes(b"12345")
    assert store.sweep() == 5
    assert [p.name for p in store.stages.iterdir()] == [stage.key]


def test_a_second_lock_names_the_holder(store):
    with store.lock():
        code = f"from langret.pipeline import Store\nwith Store({str(store.root)!r}).lock(): pass"
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert out.returncode == 1
        assert f"StageError: {store.root}: Another run is at work" in out.stderr
        assert f"process {os.getpid()}, since 20" in out.stderr
    with store.lock():
        pass
    assert not (store.root / ".lock.json").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forked workers exist only on POSIX")
def test_orphaned_workers_do_not_keep_the_lock(tmp_path):
    """`kill -9` on a run with worker processes: the orphans must not lock the folder for ever."""
    code = textwrap.dedent(
        f"""
        import os, time
        from langret.pipeline import Store
        with Store({str(tmp_path)!r}).lock():
            if os.fork() == 0:
                print(os.getpid(), flush=True)
            time.sleep(60)
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    orphan = int(parent.stdout.readline())
    try:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        os.kill(orphan, 0)
        with Store(tmp_path).lock():
            pass
    finally:
        os.kill(orphan, signal.SIGKILL)
        parent.stdout.close()


def test_a_run_folder_that_is_a_file_is_an_error_for_people(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(StageError, match="cannot be written"), Store(tmp_path / "run").lock():
        pass


def test_full_disks_are_recognised_through_wrappers():
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            raise RuntimeError("while saving") from error
    except RuntimeError as wrapped:
        assert is_full_disk(wrapped)
    assert is_full_disk(
        RuntimeError("Error while serializing: I/O error: No space left on device (os error 28)")
    )
    assert not is_full_disk(OSError(errno.EACCES, "Permission denied"))
    assert not is_full_disk(ValueError("x"))


def test_sizes_for_people():
    assert [human(n) for n in (0, 1023, 1024, 1536 * 1024**2, 3 * 1024**4)] == [
        "0 bytes",
        "1023 bytes",
        "1.0 KiB",
        "1.5 GiB",
        "3.0 TiB",
    ]


def test_looking_is_quick(store, stage):
    start = time.perf_counter()
    for _ in range(20):
        assert store.load(stage)
    assert time.perf_counter() - start < 1
