# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was found out about the same things need not be found out again.

The preview reads a site over and over, and most of it is as it was. A function marked with
``remembered`` depends on nothing but its arguments, and changes none of them: within a ``Memory``
it is called once for the same ones. Texts, numbers and paths are the same where they are equal, all
else where it is the same object; ``same`` gives the object of last time for one that is equal to
it. Outside of a Memory, as in every command but ``serve``, nothing is kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import PurePath
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")

_BY_VALUE: Final = (str, bytes, int, float, date, PurePath, type(None))
_current: Final[ContextVar[Memory | None]] = ContextVar("memory", default=None)


class Memory:
    """The results of one round of work, for the next."""

    def __init__(self) -> None:
        self._last: dict[tuple[Any, ...], tuple[tuple[Any, ...], Any]] = {}
        self._now: dict[tuple[Any, ...], tuple[tuple[Any, ...], Any]] = {}

    @contextmanager
    def round(self) -> Iterator[None]:
        """Remember for the length of a round; what it did not ask for is forgotten at its end.

        A round that fails forgets nothing.
        """
        self._now = {}
        token = _current.set(self)
        try:
            yield
        except BaseException:
            self._last |= self._now
            raise
        else:
            self._last = self._now
        finally:
            _current.reset(token)

    def result(self, function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        """Give the result of a function, computed if it is not known."""
        named = (one if isinstance(one, _BY_VALUE) else (id(one),) for one in arguments)
        key = (function, *named)
        known = self._now.get(key) or self._last.get(key)
        if known is None:
            known = (arguments, function(*arguments))  # as long as they are kept, no id is reused
        self._now[key] = known
        return known[1]

    def same(self, name: str, value: Result) -> Result:
        """Give the object kept under a name if it is equal to this one, else keep this one."""
        known = self._now.get((name,)) or self._last.get((name,))
        if known is None or known[1] != value:
            known = ((), value)
        self._now[(name,)] = known
        return known[1]


def remembered(function: Callable[P, Result]) -> Callable[P, Result]:
    """Mark a function whose results a Memory may keep; it takes positional arguments."""

    @functools.wraps(function)
    def remembering(*arguments: P.args, **named: P.kwargs) -> Result:
        memory = _current.get()
        if memory is None or named:
            return function(*arguments, **named)
        return memory.result(function, arguments)

    return remembering


def same(name: str, value: Result) -> Result:
    """Give the object of the last round that is equal to this one, if there is one."""
    memory = _current.get()
    return value if memory is None else memory.same(name, value)
