# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which stretches of text, each in one language, does a notice consist of?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from notices.model import Notice, Section
from notices.prose.blocks import Block, Stretch, blocks
from notices.remembering import remembered


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's text in one language, or a stretch of it that is in another.

    ``own`` has a ``U+FFFC`` for each sign that is not in its language, nor in any: code, facts.
    ``written`` is the whole block's text, in which ``own`` begins at ``start``; the block begins at
    ``block_start`` in the section's text, whose blocks are parted by a line end.
    """

    section: Section
    own: Block
    written: str
    start: int
    block_start: int


@remembered
def passages(notice: Notice) -> tuple[Passage, ...]:
    """Give the passages of a notice, its title first; code is none."""
    return tuple(
        passage
        for section in (notice.opening, *notice.sections)
        for passage in _of_section(section, notice.lang)
    )


def _of_section(section: Section, lang: str) -> Iterator[Passage]:
    at = 0
    for block in blocks(section, lang):
        if block.kind != "code":
            own = Block(block.kind, block.own_text, block.lang)
            yield Passage(section, own, block.text, 0, at)
            for stretch in _joined(block.stretches):
                text = block.text[stretch.start : stretch.end]
                own = Block(block.kind, text, stretch.lang)
                yield Passage(section, own, block.text, stretch.start, at)
        at += len(block.text) + 1


def _joined(stretches: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """Give the stretches that are in a language; those that follow each other in it as one."""
    last = None
    for stretch in stretches:
        if last and last.end == stretch.start and last.lang == stretch.lang:
            last = Stretch(last.start, stretch.end, last.lang)
        else:
            if last and last.lang:
                yield last
            last = stretch
    if last and last.lang:
        yield last
