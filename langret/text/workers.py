"""Processes that do the same work on chunk after chunk.

Not ``multiprocessing``: its spawned children import the caller's main script (and whatever heavy libraries
that imports), and forked ones inherit a parent whose torch threads may hold locks. These children start from
a bare interpreter, import one task, and speak over their pipes with the process that started them and nobody
else.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from queue import SimpleQueue
from threading import Lock
from typing import IO, Any

from langret.errors import LangretError, StageError

# Chunks a process has been sent: one in work, and one that is there when it has answered.
_AHEAD = 2
_LENGTH = struct.Struct("<Q")
_CHILD = "import sys; sys.path[:] = {path!r}; from langret.text.workers import serve; serve()"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_task(name: str, arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    """Call the factory ``module:function`` with its arguments; it returns the function that takes chunks."""
    module, _, function = name.partition(":")
    task: Callable[[Any], Any] = getattr(import_module(module), function)(*arguments)
    return task


def _write(pipe: IO[bytes], message: Any) -> None:
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(pipe.read(*_LENGTH.unpack(head)))


def serve() -> None:
    """Be a worker: read a task, then chunks, from standard input until it ends; answer on standard output."""
    source = sys.stdin.buffer
    # What a plugin prints must not end up among the answers.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def answer(function: Callable[..., Any], *arguments: Any) -> Any:
        result: Any = None
        error: Any = None
        try:
            result = function(*arguments)
        except LangretError as problem:
            error = problem
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}"
        # A task stays here; only what it makes of chunks travels.
        _write(sink, (error, None if callable(result) else result))
        return result

    with contextlib.suppress(EOFError, BrokenPipeError):
        task = answer(make_task, *_read(source))
        while task is not None:
            answer(task, _read(source))


class _Worker:
    def __init__(self) -> None:
        threads = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(threads, "1"), "TOKENIZERS_PARALLELISM": "false"},
            # Ctrl-C is the parent's business: it ends its workers itself, without a traceback from each.
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        self._sending, self._receiving = Lock(), Lock()

    def ask(self, message: Any) -> Any:
        """Send a message and wait for its answer. A second thread may ask meanwhile; its message waits in the pipe."""
        with self._sending:
            self.send(message)
            # taken before the next may send, so that answers are fetched in the order of their messages
            self._receiving.acquire()
        try:
            return self.receive()
        finally:
            self._receiving.release()

    def send(self, message: Any) -> None:
        with contextlib.suppress(BrokenPipeError):  # a dead worker is reported by ``receive``
            _write(self._input, message)

    def receive(self) -> Any:
        try:
            error, result = _read(self._output)
        except (EOFError, OSError, pickle.UnpicklingError, ValueError) as broken:
            status = self._process.wait()
            raise StageError(
                f"A worker process ended in the middle of its work (exit status {status}).",
                hint="Out of memory is the usual reason: give fewer processes.",
            ) from broken
        if error is None:
            return result
        raise error if isinstance(error, LangretError) else StageError(f"A worker process failed: {error}.")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._input, self._output):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def run_chunks(task: str, arguments: tuple[Any, ...], chunks: Iterable[Any], processes: int) -> Iterator[Any]:
    """Do a task on chunks in worker processes.

    At most three chunks a process are in work or waiting, so that neither a fast source nor a slow consumer
    fills the memory. The workers end with the iterator, however that ends.

    Args:
        task: ``module:function`` of a factory; called with ``arguments`` in each worker, it returns the
            function that takes a chunk.
        arguments: Picklable.
        chunks: Picklable.
        processes: Number of workers.

    Returns:
        Results in the order of the chunks.

    Raises:
        StageError: A worker died, or the task raised an exception other than a ``LangretError``; those are
            raised as they are.
    """
    workers = [_Worker() for _ in range(processes)]
    free: SimpleQueue[_Worker] = SimpleQueue()
    pending: deque[Future[Any]] = deque()

    def one(chunk: Any) -> Any:
        worker = free.get()
        try:
            return worker.ask(chunk)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(_AHEAD * processes, thread_name_prefix="langret-text")
    try:
        for worker in workers:
            worker.send((task, arguments))
        for worker in workers:
            worker.receive()
        for worker in workers * _AHEAD:
            free.put(worker)
        for chunk in chunks:
            pending.append(pool.submit(one, chunk))
            if len(pending) >= 3 * processes:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()
        for worker in workers:
            worker.kill()
        pool.shutdown()
