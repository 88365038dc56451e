# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was found out about the same things need not be found out again.

The preview reads a site over and over, and most of it is as it was. A function marked with
``remembered`` depends on nothing but its arguments, and changes none of them: within a ``Memory``
it is called once for the same ones. Texts, whole numbers, days and paths are the same where they
are equal and of one type, tuples where their parts are, all else where it is the same object;
``same`` gives the object of last time for one that reads the same. Outside of a Memory, as in every
command but ``serve``, nothing is kept.

What a result was made of is kept for as long as the result: a notice's findings may be asked for a
hundred times, and when one of its sections changes, what was known of the others is still there.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, Final, ParamSpec, TypeVar
from weakref import WeakValueDictionary

P = ParamSpec("P")
Result = TypeVar("Result")

_BY_VALUE: Final = (str, bytes, int, date, PurePath, type(None))
_current: Final[ContextVar[Memory | None]] = ContextVar("memory", default=None)


@dataclass(eq=False, slots=True, weakref_slot=True)
class _Known:
    """A result, with all that has to live as long as it: no id in its key is used anew before."""

    arguments: tuple[Any, ...]
    result: Any = None
    made_of: tuple[_Known, ...] = ()


class Memory:
    """The results of one round of work, for the next. It is for one thread at a time."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[tuple[Any, ...], _Known] = WeakValueDictionary()
        self._kept: set[_Known] = set()
        self._asked: list[_Known] = []

    def __len__(self) -> int:
        """Count the results."""
        return len(self._known)

    @contextmanager
    def round(self) -> Iterator[None]:
        """Remember for the length of a round; what it did not ask for is forgotten at its end.

        A round that fails forgets nothing.
        """
        asked: list[_Known] = []
        self._asked = asked
        token = _current.set(self)
        try:
            yield
        except BaseException:
            self._kept.update(asked)
            raise
        else:
            self._kept = set(asked)
        finally:
            self._asked = []
            _current.reset(token)

    def result(self, function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        """Give the result of a function, computed if it is not known."""
        key = (function, *map(_named, arguments))
        known = self._known.get(key)
        if known is None:
            known = _Known(arguments)
            asked_before, self._asked = self._asked, []
            try:
                known.result = function(*arguments)
                known.made_of = tuple(self._asked)
            finally:
                self._asked = asked_before
            self._known[key] = known
        self._asked.append(known)
        return known.result  # type: ignore[no-any-return]

    def same(self, name: str, value: Result) -> Result:
        """Give the object kept under a name that reads the same as this one, else keep this one.

        What counts is how each is written (``repr``): mappings in another order may be equal, and
        so are reviews on other lines.
        """
        key = (name, repr(value))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known((), value)
        self._asked.append(known)
        return known.result  # type: ignore[no-any-return]


def _named(argument: Any) -> Any:
    """Give what tells an argument from others: 1 is not True, and Markup is no plain text."""
    if isinstance(argument, _BY_VALUE):
        return type(argument), argument
    if isinstance(argument, tuple):
        return type(argument), *map(_named, argument)
    return id(argument)


def remembered(function: Callable[P, Result]) -> Callable[P, Result]:
    """Mark a function whose results a Memory may keep. It is asked with positional arguments.

    Nobody may change its results. Raises TypeError for a generator, whose result is used up by who
    asks first.
    """
    if inspect.isgeneratorfunction(function):
        raise TypeError(f"{function.__qualname__} yields its results: let it return a tuple.")

    @functools.wraps(function)
    def remembering(*arguments: P.args, **named: P.kwargs) -> Result:
        memory = _current.get()
        if memory is None or named:
            return function(*arguments, **named)
        return memory.result(function, arguments)

    return remembering


def same(name: str, value: Result) -> Result:
    """Give the object of the last round that reads the same as this one, if there is one."""
    memory = _current.get()
    return value if memory is None else memory.same(name, value)
