from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from langret.errors import LanguageError, MissingDependencyError, StageError
from langret.language import Language, get_language
from langret.text import map_texts, mapping, workers

ja = get_language("ja")


def long_input() -> list[str]:
    """Enough text that workers pay: about 600,000 characters, all different, some empty."""
    return [f"{number}番目の文です。" * 20 if number % 7 else "" for number in range(3600)]


@pytest.mark.parametrize("method", ["normalize", "segment", "segmented", "analyze"])
def test_workers_give_what_one_process_gives(method: mapping.Method) -> None:
    texts = long_input()
    assert list(map_texts(ja, texts, method, processes=2)) == [getattr(ja, method)(text) for text in texts]


def test_small_inputs_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(mapping, "run_chunks", never)
    assert list(map_texts(ja, ["猫が好き"] * 10, "segment")) == [["猫", "が", "好き"]] * 10
    assert list(map_texts(ja, [], "segment")) == []
    assert len(list(map_texts(ja, long_input(), "normalize", processes=1))) == 3600


def test_a_large_input_does_start_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(mapping, "run_chunks", lambda *args: started.append(args[-1]) or iter([]))
    list(map_texts(ja, long_input(), "normalize", processes=3))
    assert started == [3]


def test_memory_is_bounded_and_results_stream() -> None:
    read = 0

    def source() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "あ" * 1000

    results = map_texts(ja, source(), "normalize", processes=2)
    for _ in range(1000):
        next(results)
    results.close()
    assert read < 4000  # a few chunks of 100 texts ahead of the consumer, not all of an endless source


def test_closing_early_ends_the_workers_at_once() -> None:
    results = map_texts(ja, ("あいう" * 500 for _ in range(100_000)), "segment", processes=2)
    next(results)
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 5
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("langret-text")]


def test_unknown_method_names_the_nearest() -> None:
    with pytest.raises(LanguageError, match='"segment"'):
        map_texts(ja, [], "segmant")  # type: ignore[arg-type]


class Unregistered(Language):
    code, name, script, version = "ja", "Not the registered one", "Jpan", "1"

    def normalize(self, text: str) -> str:
        return text.upper()

    def segment(self, text: str) -> list[str]:
        if text == "bad":
            raise ValueError("cannot")
        return text.split()

    def analyze(self, text: str) -> list[str]:
        return self.segment(text)


def test_an_unregistered_language_is_used_itself() -> None:
    assert set(map_texts(Unregistered(), ["ab"] * 300_000, "normalize", processes=2)) == {"AB"}


def test_a_failing_text_is_named() -> None:
    with pytest.raises(
        LanguageError, match=r"text 250000: Unregistered.segment failed with ValueError: cannot"
    ):
        list(map_texts(Unregistered(), ["good"] * 250_000 + ["bad"], "segment"))


# Workers, by tasks of this suite that a child finds by the path of a module on disk

TASKS = """
import os, signal, sys, time
from langret.errors import LangretError, MissingDependencyError

def double(): return lambda chunk: chunk * 2
def noisy():
    print("noise of a plugin")
    return lambda chunk: print("more noise") or chunk
def modules(): return lambda chunk: sorted(set(chunk) & set(sys.modules))
def fail(): return lambda chunk: 1 / 0
def friendly():
    raise MissingDependencyError("no parser", hint="Run: pip install parser")
def die(): return lambda chunk: os.kill(os.getpid(), signal.SIGKILL)
def wait_for_file():
    def task(chunk):
        while not os.path.exists(chunk):
            time.sleep(0.01)
        return chunk
    return task
def slow(): return lambda chunk: time.sleep(60)
"""


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text_tasks.py").write_text(TASKS)
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("tasks")
class TestWorkers:
    def test_order(self) -> None:
        assert list(workers.run_chunks("text_tasks:double", (), range(50), 3)) == [2 * n for n in range(50)]

    def test_chunks_larger_than_a_pipe_in_both_directions(self) -> None:
        chunks = [bytes([number]) * 3_000_000 for number in range(12)]
        assert list(workers.run_chunks("text_tasks:double", (), chunks, 2)) == [2 * chunk for chunk in chunks]

    def test_a_worker_has_its_next_chunk_while_it_works(self, tmp_path: Path) -> None:
        files = [str(tmp_path / "first"), str(tmp_path / "second")]
        worker = workers._Worker()
        try:
            worker.send(("text_tasks:wait_for_file", ()))
            worker.receive()
            with ThreadPoolExecutor(2) as pool:
                first = pool.submit(worker.ask, files[0])
                while not worker._receiving.locked():
                    time.sleep(0.01)
                second = pool.submit(worker.ask, files[1])
                while not worker._sending.locked():  # held until the first is answered
                    time.sleep(0.01)
                assert not first.done()
                for file in reversed(files):
                    Path(file).touch()
                assert [first.result(), second.result()] == files
        finally:
            worker.kill()

    def test_prints_do_not_disturb(self) -> None:
        assert list(workers.run_chunks("text_tasks:noisy", (), [1, 2], 1)) == [1, 2]

    def test_children_import_no_heavy_library(self) -> None:
        heavy = ["torch", "transformers", "numpy", "pyarrow"]
        assert list(workers.run_chunks("text_tasks:modules", (), [heavy], 1)) == [[]]

    def test_exception(self) -> None:
        with pytest.raises(StageError, match="ZeroDivisionError"):
            list(workers.run_chunks("text_tasks:fail", (), range(9), 2))

    def test_errors_for_people_arrive_as_they_are(self) -> None:
        with pytest.raises(MissingDependencyError, match="no parser") as caught:
            list(workers.run_chunks("text_tasks:friendly", (), range(9), 2))
        assert caught.value.hint == "Run: pip install parser"

    def test_a_killed_worker(self) -> None:
        with pytest.raises(StageError, match="ended in the middle"):
            list(workers.run_chunks("text_tasks:die", (), range(9), 2))

    def test_a_failing_source(self) -> None:
        def source() -> Iterator[int]:
            yield from range(20)
            raise OSError("disk gone")

        with pytest.raises(OSError, match="disk gone"):
            list(workers.run_chunks("text_tasks:double", (), source(), 2))


def test_ctrl_c_ends_everything_at_once(python_that_hears_ctrl_c, tmp_path: Path) -> None:
    (tmp_path / "text_tasks.py").write_text(TASKS)
    script = (
        "from langret.text.workers import run_chunks\n"
        "print('ready', flush=True)\n"
        "list(run_chunks('text_tasks:slow', (), range(100), 2))\n"
    )
    with python_that_hears_ctrl_c(script, PYTHONPATH=str(tmp_path)) as process:
        time.sleep(1)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert time.monotonic() - start < 10
    assert process.returncode != 0
    assert errors.count("Traceback") == 1  # the parent's own; none from each worker
