# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section as its readers take it in: blocks of text, their sentences, and the words of these."""

from notices.prose.addresses import without_addresses
from notices.prose.blocks import Block, Kind, Stretch, blocks
from notices.prose.passages import Passage, passages
from notices.prose.words import Word, sentences, words

__all__ = [
    "Block",
    "Kind",
    "Passage",
    "Stretch",
    "Word",
    "blocks",
    "passages",
    "sentences",
    "without_addresses",
    "words",
]
