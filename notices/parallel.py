# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same function over many jobs, on all processors once there is enough to do."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Final, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_ENOUGH_JOBS: Final = 60
_CHUNKS_PER_WORKER: Final = 8
_inherited: tuple[Callable[[Any], Any], Sequence[Any]]
"""The function and its jobs, which forked workers have without their being sent."""


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
    # A frozen inheritance is not looked through for garbage, and so not copied.
    with ProcessPoolExecutor(workers, mp_context=context, initializer=gc.freeze) as pool:
        yield from pool.map(_do, range(len(jobs)), chunksize=size)


def _do(number: int) -> Any:
    function, jobs = _inherited
    return function(jobs[number])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _start_methods() -> list[str]:
    return multiprocessing.get_all_start_methods()
