"""Answers outlive the process, and nothing is paid for twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import field_validator

from langret.errors import StageError
from langret.llm import LLM, Prompt
from langret.llm.cache import Cache, Kept
from langret.llm.prompt import request_of
from tests.llm.loopback import Loopback, Reply
from tests.llm.shapes import Verdict, judge, prompt, prompts

KEPT = Kept("", '{"relevant": [], "sure": 0}', 3, 4)


@pytest.fixture
def model() -> Iterator[Loopback]:
    with Loopback(judge) as model:
        yield model


def asking(model: Loopback, folder: Path, n: int) -> subprocess.Popen[str]:
    """A process of its own that asks prompts and prints how many answers it has."""
    code = f"""
        from pathlib import Path
        from langret.llm import LLM
        from langret.recipe.schema import Endpoint
        from tests.llm.loopback import quick
        from tests.llm.shapes import prompts
        with quick():
            llm = LLM(Endpoint(model="loopback", base_url={model.base_url!r}, key=None), Path({str(folder)!r}))
            for answer in llm.ask(prompts({n}), lambda done: print(done, flush=True)):
                assert not answer.problem
            print("calls", llm.usage.calls, flush=True)
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )


def test_a_killed_run_goes_on_where_it_was(model: Loopback, tmp_path: Path) -> None:
    model.answers = lambda body: Reply(answer=judge(body), delay=0.01)
    process = asking(model, tmp_path, 120)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "30":
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    process.stdout.close()
    paid = len(model.requests)
    assert paid < 120
    llm = LLM(model.endpoint(), tmp_path)
    answers = list(llm.ask(prompts(120)))
    assert [answer.problem for answer in answers] == [""] * 120
    assert llm.usage.cached >= 30
    # lost are the requests under way at the kill, and those whose answers were on their way to the disk
    assert len(model.requests) <= 120 + 2 * model.endpoint().concurrency


def test_processes_share_a_cache(model: Loopback, tmp_path: Path) -> None:
    processes = [asking(model, tmp_path, 40) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(int(output.split()[-1]) for output in outputs) == len(model.requests) <= 80
    llm = LLM(model.endpoint(), tmp_path)
    list(llm.ask(prompts(40)))
    assert (llm.usage.calls, llm.usage.cached) == (0, 40)


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def write(thread: int) -> None:
        for number in range(20):
            cache.put(bytes([thread, number]), Kept("", f"{thread} {number}", thread, number))

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.close()
    again = Cache(tmp_path)
    for thread in range(8):
        for number in range(20):
            assert again.get(bytes([thread, number])) == Kept("", f"{thread} {number}", thread, number)
    again.close()


def test_a_cache_of_another_version_is_refused(model: Loopback, tmp_path: Path) -> None:
    Cache(tmp_path).close()
    with sqlite3.connect(tmp_path / "answers.sqlite") as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    for work in (LLM(model.endpoint(), tmp_path).ask, LLM(model.endpoint(), tmp_path).estimate):
        with pytest.raises(StageError, match="format 99") as caught:
            list(work(prompts(1)))  # type: ignore[call-overload]
        assert str(tmp_path) in str(caught.value.where)
    assert not model.log


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "answers.sqlite") as file:
        file.execute("CREATE TABLE recipes (cake TEXT)")
    file.close()
    with pytest.raises(StageError, match="no cache of answers"):
        Cache(tmp_path)
    (tmp_path / "answers.sqlite").write_bytes(b"These are not the answers you are looking for." * 100)
    with pytest.raises(StageError, match="Delete the file"):
        Cache(tmp_path)
    with pytest.raises(StageError, match="cannot be used"):
        Cache(tmp_path / "answers.sqlite" / "folder")


def test_a_full_disk_ends_the_job_and_keeps_what_was_written(
    model: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small(Cache):
        """SQLite says that the disk is full when a file would grow over its limit."""

        def _prepare(self, file: sqlite3.Connection) -> None:
            super()._prepare(file)
            file.execute("PRAGMA max_page_count = 6")

    monkeypatch.setattr("langret.llm.client.Cache", Small)
    with pytest.raises(StageError, match="is full") as caught:
        list(LLM(model.endpoint(), tmp_path).ask(prompts(500)))
    assert "Make room" in str(caught.value.hint)
    monkeypatch.undo()
    kept = LLM(model.endpoint(), tmp_path).estimate(prompts(500)).cached
    assert 0 < kept <= len(model.requests) < 500


def test_a_failed_write_leaves_the_cache_usable(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.open_batch("token", "here", [b"a"])
    with pytest.raises(StageError, match="UNIQUE"):
        cache.open_batch("token", "here", [b"b"])
    assert cache.owed(b"a") == "token" and cache.owed(b"b") is None
    cache.put(b"c", KEPT)
    cache.close_batch("token", [(b"a", KEPT)])
    assert (cache.get(b"a"), cache.get(b"c"), cache.owed(b"a"), cache.batches("here")) == (
        KEPT,
        KEPT,
        None,
        {},
    )
    cache.close()


def test_a_shape_that_became_stricter_is_asked_again(model: Loopback, tmp_path: Path) -> None:
    """A validator is not seen in the schema, hence not in the key."""
    list(LLM(model.endpoint(), tmp_path).ask([prompt(1)]))

    class Strict(Verdict):
        @field_validator("sure")
        @classmethod
        def _never_half(cls, value: float) -> float:
            if value == 0.5:
                raise ValueError("half is not sure")
            return value

    Strict.__name__ = "Verdict"
    Strict.__doc__ = Verdict.__doc__
    Strict.model_config["title"] = "Verdict"
    Strict.model_rebuild(force=True)
    strict = Prompt(prompt(1).system, prompt(1).user, Strict)
    endpoint = model.endpoint()
    assert request_of(endpoint, strict).key == request_of(endpoint, prompt(1)).key
    model.answers = lambda body: {"relevant": [True], "sure": 0.75}
    (answer,) = LLM(model.endpoint(), tmp_path).ask([strict])
    assert (answer.problem, answer.cached, len(model.requests)) == ("", False, 2)
