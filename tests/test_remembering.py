# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is remembered from one round to the next, and what is forgotten."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from notices.remembering import Memory, remembered, same


class Calls:
    """A remembered function, and what it was really asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

        @remembered
        def written(argument: object) -> str:
            self.asked.append(argument)
            return f"{type(argument).__name__}: {argument}"

        self.written = written


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 2),
        st.sampled_from([1.0, 0.0, "1", "a", b"a", Markup("a"), Path("a"), date(2026, 3, 1)]),
        st.lists(st.integers(0, 1), max_size=1),
    ),
    lambda inner: st.tuples(inner) | st.tuples(inner, inner),
    max_leaves=4,
)


@given(st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_nobody_can_tell(rounds: list[list[object]]) -> None:
    """Within a Memory a function gives what it gives without: 1 is not True, a list is no other."""
    calls, memory = Calls(), Memory()
    for values in rounds:
        with memory.round():
            for value in values:
                assert calls.written(value) == f"{type(value).__name__}: {value}"
        assert len(memory) <= len(values)


def test_a_round_remembers_the_last_one_and_no_other() -> None:
    """What a round did not ask for is asked anew later; outside of rounds, everything is."""
    calls, memory = Calls(), Memory()
    for values in ("ab", "b", "ab"):
        with memory.round():
            for value in values:
                calls.written(value)
                calls.written(value)
    assert calls.asked == ["a", "b", "a"]
    calls.written("b")
    assert calls.asked == ["a", "b", "a", "b"]


def test_results_that_are_nothing_are_results() -> None:
    """None is remembered, too; an exception is not."""
    asked = []

    @remembered
    def nothing(argument: str) -> None:
        asked.append(argument)
        if argument == "bad":
            raise ValueError

    memory = Memory()
    with memory.round():
        nothing("good")
        nothing("good")
        for _ in range(2):
            with pytest.raises(ValueError):
                nothing("bad")
    assert asked == ["good", "bad", "bad"]


def test_a_failing_round_forgets_nothing() -> None:
    """Neither what it asked for nor what it did not come to."""
    calls, memory = Calls(), Memory()
    with memory.round():
        calls.written("old")
    with pytest.raises(ValueError), memory.round():
        calls.written("new")
        raise ValueError
    with memory.round():
        calls.written("old")
        calls.written("new")
    assert calls.asked == ["old", "new"]


def test_methods_are_asked_for_each_object() -> None:
    """Two objects with the same argument are two questions."""

    class Counter:
        def __init__(self, step: int) -> None:
            self.step = step
            self.asked = 0

        @remembered
        def after(self, number: int) -> int:
            self.asked += 1
            return number + self.step

    one, two = Counter(1), Counter(2)
    memory = Memory()
    for _ in range(3):
        with memory.round():
            assert (one.after(1), two.after(1)) == (2, 3)
    assert (one.asked, two.asked) == (1, 1)


def test_what_a_result_was_made_of_is_kept_with_it() -> None:
    """The parts of a whole that nobody asked for again are known when one of them changes."""
    calls, memory = Calls(), Memory()

    @remembered
    def whole(words: str) -> str:
        return " ".join(calls.written(word) for word in words.split())

    for words in ("a b c", "a b c", "a b c", "a x c"):
        with memory.round():
            assert whole(words) == " ".join(f"str: {word}" for word in words.split())
    assert calls.asked == ["a", "b", "c", "x"]
    with memory.round():
        pass
    assert not len(memory)


def test_a_generator_cannot_be_remembered() -> None:
    """Its result would be used up by the first who asks: the decorator says so."""
    with pytest.raises(TypeError, match="let it return a tuple"):

        @remembered
        def several() -> Iterator[int]:
            yield 1


@dataclass(frozen=True)
class Entry:
    """Two of these are equal whatever their lines."""

    word: str
    line: int = field(default=1, compare=False)


def test_the_same_object_where_it_reads_the_same() -> None:
    """A value that is equal and written alike is the old one; order, lines and types count."""
    memory = Memory()

    def settled(value: object) -> object:
        with memory.round():
            return same("name", value)

    first = {"a": 1, "b": 2}
    assert settled(first) is first
    assert settled({"a": 1, "b": 2}) is first
    for other in ({"b": 2, "a": 1}, {"a": True, "b": 2}, Entry("x", 1), Entry("x", 2), None):
        assert settled(other) is other
    assert same("name", first) is first


def test_memory_does_not_grow() -> None:
    """A thousand rounds over texts that change keep no more than the last one."""
    memory = Memory()

    @remembered
    def parsed(text: str) -> list[str]:
        return [text]

    @remembered
    def checked(words: list[str]) -> tuple[str, ...]:
        return tuple(words)

    def round_of(number: int) -> None:
        with memory.round():
            for place in range(20):
                text = f"{place} {number if place == number % 20 else ''}{'x' * 1000}"
                assert checked(parsed(text)) == (text,)
            same("facts", {"number": number})

    for number in range(50):
        round_of(number)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(1000):
        round_of(number)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert len(memory) == 41
    assert grown < 200_000
