"""Several processes, one to a device, that train together.

The first of them runs the recipe. The others wait until it comes to a stage that trains, take part in that, and wait
again. They are started by ``--devices``, by torchrun or by accelerate; all set the same variables (``RANK``,
``WORLD_SIZE`` and where to find the first). Whoever started them ends them all when one fails.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import LangretError, StageError
from langret.pipeline.stage import Context, Stage

if TYPE_CHECKING:
    from langret.recipe.load import LoadedRecipe

_POLL = 0.2
_GRACE = 5.0
"""Seconds in which the first process may tell of an error that all have, or the others see that the run is over."""
_END = "end"


def rank() -> int:
    """Number of this process among those that train together; the first runs the recipe."""
    return int(os.environ.get("RANK", "0"))


def size() -> int:
    """Number of processes that train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def start(count: int, work: Callable[..., None], *args: Any) -> None:
    """Call ``work(*args)`` in so many processes on this machine, and wait for their end.

    When one fails the others are ended; when this process is killed they end as well.

    Args:
        count: Number of processes; with GPUs at most one for each.
        work: A function of a module, which says itself what is wrong and exits.
        *args: Its arguments.

    Raises:
        StageError: There are fewer GPUs, or a process was killed.
        SystemExit: A process failed and has said why.
    """
    import torch
    from torch.multiprocessing.spawn import ProcessExitedException, spawn

    if torch.cuda.is_available():
        found = torch.cuda.device_count()
        if count > found:
            raise StageError(f"{count} devices are asked for; torch sees {found}.", where="--devices")
    else:
        os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // count)))
    try:
        spawn(_process, (count, _free_port(), work, args), nprocs=count)
    except ProcessExitedException as error:
        if error.exit_code > 0:
            sys.exit(error.exit_code)
        raise StageError(
            f"process {error.error_index} of {count} was killed ({error.signal_name}).",
            hint="The system kills a process that needs more memory than there is.",
        ) from error


@contextmanager
def leading() -> Iterator[None]:
    """In the first process: what runs inside may call the others; in the end they are let go."""
    global _crew
    if size() == 1:
        yield
        return
    _crew = _Crew()
    try:
        yield
    except BaseException:
        _crew.order(_END)
        raise
    else:
        _crew.order(_END)
        _crew.see_off()
    finally:
        _crew = None


def call(stage: Stage) -> None:
    """Have the other processes, if there are any, take part in a stage that trains."""
    if _crew is not None and stage.together:
        _crew.order(stage.key)
        _crew.join()


def follow(loaded: LoadedRecipe, runs: Path, seeds: int = 1) -> None:
    """In the other processes: take part in every stage that the first one calls, until the run is over.

    Args:
        loaded: The recipe, as the first process has it.
        runs: Folder of all runs; the same for all, on a disk that all can read.
        seeds: With how many seeds the first process runs it.

    Raises:
        StageError: The first process has another recipe, data or version of langret.
    """
    import langret.training.stages  # noqa: F401 - before the first call, which then need not wait for it
    from langret.pipeline.plan import plan_recipe
    from langret.pipeline.seeds import with_seed

    crew = _Crew()
    first = loaded.recipe.seed
    while (key := crew.next()) != _END:
        # planned only now: the first process has written the lock file
        plans = (plan_recipe(with_seed(loaded, seed), runs=runs) for seed in range(first, first + seeds))
        found = ((stage, plan.store) for plan in plans for stage in plan.stages if stage.key == key)
        stage, store = next(found, (None, None))
        if stage is None:
            raise StageError(
                f"process {rank()} knows no stage {key}, which the first process runs.",
                hint="All machines need the same recipe, data, code and versions.",
            )
        crew.join()
        try:
            _take_part(stage, store)
        except LangretError as error:
            time.sleep(
                _GRACE
            )  # an error that all have is told by the first, and this process ended meanwhile
            raise type(error)(
                f"process {rank()}: {error.message}", where=error.where, hint=error.hint
            ) from error


def _take_part(stage: Stage, store: Any) -> None:
    """Run a stage beside the first process, whose result counts; this one's is thrown away."""
    import shutil

    aside = (
        store.stages / f"{stage.key}.partial-rank{rank()}"
    )  # swept by the next run where this one is killed
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    inputs = {needed.name: store.folder(needed) for needed in stage.inputs}
    try:
        stage.run(
            Context(aside, store.scratch(stage), inputs, store.cache, stage.params, log=lambda text: None)
        )
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Crew:
    """The line between the processes: orders, numbered from 0, in torch's key-value store."""

    def __init__(self) -> None:
        from torch.distributed import rendezvous

        self._store, *_ = next(iter(rendezvous("env://")))
        self._orders = 0

    def order(self, text: str) -> None:
        """Tell the others what comes next."""
        self._store.set(f"langret-order-{self._orders}", text)
        self._orders += 1

    def next(self) -> str:
        """Wait for the next order; the first process may take days over what comes before."""
        from torch.distributed import DistError

        key = f"langret-order-{self._orders}"
        try:
            while not self._store.check([key]):
                time.sleep(_POLL)
            text = self._store.get(key).decode()
        except (DistError, RuntimeError):  # the first process is gone, and has said why
            return _END
        self._orders += 1
        if text == _END:
            self._store.add("langret-left", 1)
        return text

    def see_off(self) -> None:
        """Keep the line open until all have read that it is over."""
        until = time.monotonic() + _GRACE
        while self._store.add("langret-left", 0) < size() - 1 and time.monotonic() < until:
            time.sleep(_POLL)

    def join(self) -> None:
        """Make the processes one group of torch's, each with its device."""
        import torch
        import torch.distributed as dist

        if dist.is_initialized():
            return
        cuda = torch.cuda.is_available()
        if cuda:
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        else:
            # accelerate would number processors like GPUs, and torch cannot load an optimiser to "cpu:1"
            os.environ["ACCELERATE_TORCH_DEVICE"] = "cpu"
        dist.init_process_group(
            "cpu:gloo,cuda:nccl" if cuda else "gloo",
            store=dist.PrefixStore("langret-training", self._store),
            rank=rank(),
            world_size=size(),
        )


_crew: _Crew | None = None


def _process(number: int, count: int, port: int, work: Callable[..., None], args: tuple[Any, ...]) -> None:
    """One of the processes that ``start`` starts."""
    numbers = {"RANK": number, "LOCAL_RANK": number, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count}
    os.environ.update({name: str(value) for name, value in numbers.items()})
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    try:
        work(*args)
    except KeyboardInterrupt:
        sys.exit(130)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
