# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same function over many jobs, on all processors once there is enough to do."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_ENOUGH_JOBS: Final = 60
_CHUNKS_PER_WORKER: Final = 8
_inherited: tuple[Callable[[Any], Any], Sequence[Any]]
"""The function and its jobs, which forked workers have without their being sent."""


class WorkerEndedError(Exception):
    """Another process was ended from outside; the message says why and what to do."""


def in_order(function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
    """Give the function's result for each job, in the jobs' order.

    Workers are forks of this process, so the function may be any callable, and its results must be
    fit to be pickled. With few jobs, one processor, or other threads running (a fork would copy
    their locks), everything happens here.
    """
    workers = min(_processors(), len(jobs) * 2 // _ENOUGH_JOBS)
    if workers < 2 or threading.active_count() > 1 or "fork" not in _start_methods():
        yield from map(function, jobs)
        return
    global _inherited
    _inherited = (function, jobs)
    size = max(1, len(jobs) // (workers * _CHUNKS_PER_WORKER))
    context = multiprocessing.get_context("fork")
    life = os.pipe()
    try:
        with ProcessPoolExecutor(workers, context, _begin, life) as pool:
            yield from pool.map(_do, range(len(jobs)), chunksize=size)
    except BrokenProcessPool as error:
        raise WorkerEndedError(
            "A process that helped with the work was ended from outside, as a system does that "
            "runs out of memory. Nothing was replaced. Start the command again with more memory "
            "to spare, or on one processor, which takes less: taskset -c 0 ./run …"
        ) from error
    finally:
        for end in life:
            os.close(end)


def _begin(life: int, end_of_parent: int) -> None:
    """Set a worker up: it ends with its parent, however that ends, and leaves Ctrl-C to it."""
    for stopping in (signal.SIGINT, signal.SIGHUP):
        signal.signal(stopping, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.close(end_of_parent)
    threading.Thread(target=_end_with_parent, args=(life,), daemon=True).start()
    gc.freeze()  # a frozen inheritance is not looked through for garbage, and so not copied


def _end_with_parent(life: int) -> None:
    os.read(life, 1)  # nobody writes: it returns when the parent's end is closed
    os.kill(os.getpid(), signal.SIGKILL)


def _do(number: int) -> Any:
    function, jobs = _inherited
    return function(jobs[number])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _start_methods() -> list[str]:
    return multiprocessing.get_all_start_methods()
